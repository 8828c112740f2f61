"""One exchange with a server, and everything that can become of it, as an `Exchange` that is never lost.

Plan: vet the address, take or open a connection, send, read. Whatever ends this early becomes part of the answer:

    bytes came   ─▶ they are kept; `truncated` says "length", "time" or "disconnect" when not all of them did
    no byte came ─▶ `error` says why, and the caller gets the exception as `failure`

A connection that was kept from an earlier exchange may have been ended by the server meanwhile. If not one byte came
over it, the request is sent once more over a new one (RFC 9112 section 9.3.1); both tries are exchanges.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from string import punctuation
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive.http_message import MAX_HEAD, ResponseReader
from archive.model import Exchange
from crawler.connection import Dialler, Pool
from crawler.guard import RefusedAddress, origin_of

if TYPE_CHECKING:
    from archive.http_message import Headers, Message
    from archive.model import Truncation
    from crawler.connection import Connection
    from crawler.guard import Guard, Origin

_AUTHORITY_END = re.compile(r"[/?]|$")
_LINE_BREAK = re.compile(rb"[\r\n\0]")
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may cost: bytes on the wire, bytes of its heads, and seconds.

    `timeout` is for the whole exchange, resolving and connecting included, `connect` for a connection with its TLS,
    `idle` for a connection that waits to be used again (nginx keeps its end for 75 s, Apache for 5 s).
    """

    max_bytes: int
    timeout: float
    max_head: int = MAX_HEAD
    connect: float = 10.0
    idle: float = 15.0


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked for, and the header fields to send, in order; Host and Content-Length are added when missing."""

    url: str
    method: str = "GET"
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An exchange, its response as a message (None when not a byte came), and why its head did not come, if so.

    `before` is the try over a kept connection that came to nothing, if there was one.
    """

    exchange: Exchange
    message: Message | None
    failure: Exception | None
    before: Exchange | None = None


@dataclass(slots=True)
class _Attempt:
    """What is known of an exchange while it goes on."""

    call: Call
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=time.monotonic)
    origin: Origin | None = None
    request: bytes = b""
    connection: Connection | None = None
    reader: ResponseReader | None = None
    failure: Exception | None = None
    out_of_time: bool = False
    before: Exchange | None = None

    @property
    def answered(self) -> bool:
        return self.reader is not None and self.reader.received > 0


def request_bytes(call: Call, origin: Origin) -> bytes:
    """Return a request as it goes over the wire: Host first (RFC 9110 section 7.2), then the fields in their order.

    The target is what stands in the URL, unchanged; fragment, user name and password are not sent. A line break or NUL
    in a value, which a cookie can bring, becomes a space (RFC 9110 section 5.5).
    """
    after_scheme = call.url.partition("#")[0].partition("://")[2]
    target = after_scheme[_AUTHORITY_END.search(after_scheme).start() :]  # type: ignore[union-attr]  # $ always matches
    path = quote(target if target.startswith("/") else f"/{target}", safe=punctuation)
    named = {name.lower() for name, _ in call.headers}
    lines = [f"{call.method} {path} HTTP/1.1".encode()]
    if b"host" not in named:
        lines.append(b"Host: " + origin.authority.encode())
    given = sorted(call.headers, key=lambda field: field[0].lower() != b"host")
    lines += [name + b": " + _LINE_BREAK.sub(b" ", value) for name, value in given]
    if call.body and b"content-length" not in named:
        lines.append(b"Content-Length: %d" % len(call.body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + call.body


class Fetcher:
    """Makes exchanges."""

    def __init__(self, guard: Guard, limits: Limits) -> None:
        self._guard = guard
        self._limits = limits
        self._dialler = Dialler(limits.connect)
        self._pool = Pool(limits.idle)

    async def fetch(self, call: Call) -> Fetched:
        """Ask where the URL leads, and return what came of it: no server and no address makes this raise."""
        attempt = _Attempt(call)
        try:
            async with asyncio.timeout(self._limits.timeout) as whole:
                await self._exchange(attempt)
        except (RefusedAddress, OSError) as error:  # TimeoutError, gaierror and SSLError are OSErrors
            attempt.failure = error
            attempt.out_of_time = whole.expired()
        finally:
            self._release(attempt)
        return self._outcome(attempt)

    async def close(self) -> None:
        """End all connections."""
        await self._pool.close()

    async def _exchange(self, attempt: _Attempt) -> None:
        attempt.origin = origin = origin_of(attempt.call.url)
        attempt.request = request_bytes(attempt.call, origin)
        kept = self._pool.take(origin) if attempt.call.method in _IDEMPOTENT else None
        if kept:
            await self._talk(attempt, kept)
            if attempt.answered:
                return
            kept.abort()
            attempt.before = self._outcome(attempt).exchange
            attempt.connection = attempt.reader = None
            attempt.started_at, attempt.clock = datetime.now(UTC), time.monotonic()
        addresses = await self._guard.addresses(origin)
        await self._talk(attempt, await self._dialler.open(origin, addresses))

    async def _talk(self, attempt: _Attempt, connection: Connection) -> None:
        attempt.connection = connection
        attempt.reader = ResponseReader(attempt.call.method, max_head=self._limits.max_head)
        await connection.exchange(attempt.request, attempt.reader, self._limits.max_bytes)

    def _release(self, attempt: _Attempt) -> None:
        connection, reader = attempt.connection, attempt.reader
        if connection is None or reader is None or attempt.origin is None:
            return
        if reader.keep_alive and not (connection.eof or connection.error or connection.overflow):
            self._pool.keep(attempt.origin, connection)
        else:
            connection.abort()

    def _outcome(self, attempt: _Attempt) -> Fetched:
        connection, reader = attempt.connection, attempt.reader
        took = time.monotonic() - attempt.clock
        if connection is None or reader is None or not reader.received:
            failure = attempt.failure or ConnectionResetError()
            line = self._why(attempt, failure)
            request, address, tls = b"", None, None
            if connection is not None:
                request, address, tls = attempt.request, connection.ip_address, connection.tls
            exchange = Exchange(
                attempt.call.url, request, b"", attempt.started_at, took, ip_address=address, tls=tls, error=line
            )
            return Fetched(exchange, None, failure, attempt.before)
        truncated = _truncation(attempt, connection, reader)
        message = reader.message()
        exchange = Exchange(
            attempt.call.url,
            attempt.request,
            reader.raw(),
            attempt.started_at,
            took,
            ip_address=connection.ip_address,
            protocol=(message.version or b"HTTP/0.9").decode("ascii").lower(),
            tls=connection.tls,
            truncated=truncated,
        )
        has_head = reader.head is not None or reader.head_too_long
        headless = None if has_head else attempt.failure or ConnectionResetError()
        return Fetched(exchange, message, headless, attempt.before)

    def _why(self, attempt: _Attempt, failure: Exception) -> str:
        """Return why no byte came, in one line for people."""
        if attempt.origin is None or isinstance(failure, RefusedAddress):
            return str(failure)
        where = f"{attempt.origin.host} port {attempt.origin.port}"
        if attempt.out_of_time:
            return f"{where} did not answer within {self._limits.timeout:g} seconds"
        if attempt.connection is not None:
            return f"{where} ended the connection without an answer"
        if isinstance(failure, TimeoutError):
            return f"{where} cannot be connected to within {self._limits.connect:g} seconds"
        return _why_not_connected(failure, where)


def _why_not_connected(failure: Exception, where: str) -> str:
    if isinstance(failure, socket.gaierror):
        return f"{where} cannot be resolved: {failure.strerror}"
    if isinstance(failure, ssl.SSLError):
        return f"TLS with {where} failed: {failure.reason or failure}"
    return f"{where} cannot be connected to: {failure}"


def _truncation(attempt: _Attempt, connection: Connection, reader: ResponseReader) -> Truncation | None:
    """Tell whether bytes of the response are missing, and finish it."""
    if reader.head_too_long:
        return "length"
    if reader.ended:
        return None
    reader.finish()
    if attempt.out_of_time:
        return "time"
    if connection.overflow:
        return "length"
    return "disconnect" if connection.error or not reader.complete else None
