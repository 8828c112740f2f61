"""A crawl from its beginning to its end, whoever runs the spider between: `newsclip crawl`, or plain `scrapy crawl`.

    sources ─▶ their listings are due ─▶ (spider) ─▶ what was learnt, what needs attention ─▶ report, summary, notices

What was found and not fetched, for a limit or a Ctrl-C, is fetched by the next crawl. The exit status is the worst that
happened: a fault of ours, an interruption, a limit, then a source that needs attention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive import finds, listings
from archive import sources as sources_table
from archive.errors import UsageError
from archive.index import micros
from archive.rows import when
from crawler.config import require_sources
from crawler.crawl_report import captured_in_words, report_of, write_report
from crawler.crawl_run import CrawlRun
from crawler.discovery import Discovery
from crawler.due import next_due
from crawler.feed_interval import Look, next_interval
from crawler.listing_reader import wanted_address
from crawler.logs import log
from crawler.notify import announce, look_of, matters_of
from crawler.session import Session
from crawler.watch import watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Self

    from archive.attention import Concern
    from archive.finds import Left
    from crawler.config import Settings
    from crawler.source_options import SourceOptions

HOURLY = timedelta(hours=1)
"""The interval of a source that names none."""
NEEDS_ATTENTION, LIMIT_REACHED, INTERRUPTED = 3, 6, 130


@dataclass(frozen=True, slots=True)
class CrawlRound:
    """A crawl of some sources that has begun; `conclude` ends it."""

    session: Session
    run: CrawlRun
    settings: Settings

    @classmethod
    def begin(cls, names: Sequence[str], settings: Settings, command: str = "crawl") -> Self:
        """Open the collection and make due what the sources with these names list, or all.

        Raises:
            NewsclipError: there is no such source, or the collection cannot be written.

        """
        sources = chosen(settings, names)
        session = Session.open(settings, command)
        try:
            _warn_of_namelessness(settings)
            return cls(session, begin(session, sources, settings), settings)
        except BaseException:
            session.close()
            raise

    def conclude(self) -> int:
        """Note what the crawl taught, close the collection, tell of it, and return the exit status.

        Raises:
            NewsclipError: it was stopped by that, or it cannot be written.

        """
        session, run, settings = self.session, self.run, self.settings
        try:
            left = {name: session.writer.ask(finds.left, name) for name in run.sources}
            for name, source in run.sources.items():
                source.given_up = session.writer.ask(finds.given_up, name, micros(run.began))
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
        _log_summary(session, run, left)
        session.log_end("crawl", f"{captured_in_words(session)} Report: {file}", file)
        if session.stopped_by is None and not session.interrupted:
            announce(settings, look_of("crawl", run, matters_of(run), settings))
        return _status(session, run)


def _warn_of_namelessness(settings: Settings) -> None:
    """Say where sites are crawled that cannot see by whom; a trial run is no reason to refuse."""
    if not settings.collection.operator and not settings.fetch.user_agent:
        log(
            "run.nameless",
            "Sites cannot see who crawls them, and many block such crawlers; name somebody who can be asked, "
            'in newsclip.toml under [collection]: operator = "Example Newsroom <archive@news.example>"',
        )


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


def _log_summary(session: Session, run: CrawlRun, left: dict[str, Left]) -> None:
    for name, source in run.sources.items():
        asked = f"{source.asked} listings asked ({source.unchanged} unchanged, {source.failed} failed)"
        waiting = left[name].articles
        following = f", next {left[name].next[0].line!r}" if left[name].next else ""
        more = f", {waiting} left for the next crawl{following}" if waiting else ""
        if source.given_up:
            more += f", {len(source.given_up)} given up after {finds.MOST_TRIES} tries"
        log(
            "source.ended",
            f"{name}: {asked}; {source.new} new articles, {source.pages} asked for{more}.",
            source=name,
            asked=source.asked,
            unchanged=source.unchanged,
            failed=source.failed,
            new=source.new,
            articles=source.pages,
            left=waiting,
            bytes=source.bytes,
        )
    for one in run.noted.standing:
        log("source.attention", f"{one.source} needs attention since {when(one.since)}: {one.why}.", **_told(one))
    for one in run.noted.over:
        now = "is taken for how it is now" if one.accepted else "is over"
        words = f"{one.source}: {one.kind.value}, since {when(one.since)}, {now}."
        log("source.over", words, **_told(one), accepted=one.accepted)
    log_limits(run)
    for host, why in session.left.items():
        log("host.unfinished", f"{host} was left for later: {why.why}", host=host, why=why.why, targets=why.targets)


def log_limits(run: CrawlRun) -> None:
    """Say which limits were reached."""
    for name, limit, words in run.limits_reached():
        log("run.limited", words, source=name, limit=limit)


def _told(one: Concern) -> dict[str, Any]:
    return {"source": one.source, "kind": one.kind.value, "since": one.since, "why": one.why}


def _status(session: Session, run: CrawlRun) -> int:
    if session.stopped_by is not None:
        raise session.stopped_by
    if session.interrupted:
        return INTERRUPTED
    if any(run.limits_reached()):
        return LIMIT_REACHED
    return NEEDS_ATTENTION if run.noted.standing else 0
