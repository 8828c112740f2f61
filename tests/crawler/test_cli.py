"""The command line itself: what a typo, a wrong value and a missing collection are answered."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from archive.errors import UsageError
from crawler.cli import COMMANDS, make_parser
from crawler.options import FetchOptions
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lst"], "did you mean list?"),
        (["save", "--dely", "1", "x"], "did you mean --delay?"),
        (["list", "--limitt", "3"], "did you mean --limit?"),
        (["save", "--robots", "maybe", "x"], "'maybe'"),
        (["nonsense"], "newsclip --help"),
        (["history"], "URL"),
    ],
)
def test_a_typo_is_answered_with_what_was_meant(arguments: list[str], words: str) -> None:
    """A command or flag that does not exist is refused, and the nearest that does is named."""
    with pytest.raises(UsageError) as refusal:
        make_parser().parse_args(arguments)
    assert words in str(refusal.value)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`newsclip COMMAND --help` says what it does and shows an example."""
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args([command, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert f"newsclip {command}" in said.split("examples:")[1]


def test_every_key_of_fetch_is_a_flag(capsys: pytest.CaptureFixture[str]) -> None:
    """No setting can be added without its flag."""
    with pytest.raises(SystemExit):
        make_parser().parse_args(["save", "--help"])
    flags = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    names = {name.replace("_", "-") for name in FetchOptions.__slots__}
    assert {f"--{name}".removesuffix("s") if name == "allow-networks" else f"--{name}" for name in names} <= flags


def test_flags_may_stand_before_or_after_the_command() -> None:
    """-C and --json are understood on both sides, and the one nearer to the command wins."""
    parser = make_parser()
    assert parser.parse_args(["-C", "a", "list"]).collection == "a"
    assert parser.parse_args(["list", "-C", "b", "--json"]).collection == "b"
    assert parser.parse_args(["--json", "list"]).json
    assert parser.parse_args(["-C", "a", "list", "-C", "b"]).collection == "b"


def test_wrong_values_are_refused_without_a_traceback(newsclip: Newsclip, tmp_path: Path) -> None:
    """Settings from the command line go through the same checks as those of newsclip.toml."""
    for arguments, words in (
        (("save", "--delay", "soon", "a.example"), "delay in [fetch] = 'soon'"),
        (("save", "--max-bytes", "lots", "a.example"), "'lots'"),
        (("save", "--allow-network", "ten", "a.example"), "'ten'"),
        (("--config", tmp_path / "none.toml", "list"), "none.toml"),
        (("-C", tmp_path / "none", "list"), "newsclip save"),
        ((), "usage: newsclip"),
    ):
        ran = newsclip(*arguments)
        assert ran.status == 2
        assert words in ran.err
        assert "Traceback" not in ran.err


def test_reading_commands_do_not_load_scrapy() -> None:
    """`list` and `search` import neither Scrapy nor trafilatura nor warcio."""
    code = (
        "import sys; from crawler.cli import run\n"
        "for command in (['list'], ['search', 'x']):\n"
        "    try: run(['-C', 'nowhere-at-all', *command])\n"
        "    except Exception: pass\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"scrapy", "twisted", "trafilatura", "warcio", "surt", "requests"} & set(done.stdout.split())


def test_init_writes_settings_that_explain_themselves(newsclip: Newsclip, tmp_path: Path) -> None:
    """`init` writes a file once, says so, and never replaces one unasked."""
    assert newsclip("init").status == 0
    file = tmp_path / "work" / "newsclip.toml"
    assert "seconds between two requests to one host" in file.read_text(encoding="utf-8")
    file.write_text("[fetch]\ndelay = 7\n", encoding="utf-8")
    again = newsclip("init")
    assert again.status == 2
    assert "--force" in again.err
    assert file.read_text(encoding="utf-8") == "[fetch]\ndelay = 7\n"
    assert newsclip("init", "--force").status == 0


def test_the_demo_shows_every_verdict(newsclip: Newsclip, tmp_path: Path) -> None:
    """Without a network, `demo` saves the bundled newspaper, judges each page as it was meant, and says what next."""
    ran = newsclip("demo", "--into", tmp_path / "demo")
    assert ran.status == 0, ran.out
    for verdict in ("live", "gone", "soft-404", "moved", "blocked", "paywall", "login", "parked"):
        assert re.search(rf"^{verdict} ", ran.out, re.MULTILINE)
    assert "newsclip -C" in ran.out
    assert newsclip("-C", tmp_path / "demo", "verify").status == 0
