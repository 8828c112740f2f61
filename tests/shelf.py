"""A small collection as a newsroom would have it, written by the real writer, and the commands that read it run on it.

news.example/harbour    live, then unchanged, then with another text, then a soft 404
news.example/old        redirected to the front page: moved
news.example/port       chunked and gzipped on the wire, from a server that speaks HTTP/1.0
zeitung.example/ausland live, in German; xinwen.example/a in Chinese, without blanks between words
gone.example/x          nobody answered
evil.example/t          a title that would command a terminal
"""

from __future__ import annotations

import argparse
import gzip
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from archive.cli import COMMANDS
from archive.command import Context
from archive.errors import NewsclipError
from archive.model import Article, Capture, Exchange, Finding, Liveness, Processed, Signal, Verdict
from archive.options import StoreOptions
from archive.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

DAY_ONE = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2028line\r\nforged: yes"
HARBOUR = "The harbour wall is to be raised by two metres.\n\nWork begins in spring, the council said."
HARBOUR_LATER = HARBOUR + "\n\nResidents asked for a promenade."


@dataclass(frozen=True, slots=True)
class Told:
    """What a test says of a page; everything else follows."""

    liveness: Liveness = Liveness.LIVE
    title: str = "A title"
    text: str | None = None
    language: str = "en"
    author: str = "Ann Orr"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said."""

    status: int
    out: str
    err: str


def page(url: str, told: Told, day: int, *, response: bytes | None = None, target: str | None = None) -> Finding:
    """Return the finding of one page, captured on a day of November 2026."""
    return Finding("page", target or url, (exchange(url, day, response or html(told)),), processed(told))


def html(told: Told) -> bytes:
    """Return a response as a server would send it."""
    body = f"<!DOCTYPE html><title>{told.title}</title><p>{told.text or 'nothing'}</p>".encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def chunked(told: Told) -> bytes:
    """Return the same page gzipped, in chunks of 50 bytes, with a header of odd case that comes twice."""
    body = gzip.compress(html(told).partition(b"\r\n\r\n")[2], mtime=0)
    pieces = [body[at : at + 50] for at in range(0, len(body), 50)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    coded = b"Content-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n\r\n"
    return b"HTTP/1.0 200 Sure Thing\r\nX-oDD: 1\r\nX-Odd: 2\r\n" + coded + framed


def exchange(url: str, day: int, response: bytes, *, minute: int = 0, error: str | None = None) -> Exchange:
    """Return one request and its response."""
    host = url.split("/")[2]
    request = f"GET / HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode()
    at = DAY_ONE + timedelta(days=day - 1, minutes=minute)
    return Exchange(url, request, response, at, 0.1, ip_address="192.0.2.7", error=error)


def processed(told: Told) -> Processed:
    """Return what the pure half would say."""
    signals = (
        Signal("og-type", told.liveness, 2.0, "og:type article"),
        Signal("words", Liveness.LIVE, 0.5, f"prose\x1b[2J in {told.title}"),
    )
    verdict = Verdict(told.liveness, f"The page is {told.liveness.value}.", 0.9, signals)
    if told.text is None:
        return Processed(verdict)
    article = Article(
        title=told.title,
        authors=(told.author,),
        published="2026-10-31",
        modified=None,
        language=told.language,
        description=None,
        site_name=None,
        tags=("harbour",),
        text=told.text,
        markdown=f"# {told.title}\n\n{told.text}",
        extractor={"test": "1"},
        section=f"About {told.title}",
        canonical="https://news.example/canonical",
        paywalled=False,
    )
    return Processed(verdict, article)


def findings() -> list[Finding]:
    """Return everything that the shelf holds, in the order in which it was captured."""
    harbour = "https://news.example/harbour"
    first = Told(title="The harbour wall", text=HARBOUR)
    front = Told(Liveness.MOVED, title="The News", text=None)
    moved = (
        exchange("http://news.example/old", 5, b"HTTP/1.1 301 Moved\r\nLocation: https://news.example/\r\n\r\n"),
        exchange("https://news.example/", 5, html(front), minute=1),
    )
    gone = exchange("http://gone.example/x", 6, b"", error="gone.example has no address")
    robots = exchange("https://news.example/robots.txt", 1, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    return [
        Finding("robots", "https://news.example/robots.txt", (robots,), None),
        page(harbour, first, 1),
        page(harbour, first, 2),
        page(harbour, Told(title="The harbour wall", text=HARBOUR_LATER), 3),
        page(harbour, Told(Liveness.SOFT_404, title="Sorry"), 4),
        page(
            "https://news.example/port",
            port := Told(title="The port", text="Cranes at the port."),
            4,
            response=chunked(port),
        ),
        Finding("page", "http://news.example/old", moved, processed(front)),
        Finding("page", "http://gone.example/x", (gone,), processed(Told(Liveness.UNREACHABLE))),
        page("https://zeitung.example/ausland", Told(title="Der Hafen", text="Über den Hafen.", language="de"), 7),
        page("https://xinwen.example/a", Told(title="港口", text="香港的港口正在扩建。", language="zh"), 7),
        page("https://evil.example/t", Told(title=f"Tide {ESCAPES}", text=f"Low tide. {ESCAPES}", author=ESCAPES), 8),
    ]


def build(path: Path, what: list[Finding] | None = None) -> list[Capture]:
    """Write a collection and return its captures; each finding is on disk before the next comes."""
    writer = Writer.open(path, StoreOptions(operator="Test"), "save")
    writer.intake_complete()
    captures = [writer.put(one).result() for one in (findings() if what is None else what)]
    writer.close("done")
    return captures


def run(path: Path, *arguments: str, out: io.TextIOBase | None = None, quiet: bool = False) -> Said:
    """Run one of the archive's commands as the command line would, and return what it said."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--json", action="store_true")
    rows = parser.add_subparsers()
    for command in COMMANDS:
        sub = rows.add_parser(command.name)
        command.add_arguments(sub)
        sub.set_defaults(command=command)
    args = parser.parse_args(arguments)
    said, err = out or io.StringIO(), io.StringIO()
    context: Any = Context(path, args.json, -1 if quiet else 0, said, err)  # type: ignore[arg-type]  # a test's stream
    try:
        status = args.command.run(args, context)
    except NewsclipError as error:
        status = error.exit_status
        err.write(str(error))
    text = said.getvalue() if isinstance(said, io.StringIO) else ""
    return Said(status, text, err.getvalue())
