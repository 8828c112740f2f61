"""Asking a web archive: politely, patiently, and so that every exchange is there afterwards, whatever came of it.

Requests go the way of all requests (`download`: robots.txt, pace, guard, limits, retries), but for redirects, which an
archive uses for two things: to lead to the nearest copy that it has, and to replay what a server answered long ago.
Only the first is followed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from archive.address import host_of, url_key
from crawler.retry_after import BUSY, retry_after
from crawler.trail import TRAIL
from pipelines.memento import Link, http_date, joined, links_in, original_in, raw

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from scrapy.http import Response

    from archive.model import Exchange

REDIRECTS = range(300, 400)
_TOO_MANY = 429
_ASKED_AGAIN = 2
"""Times that a busy archive is asked again before it is given up."""
_UNSAID = 60.0
"""Seconds to wait after a 429 without Retry-After: the Internet Archive sends none, and counts by the minute."""
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: the exchanges, the response if there is one, or why there is none.

    `closed` says that there is no use in asking this archive for anything else.
    """

    exchanges: tuple[Exchange, ...]
    response: Response | None = None
    failure: str = ""
    closed: bool = False


class MementoClient:
    """Asks; `patience` is the most seconds that a busy archive is waited for, `stopping` ends every wait."""

    def __init__(
        self, download: Callable[[Request], Awaitable[Response]], *, stopping: Callable[[], bool], patience: float
    ) -> None:
        self._download = download
        self._stopping = stopping
        self._patience = patience

    async def ask(self, url: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to one question, redirects as they are; a busy archive is asked again."""
        trail: list[Exchange] = []
        for again in range(_ASKED_AGAIN + 1):
            if self._stopping():
                return Answer(tuple(trail), failure="the save was stopped", closed=True)
            meta = {TRAIL: trail, "dont_redirect": True}
            try:
                response = await self._download(Request(url, headers=dict(fields or {}), meta=meta))
            except IgnoreRequest:
                why = f"robots.txt of {host_of(url)} does not allow it; to ask all the same, say --robots ignore"
                return Answer(tuple(trail), failure=why, closed=True)
            except Exception as error:  # noqa: BLE001 - a link that is no address, or whatever Scrapy makes of a failure
                return Answer(tuple(trail), failure=(trail[-1].error if trail else None) or str(error))
            wait = _wait(response)
            if wait is None:
                return Answer(tuple(trail), response)
            if again == _ASKED_AGAIN or wait > self._patience:
                break
            await self._paused(wait)
        why = f"{host_of(url)} is busy (status {response.status}) and asks to wait {wait:g} s"
        return Answer(tuple(trail), failure=why, closed=True)

    async def copy(self, url: str, target: str) -> Answer:
        """Return the answer at the address of a copy of `target`, or at that of the nearest one that there is."""
        exchanges: tuple[Exchange, ...] = ()
        for _ in range(_MOST_REDIRECTS):
            answer = await self.ask(url)
            exchanges += answer.exchanges
            response = answer.response
            location = field(response, "Location") if response else None
            if response is None or response.status not in REDIRECTS or not location:
                break
            nearest = raw(joined(url, location))
            original = original_in(nearest)
            if taken_at(response) or original is None or url_key(original) != url_key(target):
                break
            url = nearest
        return Answer(exchanges, answer.response, answer.failure, answer.closed)

    async def _paused(self, seconds: float) -> None:
        """Wait, a second at a time: a save that is stopped must not wait for an archive."""
        left = seconds
        while left > 0 and not self._stopping():
            await asyncio.sleep(min(left, 1.0))
            left -= 1.0


def field(response: Response, name: str) -> str | None:
    """Return a header field, or None."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def taken_at(response: Response) -> datetime | None:
    """Return when the copy was taken that an archive answered with; None where the answer is its own word."""
    return http_date(field(response, "Memento-Datetime"))


def links(response: Response) -> list[Link]:
    """Return the links of the header."""
    return list(links_in(",".join(value.decode("latin-1") for value in response.headers.getlist("Link"))))


def chosen(response: Response, gate: str) -> str | None:
    """Return the copy that a TimeGate chose: it leads there, or answers with it (RFC 7089 section 4)."""
    url = field(response, "Location") if response.status in REDIRECTS else field(response, "Content-Location")
    if url is None:
        url = next((link.url for link in links(response) if link.relations == {"memento"}), None)
    return raw(joined(gate, url)) if url else None


def _wait(response: Response) -> float | None:
    """Return the seconds that a busy archive asks for (RFC 9110 section 10.2.3), None for one that is not busy.

    A copy may be of an answer with such a status, and 503 without a time is no request to wait.
    """
    if response.status not in BUSY or taken_at(response):
        return None
    said = retry_after(field(response, "Retry-After"), datetime.now(UTC))
    return _UNSAID if said is None and response.status == _TOO_MANY else said
