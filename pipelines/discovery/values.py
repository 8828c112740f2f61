"""What discovery finds, all frozen: the entries of a feed, a sitemap or a section page, and a site's own hints.

Addresses are absolute and of the web, in the spelling in which they were found: which of them are one, and what in them
only tracks readers, the caller knows. Times are ISO 8601, a date alone where no time is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["article", "sitemap", "feed", "section"]
SourceKind = Literal["feed", "sitemap", "section"]


@dataclass(frozen=True, slots=True)
class DiscoveryOptions:
    """How far discovery looks into one answer; what lies beyond is left out, and a fault says so.

    `max_entries` and `max_bytes` are the sitemap protocol's own bounds; the latter also bounds what gzip unfolds to.
    Longer addresses are left out, longer titles cut. `max_hints` bounds each list of hints.
    """

    max_entries: int = 50_000
    max_bytes: int = 52_428_800
    max_address: int = 2_000
    max_title: int = 500
    max_hints: int = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One address that was found, and what was said of it: a title, and when it was published and last changed.

    `kind` tells what is expected there: an article, or one more sitemap, feed or section page to look into.
    """

    url: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    kind: EntryKind = "article"


@dataclass(frozen=True, slots=True)
class Discovered:
    """What one answer held: its `entries` in their order, each address once, and its own `title`.

    `faults` are English lines that name what was wrong and what was left out for it. `further` are the pages that
    continue this one (rel=next, archived feeds), which are for the caller to bound. `barren` says so of a page that was
    read and has no links to articles, which may be right.
    """

    entries: tuple[Entry, ...] = ()
    faults: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    title: str | None = None
    barren: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What a front page or a robots.txt gives away of its site: addresses to look into, and the site's name."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    name: str | None = None
