"""The links of a page as a reader meets them: their words, whether they are headlines, and where they stand.

Links to one address are one link: its picture, its headline and its "read more" say together what it is. What is not
shown is no link; what stands in the furniture (nav, footer, menus by their class) is marked, not left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, cast
from urllib.parse import urldefrag

from lxml.etree import XPath

from pipelines.discovery.addresses import absolute, host_of, site_of
from pipelines.outline import HEADINGS, HIDDEN_STYLE, INLINE, NOT_SHOWN, place_of, weight_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.document import Document

MOST_LINKS = 5_000
LABEL = 12
"""Characters of an alphabet below which words are a label, be they in a heading or not."""

LONGEST_WORDS = 600
"""Characters of a link that are looked at."""

FURNITURE = frozenset({"nav", "footer", "menu", "select", "button", "dialog"})
FURNITURE_ROLES = frozenset({"navigation", "menu", "menubar", "contentinfo", "search", "dialog", "tablist"})
FURNITURE_NAMES = frozenset(
    {
        *("menu", "submenu", "nav", "navi", "navbar", "navigation", "topnav", "subnav", "gnav", "sidenav", "footer"),
        *("breadcrumb", "breadcrumbs", "pagination", "pager", "paging", "paginator", "share", "sharing", "social"),
        *(
            "sns",
            "tags",
            "taglist",
            "tagcloud",
            "keywords",
            "byline",
            "author",
            "authors",
            "login",
            "account",
            "cookie",
        ),
        *(
            "language",
            "languages",
            "skip",
            "legal",
            "imprint",
            "masthead",
            "toolbar",
            "services",
            "sponsor",
            "sponsored",
        ),
    }
)
"""Words of which classes and ids are made that name what is no content, in the English of templates everywhere."""

FURNITURE_RELATIONS = frozenset({"tag", "author", "next", "prev", "license", "search", "help", "nofollow", "sponsored"})
MOST_OF_THE_PAGE = 0.5
"""Share of the links from which on a class counts as that of the page, not of a part of it."""

LEAD_IN = 30
"""Weight of what may stand before a link on its line (a time, a place, the section) without it being a sentence."""

_NAME = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_SHOWN_TEXT = XPath(".//text()[not(ancestor::svg or ancestor::script or ancestor::style)]")
_MOST_UP, _MOST_DOWN = 4, 200
"""Elements around a time, and within one of those, that are looked at for the link that it belongs to."""


@dataclass(slots=True)
class Link:
    """One address of the page's own site, and what its links say together.

    `weight` is the length of its words in characters of an alphabet, as in pipelines.outline; `beside` that of the text
    which follows it. `inline` says that it stands in the middle of a sentence wherever it stands.
    """

    url: str
    words: str = ""
    weight: int = 0
    headline: bool = False
    inline: bool = True
    furniture: bool = True
    beside: int = 0
    when: str | None = None
    places: set[int] = field(default_factory=set)


def links_of(document: Document, longest: int) -> list[Link]:
    """Return the links of a page to its own site, in the order in which they first come."""
    tree = document.tree
    if tree is None:
        return []
    body = tree.find("body")
    walk = _Walk(document, longest)
    walk.through(tree if body is None else body, _Around())
    walk.settle()
    for time in islice(tree.iter("time"), MOST_LINKS):
        link = walk.of_time(time)
        if link is not None and link.when is None:
            link.when = time.get("datetime")
    return list(walk.links.values())


@dataclass(frozen=True, slots=True)
class _Around:
    """What is around an element: its place, whether it is in a heading or furniture, and marks to be weighed."""

    place: int = 0
    heading: bool = False
    furniture: bool = False
    marks: tuple[int, ...] = ()


@dataclass(slots=True)
class _Meeting:
    """One link where it stands, before it is known which marks are those of the whole page."""

    link: Link
    marks: tuple[int, ...]


class _Walk:
    """One way through a tree, as deep as it is, which the parser keeps within 256."""

    def __init__(self, document: Document, longest: int) -> None:
        self.links: dict[str, Link] = {}
        self._document = document
        self._longest = longest
        self._site = site_of(host_of(document.page.url))
        self._own = urldefrag(document.page.url).url
        self._addresses: dict[str, str | None] = {}
        self._marks = 0
        self._meetings: list[_Meeting] = []
        self._last: Link | None = None
        self._before = 0

    def through(self, element: HtmlElement, around: _Around) -> None:
        """Take the links in an element, and the text between them."""
        self._take(element.text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in NOT_SHOWN and tag != "noscript" and not _is_hidden(child):
                if tag not in INLINE:
                    self._before = 0
                if tag == "a" and child.get("href"):
                    self._meet(child, around)
                else:
                    self.through(child, self._within(child, tag, around))
                if tag not in INLINE:
                    self._before = 0
            self._take(child.tail)

    def settle(self) -> None:
        """Say of each link whether all its occurrences stand in furniture."""
        times: dict[int, int] = {}
        for meeting in self._meetings:
            for mark in meeting.marks:
                times[mark] = times.get(mark, 0) + 1
        most = MOST_OF_THE_PAGE * len(self._meetings)
        for meeting in self._meetings:
            if not any(times[mark] <= most for mark in meeting.marks):
                meeting.link.furniture = False

    def of_time(self, time: HtmlElement) -> Link | None:
        """Return the only link around a time, if there is one alone."""
        for around in islice(time.iterancestors(), _MOST_UP):
            found: set[str] = set()
            for element in islice(around.iter(), _MOST_DOWN):
                url = self._address(element) if element.tag == "a" else None
                if url is not None:
                    found.add(url)
                if len(found) > 1:
                    return None
            if found:
                return self.links.get(found.pop())
        return None

    def _within(self, element: HtmlElement, tag: str, around: _Around) -> _Around:
        """Return what is around the children of an element."""
        marks = around.marks
        furniture = around.furniture or tag in FURNITURE or element.get("role") in FURNITURE_ROLES
        if not furniture and (_is_furniture(element.get("class")) or _is_furniture(element.get("id"))):
            self._marks += 1
            marks = (*marks, self._marks)
        place = place_of(around.place, tag, element) if tag not in INLINE else around.place
        return _Around(place, around.heading or tag in HEADINGS, furniture, marks)

    def _meet(self, element: HtmlElement, around: _Around) -> None:
        """Take one link."""
        url = self._address(element)
        if url is None:
            self._take(_words(element))
            return
        link = self.links.get(url)
        if link is None:
            if len(self.links) >= MOST_LINKS:
                return
            link = self.links[url] = Link(url)
        headings = [one for one in element.iter() if one.tag in HEADINGS]
        words, beside = _headline(element, headings)
        weight = weight_of(words)
        headline = around.heading or bool(headings)
        if (headline and weight >= LABEL, weight) > (link.headline and link.weight >= LABEL, link.weight):
            link.words, link.weight = words, weight
        link.headline = link.headline or headline
        inside = self._within(element, "a", around)
        relations = (element.get("rel") or "").lower().split()
        if not inside.furniture and FURNITURE_RELATIONS.isdisjoint(relations):
            self._meetings.append(_Meeting(link, inside.marks))
        link.inline = link.inline and self._before > LEAD_IN
        link.beside += beside
        link.places.add(around.place)
        self._last = link

    def _take(self, text: str | None) -> None:
        if text and not text.isspace():
            weight = weight_of(text.strip())
            self._before += weight
            if self._last is not None:
                self._last.beside += weight

    def _address(self, element: HtmlElement) -> str | None:
        """Return where a link leads, without the fragment; None if not to another page of the same site."""
        href = element.get("href") or ""
        if href not in self._addresses:
            self._addresses[href] = self._absolute(href)
        return self._addresses[href]

    def _absolute(self, href: str) -> str | None:
        if not href or href.startswith("#"):
            return None
        url = absolute(href, self._document.base, self._longest)
        if url is None:
            return None
        url = urldefrag(url).url
        return url if url != self._own and site_of(host_of(url)) == self._site else None


def _headline(element: HtmlElement, headings: list[HtmlElement]) -> tuple[str, int]:
    """Return the words of a link, and the weight of what else it holds: a whole card may be one link."""
    whole = _words(element)
    if headings:
        words = _words(headings[0])
        return words, weight_of(whole) - weight_of(words)
    if not whole:
        pictures = (one.get("alt") or "" for one in element.iter("img"))
        return " ".join(next(pictures, "").split())[:LONGEST_WORDS] or (element.get("aria-label") or "").strip(), 0
    blocks = [words for child in element if child.tag not in INLINE and (words := _words(child))]
    if len(blocks) > 1:
        return blocks[0], weight_of(whole) - weight_of(blocks[0])
    return whole, 0


def _words(element: HtmlElement) -> str:
    """Return the text of an element, without what pictures and programs in it say."""
    parts: Iterator[str] = (str(part) for part in element.itertext())
    if next(element.iter("svg", "script", "style"), None) is not None:
        parts = map(str, cast("list[str]", _SHOWN_TEXT(element)))
    return " ".join(" ".join(islice(parts, _MOST_DOWN)).split())[:LONGEST_WORDS]


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and HIDDEN_STYLE.search(style.lower()) is not None)


@lru_cache(maxsize=4096)
def _is_furniture(names: str | None) -> bool:
    """Whether a class or an id is made of a word that names furniture."""
    return names is not None and any(word.lower() in FURNITURE_NAMES for word in _NAME.findall(names[:200]))
