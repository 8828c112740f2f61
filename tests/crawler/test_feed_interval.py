"""The interval that adapts, on feeds that are simulated for a month: what it costs, what it misses, how late it is."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.feed_interval import Bounds, Look, next_interval

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = Bounds(5 * MINUTE, 6 * HOUR)
Rule = Callable[[timedelta, Look, Bounds], timedelta]
MONTH = 30 * 24 * 60.0


@dataclass(frozen=True, slots=True)
class Course:
    """What a month of looking at a feed came to; times are in minutes."""

    looks: int
    needless: int
    missed: int
    late: float
    latest: float


def watched(entries: list[float], holds: int = 20, bounds: Bounds = BOUNDS, rule: Rule = next_interval) -> Course:
    """Look at a feed for a month that shows its newest entries, which appear at these minutes, beginning every 30."""
    interval, now, before, known = 30 * MINUTE, 30.0, 0.0, 0
    looks = needless = missed = 0
    late: list[float] = []
    while now <= MONTH:
        appeared = bisect_right(entries, now)
        new = min(appeared - known, holds)
        missed += appeared - known - new
        late += [now - entry for entry in entries[appeared - new : appeared]]
        needless += not new
        if looks:
            interval = rule(interval, Look((now - before) * MINUTE, min(appeared, holds), new), bounds)
        looks, known, before, now = looks + 1, appeared, now, now + interval / MINUTE
    return Course(looks, needless, missed, sum(late) / len(late), max(late))


def regular(gap: int) -> list[float]:
    """Return entries that appear every so many minutes."""
    return [float(minute) for minute in range(gap // 3, int(MONTH), gap)]


def random_gaps(mean: float, seed: int) -> list[float]:
    """Return entries that appear at random, so many minutes apart on average."""
    chance, entries = random.Random(seed), [0.0]
    while entries[-1] < MONTH:
        entries.append(entries[-1] + chance.expovariate(1 / mean))
    return entries[1:-1]


def bursts(seed: int) -> list[float]:
    """Return twenty entries between eight and nine each morning, and nothing else."""
    chance = random.Random(seed)
    return sorted(day * 1440 + 480 + chance.uniform(0, 60) for day in range(30) for _ in range(20))


def newspaper(seed: int) -> list[float]:
    """Return eighty entries a day, from six to eleven at night and most of them around ten in the morning."""
    chance = random.Random(seed)
    return sorted(day * 1440 + chance.triangular(360, 1380, 600) for day in range(30) for _ in range(80))


@pytest.mark.parametrize(
    ("entries", "looks", "needless", "late"),
    [
        pytest.param(regular(10), 1.05, 0.05, 10, id="every 10 minutes"),
        pytest.param(regular(60), 1.1, 0.1, 40, id="hourly"),
        pytest.param(regular(1440), 7, 6, 360, id="daily"),
        pytest.param(random_gaps(10, 1), 1.0, 0.36, 10, id="10 minutes on average"),
        pytest.param(random_gaps(60, 1), 1.1, 0.4, 40, id="an hour on average"),
        pytest.param(random_gaps(1440, 1), 7, 6, 240, id="a day on average"),
        pytest.param(bursts(1), 1.7, 1.6, 90, id="a burst each morning"),
        pytest.param(newspaper(1), 1.1, 0.5, 15, id="a newspaper"),
    ],
)
def test_a_feed_is_asked_as_often_as_it_has_news(
    entries: list[float], looks: float, needless: float, late: float
) -> None:
    """In a month nothing is missed, and looks for an entry, needless ones, and minutes late stay within these."""
    course = watched(entries)
    assert course.missed == 0
    assert course.looks / len(entries) <= looks
    assert course.needless / len(entries) <= needless
    assert course.late <= late
    assert course.latest <= BOUNDS.longest / MINUTE


@pytest.mark.parametrize(("entries", "share"), [(regular(1440), 0.03), (bursts(1), 0.15), (regular(60), 0.1)])
def test_it_costs_a_fraction_of_asking_always(entries: list[float], share: float) -> None:
    """A slow feed costs a small share of the requests that asking at the shortest interval does."""
    always = watched(entries, bounds=Bounds(BOUNDS.shortest, BOUNDS.shortest))
    assert watched(entries).looks / always.looks <= share


@pytest.mark.parametrize(("holds", "most"), [(30, 0), (20, 0), (10, 144)])
def test_what_a_short_feed_loses(holds: int, most: int) -> None:
    """Of 48,000 entries of twenty newspapers none is lost in feeds of 20, and three in a thousand in feeds of 10."""
    assert sum(watched(newspaper(seed), holds).missed for seed in range(20)) <= most


def by_change_alone(interval: timedelta, look: Look, bounds: Bounds) -> timedelta:
    """Return what Nutch's AdaptiveFetchSchedule does by its documentation: a fifth less after a change, or more."""
    return bounds.hold(interval * (0.8 if look.new else 1.2))


def test_counting_entries_loses_fewer_than_noting_changes() -> None:
    """Where feeds hold ten entries, a rule that knows only whether a feed changed loses ten times as many."""
    papers = [newspaper(seed) for seed in range(20)]
    ours = sum(watched(paper, 10).missed for paper in papers)
    others = sum(watched(paper, 10, rule=by_change_alone).missed for paper in papers)
    assert 10 * ours < others


def test_a_feed_that_slows_down_and_wakes_up_is_followed() -> None:
    """After a week of silence the interval is the longest, and within a few looks of new bustle it is short again."""
    interval = 10 * MINUTE
    for _ in range(40):
        interval = next_interval(interval, Look(interval, 20, 0), BOUNDS)
    assert interval == BOUNDS.longest
    looks = 0
    while interval > 15 * MINUTE:
        new = min(20, round(interval / (10 * MINUTE)))
        interval = next_interval(interval, Look(interval, 20, new), BOUNDS)
        looks += 1
    assert looks <= 3


def test_a_look_out_of_turn_teaches_what_it_can() -> None:
    """A look by hand a minute after the last lengthens nothing to speak of, one after a day off lengthens at once."""
    assert next_interval(HOUR, Look(MINUTE, 20, 0), BOUNDS) < HOUR + MINUTE
    assert next_interval(HOUR, Look(DAY, 20, 0), BOUNDS) == 4 * HOUR
    assert next_interval(HOUR, Look(DAY, 40, 16), BOUNDS) == 80 * MINUTE


def test_when_half_of_a_feed_is_new_the_next_look_is_soon() -> None:
    """Entries may have come and gone unseen when half of what a feed holds is new, however long that took."""
    assert next_interval(6 * HOUR, Look(30 * DAY, 10, 5), BOUNDS) == BOUNDS.shortest
    assert next_interval(6 * HOUR, Look(30 * DAY, 10, 4), BOUNDS) == BOUNDS.longest
    assert next_interval(6 * HOUR, Look(6 * HOUR, 0, 0), BOUNDS) == BOUNDS.longest


SPANS = st.timedeltas(timedelta(0), timedelta(days=1000))


@given(SPANS, SPANS, st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_interval_stays_within_its_bounds(interval: timedelta, elapsed: timedelta, entries: int, new: int) -> None:
    """Whatever is seen, the interval is within the bounds, and more news never makes it longer."""
    new = min(entries, new)
    found = next_interval(interval, Look(elapsed, entries, new), BOUNDS)
    assert BOUNDS.shortest <= found <= BOUNDS.longest
    assert new == 0 or found <= next_interval(interval, Look(elapsed, entries, new - 1), BOUNDS)


@pytest.mark.parametrize(("shortest", "longest"), [(HOUR, MINUTE), (timedelta(0), HOUR), (-MINUTE, HOUR)])
def test_bounds_that_hold_nothing_are_refused(shortest: timedelta, longest: timedelta) -> None:
    """A shortest interval of nought, or above the longest, is refused with both."""
    with pytest.raises(UsageError, match="min_interval"):
        Bounds(shortest, longest)
