"""When each source was crawled last, and how long it may wait until the next time: what a scheduler goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.index import micros, moment

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """When the newest crawl of a source began, and the interval that its feeds taught, if it adapts."""

    began_at: datetime
    interval: timedelta | None = None


def began(connection: sqlite3.Connection, name: str, at: datetime) -> None:
    """Note that a crawl of a source begins."""
    connection.execute(
        "INSERT INTO sources (name, began_at) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET began_at = excluded.began_at",
        (name, micros(at)),
    )


def adapt(connection: sqlite3.Connection, name: str, interval: timedelta) -> None:
    """Note how long a source may wait until it is crawled again."""
    connection.execute("UPDATE sources SET interval_s = ? WHERE name = ?", (interval.total_seconds(), name))


def state(connection: sqlite3.Connection, name: str) -> SourceState | None:
    """Return what is known of a source; None if it was never crawled."""
    row = connection.execute("SELECT began_at, interval_s FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    return SourceState(moment(row[0]), timedelta(seconds=row[1]) if row[1] is not None else None)
