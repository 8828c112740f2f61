"""What the tests' newspaper does on request: a table from the name in `/odd/<name>/<argument>` to what happens.

Each behaviour gets a `Visit` and writes to its connection. Waiting is done on the site's `closing` event, so that a
test never waits for a server that is stalling; whatever runs without end stops there, or when the client hangs up.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import unquote

from crawler.demo.pages import Answer
from tests.site import generated
from tests.site.missing import SITES
from tests.site.templated import templated

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.demo.site import Handler, Site

BOMB_SIZE = 2_000_000_000
_BLOCK = b"<p>The tide comes in, the tide goes out.</p>\n" * 23_000
_LONGEST_WAIT = 120


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a behaviour: `argument` is what follows its name, `number` counts visits to this path from 1."""

    site: Site
    handler: Handler
    argument: str
    number: int

    @property
    def url(self) -> str:
        """The address that was asked for."""
        return self.site.url(self.handler.path)

    def send(self, html: str | bytes, status: int = 200, **headers: str) -> None:
        """Send a page; header names are written with _ for -."""
        body = html.encode() if isinstance(html, str) else html
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.handler.send(Answer(body, status, headers=named))

    def raw(self, *parts: bytes) -> None:
        """Send bytes as they are, and end the connection after them."""
        self.handler.close_connection = True
        for part in parts:
            self.handler.wfile.write(part)
        self.handler.wfile.flush()

    def wait(self, seconds: float = _LONGEST_WAIT) -> None:
        """Wait, but not beyond the end of the test."""
        self.site.closing.wait(seconds)


def _article(visit: Visit, number: int = 0) -> str:
    return generated.article(number, visit.url)


def _around(visit: Visit, oddity: str) -> str:
    """Return an article with something odd after its last paragraph."""
    return _article(visit).replace("</article>", oddity + "</article>")


def slow(visit: Visit) -> None:
    """Answer after as many seconds as the argument says: `<seconds>` or `<seconds>/<anything>`."""
    visit.wait(float(visit.argument.partition("/")[0]))
    visit.send(_article(visit))


def stall(visit: Visit) -> None:
    """Promise a page, send half of it, and say nothing more."""
    body = _article(visit).encode()
    visit.raw(_head(b"Content-Length: %d" % len(body)), body[: len(body) // 2])
    visit.wait()


def mute(visit: Visit) -> None:
    """Accept the request and never answer."""
    visit.handler.close_connection = True
    visit.wait()


def hang_up(visit: Visit) -> None:
    """Close the connection without an answer."""
    visit.raw()


def flaky(visit: Visit) -> None:
    """Hang up on the first visit, answer later ones."""
    (hang_up if visit.number == 1 else same)(visit)


def cut(visit: Visit) -> None:
    """Promise a page and close in the middle of it."""
    body = _article(visit).encode()
    visit.raw(_head(b"Content-Length: %d" % len(body)), body[: len(body) // 2])


def redirect(visit: Visit) -> None:
    """Redirect as many times as the argument says, then lead to an article."""
    left = int(visit.argument)
    visit.send("", 302, Location=f"/odd/redirect/{left - 1}" if left else "/n/0")


def loop(visit: Visit) -> None:
    """Redirect between two addresses without end."""
    visit.send("", 302, Location="/odd/loop/" + ("b" if visit.argument == "a" else "a"))


def to(visit: Visit) -> None:
    """Redirect to the address in the argument (percent-encoded)."""
    visit.send("", 302, Location=unquote(visit.argument))


def huge(visit: Visit) -> None:
    """Send an article followed by as many bytes of paragraphs as the argument says."""
    size = int(visit.argument)
    filling = (_BLOCK * (size // len(_BLOCK) + 1))[:size]
    visit.send(_article(visit).encode() + filling)


def endless(visit: Visit) -> None:
    """Send chunk after chunk and never the last one."""
    visit.raw(_head(b"Transfer-Encoding: chunked"), _chunk(_article(visit).encode()))
    while not visit.site.closing.is_set():
        visit.raw(_chunk(_BLOCK))


def trickle(visit: Visit) -> None:
    """Send one byte at a time, ten a second, without end."""
    visit.raw(_head(b"Transfer-Encoding: chunked"))
    while not visit.site.closing.is_set():
        visit.raw(_chunk(b"<"))
        visit.wait(0.1)


def bomb(visit: Visit) -> None:
    """Send a gzip body of some megabytes that decodes to two gigabytes."""
    visit.send(gzip_bomb(BOMB_SIZE), Content_Encoding="gzip")


def header_flood(visit: Visit) -> None:
    """Send header lines: as many as the argument says, or without end."""
    visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    for number in range(int(visit.argument)) if visit.argument else count():
        visit.raw(b"X-Flood-%d: %s\r\n" % (number, b"flood " * 20))
        if visit.site.closing.is_set():
            return
    visit.raw(b"Connection: close\r\n\r\n", _article(visit).encode())


def changing(visit: Visit) -> None:
    """Send another article on every visit."""
    visit.send(generated.article(1_000_000 + visit.number, visit.url))


def same(visit: Visit) -> None:
    """Send the same bytes on every visit."""
    visit.send(_article(visit))


def etag(visit: Visit) -> None:
    """Send an article with a validator, and 304 to those who have it."""
    if visit.handler.headers.get("If-None-Match") == '"v1"':
        visit.handler.send_response(304)
        visit.handler.send_header("ETag", '"v1"')
        visit.handler.end_headers()
    else:
        visit.send(_article(visit), ETag='"v1"')


CHARSETS = {
    "windows-1252": "L’été à la plage — « déjà vu » coûte 20 € et un sourire.",
    "shift_jis": "港町の朝市は、今年も多くの人でにぎわった。",
    "gb18030": "港口的渔市今天早晨重新开放，吸引了许多居民。",
    "windows-1251": "Рыбный рынок в порту снова открылся сегодня утром.",
    "utf-8": "Grüße aus dem Hafen – ½ Preis für Ωmega-3.",
}
"""Charsets of real newspapers, each with a sentence that comes out wrong in any other."""

_PROSE = {
    "windows-1252": "fr",
    "shift_jis": "ja",
    "gb18030": "zh",
    "windows-1251": "ru",
    "utf-8": "de",
}


def charset(visit: Visit) -> None:
    """Send an article in a charset, declared in the header, a meta element or (utf-8 only) a BOM: `<name>/<where>`."""
    name, where = visit.argument.split("/")
    sentence = CHARSETS[name]
    meta = f'<meta charset="{name}">' if where == "meta" else ""
    story = "".join(f"<p>{sentence} {sentence} {part}.</p>" for part in range(1, 13))
    html = (
        f'<!DOCTYPE html><html lang="{_PROSE[name]}"><head>{meta}<title>{sentence}</title></head>'
        f"<body><main><article><h1>{sentence}</h1>{story}</article></main></body></html>"
    )
    media_type = f"text/html; charset={name}" if where == "header" else "text/html"
    body = html.encode("utf-8-sig" if where == "bom" else name)
    visit.handler.send(Answer(body, media_type=media_type))


ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mRed\x9b31m\u202egnp.exe\u2028line\r\nforged: yes"
"""Terminal escapes, a right-to-left override and line breaks of every kind."""


def escapes(visit: Visit) -> None:
    """Send an article whose title and author hold what a terminal would obey."""
    html = _article(visit).replace(generated.title(0), f"Tide {ESCAPES} turns")
    visit.send(html.replace('content="Reporter 0"', f'content="Ann {ESCAPES} Orr"'))


def dots(visit: Visit) -> None:
    """Send an article at any path that begins here, such as one with `../`; its title begs to leave the folder."""
    visit.send(_article(visit).replace(generated.title(0), "../../../../etc/passwd"))


def nesting(visit: Visit) -> None:
    """Send an article with as many nested elements in it as the argument says."""
    depth = int(visit.argument)
    visit.send(_around(visit, "<div>" * depth + "deep" + "</div>" * depth))


def attributes(visit: Visit) -> None:
    """Send an article with one element of as many attributes as the argument says (100,000 hang libxml2)."""
    visit.send(_around(visit, "<div " + " ".join(f"a{number}=''" for number in range(int(visit.argument))) + "></div>"))


def quotes(visit: Visit) -> None:
    """Send an article with JSON-LD of escaped quotes (600,000 bytes hang a regular expression of trafilatura)."""
    data = '{"@type": "NewsArticle", "headline": "' + '\\"' * (int(visit.argument) // 2) + '"}'
    visit.send(_around(visit, f'<script type="application/ld+json">{data}</script>'))


def nul(visit: Visit) -> None:
    """Send an article with NUL bytes before, in and after its text."""
    visit.send("\0" + _article(visit).replace("people", "peo\0ple") + "\0\0\0")


def status(visit: Visit) -> None:
    """Answer with the status in the argument and a short page."""
    visit.send(f"<html><body><h1>{visit.argument}</h1></body></html>", int(visit.argument))


def busy(visit: Visit) -> None:
    """Be too busy, with the status and the Retry-After (percent-encoded) in the argument: `<status>/<Retry-After>`."""
    named, _, said = visit.argument.partition("/")
    visit.send("<html><body><h1>Come back later</h1></body></html>", int(named), Retry_After=unquote(said))


def templated_story(visit: Visit) -> None:
    """Send the article with the number in the argument in a template that puts prompts and offers into its text."""
    if visit.argument.isdecimal():
        visit.send(templated(int(visit.argument), visit.url))
    else:
        visit.send("<html><body><h1>Not found</h1></body></html>", 404)


def binary(visit: Visit) -> None:
    """Send 64 KiB that are no HTML under the name of HTML."""
    visit.send(bytes(range(256)) * 256)


BEHAVIOURS: dict[str, Callable[[Visit], None]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        slow, stall, mute, hang_up, flaky, cut, redirect, loop, to, huge, endless, trickle, bomb, header_flood,
        changing, same, etag, charset, escapes, dots, nesting, attributes, quotes, nul, status, busy, binary,
        templated_story,
    )
} | SITES  # fmt: skip


@cache
def gzip_bomb(size: int) -> bytes:
    """Return one gzip member (RFC 1952) of at least `size` bytes of paragraphs, compressed about 300 to 1.

    A block that ends in a full flush begins on a byte and refers to nothing before it, so the same compressed block
    may stand as often as wanted; only the checksum has to pass over all of the bytes.
    """
    times = -(-size // len(_BLOCK))
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = deflate.compress(_BLOCK) + deflate.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(_BLOCK, checksum)
    end = deflate.flush(zlib.Z_FINISH)
    trailer = checksum.to_bytes(4, "little") + (times * len(_BLOCK) % 2**32).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff" + block * times + end + trailer


def _head(*lines: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 OK", b"Content-Type: text/html; charset=utf-8", *lines, b"", b""))


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)
