"""Answers of feeds and sitemaps for the tests of discovery, from the few things that a test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.discovery.found import found
from tests.pipelines.documents import page_of

if TYPE_CHECKING:
    from pipelines.discovery.values import Discovered, DiscoveryOptions, SourceKind

URL = "https://www.lantern.example/feeds/all.xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"


def read(
    body: str | bytes,
    kind: SourceKind = "feed",
    *,
    url: str = URL,
    content_type: str = "application/xml",
    options: DiscoveryOptions | None = None,
) -> Discovered:
    """Return what is found in this body, fetched on 2026-11-20 from `url`."""
    page = page_of(body, url=url, headers={"Content-Type": content_type})
    return found(page, kind) if options is None else found(page, kind, options)


def urls(discovered: Discovered) -> list[str]:
    """Return the addresses of the entries."""
    return [entry.url for entry in discovered.entries]


def rss(*items: str, head: str = "<title>Lantern</title>", version: str = "2.0") -> str:
    """Return an RSS document with these items, each the markup within <item>."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="{version}"><channel>{head}{inner}</channel></rss>'


def atom(*entries: str, head: str = "<title>Lantern</title>") -> str:
    """Return an Atom document with these entries, each the markup within <entry>."""
    inner = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}">{head}{inner}</feed>'


def urlset(*locations: str, around: str = "urlset", namespace: str = f'xmlns="{SITEMAP}"') -> str:
    """Return a sitemap with these urls (or sitemaps), each the markup within <url>."""
    tag = "sitemap" if around == "sitemapindex" else "url"
    inner = "\n".join(f"<{tag}>{location}</{tag}>" for location in locations)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{around} {namespace}>\n{inner}\n</{around}>\n'
