"""A text file against its sources: each remark is about a record that exists; index, search and article agree.

Rows of a file are asked for in its order and walked beside it. A revisit shares the text of the record it repeats, so
that several rows may lie at one place.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from archive import index, sites
from archive.fault import Fault
from archive.records import MARKDOWN, PLAIN_TEXT
from archive.segment import segmented
from archive.text_store import body_of
from archive.told import Original, Place, capture_from, told_in
from archive.verify_originals import broken, place, record_in
from archive.walk import Broken, walk

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from typing import BinaryIO

    from archive.collection import Collection
    from archive.model import Capture, RecordRef
    from archive.reading import StoredRecord
    from archive.told import Told
    from archive.walk import Walked

_TOLD = (
    "role", "target", "liveness", "reason", "confidence", "signals", "title", "authors", "published", "modified",
    "language", "words", "error", "fault", "article", "memento", "main_text", "judgement",
    "canonical",
)  # fmt: skip
"""What a row repeats of its metadata record."""


def check_texts(
    collection: Collection, connection: sqlite3.Connection, name: str, file: BinaryIO, end: int
) -> Iterator[Fault | Walked | Broken]:
    """Yield each record as it is passed, and before it whatever is wrong up to there."""
    places = _Places(connection, name)
    for found in walk(file, end):
        for rows in places.before(found.offset):
            yield _missing(rows)
        if isinstance(found, Broken):
            yield broken(name, found)
        else:
            yield from _check_record(collection, connection, name, found, places)
        yield found
    for rows in places.before(None):
        yield _missing(rows)


class _Places:
    """The rows whose text is in a file, by place, taken as the walk comes by.

    `outdated` is the record of which the last metadata record told what a later judgement has replaced; the texts that
    follow it are as old.
    """

    outdated: str | None = None

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        rows = index.select(connection, "WHERE text_warc = ? ORDER BY text_offset, id", (name,))
        self._groups = groupby(rows, key=attrgetter("text.offset"))
        self._next = self._take()

    def _take(self) -> list[Capture]:
        return list(next(self._groups, (0, ()))[1])

    def before(self, offset: int | None) -> Iterator[list[Capture]]:
        """Take what is before an offset, or all."""
        while self._next and (offset is None or _text(self._next[0]).offset < offset):
            yield self._next
            self._next = self._take()

    def at(self, offset: int) -> list[Capture]:
        """Take what is at an offset."""
        if not self._next or _text(self._next[0]).offset != offset:
            return []
        rows, self._next = self._next, self._take()
        return rows


def _text(row: Capture) -> RecordRef:
    assert row.text is not None
    return row.text


def _missing(rows: list[Capture]) -> Fault:
    text = _text(rows[0])
    return Fault("text-missing", place(text.warc, text.offset), f"the text of {rows[0].url} should begin here")


def _check_record(
    collection: Collection, connection: sqlite3.Connection, name: str, found: Walked, places: _Places
) -> Iterator[Fault]:
    where = place(name, found.offset)
    if found.block_matches is False:
        yield Fault("block-digest", where, f"the block does not have its digest {found.header('WARC-Block-Digest')}")
    rows = places.at(found.offset)
    subject = found.header("WARC-Refers-To")
    record = record_in(found)
    if record is None:
        return
    if subject is None:
        yield from (_misplaced(row, where) for row in rows)
        return
    row = index.of_record(connection, subject)
    if row is None:
        yield Fault("text-orphan", where, f"the {record.type} of {record.url} refers to {subject}, which is not here")
        return
    kind = record.header("Content-Type")
    if record.type == "metadata":
        told = told_in(record.block)
        places.outdated = subject if told.judgement < row.judgement else None
        if places.outdated is None:
            yield from _check_told(connection, row, told, where)
    elif kind == PLAIN_TEXT:
        yield from _check_sharers(row, record, rows, where)
        if subject != places.outdated:
            yield from _check_text(connection, row, record, where)
        return
    elif kind == MARKDOWN and subject != places.outdated:
        yield from _check_article(collection, connection, row, record)
    yield from (_misplaced(other, where) for other in rows)


def _misplaced(row: Capture, where: str) -> Fault:
    return Fault("text-missing", where, f"the text of {row.url} should be here, and another record is")


def _check_told(connection: sqlite3.Connection, row: Capture, told: Told, where: str) -> Iterator[Fault]:
    """Compare a row, and what is remembered of its site, with what is told of it."""
    facts = {field: getattr(row, field) for field in Original.__dataclass_fields__}
    expected = capture_from(Original(**facts), told, Place(row.response, row.text, row.run))
    differ = [fact for fact in _TOLD if getattr(expected, fact) != getattr(row, fact)]
    if differ:
        yield Fault("record-differs", where, f"index and metadata of {row.url} differ in {', '.join(differ)}")
    if told.missing_page:
        known = sites.missing_page(connection, sites.origin_of(told.missing_page.asked))
        if known is None or known.asked_at < told.missing_page.asked_at:
            yield Fault("record-differs", where, f"the index does not know what the probe {row.url} found")


def _check_sharers(row: Capture, record: StoredRecord, rows: list[Capture], where: str) -> Iterator[Fault]:
    """Look whether each row that points to a text may: it is that of its record, or of the one that it repeats."""
    for other in rows:
        text = _text(other)
        fits = (text.record_id, text.length) == (record.record_id, record.length)
        if not fits or row.response.record_id not in (other.response.record_id, other.revisit_of):
            yield _misplaced(other, where)


def _check_text(connection: sqlite3.Connection, row: Capture, record: StoredRecord, where: str) -> Iterator[Fault]:
    if row.text is None or row.text.record_id != record.record_id:
        yield Fault("text-missing", where, f"the index does not know of this text of {row.url}")
        return
    indexed = connection.execute("SELECT title, body FROM texts WHERE rowid = ?", (row.id,)).fetchone()
    text_here = record.block.decode("utf-8", "replace")
    if indexed != (segmented(row.title or ""), segmented(text_here)):
        said = "is missing from" if indexed is None else "is another in"
        yield Fault("text-differs", where, f"the text of {row.url} {said} the full-text index")


def _check_article(
    collection: Collection, connection: sqlite3.Connection, row: Capture, record: StoredRecord
) -> Iterator[Fault]:
    """Compare an article's file with the Markdown it was made from."""
    if row.article is None:
        return
    try:
        written = (collection.path / row.article).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        yield Fault("article-missing", row.article, f"the article of {row.url} cannot be read ({error.strerror})")
        return
    markdown = record.block.decode("utf-8", "replace").rstrip() + "\n"
    if body_of(written) != markdown and not _is_of_another(connection, row, written):
        yield Fault("article-differs", row.article, f"it is not the text that was read at {row.url}")


def _is_of_another(connection: sqlite3.Connection, row: Capture, written: str) -> bool:
    """Whether the file was written for a later capture with the same words and other links or emphasis."""
    front = written.split("\n---\n", 1)[0].splitlines()
    record_id = next((line.partition(": ")[2].strip('"') for line in front if line.startswith("record: ")), "")
    other = index.of_record(connection, record_id)
    return other is not None and other.id != row.id and other.article == row.article
