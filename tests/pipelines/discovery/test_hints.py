"""Hints: what front pages, robots.txt and feeds give away of a site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings

from crawler.demo import newspaper
from pipelines.discovery.hints import USUAL_PLACES, hints
from pipelines.discovery.values import DiscoveryOptions, Hints
from tests.pipelines.discovery import damaged
from tests.pipelines.discovery.answers import atom, rss, urlset
from tests.pipelines.discovery.test_damage import BODIES
from tests.pipelines.documents import page_of

SITE = "https://www.lantern.example"
LAYOUTS = Path(__file__).parent / "layouts"


def given_away(body: str | bytes, url: str = f"{SITE}/", content_type: str = "text/html; charset=utf-8") -> Hints:
    """Return the hints of a page."""
    return hints(page_of(body, url=url, headers={"Content-Type": content_type}))


ROBOTS = f"""\ufeffUser-agent: *
Disallow: /admin
Sitemap: {SITE}/news.xml # the news
sitemap:/relative.xml.gz
 SITEMAP : https://cdn.example/map.xml\r
Sitemap:
Sitemap: javascript:alert(1)
Sitemap: {SITE}/news.xml
# Sitemap: {SITE}/commented.xml
"""


@pytest.mark.parametrize("content_type", ["text/plain", "text/html", ""])
def test_robots(content_type: str) -> None:
    """The sitemaps of robots.txt are found wherever they stand, on other hosts too, each once."""
    found = given_away(ROBOTS, f"{SITE}/robots.txt", content_type)
    assert found == Hints(sitemaps=(f"{SITE}/news.xml", f"{SITE}/relative.xml.gz", "https://cdn.example/map.xml"))


HEAD = """<html><head><title>The Lantern</title><meta property="og:site_name" content="The Lantern">
<link rel="alternate" type="application/rss+xml" href="/all.rss"><link rel="alternate" type="application/rss+xml"
 title="Comments" href="/comments/feed/"><link rel="ALTERNATE" type="Application/Atom+XML; charset=utf-8" href="atom">
<link rel="alternate" type="application/feed+json" href="https://feeds.example/lantern.json">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
<link rel="alternate" hreflang="fr" href="/fr/">
<link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="stylesheet" type="text/xml" href="/x">
<link rel="sitemap" type="application/xml" href="/map.xml"></head><body>"""


def test_head() -> None:
    """The feeds and sitemaps that a page names in its head are found; comments, embeds and translations are not."""
    found = given_away(HEAD)
    assert found.feeds == (f"{SITE}/all.rss", f"{SITE}/atom", "https://feeds.example/lantern.json")
    assert found.sitemaps == (f"{SITE}/map.xml",)
    assert found.name == "The Lantern"


@pytest.mark.parametrize(
    ("path", "feed", "sitemap"),
    [
        ("/feed", True, False),
        ("/politics/feed/", True, False),
        ("/rss.xml", True, False),
        ("/rss/politics.xml", True, False),
        ("/news.rss", True, False),
        ("/index.rdf", True, False),
        ("/sitemap.xml", False, True),
        ("/sitemaps/sitemap-news.xml.gz", False, True),
        ("/sitemap", False, False),
        ("/feedback", False, False),
        ("/2026/11/20/feed-prices-rise", False, False),
        ("/comments/feed/", False, False),
        ("https://other.example/feed", False, False),
    ],
)
def test_links(path: str, feed: bool, sitemap: bool) -> None:  # noqa: FBT001 - a table's columns
    """A link that is named like a feed or a sitemap of the site is a hint, and no other link is."""
    found = given_away(f"<html><body><a href='{path}'>RSS</a></body></html>")
    assert (found.feeds, found.sitemaps) == (
        (SITE + path,) if feed else (),
        (SITE + path,) if sitemap else (),
    )


SECTIONS = {
    "portal": ["/politics", "/business", "/culture", "/sport"],
    "japanese": ["/national/", "/politics/", "/business/", "/sports/baseball/", "/special/"],
    "arabic": ["/سياسة", "/اقتصاد", "/رياضة", "/ثقافة-وفنون"],
    "liveblog": ["/world", "/markets", "/opinion"],
    "teasers": ["/region/hafenstadt/", "/region/oberdorf/"],
    "tables-1999": [f"/{name}/index.shtml" for name in ("local", "sports", "obits", "classified")],
}


@pytest.mark.parametrize("layout", SECTIONS)
def test_sections(layout: str) -> None:
    """Sections are what articles lie below and what stands beside it in the menu; where paths do not tell, the menu."""
    body = (LAYOUTS / f"{layout}.html").read_text(encoding="utf-8")
    url = body.split()[1]
    assert given_away(body, url).sections == tuple(urljoin(url, path) for path in SECTIONS[layout])


def test_demo() -> None:
    """The front page of the sample newspaper gives away its feed, its name and every section."""
    assert given_away(newspaper.listing_page(newspaper.NAME, list(newspaper.stories()))) == Hints(
        feeds=(f"{SITE}/feed.xml",),
        sections=tuple(f"{SITE}/{slug}" for slug in newspaper.SECTIONS),
        name=newspaper.NAME,
    )


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("News from the upper town | The Lantern", f"{SITE}/", "The Lantern"),
        ("Politics – Lantern", f"{SITE}/politics", "Lantern"),
        ("Evening Post - all the news", f"{SITE}/", "Evening Post"),
        ("Politics - Evening Post", f"{SITE}/politics", None),
        ("", f"{SITE}/", None),
    ],
)
def test_name(title: str, url: str, name: str | None) -> None:
    """A site that does not say its name has it from its title: the part that its host is named after, or the first."""
    assert given_away(f"<html><head><title>{title}</title></head><body><p>x</p></body></html>", url).name == name


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (rss("<link>/l</link>"), Hints(feeds=(f"{SITE}/x",), name="Lantern")),
        (atom(), Hints(feeds=(f"{SITE}/x",), name="Lantern")),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', Hints(feeds=(f"{SITE}/x",))),
        (urlset("<loc>/l</loc>"), Hints(sitemaps=(f"{SITE}/x",))),
        (urlset("<loc>/l</loc>", around="sitemapindex"), Hints(sitemaps=(f"{SITE}/x",))),
    ],
)
def test_feed_or_sitemap_itself(body: str, wanted: Hints) -> None:
    """Who names a feed or a sitemap instead of a front page gets just that."""
    assert given_away(body, f"{SITE}/x") == wanted


def test_hints_are_bounded() -> None:
    """No list of hints is longer than its bound."""
    body = "".join(f"<link rel='alternate' type='application/rss+xml' href='/{number}.rss'>" for number in range(100))
    page = page_of(f"<html><head>{body}</head><body></body></html>", url=f"{SITE}/")
    assert len(hints(page, DiscoveryOptions(max_hints=7)).feeds) == 7


def test_usual_places_are_paths() -> None:
    """The usual places are paths, each once."""
    assert len(set(USUAL_PLACES)) == len(USUAL_PLACES)
    assert all(path.startswith("/") for path in USUAL_PLACES)


@pytest.mark.parametrize("name", damaged.NOTHING)
def test_nothing_to_give_away(name: str) -> None:
    """What is no page, feed or sitemap gives nothing away."""
    found = given_away(damaged.NOTHING[name])
    assert (found.feeds, found.sitemaps, found.sections) == ((), (), ())


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_any_bytes(body: bytes) -> None:
    """Any bytes give hints, whose addresses are all of the web."""
    found = given_away(body, content_type="")
    assert all(url.startswith(("http://", "https://")) for url in (*found.feeds, *found.sitemaps, *found.sections))
