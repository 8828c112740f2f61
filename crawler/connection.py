"""One connection to a server, plain or in TLS, and the pool that keeps it for the next page of the same host.

Plan: a `Connection` feeds what arrives straight into the reader of the one response it is waiting for. It decides
nothing: `exchange` returns when the reader has what it wants, when a byte came that is one too many, or when the
connection ended; its fields then say which.

TLS is verified first. When the certificate is not trusted, the page is fetched all the same over a second connection,
and `tls` says so: an archive keeps what was served, and the label tells what it is worth. Only HTTP/1.1 is offered.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import aiohappyeyeballs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.http_message import ResponseReader
    from crawler.guard import AddressInfo, Origin

_HAPPY_EYEBALLS_DELAY = 0.25
"""Seconds before the next address is tried beside the first (RFC 8305 section 5)."""
_ALPN = ["http/1.1"]
_MOST_IDLE = 64
"""Connections kept for later, over all hosts; a process may have as few as 256 files open (macOS)."""


class Connection(asyncio.Protocol):
    """A connection that carries one exchange at a time.

    `eof` is a regular end from the other side, `error` an irregular one (a reset), `overflow` that more bytes came
    than allowed. `reused` says that it carried an exchange before this one.
    """

    def __init__(self) -> None:
        self.ip_address: str | None = None
        self.tls: str | None = None
        self.eof = False
        self.overflow = False
        self.reused = False
        self.error: Exception | None = None
        self._transport: asyncio.Transport | None = None
        self._reader: ResponseReader | None = None
        self._max_bytes = 0
        self._wake = asyncio.get_running_loop().create_future()
        self._gone = asyncio.get_running_loop().create_future()

    @property
    def usable(self) -> bool:
        """Whether another exchange can be tried."""
        return not (self.eof or self.overflow or self.error or self._gone.done() or self._wake.done())

    async def exchange(self, request: bytes, reader: ResponseReader, max_bytes: int) -> None:
        """Send a request and feed the reader until it, the limit or the connection ends."""
        assert self._transport is not None
        self._reader, self._max_bytes = reader, max_bytes
        if self.usable:
            self._transport.write(request)
            await self._wake
        self._reader = None

    def rest(self) -> None:
        """Make ready for another exchange."""
        self._wake = asyncio.get_running_loop().create_future()
        self.reused = True

    async def close(self) -> None:
        """End the connection at once, and wait until it is gone."""
        self.abort()
        await self._gone

    def abort(self) -> None:
        """End the connection at once: an orderly end of TLS would wait for the other side."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.ip_address = transport.get_extra_info("peername")[0]

    def data_received(self, data: bytes) -> None:
        """Feed the reader, up to the limit; bytes nobody asked for end the connection."""
        if self._reader is None:
            self.overflow = True
            self.abort()
            return
        room = self._max_bytes - self._reader.received
        self._reader.feed(data[:room])
        self.overflow = len(data) > room
        if self._reader.ended or self.overflow:
            self._awake()

    def eof_received(self) -> None:
        """Note a regular end; the transport then closes itself."""
        self.eof = True
        self._awake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end. Many servers end TLS without a goodbye, which is regular for HTTP (RFC 9112 section 9.8)."""
        if isinstance(exc, ssl.SSLEOFError) or exc is None:
            self.eof = True
        else:
            self.error = exc
        if not self._gone.done():
            self._gone.set_result(None)
        self._awake()

    def _awake(self) -> None:
        if not self._wake.done():
            self._wake.set_result(None)


class Dialler:
    """Opens connections to vetted addresses."""

    def __init__(self, connect_timeout: float) -> None:
        self._connect_timeout = connect_timeout

    @cached_property
    def _verifying(self) -> ssl.SSLContext:
        """Trust whom the system trusts; reading whom takes 50 ms, which plain HTTP need not pay."""
        context = ssl.create_default_context()
        context.set_alpn_protocols(_ALPN)
        return context

    @cached_property
    def _accepting(self) -> ssl.SSLContext:
        """Trust anybody."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(_ALPN)
        return context

    async def open(self, origin: Origin, addresses: Sequence[AddressInfo]) -> Connection:
        """Connect to the first address that answers.

        Raises:
            OSError: none does, or TLS cannot be agreed on; TimeoutError when it takes too long.

        """
        if origin.scheme == "http":
            return await self._connect(origin, addresses, None)
        try:
            connection = await self._connect(origin, addresses, self._verifying)
            trust = "certificate trusted"
        except ssl.SSLCertVerificationError as error:
            connection = await self._connect(origin, addresses, self._accepting)
            trust = f"certificate not trusted: {error.verify_message}"
        connection.tls = f"{connection.tls}, {trust}"
        return connection

    async def _connect(
        self, origin: Origin, addresses: Sequence[AddressInfo], context: ssl.SSLContext | None
    ) -> Connection:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._connect_timeout):
            sock = await aiohappyeyeballs.start_connection(
                addresses, happy_eyeballs_delay=_HAPPY_EYEBALLS_DELAY, interleave=1
            )
            # A final dot is part of a name, and of no certificate (RFC 6066 section 3).
            name = origin.host.rstrip(".") if context else None
            transport, connection = await loop.create_connection(
                Connection, sock=sock, ssl=context, server_hostname=name
            )
        if session := transport.get_extra_info("ssl_object"):
            connection.tls = f"{session.version()} {session.cipher()[0]}"
        return connection


@dataclass(frozen=True, slots=True)
class _Idle:
    origin: Origin
    timer: asyncio.TimerHandle


class Pool:
    """Connections that wait for their host's next page, each for `patience` seconds at most."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._idle: dict[Connection, _Idle] = {}

    def take(self, origin: Origin) -> Connection | None:
        """Return a connection to an origin, the one used last, if one is still good."""
        for connection in [kept for kept, idle in reversed(self._idle.items()) if idle.origin == origin]:
            self._idle.pop(connection).timer.cancel()
            if connection.usable:
                return connection
        return None

    def keep(self, origin: Origin, connection: Connection) -> None:
        """Keep a connection; when there are too many, the one that waits longest is ended."""
        connection.rest()
        timer = asyncio.get_running_loop().call_later(self._patience, self._drop, connection)
        self._idle[connection] = _Idle(origin, timer)
        if len(self._idle) > _MOST_IDLE:
            self._drop(next(iter(self._idle)))

    def _drop(self, connection: Connection) -> None:
        self._idle.pop(connection).timer.cancel()
        connection.abort()

    async def close(self) -> None:
        """End all connections."""
        connections = list(self._idle)
        for connection in connections:
            self._drop(connection)
        await asyncio.gather(*(connection.close() for connection in connections))
