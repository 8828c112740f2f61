"""When an article was published and changed: what machines are told first, then its address, then what readers see.

    JSON-LD ─▶ meta ─▶ marked elements (pipelines/marked_dates.py) ─▶ the fullest of those that say the same
        none ─▶ a day in the address ─▶ a date beside the headline (pipelines/shown_dates.py) ─▶ a lone <time>, JSON in
                scripts ─▶ a line that is hardly more than a date ─▶ the last change

Dates come out as ISO 8601: with time and offset where the page says them, as a bare date where it does not; times in
UTC at the newsroom's offset where it can be known (pipelines/newsroom_time.py). Each step is one pass over the page at
most, and looks for what is bounded: there is no search that a page can draw out.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipelines import jsonld
from pipelines.iso_dates import iso
from pipelines.language import declared, language_of
from pipelines.marked_dates import lone_time, marked, times
from pipelines.newsroom_time import DAY_LENGTH, at_home, offset_of, path_of
from pipelines.shown_dates import dated_line, shown_day
from pipelines.written_dates import Reading, in_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.document import Document

PUBLISHED = (
    *("article:published_time", "datepublished", "og:article:published_time", "article.published", "article:published"),
    *("rnews:datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "datepublication"),
    *("citation_publication_date", "citation_date", "prism.publicationdate", "article:post_date", "displaydate"),
    *("cxenseparse:publishtime", "cxenseparse:recs:publishtime", "pubdate", "ptime", "date", "dc.date", "dc:date"),
    *("dcterms.date", "date.created", "originalpublicationdate", "article.created", "datecreated", "article:created"),
)
"""Names of meta elements, most reliable first; what else sounds like them is believed after them."""

MODIFIED = (
    *("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "article:modified", "lastmod"),
    *("last-modified", "date.modified", "article.updated", "modified_time", "dc.date.modified", "article:updated_time"),
)

_SOUNDS_PUBLISHED = re.compile(
    r"\bpublished$|publi\w*[-_.:]?(?:date|time|at|on)\b|(?:date|time)[-_.:]?publi|pub[-_.]?(?:date|time)"
)
_EMBEDDED = re.compile(
    r"ubli(?:sh(?:ed)?|cation)_?(?:[Dd]ate|[Tt]ime|[Aa]t|[Oo]n)?\\{0,2}(?:\"|&quot;|&#34;|')\s{0,3}:\s{0,3}\\{0,2}(?:\"|&quot;|&#34;|')"
    r"(\d{4}-\d\d-\d\d[^\"&'\\]{0,24})"
)
"""A date in what a page's scripts start from: JSON, also as the value of an attribute or as a string in JSON."""

_COMMONWEALTH = re.compile(
    r"en[-_](?!us|ph|ca)[a-z]{2}\b|\.(?:uk|au|nz|ie|in|za|sg|my|ng|ke|pk|hk|eu|de|fr|ch|at|nl|se)\s"
)
_LEAD = 1_500
"""Characters by which the language is known in which dates are written, where a page does not declare it."""


class Dates(NamedTuple):
    """When an article was published and last changed, in ISO 8601, as far as the page says so."""

    published: str | None
    modified: str | None


def dates_of(document: Document) -> Dates:
    """Return the dates of the article; where a page says no more, it was published when it was last changed."""
    reading = _reading(document)
    modified = _modified(document, reading)
    told = _read(_told(document), reading)
    if told:
        told = _as_shown(told, modified, document, reading)
        best = _fullest(told)
        if offset_of(best):
            return Dates(best, modified)
    stated = list(dict.fromkeys((*told, *_read(_marks(document), reading))))
    if stated:
        return Dates(at_home(_fullest(stated), stated, document, reading), modified)
    return Dates(_found(document, reading) or modified, modified)


def _found(document: Document, reading: Reading) -> str | None:
    """Return the date that an address, readers or scripts are told, or None."""
    day = in_address(path_of(document), reading.latest) or shown_day(document, reading, changes=True)
    if day:
        return day.isoformat()
    embedded = _EMBEDDED.search(document.markup)
    hidden = _read((*lone_time(document), embedded and embedded[1]), reading)
    if hidden:
        return hidden[0]
    day = dated_line(document, reading)
    return day.isoformat() if day else None


def _modified(document: Document, reading: Reading) -> str | None:
    node = document.article_node or {}
    stated = _read((node.get("dateModified"), *_meta(document, MODIFIED)), reading)
    stated = stated or _read(marked(document, "dateModified"), reading)
    return _fullest(stated) if stated else None


def _reading(document: Document) -> Reading:
    """Return how dates on the page are to be read."""
    language = declared(document) or language_of(document, document.outline.lead(_LEAD))
    tree = document.tree
    where = (tree.get("lang") if tree is not None else "", document.said("og:locale"), document.page.url[:200])
    said = " ".join(chain(filter(None, where), (document.host, ""))).lower()
    american = language in ("en", "tl", "fil") and not _COMMONWEALTH.search(said)
    return Reading(language, document.page.fetched_at.date() + timedelta(days=1), month_first=american)


def _read(values: Iterable[object], reading: Reading) -> list[str]:
    """Return the dates among the values, each once, in their order."""
    return list(dict.fromkeys(when for value in values if value and (when := iso(value, reading))))


def _told(document: Document) -> Iterator[object]:
    """Yield what JSON-LD and meta elements say of the day of publication, most reliable first."""
    yield (document.article_node or {}).get("datePublished")
    yield from _meta(document, PUBLISHED)
    yield from (values[0] for name, values in document.meta.items() if _SOUNDS_PUBLISHED.search(name))


def _marks(document: Document) -> Iterator[object]:
    """Yield what else machines are told of it: marked elements, objects that are no articles, and days of creation."""
    yield from marked(document, "datePublished")
    yield from times(document)
    yield from (other.get("datePublished") for other in document.structured if not jsonld.is_about_another(other))
    yield (document.article_node or {}).get("dateCreated")
    if not document.article_node:
        yield from marked(document, "dateCreated")


def _meta(document: Document, names: tuple[str, ...]) -> Iterator[str]:
    return (value for name in names for value in document.meta.get(name, ())[:1])


def _as_shown(told: list[str], modified: str | None, document: Document, reading: Reading) -> list[str]:
    """Return what is told, first what is of the day that readers are shown, where machines are told of several days.

    A bare date that is also that of the last change is no day of publication.
    """
    if len({one[:DAY_LENGTH] for one in told}) == 1:
        return told
    day = shown_day(document, reading)
    if day is None:
        return told
    least = DAY_LENGTH if (modified or "").startswith(day.isoformat()) else 0
    return [*(one for one in told if one.startswith(day.isoformat()) and len(one) > least), *told]


def _fullest(stated: list[str]) -> str:
    """Return the first of what is stated, or what says the same more fully: with a time, with an offset, at home."""
    best = stated[0]
    for other in stated[1:]:
        if len(best) == DAY_LENGTH:
            fuller = other.startswith(best)
        else:
            fuller = offset_of(best) is None and offset_of(other) is not None and other[:16] == best[:16]
        if fuller:
            best = other
    return best
