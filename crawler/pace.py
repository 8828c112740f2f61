"""robots.txt does not count against the pace of the pages it allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request


class RobotsPace:
    """Give each host's robots.txt a slot of its own: a single save need not wait out the delay between two pages."""

    def process_request(self, request: Request) -> None:
        """Put requests for robots.txt, which Scrapy marks so, in their own slot."""
        if request.meta.get("dont_obey_robotstxt"):
            request.meta["download_slot"] = f"robots.txt of {urlparse_cached(request).netloc}"
