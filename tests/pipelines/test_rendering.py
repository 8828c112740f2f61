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
    from collections.abc import Iterator

    from archive.model import Article

SITE = "https://www.lantern.example"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


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


def said(text: str) -> str:
    """Return all that a text says: its characters without spaces, dashes and bars, which mark items and cells in it."""
    return re.sub(r"[\s|-]+", "", text)


def seen(markdown: str) -> str:
    """Return all that a reader of Markdown sees, by another's parser, as `said` has it: no marks, no addresses."""
    parts = []
    for token in MARKDOWN.parse(markdown):
        if token.type == "fence":
            parts.append(token.content)
        elif token.type == "inline":
            children = token.children or []
            parts.extend(child.content for child in children)
            assert all(child.type not in ("html_inline", "image") for child in children), markdown
        assert token.type not in ("html_block", "code_block", "hr"), markdown
    return said("".join(parts))


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
    ("see <a href='/x'>C:\\[x]\\</a>", "see C:\\[x]\\", rf"see [C:\\\[x\]\\]({SITE}/x)"),
    (r"C:\new \* \\", r"C:\new \* \\", r"C:\new \\\* \\\\"),
    ("&amp;lt; &amp; R&amp;D;", "&lt; & R&D;", r"\&lt; & R\&D;"),
    ("Look!<a href='/x'>it</a>", "Look!it", rf"Look\![it]({SITE}/x)"),
    ("see <a href='/x_(y)'>it</a>", "see it", f"see [it](<{SITE}/x_(y)>)"),
    ("see <a href='/x y'>it</a>", "see it", f"see [it](<{SITE}/x y>)"),
    ("see <a href='/?a&amp;amp;b'>it</a>", "see it", rf"see [it]({SITE}/?a\&amp;b)"),
    ("--- -", "--- -", r"\--- -"),
    ("2) no item", "2) no item", r"2\) no item"),
    ("3.5 % of +", "3.5 % of +", "3.5 % of +"),
    ("朝の<a href='/x'>パン</a>屋", "朝のパン屋", f"朝の[パン]({SITE}/x)屋"),
    ("朝の<b>「パン」</b>屋", "朝の「パン」屋", "朝の「**パン**」屋"),
    ("no<b>(t)e</b>s: <i>“a”</i>", "no(t)es: “a”", "no(**t)e**s: *“a”*"),
    ("See<i>.</i>It", "See.It", "See.It"),
    ("<b>He</b> <b>said</b>", "He said", "**He said**"),
    ("<b>He</b><i>said</i>", "Hesaid", "**He**said"),
    ("<b>He <i>said</i> no</b>", "He said no", "**He said no**"),
    ("<b>He <a href='/x'>said</a></b>", "He said", f"He [said]({SITE}/x)"),
    ("<b><a name='x'>He</a></b> said", "He said", "**He** said"),
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
    ("<h2># C #</h2><h2>C#</h2><h2>##</h2>", "# C #\nC#\n##", "## # C \\#\n\n## C#\n\n## \\##"),
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
    (
        "<list rend='ol'><item>one<list rend='ol'><item>half</item></list>or so</item><item>two</item></list>",
        "- one\n- half\n- or so\n- two",
        "1. one\n   1. half\n\n   or so\n2. two",
    ),
    (
        "<list><item>one</item></list><list><item>two</item></list><p>three</p>",
        "- one\n- two\nthree",
        "- one\n- two\n\nthree",
    ),
    (
        "<list><item><p>one</p><p>more</p></item><item>two<lb/>more</item></list>",
        "one\nmore\n- two\n- more",
        "- one\n\n  more\n- two\n\n  more",
    ),
    (
        "<list><item><list><item>one<lb/>more</item><item>two</item></list></item></list>",
        "- one\n- more\n- two",
        "- one\n\n  more\n- two",
    ),
    (
        "<list><item>one<list rend='ol'><item>a</item>and<item>b</item></list></item></list>",
        "- one\n- a\nand\n- b",
        "- one\n  1. a\n\n  and\n\n  2. b",
    ),
    ("<list><item>one<quote>two</quote></item></list>", "- one\ntwo", "- one\n\n  > two"),
    ("<head>one<lb/>two</head><head rend='h3'>three</head>", "one\ntwo\nthree", "## one two\n\n### three"),
    ("<code>x = 1\n    y = *2*</code>", "x = 1\n    y = *2*", "```\nx = 1\n    y = *2*\n```"),
    ("<code>x = `1`<lb/>```</code>", "x = `1`\n```", "````\nx = `1`\n```\n````"),
    ("<list><item>so<code>x\n\n y</code></item></list>", "- sox y", "- so`x y`"),
    ("<p>use <code>a*b</code>, <code>`c</code></p>", "use a*b, `c", "use `a*b`, `` `c ``"),
    ("<p><code>a</code><code>b</code> <code>c</code>`d</p>", "ab c`d", "`ab` `c`\\`d"),
    ("<quote><p>so</p><list><item><p><code>x</code></p></item></list></quote>", "so\nx", "> so\n>\n> - `x`"),
    (
        "<p>a <hi rend='#b'>b <hi rend='#i'>c</hi></hi><del>d</del> <hi rend='#t'>e</hi> <hi rend='#x'>f</hi></p>",
        "a b cd e f",
        "a **b c**d `e` f",
    ),
    (
        "<table><row><cell role='head'>a</cell><cell>b</cell></row><row><cell>1</cell><cell>2</cell></row></table>",
        "| a | b |\n| 1 | 2 |",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    ("<table><row><cell>a<lb/>b</cell><cell>c</cell></row></table>", "| a b | c |", "| a b | c |"),
    (
        "<table><row><cell>a|b</cell><cell/></row><row><cell>1</cell><cell>2</cell><cell>3</cell></row></table>",
        "| a|b |\n| 1 | 2 | 3 |",
        "|  |  |  |\n|---|---|---|\n| a\\|b |  |\n| 1 | 2 | 3 |",
    ),
    (
        "<table><row><cell role='head'>a</cell></row><row><cell>1</cell><cell>2</cell></row></table>",
        "| a |\n| 1 | 2 |",
        "| a |  |\n|---|---|\n| 1 | 2 |",
    ),
    (
        "<table>so<row><cell>a<table><row><cell>b</cell></row></table>c</cell><cell>d</cell></row></table>",
        "so\n| a |\n| b |\n| c | d |",
        "so\n\n| a b c | d |",
    ),
    ("<quote><p>one</p><p>two</p></quote>", "one\ntwo", "> one\n>\n> two"),
    ("<quote>one</quote><quote>two</quote>", "one\ntwo", "> one\n\n> two"),
    ("", "", ""),
]


@pytest.mark.parametrize(("body", "text", "markdown"), BODIES)
def test_bodies(body: str, text: str, markdown: str) -> None:
    """Nested lists, numbered ones, code, tables and quotations of paragraphs keep their shape."""
    found = rendered_body(body)
    assert (found.text, found.markdown) == (text, markdown)
    assert seen(found.markdown) == said(found.text)


Part = tuple[str, list[tuple[tuple[str, ...], str]]]
"""A part of a body: its markup, and its lines, each with the quotations and lists around it and what it says."""

_LIKE_MARKS = st.sampled_from(["a", "- b", "1. c", "2) d", "# e", "+ f", "---", "===", "```", "| g |", ":-- | --"])


def _within(around: str, parts: list[Part]) -> Part:
    """Return the parts in one quotation or item."""
    lines = [((around, *path), said(text)) for _, inside in parts for path, text in inside]
    return "".join(markup for markup, _ in parts), lines


def _paragraph(text: str) -> Part:
    return f"<p>{text}</p>", [((), text)]


def _quote(parts: list[Part]) -> Part:
    markup, lines = _within("quote", parts)
    return f"<quote>{markup}</quote>", lines


def _list(kind: str, items: list[tuple[str, list[Part]]]) -> Part:
    within = [_within(kind, [(text, [((), text)]), *parts]) for text, parts in items]
    markup = "".join(f"<item>{markup}</item>" for markup, _ in within)
    return f"<list rend='{kind}'>{markup}</list>", [line for _, lines in within for line in lines]


def _row(cells: list[str]) -> Part:
    row = "".join(f"<cell>{text}</cell>" for text in cells)
    return f"<table><row>{row}</row><row>{row}</row></table>", [((), text) for text in cells * 2]


_PARTS = st.recursive(
    _LIKE_MARKS.map(_paragraph)
    | st.sampled_from(["x", "x\n\n- y", "  ```\n# z"]).map(
        lambda code: (f"<div><code>{code}</code></div>", [((), code)])
    )
    | st.lists(_LIKE_MARKS, min_size=1, max_size=3).map(_row),
    lambda part: (
        st.lists(part, min_size=1, max_size=3).map(_quote)
        | st.builds(
            _list,
            st.sampled_from(["ul", "ol"]),
            st.lists(st.tuples(_LIKE_MARKS, st.lists(part, max_size=2)), min_size=1, max_size=3),
        )
    ),
    max_leaves=8,
)

MARKS = {"blockquote_open": "quote", "bullet_list_open": "ul", "ordered_list_open": "ol"}


def lines_seen(markdown: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what each line says that a reader of Markdown sees, with the quotations and lists around it."""
    around: list[str] = []
    for token in MARKDOWN.parse(markdown):
        if token.type in MARKS:
            around.append(MARKS[token.type])
        elif token.type.replace("_close", "_open") in MARKS:
            around.pop()
        elif token.type == "fence":
            yield tuple(around), said(token.content)
        elif token.type == "inline" and token.content:
            yield tuple(around), said("".join(child.content for child in token.children or []))


@settings(max_examples=300, deadline=None)
@given(st.lists(_PARTS, max_size=4))
def test_any_structure_is_read(parts: list[Part]) -> None:
    """However quotations, lists, tables and code are within each other, a reader of Markdown sees each line there."""
    found = rendered_body("".join(markup for markup, _ in parts))
    assert list(lines_seen(found.markdown)) == [(path, said(text)) for _, lines in parts for path, text in lines]


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


_SIGNS = [*"abcé港パ7 .,:;!?*_#[]()`~>|+-$=\"'&\\", "&lt;"]
_WORDS = st.lists(st.sampled_from(_SIGNS), min_size=1, max_size=12).map("".join)
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
    """Whatever a page has, a reader of its Markdown sees the characters of its text, in their order."""
    found = rendered(page)
    assert seen(found.markdown) == said(found.text)


@settings(max_examples=60, deadline=None)
@given(_PAGE)
def test_any_article_says_the_same_words(page: str) -> None:
    """Whatever stands between the paragraphs of an article, a reader of its Markdown sees what its text says."""
    found = article(page)
    assert seen(found.markdown) == said(found.text)
