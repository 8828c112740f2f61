"""A whole collection looked over: every byte of every WARC file, and everything else against them.

Plan, file by file, so that memory does not grow with the collection and damage in one place hides none in another:

    the index itself ─▶ which files there are, and which there should be ─▶ each file of originals (verify_originals)
    ─▶ each text file (verify_texts) ─▶ the CDXJ of each closed file ─▶ CDXJ files that belong to nothing

A writer may be at work: what the index says of a file is read in one transaction, and a file that is being written is
looked at up to where the index knows it. One that `newsclip compact` replaces meanwhile was looked at when its bytes
were copied, and is passed over.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.cdxj import cdxj_of
from archive.collection import OPEN, TEXT_SUFFIX
from archive.compaction import under_way
from archive.fault import Fault
from archive.lock import is_locked
from archive.original import path_of
from archive.verify_originals import check_cdxj, check_originals
from archive.verify_texts import check_texts
from archive.walk import Walked, size_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.collection import Collection
    from archive.compaction import Compaction

_NAMED = """
WITH RECURSIVE named (warc) AS (
    SELECT min({column}) FROM captures WHERE {column} IS NOT NULL
    UNION ALL
    SELECT (SELECT min({column}) FROM captures WHERE {column} > named.warc) FROM named WHERE warc IS NOT NULL
)
SELECT warc FROM named WHERE warc IS NOT NULL
"""
"""The files that captures name; leaps through an index from one to the next."""
_MOST_OF_INDEX = 20
"""Lines of SQLite's own check that are shown; after them there is no news."""


@dataclass(slots=True)
class Checked:
    """How far a verification has come, in files, records and bytes."""

    files: int = 0
    of_files: int = 0
    records: int = 0
    bytes: int = 0
    of_bytes: int = 0


def verify(
    collection: Collection, connection: sqlite3.Connection, checked: Checked, tell: Callable[[Checked], None]
) -> Iterator[Fault]:
    """Yield what is wrong, as it is found; `checked` is kept up to date and told of after each record.

    Raises:
        sqlite3.DatabaseError: the index is too damaged to go on; the WARC files can still be read by `reindex`.

    """
    yield from _check_index(connection)
    known = dict(connection.execute("SELECT name, closed FROM warcs"))
    named = {warc for column in ("warc", "text_warc") for (warc,) in connection.execute(_NAMED.format(column=column))}
    there = {path.name.removesuffix(OPEN) for path in _warcs(collection)}
    at_work = is_locked(collection)
    unfinished = under_way(collection)
    passed_over = unfinished.superfluous(known) if unfinished else set()
    if unfinished and not at_work:
        yield Fault("left-open", collection.compaction.name, "newsclip compact was cut short")
    names = sorted((there | named | set(known)) - passed_over, key=lambda name: (name.endswith(TEXT_SUFFIX), name))
    checked.of_files = len(names)
    checked.of_bytes = sum(map(_size, _warcs(collection)))
    for name in names:
        being_written = at_work and not known.get(name)
        if name in there:
            if name not in known and not being_written:
                yield Fault("file-unknown", name, "the index does not know this file")
            for fault in _check_file(collection, connection, name, (checked, tell), being_written=being_written):
                if not _is_due(fault, unfinished) and not (name in known and _is_replaced(connection, name)):
                    yield fault
        elif not being_written and not (name in known and _is_replaced(connection, name)):
            yield Fault("file-missing", name, f"the file is gone; {_count(connection, name)} captures were in it")
        checked.files += 1
    begun_since = {name for (name,) in connection.execute("SELECT name FROM warcs")}
    expected = {cdxj_of(collection, name).name for name in passed_over.union(names, begun_since)}
    yield from _check_strays(collection, expected)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _is_due(fault: Fault, unfinished: Compaction | None) -> bool:
    """Whether a fault is a CDXJ that `newsclip compact` had not got to."""
    return (
        unfinished is not None
        and fault.kind == "cdxj-missing"
        and fault.where.endswith(f"/{unfinished.into.stem}.cdxj")
    )


def _is_replaced(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the index has forgotten a file that it knew: `newsclip compact` merged it into another."""
    return connection.execute("SELECT 1 FROM warcs WHERE name = ?", (name,)).fetchone() is None


def _check_index(connection: sqlite3.Connection) -> Iterator[Fault]:
    for (line,) in connection.execute(f"PRAGMA quick_check({_MOST_OF_INDEX})"):
        if line != "ok":
            yield Fault("index-damaged", "newsclip.sqlite", str(line))


def _warcs(collection: Collection) -> list[Path]:
    endings = (".warc.gz", ".warc")
    return [path for path in collection.archive.iterdir() if path.name.removesuffix(OPEN).endswith(endings)]


def _check_file(
    collection: Collection,
    connection: sqlite3.Connection,
    name: str,
    progress: tuple[Checked, Callable[[Checked], None]],
    *,
    being_written: bool,
) -> Iterator[Fault]:
    checked, tell = progress
    path = path_of(collection, name)
    try:
        with path.open("rb") as file, _snapshot(connection):
            row = connection.execute("SELECT size FROM warcs WHERE name = ?", (name,)).fetchone()
            known = row[0] if row else 0
            end = known if being_written else size_of(file)
            if path.name.endswith(OPEN) and not being_written:
                yield Fault("left-open", path.name, "nobody is writing this file, and it was never closed")
            if end < known:
                yield Fault("file-short", name, f"it has {end} bytes; {known} were written")
            texts = name.endswith(TEXT_SUFFIX)
            walked = (
                check_texts(collection, connection, name, file, end)
                if texts
                else check_originals(connection, name, file, end)
            )
            for found in walked:
                if isinstance(found, Fault):
                    yield found
                    continue
                checked.records += isinstance(found, Walked)
                checked.bytes += found.length
                tell(checked)
        if row and not texts and not path.name.endswith(OPEN):
            yield from check_cdxj(collection, connection, name)
    except OSError as error:
        yield Fault("file-unreadable", name, str(error.strerror))


@contextmanager
def _snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let everything read within be of one moment."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _count(connection: sqlite3.Connection, name: str) -> int:
    column = "text_warc" if name.endswith(TEXT_SUFFIX) else "warc"
    statement = f"SELECT count(*) FROM captures WHERE {column} = ?"  # noqa: S608 - a name of our own
    return int(connection.execute(statement, (name,)).fetchone()[0])


def _check_strays(collection: Collection, expected: set[str]) -> Iterator[Fault]:
    for path in sorted(collection.indexes.glob("*.cdxj")):
        if path.name not in expected:
            yield Fault("cdxj-stray", f"{collection.indexes.name}/{path.name}", "it belongs to no WARC file")
