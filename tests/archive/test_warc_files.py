"""WARC files being written: places are exact, nothing is overwritten, and what cannot be written leaves no trace."""

from __future__ import annotations

import resource
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.collection import OPEN, TEXT_SUFFIX
from archive.disk import explained
from archive.errors import DiskFull, NotWritable
from archive.reading import records_of
from archive.records import Record, make
from archive.torn import whole_until
from archive.warc_files import WarcFile, fresh_names, open_file
from tests.archive.findings import WHEN

ROOT = Path(__file__).resolve().parents[2]
FIELDS = [("software", "test")]


def record(block: bytes) -> Record:
    """Return a record with this block."""
    return make("metadata", WHEN, [], "text/plain", block)


def test_places_are_exact(tmp_path: Path) -> None:
    """Each record is found again at the offset and length that appending it returned."""
    file = open_file(tmp_path, "a.warc.gz", FIELDS)
    made = [record(b"x" * size) for size in (0, 1, 100_000)]
    refs = [*file.append(made[:2]), *file.append(made[2:])]
    file.sync()
    file.close()
    data = (tmp_path / "a.warc.gz").read_bytes()
    assert [data[ref.offset : ref.offset + ref.length] for ref in refs] == [one.member for one in made]
    found = list(records_of(tmp_path / "a.warc.gz"))
    assert [(one.offset, one.length, one.record_id) for one in found[1:]] == [
        (ref.offset, ref.length, ref.record_id) for ref in refs
    ]
    assert sum(one.length for one in found) == len(data) == file.size


def test_the_ending_goes_when_the_file_is_closed(tmp_path: Path) -> None:
    """A file is called .open until it is closed, and never after."""
    file = open_file(tmp_path, "a.warc.gz", FIELDS)
    assert [path.name for path in tmp_path.iterdir()] == [f"a.warc.gz{OPEN}"]
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.warc.gz"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there is not opened for writing."""
    open_file(tmp_path, "a.warc.gz", FIELDS)
    with pytest.raises(NotWritable, match="exists"):
        open_file(tmp_path, "a.warc.gz", FIELDS)


@pytest.mark.parametrize("taken", ["", OPEN])
@pytest.mark.parametrize("which", [0, 1])
def test_fresh_names(tmp_path: Path, taken: str, which: int) -> None:
    """A name is fresh when neither file of the pair is there, open or closed."""
    now = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    first = fresh_names(tmp_path, now)
    assert first[0].startswith("newsclip-20261124T010203Z-00001-")
    assert first[1] == first[0].replace(".warc.gz", "-text.warc.gz")
    (tmp_path / f"{first[which]}{taken}").touch()
    assert fresh_names(tmp_path, now)[0] == first[0].replace("-00001-", "-00002-")


def test_a_machine_with_an_unlucky_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Originals never have the ending of text files, though the machine's name may; that name is the seam."""
    monkeypatch.setattr(socket, "gethostname", lambda: "full-text")
    originals, texts = fresh_names(tmp_path)
    assert not originals.endswith(TEXT_SUFFIX)
    assert texts == originals.replace(".warc.gz", TEXT_SUFFIX)


LIMITED = """
import sys
from pathlib import Path
from archive.errors import DiskFull
from archive.warc_files import open_file
from tests.archive.test_warc_files import record
import os
file = open_file(Path(sys.argv[1]), "a.warc.gz", [])
kept = 0
try:
    while True:
        file.append([record(os.urandom(3000)), record(os.urandom(3000))])
        kept += 2
except DiskFull as error:
    print(kept, file.size)
    print(error, file=sys.stderr)
"""


def _bounded() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))


def test_a_full_disk(tmp_path: Path) -> None:
    """A write that fails in the middle is undone: the file ends with the last group, and the message says what to do.

    A file size limit stands in for a full disk: the kernel writes what fits and then refuses, as it does on ENOSPC.
    """
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        cwd=ROOT,
        preexec_fn=_bounded,
        capture_output=True,
        text=True,
        check=True,
    )
    kept, size = map(int, done.stdout.split())
    path = tmp_path / f"a.warc.gz{OPEN}"
    assert path.stat().st_size == size == whole_until(path)
    assert len(list(records_of(path))) == kept + 1
    assert "free some space" in done.stderr


@pytest.mark.parametrize(("number", "expected"), [(28, DiskFull), (122, DiskFull), (27, DiskFull), (30, NotWritable)])
def test_errors_of_the_file_system(number: int, expected: type[Exception]) -> None:
    """No space, a spent quota and a size limit are full disks; a read-only file system is not."""
    error = explained(OSError(number, "what happened"), Path("a.warc.gz"))
    assert type(error) is expected
    assert "a.warc.gz" in str(error)
    assert "what happened" in str(error)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be made is named."""
    with pytest.raises(NotWritable, match="nowhere"):
        WarcFile(tmp_path / "nowhere", "a.warc.gz", record(b""))
