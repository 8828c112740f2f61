"""When a source is due: spans, cron expressions, clocks that change, runs that were missed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.timetable import Timetable

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


def runs(timetable: Timetable, begin: datetime, end: datetime, *, last: datetime | None = None) -> list[datetime]:
    """Return when a scheduler that looks every minute from one time to another begins its runs."""
    found, now = [], begin
    while now <= end:
        if timetable.due(last=last, since=begin, now=now) <= now:
            found.append(now)
            last = now
        now += MINUTE
    return found


def local(times: list[datetime]) -> list[str]:
    """Return times as the clocks of Berlin show them."""
    return [f"{time.astimezone(BERLIN):%d %H:%M %Z}" for time in times]


def night(cron: str, day: datetime) -> list[str]:
    """Return when a job ran from noon to noon around the night before a day, by the clocks of Berlin."""
    timetable = Timetable(cron=cron, timezone="Europe/Berlin")
    return local(runs(timetable, day - timedelta(hours=12), day + timedelta(hours=12)))


SPRING = datetime(2026, 3, 29, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "ran"),
    [
        ("30 2 * * *", ["29 03:00 CEST"]),
        ("0,30 2 * * *", ["29 03:00 CEST"]),
        ("0 3 * * *", ["29 03:00 CEST"]),
        ("30 1,2 * * *", ["29 01:30 CET", "29 03:00 CEST"]),
        ("15 */2 * * *", [f"28 {hour}:15 CET" for hour in (14, 16, 18, 20, 22)] + ["29 00:15 CET"]
         + [f"29 {hour:02}:15 CEST" for hour in (4, 6, 8, 10, 12)]),
        ("*/30 2 * * *", []),
    ],
)  # fmt: skip
def test_an_hour_that_does_not_exist(cron: str, ran: list[str]) -> None:
    """On 29 March 2026 a job of 02:30 runs once, when the gap has ended; a job of every half hour has none in it."""
    assert night(cron, SPRING) == ran


@pytest.mark.parametrize(
    ("cron", "ran"),
    [
        ("30 2 * * *", ["25 02:30 CEST"]),
        ("15,45 2 * * *", ["25 02:15 CEST", "25 02:45 CEST"]),
        ("0 3 * * *", ["25 03:00 CET"]),
        ("*/30 2 * * *", ["25 02:00 CEST", "25 02:30 CEST", "25 02:00 CET", "25 02:30 CET"]),
    ],
)
def test_an_hour_that_comes_twice(cron: str, ran: list[str]) -> None:
    """On 25 October 2026 a job of 02:30 runs once, in the first of two hours; one that begins with a star in both."""
    assert night(cron, AUTUMN) == ran


def test_a_run_in_the_second_of_two_hours_is_not_followed_by_one_that_is_past() -> None:
    """After a run at the second 02:10 of 25 October 2026 the job of 02:30 is due the next day, not an hour ago."""
    late = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    job = Timetable(cron="30 2 * * *", timezone="Europe/Berlin")
    assert local([job.due(last=late, since=late, now=late)]) == ["26 02:30 CET"]


def test_expressions_go_by_the_clock_of_their_zone() -> None:
    """07:00 in Berlin is 05:00 UTC in summer and 06:00 in winter, and without a zone it is 07:00 UTC."""
    for zone, month, hour in (("Europe/Berlin", 7, 5), ("Europe/Berlin", 12, 6), ("UTC", 7, 7)):
        since = datetime(2026, month, 1, tzinfo=UTC)
        due = Timetable(cron="0 7 * * *", timezone=zone).due(last=None, since=since, now=since)
        assert due == since.replace(hour=hour)


def test_a_new_source_is_due_at_once_by_a_span_and_at_its_next_time_by_an_expression() -> None:
    """A source that never ran waits only where an expression says when it may run, and that time does come."""
    assert runs(Timetable(every=HALF_HOUR), NOON, NOON + timedelta(hours=1)) == [
        NOON,
        NOON + HALF_HOUR,
        NOON + 2 * HALF_HOUR,
    ]
    night_job = Timetable(cron="10 12 * * *")
    assert runs(night_job, NOON, NOON + timedelta(hours=1)) == [NOON + 10 * MINUTE]
    assert runs(night_job, NOON + 11 * MINUTE, NOON + timedelta(hours=1)) == []


@pytest.mark.parametrize("timetable", [Timetable(every=HALF_HOUR), Timetable(cron="*/30 * * * *")])
def test_missed_runs_are_caught_up_once(timetable: Timetable) -> None:
    """After three days in which 144 runs were missed one run begins at once, and the next at its time."""
    back = NOON + timedelta(days=3, minutes=7)
    begun = runs(timetable, back, back + timedelta(hours=1), last=NOON)
    assert begun[0] == back
    assert begun[1] == (back + HALF_HOUR if timetable.every else back + 23 * MINUTE)
    assert len(begun) == 3


def test_a_clock_that_was_wrong_stops_nothing() -> None:
    """A last run in the future, from a clock that was put back, does not keep a source waiting until then."""
    ahead = NOON + timedelta(days=400)
    for timetable in (Timetable(every=HALF_HOUR), Timetable(cron="*/30 * * * *")):
        assert len(runs(timetable, NOON, NOON + timedelta(hours=2), last=ahead)) in (4, 5)


@given(
    st.sampled_from(["30 2 * * *", "*/30 6-23 * * *", "7 */3 * * MON-FRI", "0 0 L * *", "15,45 2 * * *", "* * * * *"]),
    st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Nuuk", "Pacific/Apia"]),
    st.datetimes(datetime(2011, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
)
def test_the_next_time_is_always_after_the_last_run(cron: str, zone: str, last: datetime) -> None:
    """Wherever clocks change, a run is never due at or before the one that it follows, and within a month of it."""
    due = Timetable(cron=cron, timezone=zone).due(last=last, since=last, now=last)
    assert last < due < last + timedelta(days=32)
    assert due.tzinfo is UTC


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"cron": "0 3 * *"}, ["'0 3 * *'", "five fields"]),
        ({"cron": "0 0 3 * * *"}, ["'0 0 3 * * *'", "five fields"]),
        ({"cron": "@daily"}, ["'@daily'", "five fields"]),
        ({"cron": "0 25 * * *"}, ["'0 25 * * *'", "hour"]),
        ({"cron": "*/0 * * * *"}, ["'*/0 * * * *'", "minute"]),
        ({"cron": f"{'9' * 5000} * * * *"}, ["cannot be understood"]),
        ({"cron": "0 0 30 2 *"}, ["'0 0 30 2 *'"]),
        ({"cron": "0 3 * * *", "timezone": "Mars/Olympus"}, ["'Mars/Olympus'", "IANA"]),
        ({"cron": "0 3 * * *", "every": HALF_HOUR}, ["every", "cron"]),
        ({}, ["every", "cron"]),
    ],
)
def test_what_would_never_be_due_is_refused(wrong: dict[str, object], words: list[str]) -> None:
    """An expression or zone that cannot be understood is refused with its value."""
    with pytest.raises(UsageError) as refusal:
        Timetable(**wrong)  # type: ignore[arg-type]
    for word in words:
        assert word in str(refusal.value)


def test_zones_are_known_without_a_database_of_the_system() -> None:
    """Where the system has no time zones, as in a small container, the package that brings them is enough."""
    code = "from crawler.timetable import Timetable; Timetable(cron='0 3 * * *', timezone='Europe/Berlin')"
    bare = {**os.environ, "PYTHONTZPATH": ""}
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=bare, check=True)
