"""`newsclip compact`: what is merged, line by line, and what came of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from archive.compact import Compacted, compact, plan
from archive.merge_plan import Limits
from archive.options import StoreOptions
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
    limits = Limits(parse_size(below), StoreOptions().roll_bytes)
    done = Compacted()

    def tell(line: str) -> None:
        if context.verbosity >= 0:
            context.err.write(f"{escape(line)}\n")
            context.err.flush()

    try:
        (plan if dry_run else compact)(context.collection, limits, done, tell)
    except BaseException:
        if done.files_before:
            _say(done, context, dry_run=dry_run)
        raise
    _say(done, context, dry_run=dry_run)
    return 0


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
