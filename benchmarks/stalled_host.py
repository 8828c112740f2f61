"""What one host that stalls costs the others: twenty hosts, one of which accepts and never answers, or drips.

    python -m benchmarks.stalled_host [--pages 30] [--first 400] [--delay 0.2] [--timeout 5]

Hosts are addresses of loopback (127.0.0.2 and on; Linux answers at all of them), served by one process. The addresses
of the bad host come first in the list. Printed is the time from the start of `save` until every page of the nineteen
others was acknowledged, against the time without the bad host, all from this one run; the save is then stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.measure import NEWSCLIP, ROOT
from tests.site import generated

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = 20
TARGET = 1.10
_GIVEN_UP = 300.0
"""Seconds after which a save is stopped whatever is missing: it is said, and counted as that long."""
_BAD = "127.0.0.2"
_DRIP = 2.0


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: str) -> None:
    """Answer the requests of one connection: with an article, or as a bad host does."""
    host, port = writer.get_extra_info("sockname")
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            path = head.split(b" ")[1].decode()
            if host == _BAD:
                await _misbehave(writer, kind)
            elif (number := path.removeprefix("/n/")).isdecimal():
                article = generated.article(int(number), f"http://{host}:{port}{path}").encode()
                _send(writer, b"200 OK", article)
            else:
                _send(writer, b"404 Not Found", b"<h1>Not found</h1>")
    except (asyncio.IncompleteReadError, OSError, asyncio.CancelledError):
        return  # the client hung up, or the measurement is over
    finally:
        writer.close()


async def _misbehave(writer: asyncio.StreamWriter, kind: str) -> None:
    if kind == "drips":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        if kind == "drips":
            writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(_DRIP)


def _send(writer: asyncio.StreamWriter, status: bytes, body: bytes) -> None:
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
    writer.write(head + body)


@contextmanager
def served(kind: str) -> Iterator[int]:
    """Serve every host on one port, in a thread of its own, and give the port."""
    ready: queue.SimpleQueue[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = queue.SimpleQueue()

    async def serve() -> None:
        over = asyncio.Event()
        server = await asyncio.start_server(
            lambda reader, writer: _answer(reader, writer, kind), "0.0.0.0", 0, backlog=1000
        )
        ready.put((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), over))
        await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    port, loop, over = ready.get()
    yield port
    loop.call_soon_threadsafe(over.set)
    thread.join()


def seconds_until_done(urls: list[str], folder: Path, flags: list[str]) -> float:
    """Save a list and return the seconds until the last page of the good hosts was acknowledged."""
    listed = folder / "urls.txt"
    listed.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
    wanted = {url for url in urls if urlsplit(url).hostname != _BAD}
    command = [*NEWSCLIP, "-C", folder / "collection", "--json", "save", "--from", listed, *flags]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCLIP_")}
    started = last = time.monotonic()
    with (
        (folder / "stderr").open("wb") as err,
        subprocess.Popen(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=err,
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
        ) as process,
    ):
        timer = threading.Timer(_GIVEN_UP, process.kill)
        timer.start()
        assert process.stdout is not None
        for line in process.stdout:
            wanted.discard(json.loads(line)["url"])
            last = time.monotonic()
            if not wanted:
                break
        timer.cancel()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
    if wanted:
        print(f"    {len(wanted)} pages of the good hosts never came", file=sys.stderr)
        return _GIVEN_UP
    return last - started


def main() -> int:
    """Measure without a bad host, with one that stalls, and with one that drips."""
    parser = argparse.ArgumentParser(description="What one stalled host costs nineteen others.")
    parser.add_argument("--pages", type=int, default=30, help="pages of each good host")
    parser.add_argument("--first", type=int, default=400, help="pages of the bad host, first in the list")
    parser.add_argument("--delay", default="0.2")
    parser.add_argument("--timeout", default="5")
    args = parser.parse_args()
    flags = ["--allow-network", "127.0.0.0/8", "--delay", args.delay, "--timeout", args.timeout]
    print(f"{HOSTS - 1} hosts of {args.pages} pages, delay {args.delay} s, time-out {args.timeout} s; ", end="")
    print(f"{args.first} pages of a bad host before them\n")
    alone, worst = 0.0, 0.0
    for kind in ("is not there", "stalls", "drips"):
        with served(kind) as port, tempfile.TemporaryDirectory() as name:
            bad = [f"http://{_BAD}:{port}/n/{number}" for number in range(args.first)]
            good = [
                f"http://127.0.0.{host}:{port}/n/{host * 1000 + number}"
                for number in range(args.pages)
                for host in range(3, HOSTS + 2)
            ]
            took = seconds_until_done((bad if alone else []) + good, Path(name), flags)
            alone = alone or took
            worst = max(worst, took / alone)
            print(f"one host {kind:<14}{took:>8.2f} s until the others are done{took / alone:>8.2f}")
    print(f"\n{worst:.2f} at worst (at most {TARGET})")
    return 0 if worst <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
