"""What is known of a site goes into every verdict: of a page off the network, and of one that is stored already."""

from __future__ import annotations

import http.client
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model import Exchange, Finding, Liveness
from crawler import memory
from crawler.config import load_settings
from crawler.rejudge import judge_stored
from crawler.session import Session
from pipelines.signs.site import REPEATED
from tests.site.missing import DEAD

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture
    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0")


def asked(url: str) -> Exchange:
    """Return an exchange as a save makes it, short of its header fields, and follow nothing."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", urlsplit(url).path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    head = f"HTTP/1.1 {answer.status} X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    if location := answer.headers["Location"]:
        head += f"Location: {location}\r\n"
    return Exchange(url, b"GET / HTTP/1.1\r\n\r\n", head.encode() + b"\r\n" + body, datetime.now(UTC), 0.1)


def stored(session: Session, *way: str) -> Capture:
    """Store a page without a verdict, as a process leaves it that dies between the two, and what led there."""
    return session.writer.put(Finding("page", way[0], tuple(map(asked, way)), None)).result(10)


def judged(collection: Path, *ways: tuple[str, ...]) -> list[Liveness | None]:
    """Store pages and what led to each, judge them as the next save would, and return their verdicts."""
    session = Session.open(load_settings(None, {}, {"collection": {"path": str(collection)}}), "test")
    kept: list[Capture] = []
    session.acknowledge = kept.append
    try:
        judge_stored(session, [stored(session, *way) for way in ways])
    finally:
        session.close()
    assert sum(session.kept.values()) == len(ways)
    return [capture.liveness for capture in kept]


def test_a_stored_page_is_judged_by_what_its_site_answered(
    site: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """A missing page that a killed run stored is dead by the probe that an earlier one sent, and its neighbour live."""
    newsclip("-C", collection, "save", site.url("/odd/polite/1"), *LOCAL)
    before = len(site.requests)
    urls = [site.url(f"/odd/polite/{name}") for name in (DEAD, "2")]
    assert judged(collection, *((url,) for url in urls)) == [Liveness.SOFT_404, Liveness.LIVE]
    assert len(site.requests) == before + len(urls), "judging asks no site"
    [dead] = newsclip("-C", collection, "--json", "show", urls[0], "--why").answers()
    assert "site.missing-page" in {signal["rule"] for signal in dead["signals"]}
    assert newsclip("-C", collection, "verify").status == 0


def test_stored_pages_that_say_the_same(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Of three stored pages with one text the third is dead when it is judged, and the others right after it."""
    urls = [site.url(f"/odd/walled/wall-{name}") for name in ("ferry", "council", "lighthouse")]
    assert judged(collection, *((url,) for url in urls))[-1] is Liveness.SOFT_404
    listed = newsclip("-C", collection, "--json", "list").answers()
    assert [answer["verdict"] for answer in listed] == ["soft-404"] * 3


def test_the_way_to_a_stored_page_counts(site: Newspaper, collection: Path) -> None:
    """A stored page that redirects led to is judged with them: the front page in place of a story is no story."""
    moved = site.url("/2014/05/regatta-results"), site.url("/")
    assert judged(collection, moved, (site.url("/n/1"),)) == [Liveness.MOVED, Liveness.LIVE]


def test_what_is_enough_is_said_once() -> None:
    """The question is asked again from as many addresses on as the rule answers to."""
    assert memory.ENOUGH == REPEATED
