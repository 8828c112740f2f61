"""When an article was published and changed: structured data first, a search only where that is silent.

    JSON-LD ─▶ meta ─▶ <time> ─▶ htmldate (which reads addresses, captions and free text; up to 112 ms a page, measured)

Dates come out as ISO 8601: with time and offset where the page says them, as a bare date where it does not.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from htmldate import find_date

from pipelines import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

PUBLISHED = (
    *(
        "article:published_time",
        "datepublished",
        "og:article:published_time",
        "article.published",
        "rnews:datepublished",
    ),
    *(
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "citation_publication_date",
    ),
    *(
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "cxenseparse:recs:publishtime",
        "date",
        "dc.date",
        "dc:date",
    ),
    *("dcterms.date", "date.created", "originalpublicationdate", "article.created", "datecreated"),
)
MODIFIED = (
    *("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "article:modified", "lastmod"),
    *("last-modified", "date.modified", "article.updated", "modified_time"),
)
EARLIEST = 1990
"""The year before which no page was published; older dates on a page are about something else."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?")
_LONGEST = 64


def published(document: Document) -> str | None:
    """Return when the article was published, or None."""
    node = document.article_node or {}
    values = (node.get("datePublished"), *_meta(document, PUBLISHED), *_times(document), node.get("dateCreated"))
    return _first(values, document) or _searched(document)


def modified(document: Document) -> str | None:
    """Return when the article was last changed, as far as the page says so, or None."""
    node = document.article_node or {}
    return _first((node.get("dateModified"), *_meta(document, MODIFIED)), document)


def iso(value: object, latest: date) -> str | None:
    """Return a date or time in ISO 8601; None if it is none, before EARLIEST or after `latest`.

    Takes ISO 8601 in its lenient spellings, 20260131, and the date format of HTTP and mail (RFC 5322 section 3.3).
    """
    text = jsonld.first_text(value)
    if text is None or len(text) > _LONGEST:
        return None
    match = _ISO.match(text) or _COMPACT.fullmatch(text)
    if match is None:
        return _from_mail(text, latest)
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        when = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - the zone is appended as it was written
    except ValueError:
        return None
    if not when.year >= EARLIEST or when.date() > latest:
        return None
    return when.date().isoformat() if hour is None else when.isoformat() + _zone(zone)


def _zone(zone: str | None) -> str:
    """Return an offset as ISO 8601 spells it; '' if the page says none."""
    if zone is None:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _from_mail(text: str, latest: date) -> str | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return when.isoformat() if when.year >= EARLIEST and when.date() <= latest else None


def _latest(document: Document) -> date:
    """Return the last day a page fetched then can speak of: it may be tomorrow already where it was written."""
    return document.page.fetched_at.date() + timedelta(days=1)


def _first(values: tuple[object, ...], document: Document) -> str | None:
    latest = _latest(document)
    return next((when for value in values if value and (when := iso(value, latest))), None)


def _meta(document: Document, names: tuple[str, ...]) -> Iterator[str]:
    return (value for name in names for value in document.meta.get(name, ())[:1])


def _times(document: Document) -> Iterator[str]:
    """Yield the machine-readable times that are marked as the date of publication, and one alone in the page."""
    if document.tree is None:
        return
    times = [element for element in document.tree.iter("time") if element.get("datetime")]
    for element in times:
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        if element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks:
            yield element.get("datetime", "")
    if len({element.get("datetime", "")[:10] for element in times}) == 1:
        yield times[0].get("datetime", "")


def _searched(document: Document) -> str | None:
    """Return the date that htmldate finds in the address or anywhere in the page."""
    if document.tree is None:
        return None
    latest = _latest(document).isoformat()
    return find_date(
        document.tree, extensive_search=True, original_date=True, url=document.page.url or None, max_date=latest
    )
