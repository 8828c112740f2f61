"""The units of systemd and the container in the manual, held against what systemd knows and what newsclip takes."""

from __future__ import annotations

import json
import re
import shlex
from configparser import ConfigParser
from datetime import timedelta
from pathlib import Path

import pytest

from archive.errors import Locked
from crawler.cli import make_parser
from crawler.config import load_settings
from crawler.crawl_round import LIMIT_REACHED, NEEDS_ATTENTION

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
KNOWN = {
    "Unit": {"Description", "After", "Wants"},
    "Service": {
        "Type",
        "User",
        "WorkingDirectory",
        "ExecStart",
        "ExecReload",
        "Restart",
        "RestartSec",
        "TimeoutStopSec",
        "SuccessExitStatus",
    },
    "Timer": {"OnCalendar", "Persistent"},
    "Install": {"WantedBy"},
}
"""Keys of systemd.unit(5), systemd.service(5) and systemd.timer(5) that the manual uses."""
_CALENDAR = re.compile(r"\*:0/([1-9]\d?)")
"""systemd.time(7): every so many minutes from the full hour."""
_SPAN = re.compile(r"(\d+)(s|min|h)")


class Keys(dict[str, str]):
    """The keys of a section; one that stands several times, as systemd has it, keeps all its lines."""

    def __setitem__(self, key: str, value: str) -> None:
        if isinstance(value, list) and isinstance(known := self.get(key), list):
            known.extend(value)
            return
        super().__setitem__(key, value)


def units() -> list[ConfigParser]:
    """Return the units in the manual, in their order."""
    found = []
    for text in re.findall(r"^```ini\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL):
        unit = ConfigParser(
            strict=False, interpolation=None, dict_type=Keys, delimiters=("=",), comment_prefixes=("#", ";")
        )
        unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd tells letter case apart
        unit.read_string(text)
        found.append(unit)
    return found


def commands(unit: ConfigParser) -> list[list[str]]:
    """Return what a service starts of newsclip, as arguments."""
    started = [shlex.split(line) for line in unit["Service"]["ExecStart"].splitlines()]
    for path, *_ in started:
        assert path.startswith("/"), "systemd starts no relative path"
        assert (ROOT / path.removeprefix("/srv/newsclip/app/")).is_file(), path
    return [arguments for _, *arguments in started]


def test_the_units_are_a_scheduler_and_a_service_with_its_timer() -> None:
    """The manual has three units, of sections and keys that systemd knows, without a value that is empty."""
    assert [list(unit.sections())[1:] for unit in units()] == [
        ["Service", "Install"],
        ["Service"],
        ["Timer", "Install"],
    ]
    for unit in units():
        for section in unit.sections():
            assert set(unit[section]) <= KNOWN[section], section
            assert all(unit[section].values())


@pytest.mark.parametrize(("number", "started"), [(0, ["schedule"]), (1, ["crawl", "recheck"])])
def test_what_the_services_start(number: int, started: list[str]) -> None:
    """Each service starts commands that exist, with flags that they take, and JSON for the journal."""
    parsed = [make_parser().parse_args(arguments) for arguments in commands(units()[number])]
    assert [one.command.name for one in parsed] == started
    assert all((one.log_format, one.verbose) == ("json", 1) for one in parsed)


def test_the_scheduler_ends_and_begins_again() -> None:
    """The scheduler begins again after a fault, hears SIGHUP, and has longer to end than a page may take."""
    service = units()[0]["Service"]
    assert service["Restart"] == "on-failure"
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    stop = _SPAN.fullmatch(service["TimeoutStopSec"])
    assert stop is not None
    span = timedelta(**{{"s": "seconds", "min": "minutes", "h": "hours"}[stop[2]]: int(stop[1])})
    fetch = load_settings(None, {}, {}).fetch
    assert span.total_seconds() > 2 * (fetch.timeout + fetch.page_deadline)


def test_the_timer() -> None:
    """The timer catches up one missed run, and its service does not fail for what is no failure."""
    service, timer = units()[1]["Service"], units()[2]["Timer"]
    assert timer["Persistent"] == "true"
    assert _CALENDAR.fullmatch(timer["OnCalendar"])
    assert service["Type"] == "oneshot"
    fine = {NEEDS_ATTENTION, LIMIT_REACHED, Locked.exit_status}
    assert {int(status) for status in service["SuccessExitStatus"].split()} == fine


def test_the_container() -> None:
    """The container starts this checkout's program with a command and flags that it takes, as a user of its own."""
    match = re.search(r"^```dockerfile\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
    assert match is not None
    lines = [line.split(" ", 1) for line in match[1].splitlines()]
    said = dict(lines)
    assert lines[0][0] == "FROM"
    (program,) = json.loads(said["ENTRYPOINT"])
    assert (ROOT / program.removeprefix("/app/")).is_file()
    parsed = make_parser().parse_args(json.loads(said["CMD"]))
    assert (parsed.command.name, parsed.log_format) == ("schedule", "json")
    assert said["USER"] == "newsclip"
    assert said["STOPSIGNAL"] == "SIGTERM"
