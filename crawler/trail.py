"""The trail of a target: its exchanges in order, carried along by the requests that made them.

The list travels in `request.meta`. Scrapy copies meta for redirects and retries, but not what is in it, so every
request on the way to one page adds to the same list, and whoever gets the last response, or the last failure, finds
them all. A request without a trail belongs to no target (Scrapy's own request for robots.txt): its exchange goes to
the signal `crawler.wire.exchange_recorded`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request

    from archive.model import Exchange

TRAIL = "newsclip_trail"
"""The key in `request.meta`; the request that begins a target's way sets it to an empty list."""


def trail_of(request: Request) -> list[Exchange]:
    """Return the trail of a request, to read it or to add to it.

    Raises:
        KeyError: the request has none.

    """
    trail: list[Exchange] = request.meta[TRAIL]
    return trail


def has_trail(request: Request) -> bool:
    """Whether a request belongs to a target."""
    return TRAIL in request.meta
