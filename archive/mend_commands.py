"""`newsclip mend` and `newsclip reindex`: what the library does, and what it says it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.collection import Collection
from archive.errors import Damaged
from archive.lock import take_lock
from archive.mend import mend
from archive.reindex import reindex
from archive.schema import connect
from archive.terminal import escape, json_line

if TYPE_CHECKING:
    from archive.command import Context


def mend_collection(context: Context) -> int:
    """Mend a collection and say what was done.

    Raises:
        NewsclipError: there is no collection, another process writes to it, or its index is broken.

    """
    collection = Collection(context.collection)
    collection.require()
    lock = take_lock(collection)
    try:
        connection = connect(collection)
        try:
            mended = mend(collection, connection)
        finally:
            connection.close()
    finally:
        lock.release()
    if context.json:
        said = {"files": mended.files, "cut_bytes": mended.cut_bytes, "captures": mended.captures}
        said |= {"unjudged": len(mended.unjudged), "given_back": mended.given_back}
        context.out.write(json_line(said | {"compactions": int(mended.compaction is not None)}) + "\n")
        return 0
    lines = list(mended.lines)
    if mended.unjudged:
        lines.append(f"{len(mended.unjudged)} pages are stored and not judged yet; the next newsclip save judges them.")
    if mended.given_back:
        lines.append(f"{mended.given_back} addresses were under way; newsclip save --resume fetches them.")
    context.out.writelines(f"{escape(line)}\n" for line in lines or ["There was nothing to mend."])
    return 0


def reindex_collection(context: Context) -> int:
    """Make the index anew and say what it holds; the status is 7 when a file could not be read to its end.

    Raises:
        NewsclipError: there is no collection, or another process writes to it.

    """

    def tell(name: str) -> None:
        if context.verbosity >= 0:
            context.err.write(f"reading {escape(name)}\n")

    done = reindex(context.collection, tell)
    if context.json:
        said = {"files": done.files, "captures": done.captures, "texts": done.texts, "damaged": list(done.damaged)}
        context.out.write(json_line(said | {"carried_over": done.carried_over}) + "\n")
    else:
        context.out.writelines(f"{escape(line)}\n" for line in done.lines)
    return Damaged.exit_status if done.damaged else 0
