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
            "SELECT id, url FROM targets WHERE batch = ? AND state = 'due' ORDER BY id LIMIT ?",
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


def done_by_address(connection: sqlite3.Connection, url: str) -> None:
    """Note that an address was stored by a run that died before it could say so."""
    connection.execute(
        "UPDATE targets SET state = 'done' WHERE state = 'leased' AND fingerprint = ? "
        "AND batch IN (SELECT id FROM batches)",
        (fingerprint(url),),
    )


def give_back(connection: sqlite3.Connection) -> int:
    """Make every leased target due again and return how many there were; only the holder of the lock may."""
    return sum(
        connection.execute("UPDATE targets SET state = 'due' WHERE batch = ? AND state = 'leased'", (row[0],)).rowcount
        for row in connection.execute("SELECT id FROM batches").fetchall()
    )


def drop_finished(connection: sqlite3.Connection) -> None:
    """Forget the batches that have nothing left; what they brought is in the index."""
    for (batch,) in connection.execute("SELECT id FROM batches WHERE complete").fetchall():
        left = connection.execute(
            "SELECT 1 FROM targets WHERE batch = ? AND state != 'done' LIMIT 1", (batch,)
        ).fetchone()
        if not left:
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
