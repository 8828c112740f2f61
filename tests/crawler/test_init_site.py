"""`newsclip init SITE`: a site is looked over, and what it has becomes a source that can be crawled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.demo.pages import Answer
from tests.site import listings

if TYPE_CHECKING:
    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0")


def test_a_site_becomes_a_source(newsclip: Newsclip, site: Newspaper) -> None:
    """The sitemap that robots.txt names and the feed that the front page names are written, and `crawl` takes them."""
    ran = newsclip("init", site.url(""), *LOCAL)
    assert ran.status == 0, ran.err
    assert site.url("/news-sitemap.xml") in ran.err
    assert "Next: newsclip crawl" in ran.out
    crawled = newsclip("--json", "crawl", "127.0.0.1", *LOCAL, "--no-probe")
    assert crawled.status == 0, crawled.err
    assert len(crawled.answers()) > 5


def test_usual_places(newsclip: Newsclip, site: Newspaper) -> None:
    """Where a site says nothing of its feeds, the usual places are tried; those without entries are not taken."""
    site.robots = "User-agent: *\nDisallow: /sitemap"
    site.instead["/"] = Answer(b"<html><title>Gazette</title><p>Nothing here.</p></html>")
    for place in ("/feed.xml", "/news-sitemap.xml"):
        site.instead[place] = Answer(b"", status=404)
    site.instead["/feed"] = listings.rss([])
    site.instead["/rss.xml"] = listings.rss([site.url("/n/1")])
    ran = newsclip("init", site.url(""), *LOCAL)
    assert ran.status == 0, ran.err
    assert f"feed     {site.url('/rss.xml')}  (1 entries)" in ran.err
    assert site.url("/feed ") not in ran.err
    assert not any(path.startswith("/sitemap") for path in site.paths())


def test_a_site_with_nothing(newsclip: Newsclip, site: Newspaper) -> None:
    """A site without anything to watch, or without an answer, is said, and no file is written."""
    site.robots = ""
    site.instead["/"] = Answer(b"<html><title>Gazette</title><p>Nothing here.</p></html>")
    for place in ("/feed.xml", "/news-sitemap.xml"):
        site.instead[place] = Answer(b"", status=404)
    none = newsclip("init", site.url(""), *LOCAL)
    assert (none.status, "could be found" in none.err) == (5, True)
    silent = newsclip("init", "http://127.0.0.1:9/", *LOCAL)
    assert silent.status == 4
    assert "127.0.0.1 port 9" in silent.err
    assert newsclip("init").status == 0
