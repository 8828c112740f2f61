"""Captures made out of WARC files: what mending and `reindex` have in common.

A file of originals gives the facts of each capture, the text file beside it what is told of them. Files of anybody
else are read too: their responses become captures that nobody has judged.

    originals: response | revisit | resource | metadata with an error ─▶ Original
    text:      metadata with a `newsclip` field ─▶ Told;  conversion text/plain ─▶ text, text/markdown ─▶ article file
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from archive import index
from archive.http_message import media_type, parse_response
from archive.model import RecordRef, Truncation
from archive.reading import records_of
from archive.records import FIELDS, HTTP_RESPONSE, MARKDOWN, PLAIN_TEXT, digest
from archive.text_store import write_capture_article
from archive.told import FIELD, Original, Place, Told, capture_from, decode
from archive.warcinfo import RUN_FIELD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from archive.collection import Collection
    from archive.model import Capture, Role
    from archive.reading import StoredRecord

_CAPTURES = frozenset({"response", "revisit", "resource"})
_REDIRECTS = range(300, 400)
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})


@dataclass(slots=True)
class Remarks:
    """What a text file tells of one original record, and where each part stands."""

    told: Told = field(default_factory=Told)
    offset: int = 0
    text: RecordRef | None = None
    plain: str | None = None
    markdown: str | None = None


def run_of(path: Path) -> str:
    """Return the run that wrote a file, as its warcinfo says, or the file's name for anybody else's."""
    first = next(records_of(path), None)
    if first is not None and first.type == "warcinfo":
        for line in first.block.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == RUN_FIELD and value.strip():
                return value.strip()
    return path.name


def remarks_of(path: Path, name: str, start: int = 0, end: int | None = None) -> dict[str, Remarks]:
    """Return what a text file tells, by the id of the original record, in the order of the file."""
    found: dict[str, Remarks] = {}
    for record in records_of(path, start, end):
        subject = record.header("WARC-Refers-To")
        if subject is None:
            continue
        remarks = found.setdefault(subject, Remarks(offset=record.offset))
        kind = record.header("Content-Type")
        if record.type == "metadata":
            remarks.told = told_in(record)
        elif kind == PLAIN_TEXT:
            remarks.plain = record.block.decode("utf-8", "replace")
            remarks.text = RecordRef(name, record.offset, record.length, record.record_id)
        elif kind == MARKDOWN:
            remarks.markdown = record.block.decode("utf-8", "replace")
    return found


def originals_of(path: Path, name: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Original, RecordRef]]:
    """Yield the facts of each primary record of a file and where it is."""
    for record in records_of(path, start, end):
        original = original_of(record)
        if original is not None:
            yield original, RecordRef(name, record.offset, record.length, record.record_id)


def adopt(
    collection: Collection,
    connection: sqlite3.Connection,
    found: Iterator[tuple[Original, RecordRef]],
    remarks: dict[str, Remarks],
    run: str,
) -> Iterator[Capture]:
    """Enter what was found into the index, with its text and article file, and yield each capture."""
    for original, ref in found:
        said = remarks.get(ref.record_id)
        told = said.told if said else Told(role=_role(original))
        text = said.text if said else None
        if text is None and original.revisit_of and told.about:
            earlier = index.of_record(connection, original.revisit_of)
            text = earlier.text if earlier else None
        capture = capture_from(original, told, Place(ref, text, run))
        capture = index.enter(connection, capture, said.plain if said else None)
        if said and said.markdown is not None and capture.article:
            _write_if_missing(collection, capture, said.markdown)
        yield capture


def _role(original: Original) -> Role:
    """Return what a response was fetched for when nothing tells: redirects and robots.txt are no pages."""
    if original.status is not None and original.status in _REDIRECTS:
        return "hop"
    return "robots" if urlsplit(original.url).path == "/robots.txt" else "page"


def _write_if_missing(collection: Collection, capture: Capture, markdown: str) -> None:
    if not (collection.path / str(capture.article)).exists():
        write_capture_article(collection, capture, markdown)


def told_in(record: StoredRecord) -> Told:
    """Return what a metadata record of ours tells; an empty Told if it is none."""
    for line in record.block.splitlines():
        name, _, value = line.partition(b": ")
        if name.decode("ascii", "replace") == FIELD:
            try:
                return decode(value)
            except msgspec.MsgspecError:
                break
    return Told()


def original_of(record: StoredRecord) -> Original | None:
    """Return the facts of a primary record, or None for a companion."""
    if record.type == "metadata" and record.header("Content-Type") == FIELDS and record.block.startswith(b"error:"):
        return _facts(record, status=None, kind=None, payload_digest=None)
    if record.type not in _CAPTURES or not record.url.startswith(("http://", "https://")):
        return None
    if record.type == "resource" or not (record.header("Content-Type") or HTTP_RESPONSE).startswith("application/http"):
        kind = (record.header("Content-Type") or "").partition(";")[0].strip().lower() or None
        return _facts(record, status=None, kind=kind, payload_digest=digest(record.block) if record.block else None)
    message = parse_response(record.block)
    if record.type == "revisit":
        payload_digest = record.header("WARC-Payload-Digest")
    else:
        payload_digest = digest(message.payload) if message.payload else None
    return _facts(record, status=message.status, kind=media_type(message.headers), payload_digest=payload_digest)


def _facts(record: StoredRecord, *, status: int | None, kind: str | None, payload_digest: str | None) -> Original:
    truncated = record.header("WARC-Truncated")
    return Original(
        url=record.url,
        fetched_at=record.date,
        status=status,
        media_type=kind,
        payload_digest=payload_digest,
        truncated=msgspec.convert(truncated, Truncation) if truncated in _TRUNCATIONS else None,
        revisit_of=record.header("WARC-Refers-To") if record.type == "revisit" else None,
    )
