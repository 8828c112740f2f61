"""Fill a collection with synthetic captures through the archive's own writer, as a crawl would, only faster.

The articles are those of tests/site/generated.py; fetching and extraction are left out: exchange, verdict and text
are made directly from the same sentences, so that the records, the rows and the index are like those of real pages.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.model import Article, Exchange, Finding, Liveness, Processed, Signal, Verdict
from archive.options import StoreOptions
from archive.writer import Writer
from tests.site import generated

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from archive.model import Capture

HOSTS = 50
_IN_FLIGHT = 500
_START = datetime(2020, 1, 1, tzinfo=UTC)


def fill(collection: Path, first: int, last: int) -> None:
    """Put captures number `first` to `last` (not included) into a collection, waiting until each is on disk."""
    writer = Writer.open(collection, StoreOptions(), "benchmark")
    waiting: list[Future[Capture]] = []
    try:
        for number in range(first, last):
            waiting.append(writer.put(finding(number)))
            if len(waiting) >= _IN_FLIGHT:
                waiting.pop(0).result()
        for future in waiting:
            future.result()
    finally:
        writer.close("done")


def finding(number: int) -> Finding:
    """Return the synthetic capture of a number."""
    url = f"http://site-{number % HOSTS}.example/story/{number}"
    body = generated.article(number, url).encode()
    head = (
        b"HTTP/1.1 200 OK\r\nServer: synthetic\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
    )
    request = f"GET /story/{number} HTTP/1.1\r\nHost: site-{number % HOSTS}.example\r\nAccept: text/html\r\n\r\n"
    exchange = Exchange(
        url=url,
        request=request.encode(),
        response=head % len(body) + body,
        started_at=_START + timedelta(minutes=number),
        took=0.05,
        ip_address="192.0.2.1",
    )
    return Finding("page", url, (exchange,), _processed(number))


def _processed(number: int) -> Processed:
    text = "\n\n".join(generated.paragraphs(number))
    signal = Signal("article-markup", Liveness.LIVE, 2.0, "og:type article")
    verdict = Verdict(Liveness.LIVE, "The page says that it is an article, and has the prose of one.", 0.98, (signal,))
    article = Article(
        title=generated.title(number),
        authors=(f"Reporter {number % 97}",),
        published=f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
        modified=None,
        language="en",
        description=None,
        site_name="The Harbour Gazette",
        tags=(),
        text=text,
        markdown=f"# {generated.title(number)}\n\n{text}",
        extractor={"synthetic": "1"},
    )
    return Processed(verdict, article)
