"""Building pages and documents for the tests of the pure half, from the few things that a test is about."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.model import Page
from pipelines.document import Document
from pipelines.options import ProcessOptions

URL = "https://www.lantern.example/news/story"
FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}

SENTENCE = "The baker of the upper town rises at three, and long before the first bus his loaves stand in the window. "
PROSE = "".join(f"<p>{number}. {SENTENCE * 2}</p>" for number in range(1, 21))
"""About 4,000 characters of prose: an article by any measure."""


def page_of(  # noqa: PLR0913 - a page has so many parts; all but the body are keywords with defaults
    body: str | bytes = "",
    *,
    status: int | None = 200,
    url: str = URL,
    requested_url: str | None = None,
    headers: dict[str, str] = HTML,
    error: str | None = None,
) -> Page:
    """Return a page with this body, fetched on 2026-11-20."""
    return Page(
        url=url,
        requested_url=requested_url or url,
        fetched_at=FETCHED,
        status=status,
        headers=tuple((name.encode(), value.encode()) for name, value in headers.items()),
        body=body.encode() if isinstance(body, str) else body,
        error=error,
    )


def document_of(page: Page | str) -> Document:
    """Return the document of a page, or of markup alone."""
    return Document(page_of(page) if isinstance(page, str) else page, ProcessOptions())
