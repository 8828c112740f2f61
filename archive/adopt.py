"""Captures made out of WARC files: what mending and `reindex` have in common.

A file of originals gives the facts of each capture, the text file beside it what is told of them. Files of anybody
else are read too: their responses become captures that nobody has judged.

    originals: response | revisit | resource | metadata with an error ─▶ Original
    text:      metadata with a `newsclip` field ─▶ Told;  conversion text/plain ─▶ text, text/markdown ─▶ article file

Remarks stand in the text file beside the original, but for a page that was judged by a later run: those are applied to
the capture that is there already. A file that `newsclip compact` made is read as the files that it was made of, part by
part, since what was known of a page when another repeated it depends on their order. Texts are read when they are
needed, so that memory holds none but the one at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from archive import index, joins, site_memory, sites
from archive.address import url_key
from archive.collection import TEXT_SUFFIX
from archive.http_message import media_type, parse_response
from archive.model import RecordRef, Truncation
from archive.reading import read_record, records_of
from archive.records import ERROR_FIELD, FIELDS, HTTP_RESPONSE, MARKDOWN, PLAIN_TEXT, digest
from archive.text_store import remove_article, write_capture_article
from archive.told import About, Original, Place, Told, capture_from, original_of_capture, told_in
from archive.warcinfo import RUN_FIELD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive.collection import Collection
    from archive.model import Capture, Role
    from archive.reading import StoredRecord

_CAPTURES = frozenset({"response", "revisit", "resource"})
_REDIRECTS = range(300, 400)
_TRUNCATIONS = frozenset({"length", "time", "disconnect", "unspecified"})


_FAILURE = f"{ERROR_FIELD}: ".encode("ascii")


@dataclass(slots=True)
class Remarks:
    """What a text file tells of one original record, and where each part stands.

    `offset` is where the first remark begins, `former` are the articles of which older remarks told.
    """

    told: Told = field(default_factory=Told)
    offset: int = 0
    text: RecordRef | None = None
    markdown: RecordRef | None = None
    former: list[str] = field(default_factory=list)

    def replace_by(self, told: Told) -> None:
        """Take in a newer judgement; its texts follow it."""
        if self.told.about and self.told.about.article:
            self.former.append(self.told.about.article)
        self.told, self.text, self.markdown = told, None, None


@dataclass(frozen=True, slots=True)
class Part:
    """What stands behind one warcinfo record: the run that wrote it, and the beginning of the name that the file had.

    Either is None where nothing tells. A name alone would not tell parts apart: that of a file that was merged may be
    given again when a clock is set back.
    """

    stem: str | None = None
    run: str | None = None


def parts_in(records: Iterable[StoredRecord]) -> Iterator[tuple[Part, Iterator[StoredRecord]]]:
    """Yield the records of a file part by part; each must be taken before the next part is asked for."""
    part = Part()

    def part_of(record: StoredRecord) -> Part:
        nonlocal part
        if record.type == "warcinfo":
            name = record.header("WARC-Filename")
            part = Part(stem_of(name) if name else None, _run_in(record))
        return part

    return groupby(records, part_of)


def stem_of(name: str) -> str:
    """Return what the names of a file of originals and of the text file beside it have in common."""
    return name.removesuffix(TEXT_SUFFIX).removesuffix(".warc.gz")


def run_of(path: Path) -> str:
    """Return the run that wrote a file, as its warcinfo says, or the file's name for anybody else's."""
    first = next(records_of(path), None)
    return (first and _run_in(first)) or path.name


def _run_in(record: StoredRecord) -> str | None:
    if record.type == "warcinfo":
        for line in record.block.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == RUN_FIELD and value.strip():
                return value.strip()
    return None


def remarks_in(records: Iterable[StoredRecord], name: str) -> dict[str, Remarks]:
    """Return what the records of a text file tell, by the id of the original record, in their order.

    Of several judgements the last counts; the texts of each follow it.
    """
    found: dict[str, Remarks] = {}
    outdated: str | None = None
    for record in records:
        subject = record.header("WARC-Refers-To")
        if subject is None:
            continue
        remarks = found.setdefault(subject, Remarks(offset=record.offset))
        kind = record.header("Content-Type")
        if record.type == "metadata":
            told = told_in(record.block)
            outdated = subject if told.judgement < remarks.told.judgement else None
            if outdated is None:
                remarks.replace_by(told)
        elif subject == outdated:
            continue
        elif kind == PLAIN_TEXT:
            remarks.text = RecordRef(name, record.offset, record.length, record.record_id)
        elif kind == MARKDOWN:
            remarks.markdown = RecordRef(name, record.offset, record.length, record.record_id)
    return found


def originals_in(records: Iterable[StoredRecord], name: str) -> Iterator[tuple[Original, RecordRef]]:
    """Yield the facts of each primary record of a file and where it is."""
    for record in records:
        original = original_of(record)
        if original is not None:
            yield original, RecordRef(name, record.offset, record.length, record.record_id)


def adopt(
    collection: Collection,
    connection: sqlite3.Connection,
    found: Iterable[tuple[Original, RecordRef]],
    remarks: dict[str, Remarks],
    run: str,
) -> Iterator[Capture]:
    """Enter what was found into the index, with its text and article file, and yield each capture.

    The remarks on them are taken out of `remarks`; what is left there is about other files.
    """
    for original, ref in found:
        said = remarks.pop(ref.record_id, None) or Remarks(Told(role=_role(original)))
        text = said.text
        if text is None and original.revisit_of and said.told.about:
            earlier = index.of_record(connection, original.revisit_of)
            text = earlier.text if earlier else None
        yield _entered(collection, connection, capture_from(original, said.told, Place(ref, text, run)), said)


def apply_remarks(
    collection: Collection, connection: sqlite3.Connection, remarks: dict[str, Remarks]
) -> Iterator[Capture]:
    """Enter what is told of captures that are in the index already, and yield those that nobody had judged before.

    Remarks on what is not there are passed over, and so are those that a later judgement has replaced.
    """
    for record_id, said in remarks.items():
        capture = index.of_record(connection, record_id)
        if capture is None or said.told.judgement < capture.judgement:
            continue
        if capture.article:
            said.former.append(capture.article)
        original = original_of_capture(capture)
        place = Place(capture.response, said.text, capture.run)
        judged = replace(capture_from(original, said.told, place), id=capture.id)
        entered = _entered(collection, connection, judged, said)
        if capture.liveness is None:
            yield entered


def _entered(collection: Collection, connection: sqlite3.Connection, capture: Capture, said: Remarks) -> Capture:
    """Enter a capture with its text, write its article's file if it is missing, and return it with its id."""
    entered = index.enter(connection, capture, _text_of(collection, said.text))
    joins.note(connection, entered)
    site_memory.remember(connection, entered, said.told.traces)
    if said.told.missing_page:
        sites.remember(connection, said.told.missing_page)
    drop_articles(collection, connection, [(entered.about_url, path) for path in said.former])
    if said.markdown and entered.article and not (collection.path / entered.article).exists():
        known = said.told.about or About()
        write_capture_article(collection, entered, known, _text_of(collection, said.markdown) or "")
    return entered


def drop_articles(collection: Collection, connection: sqlite3.Connection, left: Iterable[tuple[str, str]]) -> None:
    """Remove the files that captures of an address had as their article, as far as none has them any more."""
    for url, path in left:
        if not index.has_article(connection, url_key(url), path):
            remove_article(collection, path)


def _text_of(collection: Collection, ref: RecordRef | None) -> str | None:
    return read_record(collection, ref).block.decode("utf-8", "replace") if ref else None


def _role(original: Original) -> Role:
    """Return what a response was fetched for when nothing tells: redirects and robots.txt are no pages."""
    if original.status is not None and original.status in _REDIRECTS:
        return "hop"
    return "robots" if urlsplit(original.url).path == "/robots.txt" else "page"


def original_of(record: StoredRecord) -> Original | None:
    """Return the facts of a primary record, or None for a companion."""
    if record.type == "metadata" and record.header("Content-Type") == FIELDS and record.block.startswith(_FAILURE):
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
