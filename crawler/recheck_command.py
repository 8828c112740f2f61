"""`newsclip recheck`: look at archived articles again, at the ages that `recheck` of their source names.

    ages ─▶ due articles ─▶ spider ─▶ what became of each: unchanged, edited, died, moved, came back ─▶ report

Each look is a capture as any other: an equal payload is a revisit, another text a new version (`newsclip diff`). What
several looks say of an address together, `newsclip history` says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from archive.terminal import escape, json_line
from crawler.crawl_command import INTERRUPTED, LIMIT_REACHED, chosen, log_limits
from crawler.crawl_report import recheck_report_of, write_report
from crawler.crawl_run import CrawlRun
from crawler.logs import log
from crawler.notify import announce, look_of
from crawler.progress import Progress
from crawler.rechecks import Rechecks
from crawler.rejudge import judge_stored
from crawler.scrapy_settings import scrapy_settings
from crawler.session import Session
from crawler.spiders.recheck import RecheckSpider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.command import Context
    from archive.looks import Outcome
    from crawler.config import Settings

_WIDEST = 10


def recheck(names: Sequence[str], settings: Settings, context: Context) -> int:
    """Look again at what is due of the sources with these names, or of all, and return the exit status.

    Raises:
        NewsclipError: there is no such source, or the collection cannot be written.

    """
    sources = chosen(settings, names)
    session = Session.open(settings, "recheck")
    try:
        run = CrawlRun(sources, settings.limits, Path(settings.collection.path))
        with Progress(0, context.err, quiet=context.verbosity < 0) as progress:

            def tell(url: str, outcome: Outcome) -> None:
                line = json_line({"url": url, "outcome": outcome.value}) if context.json else _in_words(url, outcome)
                progress.above(f"{line}\n", context.out)

            session.rechecks = rechecks = Rechecks(session.writer, sources, tell)
            judge_stored(session, session.writer.mended.unjudged)
            due = rechecks.prepare()
            if due:
                process = AsyncCrawlerProcess(scrapy_settings(settings))
                process.crawl(RecheckSpider, session=session, run=run)
                process.start()
        session.interrupted |= session.stopped_by is None and run.unfinished
        report = recheck_report_of(session, run, rechecks)
    finally:
        session.close()
    file = write_report(Path(settings.collection.path), report)
    _log_summary(run, rechecks)
    session.log_end("recheck", f"Report: {file}", file)
    if session.stopped_by is not None:
        raise session.stopped_by
    if session.interrupted:
        return INTERRUPTED
    announce(settings, look_of("recheck", run, (), settings))
    return LIMIT_REACHED if any(run.limits_reached()) else 0


def _in_words(url: str, outcome: Outcome) -> str:
    return f"{outcome.value:<{_WIDEST}} {escape(url)}"


def _log_summary(run: CrawlRun, rechecks: Rechecks) -> None:
    for name, outcomes in rechecks.outcomes.items():
        counts = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "nothing was due"
        told = {outcome.value: count for outcome, count in outcomes.items()}
        log("source.rechecked", f"{name}: {counts}.", source=name, outcomes=told)
    log_limits(run)
