"""pywb, which is not ours, replays a collection in place: its WARC files and CDXJ folder as they lie on disk.

One server over one collection answers for all cases. `id_` asks pywb for a page without any rewriting; it undoes the
transfer and content coding, since we ask for none, and what comes must be the page that our own reader sees.
"""

from __future__ import annotations

import http.client
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from archive.model import Exchange, Finding
from archive.options import StoreOptions
from archive.page import page_from
from archive.writer import Writer
from tests.crawler.odd_server import ANSWERS
from tests.pywb_server import replayed

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGAN = datetime(2026, 11, 24, 3, 0, 0, tzinfo=UTC)
HOST = "http://www.Odd.example"
UNREAD_BY_PYWB = {
    "chunked-trailer": "hands the trailer out as part of the page",
    "chunked-lf": "wants CRLF after a chunk's size",
    "chunked-cut": "is cut",
    "gzip-members": "does not know x-gzip",
    "gzip-bad": "hands a damaged gzip member out as it is",
    "zstd": "has no zstd",
    "te-gzip": "undoes no transfer coding but chunked",
    "te-gzip-chunked": "undoes no transfer coding but chunked",
    "te-and-length": "believes Content-Length where Transfer-Encoding is given too (RFC 9112 section 6.3)",
    "length-too-long": "promises the length that the server promised, and its client waits for it",
    "length-differs": "believes the first Content-Length",
    "http-0.9": "has no status to index",
    "not-modified": "looks for an earlier capture that we never asked about",
    "cut-head": "is cut",
}
"""Answers that pywb cannot replay as a browser would have shown them: why not."""
READ = [
    name for name, answer in ANSWERS.items() if answer.pieces and answer.then in ("close", "keep")
    and name not in UNREAD_BY_PYWB
]  # fmt: skip
AGAIN = "plain"
"""The page that is saved a second time, chunked: a revisit."""


def exchange(name: str, second: int, response: bytes | None = None) -> Exchange:
    """Return the exchange that one of the odd server's answers would make."""
    request = f"GET /{name} HTTP/1.1\r\nHost: odd.example\r\n\r\n".encode()
    came = b"".join(ANSWERS[name].pieces) if response is None else response
    return Exchange(f"{HOST}/{name}?b=2&a=1", request, came, BEGAN + timedelta(seconds=second), 0.1)


def chunked_again() -> bytes:
    """Return the page that was saved before, with another head and in chunks."""
    body = ANSWERS[AGAIN].pieces[0].partition(b"\r\n\r\n")[2]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Again: yes\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Save every answer, and one of them twice; serve the collection with pywb, and return its port."""
    folder = tmp_path_factory.mktemp("replay")
    writer = Writer.open(folder / "collection", StoreOptions(), "test")
    exchanges = [exchange(name, second) for second, name in enumerate(READ)]
    exchanges.append(exchange(AGAIN, len(READ), chunked_again()))
    for one in exchanges:
        writer.put(Finding("page", one.url, (one,), None)).result()
    writer.close("done")
    with replayed(folder / "collection", folder) as port:
        yield port


def get(port: int, second: int, url: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, header fields in lower case, and body of what is replayed for a moment."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time = f"{BEGAN + timedelta(seconds=second):%Y%m%d%H%M%S}"
    try:
        connection.request("GET", f"/news/{time}id_/{url}", headers={"Accept-Encoding": "identity"})
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return response.status, fields, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("name", READ)
def test_a_page_is_replayed_to_the_byte(name: str, replay: int) -> None:
    """The status and every byte of the page are those that the server sent, whatever the framing was."""
    saved = exchange(name, READ.index(name))
    page = page_from([saved], saved.url, 1_000_000)
    status, _, body = get(replay, READ.index(name), saved.url)
    assert (status, body) == (page.status, page.body)


def test_another_spelling_of_the_address_finds_the_page(replay: int) -> None:
    """Our keys are pywb's: letter case, www, scheme and the order of parameters make no difference."""
    status, _, body = get(replay, 0, f"https://odd.example/{READ[0].upper()}?a=1&b=2")
    assert (status, body) == (200, page_from([exchange(READ[0], 0)], "", 1_000_000).body)


def test_a_revisit_is_replayed_from_the_record_it_refers_to(replay: int) -> None:
    """An unchanged page has its own head and the body of the first capture, though that was not in chunks."""
    status, fields, body = get(replay, len(READ), exchange(AGAIN, 0).url)
    assert (status, body) == (200, page_from([exchange(AGAIN, 0)], "", 1_000_000).body)
    assert fields["x-archive-orig-x-again" if "x-archive-orig-x-again" in fields else "x-again"] == "yes"


def test_a_redirect_leads_on(replay: int) -> None:
    """A replayed redirect has the Location that the server sent, led back into the archive."""
    status, fields, _ = get(replay, READ.index("redirect"), exchange("redirect", 0).url)
    assert status == 302
    assert fields["location"].endswith("/plain")
