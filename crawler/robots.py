"""robots.txt obeyed by every request, also by those that wait while it is fetched, and the delay that it asks for.

Scrapy 2.19 lets all requests of a host wait on one Deferred, and turns it into a future for each; the first takes the
result away, so that the others are told that there are no rules (RobotsTxtMiddleware.robot_parser; the note in
twisted's Deferred.asFuture). Here they wait for a lock instead, and then find the rules ready.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

_LONGEST_CRAWL_DELAY = 120.0
"""Seconds; what asks for more gets this much. A site whose robots.txt says 86400 would never be archived."""


class RobotsForAll(RobotsTxtMiddleware):
    """Takes the place of Scrapy's middleware, at the same place in the order."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, or None when it has none."""
        async with self._turns[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)


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
