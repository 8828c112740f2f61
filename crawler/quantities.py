"""Spans of time as people write them: "1d"."""

from __future__ import annotations

import re
from datetime import timedelta

from archive.errors import UsageError

_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*", re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LENGTHS = {"d": 86_400, "h": 3600, "m": 60}


def parse_span(text: str) -> timedelta:
    """Return a span of time from a number and one of s, m, h, d, w.

    Raises:
        UsageError: the text is not a span, or longer than a calendar can hold.

    """
    found = _SPAN.fullmatch(text)
    if not found:
        raise UsageError(f"{text!r} is not a span of time; write a number and s, m, h, d or w, as in 30m, 12h or 7d.")
    try:
        return timedelta(**{_UNITS[found[2].lower()]: float(found[1])})
    except OverflowError:
        raise UsageError(f"{text!r} is longer than a calendar can hold; write a shorter span, as in 365d.") from None


def span_text(span: timedelta) -> str:
    """Return a span as `parse_span` reads it, in the largest unit of which it is a whole number."""
    seconds = span.total_seconds()
    for unit, length in _LENGTHS.items():
        if seconds and not seconds % length:
            return f"{seconds / length:.0f}{unit}"
    return f"{seconds:.6f}".rstrip("0").rstrip(".") + "s"
