"""A group of findings on its way to disk: first the records of all, then, once they have their places, the captures.

Making records is pure but for one question to the index: whether an address had the same payload before. The group
itself is asked first, for many dead addresses lead to the same home page in the same second.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive import index
from archive.address import url_key
from archive.http_message import media_type
from archive.model import RecordRef
from archive.page import read_exchange
from archive.records import Record, Repeated, Subject, commentary, digest, is_not_modified, stored, warc_uri
from archive.text_store import article_path
from archive.told import (
    FIELD,
    Original,
    Place,
    Told,
    capture_from,
    encode,
    original_of_capture,
    storable,
    told_of,
    with_processed,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import datetime

    from archive.http_message import Message
    from archive.model import Article, Capture, Exchange, Finding, Processed

_FOUND = range(200, 300)
_PLAIN_TEXT = 1
"""The place of the plain text in a commentary: after the metadata, before the Markdown."""

TextPlace = RecordRef | str | None
"""Where a plain text is: in a file, in a record of this group that has this id, or nowhere."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One exchange in a group: its facts, what is told of it, its record, and its article where that is new.

    `run` is the one that fetched it, if it was not this one.
    """

    original: Original
    told: Told
    record_id: str
    text: TextPlace
    article: Article | None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A response that had the same payload at the same address, and the text that was read in it."""

    repeated: Repeated
    text: TextPlace
    article: str | None


@dataclass(frozen=True, slots=True)
class _Made:
    """What one exchange adds to a group."""

    records: tuple[Record, ...]
    remarks: list[Record]
    kept: Kept


@dataclass(slots=True)
class Group:
    """Records to append to the two files of a run, and what will be said of them in the index.

    `judgements` are remarks on what is stored already. They go before `texts`, the remarks on `originals`: what a death
    leaves at the end of a file are then remarks without originals and nothing else (mend).
    """

    run: str
    originals_info: str
    texts_info: str
    originals: list[Record] = field(default_factory=list)
    texts: list[Record] = field(default_factory=list)
    judgements: list[Record] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    _payloads: dict[tuple[str, str], Kept] = field(default_factory=dict)
    _newest: dict[str, Kept] = field(default_factory=dict)

    def add(self, connection: sqlite3.Connection, finding: Finding) -> None:
        """Make the records of a finding, all or none of them; all its exchanges but the last are hops."""
        last = len(finding.exchanges) - 1
        processed = storable(finding.processed) if finding.processed else None
        made: list[_Made] = []
        for number, exchange in enumerate(finding.exchanges):
            message = read_exchange(exchange)
            payload_digest = digest(message.payload) if message.payload else None
            earlier = self._earlier(connection, exchange, payload_digest)
            if earlier is None and is_not_modified(exchange, message):
                earlier = self._unchanged(connection, exchange, finding, number)
                payload_digest = earlier.repeated.payload_digest if earlier else None
            records = stored(exchange, message, self.originals_info, earlier.repeated if earlier else None)
            original = _original(exchange, message, payload_digest, earlier)
            said = told_of(finding, number)
            article, text = None, None
            if processed is not None and number == last:
                article = processed.article
                path, text = _article_place(_about(original, said), article, earlier)
                said = with_processed(said, processed, path)
            subject = Subject(records[0].record_id, original.url, original.fetched_at, self.texts_info)
            made.append(_Made(records, *_remarked(subject, original, said, (article, text), _way(finding, number))))
        for one in made:
            self._keep(one)

    def judge(self, capture: Capture, processed: Processed) -> None:
        """Say of a capture that is stored already what was not known when it was stored."""
        processed = storable(processed)
        bare = Told(
            role=capture.role,
            target=capture.target,
            error=capture.error,
            memento=capture.memento,
            judgement=capture.judgement + 1,
        )
        original = original_of_capture(capture)
        path, _ = _article_place(_about(original, bare), processed.article, None)
        said = with_processed(bare, processed, path)
        subject = Subject(capture.response.record_id, capture.url, capture.fetched_at, self.texts_info)
        remarks, kept = _remarked(subject, original, said, (processed.article, None), [])
        self.judgements += remarks
        self._keep(_Made((), [], replace(kept, run=capture.run)))

    def _keep(self, made: _Made) -> None:
        self.originals += made.records
        self.texts += made.remarks
        self.kept.append(made.kept)
        original = made.kept.original
        if made.records and original.payload_digest and not original.revisit_of and not original.truncated:
            key = url_key(original.url)
            self._payloads.setdefault((key, original.payload_digest), made.kept)
            if original.status in _FOUND:
                self._newest[key] = made.kept

    def _earlier(
        self, connection: sqlite3.Connection, exchange: Exchange, payload_digest: str | None
    ) -> _Earlier | None:
        """Return the response that this exchange repeats; what was cut short repeats nothing."""
        if payload_digest is None or exchange.truncated:
            return None
        key = url_key(exchange.url)
        if kept := self._payloads.get((key, payload_digest)):
            return _in_group(kept, payload_digest)
        if capture := index.same_payload(connection, key, payload_digest):
            return _Earlier(_repeated(capture, payload_digest), capture.text, capture.article)
        return None

    def _unchanged(
        self, connection: sqlite3.Connection, exchange: Exchange, finding: Finding, number: int
    ) -> _Earlier | None:
        """Return the response that a server means when it says that nothing was modified.

        Of a listing that is the last whole one. A page may have been a block or an error since it was good, so it is
        the one that the server was asked about, and none where the page was asked for anew after that.
        """
        if finding.role == "page":
            last = number == len(finding.exchanges) - 1
            return _whole(index.of_record(connection, finding.confirms)) if last and finding.confirms else None
        key = url_key(exchange.url)
        if (kept := self._newest.get(key)) and kept.original.payload_digest:
            return _in_group(kept, kept.original.payload_digest)
        return _whole(index.last_payload(connection, key))

    def captures(self, places: Mapping[str, RecordRef]) -> list[Capture]:
        """Return a capture for each exchange, once it is known where each record lies."""
        return [
            capture_from(
                kept.original,
                kept.told,
                Place(
                    record=places[kept.record_id],
                    text=places[kept.text] if isinstance(kept.text, str) else kept.text,
                    run=kept.run or self.run,
                ),
            )
            for kept in self.kept
        ]


def _whole(capture: Capture | None) -> _Earlier | None:
    if capture is None or capture.payload_digest is None:
        return None
    return _Earlier(_repeated(capture, capture.payload_digest), capture.text, capture.article)


def _in_group(kept: Kept, payload_digest: str) -> _Earlier:
    repeated = Repeated(kept.record_id, kept.original.url, kept.original.fetched_at, payload_digest)
    return _Earlier(repeated, kept.text, kept.told.about.article if kept.told.about else None)


def _repeated(capture: Capture, payload_digest: str) -> Repeated:
    return Repeated(capture.response.record_id, capture.url, capture.fetched_at, payload_digest)


def _remarked(
    subject: Subject,
    original: Original,
    said: Told,
    text: tuple[Article | None, TextPlace],
    way: list[tuple[str, str]],
) -> tuple[list[Record], Kept]:
    """Return the remarks on a record, with the article's text if it is not stored yet, and what the group keeps."""
    article, known = text
    new = None if known else article
    remarks = commentary(subject, [*way, (FIELD, encode(said))], new)
    return remarks, Kept(original, said, subject.record_id, remarks[_PLAIN_TEXT].record_id if new else known, new)


def _original(exchange: Exchange, message: Message, payload_digest: str | None, earlier: _Earlier | None) -> Original:
    """Return what the records of an exchange will tell again; where nothing came, nothing was cut short."""
    return Original(
        url=warc_uri(exchange.url),
        fetched_at=exchange.started_at,
        status=message.status,
        media_type=media_type(message.headers),
        payload_digest=payload_digest,
        truncated=exchange.truncated if exchange.response else None,
        revisit_of=earlier.repeated.record_id if earlier else None,
    )


def _about(original: Original, told: Told) -> tuple[str, datetime]:
    """Return the address and the time that a text belongs to: for an archive's copy those of the page it is of."""
    if told.memento:
        return told.memento.original, told.memento.taken_at
    return original.url, original.fetched_at


def _article_place(
    about: tuple[str, datetime], article: Article | None, earlier: _Earlier | None
) -> tuple[str | None, TextPlace]:
    """Return the path of an article's file, and where its text is stored already, if it is the same as before."""
    if article is None:
        return None, None
    url, time = about
    path = article_path(url, article.title, article.text, time)
    if earlier and earlier.text and earlier.article and _name(earlier.article) == _name(path):
        return earlier.article, earlier.text
    return path, None


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _way(finding: Finding, number: int) -> list[tuple[str, str]]:
    """Return the standard fields of a metadata record: where from, over how many redirects, in which time."""
    took = round(finding.exchanges[number].took * 1000)
    return [("via", finding.via or ""), ("hopsFromSeed", "R" * number), ("fetchTimeMs", str(took))]
