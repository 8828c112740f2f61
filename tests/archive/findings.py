"""Findings for tests of the writing half: small ones, odd ones, and any that hypothesis can think of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from archive.model import Article, Exchange, Finding, Liveness, MissingPage, Processed, Removed, Signal, Trace, Verdict
from archive.options import StoreOptions
from archive.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture, Role

OPTIONS = StoreOptions(operator="A Newsroom <archive@news.example>", user_agent="newsclip", software="newsclip/0.0")
WHEN = datetime(2026, 11, 24, 3, 4, 5, 678901, tzinfo=UTC)
GET = b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n"
LIVE = Verdict(Liveness.LIVE, "An article stands there.", 0.9, (Signal("og", Liveness.LIVE, 1.5, "og:type"),))


def response(body: bytes = b"<p>Story</p>", status: bytes = b"200 OK", extra: bytes = b"") -> bytes:
    """Return the bytes of an HTTP response."""
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\n\r\n"
    return head % (status, extra, len(body)) + body


def exchange(url: str = "https://news.example/story", answer: bytes | None = None, seconds: int = 0) -> Exchange:
    """Return an exchange; an empty answer is a failure."""
    answer = response() if answer is None else answer
    return Exchange(
        url,
        GET,
        answer,
        WHEN + timedelta(seconds=seconds),
        0.25,
        ip_address="192.0.2.7",
        tls="TLSv1.3 TLS_AES_128_GCM_SHA256 trusted",
        error=None if answer else "connection refused",
    )


def article(text: str = "The harbour wall is to be raised.", title: str = "Harbour") -> Article:
    """Return an article with every field in use."""
    return Article(
        title=title,
        authors=("Ann Orr", "Bo Ek"),
        published="2026-11-23",
        modified="2026-11-24T01:02:03Z",
        language="en",
        description="A wall",
        site_name="The News",
        tags=("harbour",),
        text=text,
        markdown=f"# {title}\n\n{text}",
        links=("https://news.example/wall",),
        images=("https://news.example/wall.jpg",),
        extractor={"tool": "1.0"},
        removed=(Removed("boilerplate", "Skip to main content"),),
        section="Harbour",
        canonical="https://news.example/wall",
        image="https://news.example/wall.jpg",
        paywalled=True,
    )


def page(
    url: str = "https://news.example/story",
    answer: bytes | None = None,
    *,
    seconds: int = 0,
    said: Article | None = None,
    target_id: int | None = None,
) -> Finding:
    """Return the finding of one page."""
    return Finding(
        "page", url, (exchange(url, answer, seconds),), Processed(LIVE, said), "https://news.example/", target_id
    )


def store(path: Path, *findings: Finding) -> list[Capture]:
    """Write findings in a run of their own, all in one group if they can be, and return their captures."""
    writer = Writer.open(path, OPTIONS, "test")
    writer.intake_complete()
    told = [writer.put(finding) for finding in findings]
    captures = [future.result(10) for future in told]
    writer.close("done")
    return captures


TEXT = st.text(st.characters(), max_size=40)
"""Any text; lone surrogates too."""
ROLES: tuple[Role, ...] = ("page", "robots", "probe")
_HEADS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 404\r\n",
        b"HTTP/1.1 301 Gone Fishing\r\nLOCATION: /x\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"hello",
        b"",
    ]
)
_FIELDS = st.sampled_from(
    [
        b"",
        b"Content-Type: text/html; charset=x\r\n",
        b"X-odd: \xe9\r\nx-ODD: 2\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\n",
    ]
)
_BODIES = st.one_of(st.binary(max_size=60), st.just(b"5\r\nhello\r\n0\r\n\r\n"), st.just(b"hello"))
ANSWERS = st.builds(lambda head, fields, body: head + fields + b"\r\n" + body, _HEADS, _FIELDS, _BODIES) | st.just(b"")
URLS = st.sampled_from(
    [
        "https://news.example/",
        "https://news.example/a?b=1",
        "http://[2001:db8::1]:8080/x",
        "https://b\u00fccher.example/\u00e9",
    ]
)
EXCHANGES = st.builds(
    Exchange,
    url=URLS,
    request=st.sampled_from([GET, b""]),
    response=ANSWERS,
    started_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    took=st.floats(0, 100),
    ip_address=st.sampled_from([None, "192.0.2.7", "2001:db8::1"]),
    tls=st.sampled_from([None, "TLSv1.2 X untrusted"]),
    truncated=st.sampled_from([None, "length", "time", "disconnect"]),
    error=st.sampled_from([None, "reset by peer"]),
)
_ARTICLES = st.builds(
    Article,
    title=st.none() | TEXT,
    authors=st.lists(TEXT, max_size=2).map(tuple),
    published=st.none() | TEXT,
    modified=st.none(),
    language=st.none() | TEXT,
    description=st.none() | TEXT,
    site_name=st.none(),
    tags=st.lists(TEXT, max_size=2).map(tuple),
    text=TEXT,
    markdown=TEXT,
    section=st.none() | TEXT,
    canonical=st.none() | TEXT,
    image=st.none() | TEXT,
    paywalled=st.none() | st.booleans(),
)
_VERDICTS = st.builds(
    Verdict,
    liveness=st.sampled_from(Liveness),
    reason=TEXT,
    confidence=st.floats(0, 1),
    signals=st.lists(st.builds(Signal, TEXT, st.sampled_from(Liveness), st.floats(-5, 5), TEXT), max_size=2).map(tuple),
)
_MISSING_PAGES = st.builds(
    MissingPage,
    asked=URLS | TEXT,
    answered=URLS,
    asked_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - as above
    answer=st.sampled_from(("status", "page", "home", "story", "unknown")),
    title=TEXT,
    heading=TEXT,
    blocks=st.lists(TEXT, max_size=2).map(tuple),
)
_TRACES = st.builds(
    Trace, st.sampled_from(["", "0123456789ab"]), st.integers(0, 2**32 - 1), st.sampled_from(["open", "noise", "body"])
)
FINDINGS = st.builds(
    Finding,
    role=st.sampled_from(ROLES),
    target=URLS,
    exchanges=st.lists(EXCHANGES, min_size=1, max_size=3).map(tuple),
    processed=st.none()
    | st.builds(
        Processed,
        verdict=_VERDICTS,
        article=st.none() | _ARTICLES,
        fault=st.none() | TEXT,
        main_text=st.none() | TEXT,
        missing_page=st.none() | _MISSING_PAGES,
        canonical=st.none() | URLS | TEXT,
        traces=st.lists(_TRACES, max_size=2).map(tuple),
    ),
    via=st.none() | URLS,
)
