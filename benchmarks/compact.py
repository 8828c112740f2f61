"""What compacting costs and gives: thousands of runs of one page each, before and after.

    python -m benchmarks.compact [--runs 2000]

Prints the files and the disk blocks of the collection before and after `newsclip compact`, its time and peak of memory
beside those of a tenth of the runs, and the time of `newsclip reindex`, which opens every file, before and after.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.measure import NEWSCLIP, Run, megabytes, require, run
from benchmarks.synthetic import fill

_BLOCK = 512
"""stat(2) counts blocks of this size, whatever the file system has."""


def measure(collection: Path, *words: str) -> Run:
    """Run a command over a collection and return what it cost."""
    return require(run([*NEWSCLIP, "-q", "-C", collection, *words], collection.parent), 0)


def counted(collection: Path) -> str:
    """Return how many files a collection has, without articles, and what they take on the disk."""
    found = [path for path in collection.rglob("*") if path.is_file() and "articles" not in path.parts]
    return f"{len(found):,} files, {megabytes(sum(path.stat().st_blocks for path in found) * _BLOCK)} of disk"


def main() -> None:
    """Measure a tenth of the runs, and then all."""
    parser = argparse.ArgumentParser(description="What compacting costs and gives.")
    parser.add_argument("--runs", type=int, default=2000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for runs in (args.runs // 10, args.runs):
            collection = Path(name) / str(runs)
            for number in range(runs):
                fill(collection, number, number + 1)
            print(
                f"{runs:,} runs of one page: {counted(collection)}; reindex {measure(collection, 'reindex').wall:.1f} s"
            )
            cost = measure(collection, "compact")
            print(f"  {cost.out.strip()}")
            print(f"  {cost.wall:.2f} s, {cost.wall / runs * 1000:.2f} ms a pair; peak {megabytes(cost.peak_main)}")
            print(f"  {counted(collection)}; reindex {measure(collection, 'reindex').wall:.1f} s")
            measure(collection, "verify")


if __name__ == "__main__":
    main()
