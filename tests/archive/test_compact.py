"""Compacting: fewer files, and in them the same records to the byte, found by the same rows of the same index."""

from __future__ import annotations

import json
import resource
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.collection import Collection
from archive.compact import Compacted, compact
from archive.errors import Damaged
from archive.merge_plan import Limits
from archive.model import Liveness, Processed, Verdict
from archive.options import StoreOptions
from archive.reading import records_of
from archive.reindex import reindex
from archive.schema import connect_to_read
from archive.verify import Checked, verify
from archive.warc_files import fresh_names
from archive.writer import Writer
from tests import warcs
from tests.archive.compacted import cdxj, content, faults, records
from tests.archive.findings import FINDINGS, OPTIONS, article, page, response, store
from tests.archive.test_reindex import FOREIGN, quietly, tables
from tests.pywb_server import replayed
from tests.shelf import run

if TYPE_CHECKING:
    from archive.model import Finding

ROOT = Path(__file__).resolve().parents[2]
SMALL = Limits(below=100_000, roll=1_000_000_000)
_NUMBERS = count()


def merge(path: Path, limits: Limits = SMALL) -> tuple[Compacted, list[str]]:
    """Compact a collection, and return what was done and what was said."""
    done, said = Compacted(), list[str]()
    compact(path, limits, done, said.append)
    return done, said


def originals(path: Path) -> list[Path]:
    """Return the files of originals, in the order of their names."""
    return sorted(one for one in (path / "archive").iterdir() if not one.name.endswith("-text.warc.gz"))


def several(path: Path, runs: int, size: int = 10) -> None:
    """Write a collection of that many runs, of one page each; a text of so many letters that do not compress."""
    for number in range(runs):
        url = f"https://news.example/{number}"
        body = b"".join(b"%x" % hash((number, letter)) for letter in range(size // 16 + 1))
        store(path, page(url, response(body), seconds=number, said=article(f"Text {number}.")))


@settings(max_examples=20, deadline=None)
@given(runs=st.lists(st.lists(FINDINGS, min_size=1, max_size=4), min_size=2, max_size=4))
def test_nothing_but_places_changes(tmp_path_factory: pytest.TempPathFactory, runs: list[list[Finding]]) -> None:
    """Whatever was written: one pair is left; captures, texts, articles, CDXJ, records and a reindex stay the same."""
    path = tmp_path_factory.mktemp("any") / str(next(_NUMBERS))
    for findings in runs:
        store(path, *findings)
    before = content(path), cdxj(path), records(path)
    done, _ = merge(path)
    assert (done.files_before, done.files_after) == (2 * len(runs), 2)
    assert len(originals(path)) == 1
    assert (content(path), cdxj(path), records(path)) == before
    assert faults(path) == []
    indexed = tables(path)
    assert reindex(path, quietly).damaged == []
    assert tables(path) == indexed
    assert cdxj(path) == before[1]


def test_each_file_is_a_part_of_the_new_one(tmp_path: Path) -> None:
    """Every old file stands in the new one whole, in order, behind one warcinfo record that names them all."""
    several(tmp_path, 3)
    names = [one.name for one in originals(tmp_path)]
    parts = [one.read_bytes() for one in originals(tmp_path)]
    done, said = merge(tmp_path)
    [new] = originals(tmp_path)
    first = next(records_of(new))
    data = new.read_bytes()
    assert data[first.length :] == b"".join(parts)
    assert first.type == "warcinfo"
    assert first.header("WARC-Filename") == new.name
    lines = first.block.decode().splitlines()
    assert [line.removeprefix("replaces: ") for line in lines if line.startswith("replaces: ")] == names
    assert f"isPartOf: {tables(tmp_path)['runs'][-1][0]}" in lines
    assert done.bytes_after == sum(one.stat().st_size for one in (tmp_path / "archive").iterdir())
    assert said == [f"merging 3 pairs, {done.bytes_before:,} bytes, into {new.name}"]


def test_readers_that_are_not_ours(tmp_path: Path) -> None:
    """In a merged file warcio finds nothing wrong, and cdxj-indexer the places that our CDXJ names."""
    several(tmp_path, 3)
    merge(tmp_path)
    assert warcs.check(tmp_path) == (0, "")
    [new] = originals(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "cdxj_indexer.main", "--sort", str(new)], capture_output=True, text=True, check=True
    )
    theirs = [json.loads(line.split(" ", 2)[2]) for line in done.stdout.splitlines()]
    [file] = (tmp_path / "indexes").glob("*.cdxj")
    ours = [json.loads(line.split(" ", 2)[2]) for line in file.read_text().splitlines()]
    places = ("url", "filename", "offset", "length")
    assert [[one[name] for name in places] for one in ours] == [[one[name] for name in places] for one in theirs]
    assert len(ours) == 3


def test_a_page_that_was_judged_again(tmp_path: Path) -> None:
    """What a revisit took from a page before a later run judged that page anew stays, also when all is one file."""
    [first] = store(tmp_path, page(said=article("Said before.")))
    store(tmp_path, page(seconds=60, said=article("Said before.")))
    writer = Writer.open(tmp_path, OPTIONS, "judge")
    writer.judge(first, Processed(Verdict(Liveness.SOFT_404, "It is gone.", 0.9), None)).result(10)
    writer.close("done")
    before = content(tmp_path)
    assert [one[2] for one in before["captures"]] == [None, b"Said before."]
    merge(tmp_path)
    assert (content(tmp_path), faults(tmp_path)) == (before, [])
    reindex(tmp_path, quietly)
    assert (content(tmp_path), faults(tmp_path)) == (before, [])


def test_only_neighbours_are_merged(tmp_path: Path) -> None:
    """A large file stays where it is, between what was merged before it and behind it, so that a reindex keeps ids."""
    several(tmp_path, 2)
    [large] = store(tmp_path, page("https://news.example/large", response(bytes(range(256)) * 4000)))
    several(tmp_path, 3)
    before = content(tmp_path)
    done, _ = merge(tmp_path, Limits((tmp_path / "archive" / large.response.warc).stat().st_size, SMALL.roll))
    assert (done.files_before, done.files_after) == (10, 4)
    assert [one.name == large.response.warc for one in originals(tmp_path)] == [False, True, False]
    assert content(tmp_path) == before
    reindex(tmp_path, quietly)
    assert content(tmp_path) == before


def test_files_do_not_grow_beyond_the_size_at_which_they_roll(tmp_path: Path) -> None:
    """Five pairs, of which two fit into a file, become two pairs, and the last is left as it is."""
    several(tmp_path, 5, size=4000)
    size = max(one.stat().st_size for one in originals(tmp_path))
    last = originals(tmp_path)[-1].name
    done, _ = merge(tmp_path, Limits(below=100_000, roll=size * 2 + size // 2))
    assert (done.files_before, done.files_after) == (8, 4)
    assert len(originals(tmp_path)) == 3
    assert originals(tmp_path)[-1].name == last
    assert merge(tmp_path, Limits(below=100_000, roll=size * 2 + size // 2))[0] == Compacted()
    assert faults(tmp_path) == []


def test_what_was_merged_before_is_merged_again(tmp_path: Path) -> None:
    """New small files join a merged one as long as that is small, under a fresh name that sorts where it was."""
    several(tmp_path, 2)
    merge(tmp_path)
    several(tmp_path, 2)
    before = content(tmp_path)
    [first, *_] = originals(tmp_path)
    assert merge(tmp_path)[0].files_before == 6
    [second] = originals(tmp_path)
    assert second.name == first.name.replace("-merged1.", "-merged2.")
    assert (content(tmp_path), faults(tmp_path)) == (before, [])
    reindex(tmp_path, quietly)
    assert content(tmp_path) == before


def test_names_that_were_given_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a clock that stands still, later runs get the names of files that were merged; their parts stay apart."""
    moment = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    monkeypatch.setattr("archive.writer.fresh_names", lambda folder: fresh_names(folder, moment))
    several(tmp_path, 2)
    names = [one.name for one in originals(tmp_path)]
    merge(tmp_path)
    several(tmp_path, 2)
    assert [one.name for one in originals(tmp_path)][1:] == names
    before = content(tmp_path)
    merge(tmp_path)
    assert (content(tmp_path), faults(tmp_path)) == (before, [])
    reindex(tmp_path, quietly)
    assert content(tmp_path) == before


@pytest.mark.parametrize("kind", ["", "-text"])
@pytest.mark.parametrize("harm", ["torn", "flipped", "gone", "renamed"])
def test_what_is_not_as_it_should_be_stays(tmp_path: Path, harm: str, kind: str) -> None:
    """A pair with damage is named and left to the byte, and nothing is merged across it."""
    several(tmp_path, 5)
    stem = originals(tmp_path)[2].name.removesuffix(".warc.gz")
    file = tmp_path / "archive" / f"{stem}{kind}.warc.gz"
    data = bytearray(file.read_bytes())
    if harm == "torn":
        file.write_bytes(data[:-20])
    elif harm == "flipped":
        data[-5] ^= 1
        file.write_bytes(data)
    elif harm == "gone":
        file.unlink()
    else:
        other = originals(tmp_path)[1].name.removesuffix(".warc.gz")
        shutil.copy(tmp_path / "archive" / f"{other}{kind}.warc.gz", file)
    left = file.read_bytes() if file.exists() else None
    done, said = merge(tmp_path)
    assert (done.files_before, done.files_after) == (8, 4)
    assert any(file.name in line and "left as it is" in line for line in said)
    assert (file.read_bytes() if file.exists() else None) == left


def test_files_of_other_tools_stay(tmp_path: Path) -> None:
    """A foreign WARC file is neither merged nor merged across."""
    several(tmp_path, 2)
    first, _ = originals(tmp_path)
    foreign = first.with_name(first.name.replace(".warc.gz", ".1.warc"))
    foreign.write_bytes(b"".join(FOREIGN))
    reindex(tmp_path, quietly)
    assert merge(tmp_path)[0] == Compacted()
    assert first.exists()
    assert foreign.exists()


def test_no_name_between_its_neighbours(tmp_path: Path) -> None:
    """Where no name would sort between those of the neighbours, files stay as they are, for the order of captures."""
    several(tmp_path, 2)
    first, _ = originals(tmp_path)
    first.with_name(first.name.replace(".warc.gz", "-of-another-machine.warc")).write_bytes(b"".join(FOREIGN))
    reindex(tmp_path, quietly)
    before = content(tmp_path)
    assert merge(tmp_path)[0] == Compacted()
    assert content(tmp_path) == before


def test_verify_looks_on(tmp_path: Path) -> None:
    """A verification during which everything is merged finds no fault, whichever record it has come to by then."""
    several(tmp_path / "c", 3)
    collection = Collection(tmp_path / "c")
    for moment in range(1, 12):
        path = tmp_path / str(moment)
        shutil.copytree(collection.path, path)
        checked = Checked()

        def merge_then(so_far: Checked, path: Path = path, moment: int = moment) -> None:
            if so_far.records == moment:
                merge(path)

        with closing(connect_to_read(Collection(path))) as connection:
            assert list(verify(Collection(path), connection, checked, merge_then)) == []
        assert len(originals(path)) == 1


def test_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while files are copied leaves everything as it was; `status` tells that the run was stopped."""
    several(tmp_path, 3)
    before, kept = content(tmp_path), snapshot(tmp_path)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfileobj", interrupted)
    with pytest.raises(KeyboardInterrupt):
        merge(tmp_path)
    assert (content(tmp_path), snapshot(tmp_path)) == (before, kept)
    assert "compact: stopped" in run(tmp_path, "status").out


def test_pywb_replays_what_was_merged(tmp_path: Path) -> None:
    """A page of the second of two merged files is replayed by pywb, and listed once."""
    path = tmp_path / "collection"
    several(path, 2)
    merge(path)
    with replayed(path, tmp_path) as port:
        base = f"http://127.0.0.1:{port}/news"
        with urllib.request.urlopen(f"{base}/cdx?url=news.example/1&output=json", timeout=30) as listed:
            found = [json.loads(line) for line in listed.read().splitlines()]
        assert [one["filename"] for one in found] == [originals(path)[0].name]
        with urllib.request.urlopen(f"{base}/{found[0]['timestamp']}id_/https://news.example/1", timeout=30) as replay:
            body = replay.read()
    [record] = (one for one in warcs.records(path) if one.uri == "https://news.example/1" and one.type == "response")
    assert record.block.endswith(b"\r\n\r\n" + body)


def snapshot(path: Path) -> dict[str, bytes]:
    """Return every file of a collection but the index, which has a run more, and the lock."""
    return {
        str(one.relative_to(path)): one.read_bytes()
        for one in path.rglob("*")
        if one.is_file() and not one.name.startswith(("newsclip.sqlite", "newsclip.lock"))
    }


def test_too_little_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With less free disk than the new files need, nothing is begun; status 6, and the message has the numbers."""
    several(tmp_path, 3)
    before, kept = content(tmp_path), snapshot(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1234, 1234))
    said = run(tmp_path, "compact")
    assert said.status == 6
    assert "1,234 bytes of free disk" in said.err
    assert (content(tmp_path), snapshot(tmp_path)) == (before, kept)


def _bounded() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_a_disk_that_fills_up(tmp_path: Path, clean_environment: dict[str, str]) -> None:
    """A write that fails midway ends with status 6, and the collection is as it was; a file size limit stands in."""
    several(tmp_path / "c", 30, size=16_000)
    before, kept = content(tmp_path / "c"), snapshot(tmp_path / "c")
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "-C", str(tmp_path / "c"), "compact"],
        cwd=tmp_path,
        env=clean_environment,
        preexec_fn=_bounded,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 6, done.stderr
    assert "cannot grow" in done.stderr
    assert "Traceback" not in done.stderr
    assert (content(tmp_path / "c"), snapshot(tmp_path / "c")) == (before, kept)
    assert faults(tmp_path / "c") == []


def test_what_was_written_wrongly_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives back other bytes than it was given ends with status 7, and the small files are as they were."""
    several(tmp_path, 3)
    before, kept = content(tmp_path), snapshot(tmp_path)
    copy = shutil.copyfileobj

    def copy_wrongly(source: object, target: object, length: int = 0) -> None:
        copy(source, target, length)  # type: ignore[arg-type]
        target.seek(-1, 1)  # type: ignore[attr-defined]
        target.write(b"\xff")  # type: ignore[attr-defined]

    monkeypatch.setattr(shutil, "copyfileobj", copy_wrongly)
    with pytest.raises(Damaged, match="see to the disk"):
        merge(tmp_path)
    assert (content(tmp_path), snapshot(tmp_path)) == (before, kept)


def test_the_command(tmp_path: Path) -> None:
    """A dry run changes nothing and says what compact then does; afterwards there is nothing to merge, status 0."""
    several(tmp_path, 3)
    kept = snapshot(tmp_path)
    planned = json.loads(run(tmp_path, "--json", "compact", "--dry-run").out)
    assert (planned["files_before"], planned["files_after"], planned["dry_run"]) == (6, 2, True)
    assert snapshot(tmp_path) == kept
    assert run(tmp_path, "compact", "--below", "10 B").out == "There was nothing to merge.\n"
    said = run(tmp_path, "compact", quiet=True)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"6 WARC files became 2; {planned['bytes_before']:,} bytes became ")
    again = run(tmp_path, "compact")
    assert (again.status, again.out, again.err) == (0, "There was nothing to merge.\n", "")
    assert "compact: done (6 merged)" in run(tmp_path, "status").out


def test_what_cannot_be_asked_for(tmp_path: Path) -> None:
    """A size that is none, and a collection that is not there, have status 2."""
    assert run(tmp_path, "compact").status == 2
    several(tmp_path, 1)
    said = run(tmp_path, "compact", "--below", "much")
    assert said.status == 2
    assert "'much' is not a size" in said.err


def test_beside_a_writer(tmp_path: Path) -> None:
    """While another process writes, compact has status 75 and touches nothing, and a dry run looks all the same."""
    several(tmp_path, 2)
    writer = Writer.open(tmp_path, StoreOptions(), "test")
    try:
        assert run(tmp_path, "compact").status == 75
        assert "4 WARC files would become 2" in run(tmp_path, "compact", "--dry-run").out
        assert len(originals(tmp_path)) == 2
    finally:
        writer.close("done")
