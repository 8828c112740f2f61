"""How long to wait before a feed is asked again, learnt from what it brought.

A feed tells more than that it changed: it tells how many entries are new. Elapsed time over new entries is a sample of
the gap between two entries (the estimate of a Poisson rate from a complete history: Cho and Garcia-Molina, Estimating
Frequency of Change, ACM TOIT 3/3, 2003). The rule goes towards that gap in bounded steps, as Nutch's
AdaptiveFetchSchedule does, because one sample is noise:

    n new entries in the time since the last look       towards elapsed / n, at most to a half or to 3/2 of the interval
    none, and the interval had passed                   3/2 of the interval
    none, but it was looked at early                    as before
    every entry of the feed is new                      the shortest interval: some may have come and gone unseen
    always                                              within the bounds

Shortening by a half and lengthening by a half balance where a feed brings about one entry a look. That is far from what
would lose anything (feeds hold ten entries and more), and finds an entry half a gap after it appears. The longest
interval bounds how late the first entry after a silence is found, the shortest what a feed that bursts may cost.

A change without a new entry teaches nothing: many feeds carry the time of their making and change whenever asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import UsageError
from crawler.quantities import span_text

if TYPE_CHECKING:
    from datetime import timedelta

_LENGTHEN = 1.5
_SHORTEN = 0.5


@dataclass(frozen=True, slots=True)
class Bounds:
    """The shortest and the longest interval of a feed.

    Raises:
        UsageError: the shortest is not above nought, or longer than the longest.

    """

    shortest: timedelta
    longest: timedelta

    def __post_init__(self) -> None:
        """Refuse bounds that hold nothing between them."""
        if not 0 < self.shortest.total_seconds() <= self.longest.total_seconds():
            raise UsageError(
                f"min_interval = {span_text(self.shortest)} and max_interval = {span_text(self.longest)} leave nothing "
                "between them; write the shorter one as min_interval."
            )

    def hold(self, interval: timedelta) -> timedelta:
        """Return the interval, or the bound that it went beyond."""
        return min(max(interval, self.shortest), self.longest)


@dataclass(frozen=True, slots=True)
class Look:
    """What asking a feed brought: how long after the look before, how many entries, and how many of them new.

    An answer of 304, or the payload of the look before, has no new ones. The first look at a feed, when everything in
    it is new, and one that failed, tell nothing and make no `Look`.
    """

    elapsed: timedelta
    entries: int
    new: int


def next_interval(interval: timedelta, look: Look, bounds: Bounds) -> timedelta:
    """Return the interval after a look, from the one before it."""
    if look.new and look.new >= look.entries:
        return bounds.shortest
    if look.new:
        sample = look.elapsed / look.new
        return bounds.hold(min(max(sample, interval * _SHORTEN), interval * _LENGTHEN))
    if look.elapsed < interval:
        return bounds.hold(interval)
    return bounds.hold(interval * _LENGTHEN)
