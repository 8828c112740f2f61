"""`newsclip rerun`: what was learned later, applied to what was saved earlier; nothing is fetched.

A changed page is a line, or an object with `--json`; the last line says how many there were. Records are added, none is
changed: what was said of a page before stays in the files (docs/collection.md, "judged anew").
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.answer import answer
from archive.collection import Collection
from archive.lookup import pages_in
from archive.rows import VERDICT_COLUMNS
from archive.terminal import escape, json_line
from archive.words import count_words
from crawler.crawl_report import rerun_report_of, write_report
from crawler.progress import Progress
from crawler.rerun import Counts, Rerun
from crawler.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.command import Context
    from archive.selection import Selection
    from crawler.config import Settings
    from crawler.rerun import Change

NOT_ALL_JUDGED, DAMAGE_FOUND, INTERRUPTED = 3, 7, 130


@dataclass(frozen=True, slots=True)
class RerunRequest:
    """What the user asked for: addresses or hosts (none is all), filters, and whether to write."""

    named: Sequence[str]
    selection: Selection
    dry: bool


def rerun(request: RerunRequest, settings: Settings, context: Context) -> int:
    """Judge stored pages again, keep what is another now, and return the exit status.

    Raises:
        NoCollection: there is none; this is no command that begins one.
        NewsclipError: an address is not in the collection, or the collection cannot be written.

    """
    Collection(context.collection).require()
    session = Session.open(settings, "rerun", judge_at_once=False)
    began = datetime.now(UTC)
    try:
        session.writer.intake_complete()  # there is no list; killed, it has left nothing to resume
        ids = session.writer.ask(pages_in, request.named, request.selection)
        with Progress(len(ids), context.err, quiet=context.verbosity < 0) as progress:

            def tell(change: Change) -> None:
                line = json_line(_as_json(change)) if context.json else _in_words(change)
                progress.above(f"{line}\n", context.out)

            run = Rerun(session, tell, progress.step, dry=request.dry)
            asyncio.run(run.run(ids))
        report = rerun_report_of(session, began, run.counts)
    finally:
        session.close()
    file = write_report(Path(settings.collection.path), report)
    context.out.write(
        (json_line(_counted(run.counts, request)) if context.json else _summary(run.counts, request)) + "\n"
    )
    session.log_end("rerun", f"Report: {file}", file)
    return _status(session, run.counts)


def _as_json(change: Change) -> dict[str, Any]:
    """Return the object of a change: the capture as it is now, or as it was where nothing is written."""
    before, processed = change.before, change.processed
    return answer(change.after or before) | {
        "outcome": "changed",
        "verdict": processed.verdict.liveness.value,
        "reason": processed.verdict.reason,
        "words": _words(change),
        "verdict_before": before.liveness.value if before.liveness else None,
        "words_before": before.words,
    }


def _in_words(change: Change) -> str:
    before, now = change.before, change.processed.verdict.liveness.value
    was = before.liveness.value if before.liveness else "unjudged"
    verdict = now if was == now else f"{now} (was {was})"
    counts = [number for number in (before.words, _words(change)) if number is not None]
    words = f"  {' → '.join(map(str, counts))} words" if counts else ""
    return f"{verdict:<{VERDICT_COLUMNS}}{words}  {escape(before.url)}"


def _words(change: Change) -> int | None:
    article = change.processed.article
    return count_words(article.text) if article else None


def _counted(counts: Counts, request: RerunRequest) -> dict[str, Any]:
    return {
        "looked_at": counts.looked_at,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "failed": counts.failed,
        "dry_run": request.dry,
    }


def _summary(counts: Counts, request: RerunRequest) -> str:
    verb = "would change" if request.dry else "changed"
    failed = f", {counts.failed} could not be judged" if counts.failed else ""
    return f"{counts.looked_at} looked at: {counts.changed} {verb}, {counts.unchanged} unchanged{failed}."


def _status(session: Session, counts: Counts) -> int:
    if session.interrupted:
        return INTERRUPTED
    if counts.unreadable:
        return DAMAGE_FOUND
    return NOT_ALL_JUDGED if counts.failed else 0
