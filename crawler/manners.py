"""How politely a crawl asks: every request, of whatever kind, goes over the wire in a turn that is given here.

    request ─▶ turn (crawler/turns.py: its host's pace, a place) ─▶ exchange ─▶ heard: what it says of the host

An extension of Scrapy's, so that all parts of a crawl find the one there is; the wire asks it for turns. What an answer
says of its host:

    429 or 503 with Retry-After                   rest until then
    429, 5xx; a connection that is refused, ends
      without an answer, or is out of time        back off (all but the first two are silence, see crawler/pace.py)
    a name that is not resolved, an address that
      is not allowed                              nothing: the host was not asked
    any other answer, a web archive's copy        all is well
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.http.request import NO_CALLBACK

from crawler.guard import RefusedAddress, origin_of
from crawler.pace import PaceOptions
from crawler.retry_after import BUSY, retry_after
from crawler.robots import crawl_delay
from crawler.turns import TurnLimits, Turns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

    from crawler.fetcher import Fetched
    from crawler.turns import Host

_TOO_MANY = 429
_SERVER_ERRORS = range(500, 600)
_DEFAULT_PORTS = (80, 443)


def host_name(url: str) -> str:
    """Return what is asked at one pace: a host, with its port unless that is http's or https's own.

    An address that leads nowhere has the empty name; nothing is sent to it.
    """
    try:
        origin = origin_of(url)
    except RefusedAddress:
        return ""
    return origin.host if origin.port in _DEFAULT_PORTS else f"{origin.host}:{origin.port}"


class Manners:
    """The manners of one crawl; `agent` is the name by which robots.txt speaks of us."""

    def __init__(self, turns: Turns, agent: str = "newsclip") -> None:
        self._turns = turns
        self._agent = agent

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read NEWSCLIP_DELAY, _MAX_DELAY, _MAX_REST, _MAX_FAILURES, _CONCURRENCY and _PER_HOST."""
        settings = crawler.settings
        options = PaceOptions(
            delay=settings.getfloat("NEWSCLIP_DELAY", 0.0),
            max_delay=settings.getfloat("NEWSCLIP_MAX_DELAY", 60.0),
            max_failures=settings.getint("NEWSCLIP_MAX_FAILURES", 0),
        )
        limits = TurnLimits(
            concurrency=settings.getint("NEWSCLIP_CONCURRENCY", 16),
            per_host=settings.getint("NEWSCLIP_PER_HOST", 1),
            patience=settings.getfloat("NEWSCLIP_MAX_REST", 600.0),
        )
        turns = Turns(
            options,
            limits,
            stopping=lambda: crawler.engine is None or not crawler.engine.running,
            crowded=lambda: _is_crowded(crawler),
        )
        manners = cls(turns, settings.get("ROBOTSTXT_USER_AGENT") or "newsclip")
        crawler.signals.connect(manners.robots_parsed, signal=signals.robots_parsed)
        return manners

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[Callable[[Fetched], None]]:
        """Wait for a request's turn and have it; what came of it is told to the function that is given.

        Raises:
            HostLeft: its host is not asked any more, or not yet, or the crawl was stopped.

        """
        robots = bool(request.meta.get("dont_obey_robotstxt"))
        # What no spider waits for is what others wait for: robots.txt, probes, the questions to an archive.
        ahead = request.callback in (None, NO_CALLBACK)
        async with self._turns.turn(host_name(request.url), ahead=ahead, robots=robots) as host:
            began = asyncio.get_running_loop().time()
            yield lambda fetched: self._heard(host, fetched, began)

    def why_left(self, host: str) -> str | None:
        """Return why a host (by its `host_name`) is left for later, or None."""
        return self._turns.why_left(host)

    def stop(self) -> None:
        """Send away whoever waits, now and from now on: nothing can be stored any more."""
        self._turns.stop()

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take the delay that a robots.txt asks for."""
        self._turns.host(host_name(request.url)).pace.obey(crawl_delay(robotparser, self._agent))

    def _heard(self, host: Host, fetched: Fetched, began: float) -> None:
        now = asyncio.get_running_loop().time()
        if isinstance(fetched.failure, (RefusedAddress, socket.gaierror)):
            return
        status = fetched.message.status if fetched.message else None
        if _is_copy(fetched):
            host.pace.answered()
        elif fetched.failure is not None or status is None or fetched.exchange.truncated == "time":
            host.pace.failed(began, now, silent=True)
        elif (wait := _rest(fetched)) is not None:
            host.pace.rest(now + wait)
            host.rest = f"it asks to be left alone for {wait:.0f} seconds (status {status}, Retry-After)"
        elif status == _TOO_MANY or status in _SERVER_ERRORS:
            host.pace.failed(began, now, silent=False)
        else:
            host.pace.answered()
        self._turns.review(host)


def _is_copy(fetched: Fetched) -> bool:
    """Whether an archive answers with what another server said (RFC 7089), be it that this one was busy."""
    return fetched.message is not None and any(
        name.lower() == b"memento-datetime" for name, _ in fetched.message.headers
    )


def _rest(fetched: Fetched) -> float | None:
    """Return the seconds that a busy host asks for, None for one that is not busy or asks for none."""
    assert fetched.message is not None
    if fetched.message.status not in BUSY:
        return None
    said = next((value for name, value in fetched.message.headers if name.lower() == b"retry-after"), b"")
    return retry_after(said.decode("latin-1"), datetime.now(UTC)) or None


def _is_crowded(crawler: Crawler) -> bool:
    """Whether so much waits to be judged that Scrapy would start nothing."""
    slot = crawler.engine.scraper.slot if crawler.engine else None
    return slot is not None and slot.needs_backout()
