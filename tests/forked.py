"""Running `newsclip` without starting Python each time: a process that has imported the program forks for each run.

    Forks (in pytest) ─▶ server: imports once ─▶ keeper: waits, tells the status ─▶ the run: a process like any other
                                                                                     └─▶ the server of its workers

Python's start and the imports of Scrapy and the extractor take three quarters of a short run, and the tests make
hundreds of them. What runs is the same `main` in a process, session, environment and folder of its own, on streams of
its own, to the end of its interpreter; the programs that multiprocessing starts beside it (util.spawnv_passfds) are
forks with only the descriptors that they are given. What happens before `main`, and how the server of workers comes to
its imports, is for the tests that start `python -m crawler` themselves: those of interrupts, hostile pages, schedules.

A request is one byte with four descriptors: standard input, output and error, and a socket on which the keeper gets
`{"arguments": […], "folder": …, "environment": {…}}` as a line, and answers with two lines: process number, status.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from multiprocessing import util
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Streams = tuple[IO[bytes], IO[bytes], IO[bytes]]
"""What a run reads, what it says, and what it complains of."""

_ERRORS, _MOST_DESCRIPTORS = 2, 4096
_ROOT = Path(__file__).resolve().parent.parent
_IMPORTED = ("crawler.__main__", "crawler.cli", "crawler.save_command", "crawler.crawl_command", "crawler.rejudge")


class Running:
    """A run under way: its process number, also that of its session and process group."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._lines = channel.makefile("r", encoding="utf-8")
        self.pid = int(self._lines.readline())

    def kill(self) -> None:
        """Kill the run with SIGKILL, as the system would when memory runs out: its workers are not told."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Return the exit status, negative for a signal."""
        with self._channel, self._lines:
            return int(self._lines.readline())


class Forks:
    """The server, which starts with the first run and ends with whoever started it."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None

    def run(
        self,
        arguments: Sequence[str],
        streams: Streams,
        folder: Path,
        environment: Mapping[str, str],
        deadline: float,
    ) -> int:
        """Run the program, kill it and its children after `deadline` seconds, and return its exit status."""
        process = self.start(arguments, streams, folder, environment)
        timer = Timer(deadline, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        try:
            return process.wait()
        finally:
            timer.cancel()

    def start(
        self, arguments: Sequence[str], streams: Streams, folder: Path, environment: Mapping[str, str]
    ) -> Running:
        """Begin to run the program."""
        asked = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
        ours, theirs = socket.socketpair()
        with theirs:
            given = [*(stream.fileno() for stream in streams), theirs.fileno()]
            socket.send_fds(self._server(environment), [b"!"], given)
        ours.sendall(json.dumps(asked).encode() + b"\n")
        return Running(ours)

    def _server(self, environment: Mapping[str, str]) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                command = [sys.executable, "-m", "tests.forked", str(theirs.fileno())]
                self._process = subprocess.Popen(
                    command,
                    cwd=_ROOT,
                    env=dict(environment),
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                )
        return self._control

    def close(self) -> None:
        """End the server."""
        if self._control is not None:
            self._control.close()
            self._process.wait()


def _serve(control: socket.socket) -> int:
    """Fork for each request; return the status of a run in its process, and 0 in the server, at its end."""
    for name in (*_IMPORTED, *import_module("crawler.workers").PRELOAD):
        import_module(name)
    vars(util)["spawnv_passfds"] = _fork_with
    gc.freeze()  # what is imported is no garbage; looking for it at the end of each run would take 0.1 s
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, given, _, _ = socket.recv_fds(control, 1, 4)
        if not given:
            return 0
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _keep(given[:3], socket.socket(fileno=given[3]))
        for descriptor in given:
            os.close(descriptor)


def _keep(streams: Sequence[int], channel: socket.socket) -> int:
    """Fork once more, wait and tell the status; return what the program returns, in its process."""
    with channel, channel.makefile("rw", encoding="utf-8") as lines:
        asked = json.loads(lines.readline())
        process = os.fork()
        if process:
            for descriptor in streams:
                os.close(descriptor)
            with suppress(BrokenPipeError):  # the test was given up
                _tell(lines, process)
                _tell(lines, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
            os._exit(0)
        os.setsid()
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(_ERRORS, "w", buffering=1, errors="backslashreplace", closefd=False)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    # Where the program's own workers look for what they must import.
    program = sys.modules["__main__"] = sys.modules["crawler.__main__"]
    sys.argv = [str(program.__file__), *asked["arguments"]]
    status: int = program.main()
    return status


def _fork_with(_program: str, arguments: Sequence[str], descriptors: Iterable[int]) -> int:
    """Run what follows `-c` in a fork that has these descriptors and the streams, and return its number."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        for kept, following in pairwise(sorted({_ERRORS, *descriptors, _MOST_DESCRIPTORS})):
            os.closerange(kept + 1, following)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        exec(arguments[list(arguments).index("-c") + 1], {"__name__": "__main__"})
        status = 0
    except Exception:  # noqa: BLE001 - nobody else would hear of it
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _tell(lines: IO[str], number: int) -> None:
    lines.write(f"{number}\n")
    lines.flush()


if __name__ == "__main__":
    sys.exit(_serve(socket.socket(fileno=int(sys.argv[1]))))
