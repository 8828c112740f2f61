"""A group of findings on its way to disk: first the records of all, then, once they have their places, the captures.

Making records is pure but for one question to the index: whether an address had the same payload before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive import index
from archive.address import url_key
from archive.http_message import media_type
from archive.page import read_exchange
from archive.records import Record, Subject, commentary, digest, stored
from archive.text_store import article_path
from archive.told import FIELD, Original, Place, Told, capture_from, encode, told_of, with_processed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from archive.http_message import Message
    from archive.model import Article, Capture, Exchange, Finding, Processed, RecordRef

_PLAIN_TEXT = 1
"""The place of the plain text in a commentary: after the metadata, before the Markdown."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One exchange in a group: its facts, what is told of it, its records' ids, and its text where that is new."""

    original: Original
    told: Told
    record_id: str
    text_id: str | None
    earlier_text: RecordRef | None
    article: Article | None


@dataclass(slots=True)
class Group:
    """Records to append to the two files of a run, and what will be said of them in the index."""

    run: str
    originals_info: str
    texts_info: str
    originals: list[Record] = field(default_factory=list)
    texts: list[Record] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    def add(self, connection: sqlite3.Connection, finding: Finding) -> None:
        """Make the records of a finding; all its exchanges but the last are hops."""
        for number, exchange in enumerate(finding.exchanges):
            message = read_exchange(exchange)
            payload_digest = digest(message.payload) if message.payload else None
            earlier = _earlier(connection, exchange, payload_digest)
            records = stored(exchange, message, self.originals_info, earlier)
            self.originals += records.records
            original = _original(exchange, message, payload_digest, records.revisit_of)
            last = number == len(finding.exchanges) - 1
            article = finding.processed.article if finding.processed and last else None
            path, known = _article_place(exchange, article, earlier)
            said = told_of(finding, number, path)
            self._remark(original, said, records.primary.record_id, (article, known), _way(finding, number))

    def judge(self, capture: Capture, processed: Processed) -> None:
        """Add to a capture that is stored already what was not known when it was stored."""
        article = processed.article
        path = article_path(capture.url, article.title, article.text, capture.fetched_at) if article else None
        bare = Told(role=capture.role, target=capture.target, error=capture.error)
        original = Original(
            url=capture.url,
            fetched_at=capture.fetched_at,
            status=capture.status,
            media_type=capture.media_type,
            payload_digest=capture.payload_digest,
            truncated=capture.truncated,
            revisit_of=capture.revisit_of,
        )
        said = with_processed(bare, processed, path)
        self._remark(original, said, capture.response.record_id, (article, None), [])

    def _remark(
        self,
        original: Original,
        said: Told,
        record_id: str,
        text: tuple[Article | None, RecordRef | None],
        way: list[tuple[str, str]],
    ) -> None:
        article, known = text
        new = None if known else article
        subject = Subject(record_id, original.url, original.fetched_at, self.texts_info)
        remarks = commentary(subject, [*way, (FIELD, encode(said))], new)
        self.texts += remarks
        text_id = remarks[_PLAIN_TEXT].record_id if new else None
        self.kept.append(Kept(original, said, record_id, text_id, known, new))

    def captures(self, places: Mapping[str, RecordRef]) -> list[Capture]:
        """Return a capture for each exchange, once it is known where each record lies."""
        return [
            capture_from(
                kept.original,
                kept.told,
                Place(places[kept.record_id], places[kept.text_id] if kept.text_id else kept.earlier_text, self.run),
            )
            for kept in self.kept
        ]


def _earlier(connection: sqlite3.Connection, exchange: Exchange, payload_digest: str | None) -> Capture | None:
    """Return the response that this exchange repeats; what was cut short repeats nothing."""
    if payload_digest is None or exchange.truncated:
        return None
    return index.same_payload(connection, url_key(exchange.url), payload_digest)


def _original(exchange: Exchange, message: Message, payload_digest: str | None, revisit_of: str | None) -> Original:
    return Original(
        url=exchange.url,
        fetched_at=exchange.started_at,
        status=message.status,
        media_type=media_type(message.headers),
        payload_digest=payload_digest,
        truncated=exchange.truncated,
        revisit_of=revisit_of,
    )


def _article_place(
    exchange: Exchange, article: Article | None, earlier: Capture | None
) -> tuple[str | None, RecordRef | None]:
    """Return the path of an article's file, and where its text is stored already, if it is the same as before."""
    if article is None:
        return None, None
    path = article_path(exchange.url, article.title, article.text, exchange.started_at)
    if earlier and earlier.text and earlier.article and _name(earlier.article) == _name(path):
        return earlier.article, earlier.text
    return path, None


def _name(path: str) -> str:
    return PurePosixPath(path).name


def _way(finding: Finding, number: int) -> list[tuple[str, str]]:
    """Return the standard fields of a metadata record: where from, over how many redirects, in which time."""
    took = round(finding.exchanges[number].took * 1000)
    return [("via", finding.via or ""), ("hopsFromSeed", "R" * number), ("fetchTimeMs", str(took))]
