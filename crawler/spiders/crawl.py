"""Crawl the configured sources once: `newsclip crawl`, or `scrapy crawl crawl -a source=NAME`.

    due listings ─▶ asked, read, put into the frontier (crawler/discovery.py) ─▶ more due listings
    due finds    ─▶ fetched, judged, kept (crawler/handover.py), as a save does

Both wait in one queue (crawler/target_queue.py), listings first, so that one slow host holds up nobody else. When the
queue is empty and listings are still being read, the spider waits for what they name.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest

from archive import finds, listings
from archive.index import micros
from archive.listings import Listing
from crawler.conditions import AGAIN, confirmed
from crawler.config import load_settings
from crawler.crawl_round import CrawlRound
from crawler.discovery import Listed
from crawler.handover import Ended, ended_without_answer
from crawler.manners import Manners
from crawler.spiders.save import SaveSpider, is_page
from crawler.target_queue import TargetQueue
from crawler.trail import TRAIL, trail_of
from crawler.turns import HostLeft

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.finds import Find
    from crawler.config import Settings
    from crawler.crawl_run import CrawlRun
    from crawler.recheck_round import RecheckRound

_LISTINGS_AT_ONCE = 10
"""Listings of a source that are asked for at one go: each may name 50,000 addresses."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What waits to be fetched: a listing, or an article that one named."""

    what: Listing | Find

    @property
    def url(self) -> str:
        """The address to fetch."""
        return self.what.url


class CrawlSpider(SaveSpider):
    """Ask every listing that is due, and fetch every article that they named and nobody has."""

    name = "crawl"
    looks_again = False

    def __init__(self, *, run: CrawlRun, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.run_of = run
        self._errands: TargetQueue[Errand] | None = None
        self._reading = 0
        self._read = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Use the run of the `newsclip` command; under `scrapy crawl` begin one of our own, and end it as that does."""
        names, collection = arguments.pop("source", ""), arguments.pop("collection", None)
        if "run" not in arguments:
            flags = {"collection": {"path": collection}} if collection else {}
            begun = cls.begun(names.replace(",", " ").split(), load_settings(None, os.environ, flags))
            crawler.signals.connect(begun.conclude, signal=signals.engine_stopped, weak=False)
            arguments |= {"session": begun.session, "run": begun.run}
        return super().from_crawler(crawler, *args, **arguments)

    @classmethod
    def begun(cls, names: Sequence[str], settings: Settings) -> CrawlRound | RecheckRound:
        """Begin a run over the sources with these names, or all."""
        return CrawlRound.begin(names, settings, "scrapy crawl crawl")

    async def start(self) -> AsyncIterator[Request]:
        """Ask for listings and articles, until there are no more of either."""
        manners = self.crawler.get_extension(Manners)
        assert manners is not None
        self._errands = TargetQueue(
            self._lease, per_host=self.session.fetch.per_host, why_left=manners.why_left, leave=self.session.leave
        )
        self.run_of.unfinished = True
        while True:
            self._read.clear()
            while errand := await self._errands.next():
                yield self._request(errand)
            if self._read.is_set():
                # The queue may have been found empty before this listing was read, and ended only now.
                self._errands.refill()
                continue
            if not self._reading:
                self.run_of.unfinished = False
                return
            await self._read.wait()
            self._errands.refill()

    def _lease(self, count: int) -> list[Errand]:
        """Return what is due of each source in turn; listings go first, for they say what else is."""
        writer, found = self.session.writer, list[Errand]()
        for name in self.run_of.open_sources():
            due = writer.change(listings.due, name, _LISTINGS_AT_ONCE)
            self._reading += len(due)
            found += map(Errand, due)
            most = self.run_of.room(name, count)
            leased = writer.change(finds.lease, name, most, micros(datetime.now(UTC))) if most else []
            self.run_of.leased(name, len(leased))
            found += map(Errand, leased)
        return found

    def _request(self, errand: Errand) -> Request:
        if isinstance(errand.what, Listing):
            meta = {TRAIL: [], "newsclip_listing": errand.what}
            headers = _conditions(errand.what)
            return Request(
                errand.url, callback=self.listed, errback=self.unlisted, meta=meta, headers=headers, dont_filter=True
            )
        meta = {TRAIL: [], "newsclip_target": (errand.url, None), "newsclip_find": errand.what}
        if self.looks_again:
            meta[AGAIN] = True
        return Request(errand.url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)

    def parse(self, response: Response) -> Iterator[Ended]:
        """Hand over an article that was answered, whatever the status."""
        find: Find = response.meta["newsclip_find"]
        assert response.request is not None
        self._gone(find.url)
        trail = tuple(trail_of(response.request))
        self.run_of.fetched(find, trail)
        yield Ended(
            find.url,
            None,
            trail,
            is_page=is_page(response),
            find=find,
            looks_again=self.looks_again,
            confirmed=confirmed(response),
        )

    def failed(self, failure: Failure) -> Iterator[Ended]:
        """Hand over an article that was not answered, with the exchanges that failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        find: Find = request.meta["newsclip_find"]
        self._gone(find.url)
        trail = trail_of(request)
        ended = ended_without_answer(request, trail, failure.value)
        if ended is not None:
            self.run_of.fetched(find, tuple(trail))
            yield replace(ended, find=find, looks_again=self.looks_again)
        elif isinstance(failure.value, HostLeft) and failure.value.host:
            self.session.leave(failure.value.host, failure.value.why)

    def listed(self, response: Response) -> Iterator[Listed]:
        """Hand over a listing that was answered."""
        listing: Listing = response.meta["newsclip_listing"]
        assert response.request is not None
        self._gone(listing.url)
        trail = tuple(trail_of(response.request))
        yield Listed(listing, trail, response.status, self._settled, _validators(response))

    def unlisted(self, failure: Failure) -> Iterator[Listed]:
        """Hand over a listing that was not answered."""
        request: Request = failure.request  # type: ignore[attr-defined]
        listing: Listing = request.meta["newsclip_listing"]
        self._gone(listing.url)
        refused = None
        if isinstance(failure.value, HostLeft):
            refused = f"its host was left for later: {failure.value.why}"
        elif isinstance(failure.value, IgnoreRequest) and "robots.txt" in str(failure.value):
            refused = "robots.txt does not allow it"
        yield Listed(listing, tuple(trail_of(request)), None, self._settled, refused=refused)

    def _gone(self, url: str) -> None:
        assert self._errands is not None
        self._errands.ended(url)

    def _settled(self) -> None:
        """Note that what a listing named is in the frontier: the queue need not wait for what it holds to get it."""
        self._reading -= 1
        self._read.set()
        assert self._errands is not None
        self._errands.refill()


def _conditions(listing: Listing) -> dict[str, str]:
    """Return the header fields that ask a server to answer only if something changed (RFC 9110 section 13.1)."""
    fields = {"If-None-Match": listing.etag, "If-Modified-Since": listing.last_modified}
    return {name: value for name, value in fields.items() if value}


def _validators(response: Response) -> tuple[str | None, str | None]:
    return _field(response, "ETag"), _field(response, "Last-Modified")


def _field(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
