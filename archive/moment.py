"""Dates and ages as people write them: "2026-11-23", "2026-11", "2026-11-23T21:10", "7d".

A moment is a span, because "2026-11" is a month: `--since` begins at its start, `--until` ends at its end, and a
capture inside it is at distance nought. Where no time zone is given, UTC is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archive.errors import UsageError

_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])", re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.IGNORECASE,
)
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """A span of time: from `start` up to `end`, which is no part of it unless it equals the start; both aware."""

    start: datetime
    end: datetime

    def distance(self, time: datetime) -> timedelta:
        """Return how far a time is from this moment."""
        return max(self.start - time, time - self.end, timedelta())


def parse_moment(text: str, now: datetime) -> Moment:
    """Return what a date, a date with time, or an age before `now` means.

    Raises:
        UsageError: it is none of these.

    """
    typed = text.strip()
    try:
        if age := _AGE.fullmatch(typed):
            then = now - timedelta(**{_UNITS[age[2].lower()]: float(age[1])})
            return Moment(then, then)
        if date := _DATE.fullmatch(typed):
            return _span(typed, date)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text!r} is no date ({error}); write one as in 2026-11-23.") from None
    raise UsageError(f"{text!r} is neither a date nor an age; write 2026-11-23, 2026-11-23T21:10, or 12h, 7d, 4w.")


def _span(typed: str, date: re.Match[str]) -> Moment:
    if date["hour"]:
        start = datetime.fromisoformat(typed)
        start = start if start.tzinfo else start.replace(tzinfo=UTC)
        return Moment(start, start + (timedelta(seconds=1) if date["second"] else timedelta(minutes=1)))
    year, month, day = int(date["year"]), int(date["month"] or 1), int(date["day"] or 1)
    start = datetime(year, month, day, tzinfo=UTC)
    if date["day"]:
        return Moment(start, start + timedelta(days=1))
    if date["month"] and month < _DECEMBER:
        return Moment(start, start.replace(month=month + 1))
    return Moment(start, start.replace(year=year + 1, month=1))
