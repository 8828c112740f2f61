"""The Scrapy download handler that keeps what went over the wire, byte for byte.

Plan: when it is the request's turn (crawler/manners.py), `fetcher` makes the exchange that Scrapy asks for, and the
exchange is put on the trail of its target (crawler/trail.py) before Scrapy hears of it, whether it went well or not. An
exchange that belongs to no target, which is Scrapy's own fetching of robots.txt, is announced by the signal
`exchange_recorded`. A request whose host is left for later raises HostLeft, and nothing is recorded.

Scrapy gets a Response for its redirects and callbacks, or one of its own exceptions:

    not on the public Internet, not http   DownloadCancelledError (never tried again)
    the name cannot be resolved            CannotResolveHostError
    the connection is refused              DownloadConnectionRefusedError
    too late                               DownloadTimeoutError
    no answer, a cut head, no HTTP         DownloadFailedError

A response whose body is cut is a response, flagged "truncated". Its body still has its content coding, as Scrapy
expects, except where no trail is (robots.txt): nobody else would decode it. The handler works on an asyncio loop, with
Scrapy's asyncio reactor or without any reactor.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive.http_message import decode_content
from crawler.fetcher import Call, Fetcher, Limits
from crawler.guard import Guard, RefusedAddress, SystemResolver
from crawler.logs import log
from crawler.manners import Manners
from crawler.pace import PaceOptions
from crawler.robots import ROBOTS_LIMIT
from crawler.trail import has_trail, trail_of
from crawler.turns import TurnLimits, Turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from archive.http_message import Message
    from archive.model import Exchange
    from crawler.fetcher import Fetched

exchange_recorded = object()
"""Sent through crawler.signals with `exchange`, an archive.model.Exchange, for each exchange that has no trail."""

_REDIRECTS = range(300, 400)
_FAILURES: tuple[tuple[type[Exception], type[Exception]], ...] = (
    (RefusedAddress, DownloadCancelledError),
    (socket.gaierror, CannotResolveHostError),
    (ConnectionRefusedError, DownloadConnectionRefusedError),
    (TimeoutError, DownloadTimeoutError),
)


class WireDownloadHandler(BaseDownloadHandler):
    """Downloads http and https; `publish` is given the exchanges that have no trail."""

    lazy = False

    def __init__(
        self, guard: Guard, limits: Limits, publish: Callable[[Exchange], None], manners: Manners | None = None
    ) -> None:
        self._guard = guard
        self._fetcher = Fetcher(guard, limits)
        self._manners = manners or Manners(Turns(PaceOptions(), TurnLimits()))
        self._publish = publish

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read NEWSCLIP_ALLOW_NETWORKS (strings), NEWSCLIP_MAX_BYTES and NEWSCLIP_TIMEOUT (seconds)."""
        networks = [ip_network(text, strict=False) for text in crawler.settings.getlist("NEWSCLIP_ALLOW_NETWORKS")]
        limits = Limits(
            max_bytes=crawler.settings.getint("NEWSCLIP_MAX_BYTES"),
            timeout=crawler.settings.getfloat("NEWSCLIP_TIMEOUT"),
        )

        def publish(exchange: Exchange) -> None:
            crawler.signals.send_catch_log(exchange_recorded, exchange=exchange)

        manners = crawler.get_extension(Manners) or Manners.from_crawler(crawler)
        return cls(Guard(networks, resolver=SystemResolver()), limits, publish, manners)

    async def download_request(self, request: Request) -> Response:
        """Make the exchange of a request in its turn, record it, and return its response or raise what Scrapy knows."""
        async with self._manners.turn(request) as heard:
            fetched = await self._fetcher.fetch(_call(request))
            heard(fetched)
        _log_fetched(fetched)
        for exchange in filter(None, (fetched.before, fetched.exchange)):
            if has_trail(request):
                trail_of(request).append(exchange)
            else:
                self._publish(exchange)
        request.meta["download_latency"] = fetched.exchange.took
        if fetched.failure or fetched.message is None or fetched.message.status is None:
            raise _scrapy_error(fetched)
        return _response(request, fetched.exchange, fetched.message)

    async def close(self) -> None:
        """End the connections that were kept."""
        await self._fetcher.close()
        self._guard.close()


def _call(request: Request) -> Call:
    headers = tuple((name, value) for name, listed in request.headers.items() for value in listed)
    return Call(request.url, request.method, headers, request.body)


def _log_fetched(fetched: Fetched) -> None:
    exchange, message = fetched.exchange, fetched.message
    url, seconds = exchange.url, exchange.took
    if message is None:
        log("fetch.failed", f"{url} gave no answer: {exchange.error}", url=url, seconds=seconds, why=exchange.error)
        return
    status, size, cut = message.status, len(exchange.response), exchange.truncated
    words = f"{url} answered {status}"
    log("fetch.answered", words, url=url, status=status, seconds=seconds, bytes=size, truncated=cut)
    to = next((value.decode("latin-1") for name, value in message.headers if name.lower() == b"location"), None)
    if status in _REDIRECTS and to is not None:
        log("fetch.redirected", f"{url} leads to {to}", url=url, status=status, seconds=seconds, to=to)


def _scrapy_error(fetched: Fetched) -> Exception:
    why = fetched.exchange.error or (fetched.message.fault if fetched.message else None) or "no answer came"
    for kind, scrapy_kind in _FAILURES:
        if isinstance(fetched.failure, kind):
            return scrapy_kind(why)
    return DownloadFailedError(why)


def _response(request: Request, exchange: Exchange, message: Message) -> Response:
    headers = Headers(message.headers)
    body = message.payload
    if not has_trail(request):
        body = decode_content(body, message.headers, ROBOTS_LIMIT).body
        headers.pop(b"Content-Encoding", None)
    # A TextResponse would guess the charset of compressed bytes, which costs up to 20 ms (docs/performance.md).
    coded = b"Content-Encoding" in headers
    kind = Response if coded else responsetypes.from_args(headers=headers, url=request.url, body=body)
    assert message.status is not None
    return kind(
        request.url,
        status=message.status,
        headers=headers,
        body=body,
        flags=["truncated"] if exchange.truncated else [],
        ip_address=ip_address(exchange.ip_address) if exchange.ip_address else None,
        protocol=exchange.protocol,
    )
