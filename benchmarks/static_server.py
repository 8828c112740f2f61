"""A static server for benchmarks: pages from gzip files, in memory, kept-alive connections, gzip for who asks for it.

    python -m benchmarks.static_server DATA --pages 1000 --coding gzip

prints its address and the number of pages, and serves /p/0, /p/1, … until its standard input closes. The responses
are made before the first request, so that it takes as little as possible of the cores that are being measured.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import random
import sys
from pathlib import Path

_SEED = 20261123
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def chosen_pages(data: Path, count: int) -> list[Path]:
    """Return `count` pages of DATA/text/data/*/pages, always the same ones, mixed over the sets.

    Raises:
        SystemExit: there are not so many.

    """
    found = sorted(data.glob("text/data/*/pages/*.html.gz"))
    if len(found) < count:
        raise SystemExit(f"{data} has {len(found)} pages in text/data/*/pages/*.html.gz, and {count} are wanted.")
    return random.Random(_SEED).sample(found, count)


def read_page(path: Path) -> bytes:
    """Return the HTML of a page."""
    return gzip.decompress(path.read_bytes())


class _Connection(asyncio.Protocol):
    """One kept-alive connection."""

    def __init__(self, plain: list[bytes], packed: list[bytes]) -> None:
        self._plain = plain
        self._packed = packed
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        line, _, fields = head.partition(b"\r\n")
        _, _, number = line.split(b" ")[1].rpartition(b"/p/")
        wanted = next((field for field in fields.lower().split(b"\r\n") if field.startswith(b"accept-encoding:")), b"")
        answers = self._packed if b"gzip" in wanted else self._plain
        return answers[int(number)] if number.isdigit() and int(number) < len(answers) else _NOT_FOUND


def _response(body: bytes, coding: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nServer: static\r\nContent-Type: text/html\r\n%sContent-Length: %d\r\n\r\n%s" % (
        coding,
        len(body),
        body,
    )


async def _serve(bodies: list[bytes], coding: str) -> None:
    plain = [_response(body, b"") for body in bodies]
    packed = plain
    if coding == "gzip":
        packed = [_response(gzip.compress(body, 6), b"Content-Encoding: gzip\r\n") for body in bodies]
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(plain, packed), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}", len(bodies), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    """Serve until standard input closes."""
    parser = argparse.ArgumentParser(description="Serve real pages for a benchmark.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--coding", choices=("gzip", "identity"), default="gzip")
    args = parser.parse_args()
    bodies = [read_page(path) for path in chosen_pages(args.data, args.pages)]
    asyncio.run(_serve(bodies, args.coding))


if __name__ == "__main__":
    main()
