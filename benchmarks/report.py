"""How long `newsclip report` takes over 100,000 captures: 20,000 articles of 50 sources, five looks at each.

    python -m benchmarks.report [--articles 20000]

Of the articles, 5 % are edited once, 3 % die (half as a soft 404, half as a redirect to the front page) and 2 % are
behind a block when they are looked at last. The report is a process of its own, once as text and once as a page.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive.address import url_key
from archive.model import Finding, Liveness, Processed, Verdict
from archive.options import StoreOptions
from archive.writer import Writer
from benchmarks.measure import NEWSCLIP, megabytes, require, run
from benchmarks.synthetic import HOSTS, finding

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archive.model import Capture, Exchange

AGES = (timedelta(), timedelta(days=1), timedelta(days=8), timedelta(days=33), timedelta(days=190))
_IN_FLIGHT = 500


def looks(number: int) -> list[Finding]:
    """Return the captures of an article, one at each age."""
    first = finding(number)
    kind = number % 200
    return [_look(first, kind, age, at) for age, at in enumerate(AGES)]


def _look(first: Finding, kind: int, age: int, after: timedelta) -> Finding:
    exchange = replace(first.exchanges[0], started_at=first.exchanges[0].started_at + after)
    later = replace(first, exchanges=(exchange,))
    assert first.processed is not None
    if kind < 10 and age == 3 and first.processed.article is not None:
        article = first.processed.article
        edited = replace(article, text=f"{article.text}\n\nCorrected since.")
        return replace(
            later,
            exchanges=(_answered(exchange, b"HTTP/1.1 200 OK", b"Corrected since."),),
            processed=replace(first.processed, article=edited),
        )
    if 10 <= kind < 13 and age >= 2:
        return replace(later, exchanges=(_answered(exchange, b"HTTP/1.1 200 OK"),), processed=_said(Liveness.SOFT_404))
    if 13 <= kind < 16 and age >= 2:
        front = replace(exchange, url=f"{exchange.url.partition('/story')[0]}/")
        way = _answered(exchange, b"HTTP/1.1 302 Found\r\nLocation: /")
        return replace(later, exchanges=(way, front), processed=_said(Liveness.MOVED))
    if 16 <= kind < 20 and age == 4:
        return replace(later, exchanges=(_answered(exchange, b"HTTP/1.1 403 No"),), processed=_said(Liveness.BLOCKED))
    return later


def _answered(exchange: Exchange, head: bytes, body: bytes = b"") -> Exchange:
    return replace(exchange, response=b"%s\r\nContent-Length: %d\r\n\r\n%s" % (head, len(body), body))


def _said(liveness: Liveness) -> Processed:
    return Processed(Verdict(liveness, "As the benchmark has it.", 0.99))


def fill(path: Path, articles: int) -> None:
    """Write the captures, and the finds as a crawl would have left them."""
    writer = Writer.open(path, StoreOptions(), "benchmark")
    waiting: list[Future[Capture]] = []
    found = []
    for number in range(articles):
        captures = looks(number)
        url = captures[0].target
        found.append((f"source{number % HOSTS}", url_key(url), url, "https://feed.example/", 0))
        waiting += map(writer.put, captures)
        while len(waiting) >= _IN_FLIGHT:
            waiting.pop(0).result()
    for future in waiting:
        future.result()
    writer.close("done")
    with closing(sqlite3.connect(path / "newsclip.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO finds (source, key, url, via, found_at, state) VALUES (?, ?, ?, ?, ?, 'done')", found
        )


def main() -> None:
    """Fill a collection and report on it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=20_000)
    ask.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.fill:
        fill(given.fill, given.articles)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: the peak of a child counts what its parent held when it was made.
        filling = [sys.executable, "-m", "benchmarks.report", "--articles", str(given.articles), "--fill"]
        subprocess.run([*filling, folder / "collection"], check=True)
        print(f"{given.articles * len(AGES):,} captures of {given.articles:,} articles")
        command: list[str | Path] = [*NEWSCLIP, "-C", folder / "collection", "report"]
        for form, words in (("as text", ()), ("as a page", ("--html", folder / "report.html"))):
            done = require(run([*command, *words], folder), 0)
            print(f"{form:>12}{done.wall:>8.2f} s{megabytes(done.peak_main):>12}")


if __name__ == "__main__":
    main()
