"""Authors, tags, pictures, site and description: from the head where it speaks, from the page where it does not."""

from __future__ import annotations

import json

import pytest

from pipelines.byline import byline
from pipelines.metadata import MOST_AUTHORS, Metadata, metadata_of
from tests.pipelines.documents import PROSE, document_of


def known(head: str = "", body: str = PROSE) -> Metadata:
    """Return what is known of a page."""
    return metadata_of(document_of(f"<html><head>{head}</head><body>{body}</body></html>"))


def data(**fields: object) -> str:
    """Return a script element with the JSON-LD of an article."""
    return (
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "h", **fields})}</script>'
    )


AUTHORS = [
    (data(author={"@type": "Person", "name": "Ada Brand"}), "", ("Ada Brand",)),
    (data(author=["Ada Brand", {"name": "Ole Vik"}]), "", ("Ada Brand", "Ole Vik")),
    (data(author="By Ada Brand and Ole Vik"), "", ("Ada Brand", "Ole Vik")),
    (data(author={"@type": "Organization", "name": "The Lantern"}), "<p class=byline>By Ada Brand</p>", ("Ada Brand",)),
    (data(author={"@type": "Person", "name": "https://lantern.example/ada"}), "", ()),
    ("<meta name=author content='Ada Brand'>", "", ("Ada Brand",)),
    ("<meta name=author content=admin>", "<a rel=author>Ada Brand</a>", ("Ada Brand",)),
    (
        "<meta property=og:site_name content='The Lantern'><meta name=author content='The Lantern'>",
        "",
        ("The Lantern",),
    ),
    ("", "<div class='meta'><span class='author-name'>Ada Brand</span></div>", ("Ada Brand",)),
    ("", "", ()),
]


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS)
def test_authors(head: str, body: str, authors: tuple[str, ...]) -> None:
    """People are named one by one, without "by", addresses and, where there are people, the site."""
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
    assert len(known(head).authors) <= MOST_AUTHORS


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
    assert byline(tree) == name


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
