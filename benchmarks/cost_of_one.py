"""The cost of one: `save` of a single page, and `list` and `search` in a large collection.

    python -m benchmarks.cost_of_one [--captures 100000] [--repeat 5]

Prints the median of the wall times and the largest peak of memory, the ratio of `list` and `search` to their limit of
0.3 s, and whether Scrapy was imported (by `python -X importtime`). Needs no data: the page and the collection are
synthetic. A Python that does nothing is measured beside them, for what of the time is the interpreter's.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.measure import LOCAL, NEWSCLIP, PYTHON, megabytes, require, run, size_of
from benchmarks.synthetic import fill
from tests.site.newspaper import Newspaper

LIMIT = 0.3


def measure(name: str, command: list[str | Path], folder: Path, times: int) -> float:
    """Run a command some times, print its cost, and return the median of its wall times."""
    runs = [require(run(command, folder), 0) for _ in range(times)]
    wall = statistics.median(one.wall for one in runs)
    main, everything = max(one.peak_main for one in runs), max(one.peak_all for one in runs)
    print(f"{name:<44}{wall:>8.3f} s{megabytes(main):>12}{megabytes(everything):>12}")
    return wall


def imports_scrapy(command: list[str | Path], folder: Path) -> bool:
    """Say whether a command of ours imports Scrapy or Twisted, as the interpreter reports it."""
    done = require(run([PYTHON, "-X", "importtime", *command[1:]], folder), 0)
    modules = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.err.splitlines()}
    return bool(modules & {"scrapy", "twisted"})


def main() -> None:
    """Measure everything once and print it."""
    parser = argparse.ArgumentParser(description="The cost of one page, one list, one search.")
    parser.add_argument("--captures", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Newspaper() as site:
        folder = Path(name)
        print(f"{'median of ' + str(args.repeat):<44}{'wall':>10}{'peak':>12}{'with workers':>12}")
        measure("python -c pass", [PYTHON, "-c", "pass"], folder, args.repeat)
        save: list[str | Path] = [*NEWSCLIP, "-C", folder / "one", "save", site.url("/odd/changing"), *LOCAL]
        measure("newsclip save, one page", save, folder, args.repeat)

        started = time.monotonic()
        fill(folder / "many", 0, args.captures)
        spent = time.monotonic() - started
        print(f"\n{args.captures:,} captures filled in {spent:.0f} s; they take {megabytes(size_of(folder / 'many'))}")
        for words in (["list"], ["search", "lighthouse"], ["search", "seabirds contract dunes"]):
            command: list[str | Path] = [*NEWSCLIP, "-C", folder / "many", *words]
            wall = measure(f"newsclip {' '.join(words)}", command, folder, args.repeat)
            loaded = "imports scrapy" if imports_scrapy(command, folder) else "does not import scrapy"
            print(f"{'':<10}{wall / LIMIT:.2f} of the limit of {LIMIT} s; {loaded}")


if __name__ == "__main__":
    main()
