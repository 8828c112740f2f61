"""What is at which address of the sample newspaper: one table, each row with what it shows and what it must be judged.

A row's `answer` makes the response for the site at a base address ("http://127.0.0.1:8000"). `liveness` is None for
what is no article and is not to be judged as one: the front page, sections, robots.txt, feed and sitemap.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.model import Liveness
from crawler.demo import newspaper

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, body, media type, and further header fields."""

    body: bytes
    status: int = HTTPStatus.OK
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPage:
    """One address of the site: `shows` is one English line for people."""

    path: str
    shows: str
    liveness: Liveness | None
    answer: Callable[[str], Answer]


TRAP_SLUG = "eelgrass-returns-to-outer-bay"
"""The story whose template hides a "this page is not available" block: alive, whatever the block says."""


def _page(html: str, status: int = HTTPStatus.OK, **headers: str) -> Answer:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(html.encode(), status, headers=named)


def _story(slug: str, shows: str, liveness: Liveness = Liveness.LIVE) -> DemoPage:
    story = next(story for story in newspaper.stories() if story.slug == slug)

    def answer(base: str) -> Answer:
        return _page(newspaper.article_page(story, base, missing_block=slug == TRAP_SLUG))

    return DemoPage(story.path, shows, liveness, answer)


def _fixed(path: str, shows: str, liveness: Liveness | None, answer: Answer) -> DemoPage:
    return DemoPage(path, shows, liveness, lambda _base: answer)


def _framed(template: str, title: str, status: int = HTTPStatus.OK) -> Answer:
    return _page(newspaper.frame(f"{title} | {newspaper.NAME}", newspaper.render(template)), status)


def _soft_not_found() -> Answer:
    main = newspaper.render("soft_not_found", stories=newspaper.story_links(list(newspaper.stories()[:5])))
    return _page(newspaper.frame(newspaper.NAME, main))


def _robots(base: str) -> Answer:
    text = f"User-agent: *\nDisallow: /admin/\nSitemap: {base}/news-sitemap.xml\n"
    return Answer(text.encode(), media_type="text/plain; charset=utf-8")


def _section(slug: str, name: str) -> DemoPage:
    chosen = [story for story in newspaper.stories() if story.section == slug]
    answer = _page(newspaper.listing_page(name, chosen))
    return _fixed(f"/{slug}", f"the section {name}", None, answer)


_ARTICLES = (
    _story("ferry-back-on-winter-timetable", "an article, as it should be"),
    _story("library-keeps-its-saturdays", "an article whose closing words are about closing"),
    _story(TRAP_SLUG, 'an article that hides "This page is not available" in its template'),
    _story("town-archive-chases-vanished-pages", "an article about pages that are not found"),
    _story("neue-radbruecke-am-hafenkanal", "an article in German"),
    _story("la-criee-rouvre-ses-portes", "an article in French"),
    _story("la-cooperativa-cumple-un-siglo", "an article in Spanish"),
    _story("misaki-lighthouse-lamp", "an article in Japanese"),
    _story("what-the-harbour-board-knew", "an article that stops at a paywall", Liveness.PAYWALL),
)

_OTHERS = (
    _fixed(
        "/harbour/herring-quota-row",
        "a story that was taken down: 404",
        Liveness.GONE,
        _framed("not_found", "Page not found", HTTPStatus.NOT_FOUND),
    ),
    _fixed(
        "/council/mayor-denies-it",
        "a story withdrawn for good: 410",
        Liveness.GONE,
        _framed("withdrawn", "Withdrawn", HTTPStatus.GONE),
    ),
    _fixed(
        "/culture/brass-band-on-tour",
        'a story that is missing, answered with status 200 and "latest stories"',
        Liveness.SOFT_404,
        _soft_not_found(),
    ),
    _fixed(
        "/2014/05/regatta-results",
        "an old address that leads to the front page",
        Liveness.MOVED,
        _page("", HTTPStatus.MOVED_PERMANENTLY, Location="/"),
    ),
    _fixed(
        "/harbour/live-camera",
        "a bot challenge in front of the page",
        Liveness.BLOCKED,
        _page(
            newspaper.render("challenge"),
            HTTPStatus.FORBIDDEN,
            CF_Mitigated="challenge",
            CF_Ray="9a2c5f0e1b7d4c33-AMS",
        ),
    ),
    _fixed("/letters", "a page for those who log in", Liveness.LOGIN, _framed("login", "Log in")),
    _fixed("/fr/la-meteo", "a consent form instead of the page", Liveness.CONSENT, _page(newspaper.render("consent"))),
    _fixed(
        "/tides", "an address that was sold to a parking service", Liveness.PARKED, _page(newspaper.render("parked"))
    ),
    _fixed(
        "/sports", "a web server that nobody has set up", Liveness.PLACEHOLDER, _page(newspaper.render("placeholder"))
    ),
    _fixed("/app", "a shell that is empty without JavaScript", Liveness.EMPTY, _page(newspaper.render("shell"))),
    _fixed(
        "/weather",
        "a server error",
        Liveness.ERROR,
        _framed("error", "Something went wrong", HTTPStatus.INTERNAL_SERVER_ERROR),
    ),
)

_FURNITURE = (
    _fixed(
        "/",
        "the front page",
        None,
        _page(newspaper.listing_page(newspaper.NAME, list(newspaper.stories()))),
    ),
    *(_section(slug, name) for slug, name in newspaper.SECTIONS.items()),
    DemoPage("/robots.txt", "what robots may fetch", None, _robots),
    DemoPage(
        "/feed.xml",
        "the RSS feed",
        None,
        lambda base: Answer(newspaper.feed(base).encode(), media_type="application/rss+xml; charset=utf-8"),
    ),
    DemoPage(
        "/news-sitemap.xml",
        "the news sitemap",
        None,
        lambda base: Answer(newspaper.news_sitemap(base).encode(), media_type="application/xml; charset=utf-8"),
    ),
)

DEMO_PATHS = (*_ARTICLES, *_OTHERS)
"""What `newsclip demo` saves, in the order in which it is best looked at: articles first, then what went wrong."""

PAGES = {page.path: page for page in (*_FURNITURE, *DEMO_PATHS)}
"""Every address of the site."""

NOT_FOUND = _framed("not_found", "Page not found", HTTPStatus.NOT_FOUND)
"""What the site answers at any other address."""
