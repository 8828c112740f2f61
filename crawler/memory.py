"""Pages judged in the light of what their site has said before: the way of every page, live or stored.

    judged with the missing page and the site's lines ─▶ said at other addresses too? ─▶ judged with that ─▶ kept
                                                              so are the earlier ones ◀─ its lines remembered ◀─┘

The same main text at three addresses of a site is an error page or a wall. That is known when the third comes, so the
first two are judged anew then, from their stored bytes. Pages that say the same wait for each other from the question
to the index until they are in it; no others wait.

What lines the pages of a host have in common is counted as they come (archive/site_memory.py), and serves those that
come after; what came before is mended by `newsclip rerun`. But the earlier captures of an address are read by the same
knowledge as a new one, lest what memory takes out looks like an edit. The counts of the hosts that were met last are
held.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from archive import index, site_memory, sites
from archive.address import host_of, url_key
from archive.errors import Damaged
from archive.model import Exchange, SiteProfile
from archive.trace import pack
from crawler.logs import log

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from archive.model import Capture, MissingPage, Processed, Removed
    from archive.site_memory import Remembered
    from crawler.session import Session

ENOUGH = 2
"""Other addresses with the same text from which it is worth asking again; what they mean is for the rule to say
(pipelines.signs.site)."""

OF_THE_SITE = frozenset({"site-line", "site-place", "missing-page-line"})
"""Rules of Article.removed that go by the site's memory (pipelines.site_memory, which would load the extractor)."""

_MOST_HELD = 200
"""Hosts whose counts (some 200 kB) are held; those of others are read anew, in 10 ms, when their next page comes."""


class Memory:
    """Judges and keeps pages."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._confirmed: set[int] = set()
        self._remembered: OrderedDict[str, asyncio.Task[Remembered]] = OrderedDict()

    async def kept(
        self,
        exchanges: Sequence[Exchange],
        target: str,
        missing_page: MissingPage | None,
        keep: Callable[[Processed], Awaitable[Capture]],
    ) -> Capture:
        """Judge the page at the end of these exchanges and return what `keep` makes of the result.

        Raises:
            NewsclipError: it cannot be written.

        """
        url = exchanges[-1].url
        site = await self._site(url, missing_page)
        processed = await self._session.judges.judge(exchanges, target, site)
        text = processed.main_text
        if text is None:
            return await self._kept(processed, keep)
        async with self._turn(site.host, text):
            others = await self._others(site.host, text, url_key(url))
            if others < ENOUGH:
                return await self._kept(processed, keep)
            if processed.verdict.liveness.has_text:
                site = replace(site, repeated={text: others})
                processed = await self._session.judges.judge(exchanges, target, site)
            capture = await self._kept(processed, keep)
            if not processed.verdict.liveness.has_text:
                await self._judge_anew(site, text)
            return capture

    async def judged_again(
        self, exchanges: Sequence[Exchange], capture: Capture, missing_page: MissingPage | None
    ) -> Processed:
        """Return what a page that was kept before is by all that is known of its site now; nothing is kept."""
        site = await self._site(capture.url, missing_page)
        known = await self._of_host(site.host)
        if index.micros(capture.fetched_at) < known.since:
            site = replace(site, settled=tuple(one.text for one in capture.removed if one.rule in OF_THE_SITE))
        processed = await self._session.judges.judge(exchanges, capture.target, site)
        if processed.main_text is None or not processed.verdict.liveness.has_text:
            return processed
        others = await self._others(site.host, processed.main_text, capture.url_key)
        if others < ENOUGH:
            return processed
        site = replace(site, repeated={processed.main_text: others})
        return await self._session.judges.judge(exchanges, capture.target, site)

    async def _site(self, url: str, missing_page: MissingPage | None) -> SiteProfile:
        """Return what is known of the site of a page: what its other addresses have in common, and its missing page."""
        host, key = host_of(url), url_key(url)
        known = await self._of_host(host)
        return SiteProfile(
            host, missing_page, blocks=known.blocks(key), pages=known.pages(key), places=known.places(key)
        )

    async def _kept(self, processed: Processed, keep: Callable[[Processed], Awaitable[Capture]]) -> Capture:
        """Keep a page, remember what it leaves, and read its earlier captures by what was known when it was read."""
        capture = await keep(processed)
        await self.remember(capture, processed)
        if capture.role == "page" and processed.article is not None:
            ours = _of_the_site(processed.article.removed)
            for earlier in await asyncio.to_thread(self._session.writer.ask, index.read_before, capture):
                if _of_the_site(earlier.removed) != ours:
                    await self._read_again(earlier)
        return capture

    async def _read_again(self, capture: Capture) -> None:
        """Read a capture by what is known now, and keep that if memory takes out something else."""
        missing_page = await asyncio.to_thread(
            self._session.writer.ask, sites.missing_page, sites.origin_of(capture.url)
        )
        try:
            exchanges = await stored_exchanges(self._session, capture)
        except Damaged as error:
            log("page.unjudged", f"{capture.url} cannot be read anew: {error}", error, url=capture.url, why=error)
            return
        processed = await self.judged_again(exchanges, capture, missing_page)
        if processed.article is None or processed.verdict.liveness is not capture.liveness:
            return
        if _of_the_site(processed.article.removed) != _of_the_site(capture.removed):
            judged = await asyncio.wrap_future(self._session.writer.judge(capture, processed))
            self._session.recount(capture, judged)
            await self.remember(judged, processed)

    async def remember(self, capture: Capture, processed: Processed) -> bool:
        """Count what a page left that is in the index now, and return whether that teaches anything."""
        traces = pack(processed.traces)
        if not site_memory.is_remembered(capture, traces):
            return False
        known = await self._of_host(host_of(capture.url))
        return known.add(capture.url_key, index.micros(capture.fetched_at), site_memory.name_of(capture), traces)

    async def _of_host(self, host: str) -> Remembered:
        task = self._remembered.get(host)
        if task is None:
            if len(self._remembered) >= _MOST_HELD:
                self._remembered.popitem(last=False)
            asked = asyncio.to_thread(self._session.writer.ask, site_memory.remembered, host)
            task = self._remembered[host] = asyncio.ensure_future(asked)
        self._remembered.move_to_end(host)
        return await asyncio.shield(task)

    def _turn(self, host: str, text: str) -> asyncio.Lock:
        return self._turns.setdefault((host, text), asyncio.Lock())

    async def _others(self, host: str, text: str, key: str) -> int:
        return await asyncio.to_thread(self._session.writer.ask, sites.others, host, text, key)

    async def _judge_anew(self, site: SiteProfile, text: str) -> None:
        """Judge with what is known now the earlier captures that say the same and were taken for something to read.

        One whose verdict stays is not judged anew again in this run.
        """
        for capture in await asyncio.to_thread(self._session.writer.ask, sites.carrying, site.host, text):
            others = await self._others(site.host, text, capture.url_key)
            if others < ENOUGH or capture.id in self._confirmed:
                continue
            try:
                exchanges = await stored_exchanges(self._session, capture)
            except Damaged as error:
                log("page.unjudged", f"{capture.url} cannot be judged anew: {error}", error, url=capture.url, why=error)
                continue
            knowing = replace(site, repeated={text: others})
            processed = await self._session.judges.judge(exchanges, capture.target, knowing)
            changed = processed.verdict.liveness is not capture.liveness
            if not changed:
                self._confirmed.add(capture.id)
            # A revisit has no text but that of what it repeats, which may be no text any more: it is given its own.
            if changed or capture.revisit_of:
                judged = await asyncio.wrap_future(self._session.writer.judge(capture, processed))
                await self.remember(judged, processed)
                self._session.recount(capture, judged)


def _of_the_site(removed: Sequence[Removed]) -> set[str]:
    """Return the lines that memory took out."""
    return {one.text for one in removed if one.rule in OF_THE_SITE}


async def stored_exchanges(session: Session, capture: Capture) -> list[Exchange]:
    """Return the exchanges that led to a capture and its own, as far as judging needs them.

    Raises:
        Damaged: a record cannot be read.

    """
    way = await asyncio.to_thread(session.writer.ask, index.way_to, capture)
    return [
        Exchange(one.url, b"", response, one.fetched_at, 0.0, truncated=one.truncated, error=one.error)
        for one in (*way, capture)
        for response in [await asyncio.to_thread(session.writer.stored_response, one)]
    ]
