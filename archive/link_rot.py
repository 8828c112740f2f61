"""Link rot: of the addresses that were looked at again at some age, how many were alive still, and how sure that is.

    looks at one address (when, alive or dead) ─▶ its ages ─▶ one count in each row of the table that it has looks in

An address stands in every row in which it was looked at, with what the last look there found, so that one that was seen
alive for years and died tells of the years too. Its age is that at the look and not today's: nobody knows what became
of it since. It counts for the share only where it was *looked at again*, for the first capture of what a feed has just
named is alive by its nature. The row of all ages has each address once, with its newest look.

The share is of those alive or dead; what is in doubt is neither. Its interval is Wilson's (1927), which is right for
small numbers and for shares of nought and one, where the textbook's has no width (Brown, Cai and DasGupta 2001).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from archive.standing import Sighting, State, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

_Z = 1.959963984540054
"""The normal deviate that leaves 2.5 % on either side."""


class Band(NamedTuple):
    """Ages from `start` up to the next band's."""

    name: str
    start: timedelta


BANDS = (
    Band("under 1 week", timedelta()),
    Band("1 week to 1 month", timedelta(days=7)),
    Band("1 to 3 months", timedelta(days=30)),
    Band("3 to 12 months", timedelta(days=91)),
    Band("1 to 2 years", timedelta(days=365)),
    Band("over 2 years", timedelta(days=730)),
)
ALL_AGES = "all ages"
_STARTS = [band.start for band in BANDS]


class Look(NamedTuple):
    """One look at an address, and what is known today of how the address was then."""

    at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval, all from 0 to 1."""

    share: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Interval | None:
    """Return the share of hits with its interval; None of nothing."""
    if not of:
        return None
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    low = 0.0 if not hits else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Interval(share, low, high)


@dataclass(slots=True)
class Row:
    """Counts of one row: the addresses seen at these ages, and what became of those that were looked at again."""

    addresses: int = 0
    again: int = 0
    states: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))

    def count(self, state: State, *, again: bool) -> None:
        """Count one address."""
        self.addresses += 1
        if again:
            self.again += 1
            self.states[state] += 1

    @property
    def alive(self) -> Interval | None:
        """The share that was alive, of those that were alive or dead."""
        alive = self.states[State.ALIVE]
        return wilson(alive, alive + self.states[State.DEAD])


class LinkRot:
    """The table: a row for each band, and one of all ages."""

    def __init__(self) -> None:
        self.bands = tuple(Row() for _ in BANDS)
        self.all_ages = Row()

    def add(self, looks: Sequence[Look], born: datetime) -> None:
        """Count an address by its looks, oldest first; its age is reckoned from `born`."""
        last: dict[int, tuple[State, bool]] = {}
        for number, look in enumerate(looks):
            last[_band(look.at - born)] = look.state, number > 0
        for band, (state, again) in last.items():
            self.bands[band].count(state, again=again)
        if looks:
            self.all_ages.count(looks[-1].state, again=len(looks) > 1)

    def rows(self) -> list[tuple[str, Row]]:
        """Return the rows with their names, the one of all ages last."""
        return [*((band.name, row) for band, row in zip(BANDS, self.bands, strict=True)), (ALL_AGES, self.all_ages)]


def looks_of(sightings: Iterable[Sighting]) -> list[Look]:
    """Return what is known now of each look, oldest first.

    A death is certain only by its third capture; those that came before it are looks at a dead address all the same.
    """
    ordered = sorted(sightings, key=lambda sighting: sighting.at)
    looks: list[Look] = []
    died: datetime | None = None
    for sighting, standing in zip(reversed(ordered), reversed(list(standings(ordered))), strict=True):
        if standing.state is State.DEAD:
            died = standing.since
        elif standing.state is State.ALIVE:
            died = None
        dead = died is not None and sighting.at >= died
        looks.append(Look(sighting.at, State.DEAD if dead else standing.state))
    return looks[::-1]


def _band(age: timedelta) -> int:
    """Return the number of the band that an age is in; what was looked at before it was published is new."""
    return max(0, bisect_right(_STARTS, age) - 1)
