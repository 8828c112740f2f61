"""What newsclip says of a capture, as its metadata record keeps it: all that the original record does not say itself.

The live path and `reindex` both make their `Capture` with `capture_from`, out of the facts of the original record and a
`Told`; so a rebuilt index cannot differ from the one it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from archive.address import url_key
from archive.model import Capture, Liveness, Memento, MissingPage, Removed, Role, Signal
from archive.trace import pack

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Article, Finding, Processed, RecordRef, Truncation

FIELD = "newsclip"
"""The field of the metadata record that holds a Told as one line of JSON."""


class Verdict(msgspec.Struct, frozen=True):
    """A verdict as it is stored."""

    liveness: Liveness
    reason: str
    confidence: float
    signals: tuple[Signal, ...] = ()


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of an article, without its text, which has records of its own."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    description: str | None = None
    site_name: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    extractor: dict[str, str] = {}
    removed: tuple[Removed, ...] = ()
    words: int = 0
    article: str | None = None
    section: str | None = None
    canonical: str | None = None
    image: str | None = None
    paywalled: bool | None = None


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is told of one exchange; an exchange may have an error though something came, hence `error`.

    A capture that is judged anew is told of again, and the highest `judgement` is what counts: 0 is the one with which
    it was stored. Which of two records came later would not do, for clocks are set back and files are renamed.
    """

    role: Role = "page"
    target: str = ""
    tls: str | None = None
    error: str | None = None
    fault: str | None = None
    verdict: Verdict | None = None
    about: About | None = None
    memento: Memento | None = None
    main_text: str | None = None
    missing_page: MissingPage | None = None
    judgement: int = 0
    canonical: str | None = None
    traces: bytes = b""


_DECODER = msgspec.json.Decoder(Told)


@dataclass(frozen=True, slots=True)
class Original:
    """The facts of an original record: the primary one of an exchange."""

    url: str
    fetched_at: datetime
    status: int | None
    media_type: str | None
    payload_digest: str | None
    truncated: Truncation | None
    revisit_of: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the records of a capture are: its primary one, its plain text if any, and the run that wrote them."""

    record: RecordRef
    text: RecordRef | None
    run: str


def told_of(finding: Finding, number: int) -> Told:
    """Return what is told of the exchange with this number, but for its verdict; all but the last are hops."""
    exchange = finding.exchanges[number]
    last = number == len(finding.exchanges) - 1
    return Told(
        role=finding.role if last else "hop",
        target=finding.target,
        tls=exchange.tls,
        error=exchange.error,
        memento=finding.memento if last else None,
    )


def storable(processed: Processed) -> Processed:
    """Return the same without lone surrogates: pages smuggle them in as escapes in JSON, and UTF-8 cannot hold them."""
    try:
        msgspec.json.encode(processed)
    except UnicodeEncodeError:
        return _without_surrogates(processed)  # type: ignore[no-any-return]
    return processed


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(map(_without_surrogates, value))
    if isinstance(value, Mapping):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _without_surrogates(getattr(value, field.name)) for field in fields(value)}
        )
    return value


def with_processed(told: Told, processed: Processed, article_path: str | None) -> Told:
    """Return the same with what the pure half says of the page."""
    return msgspec.structs.replace(
        told,
        fault=processed.fault,
        verdict=msgspec.convert(processed.verdict, Verdict, from_attributes=True),
        about=_about(processed.article, article_path) if processed.article else None,
        main_text=processed.main_text,
        missing_page=processed.missing_page,
        canonical=processed.canonical,
        traces=pack(processed.traces),
    )


def _about(article: Article, article_path: str | None) -> About:
    return About(
        title=article.title,
        authors=article.authors,
        published=article.published,
        modified=article.modified,
        language=article.language,
        description=article.description,
        site_name=article.site_name,
        tags=article.tags,
        links=article.links,
        images=article.images,
        extractor=dict(article.extractor),
        removed=article.removed,
        words=article.words,
        article=article_path,
        section=article.section,
        canonical=article.canonical,
        image=article.image,
        paywalled=article.paywalled,
    )


def encode(told: Told) -> str:
    """Return one line of JSON, without control characters: JSON lets DEL stand as it is, a header value does not."""
    return msgspec.json.encode(told).decode().replace("\x7f", "\\u007f")


def decode(line: str | bytes) -> Told:
    """Return what a line of JSON tells.

    Raises:
        msgspec.MsgspecError: it is no Told.

    """
    return _DECODER.decode(line)


def told_in(block: bytes) -> Told:
    """Return what the block of a metadata record of ours tells; an empty Told if it is none."""
    for line in block.splitlines():
        name, _, value = line.partition(b": ")
        if name.decode("ascii", "replace") == FIELD:
            try:
                return decode(value)
            except msgspec.MsgspecError:
                break
    return Told()


def original_of_capture(capture: Capture) -> Original:
    """Return the facts of a capture that is in the index already."""
    return Original(
        url=capture.url,
        fetched_at=capture.fetched_at,
        status=capture.status,
        media_type=capture.media_type,
        payload_digest=capture.payload_digest,
        truncated=capture.truncated,
        revisit_of=capture.revisit_of,
    )


def capture_from(original: Original, told: Told, place: Place) -> Capture:
    """Return the capture of a record and what is told of it."""
    verdict = told.verdict
    known = told.about or About()
    return Capture(
        id=0,
        role=told.role,
        url_key=url_key(original.url),
        url=original.url,
        target=told.target or original.url,
        fetched_at=original.fetched_at,
        status=original.status,
        media_type=original.media_type,
        payload_digest=original.payload_digest,
        liveness=verdict.liveness if verdict else None,
        reason=verdict.reason if verdict else None,
        confidence=verdict.confidence if verdict else None,
        signals=verdict.signals if verdict else (),
        title=known.title,
        authors=known.authors,
        published=known.published,
        modified=known.modified,
        language=known.language,
        words=known.words if told.about else None,
        truncated=original.truncated,
        error=told.error,
        fault=told.fault,
        response=place.record,
        text=place.text,
        revisit_of=original.revisit_of,
        article=known.article,
        run=place.run,
        memento=told.memento,
        main_text=told.main_text,
        judgement=told.judgement,
        canonical=told.canonical,
        removed=known.removed,
    )


FileKind = Literal["originals", "text"]
"""The two files of a pair."""
