"""`newsclip crawl`: one pass over the configured sources, or over those that are named.

    sources ─▶ their listings are due ─▶ spider ─▶ summary, report, exit status

What was found and not fetched, for a limit or a Ctrl-C, is fetched by the next crawl. The exit status is the worst that
happened: a fault of ours, an interruption, a limit, then a source that needs attention.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from archive import finds, listings
from archive import sources as sources_table
from archive.errors import UsageError
from archive.rows import VERDICT_COLUMNS, when
from archive.terminal import escape
from crawler.config import require_sources
from crawler.crawl_report import report_of, write_report
from crawler.crawl_run import CrawlRun
from crawler.discovery import Discovery
from crawler.due import next_due
from crawler.feed_interval import Look, next_interval
from crawler.listing_reader import wanted_address
from crawler.notify import announce, look_of, matters_of
from crawler.printer import Printer
from crawler.progress import Progress
from crawler.rejudge import judge_stored
from crawler.scrapy_settings import scrapy_settings
from crawler.session import Session
from crawler.spiders.crawl import CrawlSpider
from crawler.watch import watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from archive.attention import Concern
    from archive.command import Context
    from archive.model import Capture
    from crawler.config import Settings
    from crawler.source_options import SourceOptions

HOURLY = timedelta(hours=1)
"""The interval of a source that names none."""
NEEDS_ATTENTION, LIMIT_REACHED, INTERRUPTED = 3, 6, 130


def crawl_sources(names: Sequence[str], settings: Settings, context: Context) -> int:
    """Crawl the sources with these names, or all, and return the exit status.

    Raises:
        NewsclipError: there is no such source, or the collection cannot be written.

    """
    sources = chosen(settings, names)
    session = Session.open(settings, "crawl")
    try:
        say(context, [*session.writer.mended.lines, *_nobody_to_ask(settings)])
        run = begin(session, sources, settings)
        stored = session.writer.mended.unjudged
        with Progress(0, context.err, quiet=context.verbosity < 0) as progress:
            session.acknowledge = Printer(context, progress, _for_people)
            session.tell = lambda line: progress.above(f"{line}\n", context.err)
            judge_stored(session, stored)
            process = AsyncCrawlerProcess(scrapy_settings(settings))
            process.crawl(CrawlSpider, session=session, run=run)
            process.start()
        left = {name: session.writer.ask(finds.waiting, name) for name in run.sources}
        # A second Ctrl-C ends the loop before the spider can hear why.
        session.interrupted |= session.stopped_by is None and run.unfinished
        if not run.unfinished:
            learn(session, run)
        if session.stopped_by is None:
            run.noted = watch(session.writer, run, [source.name for source in settings.sources])
        report = report_of(session, run, left)
    finally:
        session.close()
    file = write_report(Path(settings.collection.path), report)
    say(context, [*_summary(session, run, left), f"Report: {file}"])
    if session.stopped_by is None and not session.interrupted:
        announce(settings, look_of("crawl", run, matters_of(run), settings))
    return _status(session, run)


def _nobody_to_ask(settings: Settings) -> list[str]:
    """Return a warning where sites are crawled that cannot see by whom; a trial run is no reason to refuse."""
    if settings.collection.operator or settings.fetch.user_agent:
        return []
    warning = (
        "Sites cannot see who crawls them, and many block such crawlers; name somebody who can be asked, "
        'in newsclip.toml under [collection]: operator = "Example Newsroom <archive@news.example>"'
    )
    return [warning]


def chosen(settings: Settings, names: Sequence[str]) -> tuple[SourceOptions, ...]:
    """Return the configured sources with these names, or all.

    Raises:
        UsageError: there is none, or none with such a name.

    """
    require_sources(settings)
    known = {source.name: source for source in settings.sources}
    if odd := next((name for name in names if name not in known), None):
        raise UsageError(f"There is no source {odd!r}; known are {', '.join(known)}.")
    return tuple(known[name] for name in dict.fromkeys(names)) if names else settings.sources


def begin(session: Session, sources: Sequence[SourceOptions], settings: Settings) -> CrawlRun:
    """Make the listings of the sources due, and return the run that will crawl them."""
    writer = session.writer
    run = CrawlRun(sources, settings.limits, Path(settings.collection.path))
    for source in sources:
        kinds = (("feed", source.feeds), ("sitemap", source.sitemaps), ("section", source.pages))
        roots = [(kind, url, wanted_address(url)[1]) for kind, urls in kinds for url in urls]
        writer.change(listings.name_roots, source.name, roots)
        writer.change(listings.make_roots_due, source.name)
        run.sources[source.name].before = writer.ask(sources_table.state, source.name)
        writer.change(sources_table.began, source.name, run.began)
        plan(session, source, run.began)
    session.discovery = Discovery(session, run.sources, settings.fetch.max_bytes)
    return run


def learn(session: Session, run: CrawlRun) -> None:
    """Let the interval of each source follow how often its feeds bring something new, where its bounds allow."""
    for name, source in run.sources.items():
        bounds, before = source.options.bounds, source.before
        if bounds is None or before is None or source.failed or not source.asked:
            continue
        look = Look(max(run.began - before.began_at, timedelta()), source.entries, source.new)
        interval = next_interval(before.interval or bounds.hold(source.options.every or HOURLY), look, bounds)
        session.writer.change(sources_table.adapt, name, interval)
        plan(session, source.options, run.began)


def plan(session: Session, source: SourceOptions, began: datetime) -> None:
    """Note when a source is due next, as far as its configuration says today."""
    state = session.writer.ask(sources_table.state, source.name)
    session.writer.change(sources_table.plan, source.name, next_due(source, state, since=began, now=began))


def _summary(session: Session, run: CrawlRun, left: dict[str, int]) -> list[str]:
    kept = sum(session.kept.values())
    counts = ", ".join(f"{count} {liveness}" for liveness, count in session.kept.most_common())
    lines = []
    for name, source in run.sources.items():
        asked = f"{source.asked} listings asked ({source.unchanged} unchanged, {source.failed} failed)"
        more = f", {left[name]} left for the next crawl" if left[name] else ""
        lines.append(f"{name}: {asked}; {source.new} new articles, {source.pages} asked for{more}.")
    lines += [f"{one.source} needs attention since {when(one.since)}: {escape(one.why)}." for one in run.noted.standing]
    lines += [_over(one) for one in run.noted.over]
    lines += run.reached()
    lines += [f"{escape(host)} was left for later: {escape(why.why)}" for host, why in session.left.items()]
    return [*lines, f"{kept} captured{': ' + counts if counts else ''}."]


def _over(one: Concern) -> str:
    said = "is taken for how it is now" if one.accepted else "is over"
    return f"{one.source}: {one.kind.value}, since {when(one.since)}, {said}."


def _status(session: Session, run: CrawlRun) -> int:
    if session.stopped_by is not None:
        raise session.stopped_by
    if session.interrupted:
        return INTERRUPTED
    if run.reached():
        return LIMIT_REACHED
    return NEEDS_ATTENTION if run.noted.standing else 0


def _for_people(capture: Capture) -> str:
    assert capture.liveness is not None
    return f"{capture.liveness.value:<{VERDICT_COLUMNS}} {escape(capture.target)}"


def say(context: Context, lines: Iterable[str]) -> None:
    """Say lines on standard error, unless that is to be quiet."""
    if context.verbosity >= 0:
        context.err.writelines(f"{line}\n" for line in lines)
