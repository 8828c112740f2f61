"""The index thrown away and made again from the WARC files: same captures, same text, in the same order.

A new database is filled beside the old one and takes its place when it is complete, so that a reindex that is cut short
changes nothing. What the WARC files cannot tell, the saves that are not finished, is carried over from the old one as
far as that can be read. A WARC file that is damaged gives what it holds before the damage, and is named.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive import index
from archive.adopt import adopt, originals_of, remarks_of, run_of
from archive.cdxj import write_cdxj
from archive.collection import TEXT_SUFFIX, Collection
from archive.errors import Damaged
from archive.lock import take_lock
from archive.mend import mend
from archive.page_list import append_pages
from archive.schema import connect, connect_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeVar

    from archive.adopt import Remarks

    _Item = TypeVar("_Item")

_CARRIED = ("batches", "targets", "sites", "runs")
_BATCH = 1000
"""Captures a transaction."""


@dataclass(slots=True)
class Reindexed:
    """What a reindex found."""

    files: int = 0
    captures: int = 0
    texts: int = 0
    damaged: list[str] = field(default_factory=list)
    carried_over: bool = True

    @property
    def lines(self) -> list[str]:
        """What to tell the user."""
        said = [f"{self.captures} captures, {self.texts} of them with text, from {self.files} WARC files."]
        if not self.carried_over:
            said.append("The old index could not be read: saves that were not finished are forgotten; say them again.")
        return said + [f"{line} What came before it is indexed; see: newsclip verify" for line in self.damaged]


def reindex(path: Path, tell: Callable[[str], None]) -> Reindexed:
    """Rebuild the index of a collection; `tell` is told of each file.

    Raises:
        NoCollection, Locked, NotWritable: it cannot be done.

    """
    collection = Collection(path)
    collection.require()
    collection.create()
    lock = take_lock(collection)
    try:
        _mend_what_was_open(collection)
        return _rebuilt(collection, tell)
    finally:
        lock.release()


def _mend_what_was_open(collection: Collection) -> None:
    """Close what a run left open; with an index that cannot be read, an empty one serves: all is read anyway."""
    try:
        connection = connect(collection)
    except Damaged:
        connection = connect_at(_fresh(collection, ".mending"))
    try:
        mend(collection, connection)
    finally:
        connection.close()
        _remove(_beside(collection, ".mending"))


def _rebuilt(collection: Collection, tell: Callable[[str], None]) -> Reindexed:
    found = Reindexed()
    beside = _fresh(collection, ".rebuilding")
    connection = connect_at(beside)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        found.carried_over = _carry_over(collection, connection)
        _remove(collection.pages)
        for warc in sorted(collection.archive.glob("*.warc*")):
            if warc.name.endswith((".warc.gz", ".warc")) and not warc.name.endswith(TEXT_SUFFIX):
                tell(warc.name)
                _read_pair(collection, connection, warc, found)
        found.texts = connection.execute("SELECT count(*) FROM texts").fetchone()[0]
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    for ending in ("-wal", "-shm"):
        _remove(collection.database.with_name(collection.database.name + ending))
    os.replace(beside, collection.database)  # noqa: PTH105 - Path.replace says the same and makes another Path
    return found


def _read_pair(collection: Collection, connection: sqlite3.Connection, warc: Path, found: Reindexed) -> None:
    texts = warc.with_name(warc.name.removesuffix(".warc.gz") + TEXT_SUFFIX)
    run = _or_damaged(lambda: run_of(warc), found) or warc.name
    remarks: dict[str, Remarks] = {}
    if texts.exists():
        remarks = _or_damaged(lambda: remarks_of(texts, texts.name), found) or {}
        _note(connection, texts, run, "text", found)
    connection.execute("BEGIN")
    captures = adopt(collection, connection, originals_of(warc, warc.name), remarks, run)
    for number, _capture in enumerate(_until_damage(captures, found), 1):
        found.captures += 1
        if number % _BATCH == 0:
            connection.commit()
            connection.execute("BEGIN")
    _note(connection, warc, run, "originals", found)
    connection.execute(
        "INSERT OR IGNORE INTO runs (id, command, started_at, outcome) "
        "SELECT ?, 'unknown', coalesce(min(fetched_at), 0), 'reindexed' FROM captures WHERE warc = ?",
        (run, warc.name),
    )
    connection.commit()
    write_cdxj(collection, connection, warc.name)
    append_pages(collection, index.in_warc(connection, warc.name))


def _note(connection: sqlite3.Connection, path: Path, run: str, kind: str, found: Reindexed) -> None:
    found.files += 1
    index.add_warc(connection, path.name, run, kind)
    index.set_warc_size(connection, path.name, path.stat().st_size)
    index.set_warc_closed(connection, path.name)


def _until_damage(items: Iterator[_Item], found: Reindexed) -> Iterator[_Item]:
    try:
        yield from items
    except Damaged as error:
        found.damaged.append(str(error))


def _or_damaged(read: Callable[[], _Item], found: Reindexed) -> _Item | None:
    try:
        return read()
    except Damaged as error:
        found.damaged.append(str(error))
        return None


def _carry_over(collection: Collection, connection: sqlite3.Connection) -> bool:
    """Copy what only the index knew; False if the old one cannot be read."""
    if not collection.database.exists():
        return True
    connection.execute("ATTACH DATABASE ? AS old", (str(collection.database),))
    try:
        connection.execute("BEGIN")
        for table in _CARRIED:
            connection.execute(f"INSERT INTO {table} SELECT * FROM old.{table}")  # noqa: S608 - names of our own
        connection.commit()
    except sqlite3.DatabaseError:
        connection.rollback()
        return False
    finally:
        connection.execute("DETACH DATABASE old")
    return True


def _beside(collection: Collection, ending: str) -> Path:
    return collection.database.with_name(collection.database.name + ending)


def _fresh(collection: Collection, ending: str) -> Path:
    path = _beside(collection, ending)
    _remove(path)
    return path


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
