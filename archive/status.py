"""What a collection holds, how it came to be, and what needs a hand: counts that indexes answer, no file is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import frontier
from archive.index import moment
from archive.lock import is_locked
from archive.selection import LISTED, hosts

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from archive.collection import Collection

_RUNS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that wrote; `outcome` is None while it lasts, or when it died."""

    id: str
    command: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a collection; `verdicts` counts pages, the most frequent verdict first, None for unjudged ones.

    `rescued` counts the copies that web archives had of dead pages. `advice` are sentences, each with its remedy.
    """

    verdicts: tuple[tuple[str | None, int], ...]
    rescued: int
    sites: int
    files: int
    size: int
    first: datetime | None
    last: datetime | None
    runs: tuple[Run, ...]
    being_written: bool
    advice: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Captures of pages, revisits too."""
        return sum(count for _, count in self.verdicts)


def status(connection: sqlite3.Connection, collection: Collection) -> Status:
    """Return the state of a collection, as the index and the names of its files tell."""
    verdicts = connection.execute(
        "SELECT liveness, count(*) AS pages FROM captures WHERE role = 'page' GROUP BY liveness ORDER BY pages DESC"
    ).fetchall()
    files, size = connection.execute("SELECT count(*), coalesce(sum(size), 0) FROM warcs").fetchone()
    being_written = is_locked(collection)
    return Status(
        verdicts=tuple(verdicts),
        rescued=connection.execute("SELECT count(*) FROM captures WHERE role = 'memento'").fetchone()[0],
        sites=len(hosts(connection)),
        files=files,
        size=size,
        first=_edge(connection, "min"),
        last=_edge(connection, "max"),
        runs=tuple(_runs(connection)),
        being_written=being_written,
        advice=() if being_written else tuple(_advice(connection, collection)),
    )


def _edge(connection: sqlite3.Connection, which: str) -> datetime | None:
    statement = f"SELECT {which}(fetched_at) FROM captures WHERE {LISTED}"  # noqa: S608 - min or max
    (count,) = connection.execute(statement).fetchone()
    return None if count is None else moment(count)


def _runs(connection: sqlite3.Connection) -> list[Run]:
    rows = connection.execute(
        "SELECT id, command, started_at, ended_at, outcome, counts FROM runs ORDER BY started_at DESC LIMIT ?",
        (_RUNS_SHOWN,),
    )
    return [
        Run(name, command, moment(began), None if ended is None else moment(ended), outcome, json.loads(counts))
        for name, command, began, ended, outcome, counts in rows
    ]


def _advice(connection: sqlite3.Connection, collection: Collection) -> list[str]:
    """Return what should be done; only asked when nobody is at work."""
    advice = [unfinished.line for unfinished in frontier.unfinished(connection)]
    left = sorted(path.name for path in collection.archive.glob("*.open"))
    if left:
        advice.append(f"{len(left)} WARC files were left open ({left[0]} …); newsclip mend closes them.")
    known = {name for (name,) in connection.execute("SELECT name FROM warcs")}
    there = {path.name for path in collection.archive.glob("*.warc*")} - set(left)
    if strangers := sorted(there - known):
        advice.append(f"{len(strangers)} WARC files are not in the index ({strangers[0]} …); newsclip mend adds them.")
    if missing := sorted(known - there - {name.removesuffix(".open") for name in left}):
        advice.append(f"{len(missing)} WARC files are missing ({missing[0]} …); put them back, or: newsclip reindex")
    return advice
