"""What `list` and `search` load, because their time is the time of their imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.shelf import build

HEAVY = ("scrapy", "twisted", "trafilatura", "lxml", "warcio", "surt", "w3lib", "requests", "tldextract", "isal")
_RUN = """
import argparse, sys
from pathlib import Path
from archive.cli import COMMANDS
from archive.command import Context
parser = argparse.ArgumentParser()
command = next(one for one in COMMANDS if one.name == sys.argv[2])
command.add_arguments(parser)
context = Context(Path(sys.argv[1]), True, 0, sys.stdout, sys.stderr)
command.run(parser.parse_args(sys.argv[3:]), context)
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("words", [("list",), ("search", "harbour"), ("status",), ("report",)])
def test_quick_commands_load_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    """list, search, status and report load neither a crawler nor an extractor nor a reader of WARC files."""
    build(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(tmp_path), *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout
    assert not {module.partition(".")[0] for module in done.stderr.split()} & set(HEAVY)


def test_diff_loads_no_crawler_and_no_extractor(tmp_path: Path) -> None:
    """Diff loads what reads WARC files, and neither a crawler nor an extractor nor a parser of pages."""
    url = "news.example/harbour"
    build(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(tmp_path), "diff", url],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert '"added":5' in done.stdout
    loaded = {module.partition(".")[0] for module in done.stderr.split()}
    assert not loaded & {"scrapy", "twisted", "trafilatura", "lxml", "requests", "tldextract", "crawler", "pipelines"}
