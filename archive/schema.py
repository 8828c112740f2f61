"""The tables of newsclip.sqlite, and how to open it.

Everything but the frontier can be rebuilt from the WARC files, so a table that changes needs no migration: the version
goes up, and opening an older file says `newsclip reindex`. The database is in WAL mode with synchronous=NORMAL: a
crash of the machine may lose the last commits, and mending puts them back from the WARC files, which are on disk
before every commit (Writer). Times are microseconds since 1970 in UTC.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from archive.errors import Damaged, DiskFull, Locked, NotWritable

if TYPE_CHECKING:
    from pathlib import Path

    from archive.collection import Collection
    from archive.errors import NewsclipError

VERSION = 6
_BUSY_MS = 10_000
_CACHE_KB = 16_000
_PAGES_A_CHECKPOINT = 4000
"""Four indexes take each capture at a place of its own, so that a small cache is read anew for every one of them: with
SQLite's 2 MB and 1000 pages, a capture costs 200 kB of reads and 219 kB of writes at 100,000 captures (91 and 149 kB at
1,000); with these it costs 70 and 168 kB (38 and 141 kB). The fifth, of main texts, adds 10 and 5 kB.
"""
_PRIMARY = 0xFF
"""The part of an extended result code that names its family (sqlite.org/rescode.html)."""

_TABLES = """
CREATE TABLE runs (
    id TEXT PRIMARY KEY, command TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT,
    counts TEXT NOT NULL DEFAULT '{}', reasons TEXT NOT NULL DEFAULT '{}', bytes INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE warcs (
    name TEXT PRIMARY KEY, run TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('originals', 'text')),
    size INTEGER NOT NULL, closed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX warcs_open ON warcs (name) WHERE NOT closed;

CREATE TABLE captures (
    id INTEGER PRIMARY KEY, role TEXT NOT NULL, url_key TEXT NOT NULL, url TEXT NOT NULL, target TEXT NOT NULL,
    host TEXT NOT NULL, fetched_at INTEGER NOT NULL, status INTEGER, media_type TEXT, payload_digest TEXT,
    liveness TEXT, reason TEXT, confidence REAL, signals TEXT NOT NULL DEFAULT '[]',
    title TEXT, authors TEXT NOT NULL DEFAULT '[]', published TEXT, modified TEXT, language TEXT, words INTEGER,
    truncated TEXT, error TEXT, fault TEXT,
    warc TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, record_id TEXT NOT NULL,
    text_warc TEXT, text_offset INTEGER, text_length INTEGER, text_record_id TEXT,
    revisit_of TEXT, article TEXT, run TEXT NOT NULL,
    memento_of TEXT, memento_at INTEGER, memento_key TEXT, main_text TEXT, judgement INTEGER NOT NULL DEFAULT 0,
    canonical TEXT, canonical_key TEXT, removed TEXT
);
CREATE UNIQUE INDEX captures_record ON captures (record_id);
CREATE INDEX captures_key ON captures (url_key, fetched_at);
CREATE INDEX captures_payload ON captures (url_key, payload_digest) WHERE payload_digest IS NOT NULL;
CREATE INDEX captures_time ON captures (fetched_at) WHERE role IN ('page', 'memento');
CREATE INDEX captures_host ON captures (host, fetched_at) WHERE role IN ('page', 'memento');
CREATE INDEX captures_liveness ON captures (liveness, fetched_at) WHERE role = 'page';
CREATE INDEX captures_memento ON captures (memento_key) WHERE role = 'memento';
CREATE INDEX captures_main_text ON captures (host, main_text, url_key) WHERE role = 'page' AND main_text IS NOT NULL;
CREATE INDEX captures_canonical ON captures (canonical_key, url_key) WHERE canonical_key IS NOT NULL;
CREATE INDEX captures_warc ON captures (warc, offset);
CREATE INDEX captures_text_warc ON captures (text_warc) WHERE text_warc IS NOT NULL;
CREATE INDEX captures_unjudged ON captures (id) WHERE role = 'page' AND liveness IS NULL;

CREATE TABLE sites (origin TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, missing_page TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE traces (
    host TEXT NOT NULL, url_key TEXT NOT NULL, at INTEGER NOT NULL, name BLOB NOT NULL, traces BLOB NOT NULL,
    PRIMARY KEY (host, url_key)
) WITHOUT ROWID;
CREATE INDEX traces_at ON traces (host, at, url_key);

CREATE TABLE joined (key TEXT PRIMARY KEY, canonical TEXT NOT NULL, stands INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX joined_canonical ON joined (canonical);

CREATE VIRTUAL TABLE texts USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
"""

_FRONTIER = """
CREATE TABLE batches (
    id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE targets (
    id INTEGER PRIMARY KEY, batch TEXT NOT NULL, url TEXT NOT NULL, fingerprint TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'leased', 'done'))
);
CREATE UNIQUE INDEX targets_fingerprint ON targets (batch, fingerprint);
CREATE INDEX targets_unfinished ON targets (batch, state, id) WHERE state != 'done';

CREATE TABLE sources (
    name TEXT PRIMARY KEY, began_at INTEGER NOT NULL, interval_s REAL, next_at INTEGER
) WITHOUT ROWID;

CREATE TABLE concerns (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL, since INTEGER NOT NULL,
    past TEXT, over INTEGER, accepted INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX concerns_standing ON concerns (source, kind) WHERE over IS NULL;
CREATE INDEX concerns_source ON concerns (source, kind, since);

CREATE TABLE listings (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, key TEXT NOT NULL,
    depth INTEGER NOT NULL, parent INTEGER, due INTEGER NOT NULL DEFAULT 0, modified_at INTEGER,
    etag TEXT, last_modified TEXT, asked_at INTEGER, changed_at INTEGER, failures INTEGER NOT NULL DEFAULT 0,
    entries INTEGER, most_entries INTEGER NOT NULL DEFAULT 0,
    emptied_at INTEGER, longest_empty INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX listings_key ON listings (source, key);
CREATE INDEX listings_due ON listings (due, source, depth, id) WHERE due > 0;
CREATE INDEX listings_parent ON listings (parent) WHERE parent IS NOT NULL;

CREATE TABLE finds (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, via TEXT NOT NULL,
    title TEXT, published TEXT, found_at INTEGER NOT NULL, dated_at INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'leased', 'done', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0, next_look INTEGER,
    settled_at INTEGER, liveness TEXT, words INTEGER
);
CREATE UNIQUE INDEX finds_key ON finds (key);
CREATE INDEX finds_open ON finds (state, source, dated_at DESC, id, not_before) WHERE state IN ('due', 'leased');
CREATE INDEX finds_settled ON finds (source, settled_at, liveness, words) WHERE settled_at IS NOT NULL;
CREATE INDEX finds_look ON finds (source, next_look) WHERE next_look IS NOT NULL;
"""


def connect(collection: Collection) -> sqlite3.Connection:
    """Open the index for writing, and make its tables if there are none.

    Raises:
        Damaged: the file is no database of ours, is broken, has another version, or is gone while WARC files are there.
        NotWritable: it cannot be opened for writing.
        DiskFull: there is no room for it.

    """
    _require_index(collection)
    try:
        connection = connect_at(collection.database)
    except sqlite3.DatabaseError as error:
        raise explained_database(collection, error) from None
    _require_version(collection, connection)
    return connection


def connect_at(path: Path) -> sqlite3.Connection:
    """Open a database for writing wherever it is, and make its tables if there are none.

    Raises:
        sqlite3.DatabaseError: it cannot be opened, or is none.

    """
    connection = _opened(f"file:{_quoted(path)}", readonly=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_A_CHECKPOINT}")
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            _create_tables(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_to_read(collection: Collection) -> sqlite3.Connection:
    """Open the index for reading; a writer may be at work at the same time.

    Raises:
        Damaged: there is no index, or it is broken, or has another version.

    """
    if not collection.database.exists():
        raise Damaged(f"{collection.database} is not there; rebuild it from the WARC files with: newsclip reindex")
    try:
        connection = _opened(f"file:{_quoted(collection.database)}?mode=ro", readonly=True)
    except sqlite3.DatabaseError as error:
        raise explained_database(collection, error) from None
    _require_version(collection, connection)
    return connection


def _require_index(collection: Collection) -> None:
    """Refuse to begin an empty index over files that it would know nothing of; those still open are mended."""
    if collection.database.exists() and collection.database.stat().st_size:
        return
    if any(name.endswith((".warc", ".warc.gz")) for name in os.listdir(collection.archive)):  # noqa: PTH208 - names do
        raise Damaged(
            f"{collection.database} is not there, though {collection.archive} holds WARC files; "
            "rebuild it from them with: newsclip reindex"
        )


def _create_tables(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty database, in one transaction."""
    connection.executescript(f"BEGIN; {_TABLES} {_FRONTIER} PRAGMA user_version = {VERSION}; COMMIT;")


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _opened(uri: str, *, readonly: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    if readonly:
        connection.execute("PRAGMA query_only = 1")
    return connection


def _require_version(collection: Collection, connection: sqlite3.Connection) -> None:
    try:
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        connection.close()
        raise explained_database(collection, error) from None
    if found != VERSION:
        connection.close()
        raise Damaged(
            f"{collection.database} has index version {found}, this program writes {VERSION}; "
            "rebuild it from the WARC files with: newsclip reindex"
        )


def explained_database(collection: Collection, error: sqlite3.Error) -> NewsclipError:
    """Return what an error of SQLite means to the user."""
    family = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if family in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return DiskFull(f"{collection.database} cannot grow ({error}); free some space. Nothing acknowledged was lost.")
    if family in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return NotWritable(f"{collection.database} cannot be opened ({error}); see to its permissions.")
    if family in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Locked(f"{collection.database} is being written by another program ({error}); wait until it is done.")
    return Damaged(
        f"{collection.database} is damaged ({error}); the WARC files are whole: rebuild it with: newsclip reindex"
    )
