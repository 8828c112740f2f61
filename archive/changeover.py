"""The small files of a compaction exchanged for the large one, so that a death at any moment harms nothing.

    step                                                                  killed after it, the next run
    1. the journal says which files become which (`compaction`)           undoes
    2. the large pair is written as `.open`, on disk, and compared        undoes
       with the small files byte for byte
    3. it loses that ending                                               undoes
    4. one transaction, on disk: every row points to the large pair       finishes
    5. the CDXJ files of the small ones go, that of the large one comes   finishes
    6. the small files are removed                                        finishes
    7. the journal is removed                                             has nothing to do

Undoing removes the large pair, finishing does steps 5 to 7, each of which may be done twice. A small file is removed
only while the pair that holds its bytes is there in its full length. The new CDXJ is made ready, under a name that no
reader looks at, before the transaction: behind it nothing needs room on the disk. In step 5 readers of the CDXJ folder
miss captures for a moment and never see one twice. The list of pages names no files and stays as it is.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from archive import index
from archive.cdxj import cdxj_of, sorted_lines
from archive.collection import OPEN
from archive.compaction import forget, under_way
from archive.disk import sync_folder, write_durably
from archive.errors import Damaged
from archive.warc_files import settle

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from archive.collection import Collection
    from archive.compaction import Compaction, Pair

_ROWS = (
    "UPDATE captures SET warc = ?, offset = offset + ? WHERE warc = ?",
    "UPDATE captures SET text_warc = ?, text_offset = text_offset + ? WHERE text_warc = ?",
)
_KINDS = ("originals", "text")


def change_over(collection: Collection, connection: sqlite3.Connection, compaction: Compaction) -> None:
    """Exchange the small files for the large pair, which is on disk as `.open` and compared: steps 3 to 7.

    Raises:
        OSError, sqlite3.Error: it cannot be done; `end` or `undo` puts the collection right.

    """
    for name in compaction.into.names:
        settle(collection.archive / f"{name}{OPEN}")
    _enter(collection, connection, compaction)
    _finish(collection, connection, compaction)


def end(collection: Collection, connection: sqlite3.Connection) -> Literal["undone", "finished"] | None:
    """Undo or finish a compaction that was cut short, and say which; None if there was none.

    Raises:
        Damaged: neither can be done, because somebody removed or changed files; nothing is touched.

    """
    compaction = under_way(collection)
    if compaction is None:
        return None
    whole = _is_whole(collection, compaction.into)
    if index.is_closed(connection, compaction.into.names[0]):
        if not whole:
            raise _bereft(collection, compaction)
        _finish(collection, connection, compaction)
        return "finished"
    if all(_is_whole(collection, pair) for pair in compaction.replaces):
        undo(collection, compaction)
        return "undone"
    if not whole:
        raise _bereft(collection, compaction)
    # Small files are being removed, so the index did know the large pair: it has been lost since, or is an older copy.
    _enter(collection, connection, compaction)
    _finish(collection, connection, compaction)
    return "finished"


def undo(collection: Collection, compaction: Compaction) -> None:
    """Remove what was made for a compaction that the index does not know.

    Raises:
        OSError: the file system refuses.

    """
    new = cdxj_of(collection, compaction.into.names[0])
    for name in compaction.into.names:
        for ending in ("", OPEN):
            (collection.archive / f"{name}{ending}").unlink(missing_ok=True)
    for file in (new, _ready(new)):
        file.unlink(missing_ok=True)
    sync_folder(collection.archive)
    forget(collection)


def _enter(collection: Collection, connection: sqlite3.Connection, compaction: Compaction) -> None:
    """Let the index know the large pair in place of the small ones; on disk when it returns."""
    into = compaction.into
    connection.execute("PRAGMA synchronous = FULL")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for move in compaction.moves():
            connection.execute(_ROWS[move.new == into.names[1]], (move.new, move.at, move.old))
            connection.execute("DELETE FROM warcs WHERE name = ?", (move.old,))
        for name, kind, size in zip(into.names, _KINDS, into.sizes, strict=True):
            index.add_warc(connection, name, compaction.run, kind)
            index.set_warc_size(connection, name, size)
            index.set_warc_closed(connection, name)
        _make_cdxj_ready(collection, connection, into)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


def _finish(collection: Collection, connection: sqlite3.Connection, compaction: Compaction) -> None:
    cdxj = cdxj_of(collection, compaction.into.names[0])
    if not cdxj.exists() and not _ready(cdxj).exists():
        _make_cdxj_ready(collection, connection, compaction.into)
    for pair in compaction.replaces:
        cdxj_of(collection, pair.names[0]).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        _ready(cdxj).replace(cdxj)
    sync_folder(collection.indexes)
    for move in compaction.moves():
        (collection.archive / move.old).unlink(missing_ok=True)
    sync_folder(collection.archive)
    forget(collection)


def _make_cdxj_ready(collection: Collection, connection: sqlite3.Connection, pair: Pair) -> None:
    write_durably(_ready(cdxj_of(collection, pair.names[0])), sorted_lines(connection, pair.names[0]))


def _ready(cdxj: Path) -> Path:
    return cdxj.with_name(f".{cdxj.name}.part")


def _is_whole(collection: Collection, pair: Pair) -> bool:
    """Whether both files of a pair are there, closed, in their full length."""
    try:
        return all(
            (collection.archive / name).stat().st_size == size
            for name, size in zip(pair.names, pair.sizes, strict=True)
        )
    except FileNotFoundError:
        return False


def _bereft(collection: Collection, compaction: Compaction) -> Damaged:
    both = " and ".join(compaction.into.names)
    return Damaged(
        f"newsclip compact was cut short, and since then files that it was merging into {both} were removed or "
        f"changed; put the files that {collection.compaction} names back from a copy."
    )
