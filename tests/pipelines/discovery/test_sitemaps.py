"""Sitemaps: indexes, urlsets, news, text, gzip, and feeds that stand in for them."""

from __future__ import annotations

import gzip

import pytest

from crawler.demo import newspaper
from pipelines.discovery.values import DiscoveryOptions, Entry
from tests.pipelines.discovery.answers import SITEMAP, read, rss, urls, urlset

SITE = "https://www.lantern.example"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def test_index() -> None:
    """Each sitemap of an index is an entry of that kind, with the time when it changed."""
    index = urlset(
        f"<loc>{SITE}/a.xml.gz</loc><lastmod>2026-11-19</lastmod>", "<loc>/b.xml</loc>", around="sitemapindex"
    )
    assert read(index, "sitemap").entries == (
        Entry(f"{SITE}/a.xml.gz", modified="2026-11-19", kind="sitemap"),
        Entry(f"{SITE}/b.xml", kind="sitemap"),
    )


NAMESPACES = {
    "declared": f'xmlns="{SITEMAP}" xmlns:news="{NEWS}"',
    "of Google": f'xmlns="http://www.google.com/schemas/sitemap/0.84" xmlns:news="{NEWS}"',
    "misspelt": f'xmlns="https://sitemaps.org/schema/sitemap/0.9/" xmlns:news="{NEWS.replace("http:", "https:")}"',
    "missing": "",
    "of news alone missing": f'xmlns="{SITEMAP}"',
}


@pytest.mark.parametrize("namespace", NAMESPACES.values(), ids=NAMESPACES)
def test_news(namespace: str) -> None:
    """A news sitemap gives title and times, however wrong its namespaces; images and videos are not the page."""
    location = (
        "<image:image><image:loc>https://img.example/1.jpg</image:loc><image:title>Photo</image:title></image:image>"
        "<video:video><video:title>Film</video:title><video:player_loc>https://v.example/</video:player_loc>"
        "<video:publication_date>2020-01-01</video:publication_date></video:video>"
        f"<loc> {SITE}/tide?a=1&amp;b=2 </loc><lastmod>2026-11-19T10:00:00+00:00</lastmod>"
        "<changefreq>hourly</changefreq><priority>0.9</priority><news:news><news:publication><news:name>Lantern</news:name><news:language>en"
        "</news:language></news:publication><news:publication_date>2026-11-19T08:00:00Z</news:publication_date>"
        "<news:title>Tide</news:title></news:news>"
    )
    discovered = read(urlset(location, namespace=namespace), "sitemap")
    wanted = Entry(f"{SITE}/tide?a=1&b=2", "Tide", "2026-11-19T08:00:00Z", "2026-11-19T10:00:00+00:00")
    assert discovered.entries == (wanted,)
    assert discovered.faults == ()


def test_prefixed() -> None:
    """A sitemap whose own elements have a prefix is read like any other."""
    body = f'<sm:urlset xmlns:sm="{SITEMAP}"><sm:url><sm:loc>{SITE}/tide</sm:loc></sm:url></sm:urlset>'
    assert urls(read(body, "sitemap")) == [f"{SITE}/tide"]


@pytest.mark.parametrize(
    ("said", "modified"),
    [
        ("2026-11-19", "2026-11-19"),
        ("2026-11-19T08:00Z", "2026-11-19T08:00:00Z"),
        ("2026-11-19T08:00:00.123+01:00", "2026-11-19T08:00:00+01:00"),
        ("2026-11-19 08:00:00", "2026-11-19T08:00:00"),
        ("20261119", "2026-11-19"),
        ("Thu, 19 Nov 2026 08:00:00 GMT", "2026-11-19T08:00:00+00:00"),
        ("2026", None),
        ("2026-11", None),
        ("0000-00-00", None),
        ("2099-01-01", None),
        ("", None),
    ],
)
def test_lastmod(said: str, modified: str | None) -> None:
    """The time of the last change is read in every shape that names a day, and is unknown otherwise."""
    (entry,) = read(urlset(f"<loc>/l</loc><lastmod>{said}</lastmod>"), "sitemap").entries
    assert entry.modified == modified


PLAIN = urlset("<loc>/l</loc>").encode()


@pytest.mark.parametrize(
    "body",
    [gzip.compress(PLAIN), gzip.compress(gzip.compress(PLAIN)), gzip.compress(PLAIN[:50]) + gzip.compress(PLAIN[50:])],
    ids=["once", "twice", "in two members"],
)
@pytest.mark.parametrize("content_type", ["application/xml", "application/gzip", "text/html"])
def test_gzip(body: bytes, content_type: str) -> None:
    """A packed sitemap is unpacked by what it is, not by its name or its type, even if it was packed twice."""
    discovered = read(body, "sitemap", url=f"{SITE}/sitemap.xml", content_type=content_type)
    assert (urls(discovered), discovered.faults) == ([f"{SITE}/l"], ())


def test_text() -> None:
    """A text sitemap has one address a line, under any type, with any ends of lines; other lines are counted."""
    body = f"\ufeff{SITE}/1\r\n\r\n  {SITE}/2?a=1&b=2\nnot one\n{SITE}/3"
    discovered = read(body, "sitemap", content_type="text/html")
    assert urls(discovered) == [f"{SITE}/1", f"{SITE}/2?a=1&b=2", f"{SITE}/3"]
    assert discovered.faults == (
        "1 entry was left out: its line is no address of the web (the first: 'line 4: not one').",
    )


def test_feed_as_sitemap_and_sitemap_as_feed() -> None:
    """Either is read where the other was expected, as the protocol allows."""
    assert urls(read(rss("<link>/l</link>"), "sitemap")) == [f"{SITE}/l"]
    assert urls(read(PLAIN, "feed")) == [f"{SITE}/l"]


def test_bound_of_entries() -> None:
    """No more entries are read than the bound allows, and a fault says that there were more."""
    options = DiscoveryOptions(max_entries=3)
    for body in (urlset(*(f"<loc>/{number}</loc>" for number in range(5))), "\n".join(f"{SITE}/{n}" for n in range(5))):
        discovered = read(body, "sitemap", options=options)
        assert urls(discovered) == [f"{SITE}/{number}" for number in range(3)]
        (fault,) = discovered.faults
        assert fault.startswith("There are more than 3 ")
    assert read(urlset(*(f"<loc>/{n}</loc>" for n in range(3))), "sitemap", options=options).faults == ()


def test_bound_of_bytes() -> None:
    """What unfolds beyond the bound is read up to it, and a fault says so."""
    body = urlset(*(f"<loc>/{number}</loc>" for number in range(1000)))
    for packed in (body.encode(), gzip.compress(body.encode())):
        discovered = read(packed, "sitemap", options=DiscoveryOptions(max_bytes=2000))
        assert 10 < len(discovered.entries) < 1000
        assert any("the rest was not read" in fault for fault in discovered.faults)


def test_demo_sitemap() -> None:
    """Every story of the sample newspaper is found in its news sitemap, with its title and times."""
    discovered = read(newspaper.news_sitemap(SITE), "sitemap")
    assert [(entry.url, entry.title) for entry in discovered.entries] == [
        (SITE + story.path, story.title) for story in newspaper.stories()
    ]
    assert all(entry.published and entry.modified for entry in discovered.entries)
