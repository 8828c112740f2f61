"""The documentation, held against the program: commands, links, dependencies, version, and nothing of one machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from crawler import VERSION
from crawler.cli import COMMANDS, make_parser

if TYPE_CHECKING:
    from archive.command import Command

ROOT = Path(__file__).resolve().parent.parent
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_PRIVATE = re.compile(
    rb"(?<![\w.:/>-])/(?:home|Users|root|work)/[\w.-]+"  # a folder of one machine
    rb"|\b(?:pypi|pythonhosted|npmjs|registry)[\w.-]*\.(?:org|com|io)\b"  # a package registry
    rb"|--(?:extra-)?index-url[ =]\S"
)


@cache
def tracked() -> tuple[str, ...]:
    """Return the paths of the files that git tracks, from the checkout's root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def pages() -> list[str]:
    """Return the paths of the Markdown files that we wrote about the program."""
    return [name for name in tracked() if name.endswith(".md") and not name.startswith("tests/")]


def project() -> dict[str, Any]:
    """Return the [project] table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def anchor(heading: str) -> str:
    """Return the anchor that code forges make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def text_of(page: Path) -> str:
    """Return a page without its code blocks."""
    return _FENCE.sub("", page.read_text())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_documented_with_its_examples(command: Command) -> None:
    """docs/commands.md has a heading for the command and shows each example that its help shows."""
    manual = (ROOT / "docs" / "commands.md").read_text()
    assert any(command.name in heading for heading in _HEADING.findall(manual)), f"no heading for {command.name}"
    assert command.examples, f"{command.name} has no example"
    for example in command.examples:
        assert example in manual, f"docs/commands.md lacks: {example}"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_its_examples(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    """`newsclip COMMAND --help` exits 0 and shows the examples."""
    with pytest.raises(SystemExit) as leaving:
        make_parser().parse_args([command.name, "--help"])
    assert leaving.value.code == 0
    shown = capsys.readouterr().out
    assert all(example in shown for example in command.examples), shown


@pytest.mark.parametrize("name", pages())
def test_relative_links_lead_somewhere(name: str) -> None:
    """Every relative link in a page names a file that is there, and its anchor a heading."""
    page = ROOT / name
    for match in _LINK.finditer(text_of(page)):
        target = match[1] or match[2]
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        place = page.parent / path if path else page
        assert place.exists(), f"{name}: {target}"
        if fragment:
            assert fragment in map(anchor, _HEADING.findall(text_of(place))), f"{name}: {target}"


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    """Nothing that git tracks holds a package registry's host or somebody's home folder."""
    found = [
        f"{name}: {match[0]!r}"
        for name in tracked()
        if name != "tests/test_docs.py"
        for match in _PRIVATE.finditer((ROOT / name).read_bytes())
    ]
    assert not found


def test_every_dependency_has_its_reason() -> None:
    """docs/dependencies.md has one row for each dependency of pyproject.toml, and no other."""
    declared = {re.split(r"[^\w.-]", dependency)[0] for dependency in project()["dependencies"]}
    rows = re.findall(
        r"^\| ([\w.-]+) \|.*\S.*\|.*\S.*\|$", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )
    assert sorted(rows) == sorted({"package", *declared})


def test_the_changelog_opens_with_the_version_of_the_project() -> None:
    """The newest section of the changelog is the version in pyproject.toml, and the program says the same."""
    versions = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == project()["version"] == VERSION
