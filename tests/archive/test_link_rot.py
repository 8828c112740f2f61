"""The link-rot table: its interval against its definition and published values, its rows against counts by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.link_rot import BANDS, LinkRot, Look, Row, looks_of, wilson
from archive.model import Liveness
from archive.standing import Sighting, State

DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)
Z = 1.959963984540054
SHARES = st.integers(1, 100_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def sighting(day: float, liveness: Liveness, status: int = 404) -> Sighting:
    """Return a look on a day after the first."""
    return Sighting(DAY_ONE + timedelta(days=day), liveness, status)


def counts(row: Row) -> tuple[int, ...]:
    """Return a row's addresses, those looked at again, and of these the alive, dead and doubtful."""
    return row.addresses, row.again, row.states[State.ALIVE], row.states[State.DEAD], row.states[State.IN_DOUBT]


@given(SHARES)
def test_the_bounds_are_the_shares_that_the_count_just_does_not_rule_out(given: tuple[int, int]) -> None:
    """At each bound the count lies 1.96 standard errors of that bound from the share, or the bound is nought or one."""
    hits, of = given
    found = wilson(hits, of)
    assert found is not None
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low < found.high
    for bound in (found.low, found.high):
        off = (found.share - bound) ** 2 - Z * Z * bound * (1 - bound) / of
        assert abs(off) < 1e-12


@given(SHARES)
def test_the_interval_of_the_dead_mirrors_that_of_the_living(given: tuple[int, int]) -> None:
    """The interval of the misses is that of the hits turned round, and four times the cases make it narrower."""
    hits, of = given
    found, other, more = wilson(hits, of), wilson(of - hits, of), wilson(4 * hits, 4 * of)
    assert found is not None
    assert other is not None
    assert more is not None
    assert (1 - other.high, 1 - other.low) == pytest.approx((found.low, found.high), abs=1e-9)
    assert more.high - more.low < found.high - found.low


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_intervals(hits: int, of: int, low: float, high: float) -> None:
    """The score intervals of Newcombe (Statistics in Medicine 17, 1998, table I, method 3) come out."""
    found = wilson(hits, of)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_there_is_no_share() -> None:
    """Where nothing was looked at again there is neither a share nor an interval."""
    assert wilson(0, 0) is None
    assert Row(addresses=3).alive is None


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-3, "under 1 week"), (6.99, "under 1 week"), (7, "1 week to 1 month"), (29.99, "1 week to 1 month"),
        (30, "1 to 3 months"), (91, "3 to 12 months"), (364.99, "3 to 12 months"), (365, "1 to 2 years"),
        (730, "over 2 years"), (9000, "over 2 years"),
    ],
)  # fmt: skip
def test_a_band_begins_with_its_first_moment(days: float, name: str) -> None:
    """An age is in the band that it has reached, and one before the beginning in the first."""
    table = LinkRot()
    table.add([Look(DAY_ONE + timedelta(days=days), State.ALIVE)], DAY_ONE)
    assert [band for band, row in table.rows()[: len(BANDS)] if row.addresses] == [name]


def test_an_address_tells_of_every_age_at_which_it_was_looked_at() -> None:
    """It stands once in each row, with its last look there; the first look of all is none again."""
    table = LinkRot()
    looks = [(0, State.ALIVE), (8, State.ALIVE), (9, State.IN_DOUBT), (40, State.DEAD), (100, State.ALIVE)]
    table.add([Look(DAY_ONE + timedelta(days=day), state) for day, state in looks], DAY_ONE)
    assert [counts(row) for _, row in table.rows()] == [
        (1, 0, 0, 0, 0), (1, 1, 0, 0, 1), (1, 1, 0, 1, 0), (1, 1, 1, 0, 0), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0),
        (1, 1, 1, 0, 0),
    ]  # fmt: skip


def test_a_death_counts_from_its_first_look() -> None:
    """What was in doubt until the third agreed was dead from the first on; before that, and after it, it was not."""
    blocked, gone, live = Liveness.BLOCKED, Liveness.GONE, Liveness.LIVE
    seen = [
        (0, live),
        (1, blocked),
        (2, gone),
        (3, blocked),
        (5, gone),
        (8, gone),
        (9, blocked),
        (10, live),
        (11, gone),
    ]
    looks = looks_of(sighting(day, liveness) for day, liveness in reversed(seen))
    dead, doubt, alive = State.DEAD, State.IN_DOUBT, State.ALIVE
    assert [look.state for look in looks] == [alive, doubt, dead, dead, dead, dead, dead, alive, doubt]
