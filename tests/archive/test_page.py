"""From exchanges to pages: the last exchange is the page, those before it are the way to it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from archive.model import Exchange, Hop
from archive.page import page_from

_WHEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_GET = b"GET / HTTP/1.1\r\n\r\n"


def _exchange(url: str, response: bytes, request: bytes = _GET, error: str | None = None) -> Exchange:
    return Exchange(url, request, response, _WHEN, 0.1, error=error)


def test_the_way_and_the_page() -> None:
    """Redirects and failed tries become hops, and the page is the decoded last answer."""
    body = gzip.compress(b"<p>Story</p>")
    page = page_from(
        [
            _exchange("http://a.example/", b"", error="reset"),
            _exchange("http://a.example/", b"HTTP/1.1 302 Found\r\nLocation: /caf\xc3\xa9\r\n\r\n"),
            _exchange("http://a.example/caf", b"HTTP/1.1 302 Found\r\nLocation: /K\xf6ln\r\n\r\n"),
            _exchange("http://a.example/b", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + body),
        ],
        "a.example",
        1000,
    )
    assert page.hops == (
        Hop("http://a.example/", None, None),
        Hop("http://a.example/", 302, "/café"),
        Hop("http://a.example/caf", 302, "/Köln"),
    )
    assert (page.url, page.requested_url, page.fetched_at) == ("http://a.example/b", "a.example", _WHEN)
    assert (page.status, page.body, page.fault, page.error) == (200, b"<p>Story</p>", None, None)
    assert page.header("content-encoding") == "gzip"


def test_no_answer() -> None:
    """A page that was not answered has no status and no fault; its error says why."""
    page = page_from([_exchange("http://a.example/", b"", error="cannot be resolved")], "http://a.example/", 1000)
    assert (page.status, page.error, page.fault, page.body) == (None, "cannot be resolved", None, b"")


def test_an_answer_that_is_no_http() -> None:
    """An answer without a status line has its bytes as body, and an error that says so."""
    page = page_from([_exchange("http://a.example/", b"SSH-2.0-x\r\n")], "http://a.example/", 1000)
    assert (page.status, page.body) == (None, b"SSH-2.0-x\r\n")
    assert "no HTTP status line" in (page.error or "")


def test_limit_and_method() -> None:
    """The body ends at the limit with a fault, and an answer to HEAD has none."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    assert page_from([_exchange("http://a/", answer + b"hello")], "http://a/", 2).body == b"he"
    page = page_from([_exchange("http://a/", answer, b"HEAD / HTTP/1.1\r\n\r\n")], "http://a/", 1000)
    assert (page.body, page.fault) == (b"", None)


def test_no_exchange() -> None:
    """Without an exchange there is no page, which is a fault of the caller."""
    with pytest.raises(ValueError, match="no exchange was made for http://a/"):
        page_from([], "http://a/", 1000)
