"""From the crawl to the archive: every target that ends is judged in a worker, written, and then acknowledged.

A target ends in one of four ways, and each is kept: a response (whatever its status), a failure (DNS, connect, TLS,
time-out, too many redirects), a refusal by robots.txt, or robots.txt itself, which the spider never sees.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from archive.errors import Damaged, NewsclipError
from archive.model import Exchange, Finding, Liveness, Processed, Verdict
from crawler.discovery import Listed
from crawler.logs import log
from crawler.manners import Manners
from crawler.memento_client import MementoClient
from crawler.memory import Memory
from crawler.rescue import Rescuer
from crawler.sites import Sites
from crawler.turns import HostLeft
from crawler.wire import exchange_recorded

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.finds import Find
    from archive.model import Capture
    from crawler.rescue_options import RescueOptions
    from crawler.session import Session


@dataclass(frozen=True, slots=True, repr=False)
class Ended:
    """A target that ended: what travels from a spider to the pipeline. Scrapy logs its repr, which is short.

    `refused` says why it was not asked for at all, `note` what else the record should say. `is_page` is for an answer
    that was one: markup, with a status that says that it is there. `find` is its place in the frontier of a crawl;
    `looks_again` says that it was captured before, and keeps its place there. `confirmed` is the earlier response of
    which the last one says that it is still the same.
    """

    target: str
    target_id: int | None
    exchanges: tuple[Exchange, ...]
    refused: str | None = None
    note: str | None = None
    is_page: bool = False
    find: Find | None = None
    looks_again: bool = False
    confirmed: Capture | None = None

    def __repr__(self) -> str:
        return f"Ended({self.target!r}, {len(self.exchanges)} exchanges)"


class Handover:
    """The item pipeline: judges, writes, acknowledges; closes the crawl when nothing can be written any more."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler = crawler
        self._session = session
        self._memory = Memory(session)
        self._sites = Sites(session, session.fetch, self._download, stopping=self._stopping, fail=self._stop)
        self._rescuer = self._new_rescuer(session.rescue) if session.rescue else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the session from the spider, and robots.txt from the wire."""
        pipeline = cls(crawler, crawler.spider.session)  # type: ignore[union-attr]
        crawler.signals.connect(pipeline.robots_fetched, signal=exchange_recorded)
        return pipeline

    def _new_rescuer(self, options: RescueOptions) -> Rescuer:
        client = MementoClient(self._download, stopping=self._stopping, patience=options.patience)
        return Rescuer(self._session, options, client, self._session.fetch.max_bytes)

    async def _download(self, request: Request) -> Response:
        assert self._crawler.engine is not None
        return await self._crawler.engine.download_async(request)

    def _stopping(self) -> bool:
        engine = self._crawler.engine
        return self._session.stopped_by is not None or engine is None or not engine.running

    async def process_item(self, item: Ended | Listed) -> Ended | Listed:
        """Keep one target; the page is acknowledged when its records are on disk and its row is committed."""
        if isinstance(item, Listed):
            await self._keep_listing(item)
            return item
        capture = await self._kept(item)
        if capture is not None and capture.liveness is not None:
            self._session.count(capture)
            _log_kept(item, capture)
            if item.find is not None and item.looks_again:
                await self._keep_look(item.find, capture)
        if self._rescuer is not None:
            await self._rescue_dead(self._rescuer)
        return item

    async def _keep_listing(self, item: Listed) -> None:
        assert self._session.discovery is not None
        try:
            await self._session.discovery.take(item)
        except NewsclipError as error:
            self._stop(error)
        finally:
            item.settled()

    async def _keep_look(self, find: Find, capture: Capture) -> None:
        assert self._session.rechecks is not None
        try:
            await asyncio.to_thread(self._session.rechecks.note, find, capture)
        except NewsclipError as error:
            self._stop(error)

    async def _rescue_dead(self, rescuer: Rescuer) -> None:
        """Look for copies of the pages that were found dead by now: this one, or others that it threw a light on."""
        while self._session.dead:
            try:
                await rescuer.rescue(self._session.dead.pop())
            except NewsclipError as error:
                self._stop(error)

    async def _kept(self, item: Ended) -> Capture | None:
        try:
            if item.refused is not None:
                return await self._put(item, Processed(Verdict(Liveness.UNSURE, item.refused, 1.0), fault=item.refused))
            url = item.exchanges[-1].url
            missing_page = await self._sites.missing_page(url, may_ask=item.is_page)
            item, exchanges = await self._with_body(item)
            return await self._memory.kept(exchanges, item.target, missing_page, partial(self._put, item))
        except NewsclipError as error:
            self._stop(error)
            return None

    async def _with_body(self, item: Ended) -> tuple[Ended, tuple[Exchange, ...]]:
        """Return the exchanges to judge a page by: what is still the same is judged as if it had come again."""
        if item.confirmed is None:
            return item, item.exchanges
        *way, last = item.exchanges
        try:
            response = await asyncio.to_thread(self._session.writer.stored_response, item.confirmed)
        except Damaged as error:
            note = f"It is unchanged, and what it was cannot be read: {error}"
            return replace(item, confirmed=None, note=note), item.exchanges
        return item, (*way, replace(last, response=response))

    async def _put(self, item: Ended, processed: Processed) -> Capture:
        if item.note:
            processed = replace(processed, fault="; ".join(filter(None, (processed.fault, item.note))))
        via = item.find.via if item.find else None
        find_id = item.find.id if item.find and not item.looks_again else None
        finding = Finding(
            "page",
            item.target,
            item.exchanges,
            processed,
            via,
            target_id=item.target_id,
            find_id=find_id,
            confirms=item.confirmed.response.record_id if item.confirmed else None,
        )
        return await asyncio.wrap_future(self._session.writer.put(finding))

    async def close_spider(self) -> None:
        """Wait for the probes that nobody waits for any more."""
        await self._sites.close()

    def _stop(self, error: NewsclipError) -> None:
        """End the crawl: what was acknowledged is safe, and what was not stays due."""
        if self._session.stopped_by is None:
            self._session.stopped_by = error
            if manners := self._crawler.get_extension(Manners):
                manners.stop()
            engine = self._crawler.engine
            assert engine is not None
            asyncio.ensure_future(engine.close_spider_async(reason="cannot write")).add_done_callback(_closed)

    def robots_fetched(self, exchange: Exchange) -> None:
        """Keep a robots.txt exchange; nobody waits for it."""
        self._session.writer.put(Finding("robots", exchange.url, (exchange,), None))


def _log_kept(item: Ended, capture: Capture) -> None:
    assert capture.liveness is not None
    log(
        "page.kept",
        f"{capture.target} is kept: {capture.liveness.value}",
        source=item.find.source if item.find else None,
        url=capture.target,
        status=capture.status,
        seconds=sum(one.took for one in item.exchanges),
        verdict=capture.liveness.value,
        reason=capture.reason,
        revisit=capture.revisit_of is not None,
    )


def _closed(task: asyncio.Future[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        why = task.exception()
        log("run.unclosed", f"The crawl did not end well: {why}", why, why=why)


def ended_without_answer(request: Request, trail: list[Exchange], error: BaseException | None) -> Ended | None:
    """Return what to keep of a target whose last request brought no response to Scrapy.

    None means that it has not ended and stays due: a forced stop took it away before anything came, or its host was
    left for later, unless a try had failed by then.
    """
    target, target_id = request.meta["newsclip_target"]
    if isinstance(error, HostLeft) and not (trail and trail[-1].error):
        return None
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        why = "robots.txt does not allow this address; to save it all the same, say --robots ignore."
        refusal = Exchange(request.url, b"", b"", datetime.now(UTC), 0.0, error=why)
        return Ended(target, target_id, (*trail, refusal), refused=why)
    if not trail:
        return None
    note = "Redirects were followed no further (--redirects)." if isinstance(error, IgnoreRequest) else None
    return Ended(target, target_id, tuple(trail), note=note)
