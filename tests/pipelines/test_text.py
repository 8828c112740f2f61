"""The body of an article: found whatever holds it, compared where it is little, and the page's tree left alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from lxml.html import html_parser

from pipelines import text
from pipelines.document import Document
from pipelines.options import ProcessOptions
from tests.pipelines.documents import PROSE, SENTENCE, document_of, page_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def body(markup: str, options: ProcessOptions | None = None) -> _Element | None:
    """Return the body that is found in a page."""
    document = Document(page_of(markup), options or ProcessOptions())
    assert document.tree is not None
    return text.body_of(document.tree, document)


def words(markup: str, options: ProcessOptions | None = None) -> str:
    """Return the words of the body that is found in a page, on one line; '' without one."""
    found = body(markup, options)
    return "" if found is None else " ".join(" ".join(map(str, found.itertext())).split())


def page(inside: str) -> str:
    """Return a page with this body."""
    return f"<html><head><title>Bakers</title></head><body>{inside}</body></html>"


NAV = "<nav><ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul></nav>"
FOOT = "<footer><p>Printed by the Lantern Press, Upper Town, at the old mill.</p></footer>"
HOLDERS = (
    "<article>{}</article>",
    "<main>{}</main>",
    "<div class=entry-content>{}</div>",
    "<div id=story-body>{}</div>",
    "<section class='article__content'>{}</section>",
    "<div itemprop=articleBody>{}</div>",
    "<div>{}</div>",
)


@pytest.mark.parametrize("holder", HOLDERS)
def test_article_is_found(holder: str) -> None:
    """Whatever element holds an article, every paragraph is in its body, and menu and footer are not."""
    found = words(page(NAV + holder.format(PROSE) + FOOT))
    assert [number for number in range(1, 21) if f"{number}. The baker" not in found] == []
    assert "Sport" not in found
    assert "Lantern Press" not in found


def test_elements() -> None:
    """Headings, lists, quotations, tables and code have elements of their own; links and emphasis have none."""
    found = body(
        page(
            f"<article><h2>Bread</h2>{PROSE}<p>See <a href=/x>the shop</a>, <b>early</b>. {SENTENCE}</p>"
            f"<ul><li>Rye bread, one kilogram</li><li>Oat bread</li></ul><blockquote><p>{SENTENCE}</p></blockquote>"
            f"<table><tr><th>Bread</th><th>Price</th></tr><tr><td>Rye</td><td>4</td></tr></table>"
            f"<pre>def bake():\n    return 1\n</pre>{PROSE}</article>"
        )
    )
    assert found is not None
    tags = {str(element.tag) for element in found.iter()}
    assert {"body", "head", "p", "list", "item", "quote", "table", "row", "cell", "code"} <= tags
    assert not {"ref", "hi", "graphic", "div", "span", "ul", "li", "a", "b"} & tags
    assert "See the shop, early." in "".join(map(str, found.itertext()))


def test_comments_are_left_out() -> None:
    """Readers' comments and images are no part of the body."""
    comments = "<div id=comments class=comments><p>I do not believe a word of it, says a reader of the paper.</p></div>"
    found = body(page(f"<article>{PROSE}<img src=/mill.jpg alt='The mill'></article>{comments}"))
    assert found is not None
    assert "says a reader" not in "".join(map(str, found.itertext()))
    assert found.find(".//graphic") is None


@pytest.mark.parametrize("length", [1, 2, 5])
def test_short_text_is_found(length: int) -> None:
    """A text of a few sentences is found too, with the help of a second opinion."""
    told = f"<p>{SENTENCE * length}</p><p>{SENTENCE.replace('baker', 'miller') * length}</p>"
    found = words(page(f"{NAV}<article><h1>Bakers</h1>{told}</article>{FOOT}"))
    assert found.count("The baker of the upper town") == length
    assert found.count("The miller of the upper town") == length


def test_second_opinion() -> None:
    """A second opinion is asked for below the length that the options name, or where little of the page was found."""
    inside = f"<article><p>{SENTENCE * 4}</p></article><div>{PROSE.replace('baker', 'miller')}</div>"
    assert words(page(inside)).count("miller") > 20
    whole = page(f"<article>{PROSE}</article>")
    assert words(whole, ProcessOptions(full_compare_below=0)) == words(whole, ProcessOptions(full_compare_below=10**6))


NOTHING = ["", "<p></p>", "<script>var x = 1</script>", "<img src=/x.png>"]


@pytest.mark.parametrize("inside", NOTHING)
def test_no_article(inside: str) -> None:
    """A page that says nothing has no words in its body, or no body at all."""
    assert words(page(inside)) == ""


@pytest.mark.parametrize("inside", [f"<article>{PROSE}</article>", f"<div>{SENTENCE}<br>{SENTENCE}</div>", NAV])
def test_tree_is_left_alone(inside: str) -> None:
    """The tree that is extracted from is the same afterwards, for those that look at it next."""
    document = document_of(page(inside))
    assert document.tree is not None
    before = etree.tostring(document.tree)
    text.body_of(document.tree, document)
    assert etree.tostring(document.tree) == before


def test_what_is_left_of_a_tree() -> None:
    """The body is that of the tree that is given, whatever else the document has."""
    document = document_of(page(f"<article>{PROSE}<p>Last. {SENTENCE}</p></article>"))
    rest = document_of(page(f"<article>{PROSE}</article>")).tree
    assert rest is not None
    found = text.body_of(rest, document)
    assert found is not None
    assert "Last." not in "".join(map(str, found.itertext()))


def test_tree_without_a_body() -> None:
    """A tree that has no body element has no article."""
    found = text.body_of(html_parser.makeelement("html"), document_of(page(PROSE)))
    assert found is None


def test_same_twice() -> None:
    """The same tree has the same body every time."""
    document = document_of(page(f"<article>{PROSE}</article>"))
    assert document.tree is not None
    first, second = (text.body_of(document.tree, document) for _ in range(2))
    assert first is not None
    assert second is not None
    assert etree.tostring(first) == etree.tostring(second)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The extractor keeps no log of its own: what it could not do is for the fault of a page."""
    with caplog.at_level(logging.DEBUG):
        words(page("<p>x</p>"))
    assert [record.name for record in caplog.records if record.name.startswith("trafilatura")] == []
