"""When a source is due: every so often, or at the times of a cron expression in a time zone.

Pure: times go in and come out, nothing waits. The scheduler asks `due` with the time at which the newest run began,
and starts a run when that time has come. From this follows:

- A missed run is caught up once. What is due is reckoned from the newest run alone, so however many were missed while
  the machine was off, one run makes up for them all.
- A run that takes longer than its interval is followed by the next at once, never by two.
- A last run that lies in the future (the clock was wrong) counts as none; otherwise nothing would run until then.

Cron expressions are those of Debian's cron, by the library cronsim, and so is what they do when clocks change. A job
with set hours and minutes runs once on each day it names: at the first moment after a gap that swallows its time
(02:30 becomes 03:00), and at the first of two times of the same name. A job whose minute or hour begins with a star
goes by what the clock shows, as `*/30 * * * *` must, which runs in each of the hours that come twice.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

from archive.errors import UsageError

_FIELDS = 5
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Either a span from the beginning of one run to that of the next, or a cron expression and its zone.

    Raises:
        UsageError: the expression or the zone cannot be understood; the message names it and what would be right.

    """

    every: timedelta | None = None
    cron: str = ""
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse what would never be due."""
        if bool(self.every) == bool(self.cron):
            raise UsageError("there must be one of every and cron, and not both.")
        _zone(self.timezone)
        if self.cron:
            self._after(_ANY_DAY)

    def due(self, *, last: datetime | None, since: datetime, now: datetime) -> datetime:
        """Return when the next run is due, which may have passed.

        `last` is when the newest run began, `since` when this timetable came into force. A source that has never run
        is due at once by a span, and at the first of its times since then by an expression.
        """
        if last is not None and last > now:
            last = None
        if self.every:
            return min(since, now) if last is None else last + self.every
        return self._after(min(since, now) if last is None else last)

    def _after(self, moment: datetime) -> datetime:
        """Return the first time of the expression after a moment, in UTC."""
        if len(self.cron.split()) != _FIELDS:
            raise UsageError(
                f"cron = {self.cron!r} has not five fields; write minute, hour, day, month and day of the week, as in "
                "*/30 6-23 * * *."
            )
        moment = moment.astimezone(UTC)
        try:
            for time in CronSim(self.cron, moment.astimezone(_zone(self.timezone))):
                # Within the second of two hours of the same name a time of the first comes out, which is past. Two
                # times of one zone would be compared by what the clock shows.
                if (found := time.astimezone(UTC)) > moment:
                    return found
        except (CronSimError, ValueError) as error:
            raise UsageError(f"cron = {self.cron!r} cannot be understood: {error}.") from None
        raise UsageError(f"cron = {self.cron!r} names a time that never comes.")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = difflib.get_close_matches(name, available_timezones(), n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "write one as in 'Europe/Berlin'."
        raise UsageError(f"timezone = {name!r} is no zone of the IANA database; {remedy}") from None
