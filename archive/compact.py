"""Small WARC files merged into large ones: record for record the same bytes, under fewer names.

    groups of neighbours (merge_plan) ─▶ room on the disk? ─▶ journal ─▶ one warcinfo, then the old files, whole
    ─▶ on disk, compared with the old files byte for byte ─▶ exchanged (changeover)

Gzip members may be concatenated (RFC 1952 section 2.2), and so may WARC files. The old warcinfo records stay, since
every record names the one that tells of its run; the new one, which begins the file, names the files that it replaces.
Memory holds a record at a time, and the lines of one CDXJ; the disk needs room for one large pair at a time.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import index
from archive.changeover import change_over, undo
from archive.collection import OPEN, Collection
from archive.compaction import Compaction, Pair, note
from archive.disk import explained, sync_folder
from archive.errors import Damaged, DiskFull
from archive.lock import take_lock
from archive.lookup import open_index
from archive.mend import mend
from archive.merge_plan import groups
from archive.options import StoreOptions
from archive.records import warcinfo
from archive.schema import connect, explained_database
from archive.warcinfo import warcinfo_fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive.compaction import Move
    from archive.merge_plan import Group, Limits

_PIECE = 1 << 20
_SPARE = 16_000_000
"""Bytes of disk that are wanted beside the new files and a tenth more: for the log of the index, and its CDXJ."""


@dataclass(slots=True)
class Compacted:
    """How far a compaction has come: files that were replaced and what came of them, with their bytes."""

    files_before: int = 0
    bytes_before: int = 0
    files_after: int = 0
    bytes_after: int = 0

    def add(self, group: Group, into: Pair | None = None) -> None:
        """Count a group; `into` is what it became, or nothing while it is only planned."""
        self.files_before += len(group.pairs) * 2
        self.bytes_before += group.size
        self.files_after += 2
        self.bytes_after += sum(into.sizes) if into else group.size


def compact(path: Path, limits: Limits, done: Compacted, tell: Callable[[str], None]) -> None:
    """Merge the small files of a collection; `done` is kept up to date, `tell` is told of each large pair.

    Raises:
        NoCollection, Locked, NotWritable: it cannot be done.
        DiskFull: there is no room for a large pair; those before it are done, and the rest is as it was.
        Damaged: the index is broken, or what was written is not what was read.

    """
    collection = Collection(path)
    collection.require()
    lock = take_lock(collection)
    try:
        with closing(connect(collection)) as connection:
            for line in mend(collection, connection).lines:
                tell(line)
            _compact(collection, connection, limits, (done, tell))
    except sqlite3.Error as error:
        raise explained_database(collection, error) from None
    except OSError as error:
        raise explained(error, collection.path) from None
    finally:
        lock.release()


def plan(path: Path, limits: Limits, done: Compacted, tell: Callable[[str], None]) -> None:
    """Count what `compact` would merge, and change nothing; another process may be writing.

    Raises:
        NoCollection, Damaged: there is no collection, or its index cannot be read.

    """
    with open_index(path) as connection:
        for group in groups(Collection(path), connection, limits, tell):
            tell(f"would merge {_in_words(group)}")
            done.add(group)


def _in_words(group: Group) -> str:
    return f"{len(group.pairs):,} pairs, {group.size:,} bytes, into {group.stem}.warc.gz"


def _compact(
    collection: Collection,
    connection: sqlite3.Connection,
    limits: Limits,
    progress: tuple[Compacted, Callable[[str], None]],
) -> None:
    done, tell = progress
    run = None
    outcome = "stopped"
    try:
        for group in groups(collection, connection, limits, tell):
            run = run or _begin_run(connection)
            tell(f"merging {_in_words(group)}")
            done.add(group, _merge(collection, connection, group, run))
        outcome = "done"
    finally:
        if run:
            _end_run(connection, run, outcome, done)


def _merge(collection: Collection, connection: sqlite3.Connection, group: Group, run: str) -> Pair:
    """Merge one group and return the pair that came of it.

    Raises:
        DiskFull, NotWritable, Damaged, sqlite3.Error, OSError: it cannot be done; the group is as it was.

    """
    _require_room(collection, group)
    heads = tuple(_head(run, group, kind) for kind in (0, 1))
    originals, texts = (len(head) + sum(pair.sizes[kind] for pair in group.pairs) for kind, head in enumerate(heads))
    compaction = Compaction(run, Pair(group.stem, (originals, texts)), group.pairs)
    try:
        note(collection, compaction)
        for name, head in zip(compaction.into.names, heads, strict=True):
            _write(collection, name, head, [move for move in compaction.moves() if move.new == name])
        for move in compaction.moves():
            _require_same(collection, move)
        change_over(collection, connection, compaction)
    except BaseException:
        # Where the index knows the new pair there is no way back: the next run finishes what is left.
        with suppress(OSError, sqlite3.Error):
            if not index.is_closed(connection, compaction.into.names[0]):
                undo(collection, compaction)
        raise
    return compaction.into


def _head(run: str, group: Group, kind: int) -> bytes:
    """Return the record that begins a file; nothing is fetched, so that robots policy and user agent are not ours."""
    replaced = [("replaces", pair.names[kind]) for pair in group.pairs]
    fields = [*warcinfo_fields(StoreOptions(robots=""), run), *replaced]
    return warcinfo(Pair(group.stem, (0, 0)).names[kind], datetime.now(UTC), fields).member


def _require_room(collection: Collection, group: Group) -> None:
    free = shutil.disk_usage(collection.archive).free
    wanted = group.size + group.size // 10 + _SPARE
    if free < wanted:
        raise DiskFull(
            f"{collection.archive} has {free:,} bytes of free disk, and merging {len(group.pairs):,} pairs needs "
            f"{wanted:,} for as long as both old and new files are there; free some space, or merge less with --below."
        )


def _write(collection: Collection, name: str, head: bytes, moves: list[Move]) -> None:
    """Write a file as `.open`, and return when it is on disk."""
    path = collection.archive / f"{name}{OPEN}"
    try:
        with path.open("xb") as file:
            file.write(head)
            for move in moves:
                with (collection.archive / move.old).open("rb") as old:
                    shutil.copyfileobj(old, file, _PIECE)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(collection.archive)
    except OSError as error:
        raise explained(error, path) from None


def _require_same(collection: Collection, move: Move) -> None:
    """Make sure that a file stands in the new one, byte for byte."""
    path = collection.archive / f"{move.new}{OPEN}"
    with (collection.archive / move.old).open("rb") as old, path.open("rb") as new:
        new.seek(move.at)
        while piece := old.read(_PIECE):
            if new.read(len(piece)) != piece:
                raise Damaged(
                    f"{path} was not written as {move.old} was read: see to the disk. The small files are as they were."
                )


def _begin_run(connection: sqlite3.Connection) -> str:
    started = datetime.now(UTC)
    run = index.fresh_run_id(connection, started)
    connection.execute(
        "INSERT INTO runs (id, command, started_at) VALUES (?, 'compact', ?)", (run, index.micros(started))
    )
    return run


def _end_run(connection: sqlite3.Connection, run: str, outcome: str, done: Compacted) -> None:
    counts = json.dumps({"merged": done.files_before})
    with suppress(sqlite3.Error):
        connection.execute(
            "UPDATE runs SET ended_at = ?, outcome = ?, counts = ? WHERE id = ?",
            (index.micros(datetime.now(UTC)), outcome, counts, run),
        )
