"""`newsclip list`: what is in the collection, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.answer import answer
from archive.index import select
from archive.lookup import open_index
from archive.rows import row
from archive.terminal import json_line

if TYPE_CHECKING:
    import sqlite3

    from archive.command import Context
    from archive.selection import Selection

_COUNTED = 1_000_000
"""Further captures are counted up to here, so that the closing line costs the same in any collection."""


def list_captures(selection: Selection, limit: int, context: Context) -> int:
    """Print the newest captures of a selection; `limit` 0 prints all.

    Raises:
        NewsclipError: there is no collection, or its index cannot be read.

    """
    with open_index(context.collection) as connection:
        where, values = selection.where(connection)
        # There is an index by time for pages alone; everything else is listed in the order in which it was stored.
        order = "id DESC" if selection.every_role else "fetched_at DESC, id DESC"
        newest = f"WHERE {where} ORDER BY {order} LIMIT ?"
        shown = 0
        for capture in select(connection, newest, (*values, limit or -1)):
            shown += 1
            context.out.write((json_line(answer(capture)) if context.json else row(capture)) + "\n")
        if limit and shown == limit and context.verbosity >= 0:
            context.out.flush()
            context.err.write(_more(connection, where, values, shown))
        elif not shown and context.verbosity >= 0:
            context.err.write("Nothing here is like that; newsclip status says what there is.\n")
    return 0


def _more(connection: sqlite3.Connection, where: str, values: list[object], shown: int) -> str:
    count = f"SELECT count(*) FROM (SELECT 1 FROM captures WHERE {where} LIMIT {_COUNTED + shown})"  # noqa: S608 - conditions are ours, values are bound
    more = connection.execute(count, values).fetchone()[0] - shown
    if not more:
        return ""
    return f"… and {'at least ' if more == _COUNTED else ''}{more:,} more; --limit 0 lists all.\n"
