"""Nothing acknowledged is ever lost: a save is killed with SIGKILL at 50 random moments, and each time gone on with.

Strategy: two saves of 200 pages are each killed 25 times (two tests, so that they can run beside each other). A
moment is either a time after the start, which falls into start-up, mending or intake, or a number of acknowledged
pages plus some milliseconds, which falls between any two steps of the capture path, or into the close after the last
page. Once all pages are there, what is left of the kills falls into start-up. The moments come from a seed that a
failing test prints. After each kill, everything that was acknowledged on standard output must be in the WARC files; at
the end no address may be missing, none may have been captured twice, and every reader must be content.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive import frontier
from archive.errors import NewsclipError
from archive.lookup import open_index
from tests import warcs
from tests.test_missing_page import PROBE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.conftest import Newsclip
    from tests.forked import Forks, Running
    from tests.site.newspaper import Newspaper

PAGES = 200
KILLS = 25
SEEDS = (20261123, 7)
_LONGEST_RUN = 60
_START_UP = 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: `seconds` after the `pages`-th acknowledgement of a run, or after its start."""

    pages: int
    seconds: float

    @classmethod
    def pick(cls, random_source: random.Random, *, is_done: bool) -> Moment:
        """Return a moment: one in three in start-up, the others among the pages, as long as there are pages to come."""
        if is_done or random_source.random() < 1 / 3:
            return cls(0, random_source.uniform(0, _START_UP))
        return cls(random_source.randint(1, 4), random_source.uniform(0, 0.03))


@dataclass(slots=True)
class Interrupted:
    """One save over several processes: what has been acknowledged by any of them, in order."""

    forks: Forks
    command: list[str]
    folder: Path
    environment: dict[str, str]
    acknowledged: list[str] = field(default_factory=list)

    def run(self, arguments: list[str], moment: Moment | None) -> int:
        """Run a process, kill it at the moment if there is one, and return its exit status.

        Standard output is read to its end, which does not come before the last worker has gone: a worker that
        outlived its parent would make this wait until the time is up.
        """
        reads, writes = os.pipe()
        with (self.folder / "log").open("wb") as log, Path(os.devnull).open("rb") as nothing, os.fdopen(reads) as out:
            with os.fdopen(writes, "wb") as said:
                process = self.forks.start(
                    [*self.command, *arguments], (nothing, said, log), self.folder, self.environment
                )
            watchdog = threading.Timer(_LONGEST_RUN, os.killpg, (process.pid, signal.SIGKILL))
            watchdog.start()
            timers = [watchdog]
            try:
                self._follow(process, out, moment, timers)
                return process.wait()
            finally:
                for timer in timers:
                    timer.cancel()

    def log(self) -> str:
        """Return what the last process said on standard error."""
        return (self.folder / "log").read_text(encoding="utf-8")

    def _follow(
        self, process: Running, out: Iterable[str], moment: Moment | None, timers: list[threading.Timer]
    ) -> None:
        """Note what is acknowledged, until the end of the output; only a whole line is an acknowledgement."""
        if moment is not None and moment.pages == 0:
            timers.append(_kill_after(process, moment.seconds))
        for number, line in enumerate(out, 1):
            if line.endswith("\n"):
                self.acknowledged.append(json.loads(line)["url"])
            if moment is not None and moment.pages == number:
                timers.append(_kill_after(process, moment.seconds))


def _kill_after(process: Running, seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    return timer


@pytest.fixture
def save(
    site: Newspaper, collection: Path, tmp_path: Path, clean_environment: dict[str, str], forks: Forks
) -> Interrupted:
    """Prepare a save of 200 pages of the newspaper, on loopback and without waiting."""
    urls = [site.url(f"/n/{number}") for number in range(PAGES)]
    (tmp_path / "urls.txt").write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
    command = ["-C", str(collection), "--json", "save"]
    command += ["--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "4", "--robots", "ignore"]
    return Interrupted(forks, command, tmp_path, clean_environment)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_save_loses_nothing(seed: int, save: Interrupted, collection: Path, newsclip: Newsclip) -> None:
    """However often a save is killed, what it acknowledged is kept, and resuming it captures every address once."""
    source = random.Random(seed)
    print(f"seed {seed}")
    kills, is_done = 0, False
    while kills < KILLS:
        moment = Moment.pick(source, is_done=is_done)
        print(f"kill {kills + 1}: after {moment.pages} pages and {moment.seconds:.3f} s")
        status = save.run(_next_arguments(collection), moment)
        kills += status == -signal.SIGKILL
        is_done |= status != -signal.SIGKILL
        assert status in {-signal.SIGKILL, 0, 5}, save.log()
        kept = {record.uri for record in warcs.whole_records(collection) if record.type == "response"}
        assert not set(save.acknowledged) - kept
    assert save.run(_next_arguments(collection), None) in {0, 5}, save.log()

    urls = (save.folder / "urls.txt").read_text(encoding="utf-8").split()
    assert_complete(collection, urls, save.acknowledged, newsclip)


def _next_arguments(collection: Path) -> list[str]:
    """Return what a user would say next: the list until it has been taken in, then `--resume`."""
    try:
        with open_index(collection) as connection:
            taken_in = connection.execute("SELECT 1 FROM captures").fetchone() or any(
                save.total for save in frontier.unfinished(connection)
            )
    except NewsclipError:
        taken_in = None
    return ["--resume"] if taken_in else ["--from", "urls.txt"]


def assert_complete(collection: Path, urls: list[str], acknowledged: list[str], newsclip: Newsclip) -> None:
    """Check that every address has one capture in WARC and index, each acknowledged at most once, and readers agree."""
    assert not [url for url, times in Counter(acknowledged).items() if times > 1]
    listed = Counter(answer["url"] for answer in newsclip("-C", collection, "--json", "list", "--limit", "0").answers())
    assert listed == Counter(urls)
    responses = Counter(record.uri for record in warcs.records(collection) if record.type == "response")
    assert Counter({url: times for url, times in responses.items() if not PROBE.search(url or "")}) == Counter(urls)
    assert warcs.check(collection) == (0, "")
    verified = newsclip("-C", collection, "verify")
    assert verified.status == 0, verified.out
