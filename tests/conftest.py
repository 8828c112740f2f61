"""What tests share: the misbehaving newspaper, a path for a collection, and the program run as a real process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from threading import Timer
from typing import IO, TYPE_CHECKING, Any, Protocol

import pytest

from tests.forked import Forks, Streams
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
_MEASURED = ROOT / "tests" / "measured.py"
_DEADLINE = 120
_SETTINGS = ("NEWSCLIP_", "XDG_", "SCRAPY_", "PYTHON")
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes on macOS, kilobytes elsewhere


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind: exit status, standard output, standard error, and peak memory in bytes.

    The memory is that of its largest process that was waited for, and 0 where it was not to be measured.
    """

    status: int
    out: str
    err: str
    peak: int

    def answers(self) -> list[dict[str, Any]]:
        """Return standard output as `--json` wrote it: one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Newsclip(Protocol):
    """Runs `newsclip` with arguments, as a user would, and waits for it."""

    def __call__(
        self, *arguments: str | Path, stdin: str = "", deadline: float = _DEADLINE, measured: bool = False
    ) -> Ran:
        """Run it; `deadline` is in seconds, and `measured` says whether its memory is wanted."""


@pytest.fixture
def site() -> Iterator[Newspaper]:
    """Serve the misbehaving newspaper for one test, with a log of its own."""
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture(scope="module")
def town() -> Iterator[Newspaper]:
    """Serve the newspaper of which several tests of a module share collections."""
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture
def another_site() -> Iterator[Callable[[], Newspaper]]:
    """Return what serves one more newspaper, on a port of its own: another host."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Newspaper())


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Name a folder that does not exist yet, for a collection."""
    return tmp_path / "collection"


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment without the developer's settings: a home of its own, and nothing of NEWSCLIP_ or PYTHON."""
    return environment_of(tmp_path)


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Return what runs the program without starting Python each time."""
    server = Forks()
    yield server
    server.close()


@pytest.fixture
def newsclip(tmp_path: Path, clean_environment: dict[str, str], forks: Forks) -> Newsclip:
    """Return a function that runs the program in an empty working folder and a clean environment."""
    return newsclip_in(tmp_path, clean_environment, forks)


def environment_of(folder: Path) -> dict[str, str]:
    """Return `clean_environment` with its home in a folder."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def newsclip_in(parent: Path, environment: dict[str, str], forks: Forks) -> Newsclip:
    """Return what `newsclip` does, for fixtures that several tests share; the working folder is made in `parent`."""
    folder = parent / "work"
    folder.mkdir(exist_ok=True)

    def run(*arguments: str | Path, stdin: str = "", deadline: float = _DEADLINE, measured: bool = False) -> Ran:
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin.encode())
            given.seek(0)
            words, streams = [str(argument) for argument in arguments], (given, out, err)
            if measured:
                status, peak = _measured(words, streams, folder, environment, deadline)
            else:
                status, peak = forks.run(words, streams, folder, environment, deadline), 0
            return Ran(status, _text(out), _text(err), peak)

    return run


def _measured(
    arguments: list[str], streams: Streams, folder: Path, environment: dict[str, str], deadline: float
) -> tuple[int, int]:
    """Run the program from its start, and return its exit status and its peak memory in bytes."""
    with NamedTemporaryFile() as peak:
        command = [sys.executable, "-I", "-S", str(_MEASURED), peak.name, sys.executable, "-m", "crawler", *arguments]
        given, out, err = streams
        process = subprocess.Popen(
            command, stdin=given, stdout=out, stderr=err, cwd=folder, env=environment, start_new_session=True
        )
        timer = Timer(deadline, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        status = process.wait()
        timer.cancel()
        return status, int(Path(peak.name).read_text("ascii")) * _MAXRSS_UNIT


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()
