"""Looking a site over for `newsclip init https://site`: which feeds, sitemaps and sections it has.

    robots.txt, front page ─▶ hints ─▶ usual places, if they name neither feed nor sitemap ─▶ each asked, and kept if it
    names articles

A dozen requests, one after the other at the pace of [fetch], as robots.txt allows. Nothing of them is kept: there may
be no collection yet, and the first crawl asks for the same again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from protego import Protego

from archive.model import Page
from archive.page import page_from
from crawler.fetcher import Call, Fetcher, Limits
from crawler.guard import Guard, SystemResolver
from crawler.scrapy_settings import user_agent
from pipelines.discovery.found import found
from pipelines.discovery.hints import USUAL_PLACES, hints

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model import Exchange
    from crawler.config import Settings
    from pipelines.discovery.values import Hints, SourceKind

_REDIRECTS = range(300, 400)
_MOST_REDIRECTS = 5
_MOST_OF_A_KIND = 5
"""Feeds, sitemaps and sections that are written into a source; a site may name hundreds."""
_FEWEST_IN_SECTION = 3


@dataclass(frozen=True, slots=True)
class Site:
    """What a site was found to have."""

    name: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class Scout:
    """Asks one site; `tell` is given a line for each address that was asked."""

    def __init__(self, settings: Settings, tell: Callable[[str], None]) -> None:
        fetch = settings.fetch
        self._delay = fetch.delay
        self._limit = fetch.max_bytes
        self._obeys = fetch.robots == "obey"
        self._agent = user_agent(settings)
        self._guard = Guard(fetch.networks(), resolver=SystemResolver())
        self._fetcher = Fetcher(self._guard, Limits(max_bytes=fetch.max_bytes, timeout=fetch.timeout))
        self._rules: Protego | None = None
        self._tell = tell
        self._asked = 0

    async def look(self, url: str) -> Site | str:
        """Return what the site at an address has, or why that cannot be said."""
        try:
            rules = await self._ask(urljoin(url, "/robots.txt"))
            text = rules.body.decode("utf-8", "replace") if rules.status == 200 else ""  # noqa: PLR2004 - RFC 9309
            self._rules = Protego.parse(text)
            front = await self._ask(url)
            if front.status is None:
                return front.error or "no answer came"
            return await self._looked(front, hints(front), hints(rules))
        finally:
            await self._fetcher.close()
            self._guard.close()

    async def _looked(self, front: Page, named: Hints, ruled: Hints) -> Site:
        feeds = await self._good("feed", named.feeds)
        sitemaps = await self._good("sitemap", tuple(dict.fromkeys((*ruled.sitemaps, *named.sitemaps))))
        if not feeds and not sitemaps:
            places = [urljoin(front.url, place) for place in USUAL_PLACES if place != "/robots.txt"]
            sitemaps = await self._good("sitemap", tuple(place for place in places if "sitemap" in place), most=1)
            feeds = await self._good("feed", tuple(place for place in places if "sitemap" not in place), most=1)
        sections = () if feeds or sitemaps else await self._good("section", named.sections)
        host = (urlsplit(front.url).hostname or "source").removeprefix("www.")
        return Site(host, feeds, sitemaps, sections)

    async def _good(self, kind: SourceKind, urls: tuple[str, ...], most: int = _MOST_OF_A_KIND) -> tuple[str, ...]:
        """Return the first of the addresses that name something."""
        good: list[str] = []
        for url in urls[: 2 * _MOST_OF_A_KIND]:
            if len(good) == most:
                break
            page = await self._ask(url)
            entries = found(page, kind).entries if page.status == 200 else ()  # noqa: PLR2004 - RFC 9110
            if len(entries) >= (_FEWEST_IN_SECTION if kind == "section" else 1):
                good.append(url)
                self._tell(f"{kind:<8} {url}  ({len(entries):,} entries)")
        return tuple(good)

    async def _ask(self, url: str) -> Page:
        """Return what an address leads to, over redirects; an address that robots.txt forbids leads to nothing."""
        exchanges: list[Exchange] = []
        asked = url
        for _ in range(_MOST_REDIRECTS + 1):
            if self._obeys and self._rules is not None and not self._rules.can_fetch(url, "newsclip"):
                break
            if self._asked:
                await asyncio.sleep(self._delay)
            self._asked += 1
            headers = (
                (b"User-Agent", self._agent.encode("latin-1", "replace")),
                (b"Accept-Encoding", b"gzip, deflate"),
            )
            fetched = await self._fetcher.fetch(Call(url, headers=headers))
            exchanges.append(fetched.exchange)
            page = page_from(exchanges, asked, self._limit)
            location = page.header("Location")
            if page.status not in _REDIRECTS or location is None:
                return page
            url = urljoin(url, location)
        if exchanges:
            return replace(page_from(exchanges, asked, self._limit), status=None, error="it redirects without end")
        return _forbidden(url)


def _forbidden(url: str) -> Page:
    return Page(url, url, datetime.now(UTC), None, (), b"", error="robots.txt does not allow it")
