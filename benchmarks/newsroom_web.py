"""Newspapers that live through a day: what each publishes when, and what becomes of it; made from a seed.

Pure: a time and a request go in, an answer comes out. Times are minutes since the day began. A site has a feed, a news
sitemap, or both; some answer conditional requests by ETag, some by date, some not at all. One in four marks the links
of its feed for its statistics, so that feed and sitemap name one article by two addresses; one in three has a box of
other headlines on each page, which is never twice the same. Half of the sites answer for what is missing with status
200, in one of three ways, the others with 404, or with 410 where the article was there.
"""

from __future__ import annotations

import enum
import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tests.site import generated

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday that is past: a date ahead of the real time is none to a page's reader."""
MINUTES = 1440
FEED, SITEMAP = "/feed.xml", "/news-sitemap.xml"
_IN_FEED, _IN_SITEMAP = 40, 1000
_SITEMAP_MINUTES = 2 * MINUTES
_CONDITION = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}
_FATE_FROM = 120
_SECTIONS = ("politics", "harbour", "culture", "science", "sport")
_FURNITURE = "".join(f'<li><a href="/topics/{number}">Topic {number}</a></li>' for number in range(80))
_SCRIPT = "window.settings = " + str({f"slot{number}": "x" * 90 for number in range(120)}).replace("'", '"')
_SOFT = (
    ("Page not found", "<h1>Sorry, we can't find that page</h1><p>It may have been moved or removed.</p>"),
    ("Seite nicht gefunden", "<h1>Die Seite wurde nicht gefunden</h1><p>Vielleicht hilft die Suche weiter.</p>"),
    ("The Harbour Gazette", "<h1>Latest stories</h1>"),
)


class Fate(enum.StrEnum):
    """What becomes of an article."""

    STAYS = "stays"
    EDITED = "edited"
    MISSING = "404"
    GONE = "410"
    SOFT = "soft 404"

    @property
    def dead(self) -> bool:
        """Whether the article is no longer there."""
        return self in {Fate.MISSING, Fate.GONE, Fate.SOFT}


class Trouble(enum.StrEnum):
    """What a site does to its visitors for part of the day."""

    NONE = "none"
    CHALLENGE = "challenges whoever asks for an article"
    FORBIDDEN = "forbids everything"
    STALLS = "accepts and never answers"


@dataclass(frozen=True, slots=True)
class Story:
    """An article: when it is published, and what becomes of it when."""

    number: int
    published: float
    fate: Fate = Fate.STAYS
    fate_at: float = 0.0

    @property
    def path(self) -> str:
        """Return the path of its address."""
        return f"/{_SECTIONS[self.number % len(_SECTIONS)]}/report-{self.number}.html"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response."""

    status: int
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Site:
    """A newspaper; `stories` in the order in which they are published."""

    number: int
    host: str
    stories: tuple[Story, ...]
    validators: bool = True
    trouble: Trouble = Trouble.NONE
    trouble_from: float = 0.0
    trouble_to: float = 0.0

    @property
    def name(self) -> str:
        """Return the name of the source."""
        return f"site{self.number:03}"

    @property
    def listings(self) -> tuple[str, ...]:
        """Return the paths of what names its articles; a site in trouble has what reaches back far enough."""
        if self.trouble is not Trouble.NONE:
            return (FEED, SITEMAP)
        return ((FEED,), (SITEMAP,), (FEED, SITEMAP))[self.number % 3]

    @property
    def soft(self) -> bool:
        """Return whether it answers for what is missing with status 200."""
        return self.number % 2 == 0

    @cached_property
    def by_path(self) -> Mapping[str, Story]:
        """Return its articles by their paths."""
        return {story.path: story for story in self.stories}

    @cached_property
    def _times(self) -> list[float]:
        return [story.published for story in self.stories]

    def in_trouble(self, now: float) -> Trouble:
        """Return what it does to its visitors at a time."""
        return self.trouble if self.trouble_from <= now < self.trouble_to else Trouble.NONE

    def published(self, now: float) -> tuple[Story, ...]:
        """Return what it has published by a time, oldest first."""
        return self.stories[: bisect_right(self._times, now)]

    def answer(self, origin: str, path: str, fields: Mapping[str, str], now: float, visit: int) -> Answer | None:
        """Return the answer to a request, None where none ever comes; `visit` counts all requests."""
        trouble = self.in_trouble(now)
        if trouble is Trouble.STALLS:
            return None
        if trouble is Trouble.FORBIDDEN:
            return Answer(403, b"<title>403 Forbidden</title><h1>Forbidden</h1>")
        if path == "/robots.txt":
            return Answer(200, b"User-agent: *\nAllow: /\n", "text/plain")
        if path in self.listings:
            return self._listing(origin, path, fields, now)
        return _CHALLENGED if trouble is Trouble.CHALLENGE else self._told(origin, path, fields, now, visit)

    def _told(self, origin: str, path: str, fields: Mapping[str, str], now: float, visit: int) -> Answer:
        """Return an article, or what the site says where there is none."""
        story = self.by_path.get(path.partition("?")[0])
        if story is None or story.published > now:
            return self._missing(404)
        if story.fate.dead and story.fate_at <= now:
            return self._missing(410 if story.fate is Fate.GONE else 404)
        validators = self._validators(story, now)
        if any(fields.get(_CONDITION[name]) == value for name, value in validators):
            return Answer(304, fields=validators)
        return Answer(200, self._article(story, origin, now, visit), fields=validators)

    def _validators(self, story: Story, now: float) -> tuple[tuple[str, str], ...]:
        """Return by what an article is known to be the same; where its page has a box that changes, by nothing."""
        edited = story.fate is Fate.EDITED and story.fate_at <= now
        if not self.validators or self.number % 3 == 0:
            return ()
        if self.number % 3 == 1:
            changed = moment(story.fate_at if edited else story.published).replace(microsecond=0)
            return (("Last-Modified", format_datetime(changed, usegmt=True)),)
        return (("ETag", f'W/"{story.number}-{int(edited)}"'),)

    def _missing(self, status: int) -> Answer:
        title, main = _SOFT[self.number // 2 % len(_SOFT)]
        if not self.soft:
            return Answer(status, _page("Not found", "<h1>Not found</h1><p>There is nothing at this address.</p>"))
        stories = "".join(
            f'<li><a href="{one.path}">{generated.title(one.number)}</a></li>' for one in self.stories[:12]
        )
        return Answer(200, _page(title, f"{main}<ul>{stories}</ul>"))

    def _article(self, story: Story, origin: str, now: float, visit: int) -> bytes:
        texts = generated.paragraphs(story.number)
        if story.fate is Fate.EDITED and story.fate_at <= now:
            texts[1:2] = generated.paragraphs(story.number + 10_000_000, 1)
            texts.append("This report was corrected after its publication: an earlier version had the sum wrong.")
        url, title = origin + story.path, generated.title(story.number)
        box = ""
        if self.number % 3 == 0:
            pick = random.Random(visit)
            links = (f'<li><a href="/x/{n}">{generated.title(n)}</a></li>' for n in pick.sample(range(10**6), 5))
            box = f'<aside class="most-read"><h2>Most read</h2><ul>{"".join(links)}</ul></aside>'
        head = (
            f'<link rel="canonical" href="{url}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{moment(story.published).isoformat()}">'
        )
        prose = "\n".join(f"<p>{text}</p>" for text in texts)
        return _page(title, f"<main><article><h1>{title}</h1>\n{prose}\n</article></main>{box}", head)

    def _listing(self, origin: str, path: str, fields: Mapping[str, str], now: float) -> Answer:
        stories = self.published(now)
        latest = stories[-1].published if stories else 0.0
        tag, date = f'"{len(stories)}"', format_datetime(moment(latest).replace(microsecond=0), usegmt=True)
        if self.validators and self.number % 3 == 0:
            validators: tuple[tuple[str, str], ...] = (("ETag", tag), ("Last-Modified", date))
            same = fields.get("if-none-match") == tag
        elif self.validators and self.number % 3 == 1:
            validators, same = (("Last-Modified", date),), fields.get("if-modified-since") == date
        else:
            validators, same = (), False
        if same:
            return Answer(304, fields=validators)
        if path == FEED:
            mark = (
                "?utm_source=rss&amp;utm_medium=feed"
                if self.number % 4 == 1 or self.trouble is not Trouble.NONE
                else ""
            )
            newest = stories[: -_IN_FEED - 1 : -1]
            return Answer(200, _rss(origin, newest, mark), "application/rss+xml", validators)
        recent = [story for story in stories[-_IN_SITEMAP:] if story.published > now - _SITEMAP_MINUTES]
        return Answer(200, _news_sitemap(origin, recent), "application/xml", validators)


@dataclass(frozen=True)
class Web:
    """All sites, by the address of loopback that each has."""

    sites: tuple[Site, ...]
    by_host: Mapping[str, Site] = field(init=False)

    def __post_init__(self) -> None:
        """Make them findable."""
        object.__setattr__(self, "by_host", {site.host: site for site in self.sites})

    def stories(self, fate: Fate | None = None) -> int:
        """Return how many articles there are, or how many of a fate."""
        return sum(fate in {None, story.fate} for site in self.sites for story in site.stories)


def newsroom(sites: int, articles: int, *, seed: int = 20260302, every: int = 30) -> Web:
    """Return a web of which 5 % of the articles are edited and 3 % die, and three sites have trouble in the afternoon.

    What happens to an article comes between two hours and a day after its publication. The last article is out before
    the last crawl of the day. One site challenges from 12:00 to 18:00, one forbids, one stalls from 12:00 to 15:00.
    """
    pick = random.Random(seed)
    fates = [Fate.EDITED] * round(articles * 0.05) + [Fate.MISSING] * round(articles * 0.03)
    fates += [Fate.STAYS] * (articles - len(fates))
    pick.shuffle(fates)
    troubles = {0: (Trouble.CHALLENGE, 1080), 1: (Trouble.FORBIDDEN, 1080), 2: (Trouble.STALLS, 900)}
    made = []
    for number in range(sites):
        mine = range(number, articles, sites)
        times = sorted(pick.uniform(0, MINUTES - every) for _ in mine)
        stories = []
        for story, published in zip(mine, times, strict=True):
            fate = fates[story]
            if fate is Fate.MISSING:
                fate = Fate.SOFT if number % 2 == 0 else pick.choice((Fate.MISSING, Fate.GONE))
            stories.append(Story(story, published, fate, published + pick.uniform(_FATE_FROM, MINUTES)))
        trouble, until = troubles.get(number, (Trouble.NONE, 0)) if sites > len(troubles) else (Trouble.NONE, 0)
        made.append(
            Site(number, host(number), tuple(stories), trouble=trouble, trouble_from=MINUTES / 2, trouble_to=until)
        )
    return Web(tuple(made))


def unchanging(sites: int, articles: int, *, validators: bool) -> Web:
    """Return a web that was published before the day began, and stays as it is."""
    made = []
    for number in range(sites):
        stories = (Story(number * articles + one, one / articles - 1) for one in range(articles))
        made.append(Site(number, host(number), tuple(stories), validators=validators))
    return Web(tuple(made))


def host(number: int) -> str:
    """Return the address of loopback that a site has."""
    return f"127.0.{number // 250 + 1}.{number % 250 + 1}"


def moment(minutes: float) -> datetime:
    """Return the time that is so many minutes after the day began."""
    return DAY + timedelta(minutes=minutes)


_CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    b'<div id="cf-challenge-running"></div><noscript>Enable JavaScript and cookies to continue</noscript></body></html>'
)
_CHALLENGED = Answer(403, _CHALLENGE, fields=(("Server", "cloudflare"), ("cf-mitigated", "challenge")))


def _page(title: str, main: str, head: str = "") -> bytes:
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"<script>{_SCRIPT}</script></head>\n<body><nav><ul>{_FURNITURE}</ul></nav>{main}"
        "<footer>The Harbour Gazette</footer></body></html>\n"
    ).encode()


def _rss(origin: str, stories: tuple[Story, ...], mark: str) -> bytes:
    items = "".join(
        f"<item><title>{generated.title(story.number)}</title><link>{origin}{story.path}{mark}</link>"
        f"<guid>{origin}{story.path}</guid><pubDate>{format_datetime(moment(story.published))}</pubDate></item>\n"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>The Harbour Gazette</title>'
        f"<link>{origin}/</link><description>News</description>\n{items}</channel></rss>\n"
    ).encode()


def _news_sitemap(origin: str, stories: list[Story]) -> bytes:
    urls = "".join(
        f"<url><loc>{origin}{story.path}</loc><news:news><news:publication><news:name>The Harbour Gazette</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{moment(story.published).isoformat()}</news:publication_date>"
        f"<news:title>{generated.title(story.number)}</news:title></news:news></url>\n"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    ).encode()
