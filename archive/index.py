"""Captures in the index: the only place that turns rows into `Capture` values and back.

Every statement that a save makes goes through an index of its own (schema.py), so that its cost does not grow with the
collection; a test reads their query plans.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from archive.address import host_of, url_key
from archive.model import Capture, Liveness, Memento, RecordRef, Removed, Signal
from archive.segment import segmented

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "id", "role", "url_key", "url", "target", "host", "fetched_at", "status", "media_type", "payload_digest",
    "liveness", "reason", "confidence", "signals", "title", "authors", "published", "modified", "language", "words",
    "truncated", "error", "fault", "warc", "offset", "length", "record_id",
    "text_warc", "text_offset", "text_length", "text_record_id", "revisit_of", "article", "run",
    "memento_of", "memento_at", "memento_key", "main_text", "judgement", "canonical", "canonical_key",
    "removed",
)  # fmt: skip
COLUMNS = ", ".join(f"captures.{name}" for name in _COLUMNS)
"""The columns that `capture_of` reads, in its order: select these."""
_INSERT = f"INSERT INTO captures ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - names of our own
_LONGEST_WAY = 200
"""Rows that one page may have brought before its own: `redirects` may be 100, each tried again."""
_MOST_READ_ALIKE = 20
"""Captures of an address that are read anew for a new one; those before are for `newsclip rerun`."""
_SIGNALS = msgspec.json.Decoder(tuple[Signal, ...])
_REMOVED = msgspec.json.Decoder(tuple[Removed, ...])


def micros(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(count: int) -> datetime:
    """Return the moment of a count of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=count)


def add_capture(connection: sqlite3.Connection, capture: Capture) -> int:
    """Add a row and return its id; a capture with id 0 gets the next one."""
    row = connection.execute(_INSERT, _row_of(capture)).lastrowid
    assert row is not None
    return row


def add_text(connection: sqlite3.Connection, capture: int, title: str | None, text: str) -> None:
    """Make the text of a capture searchable."""
    connection.execute(
        "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", (capture, segmented(title or ""), segmented(text))
    )


def enter(connection: sqlite3.Connection, capture: Capture, text: str | None) -> Capture:
    """Add a capture and its text, or replace what is said of its record, and return it with its id."""
    known = connection.execute("SELECT id FROM captures WHERE record_id = ?", (capture.response.record_id,)).fetchone()
    if known:
        entered = replace(capture, id=known[0])
        _replace(connection, entered)
        connection.execute("DELETE FROM texts WHERE rowid = ?", known)
    else:
        entered = replace(capture, id=add_capture(connection, capture))
    if text is not None:
        add_text(connection, entered.id, capture.title, text)
    return entered


def add_warc(connection: sqlite3.Connection, name: str, run: str, kind: str) -> None:
    """Note that a file will be written; `kind` is originals or text."""
    connection.execute("INSERT OR IGNORE INTO warcs (name, run, kind, size) VALUES (?, ?, ?, 0)", (name, run, kind))


def set_warc_size(connection: sqlite3.Connection, name: str, size: int) -> None:
    """Note how many bytes of a file are indexed."""
    connection.execute("UPDATE warcs SET size = ? WHERE name = ?", (size, name))


def set_warc_closed(connection: sqlite3.Connection, name: str) -> None:
    """Note that a file is complete."""
    connection.execute("UPDATE warcs SET closed = 1 WHERE name = ?", (name,))


def is_closed(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a file is known to be complete."""
    row = connection.execute("SELECT closed FROM warcs WHERE name = ?", (name,)).fetchone()
    return bool(row and row[0])


def fresh_run_id(connection: sqlite3.Connection, started: datetime) -> str:
    """Return the id of a run: its starting time, with a number where another run began in the same second."""
    first = f"{started:%Y%m%dT%H%M%SZ}"
    run, number = first, 1
    while connection.execute("SELECT 1 FROM runs WHERE id = ?", (run,)).fetchone():
        number += 1
        run = f"{first}-{number}"
    return run


def _replace(connection: sqlite3.Connection, capture: Capture) -> None:
    columns = [name for name in _COLUMNS if name != "id"]
    assignments = ", ".join(f"{name} = ?" for name in columns)
    values = dict(zip(_COLUMNS, _row_of(capture), strict=True))
    statement = f"UPDATE captures SET {assignments} WHERE id = ?"  # noqa: S608 - names of our own
    connection.execute(statement, [*(values[name] for name in columns), capture.id])


def latest(connection: sqlite3.Connection, url_key: str) -> Capture | None:
    """Return the newest capture of an address, whatever it was; robots.txt and hops count too."""
    return _one(connection, "WHERE url_key = ? ORDER BY fetched_at DESC LIMIT 1", (url_key,))


def latest_answer(connection: sqlite3.Connection, url_key: str) -> datetime | None:
    """Return when an address was last answered, or None; a probe that was led there did not ask for it."""
    row = connection.execute(
        "SELECT fetched_at FROM captures WHERE url_key = ? AND status IS NOT NULL "
        "AND role != 'probe' AND (role != 'hop' OR url = target) ORDER BY fetched_at DESC LIMIT 1",
        (url_key,),
    ).fetchone()
    return moment(row[0]) if row else None


def same_payload(connection: sqlite3.Connection, url_key: str, payload_digest: str) -> Capture | None:
    """Return the first whole response of an address that had this payload, if one is stored."""
    return _one(
        connection,
        "WHERE url_key = ? AND payload_digest = ? AND revisit_of IS NULL AND truncated IS NULL AND status IS NOT NULL "
        "ORDER BY id LIMIT 1",
        (url_key, payload_digest),
    )


def last_payload(connection: sqlite3.Connection, url_key: str) -> Capture | None:
    """Return the newest whole response of an address that brought a payload, if one is stored."""
    return _one(
        connection,
        "WHERE url_key = ? AND payload_digest IS NOT NULL AND revisit_of IS NULL AND truncated IS NULL "
        "AND status BETWEEN 200 AND 299 ORDER BY fetched_at DESC LIMIT 1",
        (url_key,),
    )


def of_record(connection: sqlite3.Connection, record_id: str) -> Capture | None:
    """Return the capture whose response (or failure) has this record id."""
    return _one(connection, "WHERE record_id = ?", (record_id,))


def of_id(connection: sqlite3.Connection, number: int) -> Capture | None:
    """Return the capture with this id."""
    return _one(connection, "WHERE id = ?", (number,))


def read_before(connection: sqlite3.Connection, capture: Capture) -> list[Capture]:
    """Return the other captures of a page's address in which a text was read, the newest of them, newest first."""
    clause = (
        "WHERE url_key = ? AND id != ? AND role = 'page' AND text_warc IS NOT NULL "
        f"ORDER BY fetched_at DESC LIMIT {_MOST_READ_ALIKE}"
    )
    return list(select(connection, clause, (capture.url_key, capture.id)))


def hosts_of(connection: sqlite3.Connection, ids: Iterable[int]) -> list[str]:
    """Return the hosts of the captures with these ids, in their order."""
    return [connection.execute("SELECT host FROM captures WHERE id = ?", (number,)).fetchone()[0] for number in ids]


def text_before(connection: sqlite3.Connection, text: RecordRef, back: int) -> int | None:
    """Return the offset of the text that is so many texts before another in its file, or None."""
    row = connection.execute(
        "SELECT DISTINCT text_offset FROM captures WHERE text_warc = ? AND text_offset < ? "
        "ORDER BY text_offset DESC LIMIT 1 OFFSET ?",
        (text.warc, text.offset, back - 1),
    ).fetchone()
    return row[0] if row else None


def way_to(connection: sqlite3.Connection, capture: Capture) -> list[Capture]:
    """Return the redirects and failed tries that led to a page, in their order: they stand right before it."""
    rows = select(
        connection,
        "WHERE id < ? AND id >= ? AND role = 'hop' AND target = ? ORDER BY id DESC",
        (capture.id, capture.id - _LONGEST_WAY, capture.target),
    )
    way = [hop for before, hop in enumerate(rows, 1) if hop.id == capture.id - before]
    return way[::-1]


def has_article(connection: sqlite3.Connection, url_key: str, path: str) -> bool:
    """Whether a capture of an address, or a copy that was rescued for it, has its article in this file."""
    clauses = ("url_key = ? AND article = ?", "memento_key = ? AND role = 'memento' AND article = ?")
    return any(_one(connection, f"WHERE {clause} LIMIT 1", (url_key, path)) for clause in clauses)


def unjudged(connection: sqlite3.Connection) -> list[Capture]:
    """Return the pages that are stored but were never judged."""
    return list(select(connection, "WHERE role = 'page' AND liveness IS NULL ORDER BY id"))


def in_warc(connection: sqlite3.Connection, warc: str) -> Iterator[Capture]:
    """Return the captures whose response is in a file, in the order of the file."""
    return select(connection, "WHERE warc = ? ORDER BY offset", (warc,))


def select(connection: sqlite3.Connection, clause: str, values: Iterable[Any] = ()) -> Iterator[Capture]:
    """Return the captures that a WHERE … ORDER BY … LIMIT clause selects."""
    statement = f"SELECT {COLUMNS} FROM captures {clause}"  # noqa: S608 - clauses are ours, values are bound
    return map(capture_of, connection.execute(statement, tuple(values)))


def _one(connection: sqlite3.Connection, clause: str, values: Iterable[Any]) -> Capture | None:
    return next(select(connection, clause, values), None)


def _row_of(capture: Capture) -> tuple[Any, ...]:
    text = capture.text
    return (
        capture.id or None,
        capture.role,
        capture.url_key,
        capture.url,
        capture.target,
        host_of(capture.about_url),
        micros(capture.fetched_at),
        capture.status,
        capture.media_type,
        capture.payload_digest,
        capture.liveness,
        capture.reason,
        capture.confidence,
        msgspec.json.encode(capture.signals).decode(),
        capture.title,
        json.dumps(capture.authors, ensure_ascii=False),
        capture.published,
        capture.modified,
        capture.language,
        capture.words,
        capture.truncated,
        capture.error,
        capture.fault,
        capture.response.warc,
        capture.response.offset,
        capture.response.length,
        capture.response.record_id,
        *((text.warc, text.offset, text.length, text.record_id) if text else (None,) * 4),
        capture.revisit_of,
        capture.article,
        capture.run,
        *_memento_columns(capture),
        capture.main_text,
        capture.judgement,
        *_canonical_columns(capture),
        msgspec.json.encode(capture.removed).decode() if capture.removed else None,
    )


def _canonical_columns(capture: Capture) -> tuple[str | None, str | None]:
    """Return the address that a page declares for its article, and its key if it is not that of the page."""
    key = url_key(capture.canonical) if capture.canonical else None
    return capture.canonical, None if key == capture.url_key else key


def _memento_columns(capture: Capture) -> tuple[str | None, int | None, str | None]:
    """Return of what and of when a copy is, and for one that was rescued the key of the dead address it is for."""
    if capture.memento is None:
        return None, None, None
    key = url_key(capture.target) if capture.role == "memento" else None
    return capture.memento.original, micros(capture.memento.taken_at), key


def capture_of(row: tuple[Any, ...]) -> Capture:
    """Return the capture of a row selected with `COLUMNS`."""
    value = dict(zip(_COLUMNS, row, strict=True))
    text = None
    if value["text_warc"] is not None:
        text = RecordRef(value["text_warc"], value["text_offset"], value["text_length"], value["text_record_id"])
    return Capture(
        id=value["id"],
        role=value["role"],
        url_key=value["url_key"],
        url=value["url"],
        target=value["target"],
        fetched_at=moment(value["fetched_at"]),
        status=value["status"],
        media_type=value["media_type"],
        payload_digest=value["payload_digest"],
        liveness=Liveness(value["liveness"]) if value["liveness"] else None,
        reason=value["reason"],
        confidence=value["confidence"],
        signals=_SIGNALS.decode(value["signals"]),
        title=value["title"],
        authors=tuple(json.loads(value["authors"])),
        published=value["published"],
        modified=value["modified"],
        language=value["language"],
        words=value["words"],
        truncated=value["truncated"],
        error=value["error"],
        fault=value["fault"],
        response=RecordRef(value["warc"], value["offset"], value["length"], value["record_id"]),
        text=text,
        revisit_of=value["revisit_of"],
        article=value["article"],
        run=value["run"],
        memento=Memento(value["memento_of"], moment(value["memento_at"])) if value["memento_of"] else None,
        main_text=value["main_text"],
        judgement=value["judgement"],
        canonical=value["canonical"],
        removed=_REMOVED.decode(value["removed"]) if value["removed"] else (),
    )
