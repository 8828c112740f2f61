"""What a save still has to fetch: a table in the collection that survives whatever ends the process.

A *batch* is the list of one save. Its targets are due, leased to the run that is fetching them, or done; done is set
in the same transaction as the capture (Writer). The lock admits one run at a time, so a lease that a new run finds was
left by one that died, and is given back. A batch is *complete* when its whole list has been taken in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.address import fingerprint
from archive.index import moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Target:
    """An address to fetch."""

    id: int
    url: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A save that was cut short; `complete` says whether its whole list was taken in."""

    batch: str
    started_at: datetime
    left: int
    total: int
    complete: bool

    @property
    def line(self) -> str:
        """What to tell the user, with the remedy."""
        began = f"The save of {self.started_at:%Y-%m-%d %H:%M} UTC was cut short"
        if not self.complete:
            return (
                f"{began} while its list was being read; say it again, or finish what was read: newsclip save --resume"
            )
        return f"{began}: {self.left} of {self.total} addresses left; newsclip save --resume finishes it."


def begin(connection: sqlite3.Connection, batch: str, started_at: int) -> None:
    """Begin a batch."""
    connection.execute("INSERT INTO batches (id, started_at) VALUES (?, ?)", (batch, started_at))


def complete(connection: sqlite3.Connection, batch: str) -> None:
    """Note that the whole list of a batch was taken in."""
    connection.execute("UPDATE batches SET complete = 1 WHERE id = ?", (batch,))


def add(connection: sqlite3.Connection, batch: str, urls: Iterable[str]) -> int:
    """Add targets and return how many were new: the same address twice in a batch is one."""
    before = connection.total_changes
    connection.executemany(
        "INSERT OR IGNORE INTO targets (batch, url, fingerprint) VALUES (?, ?, ?)",
        ((batch, url, fingerprint(url)) for url in urls),
    )
    return connection.total_changes - before


def lease(connection: sqlite3.Connection, batches: Iterable[str], count: int) -> list[Target]:
    """Return up to `count` due targets of these batches, oldest first, marked as under way."""
    targets: list[Target] = []
    for batch in batches:
        rows = connection.execute(
            # The last condition follows from the one before; SQLite takes the index of what is not done only if told.
            "SELECT id, url FROM targets WHERE batch = ? AND state = 'due' AND state != 'done' ORDER BY id LIMIT ?",
            (batch, count - len(targets)),
        ).fetchall()
        targets += [Target(*row) for row in rows]
        if len(targets) == count:
            break
    connection.executemany("UPDATE targets SET state = 'leased' WHERE id = ?", [(target.id,) for target in targets])
    return targets


def done(connection: sqlite3.Connection, target: int) -> None:
    """Note that a target's page is stored."""
    connection.execute("UPDATE targets SET state = 'done' WHERE id = ?", (target,))


def done_by_address(connection: sqlite3.Connection, url: str, but_for: str = "") -> None:
    """Note that an address was stored by a run that died before it could say so; `but_for` is the batch of this run.

    Every older save that waits for the address has its answer: the lease that would tell which one asked for it is
    given back by then, or lost with the last commits before a crash of the machine.
    """
    connection.execute(
        "UPDATE targets SET state = 'done' WHERE state != 'done' AND fingerprint = ? "
        "AND batch IN (SELECT id FROM batches WHERE id != ?)",
        (fingerprint(url), but_for),
    )


def give_back(connection: sqlite3.Connection) -> int:
    """Make every leased target due again and return how many there were; only the holder of the lock may."""
    statement = "UPDATE targets SET state = 'due' WHERE batch = ? AND state = 'leased' AND state != 'done'"
    return sum(
        connection.execute(statement, (batch,)).rowcount
        for (batch,) in connection.execute("SELECT id FROM batches").fetchall()
    )


def drop_finished(connection: sqlite3.Connection, *, and_empty: bool = False) -> None:
    """Forget the batches that have nothing left; what they brought is in the index.

    `and_empty` also forgets those that were cut short before their first address: there is nothing to resume.
    """
    for batch, whole in connection.execute("SELECT id, complete FROM batches").fetchall():
        condition = "state != 'done'" if whole else "TRUE"
        statement = f"SELECT 1 FROM targets WHERE batch = ? AND {condition} LIMIT 1"  # noqa: S608 - conditions of ours
        if (whole or and_empty) and not connection.execute(statement, (batch,)).fetchone():
            connection.execute("DELETE FROM targets WHERE batch = ?", (batch,))
            connection.execute("DELETE FROM batches WHERE id = ?", (batch,))


def waiting(connection: sqlite3.Connection, batches: Iterable[str]) -> int:
    """Return how many targets of these batches are not done."""
    return sum(
        connection.execute("SELECT count(*) FROM targets WHERE batch = ? AND state != 'done'", (batch,)).fetchone()[0]
        for batch in batches
    )


def unfinished(connection: sqlite3.Connection) -> list[Unfinished]:
    """Return the saves that have something left, oldest first."""
    found = []
    for batch, started_at, whole in connection.execute(
        "SELECT id, started_at, complete FROM batches ORDER BY started_at"
    ).fetchall():
        left = waiting(connection, [batch])
        total = connection.execute("SELECT count(*) FROM targets WHERE batch = ?", (batch,)).fetchone()[0]
        if left or not whole:
            found.append(Unfinished(batch, moment(started_at), left, total, bool(whole)))
    return found
