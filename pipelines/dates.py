"""When an article was published and changed: what machines are told first, then its address, then what readers see.

    JSON-LD ─▶ meta ─▶ microdata and <time> ─▶ the fullest of those that say the same
        none ─▶ a day in the address ─▶ a date beside the headline (pipelines/shown_dates.py)

Dates come out as ISO 8601: with time and offset where the page says them, as a bare date where it does not. A time in
UTC is put at the offset of the newsroom where the page lets it be known: an evening in New York is tomorrow in UTC, and
the article is of today.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines import jsonld
from pipelines.iso_dates import iso
from pipelines.language import language_of
from pipelines.shown_dates import dated_line, lines_beside_headline, shown_day
from pipelines.written_dates import Reading, in_address, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lxml.html import HtmlElement

    from pipelines.document import Document

PUBLISHED = (
    *("article:published_time", "datepublished", "og:article:published_time", "article.published", "article:published"),
    *(
        "rnews:datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
    ),
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

_ROLES = ("datePublished", "dateModified", "dateCreated")
_MARKED = {role: f".//*[@itemprop='{role}' or @property='{role}' or @property='schema:{role}']" for role in _ROLES}
_MARKS = {
    role: (
        f'property="schema:{role}',
        *(f"{name}={mark}{role}" for name in ("itemprop", "property") for mark in ('"', "'", "")),
    )
    for role in _ROLES
}
"""How the markup spells such a mark; a search for that costs a hundredth of one through the elements."""

_BESIDE = re.compile(r"sidebar|related|recommend|comment", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"{_BESIDE.pattern}|aside|teaser|widget|latest|popular|footer", re.IGNORECASE)
_DAY = "2026-01-31"
"""How long a date without a time is."""

_COMMONWEALTH = re.compile(
    r"en[-_](?!us|ph|ca)[a-z]{2}\b|\.(?:uk|au|nz|ie|in|za|sg|my|ng|ke|pk|hk|eu|de|fr|ch|at|nl|se)\s"
)
_FARTHEST_OFFSET, _FARTHEST_BEHIND = timedelta(hours=14), timedelta(hours=10)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?!\d)\s?([ap])?", re.IGNORECASE)
_LEAD = 1_500
"""Characters by which the language is known in which dates are written."""

_MOST_MARKED, _LONGEST = 20, 64
"""Marked elements that are looked at, and characters of the text of one."""

_QUARTER, _LAST_HOUR = timedelta(minutes=15), 23


def published(document: Document) -> str | None:
    """Return when the article was published, or None; when it was last changed, where the page says no more."""
    reading = reading_of(document)
    told = _read(_told(document), reading)
    stated = [*(_as_shown(told, document, reading) if told else ()), *_read(_marks(document), reading)]
    if stated:
        return _local(_fullest(stated), stated, document, reading)
    day = in_address(_path(document), reading.latest) or shown_day(document, reading, changes=True)
    if day:
        return day.isoformat()
    embedded = _EMBEDDED.search(document.markup)
    hidden = _read((*_lone_time(document), embedded and embedded[1]), reading)
    if hidden:
        return hidden[0]
    day = dated_line(document, reading)
    return day.isoformat() if day else modified(document)


def modified(document: Document) -> str | None:
    """Return when the article was last changed, as far as the page says so, or None."""
    reading = reading_of(document)
    node = document.article_node or {}
    stated = _read((node.get("dateModified"), *_meta(document, MODIFIED)), reading)
    stated = stated or _read(_marked(document, "dateModified"), reading)
    return _fullest(stated) if stated else None


def _read(values: Iterable[object], reading: Reading) -> list[str]:
    """Return the dates among the values, each once, in their order."""
    return list(dict.fromkeys(when for value in values if value and (when := iso(value, reading))))


def reading_of(document: Document) -> Reading:
    """Return how dates on the page are to be read."""
    tree = document.tree
    said = (tree.get("lang") or "" if tree is not None else "") or document.said("og:locale") or ""
    language = language_of(document, document.outline.lead(_LEAD))
    american = language in ("en", "tl", "fil") and not _COMMONWEALTH.search(
        f"{said} {document.page.url[:200]} {document.host} ".lower()
    )
    return Reading(language, document.page.fetched_at.date() + timedelta(days=1), month_first=american)


def _told(document: Document) -> Iterator[object]:
    """Yield what JSON-LD and meta elements say of the day of publication, most reliable first."""
    yield (document.article_node or {}).get("datePublished")
    yield from _meta(document, PUBLISHED)
    yield from (values[0] for name, values in document.meta.items() if _SOUNDS_PUBLISHED.search(name))


def _marks(document: Document) -> Iterator[object]:
    """Yield what else machines are told of it: marked elements, objects that are no articles, and days of creation."""
    yield from _marked(document, "datePublished")
    yield from _times(document)
    yield from (other.get("datePublished") for other in document.structured if not jsonld.is_about_another(other))
    yield (document.article_node or {}).get("dateCreated")
    if not document.article_node:
        yield from _marked(document, "dateCreated")


def _meta(document: Document, names: tuple[str, ...]) -> Iterator[str]:
    return (value for name in names for value in document.meta.get(name, ())[:1])


def _marked(document: Document, role: str) -> Iterator[str]:
    """Yield the dates of elements that microdata, RDFa or hAtom marks so, outside comments and teasers."""
    if document.tree is None:
        return
    elements = [
        element for element in document.tree.iter("abbr") if role == _ROLES[0] and "published" in _names(element)
    ]
    if any(mark in document.markup for mark in _MARKS[role]):
        elements += [element for element in document.tree.xpath(_MARKED[role]) if element.tag != "meta"]
    for element in elements[:_MOST_MARKED]:
        if not _is_elsewhere(element, _BESIDE):
            yield element.get("datetime") or element.get("content") or element.get("title") or _text(element)


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content()[:_LONGEST].split())


def _times(document: Document) -> Iterator[str]:
    """Yield the machine-readable times that are marked as the date of publication, and one alone in the page."""
    times = _machine_readable(document)
    for element in times[:_MOST_MARKED]:
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        marked = element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks
        if marked and not _is_elsewhere(element, _ELSEWHERE):
            yield element.get("datetime", "")
    if _say_one_day(times) and not _is_elsewhere(times[0], _BESIDE):
        yield times[0].get("datetime", "")


def _lone_time(document: Document) -> Iterator[str]:
    """Yield the one day that the times of a page name, wherever they stand."""
    times = _machine_readable(document)
    return iter([times[0].get("datetime", "")] if _say_one_day(times) else [])


def _machine_readable(document: Document) -> list[HtmlElement]:
    if document.tree is None:
        return []
    return [element for element in document.tree.iter("time") if element.get("datetime")]


def _say_one_day(times: list[HtmlElement]) -> bool:
    return len({element.get("datetime", "")[: len(_DAY)] for element in times}) == 1


def _is_elsewhere(element: HtmlElement, names: re.Pattern[str]) -> bool:
    """Whether an element belongs to a teaser, a comment or the furniture of the page, by the names of those around."""
    return any(
        one.tag in ("aside", "nav") or names.search(_names(one))
        for one in element.iterancestors()
        if one.tag not in ("body", "html")
    )


def _as_shown(told: list[str], document: Document, reading: Reading) -> list[str]:
    """Return what is told, first what is of the day that readers are shown, where machines are told of several days.

    A bare date that is also that of the last change is no day of publication.
    """
    if len({one[:10] for one in told}) == 1:
        return told
    day = shown_day(document, reading)
    if day is None:
        return told
    least = len(_DAY) if (modified(document) or "").startswith(day.isoformat()) else 0
    return [*(one for one in told if one.startswith(day.isoformat()) and len(one) > least), *told]


def _fullest(stated: list[str]) -> str:
    """Return the first of what is stated, or what says the same more fully: with a time, with an offset, at home."""
    best = stated[0]
    for other in stated[1:]:
        if len(best) == len(_DAY):
            fuller = other.startswith(best)
        else:
            fuller = _offset(best) is None and _offset(other) is not None and other[:16] == best[:16]
        if fuller:
            best = other
    return best


def _offset(stated: str) -> timedelta | None:
    """Return the offset of a time; None for a bare date and a time without one."""
    return datetime.fromisoformat(stated).utcoffset() if len(stated) > len(_DAY) else None


def _local(best: str, stated: Iterable[str], document: Document, reading: Reading) -> str:
    """Return a time in UTC at the offset of the newsroom, or only the day there, where the page lets it be known."""
    if _offset(best) != timedelta(0):
        return best
    when = datetime.fromisoformat(best)
    for other in stated:
        if len(other) > len(_DAY) and (offset := _offset_between(when, other)):
            return when.astimezone(timezone(offset)).isoformat()
    day = in_address(_path(document), reading.latest) or shown_day(document, reading)
    if day is None or not _may_be_local(day, when):
        return best
    return _stamped(when, day, document.markup) or _clocked(when, day, document, reading) or day.isoformat()


def _may_be_local(day: date, when: datetime) -> bool:
    """Whether a time in UTC may fall on the day before or after it somewhere people live, from UTC-10 to UTC+14."""
    if day < when.date():
        return day == (when - _FARTHEST_BEHIND).date()
    return day > when.date() and day == (when + _FARTHEST_OFFSET).date()


def _offset_between(when: datetime, other: str) -> timedelta | None:
    """Return the offset at which another time says the same as one in UTC; None if it does not, or is in UTC too."""
    local = datetime.fromisoformat(other)
    offset = local.utcoffset()
    if offset is not None:
        return offset if offset and local == when else None
    apart = local - when.replace(tzinfo=None)
    same = apart and abs(apart) <= _FARTHEST_OFFSET and not apart % _QUARTER and when.second
    return apart if same else None


def _stamped(when: datetime, day: date, markup: str) -> str | None:
    """Return a time at the offset that a stamp of the same minute and second on that day has, anywhere in the page."""
    if not when.second:
        return None
    stamp = re.search(rf"{day.isoformat()}[T ](\d{{2}}):{when:%M:%S}", markup)
    if stamp is None or int(stamp[1]) > _LAST_HOUR:
        return None
    offset = datetime.fromisoformat(stamp[0]) - when.replace(tzinfo=None)
    return when.astimezone(timezone(offset)).isoformat() if abs(offset) <= _FARTHEST_OFFSET else None


def _clocked(when: datetime, day: date, document: Document, reading: Reading) -> str | None:
    """Return a time at the offset of the clock that is shown with that day, if it shows the same minute."""
    for line in lines_beside_headline(document):
        if all(one.day != day for one in written(line, reading)):
            continue
        for hour, minute, half in _CLOCK.findall(line):
            shown = int(hour) % 12 + 12 * (half.lower() == "p") if half else int(hour)
            if int(minute) == when.minute and shown <= _LAST_HOUR:
                local = datetime(day.year, day.month, day.day, shown, when.minute, when.second)  # noqa: DTZ001 - compared with one in UTC
                offset = local - when.replace(tzinfo=None)
                return when.astimezone(timezone(offset)).isoformat() if abs(offset) <= _FARTHEST_OFFSET else None
    return None


def _path(document: Document) -> str:
    try:
        return urlsplit(document.page.url).path
    except ValueError:
        return ""
