"""Dates and ages mean the spans of time that people mean by them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.moment import Moment, parse_moment

NOW = datetime(2026, 11, 23, 21, 10, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    """Return a time in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]  # the parts are never a time zone


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", utc(2026, 1, 1), utc(2027, 1, 1)),
        ("2026-12", utc(2026, 12, 1), utc(2027, 1, 1)),
        ("2024-02", utc(2024, 2, 1), utc(2024, 3, 1)),
        (" 2026-11-23 ", utc(2026, 11, 23), utc(2026, 11, 24)),
        ("2026-11-23T21:10", utc(2026, 11, 23, 21, 10), utc(2026, 11, 23, 21, 11)),
        ("2026-11-23 21:10:05", utc(2026, 11, 23, 21, 10, 5), utc(2026, 11, 23, 21, 10, 6)),
        ("2026-11-23T21:10:05Z", utc(2026, 11, 23, 21, 10, 5), utc(2026, 11, 23, 21, 10, 6)),
        ("2026-11-23T21:10+02:00", utc(2026, 11, 23, 19, 10), utc(2026, 11, 23, 19, 11)),
        ("7d", utc(2026, 11, 16, 21, 10), utc(2026, 11, 16, 21, 10)),
        ("1.5 h", utc(2026, 11, 23, 19, 40), utc(2026, 11, 23, 19, 40)),
        ("2W", utc(2026, 11, 9, 21, 10), utc(2026, 11, 9, 21, 10)),
    ],
)
def test_a_date_or_age_is_a_span(text: str, start: datetime, end: datetime) -> None:
    """A date lasts as long as its smallest part; an age is one point in time."""
    assert parse_moment(text, NOW) == Moment(start, end)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13", "2026-02-30", "7", "7x", "-1d", "9" * 20 + "d", "23.11.2026"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Anything else is a UsageError that shows how to write it."""
    with pytest.raises(UsageError, match="write"):
        parse_moment(text, NOW)


@given(
    st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?", fullmatch=True)
)
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    """Whatever is typed is a span that does not end before it begins, or a UsageError."""
    try:
        moment = parse_moment(text, NOW)
    except UsageError:
        return
    assert moment.start <= moment.end


def test_distance_is_nought_inside() -> None:
    """A time inside a moment is at distance nought, one outside as far as the nearer edge."""
    day = parse_moment("2026-11-23", NOW)
    assert day.distance(NOW) == timedelta()
    assert day.distance(utc(2026, 11, 22)) == timedelta(days=1)
    assert day.distance(utc(2026, 11, 25)) == timedelta(days=1)
