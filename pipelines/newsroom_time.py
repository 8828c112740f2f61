"""A time in UTC put where its newsroom is: an evening in New York is tomorrow in UTC, and the article is of today.

    another statement of the same moment ─▶ its offset
    none ─▶ the day in the address or beside the headline, if it is the day before or after
         ─▶ a stamp of that minute and second on that day, or the clock shown with it ─▶ the offset
         neither ─▶ that day alone

No offset is guessed from a country or a language: what is not on the page is not said.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.shown_dates import lines_beside_headline, shown_day
from pipelines.written_dates import in_address, written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipelines.document import Document
    from pipelines.written_dates import Reading

DAY_LENGTH = len("2026-01-31")
"""Characters of a date without a time."""

_FARTHEST_AHEAD, _FARTHEST_BEHIND = timedelta(hours=14), timedelta(hours=10)
"""Offsets of where people live: Kiribati and Hawaii."""

_QUARTER, _LAST_HOUR = timedelta(minutes=15), 23
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?!\d)\s?([ap])?", re.IGNORECASE)


def at_home(best: str, stated: Iterable[str], document: Document, reading: Reading) -> str:
    """Return a time in UTC at the offset of the newsroom, or only the day there, where the page lets it be known."""
    if offset_of(best) != timedelta(0):
        return best
    when = datetime.fromisoformat(best)
    for other in stated:
        if len(other) > DAY_LENGTH and (offset := _offset_between(when, other)):
            return when.astimezone(timezone(offset)).isoformat()
    day = in_address(path_of(document), reading.latest) or shown_day(document, reading)
    if day is None or not _may_be_local(day, when):
        return best
    return _stamped(when, day, document.markup) or _clocked(when, day, document, reading) or day.isoformat()


def offset_of(stated: str) -> timedelta | None:
    """Return the offset of a time; None for a bare date and a time without one."""
    return datetime.fromisoformat(stated).utcoffset() if len(stated) > DAY_LENGTH else None


def _may_be_local(day: date, when: datetime) -> bool:
    """Whether a time in UTC may fall on the day before or after it somewhere people live, from UTC-10 to UTC+14."""
    if day < when.date():
        return day == (when - _FARTHEST_BEHIND).date()
    return day > when.date() and day == (when + _FARTHEST_AHEAD).date()


def _offset_between(when: datetime, other: str) -> timedelta | None:
    """Return the offset at which another time says the same as one in UTC; None if it does not, or is in UTC too."""
    local = datetime.fromisoformat(other)
    offset = local.utcoffset()
    if offset is not None:
        return offset if offset and local == when else None
    apart = local - when.replace(tzinfo=None)
    same = apart and abs(apart) <= _FARTHEST_AHEAD and not apart % _QUARTER and when.second
    return apart if same else None


def _stamped(when: datetime, day: date, markup: str) -> str | None:
    """Return a time at the offset that a stamp of the same minute and second on that day has, anywhere in the page."""
    if not when.second:
        return None
    stamp = re.search(rf"{day.isoformat()}[T ](\d{{2}}):{when:%M:%S}", markup)
    if stamp is None or int(stamp[1]) > _LAST_HOUR:
        return None
    offset = datetime.fromisoformat(stamp[0]) - when.replace(tzinfo=None)
    return when.astimezone(timezone(offset)).isoformat() if abs(offset) <= _FARTHEST_AHEAD else None


def _clocked(when: datetime, day: date, document: Document, reading: Reading) -> str | None:
    """Return a time at the offset of the clock that is shown with that day, if it shows the same minute."""
    for line in lines_beside_headline(document):
        if all(one.day != day for one in written(line, reading)):
            continue
        for hour, minute, half in _CLOCK.findall(line):
            shown = int(hour) % 12 + 12 * (half.lower() == "p") if half else int(hour)
            if int(minute) == when.minute and shown <= _LAST_HOUR:
                local = datetime(day.year, day.month, day.day, shown, when.minute, when.second)  # noqa: DTZ001 - compared with one in UTC
                offset = local - when.replace(tzinfo=None)
                return when.astimezone(timezone(offset)).isoformat() if abs(offset) <= _FARTHEST_AHEAD else None
    return None


def path_of(document: Document) -> str:
    """Return the path of the page's address."""
    try:
        return urlsplit(document.page.url).path
    except ValueError:
        return ""
