"""A run that looks at archived articles again, from its beginning to its end, whoever runs the spider between.

ages ─▶ due articles ─▶ (spider) ─▶ what became of each: unchanged, edited, died, moved, came back ─▶ report
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.crawl_report import recheck_report_of, write_report
from crawler.crawl_round import INTERRUPTED, LIMIT_REACHED, chosen, log_limits
from crawler.crawl_run import CrawlRun
from crawler.logs import log
from crawler.notify import announce, look_of
from crawler.rechecks import Rechecks
from crawler.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

    from archive.looks import Outcome
    from crawler.config import Settings


def _nobody(url: str, outcome: Outcome) -> None:
    """Tell nobody what was found (the spider was started by `scrapy crawl`)."""


@dataclass(frozen=True, slots=True)
class RecheckRound:
    """A recheck of some sources that has begun; `rechecks` reckons what is due, `conclude` ends it."""

    session: Session
    run: CrawlRun
    settings: Settings
    rechecks: Rechecks

    @classmethod
    def begin(
        cls,
        names: Sequence[str],
        settings: Settings,
        command: str = "recheck",
        tell: Callable[[str, Outcome], None] = _nobody,
    ) -> Self:
        """Open the collection; `tell` is given what each look finds.

        Raises:
            NewsclipError: there is no such source, or the collection cannot be written.

        """
        sources = chosen(settings, names)
        session = Session.open(settings, command)
        try:
            run = CrawlRun(sources, settings.limits, Path(settings.collection.path))
            session.rechecks = rechecks = Rechecks(session.writer, sources, tell)
            return cls(session, run, settings, rechecks)
        except BaseException:
            session.close()
            raise

    def conclude(self) -> int:
        """Close the collection, tell what was found, and return the exit status.

        Raises:
            NewsclipError: it was stopped by that, or it cannot be written.

        """
        session, run = self.session, self.run
        try:
            session.interrupted |= session.stopped_by is None and run.unfinished
            report = recheck_report_of(session, run, self.rechecks)
        finally:
            session.close()
        file = write_report(Path(self.settings.collection.path), report)
        _log_summary(run, self.rechecks)
        session.log_end("recheck", f"Report: {file}", file)
        if session.stopped_by is not None:
            raise session.stopped_by
        if session.interrupted:
            return INTERRUPTED
        announce(self.settings, look_of("recheck", run, (), self.settings))
        return LIMIT_REACHED if any(run.limits_reached()) else 0


def _log_summary(run: CrawlRun, rechecks: Rechecks) -> None:
    for name, outcomes in rechecks.outcomes.items():
        counts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "nothing was due"
        told = {outcome.value: count for outcome, count in outcomes.items()}
        log("source.rechecked", f"{name}: {counts}.", source=name, outcomes=told)
    log_limits(run)
