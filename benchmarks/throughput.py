"""The speed of `save`, end to end, against what is possible and what a user would do instead.

    python -m benchmarks.throughput DATA [--pages 1000] [--repeat 3] [--coding gzip]

Every figure comes from this one run: the same pages, the same machine, one after the other, best of `--repeat`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import LOCAL, NEWSCLIP, PYTHON, ROOT, Run, megabytes, require, run, size_of

if TYPE_CHECKING:
    from collections.abc import Callable

CORES = 2
TARGET_OF_LIMIT = 0.75
TARGET_OF_WGET = 1.5


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do it: its name, its seconds for all pages, its memory, and what it left on disk."""

    name: str
    seconds: float
    memory: int | None = None
    disk: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What every contender is given: the data and number of pages, their addresses in a file, a folder to work in."""

    data: Path
    pages: int
    urls: Path
    folder: Path


def limit(task: Task) -> Contender:
    """Return the limit: extraction alone, perfectly spread over the cores."""
    command: list[str | Path] = [PYTHON, "-m", "benchmarks.peers", "limit", task.data, str(task.pages)]
    done = require(run(command, task.folder, core=0), 0)
    return Contender(f"the limit: bare_extraction on {CORES} cores", float(done.out) / CORES, done.peak_main)


def ours(task: Task) -> Contender:
    """Return `newsclip save` of all pages into a fresh collection, start-up and close included."""
    collection = task.folder / "collection"
    shutil.rmtree(collection, ignore_errors=True)
    command: list[str | Path] = [*NEWSCLIP, "-C", collection, "--json", "save", "--from", task.urls, *LOCAL]
    done = require(run(command, task.folder), 0, 3)
    answers = done.out.count("\n")
    if answers != task.pages:
        raise SystemExit(f"newsclip answered for {answers} of {task.pages} pages:\n{done.err[-2000:]}")
    return Contender("newsclip save", done.wall, done.peak_all, size_of(collection))


def bare_scrapy(task: Task) -> Contender:
    """Return Scrapy that fetches and stores nothing."""
    done: Run = require(run([PYTHON, "-m", "benchmarks.peers", "scrapy", task.urls], task.folder), 0)
    if int(done.out) != task.pages:
        raise SystemExit(f"Scrapy got {done.out.strip()} of {task.pages} pages.")
    return Contender("bare Scrapy, nothing stored", done.wall, done.peak_all)


def wget(task: Task) -> Contender:
    """Return wget with a WARC file and then trafilatura over the files, both on one core."""
    files = task.folder / "wget"
    shutil.rmtree(files, ignore_errors=True)
    warc = task.folder / "wget-warc"
    command = ["wget", "--quiet", f"--warc-file={warc}", f"--input-file={task.urls}", f"--directory-prefix={files}"]
    fetched = require(run(command, task.folder, core=0), 0)
    extracted = require(run([PYTHON, "-m", "benchmarks.peers", "extract", files], task.folder, core=0), 0)
    disk = size_of(files) + warc.with_suffix(".warc.gz").stat().st_size
    memory = max(fetched.peak_main, extracted.peak_main)
    return Contender("wget --warc-file, then trafilatura", fetched.wall + extracted.wall, memory, disk)


def best(contend: Callable[[Task], Contender], task: Task, times: int) -> Contender:
    """Return the fastest of some runs of one contender."""
    return min((contend(task) for _ in range(times)), key=lambda one: one.seconds)


def report(pages: int, results: list[Contender]) -> None:
    """Print the table and the ratios that are aimed at."""
    mine, roof, other = results[1], results[0], results[3]
    print(f"{'':<40}{'seconds':>9}{'pages/s':>9}{'of limit':>9}{'memory':>12}{'disk':>12}")
    for one in results:
        memory = megabytes(one.memory) if one.memory else ""
        disk = megabytes(one.disk) if one.disk else ""
        rate, share = pages / one.seconds, roof.seconds / one.seconds
        print(f"{one.name:<40}{one.seconds:>9.2f}{rate:>9.1f}{share:>9.2f}{memory:>12}{disk:>12}")
    print()
    print(f"newsclip / limit                  {roof.seconds / mine.seconds:5.2f}   (at least {TARGET_OF_LIMIT})")
    print(f"newsclip / wget then trafilatura  {other.seconds / mine.seconds:5.2f}   (at least {TARGET_OF_WGET})")


def main() -> None:
    """Measure everything once and print it."""
    parser = argparse.ArgumentParser(description="Throughput of save against its limit and its peers.")
    parser.add_argument("data", type=Path, help="a folder with text/data/*/pages/*.html.gz")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--coding", choices=("gzip", "identity"), default="gzip", help="how the server sends pages")
    args = parser.parse_args()
    if len(os.sched_getaffinity(0)) > CORES:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    data = args.data.resolve()
    serve = [PYTHON, "-m", "benchmarks.static_server", data, "--pages", str(args.pages), "--coding", args.coding]
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(serve, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        base, count = server.stdout.readline().split()
        urls = Path(name) / "urls.txt"
        urls.write_text("".join(f"{base}/p/{number}\n" for number in range(int(count))), encoding="utf-8")
        task = Task(data, int(count), urls, Path(name))
        print(f"{task.pages} pages, sent as {args.coding}, {CORES} cores, best of {args.repeat}\n")
        report(task.pages, [best(one, task, args.repeat) for one in (limit, ours, bare_scrapy, wget)])


if __name__ == "__main__":
    main()
