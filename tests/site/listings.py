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


def index(sitemaps: Iterable[tuple[str, str | None]]) -> Answer:
    """Return an index of sitemaps, each an address and when it was modified, if it says so."""
    return Answer(_xml("sitemapindex", "sitemap", sitemaps), media_type=XML)


def _xml(root: str, name: str, entries: Iterable[tuple[str, str | None]]) -> bytes:
    body = "".join(
        f"<{name}><loc>{escape(url)}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</{name}>"
        for url, when in entries
    )
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{root}>'.encode()
