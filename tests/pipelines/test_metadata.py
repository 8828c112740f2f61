"""Authors, tags, pictures, section, access and the rest: from the head where it speaks, else from the page."""

from __future__ import annotations

import json

import pytest

from pipelines.byline import bylines
from pipelines.metadata import Metadata, metadata_of
from pipelines.people import MOST
from tests.pipelines.documents import PROSE, document_of

ORIGIN = "https://www.lantern.example"


def known(head: str = "", body: str = PROSE) -> Metadata:
    """Return what is known of a page."""
    return metadata_of(document_of(f"<html><head>{head}</head><body>{body}</body></html>"))


def data(**fields: object) -> str:
    """Return a script element with the JSON-LD of an article."""
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "h", **fields})}</script>'
    )


def trail(*names: str) -> str:
    """Return a script element with the JSON-LD of breadcrumbs."""
    steps = [{"@type": "ListItem", "position": place, "item": {"name": name}} for place, name in enumerate(names, 1)]
    found = {"@type": "BreadcrumbList", "itemListElement": steps}
    return f'<script type="application/ld+json">{json.dumps(found)}</script>'


ADA, BOTH = ("Ada Brand",), ("Ada Brand", "Ole Vik")
AUTHORS = [
    (data(author={"@type": "Person", "name": "Ada Brand"}), "", ("Ada Brand",)),
    (data(author=["Ada Brand", {"name": "Ole Vik"}]), "", ("Ada Brand", "Ole Vik")),
    (data(author="By Ada Brand and Ole Vik"), "", ("Ada Brand", "Ole Vik")),
    (data(author={"@type": "Organization", "name": "The Lantern"}), "<p class=byline>By Ada Brand</p>", ("Ada Brand",)),
    (data(author={"@type": "Person", "name": "https://lantern.example/ada"}), "", ()),
    ("<meta name=author content='Ada Brand'>", "", ("Ada Brand",)),
    ("<meta name=author content=admin>", "<a rel=author>Ada Brand</a>", ("Ada Brand",)),
    ("<meta property=og:site_name content='Upper Town'><meta name=author content='Upper Town'>", "", ()),
    (
        data(author={"@type": "Person", "name": "Ada Brand"}, publisher={"@type": "Person", "name": "Ada Brand"}),
        "",
        ADA,
    ),
    (data(author={"@type": ["Person", "Organization"], "name": "Ada Brand"}), "", ADA),
    (data(author={"@type": "Person", "name": "Redaktion"}), "<p class=byline>Von Ada Brand</p>", ADA),
    (data(author={"@type": "Organization", "name": "dpa"}), "", ()),
    (data(creator="Ada Brand"), "", ADA),
    ("<meta name=citation_author content='Brand, Ada'><meta name=citation_author content='Vik, Ole'>", "", BOTH),
    ("<meta name=author content=ada>", "", ("ada",)),
    ("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Brand'>", "", ADA),
    ("<meta name=twitter:label2 content='Verfasst von'><meta name=twitter:data2 content='Ada Brand'>", "", ADA),
    ("<meta name=twitter:label1 content='Reading time'><meta name=twitter:data1 content='Ten Minutes'>", "", ()),
    ("<meta name=author content='https://lantern.example/ada'>", "", ()),
    ("", "<h1>Bread</h1><p>By Ada Brand</p>", ADA),
    ("", "<h1>Bread</h1><p>By the sea</p>", ()),
    ("", "<p class=authors><a class=author>Ada Brand</a> <a class=author>Ole Vik</a></p>", BOTH),
    ("", "<i class=byline>Redaktion</i><div><div><p><i class=byline>Ada Brand</i></p></div></div>", ()),
    ("", "<div class='meta'><span class='author-name'>Ada Brand</span></div>", ("Ada Brand",)),
    ("", "<div class='content-sidebar-wrap'><i class=author>Ada Brand</i></div>", ADA),
    ("", "<p><a href=/autoren/ada-brand>Ada Brand</a> <a href=/authors/>All authors</a></p>", ADA),
    ("", "<aside><a href=/author/ole-vik>Ole Vik</a></aside>", ()),
    ("", "<div class='left sidebar'><i class=author>Ole Vik</i></div>", ()),
    (
        "",
        "<div class=info><i itemprop=author>Ada Brand</i></div><div><i itemprop=keywords>Old Town</i></div>",
        ADA,
    ),
    ("", "", ()),
]


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS)
def test_authors(head: str, body: str, authors: tuple[str, ...]) -> None:
    """People are named one by one, without "by", addresses, newsrooms and the site, or nobody is."""
    assert known(head, body + PROSE).authors == authors


def test_author_by_reference() -> None:
    """An author who is a reference into the graph has the name that stands there."""
    graph = [
        {"@type": "NewsArticle", "headline": "h", "author": {"@id": "#ada"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Brand"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert known(head).authors == ("Ada Brand",)


def test_flood_of_authors_is_bounded() -> None:
    """A head with thousands of authors gives no more than the bound."""
    head = "".join(f"<meta name=author content='Ada {chr(65 + place % 26)}{place}brand'>" for place in range(3_000))
    assert len(known(head).authors) <= MOST


BYLINES = [
    ("<p class='byline'>By Ada Brand</p>", "By Ada Brand"),
    ("<div class='byline'>By Ada Brand <time>12 May</time></div>", "By Ada Brand"),
    ("<span class='author'>Ole Vik</span><a rel='author'>Ada Brand</a>", "Ole Vik"),
    ("<p class='byline'>By Ole Vik</p><span class='author-name'>Ada Brand</span>", "Ada Brand"),
    ("<div id='comments'><div id='x' class='comment-list'><b class='author'>A reader</b></div></div>", None),
    ("<figure><span class='author'>The photographer</span></figure>", None),
    (f"<div class='author'>{'long ' * 40}</div>", None),
]


@pytest.mark.parametrize(("body", "name"), BYLINES)
def test_byline(body: str, name: str | None) -> None:
    """The surest mark wins, then the first; comments, pictures and long texts are no byline."""
    tree = document_of(f"<html><body>{body}{PROSE}</body></html>").tree
    assert tree is not None
    assert next((texts[0] for texts in bylines(tree)), None) == name


def test_the_rest() -> None:
    """Site, description, tags and pictures come from the head, pictures of the article after those for sharing."""
    found = known(
        data(
            keywords="bread, mills",
            image={"url": "/ld.jpg"},
            publisher={"@type": "Organization", "name": "The Lantern"},
        )
        + "<meta name=description content=' All about\n bread '><meta name=keywords content='mills,winter'>"
        "<meta property=og:image content='/og.jpg'>",
        f"<article><img src='in.png'><img src='data:image/png;base64,x'>{PROSE}</article>",
    )
    assert found.site_name == "The Lantern"
    assert found.description == "All about bread"
    assert found.tags == ("bread", "mills", "winter")
    assert [image.rpartition("/")[2] for image in found.images] == ["og.jpg", "ld.jpg", "in.png"]


SECTIONS = [
    (data(articleSection=["Town", "News"]), "Town"),
    ("<meta property=article:section content='Town  news'>", "Town news"),
    ("<meta itemprop=articleSection content=Town>", "Town"),
    (trail("Home", "Town", "Bread"), "Town"),
    (trail("Home", "Bread"), None),
    ("", None),
]


@pytest.mark.parametrize(("head", "section"), SECTIONS)
def test_section(head: str, section: str | None) -> None:
    """The part of the newspaper is the one that is stated, or the first step of the breadcrumbs below home."""
    assert known(head).section == section


ACCESS = [
    (data(isAccessibleForFree=False), True),
    (data(isAccessibleForFree="False"), True),
    (data(isAccessibleForFree="http://schema.org/False"), True),
    (data(isAccessibleForFree=True), False),
    (data(isAccessibleForFree=True, hasPart={"@type": "WebPageElement", "isAccessibleForFree": "false"}), True),
    (data(isAccessibleForFree="perhaps"), None),
    (data(), None),
    ("<meta property=article:content_tier content=locked>", True),
    ("<meta property=article:content_tier content=free>", False),
    ("<meta itemprop=isAccessibleForFree content=false>", True),
    ("", None),
]


@pytest.mark.parametrize(("head", "paywalled"), ACCESS)
def test_paywall_flag(head: str, paywalled: bool | None) -> None:  # noqa: FBT001 - a column of the table
    """What the page says of access to it, of the whole or of a part, is kept; silence is None."""
    assert known(head).paywalled is paywalled


def test_addresses() -> None:
    """The canonical address is absolute, og:url standing in for the link; the lead image is the first but for logos."""
    assert known("<link rel=canonical href=/bread><meta property=og:url content=/x>").canonical == f"{ORIGIN}/bread"
    assert known("<meta property=og:url content=/x>").canonical == f"{ORIGIN}/x"
    assert known("<link rel=canonical href='javascript:x'>").canonical is None
    assert (
        known("<meta property=og:image content=/logo.png>", "<article><img src=/loaf.jpg>").image
        == f"{ORIGIN}/loaf.jpg"
    )
    assert known().image is None


def test_tags_that_the_page_links() -> None:
    """Where the head has no keywords, links that are marked as tags are the tags."""
    assert known("", "<a rel=tag href=/t>bread</a><a rel=tag href=/u>mills</a>").tags == ("bread", "mills")
