"""The frontier of crawls: each article's address that a listing named, once, with where it was found.

A *find* is due, leased to the run that fetches it, done, or failed: given up after MOST_TRIES runs that were blocked,
had an error, or no answer (`has_come`). Each of these is a capture. What is missing is not tried again: that is an
answer. Done finds stay, for they tell a new article from a known one. Two spellings of one address are one find
(`key`, the caller's affair). The newest are fetched first, so that a limit leaves the oldest: `dated_at` is when one
was published, as far as is known. The lock admits one run at a time, so a lease that a new run finds was left by one
that died, and is given back; a find is settled in the transaction that enters its capture (Writer). What came of it
then, verdict and words, stays with it: that is the past with which a source is compared (archive/attention.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model import DEAD, Liveness
from archive.standing import ALIVE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_NEXT_SHOWN = 3
MOST_TRIES = 8
_FIRST_REST_US = 600_000_000
"""Microseconds before an address that did not come is tried again: ten minutes, doubled with each try. Eight tries take
21 hours, so that a block or an outage of most of a day is survived, for seven requests more."""
_NEVER_COMES = frozenset({Liveness.BLOCKED, Liveness.ERROR, Liveness.UNREACHABLE})
_TRIED = (
    "UPDATE finds SET tries = tries + 1, not_before = ?1 + (?2 << min(tries, 20)), "
    "state = CASE WHEN tries + 1 >= ?3 THEN 'failed' ELSE 'due' END"
)
_STANDS = ALIVE | DEAD | {Liveness.LOGIN}
_REFUSED = frozenset({403, 429})
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Found:
    """An address to be added: the key under which it is one, where it was found, and what was said of it there.

    `dated_at` is when it was published or last changed, in microseconds since 1970, if that was said.
    """

    url: str
    key: str
    via: str
    title: str | None = None
    published: str | None = None
    dated_at: int | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """An address to fetch."""

    id: int
    source: str
    url: str
    via: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that was not fetched yet, and what the listing that named it said of it."""

    url: str
    title: str | None
    published: str | None

    @property
    def line(self) -> str:
        """What to show: its title, or its address where nobody said one, and when it was published."""
        return f"{self.title or self.url}{f' ({self.published})' if self.published else ''}"


@dataclass(frozen=True, slots=True)
class Left:
    """What was found of a source and is not fetched yet: how many articles, and those whose turn is next."""

    source: str
    articles: int
    next: tuple[Waiting, ...]


def add(
    connection: sqlite3.Connection, source: str, found: Iterable[Found], now: int, undated: int | None = None
) -> int:
    """Add addresses and return how many were new; one that was captured by other means, or by a redirect, is known.

    One without a date counts as of `undated`, or as new; one that claims to come from the future is new. What waits
    and is named again with a title or a date that it lacked is given them.
    """
    before = connection.total_changes
    named = list(found)
    connection.executemany(
        "INSERT OR IGNORE INTO finds (source, key, url, via, title, published, found_at, dated_at) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, min(?7, ?8) WHERE NOT EXISTS "
        "(SELECT 1 FROM captures WHERE url_key = ?2 AND role = 'page' AND status IS NOT NULL "
        "AND coalesce(liveness, '') NOT IN ('blocked', 'error'))",
        (
            (source, one.key, one.url, one.via, one.title, one.published, now, _dated(one, now, undated))
            for one in named
        ),
    )
    new = connection.total_changes - before
    if new < len(named):
        connection.executemany(
            "UPDATE finds SET title = coalesce(title, ?2), published = coalesce(published, ?3), "
            "dated_at = CASE WHEN published IS NULL AND ?4 IS NOT NULL THEN min(?5, ?4) ELSE dated_at END "
            "WHERE key = ?1 AND state = 'due' AND (title IS NULL OR published IS NULL)",
            ((one.key, one.title, one.published, one.dated_at, now) for one in named if one.title or one.published),
        )
    return new


def _dated(one: Found, now: int, undated: int | None) -> int:
    if one.dated_at is not None:
        return one.dated_at
    return now if undated is None else undated


def lease(connection: sqlite3.Connection, source: str, count: int, now: int) -> list[Find]:
    """Return up to `count` due addresses of a source, newest first, marked as under way."""
    rows = connection.execute(
        # The last condition follows from the one before; SQLite takes the index of what is not done only if told.
        "SELECT id, source, url, via FROM finds WHERE source = ? AND state = 'due' AND state IN ('due', 'leased') "
        "AND not_before <= ? ORDER BY dated_at DESC, id LIMIT ?",
        (source, now, count),
    ).fetchall()
    connection.executemany("UPDATE finds SET state = 'leased' WHERE id = ?", [(row[0],) for row in rows])
    return [Find(*row) for row in rows]


def has_come(liveness: Liveness | None, status: int | None) -> bool:
    """Whether an answer says what became of an article, and not only that it was not to be had this time.

    A status that refuses does so unless its page is the article, or says that it is gone, or asks for a login.
    """
    if status is None or liveness in _NEVER_COMES:
        return False
    return (status not in _REFUSED and status < _SERVER_ERROR) or liveness in _STANDS


def settle(connection: sqlite3.Connection, find: int, now: int, *, come: bool) -> None:
    """Note that an address has come, or that it has not and is to be tried again later, or given up."""
    if come:
        connection.execute("UPDATE finds SET state = 'done' WHERE id = ?", (find,))
        return
    connection.execute(f"{_TRIED} WHERE id = ?4", (now, _FIRST_REST_US, MOST_TRIES, find))


def came(connection: sqlite3.Connection, find: int, now: int, liveness: str, words: int | None) -> None:
    """Note what came of an address that is settled: its verdict and its words, None without text."""
    connection.execute(
        "UPDATE finds SET settled_at = ?, liveness = ?, words = ? WHERE id = ?", (now, liveness, words, find)
    )


def came_to(connection: sqlite3.Connection, key: str, at: int, liveness: str, words: int | None) -> None:
    """Note what an address turned out to be that was judged later than it came; `at` is when it came."""
    connection.execute(
        "UPDATE finds SET settled_at = ?2, liveness = ?3, words = ?4 "
        "WHERE key = ?1 AND coalesce(settled_at, ?2) = ?2 AND state = 'done'",
        (key, at, liveness, words),
    )


def settle_by_address(connection: sqlite3.Connection, key: str, at: int, *, come: bool) -> None:
    """Note what an address was answered in a run that died before it could say so; mending found what came."""
    if come:
        connection.execute("UPDATE finds SET state = 'done' WHERE key = ? AND state IN ('due', 'leased')", (key,))
        return
    connection.execute(f"{_TRIED} WHERE key = ?4 AND state IN ('due', 'leased')", (at, _FIRST_REST_US, MOST_TRIES, key))


def given_up(connection: sqlite3.Connection, source: str, since: int) -> list[str]:
    """Return the addresses of a source that were tried for the last time since then; none that robots.txt forbids."""
    rows = connection.execute(
        "SELECT url FROM finds WHERE source = ? AND settled_at >= ? AND settled_at IS NOT NULL AND state = 'failed' "
        "AND liveness != ? ORDER BY settled_at",
        (source, since, Liveness.UNSURE),
    )
    return [url for (url,) in rows]


def give_back(connection: sqlite3.Connection) -> None:
    """Make every leased address due again; only the holder of the lock may."""
    connection.execute("UPDATE finds SET state = 'due' WHERE state = 'leased' AND state IN ('due', 'leased')")


def waiting(connection: sqlite3.Connection, source: str) -> int:
    """Return how many addresses of a source are neither done nor failed."""
    row = connection.execute("SELECT count(*) FROM finds WHERE source = ? AND state IN ('due', 'leased')", (source,))
    count: int = row.fetchone()[0]
    return count


def left(connection: sqlite3.Connection, source: str, count: int = _NEXT_SHOWN) -> Left:
    """Return what of a source is neither done nor failed, and the newest of it in the order of their turn."""
    rows = connection.execute(
        "SELECT url, title, published FROM finds WHERE source = ? AND state = 'due' AND state IN ('due', 'leased') "
        "ORDER BY dated_at DESC, id LIMIT ?",
        (source, count),
    )
    return Left(source, waiting(connection, source), tuple(Waiting(*row) for row in rows))
