"""`newsclip crawl`: what sources list is found, fetched once, and never lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from crawler.demo.pages import Answer
from tests.conftest import ROOT
from tests.site import generated, listings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip, Ran
    from tests.site.newspaper import Newspaper


class Crawl(Protocol):
    """Crawls sources that are given as lines of newsclip.toml, with {site} for the newspaper's address."""

    def __call__(self, source: str, *arguments: str, limits: str = "") -> Ran:
        """Run it; `limits` are further lines."""


@pytest.fixture
def crawl(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> Crawl:
    """Return a function that crawls the newspaper."""

    def run(source: str, *arguments: str, limits: str = "") -> Ran:
        file = tmp_path / "newsclip.toml"
        file.write_text(
            f'[collection]\npath = "{collection}"\n'
            "[fetch]\ndelay = 0\nper_host = 4\nprobe = false\nallow_networks = ['127.0.0.0/8']\n"
            f"{limits}\n{source.format(site=site.url(''))}\n",
            encoding="utf-8",
        )
        return newsclip("--config", file, "--json", "crawl", *arguments)

    return run


FEED = '[[source]]\nname = "gazette"\nfeeds = ["{site}/listings/feed"]\n'


def articles(site: Newspaper, numbers: range) -> list[str]:
    """Return addresses of generated articles."""
    return [site.url(f"/n/{number}") for number in numbers]


def asked(site: Newspaper, beginning: str) -> list[str]:
    """Return the paths with this beginning that were asked for, in order."""
    return [path for path in site.paths() if path.startswith(beginning)]


def status(collection: Path, newsclip: Newsclip) -> dict[str, Any]:
    """Return what `status` says."""
    (told,) = newsclip("-C", collection, "--json", "status").answers()
    return told


def report(collection: Path) -> dict[str, Any]:
    """Return the report of the last run."""
    found: dict[str, Any] = json.loads(
        max((collection / "reports").glob("*.json"), key=lambda file: file.stat().st_mtime_ns).read_text(
            encoding="utf-8"
        )
    )
    return found


def test_new_articles_are_fetched_once(crawl: Crawl, site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A crawl fetches what a feed names; the next asks the feed whether it changed, and fetches only what is new."""
    site.listings["feed"] = listings.rss(articles(site, range(3)))
    first = crawl(FEED)
    assert (first.status, len(first.answers())) == (0, 3), first.err
    second = crawl(FEED)
    assert (second.status, second.answers()) == (0, []), second.err
    assert "1 unchanged" in second.err
    site.listings["feed"] = listings.rss(articles(site, range(1, 5)))
    third = crawl(FEED)
    assert sorted(one["url"] for one in third.answers()) == articles(site, range(3, 5))
    assert sorted(asked(site, "/n/")) == [f"/n/{number}" for number in range(5)]
    assert newsclip("-C", collection, "verify").status == 0
    assert report(collection)["verdicts"] == {"live": 2}


def test_an_index_of_sitemaps(crawl: Crawl, site: Newspaper) -> None:
    """Sitemaps of an index are read, and asked again only if the index says that they changed, or says nothing."""
    when = {"a": "2020-01-01", "b": "2020-01-01", "c": None}
    for number, name in enumerate(when):
        site.listings[name] = listings.sitemap(articles(site, range(number * 2, number * 2 + 2)))
    source = '[[source]]\nname = "gazette"\nsitemaps = ["{site}/listings/index"]\n'
    site.listings["index"] = listings.index((site.url(f"/listings/{name}"), day) for name, day in when.items())
    assert len(crawl(source).answers()) == 6
    when["b"] = "2099-01-01"
    site.listings["b"] = listings.sitemap(articles(site, range(6, 9)))
    site.listings["index"] = listings.index((site.url(f"/listings/{name}"), day) for name, day in when.items())
    assert len(crawl(source).answers()) == 3
    assert {name: asked(site, "/listings/").count(f"/listings/{name}") for name in when} == {"a": 1, "b": 2, "c": 2}


def test_a_section_page(crawl: Crawl, site: Newspaper) -> None:
    """The article links of a section page are followed, those of its menu are not."""
    ran = crawl('[[source]]\nname = "gazette"\npages = ["{site}/council"]\n')
    assert ran.status == 0, ran.err
    fetched = {one["url"].removeprefix(site.url("")) for one in ran.answers()}
    assert "/council/library-keeps-its-saturdays" in fetched
    assert all(path.count("/") >= 2 and not path.endswith("/") for path in fetched), fetched


def test_a_section_page_without_articles(crawl: Crawl, site: Newspaper, collection: Path) -> None:
    """It is told of once while it has had none; when it has none any more, it needs attention."""

    def faults() -> list[str]:
        found: list[str] = report(collection)["sources"][0]["faults"]
        return found

    source = '[[source]]\nname = "gazette"\npages = ["{site}/listings/page"]\n'
    story = (
        '<h2><a href="/council/library-keeps-its-saturdays">The library keeps its Saturdays, says the council</a></h2>'
    )
    bare = Answer(b"<html><body><p>Soon.</p></body></html>")
    site.listings["page"] = bare
    ran = crawl(source)
    assert ran.status == 0
    (said,) = faults()
    assert "None of its 0 links" in said
    assert said in ran.err
    ran = crawl(source)
    assert (ran.status, faults()) == (0, [])
    assert "None of its" not in ran.err
    site.listings["page"] = Answer(f"<html><body>{story}</body></html>".encode())
    assert [one["verdict"] for one in crawl(source).answers()] == ["live"]
    site.listings["page"] = bare
    ran = crawl(source)
    assert ran.status == 3
    assert "names nothing, and did before" in ran.err


def test_two_spellings_of_one_address(crawl: Crawl, site: Newspaper) -> None:
    """Addresses that differ in tracking parameters, fragment or the order of parameters are fetched once."""
    url = site.url("/n/1")
    spellings = [f"{url}?utm_source=rss", f"{url}#top", f"{url}?b=1&a=2", f"{url}?a=2&b=1&fbclid=x", url]
    site.listings["feed"] = listings.rss(spellings)
    crawl(FEED)
    assert sorted(asked(site, "/n/")) == ["/n/1", "/n/1?a=2&b=1"]


def test_what_a_source_wants(crawl: Crawl, site: Newspaper) -> None:
    """`include` and `exclude` decide which addresses are fetched."""
    site.listings["feed"] = listings.rss([*articles(site, range(12)), site.url("/harbour/live-camera")])
    crawl(FEED + 'include = ["/n/**"]\nexclude = ["/n/1*"]\n')
    assert sorted(asked(site, "/n/") + asked(site, "/harbour")) == [f"/n/{n}" for n in (0, *range(2, 10))]


def test_a_limit_leaves_the_rest_to_the_next_crawl(
    crawl: Crawl, site: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """A crawl stops at its limit with status 6 and its name, and the next goes on where it stopped."""
    site.listings["feed"] = listings.rss(articles(site, range(5)))
    first = crawl(FEED, limits="[limits]\npages = 2")
    assert (first.status, len(first.answers())) == (6, 2)
    assert "limit of 2 pages" in first.err
    assert "3 left for the next crawl" in first.err
    assert "2 pages" in str(report(collection)["limit"])
    assert status(collection, newsclip)["left"] == [
        {
            "source": "gazette",
            "articles": 3,
            "next": [{"url": url, "title": "Story", "published": None} for url in articles(site, range(2, 5))],
        }
    ]
    assert "3 articles that gazette lists" in newsclip("-C", collection, "status").out
    second = crawl(FEED)
    assert (second.status, len(second.answers())) == (0, 3)
    assert len(asked(site, "/n/")) == 5
    assert status(collection, newsclip)["left"] == []


def test_a_limit_cuts_the_oldest(crawl: Crawl, site: Newspaper) -> None:
    """The articles that a news sitemap dates last are fetched first, wherever they stand in it."""
    days = {0: "2026-11-02", 1: "2026-11-04T08:00:00Z", 2: "2026-11-01", 3: "2026-11-04T09:30:00+01:00", 4: None}
    site.listings["news"] = listings.news((site.url(f"/n/{number}"), when) for number, when in days.items())
    source = '[[source]]\nname = "gazette"\nsitemaps = ["{site}/listings/news"]\n'
    assert crawl(source, limits="[limits]\npages = 2").status == 6
    assert sorted(asked(site, "/n/")) == ["/n/1", "/n/3"]
    crawl(source, limits="[limits]\npages = 1")
    assert asked(site, "/n/")[2:] == ["/n/0"]
    crawl(source)
    assert sorted(asked(site, "/n/")[3:]) == ["/n/2", "/n/4"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"gone", status=410), "HTTP status 410"),
        (Answer(b"<html><p>We moved</p></html>"), "It is an HTML page"),
        (Answer(b"", media_type="application/rss+xml"), "empty"),
    ],
)
def test_a_feed_that_fails_is_said(crawl: Crawl, site: Newspaper, answer: Answer, why: str) -> None:
    """A feed that cannot be read ends the crawl with status 3 and says why; other sources are crawled all the same."""
    site.listings["feed"] = answer
    site.listings["other"] = listings.rss(articles(site, range(2)))
    ran = crawl(FEED + '[[source]]\nname = "other"\nfeeds = ["{site}/listings/other"]\n')
    assert ran.status == 3
    assert "gazette needs attention" in ran.err
    assert why in ran.err
    assert len(ran.answers()) == 2


def test_a_feed_that_ran_dry_is_said(crawl: Crawl, site: Newspaper) -> None:
    """A feed that names nothing, and did before, needs attention."""
    site.listings["feed"] = listings.rss(articles(site, range(1)))
    assert crawl(FEED).status == 0
    site.listings["feed"] = listings.rss([])
    ran = crawl(FEED)
    assert ran.status == 3
    assert "names nothing, and did before" in ran.err


def test_the_spiders_run_under_scrapy(
    crawl: Crawl,
    site: Newspaper,
    collection: Path,
    newsclip: Newsclip,
    clean_environment: dict[str, str],
) -> None:
    """`scrapy crawl crawl` and `scrapy crawl recheck` do what the commands do, from the same configuration."""
    site.listings["feed"] = listings.rss(articles(site, range(2)))
    site.listings["other"] = listings.rss(articles(site, range(2, 3)))
    source = FEED + 'recheck = ["1m"]\n[[source]]\nname = "other"\nfeeds = ["{site}/listings/other"]\n'
    assert crawl(source, "other").status == 0
    environment = clean_environment | {"NEWSCLIP_CONFIG": str(collection.parent / "newsclip.toml")}
    for arguments in (["crawl", "-a", "source=gazette"], ["recheck"]):
        scrapy = [sys.executable, "-m", "scrapy.cmdline", "crawl", *arguments]
        ran = subprocess.run(scrapy, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        with closing(sqlite3.connect(collection / "newsclip.sqlite")) as index, index:
            index.execute("UPDATE captures SET fetched_at = fetched_at - 86400000000")
    runs = status(collection, newsclip)["runs"]
    assert [(run["command"], run["outcome"], run["counts"].get("live")) for run in runs] == [
        ("scrapy crawl recheck", "done", 2),
        ("scrapy crawl crawl", "done", 2),
        ("crawl", "done", 1),
    ]
    assert report(collection)["sources"][0]["outcomes"] == {"unchanged": 2}
    assert asked(site, "/listings/other") == ["/listings/other"]


def test_no_source(crawl: Crawl) -> None:
    """A crawl without sources, or of one that is not configured, is refused with what there is."""
    assert "No source is configured" in crawl("").err
    ran = crawl(FEED, "gazete")
    assert ran.status == 2
    assert "gazette" in ran.err


def test_a_site_that_changes_is_said(crawl: Crawl, site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Sources that begin to block or to send stubs end the crawl with 3 and stand in `status` until they are well."""

    def kinds(told: list[dict[str, object]]) -> list[tuple[object, object]]:
        return [(one["source"], one["kind"]) for one in told]

    source = FEED + 'every = "30m"\n[[source]]\nname = "herald"\nfeeds = ["{site}/listings/other"]\n'
    site.listings["feed"] = listings.rss(articles(site, range(20)))
    site.listings["other"] = listings.rss(articles(site, range(20, 40)))
    first = crawl(source)
    assert first.status == 0, first.err
    before = status(collection, newsclip)
    assert (before["attention"], before["over"]) == ([], [])
    assert [one["source"] for one in before["due"]] == ["gazette", "herald"]
    assert before["runs"][0]["counts"] == {"live": 40, "feed": 2, "robots": 1}

    for number in range(40, 45):
        site.instead[f"/n/{number}"] = Answer(b"<h1>Forbidden</h1>", status=403)
        stub = generated.article(number + 5, site.url(f"/n/{number + 5}"), count=1)
        site.instead[f"/n/{number + 5}"] = Answer(stub.encode())
    site.listings["feed"] = listings.rss(articles(site, range(40, 45)))
    site.listings["other"] = listings.rss(articles(site, range(45, 50)))
    second = crawl(source)
    assert second.status == 3, second.err
    assert "5 of 5 articles could not be read (5 blocked); of the 20 before, 0 were" in second.err
    ill = [("gazette", "unreadable"), ("herald", "short")]
    told = report(collection)
    assert kinds(told["attention"]) == kinds(status(collection, newsclip)["attention"]) == ill
    assert told["reasons"]["status.refused"] == 5
    assert status(collection, newsclip)["runs"][0]["reasons"] == told["reasons"]
    assert status(collection, newsclip)["runs"][0]["bytes"] == told["bytes"]

    site.listings["feed"] = listings.rss(articles(site, range(50, 55)))
    site.listings["other"] = listings.rss(articles(site, range(55, 60)))
    third = crawl(source)
    assert third.status == 0, third.err
    after = status(collection, newsclip)
    assert (after["attention"], sorted(kinds(after["over"]))) == ([], ill)


def test_a_feed_that_is_read_while_articles_wait(crawl: Crawl, site: Newspaper) -> None:
    """What a slow feed names is fetched by this crawl, though the frontier was empty before it, and articles waited."""
    site.listings["quick"] = listings.rss(articles(site, range(40)))
    site.listings["late"] = listings.rss(articles(site, range(40, 43)))
    site.slow = {f"/n/{number}": 0.12 for number in range(40)} | {"/listings/late": 0.4}
    late = site.url("/listings/late").replace("127.0.0.1", "localhost")
    quick = '[[source]]\nname = "quick"\nfeeds = ["{site}/listings/quick"]\n'
    ran = crawl(f'{quick}[[source]]\nname = "late"\nfeeds = ["{late}"]\n')
    assert len(ran.answers()) == 43, ran.err
