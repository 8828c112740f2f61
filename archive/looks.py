"""Looking at archived articles again: which finds of a crawl are due for it, and what became of each.

`next_look` of a find is when its article is to be looked at next: first reckoned from its first capture, then set after
each look. A look that is under way is put off by an hour, so that one whose run dies is due again by itself. Finds that
are one article are looked at once, at its canonical address; when that does not show it any more, at each again.
"""

from __future__ import annotations

import enum
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive import index
from archive.errors import NotFound
from archive.finds import Find
from archive.lookup import captures_of
from archive.model import DEAD, Liveness
from archive.standing import ALIVE, APART

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from archive.model import Capture

_PUT_OFF_US = 3_600_000_000
_NEVER = 1 << 62
_SAYS_SOMETHING = ALIVE | DEAD
_JOINED = _NEVER - 1
"""No look by itself: the article is looked at under its canonical address."""
_RESTING = f"""
SELECT finds.id FROM joined CROSS JOIN finds ON finds.key = joined.key CROSS JOIN finds AS other
ON other.key = joined.canonical
WHERE joined.stands AND finds.source = ?1 AND finds.state = 'done' AND other.source = ?1 AND other.state = 'done' AND (
    SELECT role = 'page' AND liveness IN ({", ".join(sorted(f"'{one.value}'" for one in ALIVE))})
    FROM captures WHERE url_key = joined.canonical AND role IN ('page', 'hop') ORDER BY fetched_at DESC, id DESC LIMIT 1
)
"""  # noqa: S608 - words of our own
"""Finds that are joined to another of their source (joins.py), as long as that one shows the article."""


class Outcome(enum.StrEnum):
    """What a look found, beside what was known before."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    DIED = "died"
    MOVED = "moved"
    CAME_BACK = "came back"
    STILL_DEAD = "still dead"
    NO_ANSWER = "no answer"
    IN_DOUBT = "in doubt"


def prepare(connection: sqlite3.Connection, source: str, first_age: timedelta) -> None:
    """Reckon when the articles of a source that were captured since are to be looked at first; dead ones soon."""
    connection.execute(
        f"UPDATE finds SET next_look = NULL WHERE source = ?1 AND next_look = ?2 AND id NOT IN ({_RESTING})",  # noqa: S608 - as above
        (source, _JOINED),
    )
    sooner = min(first_age, APART)
    dead = json.dumps([one.value for one in Liveness if one.dead])
    connection.execute(
        "UPDATE finds SET next_look = CASE WHEN liveness IN (SELECT value FROM json_each(?4)) THEN ?3 ELSE ?2 END "
        "+ coalesce((SELECT min(fetched_at) FROM captures WHERE url_key = finds.key "
        "AND role = 'page' AND status IS NOT NULL), found_at) "
        "WHERE source = ?1 AND (state = 'done' OR (state = 'failed' AND liveness != 'unsure')) AND next_look IS NULL",
        (source, *(int(age.total_seconds() * 1_000_000) for age in (first_age, sooner)), dead),
    )
    connection.execute(
        f"UPDATE finds SET next_look = ?2 WHERE next_look != ?2 AND id IN ({_RESTING})",  # noqa: S608 - as above
        (source, _JOINED),
    )


def lease(connection: sqlite3.Connection, source: str, count: int, now: int) -> list[Find]:
    """Return up to `count` articles of a source that are due for a look, those that wait longest first."""
    rows = connection.execute(
        "SELECT id, source, url, via FROM finds WHERE source = ? AND next_look <= ? AND next_look IS NOT NULL "
        "ORDER BY next_look LIMIT ?",
        (source, now, count),
    ).fetchall()
    connection.executemany("UPDATE finds SET next_look = ? WHERE id = ?", [(now + _PUT_OFF_US, row[0]) for row in rows])
    return [Find(*row) for row in rows]


def due(connection: sqlite3.Connection, source: str, now: int) -> int:
    """Return how many articles of a source are due for a look."""
    row = connection.execute(
        "SELECT count(*) FROM finds WHERE source = ? AND next_look <= ? AND next_look IS NOT NULL", (source, now)
    )
    count: int = row.fetchone()[0]
    return count


def looked(connection: sqlite3.Connection, find: int, next_look: datetime | None) -> None:
    """Note when an article is to be looked at next, or that it has reached its last age."""
    when = _NEVER if next_look is None else index.micros(next_look)
    connection.execute("UPDATE finds SET next_look = ? WHERE id = ?", (when, find))


def history(connection: sqlite3.Connection, url: str) -> list[Capture]:
    """Return the captures that an address led to, oldest first; none if it was never captured."""
    try:
        return [capture for capture in captures_of(connection, url) if capture.role == "page"]
    except NotFound:
        return []


def outcome(earlier: Sequence[Capture], after: Capture) -> Outcome:
    """Return what became of an article, by its captures before, oldest first, and the one that a look brought.

    A block, an error or silence in between says nothing of the article: its text is compared with the last that was
    seen of it, and it came back if it was dead when something was last known of it, or was never seen before.
    """
    if after.status is None and after.liveness is Liveness.UNREACHABLE:
        return Outcome.NO_ANSWER
    known = next((one for one in reversed(earlier) if one.liveness in _SAYS_SOMETHING), None)
    was_dead = known is not None and known.liveness in DEAD
    if after.liveness in DEAD:
        if was_dead:
            return Outcome.STILL_DEAD
        return Outcome.MOVED if after.liveness is Liveness.MOVED else Outcome.DIED
    if after.liveness not in ALIVE:
        return Outcome.IN_DOUBT
    if was_dead or known is None:
        return Outcome.CAME_BACK
    shown = next((one for one in reversed(earlier) if one.liveness in ALIVE and _text(one)), known)
    same_bytes = after.payload_digest is not None and after.payload_digest == shown.payload_digest
    return Outcome.UNCHANGED if same_bytes or _text(shown) == _text(after) else Outcome.EDITED


def _text(capture: Capture) -> str | None:
    """Return what names a capture's text: its article's file, which ends in a digest of it."""
    return PurePosixPath(capture.article).name if capture.article else None
