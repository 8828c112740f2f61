"""The frontier of crawls: each article's address that a listing named, once, with where it was found.

A *find* is due, leased to the run that fetches it, done, or failed: given up after MOST_TRIES runs that had no answer
from its host. Done finds stay, for they tell a new article from a known one. Two spellings of one address are one find
(`key`, the caller's affair). The lock admits one run at a time, so a lease that a new run finds was left by one that
died, and is given back; a find is settled in the transaction that enters its capture (Writer). What came of it then,
verdict and words, stays with it: that is the past with which a source is compared (archive/attention.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST_TRIES = 5
"""Runs that get no answer for an address before it is given up: at hourly runs, an outage of an evening is survived."""
_FIRST_REST_US = 600_000_000
"""Microseconds before an address without an answer is tried again: ten minutes, doubled with each try."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address to be added: the key under which it is one, where it was found, and what was said of it there."""

    url: str
    key: str
    via: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Find:
    """An address to fetch."""

    id: int
    source: str
    url: str
    via: str


def add(connection: sqlite3.Connection, source: str, found: Iterable[Found], now: int) -> int:
    """Add addresses and return how many were new; one that was captured by other means, or by a redirect, is known."""
    before = connection.total_changes
    connection.executemany(
        "INSERT OR IGNORE INTO finds (source, key, url, via, title, published, found_at) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS "
        "(SELECT 1 FROM captures WHERE url_key = ?2 AND role = 'page' AND status IS NOT NULL)",
        ((source, one.key, one.url, one.via, one.title, one.published, now) for one in found),
    )
    return connection.total_changes - before


def lease(connection: sqlite3.Connection, source: str, count: int, now: int) -> list[Find]:
    """Return up to `count` due addresses of a source, oldest first, marked as under way."""
    rows = connection.execute(
        # The last condition follows from the one before; SQLite takes the index of what is not done only if told.
        "SELECT id, source, url, via FROM finds WHERE source = ? AND state = 'due' AND state IN ('due', 'leased') "
        "AND not_before <= ? ORDER BY id LIMIT ?",
        (source, now, count),
    ).fetchall()
    connection.executemany("UPDATE finds SET state = 'leased' WHERE id = ?", [(row[0],) for row in rows])
    return [Find(*row) for row in rows]


def settle(connection: sqlite3.Connection, find: int, now: int, *, answered: bool) -> None:
    """Note that an address was answered, or that it was not and is to be tried again later, or given up."""
    if answered:
        connection.execute("UPDATE finds SET state = 'done' WHERE id = ?", (find,))
        return
    connection.execute(
        "UPDATE finds SET tries = tries + 1, not_before = ?2 + (?3 << min(tries, 20)), "
        "state = CASE WHEN tries + 1 >= ?4 THEN 'failed' ELSE 'due' END WHERE id = ?1",
        (find, now, _FIRST_REST_US, MOST_TRIES),
    )


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


def done_by_address(connection: sqlite3.Connection, key: str) -> None:
    """Note that an address was answered in a run that died before it could say so; mending found what came."""
    connection.execute(
        "UPDATE finds SET state = 'done' WHERE key = ? AND state IN ('due', 'leased')",
        (key,),
    )


def give_back(connection: sqlite3.Connection) -> None:
    """Make every leased address due again; only the holder of the lock may."""
    connection.execute("UPDATE finds SET state = 'due' WHERE state = 'leased' AND state IN ('due', 'leased')")


def waiting(connection: sqlite3.Connection, source: str) -> int:
    """Return how many addresses of a source are neither done nor failed."""
    row = connection.execute("SELECT count(*) FROM finds WHERE source = ? AND state IN ('due', 'leased')", (source,))
    count: int = row.fetchone()[0]
    return count
