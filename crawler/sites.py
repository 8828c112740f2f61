"""What is known of a site when one of its pages is judged: how it answers for a page that cannot exist.

Strategy: the first page of a site that answers with markup starts a *probe*, a request for a sibling whose name is 25
random letters. The pages of the site are fetched on, and wait with being judged until the probe has ended, however it
ended. What it found is kept in the collection, so that the next run need not ask.

Rule 1: one probe a site (scheme, host and port) and run; none where one is remembered that is fresh enough.
Rule 2: nobody waits for a probe longer than a request may take that has to wait for its turn, or once the crawl ends.
Rule 3: a probe that was refused, failed or came to nothing says `unknown`, and its pages are judged without it.

A probe goes the way of every request (robots.txt, pace, guard, limits), but for the scheduler: that starts nothing
while many pages wait to be judged, and these pages wait for the probe.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from scrapy import Request

from archive import sites
from archive.errors import NewsclipError
from archive.model import Finding
from crawler.trail import TRAIL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scrapy.http import Response

    from archive.model import Exchange, MissingPage
    from crawler.options import FetchOptions
    from crawler.session import Session

_LETTERS = 25
"""No page has such a name: of 26 letters there are 10^35."""
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,4}$", re.IGNORECASE)
_FRESH = timedelta(days=30)
"""A site that is made over gets other missing pages; that happens once in years, and a request a month is little."""
_UNKNOWN_FRESH = timedelta(days=1)
"""What hindered a probe (a block, an outage) may be over tomorrow, and seldom is in the next minute."""
_GLANCE = 0.2
"""Seconds between two looks at whether the crawl ends: Scrapy tells nobody before every page has been dealt with."""
_MOST_HELD = 500
"""Sites whose missing page (some 6 kB) is held; the others are looked up when their next page comes."""
_REDIRECTS = range(300, 400)


class Sites:
    """Asks sites, one probe each; `stopping` says that the crawl ends, `fail` takes what cannot be written."""

    def __init__(
        self,
        session: Session,
        options: FetchOptions,
        download: Callable[[Request], Awaitable[Response]],
        *,
        stopping: Callable[[], bool],
        fail: Callable[[NewsclipError], None],
    ) -> None:
        self._session = session
        self._options = options
        self._download = download
        self._stopping = stopping
        self._fail = fail
        self._patience = options.timeout + options.concurrency * options.delay
        self._found: OrderedDict[str, asyncio.Task[MissingPage | None]] = OrderedDict()
        self._asked: set[str] = set()

    async def missing_page(self, url: str, *, may_ask: bool) -> MissingPage | None:
        """Return what the site of an address answers for missing pages, if that is known by now or can be asked.

        `may_ask` is for pages that were there: others start no probe and wait for none.
        """
        origin = sites.origin_of(url)
        task = self._found.get(origin)
        if not (may_ask and self._options.probe):
            done = task is not None and task.done()
            return task.result() if task is not None and done else await self._remembered(origin)
        if task is None:
            self._make_room()
            task = self._found[origin] = asyncio.ensure_future(self._learnt(origin, url))
        await self._wait_for(task)
        return task.result() if task.done() else None

    async def close(self) -> None:
        """Return when every probe has ended, and what came of it is stored."""
        await asyncio.gather(*self._found.values(), return_exceptions=True)

    def _make_room(self) -> None:
        while len(self._found) >= _MOST_HELD:
            oldest = next((origin for origin, task in self._found.items() if task.done()), None)
            if oldest is None:
                return
            del self._found[oldest]

    async def _wait_for(self, task: asyncio.Task[MissingPage | None]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while not (task.done() or self._stopping() or loop.time() > until):
            await asyncio.wait({task}, timeout=_GLANCE)

    async def _remembered(self, origin: str) -> MissingPage | None:
        return await asyncio.to_thread(self._session.writer.ask, sites.missing_page, origin)

    async def _learnt(self, origin: str, url: str) -> MissingPage | None:
        """Return what is remembered, or where that is nothing or old, what the site answers now."""
        try:
            known = await self._remembered(origin)
            if (known is not None and _is_fresh(known)) or origin in self._asked or self._stopping():
                return known
            self._asked.add(origin)
            return await self._probe(sibling(url)) or known
        except NewsclipError as error:
            self._fail(error)
            return None

    async def _probe(self, url: str) -> MissingPage | None:
        """Ask for an address that cannot exist, keep what came, and return what it says; None if nothing was sent."""
        trail = await self._way(url)
        if not trail:
            return None
        processed = await self._session.judges.judge_probe(trail, url)
        await asyncio.wrap_future(self._session.writer.put(Finding("probe", url, tuple(trail), processed)))
        return processed.missing_page

    async def _way(self, url: str) -> list[Exchange]:
        """Return the exchanges of a probe. Redirects are followed here, for an engine that is closing takes no more."""
        trail: list[Exchange] = []
        meta = {TRAIL: trail, "dont_retry": True, "dont_redirect": True}
        request = Request(url, meta=meta, dont_filter=True)
        for _ in range(self._options.redirects + 1):
            try:
                response = await self._unless_stopped(request)
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None or self._stopping():
                    break
                request = request.replace(url=urljoin(request.url, location.decode("latin-1")))
            except (Exception, asyncio.CancelledError):  # noqa: BLE001 - the last exchange says what happened
                break
        return trail

    async def _unless_stopped(self, request: Request) -> Response:
        """Return the response to a request; a crawl that is stopped does not wait for a probe, but for its pages."""
        download = asyncio.ensure_future(self._download(request))
        while not (download.done() or self._stopping()):
            await asyncio.wait({download}, timeout=_GLANCE)
        if not download.done():
            download.cancel()
        return await download


def sibling(url: str) -> str:
    """Return an address beside another one, with its ending, that no page has."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    ending = _ENDING.search(name)
    letters = "".join(secrets.choice(ascii_lowercase) for _ in range(_LETTERS))
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{letters}{ending[0] if ending else ''}", "", ""))


def _is_fresh(known: MissingPage) -> bool:
    age = datetime.now(UTC) - known.asked_at
    return age < (_UNKNOWN_FRESH if known.answer == "unknown" else _FRESH)
