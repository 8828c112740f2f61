"""Running a command and measuring it: wall time, processor time, and memory, of it and of all it starts.

Memory is sampled from /proc every tenth of a second where there is one (Linux); elsewhere only the peak of the
command's own process is known. Pages that processes share are counted in each, so the sum is an upper bound.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
NEWSCLIP = (PYTHON, "-m", "crawler")
LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "8", "--robots", "ignore")
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_SAMPLE = 0.1
_PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command cost: seconds of wall and processor, bytes of memory, its status and output."""

    wall: float
    cpu: float
    peak_main: int
    peak_all: int
    status: int
    out: str
    err: str


def run(command: Sequence[str | Path], folder: Path, *, core: int | None = None) -> Run:
    """Run a command in a folder, on one core if that is asked for, and return what it cost.

    `cpu` counts children only when the command waits for them, as every shell's `time` does.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCLIP_", "PYTHON"))}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    with (folder / "stdout").open("w+b") as out, (folder / "stderr").open("w+b") as err:
        started = time.monotonic()
        process = subprocess.Popen(
            [*pinned, *map(str, command)],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        watch = _MemoryWatch(process.pid)
        watch.start()
        _, waited, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(waited)
        for stream in (out, err):
            stream.seek(0)
        return Run(
            wall=wall,
            cpu=usage.ru_utime + usage.ru_stime,
            peak_main=usage.ru_maxrss * _MAXRSS_UNIT,
            peak_all=max(watch.peak, usage.ru_maxrss * _MAXRSS_UNIT),
            status=process.returncode,
            out=out.read().decode(errors="replace"),
            err=err.read().decode(errors="replace"),
        )


class _MemoryWatch(threading.Thread):
    """Samples the resident memory of every process of a session."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._session = session
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_SAMPLE):
            self.peak = max(self.peak, _resident(self._session))

    def stop(self) -> None:
        """End the sampling."""
        self._over.set()
        self.join()


def _resident(session: int) -> int:
    """Return the bytes of memory that the processes of a session hold (proc(5): stat field 6, statm field 2)."""
    pages = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(") ")[2].split()[3]) == session:
                pages += int((entry / "statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            continue
    return pages * _PAGE


def size_of(folder: Path, pattern: str = "**/*") -> int:
    """Return the bytes of the files below a folder whose names fit a pattern."""
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def megabytes(count: float) -> str:
    """Return a number of bytes in megabytes."""
    return f"{count / 1e6:,.1f} MB"


def require(done: Run, *statuses: int) -> Run:
    """Return a run that ended as it should.

    Raises:
        SystemExit: it did not; the message holds the end of what it said.

    """
    if done.status not in statuses:
        raise SystemExit(f"A measured command ended with status {done.status}:\n{done.err[-2000:]}")
    return done
