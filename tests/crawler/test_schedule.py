"""`newsclip schedule`: crawls when a source is due, listens to signals, and is alone."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.site import listings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

_PATIENCE = 60
SOURCE = '[[source]]\nname = "{name}"\nfeeds = ["{url}"]\nevery = "1h"\nrecheck = ["1d"]\n'


class Running:
    """A scheduler that runs, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    def said(self) -> str:
        """Return what it has said."""
        return self._log.read_text(encoding="utf-8")

    def wait_for(self, pattern: str) -> None:
        """Wait until it says something."""
        until = time.monotonic() + _PATIENCE
        while not re.search(pattern, self.said()):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def stop(self) -> int:
        """Tell it to stop and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)


@pytest.fixture
def config(tmp_path: Path, site: Newspaper, collection: Path) -> Path:
    """Write a configuration of one source, due every hour."""
    site.listings["feed"] = listings.rss([site.url("/n/1")])
    file = tmp_path / "newsclip.toml"
    head = f'[collection]\npath = "{collection}"\n[fetch]\ndelay = 0\nprobe = false\nallow_networks = ["127.0.0.0/8"]\n'
    file.write_text(head + SOURCE.format(name="gazette", url=site.url("/listings/feed")), encoding="utf-8")
    return file


@pytest.fixture
def start(tmp_path: Path, config: Path, clean_environment: dict[str, str]) -> Iterator[Callable[[], Running]]:
    """Return a function that starts a scheduler; what still runs at the end is killed."""
    started: list[Running] = []

    def run() -> Running:
        log = tmp_path / f"schedule-{len(started)}.log"
        with log.open("wb") as file:
            command = [sys.executable, "-m", "crawler", "--config", str(config), "schedule"]
            process = subprocess.Popen(command, cwd=ROOT, env=clean_environment, stderr=file, stdout=file)
        started.append(Running(process, log))
        return started[-1]

    yield run
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(_PATIENCE)


def test_a_schedule(start: Callable[[], Running], site: Newspaper, newsclip: Newsclip, collection: Path) -> None:
    """A source that was never crawled is crawled at once, then not before its hour; there is one scheduler only."""
    first = start()
    first.wait_for(r"Next is gazette")
    assert "Crawling gazette." in first.said()
    assert "gazette: nothing was due." in first.said()
    second = start()
    assert second.process.wait(_PATIENCE) == 75
    assert "has a scheduler already" in second.said()
    assert first.stop() == 0
    assert site.paths().count("/n/1") == 1
    again = start()
    again.wait_for(r"Next is gazette")
    assert "Crawling" not in again.said()
    assert again.stop() == 0
    assert newsclip("-C", collection, "verify").status == 0


def test_a_configuration_is_read_again(start: Callable[[], Running], config: Path, site: Newspaper) -> None:
    """SIGHUP reads the configuration: a wrong one is refused while the old goes on, a right one holds at once.

    In a log of objects, what the scheduler and its crawls say is told apart by the number of the run.
    """
    right = config.read_text(encoding="utf-8") + '[log]\nformat = "json"\n'
    config.write_text(right, encoding="utf-8")
    running = start()
    running.wait_for(r"Next is gazette")
    config.write_text(right.replace('every = "1h"', 'every = "soon"'), encoding="utf-8")
    running.process.send_signal(signal.SIGHUP)
    running.wait_for(r"The configuration stays as it was: .*soon")
    site.listings["more"] = listings.rss([site.url("/n/2")])
    more = SOURCE.format(name="second", url=site.url("/listings/more"))
    config.write_text(right + more, encoding="utf-8")
    running.process.send_signal(signal.SIGHUP)
    running.wait_for(r"sources: gazette, second\.")
    running.wait_for(r"Crawling second\.(?s:.*)Next is")
    assert running.stop() == 0
    assert site.paths().count("/n/2") == 1
    said = [json.loads(line) for line in running.said().splitlines() if line.startswith("{")]
    ended = [one for one in said if one["event"] == "run.ended"]
    assert [one["command"] for one in ended] == ["crawl", "recheck", "crawl", "recheck"]
    assert len({one["run"] for one in ended}) == 4
    assert not [one for one in said if one["event"].startswith("schedule.") and "run" in one]


def test_a_crawl_that_is_stopped(start: Callable[[], Running], site: Newspaper) -> None:
    """SIGTERM in the middle of a crawl ends it as Ctrl-C would: what is under way is kept, then all is over."""
    site.listings["feed"] = listings.rss(site.url(f"/odd/slow/1/{number}") for number in range(40))
    running = start()
    until = time.monotonic() + _PATIENCE
    while not any("/odd/slow" in path for path in site.paths()):
        assert time.monotonic() < until
        time.sleep(0.05)
    assert running.stop() == 0
    assert len([path for path in site.paths() if "/odd/slow" in path]) < 40
