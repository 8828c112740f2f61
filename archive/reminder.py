"""What the next command says of a save that was cut short."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive import frontier
from archive.collection import Collection
from archive.errors import NewsclipError
from archive.schema import connect_to_read

if TYPE_CHECKING:
    from pathlib import Path


def reminder(path: Path) -> list[str]:
    """Return a line for each save that was cut short; none while one is under way, or where there is no index."""
    collection = Collection(path)
    if not collection.database.exists():
        return []
    try:
        connection = connect_to_read(collection)
        try:
            lines = [left.line for left in frontier.unfinished(connection)]
        finally:
            connection.close()
    except (NewsclipError, sqlite3.Error):
        # Whatever is wrong with the index, the command itself will say it better.
        return []
    if not lines:
        return []
    from archive.lock import is_locked  # noqa: PLC0415 - 0.08 s, for the rare case

    return [] if is_locked(collection) else lines
