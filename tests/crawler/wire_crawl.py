"""A small real crawl over the wire handler, run as a process: prints the way of each target, one a line.

Usage: wire_crawl.py BASE_URL [reactor]; the base is that of an OddServer.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.trail import TRAIL, trail_of
from crawler.wire import exchange_recorded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.model import Exchange

_HANDLER = "crawler.wire.WireDownloadHandler"


class WireSpider(Spider):
    """Asks for four odd pages."""

    name = "wire"
    base = ""

    async def start(self) -> AsyncIterator[Any]:
        """Ask, and listen for what has no trail."""
        self.crawler.signals.connect(self.robots, signal=exchange_recorded)
        for path in ("redirect", "redirect-private", "gzip", "empty"):
            meta = {TRAIL: [], "handle_httpstatus_all": path == "gzip"}
            yield Request(self.base + path, errback=self.failed, meta=meta, dont_filter=True)

    def robots(self, exchange: Exchange) -> None:
        """Print how robots.txt was answered."""
        print(f"robots: {self._short(exchange.url)} {exchange.response[9:12].decode() or 'refused'}")

    def parse(self, response: Response) -> None:
        """Print the way of a target that was answered."""
        assert response.request is not None
        self._print_way(response.request, str(response.status))

    def failed(self, failure: Failure) -> None:
        """Print the way of a target that was not."""
        self._print_way(failure.request, type(failure.value).__name__)  # type: ignore[attr-defined]

    def _print_way(self, request: Request, end: str) -> None:
        way = [self._short(exchange.url) for exchange in trail_of(request)]
        print(f"{way[0]}: {end} after {' '.join(way)}")

    def _short(self, url: str) -> str:
        return url.removeprefix(self.base)


if __name__ == "__main__":
    settings = {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "DOWNLOADER_MIDDLEWARES": {"scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None},
        "NEWSCLIP_MAX_BYTES": 1_000_000,
        "NEWSCLIP_TIMEOUT": 20,
        "NEWSCLIP_ALLOW_NETWORKS": ["127.0.0.0/8"],
        "ROBOTSTXT_OBEY": True,
        "RETRY_TIMES": 1,
        "LOG_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "TWISTED_REACTOR_ENABLED": "reactor" in sys.argv,
    }
    process = AsyncCrawlerProcess(settings)
    WireSpider.base = sys.argv[1]
    process.crawl(WireSpider)
    process.start()
