"""Whether the frontier of crawls slows down as it grows: leasing from 10,000 addresses and from 1,000,000.

    python -m benchmarks.frontier [--sizes 10000 1000000]

Each size is a collection of its own, in a process of its own: addresses of 50 sources are added as sitemaps would add
them, 200 at a time and newer ones later, as news comes; then 200 batches of 50, the newest first, are leased and
settled, in turn between the sources. `--scattered` gives them dates in no order at all: the worst case.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from archive import finds
from archive.collection import Collection
from archive.schema import connect

SOURCES, SITEMAP, BATCHES, BATCH = 50, 200, 200, 50
WITHIN = 1.2


def measure(size: int, *, scattered: bool) -> dict[str, float]:
    """Return milliseconds a batch of leasing and settling, of adding a thousand, and peak memory in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(Path(folder))
        collection.create()
        with closing(connect(collection)) as connection:
            began = time.process_time()
            for start in range(0, size, SITEMAP):
                found = [_found(number, scattered=scattered) for number in range(start, min(size, start + SITEMAP))]
                connection.execute("BEGIN")
                finds.add(connection, f"source{start // SITEMAP % SOURCES}", found, 3_000_000)
                connection.commit()
            adding = (time.process_time() - began) / (size / 1_000)
            began = time.process_time()
            for number in range(BATCHES):
                connection.execute("BEGIN")
                leased = finds.lease(connection, f"source{number % SOURCES}", BATCH, 3_000_000)
                for one in leased:
                    finds.settle(connection, one.id, 1, come=True)
                connection.commit()
            leasing = (time.process_time() - began) / BATCHES
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"lease_ms": leasing * 1000, "add_ms": adding * 1000, "peak": peak}


def _found(number: int, *, scattered: bool) -> finds.Found:
    url = f"https://news{number % 97}.example/2026/{number % 12 + 1:02}/story-{number}"
    key = f"example,news{number % 97})/2026/{number % 12 + 1:02}/story-{number}"
    return finds.Found(url, key, "https://feed.example/", dated_at=number * 7_919 % 1_000_003 if scattered else number)


def main() -> None:
    """Measure each size in a process of its own, and print them with their ratio."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    ask.add_argument("--scattered", action="store_true", help="dates in no order at all")
    ask.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, scattered=given.scattered)))
        return
    rows = {}
    print(f"{'addresses':>12}{'lease of 50, ms':>18}{'add 1,000, ms':>16}{'memory, MB':>13}")
    for size in given.sizes:
        command = [sys.executable, "-m", "benchmarks.frontier", "--one", str(size)]
        command += ["--scattered"] if given.scattered else []
        rows[size] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        row = rows[size]
        print(f"{size:>12,}{row['lease_ms']:>18.3f}{row['add_ms']:>16.1f}{row['peak'] / 1e6:>13.1f}")
    first, last = rows[given.sizes[0]], rows[given.sizes[-1]]
    for name in ("lease_ms", "peak"):
        print(f"{name}: ratio {last[name] / first[name]:.2f} (at most {WITHIN})")


if __name__ == "__main__":
    main()
