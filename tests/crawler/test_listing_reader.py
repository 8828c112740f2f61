"""What a worker reads in a listing: sessions are left out of addresses, traps are counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model import Exchange
from crawler.listing_reader import read_listing, wanted_address

_SITE = "https://news.example"


@pytest.mark.parametrize(
    "path",
    [
        "/story;jsessionid=0A1B2C.node1",
        "/story;jsessionid=0A1B2C?page=",
        "/story?PHPSESSID=abcdefabcdefabcdefabcdef12",
        "/story?sid=0123456789abcdef0123456789abcdef",
        "/(S(abcdefghijklmnopqrstuvwx))/story",
        "/story?utm_source=feed&sessionid=7#top",
    ],
)
def test_a_session_makes_no_other_address(path: str) -> None:
    """An address with a session has the key of the one without it."""
    assert wanted_address(_SITE + path)[1].removesuffix("?page=") == wanted_address(f"{_SITE}/story")[1]


@pytest.mark.parametrize("path", ["/story?sid=4711", "/story?s=winter", "/story;part=2"])
def test_what_numbers_articles_stays(path: str) -> None:
    """Parameters that may tell one article from another are left alone."""
    assert wanted_address(_SITE + path)[1] != wanted_address(f"{_SITE}/story")[1]


def test_traps_are_counted() -> None:
    """Addresses that go round are no articles; they are counted by reason, with the first."""
    circles = [f"{_SITE}/a/b/a/b/a/b/story-{number}" for number in range(3)]
    body = "".join(f"{url}\n" for url in [*circles, f"{_SITE}/2026/11/24/ferry-is-back-123456"]).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body)
    exchange = Exchange(f"{_SITE}/sitemap.txt", b"", head + body, datetime(2026, 11, 24, tzinfo=UTC), 0.1)
    read = read_listing([exchange], exchange.url, "sitemap", 1_000_000)
    assert [one.url for one in read.articles] == [f"{_SITE}/2026/11/24/ferry-is-back-123456"]
    assert read.traps == {"its path repeats itself": (3, circles[0])}
    assert read.entries == 4
