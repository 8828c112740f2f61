"""From a capture to what the WARC files hold of it: what was sent, what came, and what was read in it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from archive.collection import OPEN
from archive.errors import Damaged, NotFound
from archive.http_head import values
from archive.http_message import decode_content, parse_response
from archive.index import of_record, text_before
from archive.reading import read_record, records_of
from archive.records import MARKDOWN
from archive.told import About, told_in

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from archive.collection import Collection
    from archive.http_message import Message
    from archive.model import Capture, RecordRef
    from archive.reading import StoredRecord

_MOST_DECODED = 256 * 1024 * 1024
"""Bytes of a page that are decoded to be shown; a bomb costs no more."""
_TEXTS_BACK = (16, 256, 1 << 62)
"""How many texts before a capture's own the search for its metadata begins, in turn."""

_PRESCANNED = 1024
"""Where a page may declare its charset (HTML section 13.2.3.2)."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def record_of(collection: Collection, capture: Capture) -> StoredRecord:
    """Return the record of a capture: response, revisit, or the metadata of a failure.

    Raises:
        Damaged: it is not where the index says.

    """
    return read_record(collection, capture.response)


def request_of(collection: Collection, capture: Capture) -> bytes | None:
    """Return the request as it was sent, if its record follows that of the answer, as ours do."""
    after = _record_after(collection, capture.response)
    if after is None or after.type != "request" or after.header("WARC-Concurrent-To") != capture.response.record_id:
        return None
    return after.block


def answer_of(collection: Collection, connection: sqlite3.Connection, capture: Capture) -> Message:
    """Return the HTTP response of a capture with its payload; for a revisit that of the record it refers to.

    Raises:
        NotFound: nothing came, or what the revisit refers to is not here.
        Damaged: a record is not where the index says.

    """
    original = capture
    if capture.revisit_of:
        original = of_record(connection, capture.revisit_of) or capture
    record = record_of(collection, original)
    if record.type == "metadata":
        raise NotFound(f"No answer came ({capture.error or 'the connection failed'}); there is nothing to show.")
    if record.type == "revisit":
        raise NotFound(f"The payload is in record {capture.revisit_of}, which is not in this collection.")
    return parse_response(record.block)


def html_of(message: Message) -> bytes:
    """Return the body of a response without its content coding, in its own charset."""
    return decode_content(message.payload, message.headers, _MOST_DECODED).body


def as_text(body: bytes, message: Message) -> str:
    """Return a body as text by its byte order mark or declared charset; what does not fit in is replaced."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace")
    declared = b" ".join(values(message.headers, b"content-type"))
    found = _CHARSET.search(declared) or _CHARSET.search(body[:_PRESCANNED])
    try:
        return body.decode(found[1].decode("ascii") if found else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def text_of(collection: Collection, capture: Capture) -> str | None:
    """Return the clean text of a capture out of its conversion record, or None if no text was read in it."""
    return None if capture.text is None else read_record(collection, capture.text).block.decode("utf-8", "replace")


def markdown_of(collection: Collection, capture: Capture) -> str | None:
    """Return the same with structure: the record that stands behind the plain text, or None.

    Raises:
        Damaged: another record stands there.

    """
    if capture.text is None:
        return None
    record = _record_after(collection, capture.text)
    if record is None or record.type != "conversion" or record.header("Content-Type") != MARKDOWN:
        raise Damaged(
            f"{capture.text.warc} holds no Markdown behind offset {capture.text.offset}; "
            "see what is wrong with: newsclip verify"
        )
    return record.block.decode("utf-8", "replace")


def about_of(collection: Collection, connection: sqlite3.Connection, capture: Capture) -> About:
    """Return what is known of a capture's article beside its text, out of its metadata record; empty without one.

    Metadata and texts of a few dozen captures are written together, metadata first. So it stands behind some text not
    far before the capture's own; if it was not judged with its neighbours, farther.
    """
    if capture.text is None:
        return About()
    subjects = {capture.response.record_id, capture.revisit_of}
    path = path_of(collection, capture.text.warc)
    for back in _TEXTS_BACK:
        start = text_before(connection, capture.text, back) or 0
        told = [
            told_in(record.block)
            for record in records_of(path, start, capture.text.offset)
            if record.type == "metadata" and record.header("WARC-Refers-To") in subjects
        ]
        if told:
            return max(told, key=lambda one: one.judgement).about or About()
        if not start:
            break
    return About()


def path_of(collection: Collection, warc: str) -> Path:
    """Return where a WARC file is: under its own name, or still open."""
    closed = collection.archive / warc
    return closed if closed.exists() else closed.with_name(f"{warc}{OPEN}")


def _record_after(collection: Collection, ref: RecordRef) -> StoredRecord | None:
    """Return the record behind another one."""
    path = path_of(collection, ref.warc)
    start = ref.offset + ref.length
    if not path.exists() or path.stat().st_size <= start:
        return None
    return next(records_of(path, start), None)
