"""A real crawl of one host that is asked for many pages at once, run as a process; prints what became of each.

Usage: robots_crawl.py BASE_URL; the base is that of an OddServer, whose robots.txt forbids /private.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.RobotsForAll": 100,
}


class RobotsSpider(Spider):
    """Asks for ten pages at once, of which nine are forbidden."""

    name = "robots"
    base = ""

    async def start(self) -> AsyncIterator[Any]:
        """Ask."""
        for path in ("plain", *(f"private?{number}" for number in range(9))):
            yield Request(self.base + path, errback=self.failed, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Print what was fetched."""
        print("fetched", response.url.removeprefix(self.base))

    def failed(self, failure: Failure) -> None:
        """Print why something was not."""
        print("refused:", failure.value)


if __name__ == "__main__":
    RobotsSpider.base = sys.argv[1]
    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": "crawler.wire.WireDownloadHandler"},
            "DOWNLOADER_MIDDLEWARES": _MIDDLEWARES,
            "NEWSCLIP_MAX_BYTES": 1_000_000,
            "NEWSCLIP_TIMEOUT": 20,
            "NEWSCLIP_ALLOW_NETWORKS": ["127.0.0.0/8"],
            "ROBOTSTXT_OBEY": True,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "TWISTED_REACTOR_ENABLED": False,
        }
    )
    process.crawl(RobotsSpider)
    process.start()
