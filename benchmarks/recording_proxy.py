"""A proxy on loopback that passes bytes on unchanged and remembers them: what was really on the wire.

It stands between newsclip and a server, knows no HTTP, and so cannot share a misunderstanding with either. One side
sends until the other answers: what lies between two changes from answering to asking is one exchange. (newsclip does
not pipeline.)
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_PIECE = 65_536


@dataclass(slots=True)
class Traffic:
    """One exchange as it passed: the bytes of the request and of everything that came back."""

    request: bytearray = field(default_factory=bytearray)
    response: bytearray = field(default_factory=bytearray)


class RecordingProxy:
    """Listens on a free port while its context is open; `exchanges` holds what passed, in order of connection."""

    def __init__(self, port: int) -> None:
        self.exchanges: list[Traffic] = []
        self.port = 0
        self._target = port
        self._ready = threading.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, hanging up on everyone."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        server, to_server = await asyncio.open_connection("127.0.0.1", self._target)
        passed: list[Traffic] = []
        up = asyncio.create_task(self._pass(client, to_server, passed, asking=True))
        down = asyncio.create_task(self._pass(server, to_client, passed, asking=False))
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in (up, down):
                one.cancel()
            for writer in (to_client, to_server):
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
            self._connections.discard(task)

    async def _pass(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, passed: list[Traffic], *, asking: bool
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(_PIECE):
                if asking and (not passed or passed[-1].response):
                    passed.append(Traffic())
                    self.exchanges.append(passed[-1])
                (passed[-1].request if asking else passed[-1].response).extend(data)
                target.write(data)
                await target.drain()
