"""The rule of three: when an address is dead, alive, or in doubt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import DEAD, Liveness
from archive.standing import Sighting, Standing, State, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY_ZERO = datetime(2026, 1, 1, 8, tzinfo=UTC)
KINDS = {
    "live": (Liveness.LIVE, 200),
    "paywall": (Liveness.PAYWALL, 200),
    "404": (Liveness.GONE, 404),
    "410": (Liveness.GONE, 410),
    "no host": (Liveness.GONE, None),
    "soft": (Liveness.SOFT_404, 200),
    "soft 410": (Liveness.SOFT_404, 410),
    "moved": (Liveness.MOVED, 200),
    "parked": (Liveness.PARKED, 200),
    "blocked": (Liveness.BLOCKED, 403),
    "error": (Liveness.ERROR, 503),
    "silent": (Liveness.UNREACHABLE, None),
    "unsure": (Liveness.UNSURE, 200),
}


def day(number: float) -> datetime:
    """Return a day of the history."""
    return DAY_ZERO + timedelta(days=number)


def seen(*history: tuple[float, str]) -> list[Sighting]:
    """Return sightings from days and kinds."""
    return [Sighting(day(number), *KINDS[kind]) for number, kind in history]


def last(sightings: Sequence[Sighting]) -> Standing:
    """Return what is known after all of them."""
    return list(standings(sightings))[-1]


@pytest.mark.parametrize(
    ("history", "state", "since"),
    [
        ([(0, "live")], "alive", 0),
        ([(0, "live"), (5, "paywall")], "alive", 0),
        ([(0, "404")], "in doubt", 0),
        ([(0, "live"), (5, "404")], "in doubt", 5),
        ([(0, "404"), (3, "404")], "in doubt", 0),
        ([(0, "404"), (3, "404"), (6, "404")], "dead", 0),
        ([(0, "soft"), (4, "moved"), (9, "parked")], "dead", 0),
        ([(0, "404"), (1, "404"), (2, "404")], "in doubt", 0),
        ([(0, "404"), (2.9, "404"), (5.9, "404")], "in doubt", 0),
        ([(0, "404"), (1, "404"), (3, "404"), (4, "404"), (6, "404")], "dead", 0),
        ([(0, "410")], "in doubt", 0),
        ([(0, "410"), (2.9, "410")], "in doubt", 0),
        ([(0, "410"), (3, "404")], "dead", 0),
        ([(0, "404"), (3, "410")], "dead", 0),
        ([(0, "404"), (1, "410"), (4, "404")], "dead", 0),
        ([(0, "no host"), (3, "no host")], "dead", 0),
        ([(0, "soft 410"), (3, "soft")], "dead", 0),
        ([(0, "silent"), (3, "silent"), (6, "silent"), (90, "silent")], "in doubt", 0),
        ([(0, "live"), (3, "blocked")], "in doubt", 3),
        ([(0, "live"), (1, "error"), (2, "404"), (5, "404"), (8, "404")], "dead", 2),
        ([(0, "404"), (3, "404"), (4, "blocked"), (6, "404"), (9, "unsure")], "dead", 0),
        ([(0, "404"), (3, "404"), (4, "live"), (6, "404")], "in doubt", 6),
        ([(0, "410"), (3, "410"), (400, "live")], "alive", 400),
        ([(0, "410"), (3, "410"), (400, "paywall"), (401, "410")], "in doubt", 401),
    ],
)
def test_what_a_history_comes_to(history: list[tuple[float, str]], state: str, since: float) -> None:
    """Each history leaves its address alive, dead or in doubt, since the capture that began it."""
    standing = last(seen(*history))
    assert (standing.state, standing.since) == (state, day(since))


def test_a_history_is_told_capture_by_capture() -> None:
    """After each capture stands what was known then: alive, in doubt, dead, and alive again with one live capture."""
    history = seen((0, "live"), (10, "404"), (12, "404"), (13, "404"), (16, "blocked"), (17, "404"), (30, "live"))
    states = [(standing.state.value, standing.count) for standing in standings(history)]
    assert states == [
        ("alive", 0),
        ("in doubt", 1),
        ("in doubt", 1),
        ("in doubt", 2),
        ("in doubt", 2),
        ("dead", 3),
        ("alive", 0),
    ]
    assert [standing.seen_alive for standing in standings(history)] == [day(0)] * 6 + [day(30)]


def test_nothing_is_known_without_captures() -> None:
    """An address without a judged capture has no standing."""
    assert list(standings([])) == []


SIGHTINGS = st.lists(
    st.tuples(st.integers(0, 14).map(lambda half: half / 2), st.sampled_from(sorted(KINDS))), min_size=1, max_size=9
).map(lambda history: seen(*history))
DEATHS = st.sampled_from(sorted(kind for kind, (liveness, _) in KINDS.items() if liveness in DEAD))


def heaviest(deaths: Sequence[Sighting]) -> int:
    """Return the most that captures three days apart can count, trying every choice of them."""
    apart = timedelta(days=3)
    return max(
        sum(2 if (kind is Liveness.GONE and status is None) or status == 410 else 1 for _, kind, status in chosen)
        for size in range(len(deaths) + 1)
        for chosen in combinations([(death.at, death.liveness, death.status) for death in deaths], size)
        if all(later[0] - earlier[0] >= apart for earlier, later in pairwise(chosen))
    )


@given(SIGHTINGS)
def test_it_agrees_with_trying_every_choice_of_captures(history: list[Sighting]) -> None:
    """An address is dead exactly when some captures since it was last alive, three days apart, count three."""
    ordered = sorted(history, key=lambda sighting: sighting.at)
    for end, standing in enumerate(standings(history), 1):
        alive = [at for at in range(end) if ordered[at].liveness in (Liveness.LIVE, Liveness.PAYWALL)]
        since = ordered[alive[-1] + 1 : end] if alive else ordered[:end]
        count = heaviest([sighting for sighting in since if sighting.liveness in DEAD])
        state = State.DEAD if count >= 3 else State.ALIVE if alive and not since else State.IN_DOUBT
        assert (standing.state, standing.count) == (state, count)


@given(SIGHTINGS, st.permutations(range(9)))
def test_the_order_in_which_captures_are_told_makes_no_difference(history: list[Sighting], order: list[int]) -> None:
    """Histories of the same captures at different times end the same, in whatever order they come."""
    history = list({sighting.at: sighting for sighting in history}.values())
    shuffled = [history[at] for at in order if at < len(history)]
    assert last(shuffled) == last(history)


@given(SIGHTINGS, st.integers(0, 20).map(lambda half: half / 2), DEATHS)
def test_a_further_death_counts_from_the_time_that_was_named(history: list[Sighting], after: float, kind: str) -> None:
    """A dead capture adds to the count from `confirm_from` on; before, only by weighing more; it never takes away."""
    before = last(history)
    at = max(sighting.at for sighting in history) + timedelta(days=after)
    further = Sighting(at, *KINDS[kind])
    now = last([*history, further])
    assert now.count >= before.count
    if before.confirm_from is not None:
        assert before.state is State.IN_DOUBT
        assert now.count >= before.count + further.weight or at < before.confirm_from
        assert now.count == before.count or further.weight == 2 or at >= before.confirm_from
    elif before.state is not State.DEAD:
        assert before.count == 0
