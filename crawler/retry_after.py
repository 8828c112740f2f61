"""Retry-After (RFC 9110 section 10.2.3): when a server that is busy wants to be asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.memento import http_date

if TYPE_CHECKING:
    from datetime import datetime

BUSY = frozenset({429, 503})
"""The statuses with which it means that: Too Many Requests (RFC 6585 section 4), Service Unavailable."""


def retry_after(said: str | None, now: datetime) -> float | None:
    """Return the seconds from now that a field's value asks to wait, 0 for a date that has passed.

    None is for no field, and for one that is neither whole seconds nor a date.
    """
    value = (said or "").strip()
    if value.isascii() and value.isdecimal():
        return float(value)
    until = http_date(value)
    return max(0.0, (until - now).total_seconds()) if until else None
