"""Reindexing: the index made from the WARC files is the index that writing made, whatever was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.collection import OPEN, Collection
from archive.errors import Damaged
from archive.index import unjudged
from archive.model import Liveness, Processed, Verdict
from archive.reading import read_record
from archive.reindex import reindex
from archive.schema import connect, connect_to_read
from archive.writer import Writer
from tests.archive.findings import FINDINGS, LIVE, OPTIONS, article, page, response, store

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Finding

TABLES = {
    "captures": "SELECT * FROM captures ORDER BY id",
    "texts": "SELECT rowid, * FROM texts ORDER BY rowid",
    "sites": "SELECT * FROM sites ORDER BY origin",
    "warcs": "SELECT * FROM warcs ORDER BY name",
    "runs": "SELECT * FROM runs ORDER BY id",
    "batches": "SELECT * FROM batches ORDER BY id",
    "targets": "SELECT * FROM targets ORDER BY id",
}
_NUMBERS = count()


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the index."""
    connection = sqlite3.connect(path / "newsclip.sqlite")
    try:
        return {name: connection.execute(query).fetchall() for name, query in TABLES.items()}
    finally:
        connection.close()


def files(path: Path, folder: str) -> dict[str, bytes]:
    """Return the contents of the files in a folder of the collection."""
    return {str(file.relative_to(path)): file.read_bytes() for file in (path / folder).rglob("*") if file.is_file()}


def quietly(_: str) -> None:
    """Say nothing."""


@settings(max_examples=20, deadline=None)
@given(runs=st.lists(st.lists(FINDINGS, min_size=1, max_size=8), min_size=1, max_size=2))
def test_the_same_index_comes_out(tmp_path_factory: pytest.TempPathFactory, runs: list[list[Finding]]) -> None:
    """Whatever was written, all tables are the same after a reindex, and so are articles, CDXJ and page list."""
    path = tmp_path_factory.mktemp("any") / str(next(_NUMBERS))
    for findings in runs:
        store(path, *findings)
    before = tables(path), files(path, "articles"), files(path, "indexes"), files(path, "pages")
    done = reindex(path, quietly)
    assert (done.damaged, done.carried_over) == ([], True)
    assert (tables(path), files(path, "articles"), files(path, "indexes"), files(path, "pages")) == before


def test_an_index_that_is_gone(tmp_path: Path) -> None:
    """Without any index, captures and text come back from the files, and missing articles are written again."""
    [capture] = store(tmp_path, page(said=article()))
    assert capture.article is not None
    before, written = tables(tmp_path), (tmp_path / capture.article).read_bytes()
    for name in ("newsclip.sqlite", capture.article):
        (tmp_path / name).unlink()
    done = reindex(tmp_path, quietly)
    assert (done.captures, done.texts, done.files) == (1, 1, 2)
    after = tables(tmp_path)
    assert (after["captures"], after["texts"]) == (before["captures"], before["texts"])
    assert (tmp_path / capture.article).read_bytes() == written


def spoil_header(path: Path) -> None:
    """Make the index no database at all."""
    path.write_bytes(b"This is not a database. " * 1000)


def spoil_pages(path: Path) -> None:
    """Overwrite every page of the index but the first."""
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def spoil_version(path: Path) -> None:
    """Make the index one of another version of the program."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 77")
    connection.close()


@pytest.mark.parametrize("spoil", [spoil_header, spoil_pages])
def test_an_index_that_is_damaged(tmp_path: Path, spoil: Any) -> None:
    """A damaged index is replaced, and the user is told that unfinished saves are forgotten."""
    store(tmp_path, page(said=article()))
    before = tables(tmp_path)
    spoil(tmp_path / "newsclip.sqlite")
    done = reindex(tmp_path, quietly)
    assert not done.carried_over
    assert "forgotten" in "\n".join(done.lines)
    after = tables(tmp_path)
    assert all(after[table] == before[table] for table in ("captures", "texts", "sites", "warcs"))


def test_an_index_of_another_version(tmp_path: Path) -> None:
    """An index of another version names the remedy, and the remedy works and keeps unfinished saves."""
    store(tmp_path, page())
    spoil_version(tmp_path / "newsclip.sqlite")
    with pytest.raises(Damaged, match=r"version 77.*newsclip reindex"):
        connect(Collection(tmp_path))
    assert reindex(tmp_path, quietly).carried_over
    connect(Collection(tmp_path)).close()


def test_unfinished_saves_stay(tmp_path: Path) -> None:
    """A save that was cut short can still be resumed after a reindex."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    writer.add_targets(["https://news.example/1", "https://news.example/2"])
    writer.intake_complete()
    writer.close("interrupted")
    reindex(tmp_path, quietly)
    writer = Writer.open(tmp_path, OPTIONS, "test")
    assert [unfinished.left for unfinished in writer.unfinished] == [2]
    writer.close("done")


def test_damage_hides_nothing_behind_it(tmp_path: Path) -> None:
    """A flipped bit costs the record it is in, is named, and no other record."""
    captures = store(
        tmp_path, *(page(f"https://news.example/{number}", said=article(f"Text {number}")) for number in range(3))
    )
    warc = tmp_path / "archive" / captures[1].response.warc
    data = bytearray(warc.read_bytes())
    data[captures[1].response.offset + captures[1].response.length // 2] ^= 0x10
    warc.write_bytes(data)
    done = reindex(tmp_path, quietly)
    assert done.captures == 2
    [said] = done.damaged
    assert warc.name in said
    assert f"offset {captures[1].response.offset}" in said
    with closing(connect_to_read(Collection(tmp_path))) as connection:
        urls = [row[0] for row in connection.execute("SELECT url FROM captures ORDER BY id")]
    assert urls == ["https://news.example/0", "https://news.example/2"]


def test_a_judgement_of_a_later_run_stays(tmp_path: Path) -> None:
    """A page that a later run judged, in a text file that is not beside its original, is judged after a reindex too."""
    [capture] = store(tmp_path, page())
    writer = Writer.open(tmp_path, OPTIONS, "judge")
    verdict = Verdict(Liveness.PAYWALL, "It asks for money.", 0.7)
    judged = writer.judge(capture, Processed(verdict, article("The first lines."))).result(10)
    writer.close("done")
    assert (judged.id, judged.liveness) == (capture.id, Liveness.PAYWALL)
    before = tables(tmp_path)
    reindex(tmp_path, quietly)
    assert tables(tmp_path) == before
    assert judged.text is not None
    assert read_record(Collection(tmp_path), judged.text).block == b"The first lines."


def foreign(kind: str, number: int, fields: str, block: bytes) -> bytes:
    """Return a WARC/1.0 record as wget writes them, not compressed."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
    head += f"WARC-Date: 2013-05-06T07:08:{number:02}Z\r\n{fields}Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


HTTP = "WARC-Target-URI: <http://old.example/story>\r\nContent-Type: application/http;msgtype=response\r\n"
LOG = "WARC-Target-URI: metadata://gnu.org/software/wget/warc/wget.log\r\nContent-Type: text/plain\r\n"
FOREIGN = [
    foreign("warcinfo", 1, "Content-Type: application/warc-fields\r\n", b"software: Wget"),
    foreign("response", 10, HTTP, response()),
    foreign("resource", 11, LOG, b"log"),
]


def test_a_foreign_file(tmp_path: Path) -> None:
    """A WARC file of another tool becomes captures that nobody has judged."""
    store(tmp_path, page())
    (tmp_path / "archive" / "wget.warc").write_bytes(b"".join(FOREIGN))
    done = reindex(tmp_path, quietly)
    assert (done.captures, done.damaged) == (2, [])
    with closing(connect_to_read(Collection(tmp_path))) as connection:
        [capture] = unjudged(connection)
    assert (capture.url, capture.status, capture.liveness) == ("http://old.example/story", 200, None)
    assert f"{capture.fetched_at:%Y-%m-%d %H:%M:%S}" == "2013-05-06 07:08:10"
    assert read_record(Collection(tmp_path), capture.response).block == response()


def test_a_file_that_is_still_open(tmp_path: Path) -> None:
    """What a killed run left open is closed first, and its captures are kept with their verdicts."""
    [capture] = store(tmp_path, page(said=article()))
    before = tables(tmp_path)["captures"]
    for file in (tmp_path / "archive").iterdir():
        file.rename(file.with_name(f"{file.name}{OPEN}"))
    (tmp_path / "newsclip.sqlite").write_bytes(b"")
    reindex(tmp_path, quietly)
    assert not list((tmp_path / "archive").glob(f"*{OPEN}"))
    assert tables(tmp_path)["captures"] == before
    assert capture.liveness is LIVE.liveness
