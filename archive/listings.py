"""Feeds, sitemaps and section pages: what a crawl asks for the addresses of new articles.

A *listing* is one that a source names (a root), or one that another listing led to (`parent`), as an index leads to
sitemaps. It remembers what it needs to ask whether anything changed (RFC 9110 section 13: ETag and Last-Modified), when
it was asked, when it changed, and how often in a row it failed. Roots are due by their source's timetable; others when
their parent names them as new, as modified since they were asked, or without saying when. `due` is 0, or 1 when it is
to be asked in this run, or 2 when it is being asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_COLUMNS = (
    "id, source, kind, url, depth, etag, last_modified, asked_at, changed_at, failures, entries, most_entries, "
    "emptied_at, longest_empty"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing; times are microseconds since 1970. `entries` were in its last answer, `most_entries` in any.

    Since `emptied_at` it names nothing, and did before; `longest_empty` is how long it ever did and was filled again.
    """

    id: int
    source: str
    kind: str
    url: str
    depth: int
    etag: str | None
    last_modified: str | None
    asked_at: int | None
    changed_at: int | None
    failures: int
    entries: int | None
    most_entries: int
    emptied_at: int | None = None
    longest_empty: int = 0

    def ran_dry(self, now: int, entries: int) -> bool:
        """Whether it names nothing for longer than ever before; a news sitemap may be empty on every quiet night."""
        if entries or not self.most_entries:
            return False
        return now - (now if self.emptied_at is None else self.emptied_at) >= 2 * self.longest_empty


@dataclass(frozen=True, slots=True)
class Named:
    """A listing that another one led to: when it was last modified, in microseconds since 1970, if that is said."""

    kind: str
    url: str
    key: str
    modified_at: int | None = None


def name_roots(connection: sqlite3.Connection, source: str, roots: Iterable[tuple[str, str, str]]) -> None:
    """Make the listings of a source's configuration its roots, as (kind, address, key), and forget those that left."""
    wanted = list(roots)
    for kind, url, key in wanted:
        connection.execute(
            "INSERT INTO listings (source, kind, url, key, depth) VALUES (?, ?, ?, ?, 0) "
            "ON CONFLICT (source, key) "
            "DO UPDATE SET kind = excluded.kind, url = excluded.url, depth = 0, parent = NULL",
            (source, kind, url, key),
        )
    keys = {key for *_, key in wanted}
    for number, key in connection.execute(
        "SELECT id, key FROM listings WHERE source = ? AND depth = 0", (source,)
    ).fetchall():
        if key not in keys:
            connection.execute("DELETE FROM listings WHERE id = ?1 OR parent = ?1", (number,))


def make_roots_due(connection: sqlite3.Connection, source: str) -> None:
    """Let the roots of a source be asked in this run."""
    connection.execute("UPDATE listings SET due = 1 WHERE source = ? AND depth = 0", (source,))


def due(connection: sqlite3.Connection, source: str, count: int) -> list[Listing]:
    """Return up to `count` due listings of a source and mark them as asked for."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM listings WHERE source = ? AND due = 1 AND due > 0 ORDER BY depth, id LIMIT ?",  # noqa: S608 - names of our own
        (source, count),
    ).fetchall()
    connection.executemany("UPDATE listings SET due = 2 WHERE id = ?", [(row[0],) for row in rows])
    return [Listing(*row) for row in rows]


def lead_to(connection: sqlite3.Connection, parent: Listing, named: Iterable[Named]) -> int:
    """Add what a listing led to, and make due what may have changed since it was asked; return how many are due."""
    before = connection.total_changes
    connection.executemany(
        "INSERT INTO listings (source, kind, url, key, depth, parent, modified_at, due) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 1) "
        "ON CONFLICT (source, key) DO UPDATE SET due = 1, modified_at = excluded.modified_at "
        "WHERE depth > 0 AND due = 0 AND (asked_at IS NULL OR excluded.modified_at IS NULL "
        "OR excluded.modified_at > asked_at)",
        ((parent.source, one.kind, one.url, one.key, parent.depth + 1, parent.id, one.modified_at) for one in named),
    )
    return connection.total_changes - before


def unchanged(connection: sqlite3.Connection, listing: Listing, now: int) -> None:
    """Note that a listing said that it had not changed; what it led to without a date may have all the same."""
    connection.execute("UPDATE listings SET due = 0, asked_at = ?, failures = 0 WHERE id = ?", (now, listing.id))
    connection.execute(
        "UPDATE listings SET due = 1 WHERE parent = ? AND modified_at IS NULL AND due = 0", (listing.id,)
    )


def changed(
    connection: sqlite3.Connection, listing: Listing, now: int, entries: int, validators: tuple[str | None, str | None]
) -> None:
    """Note what a listing answered: how many entries, under which ETag and Last-Modified."""
    connection.execute(
        "UPDATE listings SET due = 0, asked_at = ?1, changed_at = ?1, failures = 0, entries = ?2, "
        "most_entries = max(most_entries, ?2), etag = ?3, last_modified = ?4, "
        "longest_empty = CASE WHEN ?2 > 0 AND emptied_at IS NOT NULL THEN max(longest_empty, ?1 - emptied_at) "
        "ELSE longest_empty END, "
        "emptied_at = CASE WHEN ?2 > 0 OR most_entries = 0 THEN NULL ELSE coalesce(emptied_at, ?1) END WHERE id = ?5",
        (now, entries, *validators, listing.id),
    )


def failed(connection: sqlite3.Connection, listing: Listing, now: int) -> None:
    """Note that a listing gave no answer that could be read; it is asked without a condition next time."""
    connection.execute(
        "UPDATE listings SET due = 0, asked_at = ?, failures = failures + 1, etag = NULL, last_modified = NULL "
        "WHERE id = ?",
        (now, listing.id),
    )


def give_back(connection: sqlite3.Connection) -> None:
    """Make due again what a run that died had asked for; only the holder of the lock may."""
    connection.execute("UPDATE listings SET due = 1 WHERE due = 2 AND due > 0")
