"""Sizes and spans as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.errors import UsageError
from archive.size import parse_size
from crawler.quantities import parse_span, span_text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("17", 17),
        ("17 B", 17),
        ("500 kB", 500_000),
        ("50 MB", 50_000_000),
        ("2GiB", 2**31),
        ("1.5 kib", 1536),
    ],
)
def test_a_size_is_a_number_and_a_unit(text: str, size: int) -> None:
    """SI units are powers of 1000, IEC units powers of 1024, and a bare number is bytes."""
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1", "1e9", "12 PB", "5 MB extra"])
def test_what_is_not_a_size_is_refused_by_value(text: str) -> None:
    """The message repeats what was given and shows how a size is written."""
    with pytest.raises(UsageError, match="is not a size") as refusal:
        parse_size(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize("text", ["9223373 TB", f"{'9' * 400} B"])
def test_a_size_beyond_all_disks_is_refused(text: str) -> None:
    """What no disk holds, and what is larger than any number, is refused instead of taken for infinite."""
    with pytest.raises(UsageError, match="more than any disk"):
        parse_size(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("1.5h", timedelta(hours=1.5)),
        ("2 w", timedelta(14)),
    ],
)
def test_a_span_is_a_number_and_a_unit(text: str, span: timedelta) -> None:
    """Seconds, minutes, hours, days and weeks are understood."""
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "1", "d", "-1d", "1y", "99999999999d"])
def test_what_is_not_a_span_is_refused_by_value(text: str) -> None:
    """The message repeats what was given."""
    with pytest.raises(UsageError) as refusal:
        parse_span(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize("text", ["0s", "1s", "90s", "1.5s", "30m", "36h", "7d", "1000001s"])
def test_a_span_is_written_as_it_is_read(text: str) -> None:
    """A span has one spelling, in the largest unit of which it is a whole number."""
    assert span_text(parse_span(text)) == text
    assert span_text(parse_span("1.5h")) == "90m"
