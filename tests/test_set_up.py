"""The environment that `scripts/newsclip` makes for itself, on a checkout whose lock file asks for no package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "import os, sys; print(os.getcwd(), *sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Built:
    """A checkout after its first run, and what the two processes that ran first said."""

    checkout: Path
    first: tuple[subprocess.CompletedProcess[str], ...]


def command(checkout: Path) -> str:
    """Return the path of the command in a checkout."""
    return str(checkout / "scripts" / "newsclip")


def environ(**changes: str) -> dict[str, str]:
    """Return the environment without what would choose another Python, with changes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | changes


def run(checkout: Path, *arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `scripts/newsclip` and wait for it."""
    return subprocess.run(
        [command(checkout), *arguments], cwd=cwd, env=environ(**changes), capture_output=True, text=True, check=False
    )


def make_checkout(folder: Path) -> Path:
    """Make a checkout with our scripts, a lock file that asks for nothing, and a program that says where it runs."""
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / "requirements").mkdir()
    (folder / "requirements" / "runtime.txt").write_text("# nothing\n")
    (folder / "crawler").mkdir()
    (folder / "crawler" / "__main__.py").write_text(PROGRAM)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Run two first runs at once, where an earlier one was killed; then move the checkout."""
    base = tmp_path_factory.mktemp("a place")
    checkout = make_checkout(base / "before")
    leftover = checkout / ".venv" / "leftover"
    leftover.mkdir(parents=True)
    (checkout / ".venv" / "unfinished").touch()
    running = [
        subprocess.Popen(
            [command(checkout), "two words"],
            cwd=base,
            env=environ(PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate() for process in running]
    first = tuple(
        subprocess.CompletedProcess(process.args, process.returncode, out, err)
        for process, (out, err) in zip(running, said, strict=True)
    )
    checkout.rename(base / "after")
    return Built(base / "after", first)


def test_two_first_runs_at_once_both_work_and_one_builds(built: Built) -> None:
    """Two first runs at once both run the program, and the environment is built once."""
    assert [done.returncode for done in built.first] == [0, 0], built.first
    assert all(done.stdout == f"{built.checkout.parent} two words\n" for done in built.first)
    assert "".join(done.stderr for done in built.first).count("is ready") == 1


def test_what_an_interrupted_run_left_is_cleared(built: Built) -> None:
    """An environment that was not finished is made from nothing."""
    assert not (built.checkout / ".venv" / "leftover").exists()
    assert not (built.checkout / ".venv" / "unfinished").exists()


def test_it_works_after_the_checkout_moved_and_says_nothing(built: Built, tmp_path: Path) -> None:
    """A later run is silent, stays where the user stands, and does not mind that the checkout moved."""
    done = run(built.checkout, "list", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path} list\n", "")


def test_it_runs_through_a_link_and_not_what_lies_about(built: Built, tmp_path: Path) -> None:
    """A link to the command works, and a file named like our package in the user's folder is left alone."""
    (tmp_path / "crawler.py").write_text("raise SystemExit(9)")
    (tmp_path / "newsclip").symlink_to(command(built.checkout))
    done = subprocess.run(["./newsclip"], cwd=tmp_path, env=environ(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}\n"), done.stderr


def test_a_python_that_is_none_is_named(tmp_path: Path) -> None:
    """A PYTHON that is no Python 3.11 is refused by name."""
    done = run(make_checkout(tmp_path / "checkout"), cwd=tmp_path, PYTHON="/bin/false")
    assert done.returncode == 1
    assert "PYTHON=/bin/false is not a Python 3.11" in done.stderr


def test_no_python_at_all_is_said_with_the_remedy(tmp_path: Path) -> None:
    """Where there is no Python, the message names what to install."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "dirname", "readlink", "cmp"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    done = run(make_checkout(tmp_path / "checkout"), cwd=tmp_path, PATH=str(tools))
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr


def test_a_python_without_venv_is_said_with_the_package(tmp_path: Path) -> None:
    """Where Debian's Python lacks its venv package, the message names that package."""
    stripped = tmp_path / "python3"
    stripped.write_text(f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n')
    stripped.chmod(0o755)
    done = run(make_checkout(tmp_path / "checkout"), cwd=tmp_path, PYTHON=str(stripped))
    assert done.returncode == 1
    assert f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in done.stderr


def test_a_package_that_cannot_be_had_is_not_taken_for_installed(built: Built, tmp_path: Path) -> None:
    """When pip fails, its reason is shown without a traceback, and the environment counts as unfinished."""
    checkout = tmp_path / "checkout"
    shutil.copytree(built.checkout, checkout, symlinks=True)
    (checkout / "requirements" / "runtime.txt").write_text("certifi==2020.4.5\n")
    done = run(checkout, cwd=tmp_path, PYTHON=sys.executable)
    assert done.returncode == 1
    assert "Hashes are required" in done.stderr
    assert "could not make" in done.stderr
    assert "Traceback" not in done.stderr
    assert (checkout / ".venv" / "unfinished").exists()
