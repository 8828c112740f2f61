"""Stored pages judged and read again with what is known of their sites now.

    ids ─▶ [stored bytes ─▶ worker ─▶ is verdict or text another? ─ yes ─▶ further records] ─▶ again, where that taught

What a page leaves in its site's memory does not depend on what memory took out of it (pipelines/site_memory.py), so one
round is enough for pages that were read by the same program. Where a page was never judged, or a newer program finds
another text, the site learns on the way, and its pages are looked at once more, until nothing changes. Hence a second
rerun changes nothing. A page whose text would vanish because its judging failed stays as it is.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from archive import index, sites
from archive.address import host_of
from archive.errors import Damaged
from archive.reading import read_record
from archive.told import storable
from crawler.logs import log
from crawler.memory import Memory, stored_exchanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive.model import Capture, Processed
    from crawler.session import Session

MOST_ROUNDS = 5
"""Times that a page is looked at; two have been enough for everything that was tried."""

_PAGES_A_PROCESS = 3
"""Pages under way for each worker: one in it, one whose bytes are read, one that is written."""
_ENDING = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Counts:
    """What became of the pages that were looked at: each counts once, `unreadable` are among those that `failed`."""

    looked_at: int = 0
    changed: int = 0
    failed: int = 0
    unreadable: int = 0

    @property
    def unchanged(self) -> int:
        """Pages whose verdict and text are what they were."""
        return self.looked_at - self.changed - self.failed


@dataclass(frozen=True, slots=True)
class Change:
    """A page that is another now: as it was, and what is said of it. `after` is None where nothing was written."""

    before: Capture
    processed: Processed
    after: Capture | None


@dataclass(slots=True)
class Rerun:
    """One rerun; `tell` is told of each change, `step` of each page that has been looked at for the first time."""

    session: Session
    tell: Callable[[Change], None]
    step: Callable[[], None]
    dry: bool = False
    counts: Counts = field(default_factory=Counts)
    _changed: set[int] = field(default_factory=set)
    _seen: set[int] = field(default_factory=set)
    _taught: set[str] = field(default_factory=set)

    async def run(self, ids: Sequence[int]) -> None:
        """Look at pages until nothing changes, or until told to stop.

        Raises:
            NewsclipError: the collection cannot be written.

        """
        memory = Memory(self.session)
        with self._stoppable():
            for _ in range(1 if self.dry else MOST_ROUNDS):
                self._taught.clear()
                await self._look_at(memory, ids)
                ids = await self._of_hosts(ids) if self._taught and not self.session.interrupted else ()
                if not ids:
                    break

    async def _look_at(self, memory: Memory, ids: Sequence[int]) -> None:
        """Look at each page, some at a time; the first error ends it, once what is under way is done."""
        left = iter(ids)
        errors: list[BaseException] = []

        async def work() -> None:
            for number in left:
                if errors or self.session.interrupted:
                    return
                try:
                    await self._one(memory, number)
                except BaseException as error:  # noqa: BLE001 - raised below, when the others have ended
                    errors.append(error)

        await asyncio.gather(*(work() for _ in range(self.session.judges.processes * _PAGES_A_PROCESS)))
        if errors:
            raise errors[0]

    async def _one(self, memory: Memory, number: int) -> None:
        capture = await asyncio.to_thread(self.session.writer.ask, index.of_id, number)
        assert capture is not None
        first = number not in self._seen
        self._seen.add(number)
        self.counts.looked_at += first
        try:
            change = await self._change(memory, capture)
        except Damaged as error:
            self._fail(capture, str(error), first=first)
            self.counts.unreadable += first
        else:
            if change is not None and number not in self._changed:
                self._changed.add(number)
                self.counts.changed += 1
            if change is not None:
                self.tell(change)
        if first:
            self.step()

    async def _change(self, memory: Memory, capture: Capture) -> Change | None:
        """Judge one page again and keep what is new; None where nothing is.

        Raises:
            Damaged: one of its records cannot be read.

        """
        missing_page = await asyncio.to_thread(
            self.session.writer.ask, sites.missing_page, sites.origin_of(capture.url)
        )
        exchanges = await stored_exchanges(self.session, capture)
        if capture.liveness is None and not self.dry:
            said: list[Processed] = []
            judged = await memory.kept(exchanges, capture.target, missing_page, partial(self._said, capture, said))
            self.session.count(judged)
            self._taught.add(host_of(capture.url))
            return Change(capture, said[-1], judged)
        processed = storable(await memory.judged_again(exchanges, capture, missing_page))
        text = await asyncio.to_thread(self._text_of, capture)
        if processed.article is None and processed.fault and text is not None:
            self._fail(capture, processed.fault, first=capture.id not in self._changed)
            return None
        if processed.verdict.liveness is capture.liveness and _text(processed) == text:
            return None
        if self.dry:
            return Change(capture, processed, None)
        judged = await asyncio.wrap_future(self.session.writer.judge(capture, processed))
        self.session.recount(capture, judged)
        if await memory.remember(judged, processed):
            self._taught.add(host_of(capture.url))
        return Change(capture, processed, judged)

    async def _said(self, capture: Capture, said: list[Processed], processed: Processed) -> Capture:
        said.append(processed)
        return await asyncio.wrap_future(self.session.writer.judge(capture, processed))

    def _text_of(self, capture: Capture) -> str | None:
        if capture.text is None:
            return None
        return read_record(self.session.writer.collection, capture.text).block.decode("utf-8", "replace")

    def _fail(self, capture: Capture, why: str, *, first: bool) -> None:
        self.counts.failed += first
        log("page.unjudged", f"{capture.url} cannot be judged anew: {why}", url=capture.url, why=why)

    async def _of_hosts(self, ids: Sequence[int]) -> list[int]:
        """Return those pages whose sites have learned something in this round."""
        hosts = await asyncio.to_thread(self.session.writer.ask, index.hosts_of, ids)
        return [number for number, host in zip(ids, hosts, strict=True) if host in self._taught]

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Finish what is under way when told to end; told again, end at once."""
        loop = asyncio.get_running_loop()

        def stop() -> None:
            self.session.interrupted = True
            for sign in _ENDING:
                loop.remove_signal_handler(sign)

        for sign in _ENDING:
            loop.add_signal_handler(sign, stop)
        try:
            yield
        finally:
            for sign in _ENDING:
                loop.remove_signal_handler(sign)


def _text(processed: Processed) -> str | None:
    return processed.article.text if processed.article else None
