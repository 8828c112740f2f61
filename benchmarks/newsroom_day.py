"""A newsroom's day: fifty newspapers, crawled every half hour, and their articles looked at again in the days after.

    nice python -m benchmarks.newsroom_day [--sites 50] [--articles 20000] [--every 30] [--json]

The newspapers are simulated (benchmarks/newsroom_web.py says what becomes of them); newsclip is the real one, and its
clock is moved from run to run. A recheck follows four crawls of the second day, and one each of the days on which
articles reach an age of five and of nine days. What newsclip says is held against what the newspapers did.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import megabytes
from benchmarks.newsroom import Newsroom, minutes, stands_dead
from benchmarks.newsroom_web import FEED, MINUTES, SITEMAP, Fate, Site, Story, Trouble, newsroom
from benchmarks.web_server import served

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.newsroom import Ran
    from benchmarks.newsroom_web import Web
    from benchmarks.web_server import Visit

AGES = ("1d", "5d", "9d")
_SECOND_DAY = (1.25, 1.5, 1.75, 2.0)
_CONFIRMING = (6.0, 7.0, 10.0, 11.0)
Stories = dict[tuple[str, str], tuple[Site, Story]]


def simulate(web: Web, folder: Path, every: int, timeout: float) -> dict[str, Any]:
    """Return the figures of a day and of the looks after it."""
    with served(web) as server:
        room = Newsroom(folder, server, AGES, timeout)
        crawls = [(at, room.crawl(at)) for at in range(every, MINUTES + 1, every)]
        looks: list[Ran] = []
        for day in (*_SECOND_DAY, *_CONFIRMING):
            room.crawl(day * MINUTES)
            looks.append(room.recheck(day * MINUTES))
        captures = room.captures()
    stories = {(site.host, story.path): (site, story) for site in web.sites for story in site.stories}
    return (
        _day(web, crawls, captures, stories)
        | outcomes(looks[: len(_SECOND_DAY)], stories)
        | _standing(captures, stories)
        | {"troubles": noticed(web, crawls)}
        | {
            "articles": web.stories(),
            "sites": len(web.sites),
            "crawls": len(crawls),
            "looks": sum(ran.outcomes.total() for ran in looks),
            "looks_a_second": sum(ran.outcomes.total() for ran in looks) / sum(ran.cost.wall for ran in looks),
            "peak_memory": max(ran.cost.peak_main for ran in room.runs),
            "peak_memory_with_workers": max(ran.cost.peak_all for ran in room.runs),
        }
    )


def _day(
    web: Web, crawls: Sequence[tuple[int, Ran]], captures: Iterable[dict[str, Any]], stories: Stories
) -> dict[str, Any]:
    """Return what the crawls of the day found, and what that took."""
    over = crawls[-1][0] + 60
    live = {_named(one["url"]) for one in captures if one["verdict"] == "live" and minutes(one["fetched_at"]) < over}
    visits = [visit for _, ran in crawls for visit in ran.visits]
    missed = {name for name in stories if name not in live}
    behind = {name for name in missed if stories[name][0].trouble in {Trouble.CHALLENGE, Trouble.FORBIDDEN}}
    kept = len(live)
    kinds = Counter(_kind(visit, stories) for visit in visits)
    wall = sum(ran.cost.wall for _, ran in crawls)
    return {
        "missed": len(missed - behind),
        "missed_behind_a_block": len(behind),
        "fetched_needlessly": needless(visits, stories),
        "requests": dict(kinds),
        "requests_per_article": len(visits) / kept,
        "least_per_article": 1 + len(crawls) * len(web.sites) / kept,
        "pages_a_second": kept / wall,
        "seconds": wall,
        "bytes_sent": sum(visit.sent for visit in visits),
    }


def needless(visits: Iterable[Visit], stories: Stories) -> int:
    """Return how often an article was asked for again that had been had, whatever the address was decorated with."""
    had = Counter((one.host, one.path.partition("?")[0]) for one in visits if one.status == 200)
    return sum(count - 1 for name, count in had.items() if name in stories)


def _kind(visit: Visit, stories: Stories) -> str:
    if (visit.host, visit.path.partition("?")[0]) in stories:
        return "articles"
    if visit.path in {FEED, SITEMAP}:
        return "listings unchanged" if visit.status == 304 else "listings"
    return "robots.txt" if visit.path == "/robots.txt" else "probes"


def outcomes(looks: Sequence[Ran], stories: Stories) -> dict[str, Any]:
    """Return what the first look at each article said, against what had become of it."""
    said: dict[tuple[str, str], str] = {}
    for look in looks:
        for line in look.lines:
            if "outcome" in line:
                said.setdefault(_named(line["url"]), line["outcome"])
    truth = {name: stories[name][1].fate for name in said}
    edited = {name for name, fate in truth.items() if fate is Fate.EDITED}
    told = {name for name, outcome in said.items() if outcome == "edited"}
    dead = {name for name, fate in truth.items() if fate.dead}
    dying = {name for name, outcome in said.items() if outcome in {"died", "moved", "still dead"}}
    return {
        "looked_at": len(said),
        "edits": found(told, edited),
        "deaths": found(dying, dead),
        "soft_deaths": found(
            {name for name in dying if not truth[name].dead or truth[name] is Fate.SOFT},
            {name for name in dead if truth[name] is Fate.SOFT},
        ),
        "in_doubt": sum(outcome == "in doubt" for outcome in said.values()),
    }


def _standing(captures: Iterable[dict[str, Any]], stories: Stories) -> dict[str, Any]:
    """Return which addresses are dead after the last look, by the rule of three."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in captures:
        by_name[_named(one["url"])].append(one)
    dead = {name for name, (_, story) in stories.items() if name in by_name and story.fate.dead}
    return {"standing": found({name for name, seen in by_name.items() if stands_dead(seen)}, dead)}


def noticed(web: Web, crawls: Iterable[tuple[int, Ran]]) -> list[dict[str, Any]]:
    """Return for each site in trouble when a crawl first named it as needing attention, in minutes after it began."""
    attention = [(at, {one["source"] for one in ran.report["attention"]}) for at, ran in crawls]
    return [
        {
            "site": site.name,
            "trouble": site.trouble.value,
            "crawls": sum(site.in_trouble(at) is not Trouble.NONE for at, _ in attention),
            "noticed_in": sum(
                site.in_trouble(at) is not Trouble.NONE and site.name in names for at, names in attention
            ),
            "after_minutes": next(
                (at - site.trouble_from for at, names in attention if at >= site.trouble_from and site.name in names),
                None,
            ),
        }
        for site in web.sites
        if site.trouble is not Trouble.NONE
    ]


def found(said: set[tuple[str, str]], true: set[tuple[str, str]]) -> dict[str, float]:
    """Return how many were said and are true; precision and recall of what was said."""
    right = len(said & true)
    return {
        "true": len(true),
        "said": len(said),
        "precision": right / len(said) if said else 1.0,
        "recall": right / len(true) if true else 1.0,
    }


def _named(url: str) -> tuple[str, str]:
    """Return the host and path of an address, without the marks of statistics."""
    host, _, path = url.partition("://")[2].partition("/")
    return host.partition(":")[0], "/" + path.partition("?")[0]


def _table(figures: dict[str, Any]) -> str:
    def share(name: str) -> str:
        one = figures[name]
        rates = f"precision {one['precision']:.3f}, recall {one['recall']:.3f}"
        return f"{one['said']} said, {one['true']} true; {rates}"

    rows = [
        ("articles, sites, crawls", f"{figures['articles']:,}, {figures['sites']}, {figures['crawls']}"),
        ("articles missed", f"{figures['missed']} (0 is right)"),
        ("… behind a block that day", str(figures["missed_behind_a_block"])),
        ("fetched again needlessly", f"{figures['fetched_needlessly']} (0 is right)"),
        ("requests per article", f"{figures['requests_per_article']:.3f}, least {figures['least_per_article']:.3f}"),
        ("requests", ", ".join(f"{count:,} {kind}" for kind, count in figures["requests"].items())),
        ("edits found", share("edits")),
        ("deaths found at the first look", share("deaths")),
        ("… of soft 404s", share("soft_deaths")),
        ("dead by the rule of three", share("standing")),
        ("in doubt at the first look", str(figures["in_doubt"])),
        *(
            (f"{one['site']} {one['trouble']}", f"named by {one['noticed_in']} of {one['crawls']} crawls")
            for one in figures["troubles"]
        ),
        ("articles a second, crawls", f"{figures['pages_a_second']:.1f}"),
        ("articles a second, rechecks", f"{figures['looks_a_second']:.1f}"),
        (
            "peak memory",
            f"{megabytes(figures['peak_memory'])}; {megabytes(figures['peak_memory_with_workers'])} with workers",
        ),
    ]
    return "\n".join(f"{name:<58}{value}" for name, value in rows)


def main() -> int:
    """Simulate a day and print its figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sites", type=int, default=50)
    ask.add_argument("--articles", type=int, default=20_000)
    ask.add_argument("--every", type=int, default=30, help="minutes from one crawl to the next")
    ask.add_argument("--timeout", type=float, default=2.0, help="seconds that newsclip waits for an answer")
    ask.add_argument("--json", action="store_true", help="one object instead of a table")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        web = newsroom(given.sites, given.articles, every=given.every)
        figures = simulate(web, Path(name), given.every, given.timeout)
    print(json.dumps(figures, indent=2) if given.json else _table(figures))
    return 0 if figures["missed"] == figures["fetched_needlessly"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
