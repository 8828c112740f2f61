"""robots.txt obeyed by every request, also by those that wait while it is fetched, and the delay that it asks for.

Scrapy 2.19 lets all requests of a host wait on one Deferred, and turns it into a future for each; the first takes the
result away, so that the others are told that there are no rules (RobotsTxtMiddleware.robot_parser; the note in
twisted's Deferred.asFuture). Here they wait for a lock instead, and then find the rules ready.

What comes instead of rules is read as RFC 9309 says (section 2.3.1):

    2xx                                  rules
    4xx, too many redirects              no rules, whatever the body says
    5xx, 429, silence                    all is forbidden: a crawl leaves the host to the next run, and says so; after
                                         30 days in a row no rules
    a name that is not resolved, an
      address that is not allowed        no rules: there is no server to disobey, and a dead site must be found out

429 is "try later" and no "there is none"; Google reads it in the same way. `save`, in which somebody names each page,
takes silence for no rules: what a failing site still shows is what is about to be lost.

A crawl keeps what it was told for a day (section 2.4): the newest answer in the collection serves if it is no older,
also while the host has trouble with its robots.txt. `save` asks in each run, for somebody waits who may just have had
it changed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, IgnoreRequest
from scrapy.http import TextResponse
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from archive import sites
from archive.errors import Damaged
from archive.http_head import values
from archive.http_message import decode_content, parse_response
from archive.index import micros
from crawler.turns import HostLeft

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

    from archive.writer import Writer
    from crawler.session import Session

_LONGEST_CRAWL_DELAY = 120.0
"""Seconds; what asks for more gets this much. A site whose robots.txt says 86400 would never be archived."""

_FOUND = range(200, 300)
_SERVER_ERRORS = range(500, 600)
_TOO_MANY = 429
_PATIENCE = timedelta(days=30)
"""RFC 9309 section 2.3.1.4: "a reasonably long period of time (for example, 30 days)"."""
ROBOTS_LIMIT = 512 * 1024
"""Bytes of a decoded robots.txt; RFC 9309 section 2.5 asks for at least 500 KiB."""
_KEPT = timedelta(days=1)
"""RFC 9309 section 2.4: "Crawlers SHOULD NOT use the cached version for more than 24 hours"."""
_REDIRECTS = range(300, 400)
_MOST_REDIRECTS = 5
"""RFC 9309 section 2.3.1.2."""
_LISTING = "newsclip_listing"
_CRAWLED = ("newsclip_find", _LISTING)
"""What the requests of a crawl have in their meta, and those of a save have not."""
_NOT_SILENCE = (CannotResolveHostError, DownloadCancelledError, IgnoreRequest, HostLeft)


class RobotsForAll(RobotsTxtMiddleware):
    """Takes the place of Scrapy's middleware, at the same place in the order."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._unreachable: dict[str, str] = {}
        self._looked_up: set[str] = set()

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002 - Scrapy's
        """Let a request pass that robots.txt allows.

        Raises:
            HostLeft: a crawl asks a host whose robots.txt cannot be had.
            IgnoreRequest: robots.txt does not allow it.

        """
        await super().process_request(request)
        crawled = any(name in request.meta for name in _CRAWLED) and not request.meta.get("dont_obey_robotstxt")
        host = urlparse_cached(request).netloc
        if crawled and host in self._unreachable:
            async with self._turns[host]:
                await self._forgive(host, request)
            if why := self._unreachable.get(host):
                if _LISTING in request.meta:  # of articles the spider counts those that are left
                    self._session.leave(host, why)
                raise HostLeft(host, why)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, or None when it has none."""
        host = urlparse_cached(request).netloc
        async with self._turns[host]:
            if host not in self._parsers and any(name in request.meta for name in _CRAWLED):
                url = f"{urlparse_cached(request).scheme}://{host}/robots.txt"
                known = await asyncio.to_thread(_remembered, self._session.writer, url)
                if known is not None:
                    self._parsers[host] = Deferred()
                    await self._parse_robots(known, host, request)
            return await super().robot_parser(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status in _SERVER_ERRORS or response.status == _TOO_MANY:
            self._unreachable[netloc] = f"its robots.txt is answered with status {response.status}"
        if response.status not in _FOUND:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, _NOT_SILENCE):
            self._unreachable[netloc] = f"its robots.txt cannot be had: {exc}"
        super()._robots_error(exc, netloc)

    @property
    def _session(self) -> Session:
        session: Session = self.crawler.spider.session  # type: ignore[union-attr]
        return session

    async def _forgive(self, host: str, request: Request) -> None:
        """Take a host whose robots.txt could not be had for long enough for one that has none."""
        if host in self._looked_up or host not in self._unreachable:
            return
        self._looked_up.add(host)
        url = f"{urlparse_cached(request).scheme}://{host}/robots.txt"
        since = await asyncio.to_thread(self._session.writer.ask, sites.robots_unreachable_since, url)
        if since is not None and micros(datetime.now(UTC) - _PATIENCE) >= since:
            del self._unreachable[host]


def _remembered(writer: Writer, url: str) -> Response | None:
    """Return what the robots.txt at an address said within a day, by way of its redirects; None if all is not known."""
    now = datetime.now(UTC)
    for _ in range(_MOST_REDIRECTS + 1):
        capture = writer.ask(sites.robots_answer, url, micros(now - _KEPT), micros(now))
        if capture is None or capture.status is None:
            return None
        try:
            message = parse_response(writer.stored_response(capture))
        except Damaged:  # it is asked for again, and the damage is for `newsclip verify` to tell
            return None
        if capture.status in _REDIRECTS:
            if capture.revisit_of:  # of a revisit the header fields are those of the first time
                return None
            location = next(iter(values(message.headers, b"location")), b"").decode("latin-1")
            if not location:
                return None
            url = urljoin(url, location)
            continue
        body = decode_content(message.payload, message.headers, ROBOTS_LIMIT).body
        return TextResponse(url, status=capture.status, body=body)
    return None


def crawl_delay(rules: RobotParser, agent: str) -> float:
    """Return the seconds between two requests that a robots.txt asks of us: the more of Crawl-delay and Request-rate.

    Neither is in RFC 9309. A Request-rate for some hours of the day is not looked at.
    """
    asked = rules.crawl_delay(agent) or 0.0
    if isinstance(rules, ProtegoRobotParser):
        rate = rules.rp.request_rate(agent)
        if rate is not None and rate.start_time is None:
            asked = max(asked, rate.seconds / rate.requests)
    return min(asked, _LONGEST_CRAWL_DELAY)
