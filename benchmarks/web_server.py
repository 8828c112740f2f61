"""Serve a web of newspapers on loopback: each site at an address of its own, all at one port, from one thread.

    with served(web) as server:
        server.now = 600.0            # what the newspapers' clocks show
        server.visits                 # what was asked, when, and what was answered

Linux answers at all addresses of 127.0.0.0/8, without any being set up.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.newsroom_web import Answer, Web


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: of which site, for what, what the newspapers' clock showed; status (0: none) and bytes sent."""

    host: str
    path: str
    now: float
    status: int
    sent: int


@dataclass(slots=True)
class Server:
    """What is served, and what was asked for; `now` may be set at any time."""

    web: Web
    now: float = 0.0
    port: int = 0
    visits: list[Visit] = field(default_factory=list)

    def origin(self, host: str) -> str:
        """Return the scheme, host and port of a site."""
        return f"http://{host}:{self.port}"

    def since(self, mark: int) -> list[Visit]:
        """Return what was asked after so many visits."""
        return self.visits[mark:]


async def _serve(server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    host = writer.get_extra_info("sockname")[0]
    site = server.web.by_host[host]
    try:
        while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
            line, *lines = head.split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
            path = urlsplit(line.split(" ")[1])._replace(scheme="", netloc="").geturl()
            answer = site.answer(server.origin(host), path, fields, server.now, len(server.visits))
            sent = b"" if answer is None else _bytes(answer)
            server.visits.append(Visit(host, path, server.now, answer.status if answer else 0, len(sent)))
            if answer is None:
                await reader.read()
                return
            writer.write(sent)
            await writer.drain()
    except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
        return  # the client hung up, or the measurement is over
    finally:
        writer.close()


def _bytes(answer: Answer) -> bytes:
    fields = [("Server", "Gazette"), ("Content-Type", answer.media_type), *answer.fields]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        fields.append(("Content-Length", str(len(answer.body))))
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n{lines}\r\n".encode() + answer.body


@contextmanager
def served(web: Web) -> Iterator[Server]:
    """Serve a web in a thread of its own until the context ends."""
    server = Server(web)
    ready: queue.SimpleQueue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def serve() -> None:
        over = asyncio.Event()
        listening = await asyncio.start_server(
            lambda reader, writer: _serve(server, reader, writer), "0.0.0.0", 0, backlog=1000
        )
        server.port = listening.sockets[0].getsockname()[1]
        ready.put((asyncio.get_running_loop(), over))
        await over.wait()
        listening.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    loop, over = ready.get()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
