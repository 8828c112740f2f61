"""`newsclip save`: addresses in; for each, a line or an object out when it is safely kept.

    addresses ─▶ frontier ─▶ spider ─▶ handover ─▶ writer ─▶ acknowledged: printed

The exit status is the worst that happened: a fault or a limit, then an interruption, then an address that could not be
fetched, then a page that is not live. A copy that was rescued does not make its page live.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from archive.address import clean_address
from archive.answer import answer
from archive.errors import UsageError
from archive.model import Liveness
from archive.rows import origin_of
from archive.terminal import escape
from crawler.crawl_report import captured_in_words, save_report_of, write_report
from crawler.logs import log
from crawler.printer import Printer
from crawler.progress import Progress
from crawler.rejudge import judge_stored
from crawler.scrapy_settings import scrapy_settings
from crawler.session import Session
from crawler.spiders.save import SaveSpider

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from archive.command import Context
    from archive.model import Capture
    from crawler.config import Settings

NOT_ALL_LIVE, NOT_ALL_FETCHED, NOTHING_CAPTURED, INTERRUPTED = 3, 4, 5, 130
_ADDED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """What the user asked for: addresses, a file of more ("-" for standard input), and how."""

    urls: tuple[str, ...]
    file: str | None = None
    resume: bool = False
    if_older_than: timedelta | None = None
    rescue: bool = False


@dataclass(slots=True)
class _Intake:
    """What became of the addresses that came in."""

    added: int = 0
    twice: int = 0
    fresh: int = 0
    bad: int = 0
    lines: Counter[str] = field(default_factory=Counter)


def save(request: SaveRequest, settings: Settings, context: Context) -> int:
    """Save addresses and return the exit status.

    Raises:
        NewsclipError: nothing was asked for, or the collection cannot be written.

    """
    if not (request.urls or request.file or request.resume):
        raise UsageError("No address was given; say newsclip save URL, or --from FILE, or --resume.")
    named = [clean_address(url) for url in request.urls]
    with _lines_of(request.file) as lines:
        session = Session.open(settings, "save")
        began = datetime.now(UTC)
        try:
            for left in session.writer.unfinished if not request.resume else ():
                log("run.unfinished", left.line, left=left.left)
            intake = _take_in(request, named, lines, session)
            stored = session.writer.mended.unjudged
            total = max(session.writer.waiting(), len(stored))
            with Progress(total, context.err, quiet=context.verbosity < 0) as progress:
                session.acknowledge = Printer(context, progress, _for_people)
                session.rescue = settings.rescue if request.rescue else None
                judge_stored(session, stored)
                if session.writer.waiting():
                    crawl(settings, session)
                for dead in session.dead:  # stored by an earlier save, judged by this one, which fetched nothing
                    session.not_rescued(dead, "no archive was asked; save it again", asked=False)
            report = save_report_of(session, began)
            file = None
        finally:
            session.close()
    if session.stopped_by is None:
        file = write_report(Path(settings.collection.path), report)
    _log_summary(session, intake, file)
    return _status(session, intake, total)


def crawl(settings: Settings, session: Session) -> None:
    """Run the save spider over what is due, until it is done or asked to stop."""
    process = AsyncCrawlerProcess(scrapy_settings(settings))
    process.crawl(SaveSpider, session=session)
    process.start()
    # A second Ctrl-C ends the loop before the spider can hear why.
    left = sum(host.targets for host in session.left.values())
    session.interrupted |= session.stopped_by is None and session.writer.waiting() > left


@contextmanager
def _lines_of(file: str | None) -> Iterator[Iterable[str]]:
    if file is None:
        yield ()
    elif file == "-":
        yield sys.stdin
    else:
        try:
            with Path(file).open(encoding="utf-8", errors="replace") as lines:
                yield lines
        except OSError as error:
            if error.filename != file:
                raise
            raise UsageError(f"{file} cannot be read ({error.strerror}).") from None


def _take_in(request: SaveRequest, named: list[str], lines: Iterable[str], session: Session) -> _Intake:
    """Put the addresses into the frontier, in pieces, so that a list of any length takes no memory."""
    intake = _Intake()
    if request.resume:
        session.writer.resume()
    source = _addresses(named, lines, request.file, intake)
    while piece := list(islice(source, _ADDED_AT_ONCE)):
        wanted = [url for url in piece if not _is_fresh(url, request.if_older_than, session, intake)]
        added = session.writer.add_targets(wanted)
        intake.added += added
        intake.twice += len(wanted) - added
    session.writer.intake_complete()
    return intake


def _addresses(named: list[str], lines: Iterable[str], file: str | None, intake: _Intake) -> Iterator[str]:
    yield from named
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("\ufeff")
        if not text or text.startswith("#"):
            continue
        try:
            yield clean_address(text)
        except UsageError as error:
            intake.bad += 1
            log("save.line.refused", f"{file}, line {number}: {error}", file=file, line=number, why=error)


def _is_fresh(url: str, age: timedelta | None, session: Session, intake: _Intake) -> bool:
    if age is None:
        return False
    last = session.writer.last_captured(url)
    fresh = last is not None and datetime.now(UTC) - last < age
    intake.fresh += fresh
    return fresh


def _for_people(capture: Capture) -> str:
    """Return what is said of a page: verdict and reason, title, authors, date, words, and where text and record are."""
    assert capture.liveness is not None
    verdict = "rescued" if capture.memento else capture.liveness.value
    lines = [f"{verdict:<12} {escape(capture.target)}"]
    if capture.memento:
        lines.append(f"from         {origin_of(capture.memento, capture.url)}")
    if capture.url != capture.target:
        lines.append(f"at           {escape(capture.url)}")
    lines.append(f"because      {escape(capture.reason or '')} ({capture.confidence or 0:.0%} sure)")
    if capture.title:
        lines.append(f"title        {escape(capture.title)}")
    facts = [", ".join(capture.authors), capture.published or "", f"{capture.words} words" if capture.words else ""]
    if any(facts):
        lines.append(f"by           {escape(' · '.join(fact for fact in facts if fact))}")
    if capture.article:
        lines.append(f"text         {escape(capture.article)}")
    again = " (unchanged: a revisit)" if capture.revisit_of else ""
    lines.append(f"record       {capture.response.warc} at {capture.response.offset}{again}")
    if fault := answer(capture)["fault"]:
        lines.append(f"fault        {escape(fault)}")
    return "\n".join(lines) + "\n"


def _log_summary(session: Session, intake: _Intake, report: Path | None) -> None:
    session.log_end("save", captured_in_words(session), report)
    dead = session.rescued + session.lost + session.unasked
    counts = {
        "rescued": (session.rescued if dead else 0, f"{session.rescued} of {dead} dead pages rescued."),
        "repeated": (intake.twice, f"{intake.twice} named more than once were fetched once."),
        "fresh": (intake.fresh, f"{intake.fresh} skipped: captured recently enough."),
        "refused": (intake.bad, f"{intake.bad} lines were not addresses."),
    }
    for what, (count, words) in counts.items():
        if count or (what == "rescued" and dead):
            log("save.counted", words, what=what, count=count)
    for host, left in session.left.items():
        words = f"{host} is left for later: {left.why}; {left.targets} of its addresses are not done."
        log("host.unfinished", words, host=host, why=left.why, targets=left.targets)
    if count := session.writer.left:
        log("save.counted", f"{count} not done; finish with: newsclip save --resume", what="left", count=count)


def _status(session: Session, intake: _Intake, total: int) -> int:
    if session.stopped_by is not None:
        raise session.stopped_by
    if session.interrupted:
        return INTERRUPTED
    if intake.bad or session.unfetched or session.unasked or session.left:
        return NOT_ALL_FETCHED
    if not total and not intake.fresh:
        return NOTHING_CAPTURED
    return 0 if set(session.kept) <= {Liveness.LIVE} else NOT_ALL_LIVE
