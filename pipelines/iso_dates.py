"""A date as a machine is told it, in ISO 8601: whatever spelling newsrooms have found for it.

ISO 8601, 20260131 ─▶ seconds since 1970 ─▶ mail and HTTP ─▶ words ─▶ a day from EARLIEST to the latest, or None
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from pipelines import jsonld
from pipelines.written_dates import EARLIEST, written

if TYPE_CHECKING:
    from pipelines.written_dates import Reading

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_EPOCH = re.compile(r"(1?\d{9})(?:\d{3})?(?:\.0)?", re.ASCII)
_LONGEST = 64
_FARTHEST_OFFSET, _HOUR = 14, 60


def iso(value: object, reading: Reading) -> str | None:
    """Return a date or time in ISO 8601; None if it is none, before EARLIEST or after the latest day.

    Takes ISO 8601 in its lenient spellings, 20260131, seconds or milliseconds since 1970, the date format of HTTP and
    mail (RFC 5322 section 3.3), and dates as people write them.
    """
    text = str(value) if isinstance(value, int) else jsonld.first_text(value)
    if text is None or len(text) > _LONGEST:
        return None
    match = _ISO.match(text) or _COMPACT.fullmatch(text)
    if match is None:
        return _from_epoch(text, reading.latest) or _from_mail(text, reading.latest) or _from_words(text, reading)
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        when = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - the zone is appended as it was written
    except ValueError:
        return None
    if not when.year >= EARLIEST or when.date() > reading.latest:
        return None
    return when.date().isoformat() if hour is None else when.isoformat() + _zone(zone)


def _zone(zone: str | None) -> str:
    """Return an offset as ISO 8601 spells it; '' if the page says none, or one that nobody has."""
    if zone is None:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = digits[:2], digits[2:]
    return f"{zone[0]}{hours}:{minutes}" if int(hours) <= _FARTHEST_OFFSET and int(minutes) < _HOUR else ""


def _from_epoch(text: str, latest: date) -> str | None:
    match = _EPOCH.fullmatch(text)
    if match is None:
        return None
    when = datetime.fromtimestamp(int(match[1]), UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}Z" if when.year >= EARLIEST and when.date() <= latest else None


def _from_mail(text: str, latest: date) -> str | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    return when.isoformat() if when.year >= EARLIEST and when.date() <= latest else None


def _from_words(text: str, reading: Reading) -> str | None:
    found = written(text, reading)
    return found[0].day.isoformat() if found else None
