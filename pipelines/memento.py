"""What web archives say of the copies they keep, and a copy turned back into the page that it is of.

    CDX as JSON (Wayback: rows below a row of names; pywb: an object a line) ─┐
    TimeMap (RFC 7089 section 5: application/link-format)                    ─┴─▶ Copy, newest first
    page at a copy's address ─▶ the page at its own address, at its own time, with its own header fields

The address of a copy asks for it *raw*: Wayback, OpenWayback and pywb take `id_` behind the timestamp to mean the bytes
as they were archived, with nothing rewritten and no banner. Nobody has to obey that, hence `is_rewritten`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model import Memento, Page

_LINK = re.compile(r"""<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"<>]*))*)""")
_PARAMETER = re.compile(r"""([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s;,"<>]*))""")
_COPY_ADDRESS = re.compile(r"(.*?/)(\d{14})(?:[a-z]{2}_)?/(https?:/.*)", re.DOTALL | re.IGNORECASE)
"""An address as Wayback and its kin make them: where they serve, a timestamp, perhaps a mode, the original."""
_TIMESTAMP = "%Y%m%d%H%M%S"
_DIGITS = 14
_LINK_FORMAT = "application/link-format"
_FIELDS = {"url": "original", "status": "statuscode"}
"""Names of pywb's CDXJ, in the words of Wayback's CDX server."""
_MOST_COPIES = 5000
"""The newest ones of a front page that was copied every hour; no walk back needs more."""
_OF_THE_ORIGINAL = b"x-archive-orig-"
"""What Wayback and pywb put before header fields that would mean something else in their own answer."""
_KEPT = frozenset({b"content-type", b"content-language"})
"""What they leave as it was, because a browser needs it."""
_BANNER = re.compile(rb"<!--\s*(?:BEGIN WAYBACK TOOLBAR INSERT|WB Insert|End Wayback Rewrite JS Include)")
_REFERENCE = re.compile(rb"""\b(?:href|src)\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)
_INTO_AN_ARCHIVE = re.compile(rb"/\d{14}(?:[a-z]{2}_)?/(?:https?:|mailto:)?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A web link (RFC 8288): its target, its relation types, and its other parameters."""

    url: str
    relations: frozenset[str]
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that an archive says it has: where it serves it raw, of which address, when it was taken, its digest."""

    url: str
    original: str
    taken_at: datetime
    digest: str | None = None


def filled(template: str, url: str, timestamp: str = "") -> str:
    """Return an archive's address for a page, which is percent-encoded in a query, and stands as it is in a path."""
    place = template if "{url}" in template else f"{template.rstrip('/')}/{{url}}"
    before = place.partition("{url}")[0]
    return place.replace("{timestamp}", timestamp).replace("{url}", quote(url, safe="") if "?" in before else url)


def joined(base: str, url: str) -> str:
    """Return a link of an archive's as an address; what cannot be one stays as it is, and will be refused."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def raw(url: str) -> str:
    """Return the address of a copy as it was archived, where the archive is of a kind that has one."""
    found = _COPY_ADDRESS.fullmatch(url)
    return f"{found[1]}{found[2]}id_/{found[3]}" if found else url


def original_in(url: str) -> str | None:
    """Return the address whose copy stands at another one, if it is one of Wayback's kind."""
    found = _COPY_ADDRESS.fullmatch(url)
    return found[3] if found else None


def http_date(text: str | None) -> datetime | None:
    """Return the moment that a header field names (RFC 9110 section 5.6.7), or None."""
    try:
        moment = parsedate_to_datetime(text or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def links_in(text: str) -> Iterator[Link]:
    """Yield the links of a Link field or of a TimeMap; what is between them is passed over."""
    for url, written in _LINK.findall(text):
        found = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(written)}
        yield Link(url.strip(), frozenset(found.pop("rel", "").lower().split()), found)


def timemap_in(links: Iterable[Link]) -> str | None:
    """Return the TimeMap among links; there may be others, in formats of their own."""
    found = [link for link in links if "timemap" in link.relations]
    return next((link.url for link in found if link.parameters.get("type", _LINK_FORMAT) == _LINK_FORMAT), None)


def copies_in(text: str, template: str, asked: str) -> list[Copy]:
    """Return the copies that an index of CDX or a TimeMap names, newest first, each content once.

    `template` makes a copy's address out of a row of CDX; `asked` is the page, for rows that do not name it.

    Raises:
        ValueError: it is neither.

    """
    start = text.lstrip()[:1]
    if start == "<" and any(link.relations for link in links_in(text)):
        found: Iterable[Copy] = _in_timemap(text, asked)
    elif start in ("[", "{", ""):
        found = _in_cdx(text, template, asked)
    else:
        raise ValueError(f"it begins with {text.strip()[:20]!r}")
    return _newest_of_each(found)


def next_timemap(text: str, fetched: frozenset[str]) -> str | None:
    """Return the part of a TimeMap that holds the newest copies, if it comes in parts (RFC 7089 section 5)."""
    parts = [link for link in links_in(text) if "timemap" in link.relations and link.url not in fetched]
    earliest = datetime.min.replace(tzinfo=UTC)
    return max(parts, key=lambda part: http_date(part.parameters.get("until")) or earliest).url if parts else None


def _in_timemap(text: str, asked: str) -> Iterator[Copy]:
    for link in links_in(text):
        taken_at = http_date(link.parameters.get("datetime"))
        if "memento" in link.relations and taken_at:
            yield Copy(raw(link.url), original_in(link.url) or asked, taken_at)


def _in_cdx(text: str, template: str, asked: str) -> Iterator[Copy]:
    for row in _rows(text):
        named = {_FIELDS.get(name, name): str(value) for name, value in row.items()}
        timestamp, status = named.get("timestamp", ""), named.get("statuscode", "-")
        if len(timestamp) != _DIGITS or not timestamp.isdecimal() or status[:1] not in ("2", "-", ""):
            continue
        try:
            taken_at = datetime.strptime(timestamp, _TIMESTAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        original = named.get("original") or asked
        if not original.isprintable():  # lone surrogates, which JSON can spell and no address holds
            continue
        digest = named.get("digest", "-")
        yield Copy(filled(template, original, timestamp), original, taken_at, None if digest == "-" else digest)


def _rows(text: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of CDX in JSON, in either form, by the names of their fields."""
    if not text.strip():
        return
    if text.lstrip().startswith("["):
        names, *rows = json.loads(text) or [[]]
        if not all(isinstance(row, list) for row in (names, *rows)):
            raise ValueError("its JSON holds no rows")
        yield from (dict(zip(map(str, names), row, strict=False)) for row in rows)
        return
    for line in filter(str.strip, text.splitlines()):
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("its JSON holds no rows")  # noqa: TRY004 - it is what came that is wrong
        yield row


def _newest_of_each(copies: Iterable[Copy]) -> list[Copy]:
    """Return copies newest first; of those with equal digests, which can only be judged alike, the newest alone."""
    found: dict[str, Copy] = {}
    for copy in sorted(copies, key=lambda copy: copy.taken_at, reverse=True):
        found.setdefault(copy.digest or copy.url, copy)
    return list(found.values())[:_MOST_COPIES]


def as_original(page: Page, memento: Memento) -> Page:
    """Return an archive's answer as the page that it is a copy of: no header field of the archive is left."""
    fields = [
        (name[len(_OF_THE_ORIGINAL) :], value)
        for name, value in page.headers
        if name.lower().startswith(_OF_THE_ORIGINAL)
    ]
    given = {name.lower() for name, _ in fields}
    kept = [(name, value) for name, value in page.headers if name.lower() in _KEPT - given]
    return replace(
        page,
        url=memento.original,
        requested_url=memento.original,
        fetched_at=memento.taken_at,
        headers=(*kept, *fields),
        hops=(),
    )


def is_rewritten(body: bytes) -> bool:
    """Whether an archive put its banner into a page, or led most of its links into itself."""
    if _BANNER.search(body):
        return True
    references = _REFERENCE.findall(body)
    return sum(map(bool, map(_INTO_AN_ARCHIVE.search, references))) * 2 > len(references)
