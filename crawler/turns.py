"""Who may ask next: every request waits here for its host's turn, and then for one of the places that all hosts share.

    turn(host) ─▶ waiting for its host ─▶ on the agenda when the host may be asked ─▶ a place ─▶ under way ─▶ heard

Scrapy's own slots count a request that waits for its host as one under way, so that few slow hosts hold up all others;
here a request that waits holds nothing. A host has at most one entry on the agenda, a heap by time, so that nobody
looks through all hosts for the next one.

Rule 1: requests of one host go in the order in which they came, but those that others wait for (`ahead`) come first.
Rule 2: nobody waits for a host that was given up, or that asks for a rest longer than there is patience for.
Rule 3: hosts that were silent the last time have half of the places, so that many of them leave room for the others.
Rule 4: when the crawl stops, whoever waits or comes is sent away; who is under way is not.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from crawler.pace import Pace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from crawler.pace import PaceOptions

_GLANCE = 0.2
"""Seconds between two looks at what nobody tells us: whether the crawl stops, whether pages still wait to be judged."""
_STOPPED = "it was stopped before this was asked"
_MOST_REMEMBERED = 10_000
"""Hosts after which those are forgotten of which nothing special is known."""


class HostLeft(Exception):  # noqa: N818 - the name says what happened, as in archive.errors
    """A host is not asked any more, or not yet, and why; or none is, since the crawl was stopped (`host` is empty)."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} is left for later: {why}" if host else why)
        self.host = host
        self.why = why


@dataclass(eq=False, slots=True)
class _Waiting:
    """A request that waits for its turn; when it has it, `doubtful` says that its host was silent the last time."""

    may_go: asyncio.Future[None]
    ahead: bool
    robots: bool
    doubtful: bool = False


@dataclass(eq=False, slots=True)
class Host:
    """A host, its pace, and who waits for it; `rest` is why it rests, in words."""

    name: str
    pace: Pace
    rest: str = ""
    under_way: int = 0
    on_agenda: bool = False
    waiting: deque[_Waiting] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """Requests under way at once over all hosts and to one, and the seconds of the longest rest that is waited for."""

    concurrency: int = 16
    per_host: int = 1
    patience: float = 600.0

    @property
    def for_doubtful(self) -> int:
        """Places for hosts that were silent when they were asked last: half of all, and one at least."""
        return max(1, self.concurrency // 2)


class Turns:
    """Gives turns, each host's at its pace.

    `stopping` says that the crawl ends; `crowded` that what was fetched waits to be judged, and only what is ahead may
    begin.
    """

    def __init__(
        self,
        options: PaceOptions,
        limits: TurnLimits,
        *,
        stopping: Callable[[], bool] = lambda: False,
        crowded: Callable[[], bool] = lambda: False,
    ) -> None:
        self._options = options
        self._limits = limits
        self._stopping = stopping
        self._crowded = crowded
        self._hosts: dict[str, Host] = {}
        self._agenda: list[tuple[float, int, Host]] = []
        self._numbers = count()
        self._under_way = 0
        self._doubtful = 0
        self._waiting = 0
        self._timer: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._stopped = False

    def host(self, name: str) -> Host:
        """Return what is known of a host."""
        known = self._hosts.get(name)
        if known is None:
            self._make_room()
            known = self._hosts[name] = Host(name, Pace(self._options))
        return known

    def why_left(self, name: str) -> str | None:
        """Return why a host is left for later, or None."""
        host = self._hosts.get(name)
        if host is None:
            return None
        if host.pace.given_up:
            return f"it did not answer {host.pace.silences} times in a row"
        if host.pace.resting_until - asyncio.get_running_loop().time() > self._limits.patience:
            return host.rest
        return None

    @asynccontextmanager
    async def turn(self, name: str, *, ahead: bool = False, robots: bool = False) -> AsyncIterator[Host]:
        """Wait for a turn and have it; who had it calls `review` when something was learnt of the host.

        Raises:
            HostLeft: there will be none.

        """
        if self._stopped or self._stopping():
            raise HostLeft("", _STOPPED)
        if why := self.why_left(name):
            raise HostLeft(name, why)
        host = self.host(name)
        waiting = _Waiting(asyncio.get_running_loop().create_future(), ahead, robots)
        host.waiting.insert(sum(other.ahead for other in host.waiting) if ahead else len(host.waiting), waiting)
        self._waiting += 1
        self._list(host)
        self._go_on()
        self._keep_watch()
        try:
            await waiting.may_go
        except asyncio.CancelledError:
            self._withdraw(host, waiting)
            raise
        try:
            yield host
        finally:
            self._end(host, waiting)

    def stop(self) -> None:
        """Send away whoever waits, now and from now on."""
        self._stopped = True

    def review(self, host: Host) -> None:
        """Send away those who wait for a host that is left."""
        if why := self.why_left(host.name):
            self._send_away(host, HostLeft(host.name, why))

    def _send_away(self, host: Host, why: HostLeft) -> None:
        while host.waiting:
            waiting = host.waiting.popleft()
            self._waiting -= 1
            if not waiting.may_go.done():
                waiting.may_go.set_exception(why)

    def _withdraw(self, host: Host, waiting: _Waiting) -> None:
        if waiting in host.waiting:
            host.waiting.remove(waiting)
            self._waiting -= 1
        elif not waiting.may_go.cancelled() and waiting.may_go.exception() is None:
            self._end(host, waiting)

    def _list(self, host: Host) -> None:
        """Put a host on the agenda, if somebody waits for it and a connection to it is free."""
        if host.waiting and not host.on_agenda and host.under_way < self._limits.per_host:
            host.on_agenda = True
            when = host.pace.ready_at(robots=host.waiting[0].robots)
            heapq.heappush(self._agenda, (when, next(self._numbers), host))

    def _go_on(self) -> None:
        """Let begin who may, and come back when the next one may."""
        now = asyncio.get_running_loop().time()
        later: list[Host] = []
        while self._agenda and self._agenda[0][0] <= now and self._under_way < self._limits.concurrency:
            host = heapq.heappop(self._agenda)[2]
            host.on_agenda = False
            while host.waiting and host.waiting[0].may_go.done():  # cancelled, and has not noticed yet
                host.waiting.popleft()
                self._waiting -= 1
            if not host.waiting or host.under_way >= self._limits.per_host:
                continue
            first = host.waiting[0]
            if host.pace.ready_at(robots=first.robots) > now:
                self._list(host)
            elif (host.pace.silences and self._doubtful >= self._limits.for_doubtful) or (
                not first.ahead and self._crowded()
            ):
                later.append(host)
            else:
                self._begin(host, now)
                self._list(host)
        for host in later:
            host.on_agenda = True
            heapq.heappush(self._agenda, (now + _GLANCE, next(self._numbers), host))
        self._set_timer()

    def _begin(self, host: Host, now: float) -> None:
        waiting = host.waiting.popleft()
        self._waiting -= 1
        waiting.doubtful = host.pace.silences > 0
        host.under_way += 1
        self._under_way += 1
        self._doubtful += waiting.doubtful
        if not waiting.robots:
            host.pace.asked(now)
        waiting.may_go.set_result(None)

    def _end(self, host: Host, waiting: _Waiting) -> None:
        host.under_way -= 1
        self._under_way -= 1
        self._doubtful -= waiting.doubtful
        self._list(host)
        self._go_on()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._agenda and self._under_way < self._limits.concurrency:
            self._timer = asyncio.get_running_loop().call_at(self._agenda[0][0], self._go_on)

    def _keep_watch(self) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(_GLANCE, self._look)

    def _look(self) -> None:
        self._watch = None
        if self._stopped or self._stopping():
            for host in self._hosts.values():
                self._send_away(host, HostLeft("", _STOPPED))
        if self._waiting:
            self._keep_watch()

    def _make_room(self) -> None:
        if len(self._hosts) >= _MOST_REMEMBERED and len(self._hosts) % 1000 == 0:
            now = asyncio.get_running_loop().time()
            self._hosts = {
                name: host
                for name, host in self._hosts.items()
                if host.waiting or host.under_way or host.on_agenda or not host.pace.is_default(now)
            }
