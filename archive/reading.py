"""WARC files read back, ours and anybody's: each record with its header, its block, and its place in the file.

Blocks are handed over as they are stored; HTTP is read by `http_message`, never by warcio, whose parser dechunks only
what is spelt `chunked` and gives up on long heads. A record is held in memory while it is looked at, no more than one
at a time. WARC/1.0 and 1.1, compressed by record or not at all, are read; ARC is not.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.errors import Damaged
from archive.walk import Broken, size_of, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from archive.collection import Collection
    from archive.model import RecordRef

_BROKEN = (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError)
_DATE_FORMATS = ("%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is in a file; `offset` and `length` are those of its gzip member, in bytes."""

    type: str
    record_id: str
    url: str
    date: datetime
    headers: tuple[tuple[str, str], ...]
    block: bytes
    offset: int
    length: int

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def records_of(path: Path, start: int = 0, end: int | None = None) -> Iterator[StoredRecord]:
    """Yield the records of a file in their order, from one offset and up to another.

    Raises:
        Damaged: a record cannot be read; the message says at which offset. What came before it has been yielded.

    """
    with path.open("rb") as file:
        file.seek(start)
        yield from _records(file, path.name, end)


def readable_records(path: Path, tell: Callable[[str], None]) -> Iterator[StoredRecord]:
    """Yield every record of a file that can be read, those behind damage too; `tell` is told of each damage.

    Raises:
        OSError: the file cannot be opened.

    """
    with path.open("rb") as file:
        for found in walk(file, size_of(file)):
            if isinstance(found, Broken):
                tell(f"{path.name} is damaged at offset {found.offset}, {found.length} bytes ({found.what}).")
            elif found.block is None:
                tell(f"{path.name} holds a record at offset {found.offset} that is too long to look into.")
            else:
                yield stored_record(found.headers, found.block, found.offset, found.length)


def read_record(collection: Collection, ref: RecordRef) -> StoredRecord:
    """Return the record at a place.

    Raises:
        Damaged: the file or the record is not there, or another record is in its place.

    """
    for name in (ref.warc, f"{ref.warc}.open"):
        path = collection.archive / name
        try:
            with path.open("rb") as file:
                file.seek(ref.offset)
                found = next(_records(BytesIO(file.read(ref.length)), ref.warc, None), None)
        except FileNotFoundError:
            continue
        if found is None or found.record_id != ref.record_id:
            raise Damaged(
                f"{path} does not hold record {ref.record_id} at offset {ref.offset}; "
                "see what is wrong with: newsclip verify"
            )
        return found
    raise Damaged(f"{collection.archive / ref.warc} is not there; put it back, or forget it with: newsclip reindex")


def _records(file: BinaryIO, name: str, end: int | None) -> Iterator[StoredRecord]:
    try:
        iterator = ArchiveIterator(file, no_record_parse=True, ensure_http_headers=False)
    except _BROKEN as error:
        raise Damaged(f"{name} is no WARC file ({_said(error)}).") from None
    while True:
        offset = iterator.offset
        if end is not None and offset >= end:
            return
        try:
            record = next(iterator, None)
            if record is None:
                return
            block = record.raw_stream.read()
            headers = tuple(record.rec_headers.headers)
            iterator.read_to_end(record)
            length = iterator.get_record_length()
            _require_whole(headers, block)
        except _BROKEN as error:
            raise Damaged(f"{name} is damaged at offset {offset} ({_said(error)}).") from None
        yield stored_record(headers, block, iterator.get_record_offset(), length)


def _require_whole(headers: tuple[tuple[str, str], ...], block: bytes) -> None:
    """Refuse a record whose end is missing: warcio hands out what there is as if it were all."""
    declared = next((value for key, value in headers if key.lower() == "content-length"), None)
    if declared is not None and int(declared) != len(block):
        raise ValueError(f"the record should hold {declared} bytes and holds {len(block)}")


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def stored_record(headers: tuple[tuple[str, str], ...], block: bytes, offset: int, length: int) -> StoredRecord:
    """Return a record out of its header fields, its block, and its place in a file."""
    named = {name.lower(): value for name, value in reversed(headers)}
    return StoredRecord(
        type=named.get("warc-type", ""),
        record_id=named.get("warc-record-id", ""),
        url=named.get("warc-target-uri", "").strip("<>"),
        date=_date(named.get("warc-date", "")),
        headers=headers,
        block=block,
        offset=offset,
        length=length,
    )


def _date(text: str) -> datetime:
    """Return a WARC-Date; one that is none becomes the beginning of time, so that the record is still read."""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return datetime.fromtimestamp(0, UTC)
