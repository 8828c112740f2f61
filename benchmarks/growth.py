"""Does saving become slower as a collection grows? Seconds per 1,000 captures at several sizes, and peak memory.

    python -m benchmarks.growth [--sizes 1000 10000 100000] [--repeat 3]

A collection is filled to each size with synthetic captures; then `save` brings 1,000 generated pages more from a
server on loopback, end to end, `--repeat` times, and the median counts. Ratios are to the first size.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import LOCAL, NEWSCLIP, PYTHON, ROOT, Run, megabytes, require, run
from benchmarks.synthetic import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 1000


def save_batch(collection: Path, base: str, numbers: Iterator[int], folder: Path) -> Run:
    """Save the next 1,000 pages of the server into a collection."""
    urls = folder / "urls.txt"
    urls.write_text("".join(f"{base}/n/{next(numbers)}\n" for _ in range(BATCH)), encoding="utf-8")
    command: list[str | Path] = [*NEWSCLIP, "-C", collection, "--json", "save", "--from", urls, *LOCAL]
    done = require(run(command, folder), 0, 3)
    if done.out.count("\n") != BATCH:
        raise SystemExit(f"newsclip answered for {done.out.count(chr(10))} of {BATCH} pages.")
    return done


def main() -> None:
    """Measure every size once and print it."""
    parser = argparse.ArgumentParser(description="The cost of saving in a growing collection.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    serve = [PYTHON, "-m", "tests.site.serve"]
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(serve, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        base, folder, numbers = server.stdout.readline().strip(), Path(name), count()
        print(f"{'captures':>10}{'s / 1,000':>11}{'ratio':>7}{'peak':>12}{'ratio':>7}{'with workers':>14}")
        filled, first = 0, None
        for size in args.sizes:
            fill(folder / "collection", filled, size)
            filled = size
            runs = [save_batch(folder / "collection", base, numbers, folder) for _ in range(args.repeat)]
            wall, peak = statistics.median(one.wall for one in runs), max(one.peak_main for one in runs)
            first = first or (wall, peak)
            print(
                f"{size:>10,}{wall:>11.2f}{wall / first[0]:>7.2f}{megabytes(peak):>12}{peak / first[1]:>7.2f}"
                f"{megabytes(max(one.peak_all for one in runs)):>14}",
                flush=True,
            )


if __name__ == "__main__":
    main()
