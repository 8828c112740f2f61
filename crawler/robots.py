"""robots.txt obeyed by every request, also by those that wait while it is fetched.

Scrapy 2.19 lets all requests of a host wait on one Deferred, and turns it into a future for each; the first takes the
result away, so that the others are told that there are no rules (RobotsTxtMiddleware.robot_parser; the note in
twisted's Deferred.asFuture). Here they wait for a lock instead, and then find the rules ready.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser


class RobotsForAll(RobotsTxtMiddleware):
    """Takes the place of Scrapy's middleware, at the same place in the order."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of a request's host, or None when it has none."""
        async with self._turns[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
