"""What a site gives away of its feeds, sitemaps and sections: its front page, its robots.txt, or one of them itself.

    robots.txt ─▶ Sitemap lines
    feed, sitemap ─▶ itself
    HTML ─▶ <link rel=alternate>, then links that are named like feeds and sitemaps
         ─▶ sections: what articles lie below, and what stands in the same menu

Nobody has looked yet whether there is anything at these addresses; nor at the usual places, which are for the caller to
try where a site says nothing (`USUAL_PLACES`).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipelines.discovery import records
from pipelines.discovery.addresses import absolute, host_of, site_of
from pipelines.discovery.feeds import read_json
from pipelines.discovery.finds import Finds
from pipelines.discovery.forms import body_of
from pipelines.discovery.links import links_of
from pipelines.discovery.sections import articles, document_of
from pipelines.discovery.shapes import shape_of
from pipelines.discovery.texts import plain_text
from pipelines.discovery.values import DiscoveryOptions, Hints
from pipelines.metadata import site_name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model import Page
    from pipelines.discovery.links import Link
    from pipelines.document import Document

USUAL_PLACES = (
    *("/robots.txt", "/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml"),
    *("/feed", "/feed.xml", "/rss", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json"),
)
"""Where programs for publishing put them if nobody tells them otherwise."""

FEED_TYPES = frozenset(
    {
        *("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"),
        *("application/xml", "text/xml", "application/rss", "text/rss", "application/x-rss+xml"),
    }
)

LONGEST_LABEL, DEEPEST_SECTION, MOST_SLUG_WORDS = 40, 3, 4
"""Bounds of what may be a section: characters of its name, segments of its path, and words of the last of them."""

FEWEST_IN_MENU = 2
"""Sections in one place that make it a menu."""

_DEFAULTS = DiscoveryOptions()
_SITEMAP_LINE = re.compile(r"[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2000})[ \t]{0,200}(?:#.*)?", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss\d?|atom)(?:/|\.xml|\.php|\.json)?$|\.(?:rss|atom|rdf)$|/(?:rss|feeds?)/[^/]{1,80}\.xml$",
    re.IGNORECASE,
)
_SITEMAP_PATH = re.compile(r"sitemap[^/]{0,80}\.xml(?:\.gz)?$", re.IGNORECASE)
_TITLE_PARTS = re.compile(r"\s+[|–—·•»:-]\s+")
_LONGEST_NAME = 80
_MOST_LINES = 10_000


def hints(page: Page, options: DiscoveryOptions = _DEFAULTS) -> Hints:
    """Return what a page gives away. Never raises for any page."""
    try:
        return _hints(page, options)
    except Exception:  # noqa: BLE001 - foreign parsers meet arbitrary bytes here, and a page without hints is no fault
        return Hints()


def _hints(page: Page, options: DiscoveryOptions) -> Hints:
    if page.status is None:
        return Hints()
    finds = Finds(page, options)
    body = body_of(page, finds)
    if body.form == "xml":
        reading = records.read(body.text[: options.max_bytes], page.url, options.max_hints)
        if any(record.name in records.LOCATIONS for record in reading.records):
            return Hints(sitemaps=(page.url,))
        return Hints(feeds=(page.url,), name=plain_text(reading.head.text("title"), options.max_title))
    if body.form == "json":
        read_json(body.text, finds)
        feed = finds.result()
        return Hints() if feed.faults and not feed.entries else Hints(feeds=(page.url,), name=feed.title)
    if body.form == "html" and urlsplit(page.url).path != "/robots.txt":
        return _of_html(document_of(page), options)
    return Hints(sitemaps=_distinct(_of_robots(body.text, page.url, options), options.max_hints))


def _of_robots(text: str, base: str, options: DiscoveryOptions) -> Iterator[str | None]:
    """Yield the addresses of the Sitemap lines, which belong to no group (RFC 9309 section 2.2.4)."""
    for line in islice(text.splitlines(), _MOST_LINES):
        said = _SITEMAP_LINE.fullmatch(line)
        if said:
            yield absolute(said[1], base, options.max_address)


def _of_html(document: Document, options: DiscoveryOptions) -> Hints:
    links = links_of(document, options.max_address)
    return Hints(
        _distinct(_feeds(document, options), options.max_hints),
        _distinct(_sitemaps(document, options), options.max_hints),
        _distinct(_sections(links, document), options.max_hints),
        _name(document),
    )


def _feeds(document: Document, options: DiscoveryOptions) -> Iterator[str | None]:
    """Yield the feeds that a page names in its head, then those that it links to; not those of comments."""
    for url, relations, kind in _references(document, "link", options):
        if kind in FEED_TYPES and "sitemap" not in relations and not _is_of_comments(url):
            yield url
    for url, _, _ in _references(document, "a", options):
        if _FEED_PATH.search(urlsplit(url).path) and not _is_of_comments(url) and _is_near(url, document):
            yield url


def _sitemaps(document: Document, options: DiscoveryOptions) -> Iterator[str | None]:
    for url, relations, _ in _references(document, "link", options):
        if "sitemap" in relations:
            yield url
    for url, _, _ in _references(document, "a", options):
        if _SITEMAP_PATH.search(urlsplit(url).path) and _is_near(url, document):
            yield url


def _references(document: Document, tag: str, options: DiscoveryOptions) -> Iterator[tuple[str, list[str], str]]:
    """Yield address, relations and media type of the elements with a reference; of <link> those that lead on."""
    if document.tree is None:
        return
    for element in document.tree.iter(tag):
        relations = (element.get("rel") or "").lower().split()
        leads_on = tag == "a" or not {"alternate", "feed", "sitemap"}.isdisjoint(relations)
        url = absolute(element.get("href") or "", document.base, options.max_address) if element.get("href") else None
        if leads_on and url is not None:
            yield url, relations, (element.get("type") or "").partition(";")[0].strip().lower()


def _is_of_comments(url: str) -> bool:
    return "comment" in url.lower()


def _is_near(url: str, document: Document) -> bool:
    """Whether an address is on the page's own site."""
    return site_of(host_of(url)) == site_of(host_of(document.page.url))


def _sections(links: list[Link], document: Document) -> Iterator[str]:
    """Yield the pages that list articles: those above articles of the page, and their neighbours in the menu."""
    found = {link.url for link in articles(links)}
    above = {shape_of(url).segments[:depth] for url in found for depth in range(1, len(shape_of(url).segments))}
    host = document.host
    candidates = [link for link in links if link.url not in found and _may_be_section(link, host)]
    sure = {link.url for link in candidates if shape_of(link.url).segments in above}
    patterns = {shape_of(url).pattern for url in sure}
    menus = _menus(link for link in candidates if link.url in sure)
    if not sure:
        patterns = {shape_of(link.url).pattern for link in candidates}
        menus = dict(islice(_menus(candidates).items(), 1))
    for link in candidates:
        in_menu = shape_of(link.url).pattern in patterns and not menus.keys().isdisjoint(link.places)
        if link.url in sure or in_menu:
            yield link.url


def _menus(links: Iterable[Link]) -> dict[int, int]:
    """Return the places where several of the links stand, in their order: menus come before what they lead to."""
    times: dict[int, int] = {}
    for link in links:
        for place in link.places:
            times[place] = times.get(place, 0) + 1
    return {place: many for place, many in times.items() if many >= FEWEST_IN_MENU}


def _may_be_section(link: Link, host: str) -> bool:
    shape = shape_of(link.url)
    parts = urlsplit(link.url)
    return (
        0 < len(shape.segments) <= DEEPEST_SECTION
        and 0 < link.weight <= LONGEST_LABEL
        and shape.slug_words < MOST_SLUG_WORDS
        and not (shape.lists or shape.file or shape.date or parts.query)
        and (parts.hostname or "").removeprefix("www.") == host
    )


def _name(document: Document) -> str | None:
    """Return the name of the site: as it says, else the part of the title that its host is named after."""
    said = site_name_of(document)
    if said:
        return plain_text(said, _LONGEST_NAME)
    host = site_of(host_of(document.page.url)).partition(".")[0].replace("-", "")
    parts = [part for part in _TITLE_PARTS.split(document.title) if part]
    for part in parts:
        letters = "".join(character for character in part.casefold() if character.isalnum())
        if letters and (letters in host or host in letters):
            return part[:_LONGEST_NAME]
    return parts[0][:_LONGEST_NAME] if parts and urlsplit(document.page.url).path in ("", "/") else None


def _distinct(urls: Iterable[str | None], most: int) -> tuple[str, ...]:
    """Return the first addresses, each once."""
    return tuple(islice(dict.fromkeys(url for url in islice(urls, 100 * most) if url), most))
