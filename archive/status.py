"""What a collection holds, how it came to be, and what needs a hand: counts that indexes answer, no file is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive import concerns, finds, frontier, looks, sources
from archive.index import micros, moment
from archive.lock import is_locked
from archive.selection import LISTED, hosts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from archive.attention import Concern
    from archive.collection import Collection
    from archive.finds import Left

_RUNS_SHOWN = 5
_OVER_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that wrote; `outcome` is None while it lasts, or when it died."""

    id: str
    command: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    counts: dict[str, int]
    reasons: dict[str, int]
    bytes: int


@dataclass(frozen=True, slots=True)
class Due:
    """A source: when it was crawled last, when it is due as of then, and how many articles are due for another look."""

    source: str
    crawled_at: datetime
    next_at: datetime
    rechecks: int


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a collection; `verdicts` counts pages, the most frequent verdict first, None for unjudged ones.

    `rescued` counts the copies that web archives had of dead pages. `advice` are sentences, each with its remedy.
    `attention` is what is the matter with sources, `over` what was until a week ago, `due` is each source's next turn,
    `left` what of each source waits to be fetched.
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
    attention: tuple[Concern, ...] = ()
    over: tuple[Concern, ...] = ()
    due: tuple[Due, ...] = ()
    left: tuple[Left, ...] = ()

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
        attention=tuple(concerns.standing(connection)),
        over=tuple(concerns.ended(connection, datetime.now(UTC) - _OVER_SHOWN)),
        due=tuple(_due(connection)),
        left=tuple(_left(connection)),
    )


def _due(connection: sqlite3.Connection) -> list[Due]:
    now = micros(datetime.now(UTC))
    return [
        Due(name, crawled_at, next_at, looks.due(connection, name, now))
        for name, crawled_at, next_at in sources.planned(connection)
    ]


def _left(connection: sqlite3.Connection) -> Iterator[Left]:
    for name in sources.known(connection):
        left = finds.left(connection, name)
        if left.articles:
            yield left


def _edge(connection: sqlite3.Connection, which: str) -> datetime | None:
    statement = f"SELECT {which}(fetched_at) FROM captures WHERE {LISTED}"  # noqa: S608 - min or max
    (count,) = connection.execute(statement).fetchone()
    return None if count is None else moment(count)


def _runs(connection: sqlite3.Connection) -> list[Run]:
    rows = connection.execute(
        "SELECT id, command, started_at, ended_at, outcome, counts, reasons, bytes FROM runs "
        "ORDER BY started_at DESC LIMIT ?",
        (_RUNS_SHOWN,),
    )
    return [
        Run(
            name,
            command,
            moment(began),
            None if ended is None else moment(ended),
            outcome,
            json.loads(counts),
            json.loads(reasons),
            size,
        )
        for name, command, began, ended, outcome, counts, reasons, size in rows
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
