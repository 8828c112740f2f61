"""A newsroom that watches a web of newspapers: newsclip with its configuration, run at any time of the day.

Each run is a process, as the scheduler would start it, and is measured; what the newspapers were asked in it is known.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.model import Liveness
from archive.standing import Sighting, State, standings
from benchmarks.measure import PYTHON, require, run
from benchmarks.newsroom_web import DAY, moment

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure import Run
    from benchmarks.web_server import Server, Visit

DONE, NEEDS_ATTENTION = 0, 3


@dataclass(frozen=True, slots=True)
class Ran:
    """One run of a command: what it cost, what it asked for, and the record that it left."""

    cost: Run
    visits: list[Visit]
    report: dict[str, Any]

    @property
    def sent(self) -> int:
        """Return the bytes that the newspapers sent."""
        return sum(visit.sent for visit in self.visits)

    @property
    def outcomes(self) -> Counter[str]:
        """Return how often a recheck came to each outcome."""
        return sum((Counter(source["outcomes"]) for source in self.report["sources"]), Counter[str]())

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Return what it said."""
        return [json.loads(line) for line in self.cost.out.splitlines()]


@dataclass(slots=True)
class Newsroom:
    """A folder with configuration and collection, and a web to watch."""

    folder: Path
    server: Server
    recheck_ages: tuple[str, ...] = ()
    timeout: float = 2.0
    runs: list[Ran] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the configuration: every site is a source, nobody is waited for, loopback is allowed."""
        head = (
            f'[collection]\npath = "collection"\noperator = "Benchmark <benchmark@news.example>"\n\n'
            f'[fetch]\ndelay = 0\nper_host = 2\ntimeout = {self.timeout}\nallow_networks = ["127.0.0.0/8"]\n'
        )
        parts = [head]
        for site in self.server.web.sites:
            origin = self.server.origin(site.host)
            kinds = {"feeds": "feed", "sitemaps": "sitemap"}
            lists = [
                f"{key} = {json.dumps([origin + path for path in site.listings if kind in path])}\n"
                for key, kind in kinds.items()
                if any(kind in path for path in site.listings)
            ]
            ages = f"recheck = {json.dumps(self.recheck_ages)}\n" if self.recheck_ages else ""
            parts.append(f'\n[[source]]\nname = "{site.name}"\nevery = "30m"\n{"".join(lists)}{ages}')
        (self.folder / "newsclip.toml").write_text("".join(parts), encoding="utf-8")

    def crawl(self, at: float) -> Ran:
        """Crawl all sources, so many minutes after the day began."""
        return self._run("crawl", at)

    def recheck(self, at: float) -> Ran:
        """Look at all articles again that have reached an age by then."""
        return self._run("recheck", at)

    def captures(self) -> list[dict[str, Any]]:
        """Return every capture of a page, oldest first."""
        command = [PYTHON, "-m", "crawler", "--json", "list", "--limit", "0"]
        done = require(run(command, self.folder), DONE)
        return [json.loads(line) for line in reversed(done.out.splitlines())]

    def _run(self, command: str, at: float) -> Ran:
        self.server.now = at
        mark, reports = len(self.server.visits), self._reports()
        module = "benchmarks.moved_clock"
        cost = run([PYTHON, "-m", module, moment(at).isoformat(), "--json", command], self.folder)
        require(cost, DONE, NEEDS_ATTENTION)
        (new,) = self._reports() - reports
        ran = Ran(cost, self.server.since(mark), json.loads(new.read_text(encoding="utf-8")))
        self.runs.append(ran)
        return ran

    def _reports(self) -> set[Path]:
        return set((self.folder / "collection" / "reports").glob("*.json"))


def minutes(fetched_at: str) -> float:
    """Return how many minutes after the day began a capture was made."""
    return (datetime.fromisoformat(fetched_at) - DAY).total_seconds() / 60


def stands_dead(captures: list[dict[str, Any]]) -> bool:
    """Return whether the captures of an address, oldest first, come to its death by the rule of three."""
    seen = [
        Sighting(datetime.fromisoformat(one["fetched_at"]), Liveness(one["verdict"]), one["status"]) for one in captures
    ]
    return [*standings(seen)][-1].state is State.DEAD
