"""Opening the index: when it is made, when it is refused, and what the errors of SQLite mean."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from archive.collection import OPEN, Collection
from archive.errors import Damaged, DiskFull, Locked, NotWritable
from archive.reindex import reindex
from archive.schema import connect, explained_database
from archive.writer import Writer
from tests.archive.findings import OPTIONS, article, page, store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("left", [None, b""])
def test_no_empty_index_over_files(tmp_path: Path, left: bytes | None) -> None:
    """Where WARC files are and no index, none is begun that would know nothing of them; the remedy works."""
    store(tmp_path, page(said=article()))
    database = tmp_path / "newsclip.sqlite"
    database.unlink()
    if left is not None:
        database.write_bytes(left)
    with pytest.raises(Damaged, match=r"not there, though .* holds WARC files; .*newsclip reindex"):
        Writer.open(tmp_path, OPTIONS, "test")
    told: list[str] = []
    assert reindex(tmp_path, told.append).captures == 1
    Writer.open(tmp_path, OPTIONS, "test").close("done")


def test_files_that_are_still_open_are_no_reason(tmp_path: Path) -> None:
    """An index that a crash of the machine took along, before any file was closed, is made again by mending."""
    whole = tmp_path / "whole"
    store(whole, page(said=article()))
    archive = tmp_path / "crashed" / "archive"
    archive.mkdir(parents=True)
    for warc in (whole / "archive").iterdir():
        shutil.copy(warc, archive / f"{warc.name}{OPEN}")
    writer = Writer.open(tmp_path / "crashed", OPTIONS, "test")
    assert (writer.mended.captures, writer.mended.unjudged) == (1, [])
    writer.close("done")


@pytest.mark.parametrize(
    ("code", "expected", "remedy"),
    [
        (sqlite3.SQLITE_FULL, DiskFull, "free some space"),
        (sqlite3.SQLITE_IOERR_WRITE, DiskFull, "free some space"),
        (sqlite3.SQLITE_READONLY, NotWritable, "permissions"),
        (sqlite3.SQLITE_CANTOPEN, NotWritable, "permissions"),
        (sqlite3.SQLITE_BUSY, Locked, "wait"),
        (sqlite3.SQLITE_CORRUPT, Damaged, "newsclip reindex"),
        (sqlite3.SQLITE_NOTADB, Damaged, "newsclip reindex"),
    ],
)
def test_what_errors_mean(tmp_path: Path, code: int, expected: type[Exception], remedy: str) -> None:
    """Each family of errors has its own class, names the file, and says what to do."""
    error = sqlite3.OperationalError("what happened")
    error.sqlite_errorcode = code
    found = explained_database(Collection(tmp_path), error)
    assert type(found) is expected
    assert str(tmp_path / "newsclip.sqlite") in str(found)
    assert remedy in str(found)


def test_a_folder_where_the_index_should_be(tmp_path: Path) -> None:
    """An index that cannot be opened is not called damaged."""
    collection = Collection(tmp_path)
    collection.create()
    collection.database.mkdir()
    with pytest.raises(NotWritable, match="cannot be opened"):
        connect(collection)
