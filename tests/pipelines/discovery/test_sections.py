"""Section pages: the layouts of layouts/, whose articles are marked by data-article, and what a link is judged by."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from crawler.demo import newspaper
from pipelines.discovery.shapes import shape_of
from tests.pipelines.discovery.answers import read, urls
from tests.pipelines.documents import SENTENCE

if TYPE_CHECKING:
    from pipelines.discovery.values import Discovered

SITE = "https://www.lantern.example"
LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.html"))
ARTICLE = re.compile(r'<a\b[^>]*\bdata-article\b[^>]*?href="([^"]+)"', re.IGNORECASE)


def section(body: str, url: str = f"{SITE}/") -> Discovered:
    """Return what a section page holds."""
    return read(body, "section", url=url, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("layout", LAYOUTS, ids=[layout.stem for layout in LAYOUTS])
def test_layout(layout: Path) -> None:
    """Of all the links of a page the articles are found, each once and in their order, and nothing else is."""
    body = layout.read_text(encoding="utf-8")
    url = body.split()[1]
    discovered = section(body, url)
    assert urls(discovered) == [urljoin(url, unescape(reference)) for reference in ARTICLE.findall(body)]
    assert all(entry.title and entry.kind == "article" for entry in discovered.entries)
    assert discovered.title
    assert discovered.faults == ()


def test_titles_and_times() -> None:
    """A card that is one link gives its heading as the title and its time as the date."""
    discovered = section(
        (LAYOUTS[0].parent / "cards.html").read_text(encoding="utf-8"), "https://mag.cards.example/stories"
    )
    assert [(entry.title, entry.published) for entry in discovered.entries][:2] == [
        ("Tidewater", "2026-11-18"),
        ("The last signal box", "2026-11-15"),
    ]
    assert discovered.further == ("https://mag.cards.example/stories?page=2",)


def test_time_is_that_of_its_own_link() -> None:
    """The time in front of a headline belongs to it, not to the one before, and one between two to neither."""
    rows = "".join(
        f'<div><time datetime="2026-11-{day}"></time><h2><a href="/a/a-story-of-the-{day}th">A story</a></h2></div>'
        for day in (11, 12, 13)
    )
    discovered = section(f"<html><body>{rows}<time datetime='2026-11-20'></time></body></html>")
    assert [entry.published for entry in discovered.entries] == ["2026-11-11", "2026-11-12", "2026-11-13"]


def test_demo_front_page_and_sections() -> None:
    """The front page of the sample newspaper gives every story, its sections theirs, and neither gives a section."""
    stories = list(newspaper.stories())
    assert urls(section(newspaper.listing_page(newspaper.NAME, stories))) == [SITE + story.path for story in stories]
    for slug, name in newspaper.SECTIONS.items():
        chosen = [story for story in stories if story.section == slug]
        discovered = section(newspaper.listing_page(name, chosen), f"{SITE}/{slug}")
        assert urls(discovered) == [SITE + story.path for story in chosen]


NO_ARTICLES = {
    "an error page": "<html><body><h1>Not found</h1><p>Try <a href='/'>the front page</a>.</p></body></html>",
    "a login page": "<html><body><h1>Log in</h1><a href='/forgotten-password'>Forgotten your password?</a>",
    "an article": f"<html><body><article><h1>Story</h1><p>{SENTENCE}<a href='/why-we-wrote-this'>why we wrote this</a>"
    f"{SENTENCE}</p></article></body></html>",
    "hidden": "<html><body><div hidden><h2><a href='/2026/11/20/a-story-that-is-hidden'>A story that is hidden</a></h2>"
    "</div><template><h2><a href='/2026/11/20/a-template-for-stories'>A template for stories</a></h2></template>",
    "other sites": "<html><body><h2><a href='https://news.other.example/2026/11/20/their-own-story-of-today'>Their own"
    " story of today</a></h2></body></html>",
    "files": "<html><body><h2><a href='/2026/11/20/the-whole-report.pdf'>The whole report, to print</a></h2>",
    "no links": "<html><body><p>Nothing.</p></body></html>",
}


@pytest.mark.parametrize("body", NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_no_articles(body: str) -> None:
    """A page without links to articles gives none and says so, which is no fault."""
    discovered = section(body)
    assert (discovered.entries, discovered.faults) == ((), ())
    assert discovered.barren
    assert "looks like that of an article" in discovered.barren


@pytest.mark.parametrize("end", ["<h2><a href='/2026/11/20/the-mill-is", "<h2><a href='/2026/11/20/the-mill-is' class"])
def test_address_that_the_page_breaks_off_in(end: str) -> None:
    """A link that a page breaks off in is none."""
    whole = "<html><body><h2><a href='/2026/11/20/rowers-win-on-the-lake'>Rowers win on the lake</a></h2>"
    assert urls(section(whole + end)) == [f"{SITE}/2026/11/20/rowers-win-on-the-lake"]


def test_words_of_pictures_are_no_title() -> None:
    """What a drawing within a link is called is not part of the title."""
    link = "<a href='/2026/11/20/mill-is-sold'><svg><title>Arrow</title></svg><style>a {}</style>The mill is sold</a>"
    (entry,) = section(f"<html><body><h2>{link}</h2></body></html>").entries
    assert entry.title == "The mill is sold"


def test_subdomains_are_the_same_site() -> None:
    """A story on another host of the same registered name is one of the site's; on a public suffix it is not."""
    link = "<h2><a href='https://{}/2026/11/20/rowers-win-on-the-lake'>Rowers win on the lake again</a></h2>"
    assert urls(section(link.format("sport.lantern.co.uk"), "https://www.lantern.co.uk/"))
    assert not urls(section(link.format("other.co.uk"), "https://www.lantern.co.uk/"))
    assert not urls(section(link.format("other.github.io"), "https://lantern.github.io/"))


def test_base_and_fragment() -> None:
    """Links start from the page's base, and those that differ in their fragment are one."""
    body = (
        "<html><head><base href='/news/'></head><body><h2><a href='2026/11/20/rowers-win-on-the-lake#top'>Rowers win "
        "on the lake</a></h2><a href='2026/11/20/rowers-win-on-the-lake#comments'>12 comments</a></body></html>"
    )
    (entry,) = section(body).entries
    assert (entry.url, entry.title) == (f"{SITE}/news/2026/11/20/rowers-win-on-the-lake", "Rowers win on the lake")


@pytest.mark.parametrize(
    ("path", "words", "date", "identifier", "lists"),
    [
        ("/politics/2026/11/20/mayor-steps-down", 3, True, False, False),
        ("/2026/nov-20-mayor", 2, False, False, False),
        ("/news/20261120-mayor.html", 1, True, True, False),
        ("/region/feuerwehr-rettet-kuh-art8812001", 4, False, True, False),
        ("/articles/ASQ7M5WZT.html", 0, False, True, False),
        ("/n/10582231", 0, False, True, False),
        ("/noticia.php?id=20817", 0, False, True, False),
        ("/seccion.php?pag=2", 0, False, False, False),
        ("/tag/town-council", 2, False, False, True),
        ("/about-us", 2, False, False, True),
        ("/politics", 0, False, False, False),
        ("/2026", 0, False, False, True),
        ("/2026/11/", 0, True, False, True),
        ("/index.html", 0, False, False, False),
        ("/%E6%B8%AF%E3%81%AE%E6%96%B0%E3%81%97%E3%81%84%E6%A9%8B%E3%81%8C%E9%96%8B%E9%80%9A", 3, False, False, False),
    ],
)
def test_shape(path: str, words: int, date: bool, identifier: bool, lists: bool) -> None:  # noqa: FBT001 - a table's columns
    """A path shows how many words its slug has, and whether it holds a date, a number, or the name of a list."""
    shape = shape_of(SITE + path)
    assert (shape.slug_words, shape.date, shape.identifier, shape.lists) == (words, date, identifier, lists)


def test_alike_paths_have_one_pattern() -> None:
    """Paths that differ only in what tells one article from another are of one shape; other paths are not."""
    one = shape_of(f"{SITE}/politics/2026/11/20/mayor-steps-down-4712.html").pattern
    assert shape_of(f"{SITE}/sport/2025/01/02/rowers-win-the-cup-17.html").pattern == one
    assert shape_of(f"{SITE}/sport/2025/01/02").pattern != one


def test_flood_of_links_is_bounded() -> None:
    """Of a page with more links than any reader could follow the first are looked at."""
    links = "".join(
        f"<h2><a href='/2026/11/20/story-number-{number}'>A story with a number</a></h2>" for number in range(6_000)
    )
    discovered = section(f"<html><body>{links}</body></html>")
    assert len(discovered.entries) == 5_000
    deep = "<div>" * 3_000 + "<h2><a href='/2026/11/20/story-number-one'>A story far down</a></h2>"
    assert not any("failed" in fault for fault in section(deep).faults)
