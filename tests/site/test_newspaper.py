"""The tests' newspaper does what its tables promise: a fake that is not tested proves nothing."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
import urllib.request
import zlib
from urllib.parse import quote, urlsplit

import pytest

from tests.conftest import ROOT
from tests.site import behaviours, generated
from tests.site.missing import DEAD
from tests.site.newspaper import Newspaper


def fetch(site: Newspaper, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Ask the site once, on a connection of its own, following nothing."""
    connection = http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def connect(site: Newspaper) -> socket.socket:
    """Open a connection to the site."""
    return socket.create_connection(("127.0.0.1", urlsplit(site.base).port or 0), timeout=30)


def fetch_raw(site: Newspaper, path: str, most: int = 1_000_000) -> bytes:
    """Return what the site sends, to the end of the connection or as many bytes as are wanted."""
    received = b""
    with connect(site) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while len(received) < most and (data := connection.recv(65_536)):
            received += data
    return received


def test_the_sample_newspaper_is_still_there(site: Newspaper) -> None:
    """Addresses of the sample newspaper answer as they do without misbehaviour."""
    assert fetch(site, "/")[0] == 200
    assert fetch(site, "/nothing/here")[0] == 404


def test_generated_articles_are_distinct_and_repeatable(site: Newspaper) -> None:
    """Every number is another article, and always the same one."""
    pages = [fetch(site, f"/n/{number}")[2] for number in (0, 1, 2, 0)]
    assert pages[0] == pages[3]
    assert len(set(pages)) == 3
    texts = [" ".join(generated.paragraphs(number)) for number in range(20)]
    sentences = [sentence for text in texts for sentence in text.split(". ") if "petition" in sentence]
    assert len(set(sentences)) == len(sentences) == 20 * 30


def test_redirects_lead_where_they_say(site: Newspaper) -> None:
    """A chain is as long as asked for, a loop has no end, and any address can be a target."""
    chain = [fetch(site, f"/odd/redirect/{left}")[1]["Location"] for left in (2, 1, 0)]
    assert chain == ["/odd/redirect/1", "/odd/redirect/0", "/n/0"]
    assert [fetch(site, f"/odd/loop/{side}")[1]["Location"] for side in "ab"] == ["/odd/loop/b", "/odd/loop/a"]
    target = "http://169.254.169.254/latest/meta-data/"
    assert fetch(site, "/odd/to/" + quote(target, safe=""))[1]["Location"] == target


def test_a_huge_page_is_as_long_as_asked_for(site: Newspaper) -> None:
    """The article is followed by exactly the bytes that the path names."""
    _, _, body = fetch(site, "/odd/huge/3000000")
    assert len(body) == len(generated.article(0, site.url("/odd/huge/3000000"))) + 3_000_000


def test_the_bomb_is_small_on_the_wire_and_a_correct_gzip() -> None:
    """A bomb is one valid gzip member about 1/300 of what it decodes to; the big one has the same making."""
    small = behaviours.gzip_bomb(20_000_000)
    assert len(small) < 70_000
    assert len(gzip.decompress(small)) >= 20_000_000


def test_the_bomb_is_served_with_its_coding(site: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bomb is sent as gzip, and a bounded decoder can read from it."""
    monkeypatch.setattr(behaviours, "BOMB_SIZE", 50_000_000)
    _, headers, body = fetch(site, "/odd/bomb")
    assert headers["Content-Encoding"] == "gzip"
    assert len(zlib.decompressobj(31).decompress(body, 1_000_000)) == 1_000_000


@pytest.mark.parametrize("path", ["/odd/endless", "/odd/header-flood"])
def test_what_never_ends_goes_on(site: Newspaper, path: str) -> None:
    """An endless answer brings more than three million bytes to whoever reads them."""
    assert len(fetch_raw(site, path, 3_000_000)) >= 3_000_000


def test_a_header_flood_can_end(site: Newspaper) -> None:
    """A flood with a number has that many fields and then a page."""
    received = fetch_raw(site, "/odd/header-flood/500")
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.count(b"X-Flood-") == 500
    assert body.endswith(b"</html>\n")


@pytest.mark.parametrize("name", ["stall", "cut"])
def test_half_a_page(name: str) -> None:
    """A page that stalls or is cut has sent half of the body it promised; closing the site ends the stall."""
    with Newspaper() as site, connect(site) as connection:
        connection.sendall(f"GET /odd/{name} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        while len(received.partition(b"\r\n\r\n")[2]) < promised(received) // 2:
            received += connection.recv(65_536)
        assert len(received.partition(b"\r\n\r\n")[2]) == promised(received) // 2


def promised(received: bytes) -> int:
    """Return twice one more than can be had until the head is complete, then the Content-Length."""
    head, end, _ = received.partition(b"\r\n\r\n")
    return int(head.rpartition(b"Content-Length: ")[2]) if end else 2


def test_hanging_up(site: Newspaper) -> None:
    """Some addresses answer nothing, one of them only the first time."""
    assert fetch_raw(site, "/odd/hang-up") == b""
    assert fetch_raw(site, "/odd/flaky") == b""
    assert fetch(site, "/odd/flaky")[0] == 200


def test_changing_and_unchanging_pages(site: Newspaper) -> None:
    """One page differs at every visit, one never does, and one answers 304 to who has its ETag."""
    assert fetch(site, "/odd/changing")[2] != fetch(site, "/odd/changing")[2]
    assert fetch(site, "/odd/same")[2] == fetch(site, "/odd/same")[2]
    _, headers, body = fetch(site, "/odd/etag")
    assert body
    assert fetch(site, "/odd/etag", If_None_Match=headers["ETag"])[::2] == (304, b"")


@pytest.mark.parametrize("name", behaviours.CHARSETS)
def test_charsets(site: Newspaper, name: str) -> None:
    """A page is in the charset it declares, in the header or in a meta element, and reads wrong in another."""
    for where in ("header", "meta"):
        _, headers, body = fetch(site, f"/odd/charset/{name}/{where}")
        assert behaviours.CHARSETS[name] in body.decode(name)
        assert (headers.get_content_charset() == name) == (where == "header")
        assert (f'charset="{name}"'.encode() in body) == (where == "meta")
    assert behaviours.CHARSETS[name] not in body.decode("latin-1")


def test_odd_markup(site: Newspaper) -> None:
    """Deep nesting, many attributes, NUL bytes, escapes and quotes are in the pages that promise them."""
    assert fetch(site, "/odd/nesting/100000")[2].count(b"<div>") == 100_000
    assert b" a99999=''" in fetch(site, "/odd/attributes/100000")[2]
    assert fetch(site, "/odd/nul")[2].count(b"\0") > 10
    assert b"\x1b[2J" in fetch(site, "/odd/escapes")[2]
    assert fetch(site, "/odd/quotes/1000")[2].count(b'\\"') == 500


def test_the_log(site: Newspaper) -> None:
    """What was asked for can be read in the process and over HTTP."""
    fetch(site, "/n/1")
    assert site.paths() == ["/n/1"]
    assert fetch(site, "/log")[2].split()[1:3] == [b"GET", b"/n/1"]


def test_it_runs_as_a_process() -> None:
    """The command prints its address, serves there, and ends when its standard input does."""
    command = [sys.executable, "-m", "tests.site.serve"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        base = process.stdout.readline().strip()
        with urllib.request.urlopen(base + "/n/7", timeout=30) as response:
            assert generated.title(7).encode() in response.read()
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("polite", 200, b"Latest stories"),
        ("homing", 302, b""),
        ("fickle", 200, b"signed petition"),
        ("guarded", 403, b"Checking your browser"),
        ("honest", 404, b"Not found"),
        ("roundabout", 302, b""),
        ("walled", 404, b"Not found"),
        ("copied", 404, b"Not found"),
    ],
)
def test_sites_differ_in_what_is_missing(site: Newspaper, name: str, status: int, words: bytes) -> None:
    """Each site has an article at every number, and at any other name what its table promises."""
    article = fetch(site, f"/odd/{name}/7")
    assert (article[0], generated.title(7).encode() in article[2]) == (200, True)
    missing = fetch(site, f"/odd/{name}/{DEAD}")
    assert missing[0] == status
    assert words in missing[2]
    assert generated.title(7).encode() not in missing[2] or name == "polite"


def test_names_that_stand_for_nothing(site: Newspaper) -> None:
    """Articles and behaviours that are not there are answered with 404, and robots.txt says what a test wants."""
    assert [fetch(site, path)[0] for path in ("/n/letters", "/odd/letters")] == [404, 404]
    assert b"Sitemap" in fetch(site, "/robots.txt")[2]
    site.robots = "User-agent: *\nDisallow: /\n"
    assert fetch(site, "/robots.txt")[2] == site.robots.encode()
    wall, other = (fetch(site, f"/odd/walled/wall-{number}")[2] for number in (1, 2))
    assert wall == other
