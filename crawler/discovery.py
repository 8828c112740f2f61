"""Finding what is new: feeds, sitemaps and section pages are asked whether they changed, read, and kept.

    due listing ─▶ asked with its ETag and date ─▶ 304: as before
                                                └▶ answer: read in a worker ─▶ new addresses ─▶ frontier
                                                                            └▶ further listings ─▶ due

Every exchange is stored (role "feed"), a 304 and an equal payload as a revisit. A listing that cannot be read costs
nothing but itself: its source's run says what was wrong.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from pebble import ProcessExpired

from archive import finds, listings
from archive.index import micros
from archive.model import Finding
from crawler.listing_reader import Read, read_listing
from crawler.logs import log
from pipelines.discovery.traps import Trails

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archive.listings import Listing
    from archive.model import Exchange
    from archive.sources import SourceState
    from crawler.session import Session
    from crawler.source_options import SourceOptions

_About = ParamSpec("_About")
_Answer = TypeVar("_Answer")

_NOT_MODIFIED, _REFUSED = 304, 400
_MOST_FAULTS = 20
_MANY_REFUSED, _MUCH_REFUSED = 20, 0.1


@dataclass(slots=True)
class SourceRun:
    """What a run did for one source: listings asked, unchanged and failed; articles found new; what was wrong.

    `entries` are in the listings that were asked, `before` is what was known of the source when the run began. Of
    `leased` articles, taken from the frontier, `pages` were asked for, and `bytes` came; `limit` is the one that was
    reached; `ran_dry` are the listings that named something once and now name nothing; `given_up` are the articles that
    were tried for the last time. `trapped` says of each reason for which addresses were refused
    (pipelines/discovery/traps.py) how many they are, and the first.
    """

    options: SourceOptions
    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    entries: int = 0
    before: SourceState | None = None
    leased: int = 0
    pages: int = 0
    bytes: int = 0
    limit: str | None = None
    faults: list[str] = field(default_factory=list)
    ran_dry: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    trapped: dict[str, tuple[int, str]] = field(default_factory=dict)
    trails: Trails = field(default_factory=Trails)

    def fault(self, line: str) -> None:
        """Note what was wrong, as long as there is room for it."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(line)

    @property
    def refused(self) -> int:
        """How many addresses were refused as a trap's."""
        return sum(times for times, _ in self.trapped.values())

    @property
    def is_trapped(self) -> bool:
        """Whether that is so much that somebody should see why: a single wrong link is nobody's concern."""
        return self.refused >= max(_MANY_REFUSED, self.entries * _MUCH_REFUSED)

    def refuse(self, why: str, times: int, first: str) -> None:
        """Count addresses that are a trap's."""
        before, known = self.trapped.get(why, (0, first))
        self.trapped[why] = (before + times, known)
        name = self.options.name
        words = f"{name}: {times} addresses were refused, since {why}; the first is {first}"
        log("crawl.addresses.refused", words, source=name, url=first, count=times, why=why)


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """A listing that was asked: what travels from the spider to the pipeline.

    `validators` are the ETag and Last-Modified of the answer, `status` is None where none came, `refused` says why it
    was not asked for at all; `settled` is called when all that it names is in the frontier.
    """

    listing: Listing
    exchanges: tuple[Exchange, ...]
    status: int | None
    settled: Callable[[], None]
    validators: tuple[str | None, str | None] = (None, None)
    refused: str | None = None

    def __repr__(self) -> str:
        return f"Listed({self.listing.url!r}, {self.status})"


class Discovery:
    """Reads listings and puts what they name into the frontier."""

    def __init__(self, session: Session, sources: Mapping[str, SourceRun], limit: int) -> None:
        self._session = session
        self._sources = sources
        self._limit = limit

    async def take(self, item: Listed) -> None:
        """Keep the answer of a listing, and what it names.

        Raises:
            NewsclipError: it cannot be written.

        """
        source = self._sources[item.listing.source]
        source.asked += 1
        if item.exchanges:
            finding = Finding("feed", item.listing.url, item.exchanges, None)
            await asyncio.wrap_future(self._session.writer.put(finding))
        now = micros(datetime.now(UTC))
        if item.status == _NOT_MODIFIED:
            source.unchanged += 1
            source.entries += item.listing.entries or 0
            name, url = item.listing.source, item.listing.url
            log("crawl.listing.unchanged", f"{url} is unchanged", source=name, url=url, status=item.status)
            self._note_dry(source, item.listing, now, item.listing.entries or 0)
            await self._change(listings.unchanged, item.listing, now)
        elif item.status is None or item.status >= _REFUSED:
            await self._fail(item, item.refused or _why(item), now)
        else:
            read = await self._read(item)
            if isinstance(read, str) or (not read.entries and read.faults):
                await self._fail(item, read if isinstance(read, str) else read.faults[0], now)
            else:
                await self._put(item, read, now)

    async def _read(self, item: Listed) -> Read | str:
        """Return what a worker reads in an answer, or why it read nothing."""
        kind = item.listing.kind
        judges = self._session.judges
        future = judges.submit(read_listing, item.exchanges, item.listing.url, kind, self._limit)
        try:
            read: Read = await asyncio.wrap_future(future)
        except (Overdue, ProcessExpired, MemoryError, OSError) as error:
            return judges.fault_of(error)
        return read

    async def _put(self, item: Listed, read: Read, now: int) -> None:
        source = self._sources[item.listing.source]
        options = source.options
        source.entries += read.entries
        for fault in read.faults:
            source.fault(f"{item.listing.url}: {fault}")
        if read.barren and item.listing.changed_at is None:
            words = f"{item.listing.url}: {read.barren} That may be right, and is said once."
            source.fault(words)
            log("crawl.listing.barren", words, source=options.name, url=item.listing.url, why=read.barren)
        wanted = [one for one in read.articles if options.selection.wants(one.url)]
        self._note_dry(source, item.listing, now, read.entries)
        new = await self._change(finds.add, options.name, wanted, now, _undated(item.listing, now))
        source.new += new
        url, entries = item.listing.url, read.entries
        words = f"{url} names {entries} addresses, {new} of them new"
        log("crawl.listing.read", words, source=options.name, url=url, status=item.status, entries=entries, new=new)
        source.trails.was_read(item.listing.url, new)
        for why, (times, first) in read.traps.items():
            source.refuse(why, times, first)
        further = [one for one in read.further if source.trails.goes_on(one.url)]
        if item.listing.depth + 1 < options.max_depth:
            for one in read.further:
                if one not in further:
                    source.refuse("it continues pages that named nothing new", 1, one.url)
            await self._change(listings.lead_to, item.listing, (*read.listings, *further))
        await self._change(listings.changed, item.listing, now, read.entries, item.validators)

    @staticmethod
    def _note_dry(source: SourceRun, listing: Listing, now: int, entries: int) -> None:
        if listing.ran_dry(now, entries):
            source.ran_dry.append(listing.url)

    async def _fail(self, item: Listed, why: str, now: int) -> None:
        source = self._sources[item.listing.source]
        source.failed += 1
        source.fault(f"{item.listing.url}: {why}")
        url, status = item.listing.url, item.status
        words = f"{url} gave nothing to read: {why}"
        log("crawl.listing.failed", words, source=item.listing.source, url=url, status=status, why=why)
        await self._change(listings.failed, item.listing, now)

    async def _change(
        self,
        statement: Callable[Concatenate[Any, _About], _Answer],
        *about: _About.args,
        **named: _About.kwargs,
    ) -> _Answer:
        return await asyncio.to_thread(partial(self._session.writer.change, statement, *about, **named))


def _undated(listing: Listing, now: int) -> int:
    """Return as of when an article without a date counts.

    Feeds and section pages show what is new. A sitemap that is read for the first time names what there ever was; what
    it names later is new as well.
    """
    return 0 if listing.kind == "sitemap" and listing.changed_at is None else now


def _why(item: Listed) -> str:
    if item.status is not None:
        return f"HTTP status {item.status}"
    return (item.exchanges[-1].error if item.exchanges else None) or "no answer"
