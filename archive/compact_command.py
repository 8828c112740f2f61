"""`newsclip compact`: what is merged, line by line, and what came of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.collection import Collection
from archive.compact import Compacted, compact
from archive.lookup import open_index
from archive.merge_plan import Limits, groups
from archive.size import parse_size
from archive.terminal import escape, json_line

if TYPE_CHECKING:
    from archive.command import Context


def compact_collection(below: str, context: Context, *, dry_run: bool) -> int:
    """Merge the small files of a collection, or only say what would be merged, and say what came of it.

    Raises:
        NewsclipError: there is no collection, another process writes to it, or there is no room; what was merged before
            is said first.

    """
    limits = Limits(below=parse_size(below))
    done = Compacted()

    def tell(line: str) -> None:
        if context.verbosity >= 0:
            context.err.write(f"{escape(line)}\n")
            context.err.flush()

    try:
        if dry_run:
            _plan(context, limits, done)
        else:
            compact(context.collection, limits, done, tell)
    except BaseException:
        if done.files_before:
            _say(done, context, dry_run=dry_run)
        raise
    _say(done, context, dry_run=dry_run)
    return 0


def _plan(context: Context, limits: Limits, done: Compacted) -> None:
    """Count what would be merged; a look takes no lock and changes nothing."""

    def tell(line: str) -> None:
        context.err.write(f"{escape(line)}\n")

    with open_index(context.collection) as connection:
        for group in groups(Collection(context.collection), connection, limits, tell):
            if context.verbosity >= 0:
                context.err.write(
                    f"would merge {len(group.pairs):,} pairs, {group.size:,} bytes, into {escape(group.stem)}.warc.gz\n"
                )
            done.add(group)


def _say(done: Compacted, context: Context, *, dry_run: bool) -> None:
    if context.json:
        context.out.write(json_line(asdict(done) | {"dry_run": dry_run}) + "\n")
    elif not done.files_before:
        context.out.write("There was nothing to merge.\n")
    else:
        became = "would become" if dry_run else "became"
        context.out.write(
            f"{done.files_before:,} WARC files {became} {done.files_after:,}; "
            f"{done.bytes_before:,} bytes {became} {done.bytes_after:,}.\n"
        )
