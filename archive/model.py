"""The values that travel through newsclip, all frozen: what came off the wire, what it means, and where it is kept.

    Exchange ─▶ Page ─▶ Verdict, Article (= Processed) ─▶ Finding ─▶ Capture

An `Exchange` is bytes as sent and received. A `Page` is what a reader would see: decoded, with the way that led to it.
`Processed` is what the pure half of the program says about a page. A `Finding` is everything one target brought, handed
to the writer in one piece. A `Capture` is its row in the index: enough to find the records again, never more than the
WARC files could tell.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - what is stored as JSON is read back by its types
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Truncation = Literal["length", "time", "disconnect", "unspecified"]
"""Reasons of the WARC-Truncated field (WARC 1.1 section 5.13)."""

Role = Literal["page", "hop", "robots", "probe", "memento", "feed"]
"""Why an exchange took place: the page; a redirect or failed try on the way to it, or what was heard on the way to an
archive's copy; robots.txt; a missing-page probe; an archive's copy of a dead page; a feed, sitemap or section page that
was asked for new addresses."""

Fate = Literal["open", "noise", "body"]
FATES: tuple[Fate, ...] = ("open", "noise", "body")
"""What a page alone shows of a line: nothing for sure; noise, by a rule; or a part of its article (`Trace`)."""

MissingAnswer = Literal["status", "page", "home", "story", "unknown"]
"""How a site answers when it is asked for an address that cannot exist (`MissingPage`)."""


class Liveness(enum.StrEnum):
    """What a page is, as docs/verdicts.md explains each."""

    LIVE = "live"
    GONE = "gone"
    SOFT_404 = "soft-404"
    MOVED = "moved"
    PARKED = "parked"
    PLACEHOLDER = "placeholder"
    BLOCKED = "blocked"
    LOGIN = "login"
    PAYWALL = "paywall"
    CONSENT = "consent"
    EMPTY = "empty"
    ERROR = "error"
    UNREACHABLE = "unreachable"
    UNSURE = "unsure"

    @property
    def dead(self) -> bool:
        """Whether the address leads to no article any more."""
        return self in DEAD

    @property
    def has_text(self) -> bool:
        """Whether text is extracted from a page of this kind."""
        return self in WITH_TEXT


DEAD = frozenset({Liveness.GONE, Liveness.SOFT_404, Liveness.MOVED, Liveness.PARKED})
WITH_TEXT = frozenset({Liveness.LIVE, Liveness.PAYWALL, Liveness.UNSURE})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, byte for byte.

    `request` and `response` are the bytes on the wire (inside TLS); `response` is empty when nothing came, and may be
    cut (`truncated` says why). 1xx responses precede the final one in `response`. `error` is one English line when the
    exchange failed. `took` is seconds from connecting to the last byte. `tls` names protocol, cipher and whether the
    certificate was trusted.
    """

    url: str
    request: bytes
    response: bytes
    started_at: datetime
    took: float
    ip_address: str | None = None
    protocol: str = "http/1.1"
    tls: str | None = None
    truncated: Truncation | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step on the way to a page: a redirect that was followed, or a try that failed (status None)."""

    url: str
    status: int | None
    location: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a reader gets it: `body` without transfer and content coding, still in its own charset.

    `status` is None when no answer came; `error` then says why. `fault` says what went wrong in decoding the body.
    """

    url: str
    requested_url: str
    fetched_at: datetime
    status: int | None
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    hops: tuple[Hop, ...] = ()
    truncated: Truncation | None = None
    error: str | None = None
    fault: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, as latin-1 text (RFC 9110 section 5.5), or None."""
        wanted = name.lower().encode("latin-1")
        for key, value in self.headers:
            if key.strip().lower() == wanted:
                return value.decode("latin-1").strip()
        return None


@dataclass(frozen=True, slots=True)
class Signal:
    """One observation: which rule saw it, what it points to, how strongly, and the very words or header it saw."""

    rule: str
    points_to: Liveness
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, with the reason in one English sentence and the signals that led there."""

    liveness: Liveness
    reason: str
    confidence: float
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of text that cleaning took out, and the rule that did."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """The text of a page and what is known of it.

    `text` is plain, `markdown` the same with structure. `published` and `modified` are ISO 8601, a date alone when no
    time is known. `extractor` names each tool that made this and its version. `section` is the part of the newspaper,
    `canonical` the absolute address that the page declares as its own, whatever it may be, `image` the address of the
    lead image. `paywalled` is whether the page says that not everybody may read it whole; None if it says nothing.
    """

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    language: str | None
    description: str | None
    site_name: str | None
    tags: tuple[str, ...]
    text: str
    markdown: str
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    extractor: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    section: str | None = None
    canonical: str | None = None
    image: str | None = None
    paywalled: bool | None = None

    @property
    def words(self) -> int:
        """Number of words of the plain text; every CJK character counts as one."""
        from archive.words import count_words  # noqa: PLC0415 - keeps the values free of regular expressions

        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class MissingPage:
    """What a site answers to an address that cannot exist, as its probe showed.

    `answer` is how it says so: by its `status` (404, 410); with a `page` of its own and a status that does not; by
    leading `home`; with a `story` as if nothing were missing; or `unknown`, where the probe was not let in, failed or
    got no answer. Only a `page` says what other missing pages of the site look like. `asked` is the address that
    cannot exist, `answered` the one that answered; `title` and `heading` are what it shows, normalized, and `blocks`
    the digests of its lines (pipelines/imprint.py).
    """

    asked: str
    answered: str
    asked_at: datetime
    answer: MissingAnswer
    title: str = ""
    heading: str = ""
    blocks: tuple[str, ...] = ()


class Trace(NamedTuple):
    """A short line of a page in its site's memory: a digest of 12 hexadecimal digits, where it stood, and its fate.

    `place` is that of the outline's block with these words (pipelines/outline.py), 0 where none has them. A trace
    without a line ('') says of a place alone that a part of the article stood there, or links that are none.
    """

    line: str
    place: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class Processed:
    """What the pure half says of a page: always a verdict; an article where there is text; a fault if a tool failed.

    `main_text` is the digest of what the page says, the same for another page that says the same; None for too little
    to compare, and for articles. `missing_page` is what a probe found, `canonical` an address of the same site that the
    page declares for its own article (pipelines/canonical.py). `traces` are what an article leaves in its site's memory
    (pipelines/site_memory.py). The page itself is not here: the caller has it, and results cross a process boundary.
    """

    verdict: Verdict
    article: Article | None = None
    fault: str | None = None
    main_text: str | None = None
    missing_page: MissingPage | None = None
    canonical: str | None = None
    traces: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What is remembered of a site when one of its pages is judged.

    `missing_page` is what its last probe found. `repeated` says for digests of main texts at how many other addresses
    of the site they were seen. `blocks` says the same of digests of short lines, but for those of a single other
    address; `pages` is how many other addresses are remembered, and `places` are those in the tree where they had
    nothing but noise. `settled` are lines that were taken out of this very page by what was known of its site then, and
    is forgotten now.
    """

    host: str
    missing_page: MissingPage | None = None
    repeated: Mapping[str, int] = field(default_factory=dict)
    blocks: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0
    places: frozenset[int] = frozenset()
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memento:
    """What an archive says of a copy it keeps (RFC 7089): of which address it is, and when it was taken."""

    original: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything one target brought: the exchanges in order (the last is the page) and what they mean.

    `target` is the address as it was asked for; `processed` is None for robots.txt. `target_id` and `find_id` name its
    place in the frontier, of a save or of a crawl. `memento` says that the last exchange brought an archive's copy, and
    of what. `confirms` is the record of the response about which a page's server was asked if it is still the same.
    """

    role: Role
    target: str
    exchanges: tuple[Exchange, ...]
    processed: Processed | None
    via: str | None = None
    target_id: int | None = None
    memento: Memento | None = None
    find_id: int | None = None
    confirms: str | None = None


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Where a record is: WARC file name, offset and length of its gzip member in bytes, and its WARC-Record-ID."""

    warc: str
    offset: int
    length: int
    record_id: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of the index.

    `url_key` is the SURT of `url`. `target` is the address as asked for, which differs from `url` after a redirect.
    `liveness` is None for hops and robots.txt, and for a page that is stored but was never judged. `revisit_of` is the
    record id of the response whose payload this capture repeats. `article` is a path relative to the collection.
    `memento` is there for an archive's copy: `url` and `fetched_at` are the archive's address and when that was asked,
    `target` is the dead address, and what the verdict says it says of the copy, not of the address.
    `main_text` and `canonical` are those of `Processed`. `judgement` counts how often it was judged anew since it was
    stored. `removed` is what cleaning took out of its text.
    """

    id: int
    role: Role
    url_key: str
    url: str
    target: str
    fetched_at: datetime
    status: int | None
    media_type: str | None
    payload_digest: str | None
    liveness: Liveness | None
    reason: str | None
    confidence: float | None
    signals: tuple[Signal, ...]
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    language: str | None
    words: int | None
    truncated: Truncation | None
    error: str | None
    fault: str | None
    response: RecordRef
    text: RecordRef | None
    revisit_of: str | None
    article: str | None
    run: str
    memento: Memento | None = None
    main_text: str | None = None
    judgement: int = 0
    canonical: str | None = None
    removed: tuple[Removed, ...] = ()

    @property
    def about_url(self) -> str:
        """The address of the page that the text was read in: for an archive's copy, the original's."""
        return self.memento.original if self.memento else self.url

    @property
    def as_of(self) -> datetime:
        """The time at which the page was like that: for an archive's copy, when it was taken."""
        return self.memento.taken_at if self.memento else self.fetched_at
