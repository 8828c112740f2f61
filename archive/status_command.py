"""`newsclip status`: the collection on one screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.answer import iso
from archive.collection import Collection
from archive.lookup import open_index
from archive.rows import when
from archive.status import status
from archive.terminal import Screen, escape, json_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.attention import Concern
    from archive.command import Context
    from archive.finds import Left
    from archive.status import Due, Run, Status

_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP = 1000


def show_status(context: Context) -> int:
    """Print the state of the collection.

    Raises:
        NewsclipError: there is no collection, or its index cannot be read.

    """
    collection = Collection(context.collection)
    with open_index(context.collection) as connection:
        found = status(connection, collection)
    if context.json:
        context.out.write(json_line(_as_json(found, collection)) + "\n")
    else:
        context.out.write(_for_people(found, collection, Screen.of(context.out)))
    return 0


def _as_json(found: Status, collection: Collection) -> dict[str, Any]:
    return {
        "collection": str(collection.path),
        "pages": found.pages,
        "verdicts": {verdict or "unjudged": count for verdict, count in found.verdicts},
        "rescued": found.rescued,
        "sites": found.sites,
        "warc_files": found.files,
        "warc_bytes": found.size,
        "first": iso(found.first) if found.first else None,
        "last": iso(found.last) if found.last else None,
        "being_written": found.being_written,
        "runs": [
            {
                "run": run.id,
                "command": run.command,
                "started_at": iso(run.started_at),
                "ended_at": iso(run.ended_at) if run.ended_at else None,
                "outcome": run.outcome,
                "counts": run.counts,
                "reasons": run.reasons,
                "bytes": run.bytes,
            }
            for run in found.runs
        ],
        "attention": [_concern(one) for one in found.attention],
        "over": [_concern(one) for one in found.over],
        "due": [
            {
                "source": one.source,
                "crawled_at": iso(one.crawled_at),
                "next_at": iso(one.next_at),
                "rechecks": one.rechecks,
            }
            for one in found.due
        ],
        "left": [
            {"source": one.source, "articles": one.articles, "next": [asdict(find) for find in one.next]}
            for one in found.left
        ],
        "advice": list(found.advice),
    }


def _concern(one: Concern) -> dict[str, Any]:
    return {
        "source": one.source,
        "kind": one.kind.value,
        "why": one.why,
        "since": iso(one.since),
        "over": iso(one.over) if one.over else None,
    }


def _for_people(found: Status, collection: Collection, screen: Screen) -> str:
    lines = [f"collection   {escape(str(collection.path))}"]
    span = f", {when(found.first)} to {when(found.last)} UTC" if found.first and found.last else ""
    lines.append(f"pages        {found.pages:,} captures from {found.sites:,} sites{span}")
    lines += [f"             {count:>9,}  {verdict or 'unjudged'}" for verdict, count in found.verdicts]
    if found.rescued:
        lines.append(f"rescued      {found.rescued:,} copies of dead pages, out of web archives")
    lines.append(f"files        {found.files:,} WARC files, {_size(found.size)}")
    for number, run in enumerate(found.runs):
        lines.append(
            f"{'' if number else 'last runs':<13}{_run(run, being_written=found.being_written and not number)}"
        )
    for number, due in enumerate(found.due):
        lines.append(f"{'' if number else 'due next':<13}{_due(due)}")
    for number, left in enumerate(found.left):
        lines += [f"{'' if number or line else 'not fetched':<13}{text}" for line, text in enumerate(_left(left))]
    if found.being_written:
        lines.append("now          a process is writing to it")
    lines += [
        f"{one.source}: {one.kind.value} is over; it lasted from {when(one.since)} to {when(one.over)}"
        for one in found.over
        if one.over
    ]
    lines += [
        screen.bold(f"{one.source} needs attention since {when(one.since)}: {escape(one.why)}.")
        for one in found.attention
    ]
    lines += [screen.bold(escape(sentence)) for sentence in found.advice]
    return "\n".join(lines) + "\n"


def _run(run: Run, *, being_written: bool) -> str:
    outcome = run.outcome or ("at work" if being_written else "cut short")
    counts = ", ".join(f"{count:,} {name}" for name, count in run.counts.items())
    counts += f"; {_size(run.bytes)}" if run.bytes else ""
    return f"{when(run.started_at)}  {escape(run.command)}: {escape(outcome)}{f' ({escape(counts)})' if counts else ''}"


def _due(due: Due) -> str:
    looks = f"; {due.rechecks:,} articles to be looked at again" if due.rechecks else ""
    return f"{when(due.next_at)}  {escape(due.source)} (crawled {when(due.crawled_at)}{looks})"


def _left(left: Left) -> Iterator[str]:
    """Yield how many articles of a source wait, and what is known of those whose turn is next."""
    yield f"{left.articles:,} articles that {escape(left.source)} lists; the next:"
    for find in left.next:
        yield f"  {escape(find.line)}"


def _size(size: float) -> str:
    unit = 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size, unit = size / _STEP, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if unit else f"{size} bytes"
