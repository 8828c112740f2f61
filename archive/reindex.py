"""The index thrown away and made again from the WARC files: same captures, same text, in the same order.

A new database is filled beside the old one and takes its place when it is complete, so that a reindex that is cut short
changes nothing. What the WARC files cannot tell, the saves that are not finished, is carried over from the old one as
far as that can be read. A WARC file that is damaged gives everything but the damaged records, and is named.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive import index
from archive.adopt import adopt, apply_remarks, originals_in, parts_in, remarks_in, run_of
from archive.cdxj import write_cdxj
from archive.collection import TEXT_SUFFIX, Collection
from archive.disk import sync_folder
from archive.errors import Damaged, Locked
from archive.lock import take_lock
from archive.mend import mend
from archive.page_list import append_pages
from archive.reading import readable_records
from archive.schema import connect, connect_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archive.adopt import Part, Remarks
    from archive.model import Capture

_CARRIED = ("batches", "targets", "runs", "sources", "listings", "finds", "concerns")
_BATCH = 1000
"""Captures a transaction."""


@dataclass(slots=True)
class Reindexed:
    """What a reindex found; `waiting` are remarks on what no file read so far has (files are read by name)."""

    files: int = 0
    captures: int = 0
    texts: int = 0
    damaged: list[str] = field(default_factory=list)
    carried_over: bool = True
    waiting: dict[str, Remarks] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """What to tell the user."""
        said = [f"{self.captures} captures, {self.texts} of them with text, from {self.files} WARC files."]
        if not self.carried_over:
            said.append("The old index could not be read: saves that were not finished are forgotten; say them again.")
        return said + [f"{line} Everything else in it is indexed; see: newsclip verify" for line in self.damaged]


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
        _mend(collection, collection.database)
    except (Damaged, sqlite3.DatabaseError):
        aside = _fresh(collection, ".mending")
        try:
            _mend(collection, aside)
        finally:
            _remove(aside)


def _mend(collection: Collection, database: Path) -> None:
    connection = connect(collection) if database == collection.database else connect_at(database)
    try:
        mend(collection, connection)
    finally:
        connection.close()


def _rebuilt(collection: Collection, tell: Callable[[str], None]) -> Reindexed:
    found = Reindexed()
    beside = _fresh(collection, ".rebuilding")
    pages = collection.pages.with_name(f".{collection.pages.name}.part")
    _remove(pages)
    connection = connect_at(beside)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        found.carried_over = _carry_over(collection, connection)
        for warc in sorted(collection.archive.glob("*.warc*")):
            if warc.name.endswith((".warc.gz", ".warc")) and not warc.name.endswith(TEXT_SUFFIX):
                tell(warc.name)
                _read_pair(collection, connection, warc, (found, pages))
        _apply(collection, connection, found.waiting)
        found.captures = connection.execute("SELECT count(*) FROM captures").fetchone()[0]
        found.texts = connection.execute("SELECT count(*) FROM texts").fetchone()[0]
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    _take_place_of(collection, beside)
    if pages.exists():
        pages.replace(collection.pages)
    sync_folder(collection.path)
    return found


def _take_place_of(collection: Collection, beside: Path) -> None:
    """Put the new index in the old one's place.

    The old one's log of changes must go first, or SQLite would replay it into the new one; and go into the old one
    before, so that a process that dies between the two leaves an index that is whole.
    """
    try:
        old = connect_at(collection.database)
        try:
            busy = old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            old.close()
    except sqlite3.DatabaseError:
        busy = False
    if busy:
        _remove(beside)
        raise Locked(f"{collection.database} is being read by another program; say it again when that is done.")
    for ending in ("-wal", "-shm"):
        _beside(collection, ending).unlink(missing_ok=True)
    beside.replace(collection.database)


def _read_pair(
    collection: Collection, connection: sqlite3.Connection, warc: Path, into: tuple[Reindexed, Path]
) -> None:
    """Enter what a file and the text file beside it hold, and list its pages."""
    found, pages = into
    texts = warc.with_name(warc.name.removesuffix(".warc.gz") + TEXT_SUFFIX)
    run = _run_of(warc)
    said: dict[Part, dict[str, Remarks]] = {}
    if texts.exists():
        parts = parts_in(readable_records(texts, found.damaged.append))
        said = {part: remarks_in(records, texts.name) for part, records in parts}
        _note(connection, texts, run, "text", found)
    connection.execute("BEGIN")
    for part, records in parts_in(readable_records(warc, found.damaged.append)):
        remarks = said.pop(part, {})
        captures = adopt(collection, connection, originals_in(records, warc.name), remarks, part.run or run)
        append_pages(pages, _in_batches(connection, captures))
        _apply_or_wait(collection, connection, remarks, found)
    for remarks in said.values():
        _apply_or_wait(collection, connection, remarks, found)
    _note(connection, warc, run, "originals", found)
    connection.execute(
        "INSERT OR IGNORE INTO runs (id, command, started_at, outcome) "
        "SELECT run, 'unknown', min(fetched_at), 'reindexed' FROM captures WHERE warc = ? GROUP BY run",
        (warc.name,),
    )
    connection.execute(
        "INSERT OR IGNORE INTO runs (id, command, started_at, outcome) VALUES (?, 'unknown', 0, 'reindexed')", (run,)
    )
    connection.commit()
    write_cdxj(collection, connection, warc.name)


def _in_batches(connection: sqlite3.Connection, captures: Iterable[Capture]) -> Iterator[Capture]:
    for number, capture in enumerate(captures, 1):
        yield capture
        if number % _BATCH == 0:
            connection.commit()
            connection.execute("BEGIN")


def _apply_or_wait(
    collection: Collection, connection: sqlite3.Connection, remarks: dict[str, Remarks], found: Reindexed
) -> None:
    _apply(collection, connection, remarks)
    for record_id, said in remarks.items():
        if index.of_record(connection, record_id) is None:
            _keep_newer(found.waiting, record_id, said)


def _apply(collection: Collection, connection: sqlite3.Connection, remarks: dict[str, Remarks]) -> None:
    for _capture in apply_remarks(collection, connection, remarks):
        pass


def _keep_newer(waiting: dict[str, Remarks], record_id: str, said: Remarks) -> None:
    known = waiting.get(record_id)
    if known is None or known.told.judgement <= said.told.judgement:
        waiting[record_id] = said


def _run_of(warc: Path) -> str:
    try:
        return run_of(warc)
    except Damaged:
        return warc.name


def _note(connection: sqlite3.Connection, path: Path, run: str, kind: str, found: Reindexed) -> None:
    found.files += 1
    index.add_warc(connection, path.name, run, kind)
    index.set_warc_size(connection, path.name, path.stat().st_size)
    index.set_warc_closed(connection, path.name)


def _carry_over(collection: Collection, connection: sqlite3.Connection) -> bool:
    """Copy what only the index knew, table by table; False if something of it cannot be read."""
    if not collection.database.exists():
        return True
    whole = True
    try:
        connection.execute("ATTACH DATABASE ? AS old", (str(collection.database),))
        try:
            for table in _CARRIED:
                whole = _copied(connection, table) and whole
        finally:
            connection.execute("DETACH DATABASE old")
    except sqlite3.DatabaseError:
        return False
    return whole


def _copied(connection: sqlite3.Connection, table: str) -> bool:
    connection.execute("BEGIN")
    try:
        now, then = _columns(connection, "main", table), _columns(connection, "old", table)
        if then:  # an older index may lack a table, or columns of it
            columns = ", ".join(name for name in now if name in then)
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old.{table}")  # noqa: S608 - names of our own
    except sqlite3.DatabaseError:
        connection.rollback()
        return False
    connection.commit()
    return True


def _columns(connection: sqlite3.Connection, database: str, table: str) -> list[str]:
    return [name for _, name, *_ in connection.execute(f"PRAGMA {database}.table_info({table})")]


def _beside(collection: Collection, ending: str) -> Path:
    return collection.database.with_name(collection.database.name + ending)


def _fresh(collection: Collection, ending: str) -> Path:
    path = _beside(collection, ending)
    _remove(path)
    return path


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
