"""Mending: whatever moment a run died at, the next one finds what is on disk, knows what it means, and loses nothing.

A kill leaves the files as they are at some byte and the index as it was at some commit. Both are made here without one:
a run is copied after its first and after its second page, and the files of the second copy, cut anywhere, are put
beside the index of the first.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from archive import index
from archive.adopt import original_of
from archive.collection import OPEN, Collection
from archive.mend import mend
from archive.model import Finding, Liveness, Processed
from archive.reading import records_of
from archive.schema import connect, connect_to_read
from archive.writer import Writer
from tests.archive.findings import LIVE, OPTIONS, article, exchange, page, response, store
from tests.warcs import check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.mend import Mended
    from archive.model import Capture

ONE, TWO = "https://news.example/1", "https://news.example/2"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of two pages, as it was on disk after the first and after the second; and one of its captures."""

    first: Path
    second: Path
    sizes: dict[str, tuple[int, int]]
    names: tuple[str, str]

    def died(self, path: Path, originals: int, texts: int) -> Path:
        """Return a collection whose index knows the first page, and whose files have so many bytes of the second."""
        shutil.copytree(self.first, path)
        for name, more in zip(self.names, (originals, texts), strict=True):
            data = (self.second / "archive" / f"{name}{OPEN}").read_bytes()
            (path / "archive" / f"{name}{OPEN}").write_bytes(data[: self.sizes[name][0] + more])
        return path

    @property
    def more(self) -> tuple[int, int]:
        """How many bytes the second page added to each file."""
        first, second = (self.sizes[name] for name in self.names)
        return first[1] - first[0], second[1] - second[0]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Make a run and copy it twice."""
    base = tmp_path_factory.mktemp("run")
    writer = Writer.open(base / "live", OPTIONS, "save")
    writer.add_targets([ONE, TWO])
    writer.intake_complete()
    targets = {target.url: target.id for target in writer.lease(2)}
    capture = writer.put(page(ONE, said=article("One."), target_id=targets[ONE])).result(10)
    shutil.copytree(base / "live", base / "first")
    way = (
        exchange(TWO, response(status=b"302 Found", extra=b"Location: /landed\r\n")),
        exchange("https://news.example/landed", response(b"two")),
    )
    writer.put(Finding("page", TWO, way, Processed(LIVE, article("Two.")), None, targets[TWO])).result(10)
    shutil.copytree(base / "live", base / "second")
    writer.close("done")
    names = (capture.response.warc, capture.response.warc.replace(".warc.gz", "-text.warc.gz"))
    sizes = {
        name: tuple((base / moment / "archive" / f"{name}{OPEN}").stat().st_size for moment in ("first", "second"))
        for name in names
    }
    yield Run(base / "first", base / "second", {name: (one, two) for name, (one, two) in sizes.items()}, names)
    shutil.rmtree(base)


def mended(path: Path) -> Mended:
    """Mend a collection."""
    connection = connect(Collection(path))
    try:
        return mend(Collection(path), connection)
    finally:
        connection.close()


def captures(path: Path) -> list[Capture]:
    """Return every capture, in the order of the index."""
    connection = connect_to_read(Collection(path))
    try:
        return list(index.select(connection, "ORDER BY id"))
    finally:
        connection.close()


def primaries(path: Path) -> list[str]:
    """Return the ids of the primary records in the files of originals."""
    return [
        record.record_id
        for file in sorted((path / "archive").glob("*.warc.gz"))
        for record in records_of(file)
        if original_of(record)
    ]


def assert_whole(path: Path) -> None:
    """Check that files and index agree, readers are content, and nothing is left open."""
    assert not list((path / "archive").glob(f"*{OPEN}"))
    assert check(path) == (0, "")
    assert [one.response.record_id for one in captures(path)] == primaries(path)
    again = mended(path)
    assert (again.files, again.cut_bytes, again.captures, again.given_back) == (0, 0, 0, 0)


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.6, 0.8, 0.99])
@pytest.mark.parametrize("file", ["texts", "originals"])
def test_any_moment_of_a_group(tmp_path: Path, run: Run, share: float, file: str) -> None:
    """Died while remarks or originals were written: the second page is there in full, or is due again."""
    texts = run.more[1] if file == "originals" else int(run.more[1] * share)
    originals = int(run.more[0] * share) if file == "originals" else 0
    path = run.died(tmp_path / "c", originals, texts)
    done = mended(path)
    assert_whole(path)
    pages = [one for one in captures(path) if one.role == "page"]
    assert pages[0].target == ONE
    assert all(one.liveness is Liveness.LIVE for one in pages)
    writer = Writer.open(path, OPTIONS, "test")
    left = sum(unfinished.left for unfinished in writer.unfinished)
    writer.close("done")
    assert len(pages) + left == 2
    kept = {file.name: file.stat().st_size for file in (path / "reports").iterdir()}
    assert sum(kept.values()) == done.cut_bytes


def test_a_group_that_only_the_index_lacks(tmp_path: Path, run: Run) -> None:
    """Died between files and index: the captures are the ones that would have been acknowledged, and nothing is due."""
    path = run.died(tmp_path / "c", *run.more)
    done = mended(path)
    assert_whole(path)
    assert (done.files, done.cut_bytes, done.captures, done.unjudged) == (2, 0, 2, [])
    assert captures(path) == captures(run.second)
    assert "2 captures were on disk but not in the index" in "\n".join(done.lines)
    writer = Writer.open(path, OPTIONS, "test")
    assert writer.unfinished == []
    writer.close("done")


def test_remarks_that_did_not_reach_the_disk(tmp_path: Path, run: Run) -> None:
    """An original without remarks, as a crash of the machine may leave, is kept and waits to be judged."""
    path = run.died(tmp_path / "c", run.more[0], 0)
    [capture] = mended(path).unjudged
    assert (capture.url, capture.liveness, capture.text) == ("https://news.example/landed", None, None)
    assert_whole(path)
    writer = Writer.open(path, OPTIONS, "test")
    assert writer.stored_response(capture).endswith(b"two")
    judged = writer.judge(capture, Processed(LIVE, article("Two."))).result(10)
    writer.close("done")
    assert (judged.id, judged.liveness, judged.title) == (capture.id, Liveness.LIVE, "Harbour")
    assert captures(path)[-1] == judged


def test_a_tail_of_zeros(tmp_path: Path, run: Run) -> None:
    """Zeros behind the last record, as a crash of the machine may leave, are cut off."""
    path = run.died(tmp_path / "c", 0, 0)
    for name in run.names:
        with (path / "archive" / f"{name}{OPEN}").open("ab") as file:
            file.write(bytes(5000))
    assert mended(path).cut_bytes == 10_000
    assert_whole(path)


def test_a_file_that_never_began(tmp_path: Path, run: Run) -> None:
    """A file without a whole record is taken away, and what was in it is kept."""
    path = run.died(tmp_path / "c", 0, 0)
    stem = "newsclip-20300101T000000Z-00001-host"
    for name in (f"{stem}.warc.gz", f"{stem}-text.warc.gz"):
        (path / "archive" / f"{name}{OPEN}").write_bytes(b"\x1f\x8b\x08half")
    assert mended(path).cut_bytes == 14
    assert_whole(path)
    assert len(list((path / "archive").iterdir())) == 2


def test_what_is_closed_is_not_looked_at(tmp_path: Path) -> None:
    """A collection that was left in order is mended without opening any of its files."""
    store(tmp_path, page())
    for file in (tmp_path / "archive").iterdir():
        file.write_bytes(b"not looked at")
    done = mended(tmp_path)
    assert (done.files, done.cut_bytes, done.captures, done.lines) == (0, 0, 0, [])


def test_died_between_renaming_and_noting_it(tmp_path: Path) -> None:
    """A file that has its final name, but is not known as closed, is noted, and listed once."""
    store(tmp_path, page())
    connection = connect(Collection(tmp_path))
    connection.execute("UPDATE warcs SET closed = 0")
    connection.close()
    (cdxj,) = (tmp_path / "indexes").iterdir()
    cdxj.unlink()
    assert mended(tmp_path).files == 2
    assert cdxj.is_file()
    assert_whole(tmp_path)
