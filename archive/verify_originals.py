"""A file of originals, byte by byte and against the index: digests, places, facts, and its CDXJ.

The rows of the file come out of the index in the order of the file, so that both are walked side by side and nothing
is held but one record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import index
from archive.adopt import original_of
from archive.cdxj import cdxj_of, sorted_lines
from archive.fault import Fault
from archive.http_message import parse_response
from archive.reading import stored_record
from archive.walk import Broken, matches, walk

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from typing import BinaryIO

    from archive.collection import Collection
    from archive.model import Capture
    from archive.reading import StoredRecord
    from archive.told import Original
    from archive.walk import Walked

_FACTS = ("url", "fetched_at", "status", "media_type", "payload_digest", "truncated", "revisit_of")
"""What a row repeats of its record."""


def check_originals(
    connection: sqlite3.Connection, name: str, file: BinaryIO, end: int
) -> Iterator[Fault | Walked | Broken]:
    """Yield each record as it is passed, and before it whatever is wrong up to there."""
    rows = _Rows(index.in_warc(connection, name))
    for found in walk(file, end):
        for missing in rows.before(found.offset):
            yield _missing(missing)
        if isinstance(found, Broken):
            yield broken(name, found)
        else:
            row = rows.at(found.offset)
            yield from _check_record(connection, name, found, row)
        yield found
    for missing in rows.before(None):
        yield _missing(missing)


def broken(name: str, found: Broken) -> Fault:
    """Return what is wrong with bytes that are no whole record."""
    return Fault(found.kind, place(name, found.offset), f"{found.length} bytes: {found.what}")


def place(name: str, offset: int) -> str:
    """Return a place in a file."""
    return f"{name}@{offset}"


def record_in(found: Walked) -> StoredRecord | None:
    """Return a walked record to look into; None for one that is too long to hold."""
    if found.block is None:
        return None
    return stored_record(found.headers, found.block, found.offset, found.length)


class _Rows:
    """The rows of a file in its order, taken as the walk comes by."""

    def __init__(self, rows: Iterator[Capture]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def before(self, offset: int | None) -> Iterator[Capture]:
        """Take the rows before an offset, or all."""
        while self._next is not None and (offset is None or self._next.response.offset < offset):
            yield self._next
            self._next = next(self._rows, None)

    def at(self, offset: int) -> Capture | None:
        """Take the row at an offset."""
        if self._next is None or self._next.response.offset != offset:
            return None
        row = self._next
        self._next = next(self._rows, None)
        return row


def _missing(row: Capture) -> Fault:
    where = place(row.response.warc, row.response.offset)
    return Fault("record-missing", where, f"the index has a capture of {row.url} here, and no whole record begins here")


def _check_record(connection: sqlite3.Connection, name: str, found: Walked, row: Capture | None) -> Iterator[Fault]:
    where = place(name, found.offset)
    if found.block_matches is False:
        yield Fault("block-digest", where, f"the block does not have its digest {found.header('WARC-Block-Digest')}")
    record = record_in(found)
    if record is None:
        return
    yield from _check_payload(record, where)
    original = original_of(record)
    if row is not None:
        yield from _check_row(connection, row, record, original)
    elif original is not None:
        yield Fault("record-not-indexed", where, f"the {record.type} of {record.url} is not in the index")


def _check_payload(record: StoredRecord, where: str) -> Iterator[Fault]:
    """Compare the declared payload digest: of the payload as WARC 1.1 defines it, or of the body as stored.

    Many tools hash the framed body of a chunked response (webrecorder/warcio#74); the bytes are whole in either case.
    """
    declared = record.header("WARC-Payload-Digest")
    if declared is None or record.type != "response":
        return
    message = parse_response(record.block)
    stored = record.block[sum(map(len, message.interim)) + len(message.head) :]
    if not any(matches(declared, data) in (True, None) for data in (message.payload, stored)):
        yield Fault("payload-digest", where, f"the payload of {record.url} does not have its digest {declared}")


def _check_row(
    connection: sqlite3.Connection, row: Capture, record: StoredRecord, original: Original | None
) -> Iterator[Fault]:
    where = place(row.response.warc, row.response.offset)
    differ = [] if (record.record_id, record.length) == (row.response.record_id, row.response.length) else ["place"]
    differ += [fact for fact in _FACTS if original is None or getattr(original, fact) != getattr(row, fact)]
    if differ:
        yield Fault("record-differs", where, f"index and record of {row.url} differ in {', '.join(differ)}")
    if row.revisit_of and index.of_record(connection, row.revisit_of) is None:
        yield Fault("revisit-orphan", where, f"{row.url} repeats {row.revisit_of}, which is not in the collection")


def check_cdxj(collection: Collection, connection: sqlite3.Connection, warc: str) -> Iterator[Fault]:
    """Compare the CDXJ of a closed file with its rows, which have been compared with the records themselves."""
    file = cdxj_of(collection, warc)
    where = f"{file.parent.name}/{file.name}"
    if not file.is_file():
        yield Fault("cdxj-missing", where, f"{warc} has no CDXJ")
        return
    expected = sorted_lines(connection, warc).splitlines(keepends=True)
    number = 0
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if number > len(expected) or line != expected[number - 1]:
                yield Fault("cdxj-differs", where, f"line {number} is not what the index has")
                return
    if number < len(expected):
        yield Fault("cdxj-differs", where, f"it ends after {number} of {len(expected)} lines")
