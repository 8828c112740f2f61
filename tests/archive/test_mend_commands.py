"""mend and reindex as commands: what they say and give; what they do is tested with the library."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.damaged.ways import bit_flipped_in_a_member, file_unknown, originals
from tests.shelf import build, run

_DIE = """
import os, signal, sys
from pathlib import Path
from archive.options import StoreOptions
from archive.writer import Writer
from tests.shelf import findings
writer = Writer.open(Path(sys.argv[1]), StoreOptions(), "save")
writer.add_targets(["https://news.example/one"])
writer.intake_complete()
for finding in findings():
    writer.put(finding).result()
writer.lease(1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_mend_says_what_it_put_right(tmp_path: Path) -> None:
    """After a kill, mend closes the files, cuts what is torn, gives back what was under way, and says so."""
    dead = subprocess.run([sys.executable, "-c", _DIE, str(tmp_path)], check=False, cwd=Path(__file__).parents[2])
    assert dead.returncode == -signal.SIGKILL
    (left,) = (one for one in (tmp_path / "archive").iterdir() if not one.name.endswith("-text.warc.gz.open"))
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    assert "1 of 1 addresses left" in run(tmp_path, "status").out
    said = run(tmp_path, "mend")
    assert said.status == 0
    assert "closing 2 WARC files" in said.out
    assert "8 bytes of half-written records" in said.out
    assert run(tmp_path, "verify").status == 0
    assert run(tmp_path, "mend").out == "There was nothing to mend.\n"
    again = json.loads(run(tmp_path, "--json", "mend").out)
    assert set(again.values()) == {0}


def test_reindex_says_what_it_found(tmp_path: Path) -> None:
    """Reindexing counts captures, texts and files, and takes in files that somebody put there."""
    build(tmp_path)
    for file in tmp_path.glob("newsclip.sqlite*"):
        file.unlink()
    said = run(tmp_path, "--json", "reindex")
    found = json.loads(said.out)
    assert (said.status, found["files"], found["captures"], found["damaged"]) == (0, 2, 12, [])
    assert originals(tmp_path).name in said.err
    assert run(tmp_path, "reindex", quiet=True).err == ""
    file_unknown(tmp_path)
    assert "12 captures" in run(tmp_path, "reindex").out


def test_reindex_of_a_damaged_file_has_its_status(tmp_path: Path) -> None:
    """A file that cannot be read to its end is named, what came before is indexed, and the status is 7."""
    build(tmp_path)
    bit_flipped_in_a_member(tmp_path)
    said = run(tmp_path, "reindex")
    assert said.status == 7
    assert f"{originals(tmp_path).name} is damaged at offset" in said.out
    assert run(tmp_path, "show", "news.example/harbour", "--at", "2026-11-01").status == 0


def test_a_collection_being_written_is_neither_mended_nor_reindexed(tmp_path: Path) -> None:
    """While another process writes, mend and reindex give status 75 and say which process has it."""
    build(tmp_path, [])
    script = (
        "import sys; from pathlib import Path; from archive.collection import Collection;"
        "from archive.lock import take_lock; lock = take_lock(Collection(Path(sys.argv[1])));"
        "print('locked', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"locked\n"
        for command in ("mend", "reindex"):
            said = run(tmp_path, command)
            assert said.status == 75
            assert f"process {holder.pid}" in said.err
    finally:
        holder.stdin.close()
        holder.wait()
        holder.stdout.close()
    assert run(tmp_path, "mend").status == 0
