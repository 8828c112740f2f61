"""The record of a run: one JSON file a run under `reports/`, whether it saved, crawled, looked or judged again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.disk import explained, replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from archive.attention import Concern
    from archive.finds import Left
    from crawler.crawl_run import CrawlRun
    from crawler.rechecks import Rechecks
    from crawler.rerun import Counts
    from crawler.session import Session

FOLDER = "reports"


def report_of(session: Session, run: CrawlRun, left: dict[str, Left]) -> dict[str, Any]:
    """Return the record of a run: its id, times and outcome, counts by verdict, and what it did for each source."""
    return _head(session, "crawl", run.began, run.limit) | {
        "attention": [_told(one) for one in run.noted.standing],
        "over": [_told(one) | {"accepted": one.accepted} for one in run.noted.over],
        "sources": [
            {
                "name": name,
                "listings_asked": source.asked,
                "listings_unchanged": source.unchanged,
                "listings_failed": source.failed,
                "articles_new": source.new,
                "articles_asked_for": source.pages,
                "articles_left": left[name].articles,
                "next": [asdict(find) for find in left[name].next],
                "articles_given_up": source.given_up,
                "bytes": source.bytes,
                "limit": source.limit,
                "traps": [
                    {"why": why, "addresses": times, "first": first} for why, (times, first) in source.trapped.items()
                ],
                "faults": source.faults,
            }
            for name, source in run.sources.items()
        ],
    }


def recheck_report_of(session: Session, run: CrawlRun, rechecks: Rechecks) -> dict[str, Any]:
    """Return the record of a run that looked at articles again: what became of them, for each source."""
    outcomes = [
        {
            "name": name,
            "outcomes": {outcome.value: count for outcome, count in counts.items()},
            "decided_dead": [
                {"url": url, "since": since.isoformat(timespec="seconds")}
                for url, since in rechecks.decided[name].items()
            ],
        }
        for name, counts in rechecks.outcomes.items()
    ]
    return _head(session, "recheck", run.began, run.limit) | {"sources": outcomes}


def save_report_of(session: Session, began: datetime) -> dict[str, Any]:
    """Return the record of a run that saved addresses."""
    return _head(session, "save", began, None)


def rerun_report_of(session: Session, began: datetime, counts: Counts) -> dict[str, Any]:
    """Return the record of a run that judged stored pages again."""
    return _head(session, "rerun", began, None) | {
        "looked_at": counts.looked_at,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "failed": counts.failed,
    }


def captured_in_words(session: Session) -> str:
    """Return how many pages a run captured, and of what kind, in a sentence."""
    counts = ", ".join(f"{count} {liveness}" for liveness, count in session.kept.most_common())
    return f"{sum(session.kept.values())} captured{': ' + counts if counts else ''}."


def _head(session: Session, command: str, began: datetime, limit: str | None) -> dict[str, Any]:
    tally = session.writer.tally
    return {
        "run": session.writer.run,
        "command": command,
        "started_at": began.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "outcome": session.outcome,
        "limit": limit,
        "verdicts": dict(session.kept),
        "reasons": dict(tally.reasons.most_common()),
        "bytes": tally.bytes,
        "hosts_left": {host: left_one.why for host, left_one in session.left.items()},
    }


def _told(one: Concern) -> dict[str, Any]:
    return {
        "source": one.source,
        "kind": one.kind.value,
        "why": one.why,
        "since": one.since.isoformat(timespec="seconds"),
    }


def write_report(collection: Path, report: dict[str, Any]) -> Path:
    """Write a report whole or not at all, and return its path.

    Raises:
        DiskFull, NotWritable: it cannot be written.

    """
    folder = collection / FOLDER
    file = folder / f"{report['run']}.json"
    try:
        folder.mkdir(exist_ok=True)
        replace_file(file, (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise explained(error, file) from None
    return file
