"""The last good copy of a dead page, out of a web archive.

    dead page ─▶ the archive's list of copies ─▶ walk back ─▶ each copy fetched, judged as the page it is of ─▶ kept

The list is an index of CDX or a TimeMap; a TimeGate that names no TimeMap is asked for earlier and earlier dates. Every
exchange with the archive is stored: its lists are hops, and so are copies that were no good, with a verdict of their
own; the good one is a memento. The capture of the dead page is not touched.

Rule 1: only an answer with a Memento-Datetime is a copy (RFC 7089 section 2.1.1); any other is the archive's own word.
Rule 2: an archive that asks for more patience than there is, whose robots.txt forbids the question, or that fails twice
in a row, is not asked again in this run. That it refuses one page says nothing of the next.
Rule 3: one rescue at a time, so that many dead pages are no more of a load than one.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, NoReturn

from pebble import ProcessExpired

from archive import sites
from archive.address import host_of, url_key
from archive.model import Finding, Liveness, Memento, Processed, SiteProfile, Verdict
from crawler.logs import log
from crawler.memento_client import REDIRECTS, chosen, links, taken_at
from crawler.mementos import Listed, judge_copy, read_list
from crawler.memory import ENOUGH
from crawler.walk_back import WalkBack
from pipelines.memento import Copy, filled, joined, timemap_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.http import Response

    from archive.model import Capture, Exchange
    from crawler.memento_client import Answer, MementoClient
    from crawler.rescue_options import RescueOptions
    from crawler.session import Session

_REFUSED, _NOT_FOUND, _BROKEN = 400, 404, 500
_MOST_TIMEMAPS = 3
_MOST_FAILURES = 2
"""Questions in a row to which there is no answer, or none that makes sense, before the archive is taken for down."""
_FIRST_STEP = timedelta(days=30)
"""How far a TimeGate is asked to go back first; doubled each time, ten tries reach 84 years."""


class _Failed(Exception):  # noqa: N818 - the name says what happened, as in archive.errors
    """The archive could not be asked for copies of a page; the message says why."""


class _Closed(_Failed):
    """It is not asked any more in this run."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The dead page of which a copy is looked for, and what is known of its site."""

    url: str
    site: SiteProfile


@dataclass(frozen=True, slots=True)
class _Tried:
    """A copy that was fetched: what is to be stored of it, and whether it is good."""

    finding: Finding
    good: bool


class Rescuer:
    """Looks for copies of dead pages and hands them to the session."""

    def __init__(self, session: Session, options: RescueOptions, client: MementoClient, max_bytes: int) -> None:
        self._session = session
        self._options = options
        self._client = client
        self._limit = max_bytes
        self._turn = asyncio.Lock()
        self._closed: str | None = None
        self._failures = 0

    async def rescue(self, dead: Capture) -> None:
        """Keep the last good copy of a dead page and everything that was fetched on the way; say what came of it.

        Raises:
            NewsclipError: it cannot be written.

        """
        async with self._turn:
            log("rescue.began", f"Looking for a copy of {dead.target}", url=dead.target)
            found: Finding | str | None = None
            failure = self._closed or ""
            if not failure:
                try:
                    found = await self._found(_Wanted(dead.target, await self._site(dead)))
                except _Failed as why:
                    failure = str(why)
                    self._closed = failure if isinstance(why, _Closed) else None
        if isinstance(found, Finding):
            self._session.count_rescued(await self._put(found))
        else:
            self._session.not_rescued(dead, found or failure, asked=found is not None)

    async def _found(self, wanted: _Wanted) -> Finding | str:
        """Return the last good copy, or why there is none."""
        if not self._options.timegate:
            return await self._walked(await self._list(filled(self._options.cdx, wanted.url), wanted), wanted)
        gate = filled(self._options.timegate, wanted.url)
        response = await self._heard(await self._client.ask(gate), wanted)
        timemap = timemap_in(links(response))
        if timemap is None:
            return await self._gone_back(gate, wanted)
        return await self._walked(await self._list(joined(gate, timemap), wanted), wanted)

    async def _walked(self, copies: tuple[Copy, ...], wanted: _Wanted) -> Finding | str:
        """Walk back over a list of copies to the last good one."""
        if not copies:
            return "the archive has no copy of it"
        walk = WalkBack(len(copies), self._options.tries)
        best: Finding | None = None
        tried = 0
        while (number := walk.next()) is not None:
            try:
                outcome = await self._tried(copies[number], wanted)
            except _Failed as why:
                if best is None:
                    raise
                self._closed = str(why) if isinstance(why, _Closed) else None
                break
            walk.tell(number, good=outcome.good)
            tried += 1
            if outcome.good:
                best, passed = outcome.finding, best
            else:
                passed = outcome.finding
            if passed:
                await self._put_aside(passed)
        return best or f"none of the {tried} copies that were tried, of {len(copies)}, is good"

    async def _gone_back(self, gate: str, wanted: _Wanted) -> Finding | str:
        """Ask a TimeGate for copies of earlier and earlier dates until one is good."""
        when, step, seen = datetime.now(UTC), _FIRST_STEP, set[str]()
        for _ in range(self._options.tries):
            fields = {"Accept-Datetime": format_datetime(when, usegmt=True)}
            url = chosen(await self._heard(await self._client.ask(gate, fields), wanted), gate)
            if url is None:
                return "the archive has no copy of it"
            if url not in seen:
                seen.add(url)
                outcome = await self._tried(Copy(url, wanted.url, when), wanted)
                if outcome.good:
                    return outcome.finding
                await self._put_aside(outcome.finding)
                if outcome.finding.memento:
                    when = min(when, outcome.finding.memento.taken_at)
            when, step = when - step, step * 2
        return f"none of the {len(seen)} copies that were tried is good"

    async def _list(self, url: str, wanted: _Wanted) -> tuple[Copy, ...]:
        """Return the copies that an archive lists; of a TimeMap in parts, those of the newest part."""
        listed = Listed()
        for _ in range(_MOST_TIMEMAPS):
            answer = await self._client.ask(url)
            response = await self._heard(answer, wanted)
            if response.status == _NOT_FOUND:  # as pywb answers for a TimeMap without copies
                break
            read = await self._in_worker(read_list, answer.exchanges[-1], self._options.copy, wanted.url, self._limit)
            listed = Listed(fault=read) if isinstance(read, str) else read
            if listed.fault:
                self._fail(f"what {host_of(url)} answered is no list of copies: {listed.fault}")
            if listed.further is None:
                break
            url = joined(url, listed.further)
        self._failures = 0
        return listed.copies

    async def _heard(self, answer: Answer, wanted: _Wanted) -> Response:
        """Keep what was said on the way to a copy, and return the response.

        Raises:
            _Failed: there is none, or one that says that the archive will or can not tell.

        """
        if answer.exchanges:
            await self._put(Finding("hop", wanted.url, answer.exchanges, None))
        response = answer.response
        if response is None:
            if answer.closed:
                raise _Closed(answer.failure)
            self._fail(answer.failure)
        elif response.status >= _REFUSED and response.status != _NOT_FOUND and not taken_at(response):
            why = f"{host_of(response.url)} answered with status {response.status} when asked for copies"
            if response.status < _BROKEN:
                raise _Failed(why)
            self._fail(why)
        return response

    def _fail(self, why: str) -> NoReturn:
        """Note that the archive failed.

        Raises:
            _Closed: that was once too often.
            _Failed: it was not.

        """
        self._failures += 1
        raise (_Closed if self._failures >= _MOST_FAILURES else _Failed)(why)

    async def _tried(self, copy: Copy, wanted: _Wanted) -> _Tried:
        """Fetch a copy and judge it as the page that it is of.

        Raises:
            _Failed: the archive cannot be asked any more.

        """
        answer = await self._client.copy(copy.url, wanted.url)
        if answer.response:
            self._failures = 0
        elif answer.closed or not answer.exchanges or self._failures + 1 >= _MOST_FAILURES:
            await self._heard(answer, wanted)
        else:
            self._failures += 1
        time = taken_at(answer.response) if answer.response else None
        memento = Memento(_original(answer, copy), time) if time else None
        problem = _problem(answer, memento, wanted)
        if memento is None or problem:
            judged: Processed | str = problem or ""
        else:
            judged = await self._judged(answer.exchanges[-1], memento, wanted.site)
        if isinstance(judged, str):
            judged = Processed(Verdict(Liveness.UNSURE, judged, 1.0), fault=judged)
        good = judged.verdict.liveness is Liveness.LIVE
        return _Tried(Finding("memento", wanted.url, answer.exchanges, judged, memento=memento), good)

    async def _judged(self, exchange: Exchange, memento: Memento, site: SiteProfile) -> Processed | str:
        """Return what a copy is, by the rules for any page, those on what its site says elsewhere included."""
        judged = await self._in_worker(judge_copy, exchange, memento, self._limit, site)
        if isinstance(judged, str) or judged.main_text is None or judged.verdict.liveness is not Liveness.LIVE:
            return judged  # type: ignore[no-any-return]
        key = url_key(memento.original)
        others = await asyncio.to_thread(self._session.writer.ask, sites.others, site.host, judged.main_text, key)
        if others < ENOUGH:
            return judged  # type: ignore[no-any-return]
        site = replace(site, repeated={judged.main_text: others})
        return await self._in_worker(judge_copy, exchange, memento, self._limit, site)  # type: ignore[no-any-return]

    async def _site(self, dead: Capture) -> SiteProfile:
        """Return what is known of a dead page's site: what it answers now for missing pages, it may have long."""
        host, known = host_of(dead.target), None
        for url in (dead.url, dead.target):
            if known is None and host_of(url) == host:
                known = await asyncio.to_thread(self._session.writer.ask, sites.missing_page, sites.origin_of(url))
        return SiteProfile(host, known)

    async def _in_worker(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a worker makes of foreign bytes, or in words why it made nothing."""
        judges = self._session.judges
        try:
            return await asyncio.wrap_future(judges.submit(function, *arguments))
        except (Overdue, ProcessExpired, MemoryError, OSError) as error:
            return judges.fault_of(error)

    async def _put_aside(self, finding: Finding) -> None:
        """Keep a copy that is not the one looked for: its verdict, but no text that could be taken for the page's."""
        judged = replace(finding.processed, article=None) if finding.processed else None
        await self._put(replace(finding, role="hop", processed=judged))

    async def _put(self, finding: Finding) -> Capture:
        return await asyncio.wrap_future(self._session.writer.put(finding))


def _original(answer: Answer, copy: Copy) -> str:
    """Return the address that a copy is of, as the archive says with it, or as its list said."""
    assert answer.response is not None
    return next((link.url for link in links(answer.response) if "original" in link.relations), copy.original)


def _problem(answer: Answer, memento: Memento | None, wanted: _Wanted) -> str | None:
    """Return why an answer is no copy that can be judged, or None."""
    response = answer.response
    if response is None:
        return f"The archive did not answer: {answer.failure}"
    if memento is None:
        return f"The archive answered with status {response.status} and no Memento-Datetime: that is no copy."
    if url_key(memento.original) != url_key(wanted.url):
        return f"The archive sent a copy of another address: {memento.original}"
    if "truncated" in response.flags:
        return "The copy came cut short."
    if response.status in REDIRECTS:
        return "The page was a redirect when it was copied."
    return None
