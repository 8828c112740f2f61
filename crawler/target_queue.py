"""Which target is next: in turns between hosts, so that a host that is slow or dead holds up none but its own.

    frontier ─▶ leased ─▶ parked by host ─▶ under way, a few of each host ─▶ ended

A host gets no more targets than keep its connections busy. When all that are parked belong to hosts that have enough,
more are leased, until one comes whose host has not; so the addresses of a thousand hosts may stand in any order.

Rule 1: a target that is not handed out stays leased, and is due again when the run has ended.
Rule 2: what is parked is bounded. A list that begins with more addresses of one host than that waits for this host.
"""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from crawler.manners import host_name

if TYPE_CHECKING:
    from collections.abc import Callable

_LEASE = 50
_MOST_PARKED = 20_000
"""Targets that are held, some 10 MB with long addresses."""
_MOST_UNDER_WAY = 500
_AHEAD = 4
"""Targets under way for each connection to a host: one is fetched, and the others are there when it has ended."""


class HasAddress(Protocol):
    """Something with an address to fetch: a target of a save, a listing or a find of a crawl."""

    @property
    def url(self) -> str:
        """The address."""


Target = TypeVar("Target", bound=HasAddress)


class TargetQueue(Generic[Target]):
    """Hands out targets; `lease` takes some from the frontier, `why_left` says why a host is left, if it is.

    `leave` is told, for each target of a host that is, the host and why.
    """

    def __init__(
        self,
        lease: Callable[[int], list[Target]],
        *,
        per_host: int,
        why_left: Callable[[str], str | None],
        leave: Callable[[str, str], None],
    ) -> None:
        self._lease = lease
        self._enough = _AHEAD * per_host
        self._why_left = why_left
        self._leave = leave
        self._parked: OrderedDict[str, deque[Target]] = OrderedDict()
        self._held = 0
        self._under_way: Counter[str] = Counter()
        self._changed = asyncio.Event()
        self._dry = False

    async def next(self) -> Target | None:
        """Return the next target, when there is room for one; None when all have been handed out, or left."""
        while True:
            self._changed.clear()
            if (target := self._chosen()) is not None:
                return target
            if not self._dry and self._held < _MOST_PARKED and self._under_way.total() < _MOST_UNDER_WAY:
                self._park(await asyncio.to_thread(self._lease, _LEASE))
            elif self._dry and not self._held:
                return None
            else:
                await self._changed.wait()

    def refill(self) -> None:
        """Note that the frontier, which had no more, may have some again."""
        self._dry = False
        self._changed.set()

    def ended(self, url: str) -> None:
        """Note that a target is under way no more."""
        host = host_name(url)
        self._under_way[host] -= 1
        if not self._under_way[host]:
            del self._under_way[host]
        self._changed.set()

    def _park(self, targets: list[Target]) -> None:
        self._dry = not targets
        self._held += len(targets)
        for target in targets:
            self._parked.setdefault(host_name(target.url), deque()).append(target)

    def _chosen(self) -> Target | None:
        """Return a target of the host whose turn it is, if there is a host that has not enough."""
        if self._under_way.total() >= _MOST_UNDER_WAY:
            return None
        left: dict[str, str] = {}
        chosen = None
        for host in self._parked:
            if why := self._why_left(host):
                left[host] = why
            elif self._under_way[host] < self._enough:
                chosen = host
                break
        for host, why in left.items():
            self._leave_all(host, why)
        return self._taken(chosen) if chosen is not None else None

    def _taken(self, host: str) -> Target:
        """Take the first target of a host, and let the others go before its next one."""
        targets = self._parked[host]
        target = targets.popleft()
        self._held -= 1
        self._under_way[host] += 1
        if targets:
            self._parked.move_to_end(host)
        else:
            del self._parked[host]
        return target

    def _leave_all(self, host: str, why: str) -> None:
        for _ in self._parked.pop(host):
            self._held -= 1
            self._leave(host, why)
