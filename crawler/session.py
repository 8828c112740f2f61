"""One run over one collection: who writes, who judges, and who is told of what was kept.

A `Session` is opened before Scrapy starts and closed after it ended, so that the way a run ends (done, interrupted,
out of disk) is decided in one place. Spiders, the pipeline and the commands all hold the same one.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive.options import StoreOptions
from archive.writer import Writer
from crawler.logs import bind, log
from crawler.scrapy_settings import user_agent
from crawler.workers import Judges

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.errors import NewsclipError
    from archive.model import Capture
    from crawler.config import Settings
    from crawler.discovery import Discovery
    from crawler.options import FetchOptions
    from crawler.rechecks import Rechecks
    from crawler.rescue_options import RescueOptions


def _nobody(capture: Capture) -> None:
    """Tell nobody (the spider was started by `scrapy crawl`, whose output is its log)."""


@dataclass(slots=True)
class Left:
    """Why a host was left for later, and how many targets of it were."""

    why: str
    targets: int = 0


@dataclass(slots=True, weakref_slot=True)
class Session:
    """What a run holds: the only place where it changes.

    `kept` counts acknowledged pages by liveness, `unfetched` those without any answer; `stopped_by` is the error that
    made it impossible to go on. `fetch` is how pages are fetched. `rescue` says which archive to ask for copies of dead
    pages, if any; `dead` are those that wait for it, `rescued` counts the copies that were found, `lost` the pages that
    have none, `unasked` those for which no archive could be asked. `left` are the hosts that were left for later.
    `discovery` reads the listings of a crawl, `rechecks` keeps what became of articles that were looked at again.
    """

    writer: Writer
    judges: Judges
    fetch: FetchOptions
    acknowledge: Callable[[Capture], None] = _nobody
    kept: Counter[str] = field(default_factory=Counter)
    stopped_by: NewsclipError | None = None
    interrupted: bool = False
    unfetched: int = 0
    rescue: RescueOptions | None = None
    dead: list[Capture] = field(default_factory=list)
    rescued: int = 0
    lost: int = 0
    unasked: int = 0
    left: dict[str, Left] = field(default_factory=dict)
    discovery: Discovery | None = None
    rechecks: Rechecks | None = None
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def open(cls, settings: Settings, command: str, *, judge_at_once: bool = True) -> Session:
        """Lock and mend the collection, begin a run, and start the workers, now or with the first page.

        Raises:
            NewsclipError: the collection cannot be written.

        """
        options = StoreOptions(
            operator=settings.collection.operator,
            user_agent=user_agent(settings),
            robots=settings.fetch.robots,
        )
        writer = Writer.open(Path(settings.collection.path), options, command)
        bind(run=writer.run)
        path = settings.collection.path
        log("run.began", f"{command}: run {writer.run} of {path}", command=command, collection=path)
        for line in writer.mended.lines:
            log("run.mended", line)
        return cls(writer=writer, judges=Judges(settings.fetch, at_once=judge_at_once), fetch=settings.fetch)

    def count(self, capture: Capture) -> None:
        """Count a page that is safe, and acknowledge it."""
        assert capture.liveness is not None
        self.kept[capture.liveness] += 1
        self.unfetched += capture.status is None
        if self.rescue is not None and capture.liveness.dead:
            self.dead.append(capture)
        self.acknowledge(capture)

    def recount(self, before: Capture, after: Capture) -> None:
        """Count a page of this run by the verdict that it has now; it was acknowledged with another one."""
        assert before.liveness is not None
        assert after.liveness is not None
        if before.run == self.writer.run:
            self.kept[after.liveness] += 1
            self.kept[before.liveness] -= 1
            self.kept = +self.kept
            if self.rescue is not None and after.liveness.dead and not before.liveness.dead:
                self.dead.append(after)

    def count_rescued(self, copy: Capture) -> None:
        """Count a copy of a dead page that is safe, and acknowledge it."""
        self.rescued += 1
        log("rescue.done", f"{copy.target} has a copy: {copy.url}", url=copy.target, copy=copy.url)
        self.acknowledge(copy)

    def not_rescued(self, dead: Capture, why: str, *, asked: bool) -> None:
        """Count a dead page of which no copy is had, and say why."""
        self.lost += asked
        self.unasked += not asked
        log("rescue.failed", f"No copy of {dead.target}: {why}.", url=dead.target, why=why)

    def leave(self, host: str, why: str) -> None:
        """Count a target that stays due since its host is left for later."""
        if host not in self.left:
            log("host.left", f"{host} is left for later: {why}", host=host, why=why)
        self.left.setdefault(host, Left(why)).targets += 1

    def log_end(self, command: str, message: str, report: Path | None = None) -> None:
        """Say how the run ended."""
        log(
            "run.ended",
            message,
            command=command,
            outcome=self.outcome,
            seconds=time.monotonic() - self.began,
            captured=sum(self.kept.values()),
            verdicts=dict(self.kept),
            bytes=self.writer.tally.bytes,
            report=report,
        )

    def close(self) -> None:
        """End the run: give back what was not finished, close the files, stop the workers."""
        self.judges.close()
        self.writer.close(self.outcome)

    @property
    def outcome(self) -> str:
        """How the run ended, in a word, for its record."""
        if self.stopped_by:
            return "stopped"
        return "interrupted" if self.interrupted else "done"
