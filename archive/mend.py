"""Putting right what a run left behind that could not end properly. The caller holds the lock.

0. A compaction that was cut short is undone or finished (`changeover`).
1. A file still called `.open`: its torn tail is cut (and kept under reports/), the rest is whole.
2. Records that are in the files but not in the index are entered, and their targets are done.
3. Remarks whose original did not reach the disk are cut off as well: their page will be fetched again.
4. The file is closed like any other: renamed, its CDXJ written, its pages listed.
5. Targets that were leased become due again.

The work depends on what was left, not on the size of the collection: a file is read from the last byte that the index
knows.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archive import finds, frontier, index
from archive.address import url_key
from archive.adopt import adopt, apply_remarks, originals_in, remarks_in, run_of
from archive.cdxj import write_cdxj
from archive.changeover import end
from archive.collection import OPEN, TEXT_SUFFIX
from archive.page_list import append_pages
from archive.reading import records_of
from archive.torn import whole_until
from archive.warc_files import settle

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from archive.adopt import Remarks
    from archive.collection import Collection
    from archive.model import Capture


@dataclass(slots=True)
class Mended:
    """What mending found and did; `unjudged` are pages that were stored, and no verdict with them."""

    compaction: Literal["undone", "finished"] | None = None
    files: int = 0
    cut_bytes: int = 0
    captures: int = 0
    unjudged: list[Capture] = field(default_factory=list)
    given_back: int = 0

    @property
    def lines(self) -> list[str]:
        """What to tell the user."""
        said = []
        if self.compaction:
            said.append(f"An earlier newsclip compact was cut short; what it had begun is {self.compaction} now.")
        if self.files:
            said.append(f"An earlier run ended without closing {self.files} WARC files; they are whole and closed now.")
        if self.cut_bytes:
            said.append(f"{self.cut_bytes} bytes of half-written records were cut off and kept under reports/.")
        if self.captures:
            said.append(f"{self.captures} captures were on disk but not in the index; they are now.")
        return said


def mend(collection: Collection, connection: sqlite3.Connection) -> Mended:
    """Mend a collection and say what was done.

    Raises:
        Damaged: somebody removed files that `newsclip compact` was at work on when it died.

    """
    mended = Mended(compaction=end(collection, connection))
    for originals, texts in _left_open(collection, connection):
        _mend_pair(collection, connection, (originals, texts), mended)
    connection.execute("BEGIN IMMEDIATE")
    mended.given_back = frontier.give_back(connection)
    frontier.drop_finished(connection)
    connection.commit()
    return mended


def close_warc(collection: Collection, connection: sqlite3.Connection, name: str) -> None:
    """Do what belongs to closing a file that has its final name: CDXJ, list of pages, a note in the index."""
    if not name.endswith(TEXT_SUFFIX):
        write_cdxj(collection, connection, name)
        append_pages(collection.pages, index.in_warc(connection, name))
    index.set_warc_closed(connection, name)


def _left_open(collection: Collection, connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the pairs that are not closed: those called `.open`, and those that the index does not know as closed."""
    names = {entry.name.removesuffix(OPEN) for entry in os.scandir(collection.archive) if entry.name.endswith(OPEN)}
    names |= {name for (name,) in connection.execute("SELECT name FROM warcs WHERE NOT closed")}
    stems = sorted({name.removesuffix(".warc.gz").removesuffix("-text") for name in names})
    return [(f"{stem}.warc.gz", f"{stem}{TEXT_SUFFIX}") for stem in stems]


def _mend_pair(collection: Collection, connection: sqlite3.Connection, names: tuple[str, str], mended: Mended) -> None:
    paths = [_cut_torn_tail(collection, connection, name, mended) for name in names]
    run = _run(connection, names[0]) or (run_of(paths[0]) if paths[0] else names[0])
    _enter_what_is_new(collection, connection, run, dict(zip(names, paths, strict=True)), mended)
    connection.execute("BEGIN IMMEDIATE")
    for name, path in zip(names, paths, strict=True):
        if path is None:
            connection.execute("DELETE FROM warcs WHERE name = ?", (name,))
        elif not index.is_closed(connection, name):
            mended.files += 1
            index.add_warc(connection, name, run, "text" if name.endswith(TEXT_SUFFIX) else "originals")
            final = settle(path) if path.name.endswith(OPEN) else path
            index.set_warc_size(connection, name, final.stat().st_size)
            close_warc(collection, connection, name)
    connection.commit()


def _enter_what_is_new(
    collection: Collection,
    connection: sqlite3.Connection,
    run: str,
    pair: dict[str, Path | None],
    mended: Mended,
) -> None:
    """Enter what the files of a pair have and the index lacks, and cut off remarks on what is nowhere."""
    (name, originals), (texts_name, texts) = pair.items()
    remarks: dict[str, Remarks] = {}
    if texts:
        remarks = remarks_in(records_of(texts, _indexed(connection, texts_name)), texts_name)
    connection.execute("BEGIN IMMEDIATE")
    if originals:
        found = originals_in(records_of(originals, _indexed(connection, name)), name)
        for capture in adopt(collection, connection, found, remarks, run):
            mended.captures += 1
            if capture.role == "page" and capture.liveness is None:
                mended.unjudged.append(capture)
            elif capture.role == "page":
                settle_target(connection, capture)
    for capture in apply_remarks(collection, connection, remarks):
        settle_target(connection, capture)
    connection.commit()
    if texts and (orphan := _first_orphan(connection, remarks)) is not None:
        _cut(collection, texts, orphan, mended)


def settle_target(connection: sqlite3.Connection, capture: Capture, but_for: str = "") -> None:
    """Note in the frontier that what a capture was asked for is stored; `but_for` is the batch of this run."""
    frontier.done_by_address(connection, capture.target, but_for)
    if capture.status is not None:
        come = finds.has_come(capture.liveness, capture.status)
        finds.settle_by_address(connection, url_key(capture.target), index.micros(capture.fetched_at), come=come)
    note_what_came(connection, capture)


def note_what_came(connection: sqlite3.Connection, capture: Capture) -> None:
    """Note for the find that a capture answers what it is, if it was not known when it came, or not all of it."""
    if capture.role == "page" and capture.liveness is not None:
        at = index.micros(capture.fetched_at)
        finds.came_to(connection, url_key(capture.target), at, capture.liveness, capture.words)


def _run(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the run that the index knows to have written a file."""
    row = connection.execute("SELECT run FROM warcs WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def _indexed(connection: sqlite3.Connection, name: str) -> int:
    """Return how many bytes of a file the index knows."""
    row = connection.execute("SELECT size FROM warcs WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _cut_torn_tail(collection: Collection, connection: sqlite3.Connection, name: str, mended: Mended) -> Path | None:
    """Return the file without what is torn, or None when nothing of it is whole."""
    path = collection.archive / f"{name}{OPEN}"
    if not path.exists():
        closed = collection.archive / name
        return closed if closed.exists() else None
    end = whole_until(path, min(_indexed(connection, name), path.stat().st_size))
    _cut(collection, path, end, mended)
    if end == 0:
        path.unlink()
        return None
    return path


def _first_orphan(connection: sqlite3.Connection, remarks: dict[str, Remarks]) -> int | None:
    """Return where the remarks begin that end the file and whose originals are not stored, if there are any.

    A page that was judged anew was stored before, maybe by an earlier run, which an index that is being made again does
    not know yet.
    """
    first = None
    for record_id, remark in reversed(remarks.items()):
        if remark.told.judgement or index.of_record(connection, record_id) is not None:
            break
        first = remark.offset
    return first


def _cut(collection: Collection, path: Path, end: int, mended: Mended) -> None:
    """Cut a file at an offset, and keep what was cut."""
    size = path.stat().st_size
    if size == end:
        return
    kept = collection.reports / f"torn-{path.name.removesuffix(OPEN)}-{end}"
    with path.open("rb+") as file:
        file.seek(end)
        kept.write_bytes(file.read())
        file.truncate(end)
        file.flush()
        os.fsync(file.fileno())
    mended.cut_bytes += size - end
