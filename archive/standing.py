"""Whether an address is alive or dead, which no single capture can say: servers fail for a day, and come back.

    alive       the newest capture shows it: live, or the teaser before a paywall
    dead        captures since the last that showed it alive agree three times that it is dead, each at least three
                days after the one before; a status of 410 and a host that no longer exists count twice
    in doubt    everything else

All four dead verdicts agree with each other: what was a soft 404 in May and a 410 in June is dead both times. Other
verdicts (blocked, an error, no answer, a login) neither agree nor disagree: they put an address that was alive in
doubt, and a dead one is dead until a capture shows it alive.

Of captures that stand closer together than three days those are counted that together count most, so one capture more
never makes an address less dead. With the most that a chain of captures up to each dead one can count, in the order of
time, that is one look back for each: the chain that ends here is this capture and the best one that ended in time.
"""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model import Liveness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

APART = timedelta(days=3)
ENOUGH = 3
ALIVE = frozenset({Liveness.LIVE, Liveness.PAYWALL})
"""Verdicts that show the article at its address: whole, or its teaser."""
_STATUS_GONE = 410


class State(enum.StrEnum):
    """What is known of an address."""

    ALIVE = "alive"
    IN_DOUBT = "in doubt"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one capture says of an address: when, its verdict, and the HTTP status (None when nothing answered)."""

    at: datetime
    liveness: Liveness
    status: int | None

    @property
    def weight(self) -> int:
        """How often it counts for the death of the address."""
        if not self.liveness.dead:
            return 0
        vanished = self.status is None and self.liveness is Liveness.GONE
        return 2 if vanished or self.status == _STATUS_GONE else 1


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an address after a capture.

    `since` is the first capture of the state: of being alive, of a death (which came before it was certain), of doubt.
    `seen_alive` is the newest capture that showed it alive. `count` is how often captures since then agree that it is
    dead; `confirm_from` is when a further one would count, where some do and not enough.
    """

    state: State
    since: datetime
    seen_alive: datetime | None
    count: int
    confirm_from: datetime | None


@dataclass(slots=True)
class _Deaths:
    """The dead captures since an address was last seen alive: when, and the most that a chain up to each can count."""

    times: list[datetime] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def add(self, at: datetime, weight: int) -> None:
        """Add one, not older than those before it."""
        in_time = bisect_right(self.times, at - APART)
        chain = weight + (self.counts[in_time - 1] if in_time else 0)
        self.counts.append(max(chain, self.count))
        self.times.append(at)

    @property
    def count(self) -> int:
        """The most that any chain of them counts."""
        return self.counts[-1] if self.counts else 0

    @property
    def confirm_from(self) -> datetime | None:
        """When a further death would be three days after the earliest chain that counts as much as any."""
        if not self.times or self.count >= ENOUGH:
            return None
        return self.times[bisect_left(self.counts, self.count)] + APART


def standings(sightings: Iterable[Sighting]) -> Iterator[Standing]:
    """Yield what is known of an address after each capture of it, in the order of time."""
    deaths, seen_alive = _Deaths(), None
    alive_since: datetime | None = None
    doubt_since: datetime | None = None
    for sighting in sorted(sightings, key=lambda sighting: sighting.at):
        if sighting.liveness in ALIVE:
            deaths, seen_alive, doubt_since = _Deaths(), sighting.at, None
            alive_since = alive_since or sighting.at
            yield Standing(State.ALIVE, alive_since, seen_alive, 0, None)
            continue
        alive_since = None
        doubt_since = doubt_since or sighting.at
        if sighting.weight:
            deaths.add(sighting.at, sighting.weight)
        if deaths.count >= ENOUGH:
            yield Standing(State.DEAD, deaths.times[0], seen_alive, deaths.count, None)
        else:
            yield Standing(State.IN_DOUBT, doubt_since, seen_alive, deaths.count, deaths.confirm_from)
