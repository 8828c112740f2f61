"""Asking for an article that we have only if it has changed since (RFC 9110 section 13).

    its last good capture ─▶ ETag, Last-Modified ─▶ request ─▶ 304: that version, judged as if it had come again
                                                            └▶ 304 about another version: asked for whole
                                                            └▶ any other answer: as always

Rule 1: a condition is sent to the address whose answer it is from, and to no other that a redirect leads to: that a
front page is older than the article that it hides is no news of the article.
Rule 2: a server's word counts for a limited time (archive/validators.py); then the article is asked for whole.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import Damaged
from archive.records import warc_uri
from archive.validators import Validators, validators_of, version_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.model import Capture
    from archive.writer import Writer

AGAIN = "newsclip_again"
"""In the meta of a request for an article that was captured before."""
_KNOWN = "newsclip_known"
_FIELDS = (b"If-None-Match", b"If-Modified-Since")
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a version: the address that showed it, the response that has it, and what names it."""

    url: str
    whole: Capture
    validators: Validators


class Conditions:
    """Puts conditions on requests, and sees that an answer of 304 is about what was asked."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one; the spider, and its session, come later."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Ask for what is known of an article, once for all requests on the way to it."""
        if AGAIN not in request.meta:
            return
        if _KNOWN not in request.meta:
            url, _ = request.meta["newsclip_target"]
            request.meta[_KNOWN] = await asyncio.to_thread(_known, self._writer, url)
        known: _Known | None = request.meta[_KNOWN]
        for name in _FIELDS:
            request.headers.pop(name, None)
        if known is not None and warc_uri(request.url) == known.url:
            request.headers.update(known.validators.conditions)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Ask anew, without a condition, where a server says that something else is the same."""
        if response.status != _NOT_MODIFIED or not any(name in request.headers for name in _FIELDS):
            return response
        known: _Known | None = request.meta.get(_KNOWN)
        said = Validators(response.headers.get(b"ETag"), response.headers.get(b"Last-Modified"))
        if known is None or known.validators.confirmed_by(said):
            return response
        return request.replace(meta=request.meta | {_KNOWN: None}, dont_filter=True)

    @property
    def _writer(self) -> Writer:
        writer: Writer = self._crawler.spider.session.writer  # type: ignore[union-attr]
        return writer


def confirmed(response: Response) -> Capture | None:
    """Return the earlier response of which this one says that it is still the same, if it does."""
    request = response.request
    assert request is not None
    known: _Known | None = request.meta.get(_KNOWN)
    asked = any(name in request.headers for name in _FIELDS)
    return known.whole if known is not None and asked and response.status == _NOT_MODIFIED else None


def _known(writer: Writer, url: str) -> _Known | None:
    version = writer.ask(version_of, url, datetime.now(UTC))
    if version is None:
        return None
    try:
        validators = validators_of(writer.collection, version)
    except Damaged:  # then the page is asked for whole, and the damage is for `newsclip verify` to tell
        return None
    return _Known(version.whole.url, version.whole, validators) if validators.conditions else None
