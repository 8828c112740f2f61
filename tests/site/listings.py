"""Feeds, sitemaps and section pages for the tests' newspaper, made from the addresses that they name."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.demo.pages import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

XML = "application/xml"


def rss(urls: Iterable[str]) -> Answer:
    """Return an RSS 2.0 feed."""
    items = "".join(f"<item><title>Story</title><link>{escape(url)}</link></item>" for url in urls)
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
    return Answer(text.encode(), media_type="application/rss+xml")


def sitemap(urls: Iterable[str]) -> Answer:
    """Return a sitemap of addresses."""
    return Answer(_xml("urlset", "url", ((url, None) for url in urls)), media_type=XML)


def news(urls: Iterable[tuple[str, str | None]]) -> Answer:
    """Return a news sitemap of addresses, each with when it was published, if it says so."""
    entries = "".join(
        f"<url><loc>{escape(url)}</loc><n:news><n:title>Story</n:title>"
        f"{f'<n:publication_date>{when}</n:publication_date>' if when else ''}</n:news></url>"
        for url, when in urls
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return Answer(f'<?xml version="1.0"?><urlset {spaces}>{entries}</urlset>'.encode(), media_type=XML)


def index(sitemaps: Iterable[tuple[str, str | None]]) -> Answer:
    """Return an index of sitemaps, each an address and when it was modified, if it says so."""
    return Answer(_xml("sitemapindex", "sitemap", sitemaps), media_type=XML)


def _xml(root: str, name: str, entries: Iterable[tuple[str, str | None]]) -> bytes:
    body = "".join(
        f"<{name}><loc>{escape(url)}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</{name}>"
        for url, when in entries
    )
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{root}>'.encode()
