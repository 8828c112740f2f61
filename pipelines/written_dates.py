"""Dates as people write them: "12. März 2020", "May 3rd, 2020", "2020年3月12日", and those in addresses.

    text with a year ─▶ the pattern of each spelling ─▶ month by name or number ─▶ a day that exists, up to the latest

Patterns are bounded, and texts are a line of a page at most: no input costs more than its length.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pipelines.month_names import month_of

EARLIEST = 1990
"""The year before which no page was published; older dates on a page are about something else."""

BUDDHIST_ERA = 543
"""Years by which the Thai calendar is ahead."""

_MONTHS, _CENTURIES = 12, 400

_DAY, _YEAR = r"(?<!\d)(?P<d>\d{1,2})", r"(?P<y>\d{4})(?!\d)"
_NUMBER, _NAME = r"(?P<n>\d{1,2})", r"(?P<m>[^\s\d.,;:()/|-][^\s\d,;:()/|-]{1,14})"

_SPELLINGS = tuple(
    re.compile(spelling, re.IGNORECASE)
    for spelling in (
        rf"(?<!\d){_YEAR}\s?[-/.]\s?{_NUMBER}\s?[-/.]\s?{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?{_NUMBER}\s?[月월]\s?{_DAY}\s?[日号일]?",
        rf"{_DAY}\s?[./|-]\s?{_NUMBER}\s?[./|-]\s?{_YEAR}",
        rf"{_DAY}\.\s?{_NUMBER}\.\s?(?P<yy>\d{{2}})(?![\d.])",
        rf"{_DAY}(?:st|nd|rd|th|er|º|ª|\.|-?го)?[\s,.-]{{1,3}}(?:de\s|of\s|di\s|d')?{_NAME}[\s,.-]{{1,3}}(?:del?\s)?{_YEAR}",
        rf"{_NAME}\.?\s{{1,2}}{_DAY}(?:st|nd|rd|th)?,?\s{{1,2}}(?:de\s)?{_YEAR}",
        rf"(?<!\d){_YEAR}\.?,?\s{{1,2}}(?:m\.\s|gada\s)?(?:\d{{1,2}}\.\s)?{_NAME}\s{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}\.?\s(?:m\.\s|gada\s){_DAY}\.\s{_NAME}",
        rf"{_DAY}\s(?:de\s)?tháng\s{_NUMBER}(?:,|\snăm)?\s{_YEAR}",
    )
)
_MAYBE = re.compile(r"\d{4}|\d\.\d\d(?!\d)")
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?:[-/_.](?P<n>\d{1,2})[-/_.](?P<d>\d{1,2})|(?P<nn>\d{2})(?P<dd>\d{2}))(?=[-/_.+?]|$)"
    r"|/(?P<yyyy>(?:19|20)\d{2})/(?P<m>[a-z]{3,9})/(?P<dddd>\d{1,2})/"
    r"|(?<!\d)(?P<ddd>\d{2})(?P<gap>[-_.]?)(?P<nnn>\d{2})(?P=gap)(?P<yyy>20\d{2})(?!\d)"
)


class Reading(NamedTuple):
    """How to read dates: in which language, up to which day, and whether 03/04/2020 begins with the month."""

    language: str | None
    latest: date
    month_first: bool = False


class Written(NamedTuple):
    """A date in a text, and where it begins and ends there."""

    day: date
    start: int
    end: int


def written(text: str, reading: Reading) -> list[Written]:
    """Return the dates in a text, in their order."""
    if not _MAYBE.search(text):
        return []
    found: dict[int, Written] = {}
    for spelling in _SPELLINGS:
        for match in spelling.finditer(text):
            day = _day(match.groupdict(), reading._replace(month_first="/" in match[0] and reading.month_first))
            apart = all(one.end <= match.start() or match.end() <= one.start for one in found.values())
            if day is not None and apart:
                found[match.start()] = Written(day, match.start(), match.end())
    return [found[start] for start in sorted(found)]


def in_address(path: str, latest: date) -> date | None:
    """Return the day that an address names in its path, or None: /2020/03/12/, /2020/mar/12/, /2020-03-12-…."""
    for match in _IN_ADDRESS.finditer(path):
        parts = {
            "y": match["y"] or match["yyy"] or match["yyyy"],
            "m": match["m"],
            "n": match["n"] or match["nn"] or match["nnn"],
            "d": match["d"] or match["dd"] or match["ddd"] or match["dddd"],
        }
        day = _day(parts, Reading(None, latest))
        if day is not None:
            return day
    return None


def _day(parts: dict[str, str | None], reading: Reading) -> date | None:
    """Return the day that the parts of a match make, or None if there is none such or it is out of bounds."""
    name, number, day = parts.get("m"), parts.get("n"), int(parts["d"] or 0)
    year = int(parts.get("y") or 0) or 2000 + int(parts.get("yy") or 0)
    if year > reading.latest.year + _CENTURIES:
        year -= BUDDHIST_ERA
    month = month_of(name, reading.language) if name else int(number or 0)
    if month is None:
        return None
    if not name and (month > _MONTHS or (reading.month_first and day <= _MONTHS)):
        month, day = day, month
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= EARLIEST and found <= reading.latest else None
