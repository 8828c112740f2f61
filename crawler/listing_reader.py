"""What is done in a worker with the answer of a feed, sitemap or section page: it is decoded, read, and made into rows.

Both come from somebody else and may be of any size or make, so they are read where a deadline and a memory limit hold
(crawler/workers.py). What reads is imported where it runs, in the worker: the parent starts sooner without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from archive.address import clean_address, url_key, without_session
from archive.errors import UsageError
from archive.finds import Found
from archive.index import micros
from archive.listings import Named
from archive.page import page_from
from pipelines.discovery.traps import trap_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model import Exchange
    from pipelines.discovery.values import Entry, SourceKind


@dataclass(frozen=True, slots=True)
class Read:
    """What a listing names: articles, further listings, how many entries it had, and what was wrong with it.

    `further` are listings that continue this one; `traps` says of each reason for which addresses were refused how many
    they are, and the first. `barren` says of a page that was read that it has no links to articles.
    """

    articles: tuple[Found, ...]
    listings: tuple[Named, ...]
    entries: int
    faults: tuple[str, ...]
    further: tuple[Named, ...] = ()
    traps: dict[str, tuple[int, str]] = field(default_factory=dict)
    barren: str | None = None


def read_listing(exchanges: Sequence[Exchange], url: str, kind: SourceKind, limit: int) -> Read:
    """Return what the last of the exchanges, an answer to a listing of this kind, names."""
    from pipelines.discovery.found import found  # noqa: PLC0415 - see above

    discovered = found(page_from(exchanges, url, limit), kind)
    traps: dict[str, tuple[int, str]] = {}
    entries = list(_untrapped(discovered.entries, traps))
    articles = _articles((entry for entry in entries if entry.kind == "article"), url)
    named = (Named(entry.kind, entry.url, _listing_key(entry.url), _micros(entry.modified)) for entry in entries)
    further = (Named(kind, address, _listing_key(address)) for address in discovered.further if not trap_in(address))
    return Read(
        tuple(articles),
        tuple(one for one in named if one.kind != "article"),
        len(discovered.entries),
        discovered.faults,
        tuple(further),
        traps,
        discovered.barren,
    )


def _untrapped(entries: Iterable[Entry], traps: dict[str, tuple[int, str]]) -> Iterator[Entry]:
    """Yield the entries whose address is no trap, and count the others by what they are."""
    for entry in entries:
        if why := trap_in(entry.url):
            times, first = traps.get(why, (0, entry.url))
            traps[why] = (times + 1, first)
        else:
            yield entry


def _listing_key(url: str) -> str:
    return url_key(without_session(url))


def wanted_address(url: str) -> tuple[str, str]:
    """Return an address less sessions and what only tracks its readers, and the key under which its spellings are one.

    The parameters that track are those that courlan knows; scheme, www, letter case and the order of parameters are
    left out of the key (SURT).

    Raises:
        UsageError: it is no address of the web.

    """
    from courlan import normalize_url  # noqa: PLC0415 - see above

    clean = clean_address(str(normalize_url(without_session(url))).partition("#")[0])
    return clean, url_key(clean)


def _articles(entries: Iterator[Entry], via: str) -> Iterator[Found]:
    for entry in entries:
        try:
            url, key = wanted_address(entry.url)
        except (UsageError, ValueError):  # courlan raises the latter for what it cannot take apart
            continue
        yield Found(url, key, via, entry.title, entry.published, _micros(entry.published or entry.modified))


def _micros(when: str | None) -> int | None:
    """Return a date or time in microseconds since 1970; of a date alone, its last moment."""
    if when is None:
        return None
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    if len(when) <= len("2026-11-24"):
        moment = datetime.combine(moment, time.max)
    return micros(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
