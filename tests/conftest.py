"""What tests share: the misbehaving newspaper, a path for a collection, and the program run as a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
_DEADLINE = 120


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the program left behind: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def __iter__(self) -> Iterator[int | str]:
        """Unpack as `status, out, err`."""
        return iter((self.status, self.out, self.err))


class Newsclip(Protocol):
    """Runs `newsclip` with arguments, as a user would, and waits for it."""

    def __call__(self, *arguments: str | Path, stdin: str = "", deadline: float = _DEADLINE) -> Ran:
        """Run it; `deadline` is in seconds."""


@pytest.fixture
def site() -> Iterator[Newspaper]:
    """Serve the misbehaving newspaper for one test, with a log of its own."""
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Name a folder that does not exist yet, for a collection."""
    return tmp_path / "collection"


@pytest.fixture
def clean_environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment without the developer's settings: a home of its own, and nothing of NEWSCLIP_."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCLIP_", "XDG_", "SCRAPY_"))}
    return kept | {"HOME": str(home), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def newsclip(tmp_path: Path, clean_environment: dict[str, str]) -> Newsclip:
    """Return a function that runs the program in an empty working folder and a clean environment."""
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)

    def run(*arguments: str | Path, stdin: str = "", deadline: float = _DEADLINE) -> Ran:
        command = [sys.executable, "-m", "crawler", *map(str, arguments)]
        done = subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=deadline,
            cwd=folder,
            env=clean_environment,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
