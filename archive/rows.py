"""Captures for people to read: one a line, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.terminal import escape, fit

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Capture

_TITLE_COLUMNS = 48
VERDICT_COLUMNS = 11
"""The longest verdicts, placeholder and unreachable, have as many letters."""


def when(time: datetime) -> str:
    """Return a UTC time to the minute."""
    return f"{time:%Y-%m-%d %H:%M}"


def verdict_of(capture: Capture) -> str:
    """Return the verdict, or what the capture is that has none."""
    if capture.liveness is not None:
        return capture.liveness.value
    return "unjudged" if capture.role == "page" else capture.role


def row(capture: Capture) -> str:
    """Return date, verdict, status, words, title and address; the address is last and never cut, to be copied."""
    status = "-" if capture.status is None else str(capture.status)
    words = "-" if capture.words is None else str(capture.words)
    facts = f"{when(capture.fetched_at)}  {verdict_of(capture):<{VERDICT_COLUMNS}}  {status:>3}  {words:>6}"
    return f"{facts}  {fit(escape(capture.title or ''), _TITLE_COLUMNS)}  {escape(capture.url)}"
