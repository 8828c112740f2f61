"""The record of a crawl: one JSON file a run under `reports/`, and which of its sources need somebody's attention."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.crawl_run import CrawlRun
    from crawler.rechecks import Rechecks
    from crawler.session import Session

FOLDER = "reports"


def attention(run: CrawlRun) -> Iterator[tuple[str, str]]:
    """Yield each source that yields less than it should, and why; a crawl that says nothing of it would hide it."""
    for name, source in run.sources.items():
        if source.failed:
            yield name, f"{source.failed} of {source.asked} listings could not be read: {source.faults[0]}"
        for url in source.ran_dry:
            yield name, f"{url} names nothing, and did before"


def report_of(session: Session, run: CrawlRun, left: dict[str, int]) -> dict[str, Any]:
    """Return the record of a run: its id, times and outcome, counts by verdict, and what it did for each source."""
    return _head(session, run, "crawl") | {
        "attention": [{"source": name, "why": why} for name, why in attention(run)],
        "sources": [
            {
                "name": name,
                "listings_asked": source.asked,
                "listings_unchanged": source.unchanged,
                "listings_failed": source.failed,
                "articles_new": source.new,
                "articles_asked_for": source.pages,
                "articles_left": left[name],
                "bytes": source.bytes,
                "limit": source.limit,
                "faults": source.faults,
            }
            for name, source in run.sources.items()
        ],
    }


def recheck_report_of(session: Session, run: CrawlRun, rechecks: Rechecks) -> dict[str, Any]:
    """Return the record of a run that looked at articles again: what became of them, for each source."""
    outcomes = [
        {"name": name, "outcomes": {outcome.value: count for outcome, count in counts.items()}}
        for name, counts in rechecks.outcomes.items()
    ]
    return _head(session, run, "recheck") | {"sources": outcomes}


def _head(session: Session, run: CrawlRun, command: str) -> dict[str, Any]:
    return {
        "run": session.writer.run,
        "command": command,
        "started_at": run.began.isoformat(timespec="seconds"),
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "outcome": session.outcome,
        "limit": run.limit,
        "verdicts": dict(session.kept),
        "hosts_left": {host: left_one.why for host, left_one in session.left.items()},
    }


def write_report(collection: Path, report: dict[str, Any]) -> Path:
    """Write a report whole or not at all, and return its path."""
    folder = collection / FOLDER
    folder.mkdir(exist_ok=True)
    file = folder / f"{report['run']}.json"
    beside = file.with_suffix(".json.new")
    beside.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(beside, file)  # noqa: PTH105 - the same, and says what it does
    return file
