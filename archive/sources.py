"""When each source was crawled last, and how long it may wait until the next time: what a scheduler goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.index import micros, moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
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


def plan(connection: sqlite3.Connection, name: str, next_at: datetime) -> None:
    """Note when a source is due next, for those who ask; a scheduler reckons it anew from its configuration."""
    connection.execute("UPDATE sources SET next_at = ? WHERE name = ?", (micros(next_at), name))


def forget_all_but(connection: sqlite3.Connection, names: Collection[str]) -> None:
    """Forget when sources are due that are not configured any more."""
    known = {name for (name,) in connection.execute("SELECT name FROM sources WHERE next_at IS NOT NULL")}
    connection.executemany("UPDATE sources SET next_at = NULL WHERE name = ?", [(name,) for name in known - set(names)])


def planned(connection: sqlite3.Connection) -> list[tuple[str, datetime, datetime]]:
    """Return the name of each source, when it was crawled last and when it is due, those that are due first first."""
    rows = connection.execute(
        "SELECT name, began_at, next_at FROM sources WHERE next_at IS NOT NULL ORDER BY next_at, name"
    )
    return [(name, moment(began), moment(following)) for name, began, following in rows]


def known(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all sources that were ever crawled."""
    return [name for (name,) in connection.execute("SELECT name FROM sources ORDER BY name")]


def state(connection: sqlite3.Connection, name: str) -> SourceState | None:
    """Return what is known of a source; None if it was never crawled."""
    row = connection.execute("SELECT began_at, interval_s FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return None
    return SourceState(moment(row[0]), timedelta(seconds=row[1]) if row[1] is not None else None)
