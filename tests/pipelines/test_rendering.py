"""Rendering: text and Markdown say the same words, and Markdown has the page's links and emphasis at their places."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import fromstring
from markdown_it import MarkdownIt

from pipelines.flow import process
from pipelines.rendering import Rendered, render
from pipelines.second_look.draft import Draft
from tests.pipelines.documents import PROSE, SENTENCE, document_of, page_of
from tests.pipelines.drafts import draft_of

if TYPE_CHECKING:
    from archive.model import Article

SITE = "https://www.lantern.example"
MARKDOWN = MarkdownIt("commonmark").enable("table")


def rendered(page: str) -> Rendered:
    """Return the renderings of a page with this body, all of which is in the text."""
    return render(draft_of(page), document_of("<p>x</p>").absolute)


def rendered_body(body: str) -> Rendered:
    """Return the renderings of a body as the extractor makes it, without a page."""
    return render(Draft(fromstring(f"<body>{body}</body>")), document_of("<p>x</p>").absolute)


def article(body: str) -> Article:
    """Return the article of a page that has this between its paragraphs."""
    page = f"<html><head><title>Bakers</title></head><body><article>{PROSE}{body}{PROSE}</article></body></html>"
    found = process(page_of(page)).article
    assert found is not None
    return found


def letters_of(text: str) -> str:
    """Return the letters and figures of a text: Markdown has no way to emphasize some parts of words."""
    return re.sub(r"[\W_]+", "", text)


def letters_of_markdown(markdown: str) -> str:
    """Return the letters that a reader of Markdown sees, by another's parser: no marks, no addresses."""
    seen = []
    for token in MARKDOWN.parse(markdown):
        if token.type in ("fence", "code_block"):
            seen.append(token.content)
        elif token.type == "inline":
            children = token.children or []
            seen.append("".join("\n" if child.type == "softbreak" else child.content for child in children))
            assert all(child.type != "html_inline" for child in children), markdown
        assert token.type != "html_block", markdown
    return letters_of("\n".join(seen))


SPANS = [
    ("He is <b>early</b>.", "He is early.", "He is **early**."),
    ("He is <strong>early</strong>.", "He is early.", "He is **early**."),
    ("He is <em>early</em>, <i>too</i>.", "He is early, too.", "He is *early*, *too*."),
    ("See <a href='/shop'>his shop</a>.", "See his shop.", f"See [his shop]({SITE}/shop)."),
    ("See <a href='shop'>his shop</a>.", "See his shop.", f"See [his shop]({SITE}/news/shop)."),
    ("See <a href='//b.example/'>b</a>.", "See b.", "See [b](https://b.example/)."),
    ("See <a href='https://b.example/?a=1&amp;b=2'>b</a>.", "See b.", "See [b](https://b.example/?a=1&b=2)."),
    ("<a href='/a'>One</a> and <a href='/b'>two</a>", "One and two", f"[One]({SITE}/a) and [two]({SITE}/b)"),
    ("<a href='/a'>All of it</a>", "All of it", f"[All of it]({SITE}/a)"),
    ("See <a href='javascript:go()'>this</a>.", "See this.", "See this."),
    ("See <a href='mailto:a@b.example'>me</a>.", "See me.", "See me."),
    ("See <a name='x'>this</a>.", "See this.", "See this."),
    ("A<a href='/b'>b</a>c", "Abc", f"A[b]({SITE}/b)c"),
    ("in wo<b>rd</b>s", "in words", "in wo**rd**s"),
    ("so <b> early </b> up", "so early up", "so **early** up"),
    ("so <a href='/a'>\n early\n </a> up", "so early up", f"so [early]({SITE}/a) up"),
    ("<b>Early:</b> he rises", "Early: he rises", "**Early:** he rises"),
    ("he <b></b>rises", "he rises", "he rises"),
    ("5 * 3 * 2", "5 * 3 * 2", r"5 \* 3 \* 2"),
    ("a_b and *stars*", "a_b and *stars*", r"a\_b and \*stars\*"),
    ("[sic] and `tick`", "[sic] and `tick`", r"\[sic\] and \`tick\`"),
    ("# no heading", "# no heading", r"\# no heading"),
    ("- no item", "- no item", r"\- no item"),
    ("1. no item", "1. no item", r"1\. no item"),
    ("&gt; no quote", "> no quote", r"\> no quote"),
    ("see <a href='/x'>[sic] it</a>", "see [sic] it", rf"see [\[sic\] it]({SITE}/x)"),
    ("朝の<a href='/x'>パン</a>屋", "朝のパン屋", f"朝の[パン]({SITE}/x)屋"),
]


@pytest.mark.parametrize(("markup", "text", "markdown"), SPANS)
def test_spans(markup: str, text: str, markdown: str) -> None:
    """Links and emphasis are marks in the Markdown, with absolute addresses, and nothing but words in the text."""
    found = rendered(f"<p>{markup}</p>")
    assert (found.text, found.markdown) == (text, markdown)


def test_links() -> None:
    """The addresses of links are listed once each, in the order of the text."""
    found = rendered("<p><a href='/b'>b</a></p><p><a href='/a'>a</a> <a href='/b'>b</a> <a href='ftp://x/'>x</a></p>")
    assert found.links == (f"{SITE}/b", f"{SITE}/a")


LINES = [
    ("<h2>Bread</h2><p>Rye.</p>", "Bread\nRye.", "## Bread\n\nRye."),
    ("<h3>On <b>rye</b> <a href=/a>bread</a></h3>", "On rye bread", f"### On rye [bread]({SITE}/a)"),
    ("<p>one<br>two</p>", "one\ntwo", "one\n\ntwo"),
    ("<ul><li>one <b>item</b><li>two</ul>", "- one item\n- two", "- one **item**\n- two"),
    ("<blockquote>He said <i>no</i>.</blockquote>", "He said no.", "> He said *no*."),
    (
        "<table><tr><td>Rye</td><td><b>1</b> kg</td></tr></table>",
        "| Rye | 1 kg |",
        "| Rye | **1** kg |",
    ),
]


@pytest.mark.parametrize(("page", "text", "markdown"), LINES)
def test_lines(page: str, text: str, markdown: str) -> None:
    """Headings, items, quotations and cells have their marks in the Markdown, items and cells in the text too."""
    found = rendered(page)
    assert (found.text, found.markdown) == (text, markdown)


BODIES = [
    (
        "<list rend='ul'><item>one<list rend='ul'><item>one and a half</item></list></item><item>two</item></list>",
        "- one\n- one and a half\n- two",
        "- one\n  - one and a half\n- two",
    ),
    ("<list rend='ol'><item>one</item><item>two</item></list>", "- one\n- two", "1. one\n2. two"),
    ("<code>x = 1\n    y = *2*</code>", "x = 1\n    y = *2*", "```\nx = 1\n    y = *2*\n```"),
    (
        "<table><row><cell role='head'>a</cell><cell>b</cell></row><row><cell>1</cell><cell>2</cell></row></table>",
        "| a | b |\n| 1 | 2 |",
        "| a | b | \n|---|---|\n| 1 | 2 |",
    ),
    ("<table><row><cell>a<lb/>b</cell><cell>c</cell></row></table>", "| a b | c |", "| a b | c |"),
    ("<quote><p>one</p><p>two</p></quote>", "one\ntwo", "> one\n> two"),
    ("", "", ""),
]


@pytest.mark.parametrize(("body", "text", "markdown"), BODIES)
def test_bodies(body: str, text: str, markdown: str) -> None:
    """Nested lists, numbered ones, code, tables and quotations of paragraphs keep their shape."""
    found = rendered_body(body)
    assert found.text == text
    assert re.sub(r"\n+", "\n", found.markdown) == markdown


def test_composed() -> None:
    """Letters are composed in both renderings (Unicode NFC), whatever the page has."""
    found = rendered("<p>caf\u0065\u0301 au <b>l\u0061\u0300</b></p>")
    assert found == Rendered("café au là", "café au **là**", ())
    assert unicodedata.is_normalized("NFC", found.text + found.markdown)


def test_through_the_front_door() -> None:
    """The article of a page has its links and emphasis in the Markdown, and the same words in the text."""
    found = article(f"<p>He is <b>early</b> in <a href='/shop'>his shop</a>. {SENTENCE}</p>")
    assert f"He is early in his shop. {SENTENCE.strip()}" in found.text
    assert f"He is **early** in [his shop]({SITE}/shop). {SENTENCE.strip()}" in found.markdown
    assert found.links == (f"{SITE}/shop",)


_WORDS = st.text(st.sampled_from("abcé港パ7 .,:;!?*_#[]()`~>|+-$=\"'&"), min_size=1, max_size=12)
_TEXT = _WORDS.map(lambda text: text.replace("&", "&amp;").replace(">", "&gt;"))
_INLINE = st.one_of(
    _TEXT,
    st.tuples(
        st.sampled_from(["b", "strong", "i", "em", "span", "a href='/x'", "a href='//y(z).example/ 1'"]), _TEXT
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
)
_LINE = st.lists(_INLINE, min_size=1, max_size=4).map("".join)
_CELLS = st.tuples(_INLINE, _INLINE).map(lambda pair: f"<table><tr><td>{pair[0]}</td><td>{pair[1]}</td></tr></table>")
_PAGE = st.lists(
    _CELLS
    | st.tuples(
        st.sampled_from(
            [
                *("<p>{}</p>", "<h2>{}</h2>", "<h3>{}</h3>", "<blockquote>{}</blockquote>", "<div>{}</div>"),
                *("<ul><li>{}</li><li>next</li></ul>", "<p>first<br>{}</p>", "<blockquote><p>{}</p></blockquote>"),
            ]
        ),
        _LINE,
    ).map(lambda pair: pair[0].format(pair[1])),
    max_size=5,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(_PAGE)
def test_any_page_says_the_same_words(page: str) -> None:
    """Whatever a page has, a reader of its Markdown sees the letters of its text, in their order."""
    found = rendered(page)
    assert letters_of_markdown(found.markdown) == letters_of(found.text)


@settings(max_examples=60, deadline=None)
@given(_PAGE)
def test_any_article_says_the_same_words(page: str) -> None:
    """Whatever stands between the paragraphs of an article, a reader of its Markdown sees the letters of its text."""
    found = article(page)
    assert letters_of_markdown(found.markdown) == letters_of(found.text)
