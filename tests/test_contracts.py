"""The import contracts in pyproject.toml: each is broken on purpose in a copy of the packages, and must say so."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "pipelines", "crawler")
CHECK = "from importlinter.cli import lint_imports_command; lint_imports_command()"

BREACHES = [
    ("Imports point from crawler to pipelines to archive", "archive/model.py", "import pipelines"),
    ("Only crawler knows Scrapy and Twisted", "archive/model.py", "import scrapy"),
    ("Only crawler knows Scrapy and Twisted", "pipelines/__init__.py", "from twisted.web import http"),
    ("Only pipelines knows trafilatura", "crawler/options.py", "from trafilatura import extract"),
    ("Only archive knows warcio and SQLite", "crawler/options.py", "import sqlite3"),
    ("Only archive knows warcio and SQLite", "pipelines/__init__.py", "import warcio"),
    ("Judging and extracting touch nothing outside their arguments", "pipelines/__init__.py", "import socket"),
    ("Judging and extracting touch nothing outside their arguments", "archive/model.py", "import random"),
    ("Of the archive, pipelines knows the values and the errors alone", "pipelines/__init__.py", "import archive.page"),
    ("Reading never writes", "archive/search.py", "import archive.writer"),
    ("Every file of the archive has its place in one order", "archive/model.py", "import archive.cli"),
    ("Every file of the archive has its place in one order", "archive/of_no_place.py", ""),
]
"""The contract, and a line that breaks it at the end of a file."""


def contracts() -> list[str]:
    """Return the names of the contracts in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter on the packages in a folder; return its exit status and what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", CHECK, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the packages' modules to a folder."""
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            place = tmp_path / module.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(module, place)
    return tmp_path


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_breach_is_seen_and_named(copy: Path, contract: str, file: str, line: str) -> None:
    """An import that a contract forbids breaks that contract by name."""
    with (copy / file).open("a") as module:
        module.write(f"\n{line}\n")
    status, said = lint(copy)
    assert status != 0, said
    assert f"{contract} BROKEN" in said


def test_the_contracts_hold(copy: Path) -> None:
    """Without a breach every contract is kept, so what the other tests see is their own breach."""
    status, said = lint(copy)
    assert status == 0, said


def test_every_contract_is_broken_once() -> None:
    """No contract goes untried."""
    assert {contract for contract, _, _ in BREACHES} == set(contracts())
