"""When an article is due to be looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archive.model import Liveness
from archive.standing import Sighting, standings
from crawler.recheck_ages import next_confirmation, next_recheck

FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AGES = (DAY, 7 * DAY, 30 * DAY)


def due(*captured: float, now: float) -> float | None:
    """Return the age in days at which an article is due that was captured at these ages."""
    found = next_recheck((FIRST + age * DAY for age in captured), AGES, FIRST + now * DAY)
    return None if found is None else (found - FIRST) / DAY


def test_an_article_is_looked_at_at_each_age() -> None:
    """After its first capture it is due at the first age, after that look at the second, and after the last no more."""
    assert due(0, now=0) == 1
    assert due(0, 1, now=1) == 7
    assert due(0, 1, 7.2, now=8) == 30
    assert due(0, 1, 7.2, 30, now=31) is None


def test_a_late_look_serves_every_age_that_has_passed() -> None:
    """An article that was forgotten for months is due once; a look in between that came early serves no later age."""
    assert due(0, now=100) == 1
    assert due(0, 100, now=100) is None
    assert due(0, 6.9, now=6.9) == 7


def test_ages_may_stand_in_any_order() -> None:
    """The youngest age is due first, wherever it stands in the list."""
    assert next_recheck([FIRST], (7 * DAY, DAY, 30 * DAY), FIRST) == FIRST + DAY


def test_without_captures_or_ages_nothing_is_due() -> None:
    """An article that was never captured, and a source without ages, have nothing to look at again."""
    assert due(now=5) is None
    assert next_recheck([FIRST], [], FIRST) is None


def test_a_capture_from_a_wrong_clock_ends_no_rechecks() -> None:
    """A capture dated in the future counts as of now, so that the ages ahead are still looked at."""
    assert due(0, 5000, now=3) == 7
    assert due(5000, now=3) == 4


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 500))
def test_looking_when_due_ends(ages: list[int], late: int) -> None:
    """Whoever looks whenever an article is due, however late, looks once for each age at most and then never again."""
    spans, captured, now = [age * DAY for age in ages], [FIRST], FIRST
    for _ in range(len(ages) + 1):
        at = next_recheck(captured, spans, now)
        if at is None:
            break
        now = max(now, at) + late * DAY
        captured.append(now)
    assert next_recheck(captured, spans, now) is None


def confirmed(*seen: tuple[float, Liveness], status: int | None = 404) -> float | None:
    """Return the day at which an address is due for its own sake that was seen like that on these days."""
    *_, standing = standings(Sighting(FIRST + day * DAY, liveness, status) for day, liveness in seen)
    found = next_confirmation(standing, FIRST + seen[-1][0] * DAY)
    return None if found is None else (found - FIRST) / DAY


def test_a_death_is_confirmed_every_three_days_until_it_is_decided() -> None:
    """Each dead capture makes a further one due three days later; one that came early puts nothing off."""
    gone = Liveness.GONE
    assert confirmed((0, Liveness.LIVE), (1, gone)) == 4
    assert confirmed((0, Liveness.LIVE), (1, gone), (2, gone)) == 4
    assert confirmed((0, Liveness.LIVE), (1, gone), (4, gone)) == 7
    assert confirmed((1, gone), status=410) == 4


def test_a_decided_death_is_looked_at_ever_more_slowly() -> None:
    """A dead address is due after 30 days, after half a year of death after 180, and one that came back not at all."""
    died = [(day, Liveness.GONE) for day in (1, 4, 7)]
    assert confirmed(*died) == 37
    assert confirmed(*died, (200, Liveness.GONE)) == 380
    assert confirmed(*died, (37, Liveness.LIVE)) is None


def test_a_doubt_that_nothing_ends_is_looked_at_more_slowly() -> None:
    """Where a site blocks before a death is decided, it is asked every three days for 30 days, then every 30."""
    assert confirmed((1, Liveness.GONE), (4, Liveness.BLOCKED)) == 7
    assert confirmed((1, Liveness.GONE), (31, Liveness.BLOCKED)) == 61


def test_no_death_no_confirmation() -> None:
    """What was only blocked, or is alive, is looked at by its ages alone."""
    assert confirmed((0, Liveness.LIVE), (1, Liveness.BLOCKED)) is None
    assert confirmed((0, Liveness.LIVE)) is None
