"""`newsclip save --rescue`: a dead page, and a web archive that has copies of it or has not.

One archive is pywb, over a collection that our own writer wrote: an address that was live in 2013 and 2015, then
answered twice that it is missing with status 200, then with 404. The others are scripted, because no real one can be
asked to be busy, to lie or to break off.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from archive.model import Exchange, Finding
from archive.options import StoreOptions
from archive.writer import Writer
from tests import warcs
from tests.crawler.scripted_archive import ScriptedArchive
from tests.pywb_server import replayed
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Newsclip

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0")
DEAD = "/2013/05/lighthouse-keeper-retires"
UNKNOWN = "/2013/05/never-archived"
SENTENCE = "The keeper of the northern light has climbed the hundred and forty steps every evening since he was a boy. "


def article(year: int) -> bytes:
    """Return the article as it was in a year, served under a header field that says so."""
    prose = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(12))
    body = (
        f"<html lang=en><head><title>Lighthouse keeper retires - The Lantern</title>"
        f'<meta property="og:type" content="article"><meta name="author" content="Ida Moor">'
        f'<meta property="article:published_time" content="2013-05-02T08:00:00Z"></head><body><article>'
        f"<h1>Lighthouse keeper retires</h1>{prose}<p>This is the edition of {year}.</p></article></body></html>"
    )
    return response(body.encode(), extra=b"X-Edition: %d\r\n" % year)


def missing(words: str, status: bytes = b"200 OK") -> bytes:
    """Return a page that says that it does not exist."""
    body = f"<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>{words}</p></body></html>"
    return response(body.encode(), status)


def response(body: bytes, status: bytes = b"200 OK", extra: bytes = b"") -> bytes:
    """Return the bytes of an HTTP response."""
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n"
    return head % (status, extra, len(body)) + body


HISTORY = {
    2013: article(2013),
    2015: article(2015),
    2016: missing("Try the search."),
    2017: missing("Try our newest stories."),
    2019: missing("Gone.", b"404 Not Found"),
}


@pytest.fixture(scope="module")
def town() -> Iterator[Newspaper]:
    """Serve the newspaper whose pages are dead; what is not there answers with 404."""
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture(scope="module")
def pywb(town: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the history of the dead page with pywb, and return the address of its collection."""
    folder = tmp_path_factory.mktemp("pywb")
    writer = Writer.open(folder / "collection", StoreOptions(), "test")
    url = town.url(DEAD)
    for year, answer in HISTORY.items():
        exchange = Exchange(url, b"GET / HTTP/1.1\r\n\r\n", answer, datetime(year, 5, 3, tzinfo=UTC), 0.1)
        writer.put(Finding("page", url, (exchange,), None)).result()
    writer.close("done")
    with replayed(folder / "collection", folder) as port:
        yield f"http://127.0.0.1:{port}/news"


@pytest.fixture
def archive() -> Iterator[ScriptedArchive]:
    """Serve an archive that answers as a test says."""
    with ScriptedArchive() as scripted:
        yield scripted


def settings(folder: Path, **keys: str) -> tuple[str, str]:
    """Return the flag that names a settings file with these keys of [rescue]."""
    file = folder / "rescue.toml"
    file.write_text("[rescue]\n" + "".join(f'{key} = "{value}"\n' for key, value in keys.items()), encoding="utf-8")
    return "--config", str(file)


def edition(collection: Path, answer: dict[str, Any]) -> str:
    """Return which edition's text an answer's article file holds."""
    text = (collection / answer["article"]).read_text(encoding="utf-8")
    found = re.search(r"This is the edition of (\d+)", text)
    assert found, text
    return found[1]


@pytest.mark.parametrize("way", ["cdx", "timegate"])
def test_the_last_good_copy_is_saved(
    way: str, town: Newspaper, pywb: str, tmp_path: Path, collection: Path, newsclip: Newsclip
) -> None:
    """pywb is walked back over two soft 404s to the copy of 2015, by its CDX server as by its TimeGate and TimeMap."""
    if way == "cdx":
        cdx = pywb + "/cdx?url={url}&output=json&sort=reverse&limit=500"
        flags: tuple[str, ...] = ("--rescue", *settings(tmp_path, cdx=cdx, copy=pywb + "/{timestamp}id_/{url}"))
    else:
        flags = ("--rescue-from", pywb)
    ran = newsclip("-C", collection, "--json", "save", town.url(DEAD), *LOCAL, *flags)
    assert ran.status == 3, ran.err
    dead, copy = ran.answers()
    assert (dead["url"], dead["verdict"], dead["memento_of"]) == (town.url(DEAD), "gone", None)
    assert (copy["url"], copy["verdict"], copy["memento_of"]) == (town.url(DEAD), "live", town.url(DEAD))
    assert copy["memento_datetime"] == "2015-05-03T00:00:00.000000Z"
    assert copy["final_url"] == f"{pywb}/20150503000000id_/{town.url(DEAD)}"
    assert (copy["title"], copy["authors"], copy["published"][:10]) == (
        "Lighthouse keeper retires", ["Ida Moor"], "2013-05-02",
    )  # fmt: skip
    assert copy["article"].startswith("articles/127.0.0.1/2015/05/")
    assert edition(collection, copy) == "2015"
    assert "1 of 1 dead pages rescued" in ran.err
    assert newsclip("-C", collection, "verify").status == 0
    assert warcs.check(collection)[0] == 0
