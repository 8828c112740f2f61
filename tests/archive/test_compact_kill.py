"""Compacting killed: whenever it dies, nothing is lost, nothing is there twice, and the next run ends it.

Strategy: one collection is compacted again and again, each time killed before the next line of what changes the disk
(`killed_compactions`), so that every moment between two steps has its turn, those of a loop too. Each copy is looked
at as it was left, as readers find it; then it is mended and must be as it was, in its old files or in the new one. The
same with the index lost. Moments within a step (a file half copied) are the business of the last test, which kills
real processes at random.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.collection import OPEN, Collection
from archive.errors import Damaged
from archive.lock import take_lock
from archive.mend import mend
from archive.reindex import reindex
from archive.schema import connect
from tests.archive.compacted import cdxj, content, faults, records
from tests.archive.findings import article, page, response, store
from tests.archive.test_compact import merge
from tests.archive.test_reindex import quietly, tables
from tests.shelf import run

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from tests.conftest import Newsclip

ROOT = Path(__file__).resolve().parents[2]
RANDOM_COPIES = 8
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Killed:
    """A collection, what it held, and copies of it that were killed while they were compacted."""

    source: Path
    copies: list[Path]
    content: dict[str, Any]
    cdxj: Counter[str]
    records: Counter[str]

    @property
    def distinct(self) -> list[Path]:
        """One copy of each kind: several lines may pass before the disk changes."""
        return list({_on_disk(copy): copy for copy in self.copies}.values())


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killed]:
    """Make a collection of two runs with a text, a failure and a revisit, and kill it at every line."""
    base = tmp_path_factory.mktemp("killed")
    store(base / "c", page(said=article("One.")), page("https://news.example/2", b""))
    store(base / "c", page(seconds=60, said=article("One.")), page("https://news.example/3", said=article("Three.")))
    (base / "copies").mkdir()
    command = [sys.executable, "-m", "tests.archive.killed_compactions", str(base / "c"), str(base / "copies")]
    died = int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    copies = [base / "copies" / str(number) for number in range(1, died + 1)]
    yield Killed(base / "c", copies, content(base / "c"), cdxj(base / "c"), records(base / "c"))
    shutil.rmtree(base)


def mended(path: Path) -> str | None:
    """Mend a collection, and say what became of its compaction."""
    with closing(connect(Collection(path))) as connection:
        return mend(Collection(path), connection).compaction


def assert_ended(path: Path, killed: Killed) -> None:
    """Check that a collection is in its old files or in the new one, and otherwise as it was."""
    names = [one.name for one in sorted((path / "archive").iterdir())]
    old = [one.name for one in sorted((killed.source / "archive").iterdir())]
    assert names == old or (len(names) == 2 and "-merged1" in names[0])
    assert not (path / "newsclip.compact").exists()
    assert not [one for one in (path / "indexes").iterdir() if one.suffix != ".cdxj"]
    assert (records(path), cdxj(path), faults(path)) == (killed.records, killed.cdxj, [])


def test_there_were_kills_at_every_step(killed: Killed) -> None:
    """Copies died before the journal, with each mixture of files behind it, and after it was gone."""
    expected = ("old", "journal old", "journal old open", "journal merged old open", "journal merged old",
                "journal merged", "merged")  # fmt: skip
    assert {" ".join(sorted(_state(path))) for path in killed.copies} == set(expected)
    assert len(killed.copies) > 100
    assert len(killed.distinct) > len(expected)


def _on_disk(path: Path) -> frozenset[tuple[str, int]]:
    """Return the names and sizes of all files, the index and its log too, but for those that hold a fresh id."""
    return frozenset(
        (one.name, 0 if one.name.endswith("-merged1.warc.gz") else one.stat().st_size)
        for one in path.rglob("*")
        if one.is_file()
    )


def _state(path: Path) -> Iterator[str]:
    names = [one.name for one in (path / "archive").iterdir()]
    if (path / "newsclip.compact").exists():
        yield "journal"
    if any(name.endswith(OPEN) for name in names):
        yield "open"
    if any("-merged1" in name and not name.endswith(OPEN) for name in names):
        yield "merged"
    if any("-merged1" not in name for name in names):
        yield "old"


def test_readers_find_everything_once(killed: Killed) -> None:
    """Before anything is mended, all is in the index, verify names the compaction alone, no line of CDXJ is doubled."""
    for path in killed.copies:
        assert content(path) == killed.content, path
        assert {(one.kind, one.where) for one in faults(path)} <= {("left-open", "newsclip.compact")}, path
        assert not cdxj(path) - killed.cdxj, path


def test_verify_beside_it(killed: Killed) -> None:
    """While a compaction is at work, at whatever step, verify finds nothing wrong."""
    for path in killed.copies:
        lock = take_lock(Collection(path))
        try:
            assert faults(path) == [], path
        finally:
            lock.release()


def test_the_next_run_ends_it(killed: Killed, tmp_path: Path) -> None:
    """Mending undoes or finishes what was begun; the collection is as it was, and a reindex makes the same of it."""
    outcomes = set()
    for copy in killed.distinct:
        path = tmp_path / copy.name
        shutil.copytree(copy, path)
        outcomes.add(mended(path))
        assert content(path) == killed.content, path
        assert_ended(path, killed)
        assert mended(path) is None
        indexed = {name: rows for name, rows in tables(path).items() if name != "runs"}
        reindex(path, quietly)
        assert {name: rows for name, rows in tables(path).items() if name != "runs"} == indexed, path
    assert outcomes == {None, "undone", "finished"}


def test_the_index_is_lost_as_well(killed: Killed, tmp_path: Path) -> None:
    """Killed, and then the index gone: reindex gives the same captures and texts, from old files or the new one."""
    for copy in killed.distinct:
        path = tmp_path / copy.name
        shutil.copytree(copy, path)
        for file in path.glob("newsclip.sqlite*"):
            file.unlink()
        assert reindex(path, quietly).damaged == []
        found = content(path)
        assert [found[name] for name in ("captures", "texts", "pages")] == [
            killed.content[name] for name in ("captures", "texts", "pages")
        ], path
        assert_ended(path, killed)


def test_it_can_be_said_again(killed: Killed, tmp_path: Path) -> None:
    """After any kill, compact mends by itself and comes to its end: one pair is left, and all is in it."""
    for copy in killed.distinct:
        path = tmp_path / copy.name
        shutil.copytree(copy, path)
        merge(path)
        assert len(list((path / "archive").iterdir())) == 2
        assert content(path) == killed.content, path
        assert (records(path), cdxj(path), faults(path)) == (killed.records, killed.cdxj, [])


def test_mend_says_so(killed: Killed, tmp_path: Path) -> None:
    """The command names the compaction in words and in JSON, and verify says what to do before."""
    path = tmp_path / "c"
    shutil.copytree(next(copy for copy in killed.copies if {"journal", "open"} <= set(_state(copy))), path)
    verified = run(path, "verify")
    assert verified.status == 7
    assert "newsclip compact was cut short  [newsclip mend" in verified.out
    assert "what it had begun is undone now" in run(path, "mend").out
    assert json.loads(run(path, "--json", "mend").out)["compactions"] == 0


@pytest.mark.parametrize(("state", "gone"), [("journal old open", "-00001-"), ("journal merged", "-merged1-text")])
def test_files_that_went_missing_meanwhile(killed: Killed, tmp_path: Path, state: str, gone: str) -> None:
    """Where somebody removed a file that is needed, nothing more is removed, and the message names the journal."""
    path = tmp_path / "c"
    shutil.copytree(next(copy for copy in killed.copies if " ".join(sorted(_state(copy))) == state), path)
    next(one for one in (path / "archive").iterdir() if gone in one.name and not one.name.endswith(OPEN)).unlink()
    left = sorted(one.name for one in (path / "archive").iterdir())
    with pytest.raises(Damaged, match=r"newsclip\.compact"):
        mended(path)
    assert sorted(one.name for one in (path / "archive").iterdir()) == left


_FILE = '{"stem":"%s","sizes":[1,1]}'
_JOURNAL = '{"run":"r","into":%s,"replaces":[%s]}'


@pytest.mark.parametrize(
    "journal",
    ["", "{}", _JOURNAL % (_FILE % "a", _FILE % "../../b"), _JOURNAL % (_FILE % "a", _FILE % "a")],
    ids=["empty", "bare", "leads-out", "replaces-itself"],
)
def test_a_journal_that_is_none(killed: Killed, tmp_path: Path, journal: str) -> None:
    """A journal that cannot be read, or would have other files removed, stops whoever would mend, and is kept."""
    path = tmp_path / "c"
    shutil.copytree(killed.source, path)
    (path / "newsclip.compact").write_text(journal)
    said = run(path, "mend")
    assert said.status == 7
    assert "newsclip.compact cannot be read" in said.err
    assert (path / "newsclip.compact").read_text() == journal


def test_random_kills(tmp_path: Path, newsclip: Newsclip, clean_environment: dict[str, str]) -> None:
    """A compaction of 120 files that is killed at random moments, and again while it mends, loses nothing."""
    source = random.Random(SEED)
    path = tmp_path / "collection"
    for number in range(60):
        body = source.randbytes(20_000)
        store(path, page(f"https://news.example/{number}", response(body), seconds=number, said=article(f"{number}.")))
    before = content(path), records(path), cdxj(path)

    def killed_after(copy: Path, seconds: float) -> bool:
        command = [sys.executable, "-m", "crawler", "-C", str(copy), "compact"]
        with subprocess.Popen(
            command, cwd=tmp_path, env=clean_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.kill()
        return process.returncode == -signal.SIGKILL

    shutil.copytree(path, tmp_path / "whole")
    started = time.monotonic()
    assert not killed_after(tmp_path / "whole", 60)
    took = time.monotonic() - started
    kills = 0
    for number in range(RANDOM_COPIES):
        copy = tmp_path / str(number)
        shutil.copytree(path, copy)
        for _ in range(2):
            kills += killed_after(copy, source.uniform(took / 4, took))
            assert content(copy) == before[0]
        assert newsclip("-C", copy, "compact").status == 0
        assert (content(copy), records(copy), cdxj(copy)) == before
        assert newsclip("-C", copy, "verify").status == 0
        shutil.rmtree(copy)
    assert kills >= RANDOM_COPIES // 2
