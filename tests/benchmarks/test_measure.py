"""What benchmarks measure with: a run's cost, and the server of real pages."""

from __future__ import annotations

import gzip
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

from benchmarks.measure import PYTHON, ROOT, require, run, size_of
from benchmarks.static_server import chosen_pages

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_is_measured(tmp_path: Path) -> None:
    """A run has its status, its output, and memory at least as large as what it held."""
    done = run([PYTHON, "-c", "import sys; a = bytes(range(256)) * 400_000; print('out'); sys.exit(3)"], tmp_path)
    assert (done.status, done.out, done.err) == (3, "out\n", "")
    assert done.peak_all >= done.peak_main > 100_000_000
    assert done.cpu > 0


def test_a_failed_run_stops_the_benchmark(tmp_path: Path) -> None:
    """A command that ends with another status than expected ends the benchmark with what it said."""
    with pytest.raises(SystemExit, match="went wrong"):
        require(run([PYTHON, "-c", "raise SystemExit('it went wrong')"], tmp_path), 0)


def test_sizes(tmp_path: Path) -> None:
    """The size of a folder is that of all files in it, or of those that are asked for."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.warc.gz").write_bytes(b"12345")
    (tmp_path / "b").write_bytes(b"123")
    assert (size_of(tmp_path), size_of(tmp_path, "**/*.warc.gz")) == (8, 5)


def test_the_static_server_sends_pages_as_asked_for(tmp_path: Path) -> None:
    """The server sends each page as it is, and in gzip only to who accepts that."""
    folder = tmp_path / "text" / "data" / "set" / "pages"
    folder.mkdir(parents=True)
    pages = {name: f"<p>{name}</p>".encode() * 50 for name in ("a", "b", "c")}
    for name, page in pages.items():
        (folder / f"{name}.html.gz").write_bytes(gzip.compress(page))
    wanted = [pages[path.name[0]] for path in chosen_pages(tmp_path, 2)]
    command = [sys.executable, "-m", "benchmarks.static_server", str(tmp_path), "--pages", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base, count = server.stdout.readline().split()
        assert count == "2"
        for number, page in enumerate(wanted):
            with urllib.request.urlopen(f"{base}/p/{number}", timeout=30) as response:
                assert response.read() == page
            asked = urllib.request.Request(f"{base}/p/{number}", headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(asked, timeout=30) as response:
                assert gzip.decompress(response.read()) == page
