"""Where a crawl ends: feeds that continue for ever, circles, a robots.txt that cannot be had."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from crawler.demo.pages import Answer
from tests.site.listings import rss

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip, Ran
    from tests.site.newspaper import Newspaper


class Crawl(Protocol):
    """Crawls a source that is given as lines of newsclip.toml, with {site} for the newspaper's address."""

    def __call__(self, source: str) -> tuple[Ran, dict[str, Any]]:
        """Run it, and return its report too."""


@pytest.fixture
def crawl(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> Crawl:
    """Return a function that crawls the newspaper."""

    def run(source: str) -> tuple[Ran, dict[str, Any]]:
        file = tmp_path / "newsclip.toml"
        file.write_text(
            f'[collection]\npath = "{collection}"\n'
            "[fetch]\ndelay = 0\nper_host = 4\nprobe = false\nretries = 0\nallow_networks = ['127.0.0.0/8']\n"
            f'[[source]]\nname = "gazette"\n{source.format(site=site.url(""))}\n',
            encoding="utf-8",
        )
        ran = newsclip("--config", file, "--json", "crawl")
        reports = sorted((collection / "reports").glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
        return ran, json.loads(reports[-1].read_text(encoding="utf-8"))

    return run


def test_a_feed_that_continues_for_ever(crawl: Crawl, site: Newspaper) -> None:
    """Pages that continue a feed and name nothing new are asked for five times, and it is said that the rest is not."""
    circles = [{"id": str(number), "url": site.url(f"/a/b/a/b/a/b/{number}")} for number in range(2, 6)]
    for number in range(20):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "News",
            "items": [{"id": "1", "url": site.url("/n/1")}, *circles],
            "next_url": site.url(f"/listings/more-{number + 1}"),
        }
        site.listings[f"more-{number}"] = Answer(json.dumps(feed).encode(), media_type="application/feed+json")
    ran, report = crawl('feeds = ["{site}/listings/more-0"]\nmax_depth = 100')
    assert [one["url"] for one in ran.answers()] == [site.url("/n/1")], ran.err
    assert sum(path.startswith("/listings/") for path in site.paths()) == 6
    assert 'operator = "' in ran.err  # nobody is named whom the newspaper could ask
    assert [one["kind"] for one in report["attention"]] == ["trapped"]
    assert ran.status == 3
    assert report["sources"][0]["traps"] == [
        {"why": "its path repeats itself", "addresses": 24, "first": site.url("/a/b/a/b/a/b/2")},
        {"why": "it continues pages that named nothing new", "addresses": 1, "first": site.url("/listings/more-6")},
    ]


def test_a_robots_txt_that_cannot_be_had(crawl: Crawl, site: Newspaper, collection: Path) -> None:
    """While robots.txt is answered with 503 nothing is asked for; when it is there again, or after 30 days, all is."""
    site.robots = Answer(b"User-agent: *\nAllow: /\n", status=503, media_type="text/plain")
    site.listings["feed"] = rss([site.url("/n/1")])
    ran, report = crawl('feeds = ["{site}/listings/feed"]')
    assert ran.status == 3
    assert set(site.paths()) == {"/robots.txt"}
    assert list(report["hosts_left"].values()) == ["its robots.txt is answered with status 503"]
    with closing(sqlite3.connect(collection / "newsclip.sqlite")) as index, index:
        index.execute("UPDATE captures SET fetched_at = fetched_at - 31 * 86400000000 WHERE role = 'robots'")
    ran, report = crawl('feeds = ["{site}/listings/feed"]')
    assert [one["url"] for one in ran.answers()] == [site.url("/n/1")]
    site.robots = "User-agent: *\nDisallow: /n/\n"
    site.listings["feed"] = rss([site.url("/n/2")])
    assert [one["status"] for one in crawl('feeds = ["{site}/listings/feed"]')[0].answers()] == [None]


def test_robots_txt_is_asked_for_once_a_day(
    crawl: Crawl, newsclip: Newsclip, site: Newspaper, collection: Path
) -> None:
    """A crawl goes by what robots.txt said within a day, though it led elsewhere, changed since, or cannot be had."""

    def rules(*asked: str) -> list[int | None]:
        """Crawl two more articles, and return their statuses; `asked` are the paths of rules that are asked for."""
        before = len(site.paths())
        first = before * 10
        site.listings["feed"] = rss([site.url(f"/n/{first}"), site.url(f"/odd/same/{first}")])
        ran, _ = crawl('feeds = ["{site}/listings/feed"]')
        assert [path for path in site.paths()[before:] if "robots" in path] == list(asked), ran.err
        return [one["status"] for one in sorted(ran.answers(), key=lambda one: "/odd/" in one["url"])]

    def hours_later(hours: int) -> None:
        with closing(sqlite3.connect(collection / "newsclip.sqlite")) as index, index:
            index.execute("UPDATE captures SET fetched_at = fetched_at - ? * 3600000000", (hours,))

    site.robots = Answer(b"", status=302, headers=(("Location", "/listings/robots"),))
    site.listings["robots"] = Answer(b"User-agent: *\nDisallow: /odd/\n", media_type="text/plain")
    assert rules("/robots.txt", "/listings/robots") == [200, None]
    assert rules() == [200, None]
    site.robots = Answer(b"Wait", status=503)
    save = ("-C", collection, "--allow-network", "127.0.0.0/8", "--delay", "0", "--no-probe")
    assert newsclip("save", *save, site.url("/n/7")).status == 0
    assert site.paths()[-2:] == ["/robots.txt", "/n/7"]
    hours_later(23)
    assert rules() == [200, None]
    hours_later(2)
    assert rules("/robots.txt") == []
    site.robots = "User-agent: *\nDisallow: /n/\n"
    assert rules("/robots.txt") == [None, 200]


def test_what_does_not_come_is_tried_again(crawl: Crawl, newsclip: Newsclip, site: Newspaper, collection: Path) -> None:
    """Blocks, errors and silence are asked for again after a rest, each kept, until they come or are given up."""

    def tried() -> dict[str, str]:
        ran, report = crawl('feeds = ["{site}/listings/feed"]\nrecheck = ["1d"]')
        given_up.extend(report["sources"][0]["articles_given_up"])
        return {one["url"].rpartition("/")[2]: one["verdict"] for one in ran.answers()}

    def rested(**columns: int) -> None:
        with closing(sqlite3.connect(collection / "newsclip.sqlite")) as index, index:
            index.execute("UPDATE finds SET not_before = 0, tries = coalesce(?, tries)", (columns.get("tries"),))

    given_up: list[str] = []
    site.listings["feed"] = rss(site.url(f"/n/{number}") for number in range(5))
    site.instead = {
        "/n/1": Answer(b"<h1>Forbidden</h1>", status=403),
        "/n/2": Answer(b"<h1>Service Unavailable</h1>", status=503),
        "/n/4": Answer(b"<h1>Not found</h1>", status=404),
    }
    site.silent.add("/n/3")
    assert tried() == {"0": "live", "1": "blocked", "2": "error", "3": "unreachable", "4": "gone"}
    assert tried() == {}
    rested()
    del site.instead["/n/2"]
    assert tried() == {"1": "blocked", "2": "live", "3": "unreachable"}
    rested(tries=7)
    assert given_up == []
    assert tried() == {"1": "blocked", "3": "unreachable"}
    assert sorted(given_up) == [site.url("/n/1"), site.url("/n/3")]
    rested()
    assert tried() == {}
    seen = newsclip("-C", collection, "--json", "history", site.url("/n/2")).answers()
    assert [one["status"] for one in seen] == [503, 200]
