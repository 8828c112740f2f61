"""Captures for people to read: one a line, in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.address import host_of
from archive.terminal import escape, fit

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Capture, Memento

_TITLE_COLUMNS = 48
VERDICT_COLUMNS = 11
"""The longest verdicts, placeholder and unreachable, have as many letters."""


def when(time: datetime) -> str:
    """Return a UTC time to the minute."""
    return f"{time:%Y-%m-%d %H:%M}"


def verdict_of(capture: Capture) -> str:
    """Return the verdict, or what the capture is that has none; that of a copy or of a probe is not for its address."""
    if capture.liveness is not None and capture.role not in ("memento", "probe"):
        return capture.liveness.value
    return "unjudged" if capture.role == "page" else capture.role


def row(capture: Capture) -> str:
    """Return date, verdict, status, words, title and address; the address is last and never cut, to be copied."""
    status = "-" if capture.status is None else str(capture.status)
    words = "-" if capture.words is None else str(capture.words)
    facts = f"{when(capture.fetched_at)}  {verdict_of(capture):<{VERDICT_COLUMNS}}  {status:>3}  {words:>6}"
    title = f"[{capture.as_of:%Y-%m-%d}] {capture.title or ''}" if capture.memento else capture.title or ""
    url = capture.target if capture.role == "memento" else capture.url
    return f"{facts}  {fit(escape(title), _TITLE_COLUMNS)}  {escape(url)}"


def origin_of(memento: Memento, url: str) -> str:
    """Return in words what an archive's copy is and who keeps it."""
    return f"copy of {memento.taken_at:%Y-%m-%d} kept by {escape(host_of(url))}"
