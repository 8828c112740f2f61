"""What a second pass over an unchanged web costs, and a recheck of it, against the first pass.

    python -m benchmarks.second_pass [--sites 10] [--articles 40] [--json]

The newspapers are those of benchmarks/newsroom_web.py, once with servers that know ETag or date of their listings, once
with servers that send everything again; an hour lies between the passes, and a day before the recheck. Bytes are those
that the servers sent, and those by which the WARC files grew.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import size_of
from benchmarks.newsroom import Newsroom
from benchmarks.newsroom_web import FEED, MINUTES, SITEMAP, unchanging
from benchmarks.web_server import served

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.newsroom import Ran

TARGET = 0.05
_BESIDE = frozenset({FEED, SITEMAP, "/robots.txt"})


def measure(sites: int, articles: int, *, validators: bool) -> dict[str, dict[str, float]]:
    """Return for each pass its requests, articles among them, bytes sent, bytes stored, and outcomes of the looks."""
    with tempfile.TemporaryDirectory() as name, served(unchanging(sites, articles, validators=validators)) as server:
        room = Newsroom(Path(name), server, ("1d",))
        return {
            "first": _cost(room, room.crawl, 0),
            "second": _cost(room, room.crawl, 60),
            "recheck": _cost(room, room.recheck, MINUTES + 60),
        }


def _cost(room: Newsroom, command: Callable[[float], Ran], at: float) -> dict[str, float]:
    before = size_of(room.folder, "collection/archive/*.warc.gz")
    ran = command(at)
    stories = {(site.host, story.path) for site in room.server.web.sites for story in site.stories}
    return {
        "requests": len(ran.visits),
        "articles": sum((visit.host, visit.path.partition("?")[0]) in stories for visit in ran.visits),
        "robots": sum(visit.path == "/robots.txt" for visit in ran.visits),
        "unchanged": ran.outcomes["unchanged"] if "outcomes" in ran.report["sources"][0] else 0,
        "sent": ran.sent,
        "stored": size_of(room.folder, "collection/archive/*.warc.gz") - before,
    }


def main() -> int:
    """Measure with and without validators, and print each pass against the first."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sites", type=int, default=10)
    ask.add_argument("--articles", type=int, default=40, help="of each site; a feed names 40")
    ask.add_argument("--json", action="store_true", help="one object instead of a table")
    given = ask.parse_args()
    found = {
        kind: measure(given.sites, given.articles, validators=kind == "with validators")
        for kind in ("with validators", "without validators")
    }
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        print(f"{given.sites} sites of {given.articles} articles\n")
        print(f"{'':<30}{'requests':>10}{'articles':>10}{'sent, kB':>12}{'ratio':>8}{'stored, kB':>12}{'ratio':>8}")
        for kind, passes in found.items():
            first = passes["first"]
            for name, row in passes.items():
                sent, stored = row["sent"] / first["sent"], row["stored"] / first["stored"]
                counts = f"{row['requests']:>10}{row['articles']:>10}"
                sizes = f"{row['sent'] / 1e3:>12,.1f}{sent:>8.3f}{row['stored'] / 1e3:>12,.1f}{stored:>8.3f}"
                print(f"{f'{name}, {kind}':<30}{counts}{sizes}")
    fine = all(
        passes["second"]["articles"] == 0 and passes["second"]["sent"] <= TARGET * passes["first"]["sent"]
        for passes in found.values()
    )
    print(
        f"\nThe second pass sent at most {TARGET:.0%} and asked for no article: {'yes' if fine else 'no'}",
        file=sys.stderr,
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
