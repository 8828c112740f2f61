"""A draft: the lines of a body, the blocks that say the same, and what is left when lines are taken out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import _Element, fromstring, tostring

from pipelines.second_look.draft import Draft, squeezed
from tests.pipelines.documents import document_of


def body_of(inside: str) -> _Element:
    """Return a body as the extractor makes it, with this inside."""
    return fromstring(f"<body>{inside}</body>")


def inside(body: _Element) -> str:
    """Return the markup within a body."""
    return tostring(body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


LINES = [
    ("<p>one</p><p>two</p>", [("p", "one"), ("p", "two")]),
    ("<p>one<lb/>two<lb/></p>", [("p", "one"), ("p", "two")]),
    ("<p>  much \n space </p>", [("p", "much space")]),
    ("<p>a <hi rend='#b'>b</hi>, <ref target='/x'>c</ref>.</p>", [("p", "a b, c.")]),
    ("<head rend='h2'>title</head><p>text</p>", [("head", "title"), ("p", "text")]),
    ("<list><item>a</item><item>b</item></list>", [("item", "a"), ("item", "b")]),
    (
        "<list><item>a<list><item>in a</item></list>and on</item><item>b</item></list>",
        [("item", "a"), ("item", "in a"), ("item", "and on"), ("item", "b")],
    ),
    ("<list><item><p>a</p></item></list>", [("p", "a")]),
    ("<quote>q<p>p</p></quote>", [("quote", "q"), ("p", "p")]),
    ("<table><row><cell>a</cell><cell>b<lb/>c</cell></row></table>", [("cell", "a"), ("cell", "b"), ("cell", "c")]),
    ("<code>x = 1\ny = 2</code>", [("code", "x = 1 y = 2")]),
    ("bare<p>one</p>tail<p>two</p>", [("body", "bare"), ("p", "one"), ("body", "tail"), ("p", "two")]),
    ("<p> </p><p/><list><item>\n</item></list>", []),
    ("", []),
]


@pytest.mark.parametrize(("markup", "lines"), LINES)
def test_lines(markup: str, lines: list[tuple[str, str]]) -> None:
    """A line is what stands between two breaks, on one line and with the element that holds it, in document order."""
    assert [(line.kind, line.text) for line in Draft(body_of(markup)).lines] == lines


def test_words_to_compare() -> None:
    """A line gives its words in lower case with typewriter quotes, and its weight in letters of an alphabet."""
    first, second = Draft(body_of("<p>“Bread” — He said</p><p>港の市場</p>")).lines
    assert (first.plain, first.weight) == ('"bread" - he said', 17)
    assert second.weight == 12


REMOVED = [
    ("<p>one</p><p>two</p>", ["one"], "<p>two</p>"),
    ("<p>one<lb/>two<lb/>three</p>", ["two"], "<p>one<lb/>three</p>"),
    ("<p>one<lb/>two</p>", ["two"], "<p>one</p>"),
    ("<p>one<lb/>two</p><p>three</p>", ["one", "two"], "<p>three</p>"),
    ("<list><item>a</item><item>b</item></list>", ["a"], "<list><item>b</item></list>"),
    ("<p>x</p><list><item>a</item><item>b</item></list>", ["a", "b"], "<p>x</p>"),
    ("<quote><p>a</p></quote><p>x</p>", ["a"], "<p>x</p>"),
    ("<p>x</p><quote>a</quote>tail", ["a"], "<p>x</p><quote/>tail"),
    (
        "<list><item>a<list><item>in a</item></list></item></list>",
        ["a"],
        "<list><item><list><item>in a</item></list></item></list>",
    ),
    ("<list><item>a<list><item>in a</item></list></item></list>", ["in a"], "<list><item>a</item></list>"),
    ("<p>a <hi>b</hi> c</p><p>x</p>", [], "<p>a <hi>b</hi> c</p><p>x</p>"),
]


@pytest.mark.parametrize(("markup", "gone", "left"), REMOVED)
def test_removing(markup: str, gone: list[str], left: str) -> None:
    """A line that is taken out leaves nothing but what stood beside it, and no empty element around it."""
    draft = Draft(body_of(markup))
    draft.remove([line for line in draft.lines if line.text in gone])
    assert inside(draft.body) == left
    assert [line.text for line in draft.lines] == [line.text for line in Draft(body_of(left)).lines]


_WORDS = st.text(st.sampled_from("abc é港 "), min_size=1, max_size=5)
_PARAGRAPHS = st.lists(_WORDS, min_size=1, max_size=3).map("<lb/>".join).map(lambda text: f"<p>{text}</p>")
_ITEMS = st.recursive(
    _WORDS.map(lambda text: f"<item>{text}</item>"),
    lambda within: st.tuples(_WORDS, st.lists(within, min_size=1, max_size=2)).map(
        lambda pair: f"<item>{pair[0]}<list>{''.join(pair[1])}</list></item>"
    ),
    max_leaves=4,
)
_BLOCKS = st.one_of(
    _PARAGRAPHS,
    _PARAGRAPHS.map(lambda text: f"<quote>{text}</quote>"),
    st.lists(_ITEMS, min_size=1, max_size=3).map(lambda items: f"<list>{''.join(items)}</list>"),
    _WORDS.map(lambda text: f"<head rend='h2'>{text}</head>"),
    st.tuples(_WORDS, _WORDS).map(
        lambda pair: f"<table><row><cell>{pair[0]}</cell><cell>{pair[1]}</cell></row></table>"
    ),
    st.tuples(_PARAGRAPHS, _WORDS).map("".join),
)


@settings(deadline=None)
@given(st.lists(_BLOCKS, max_size=5).map("".join), st.data())
def test_removing_any_lines(markup: str, data: st.DataObject) -> None:
    """Whichever lines are taken out of whatever body, exactly the others are left, in order and apart."""
    draft = Draft(body_of(markup))
    gone = [line for line in draft.lines if data.draw(st.booleans())]
    left = [line.text for line in draft.lines if line not in gone]
    draft.remove(gone)
    assert [line.text for line in draft.lines] == left
    assert [line.text for line in Draft(draft.body).lines] == left


MATCHED = [
    ("<p>one</p><p>two</p>", "<p>one</p><p>two</p>", [0, 1]),
    ("<p>two</p>", "<p>one</p><p>two</p>", [1]),
    ("<p>one</p>", "<p>One</p>", [None]),
    ("<p>one two</p>", "<p>one <b>two</b></p>", [0]),
    ("<p>one:two</p>", "<p>one:<b> two</b></p>", [0]),
    ("<p>same</p><p>x</p><p>same</p>", "<p>same</p><p>x</p><p>same</p>", [0, 1, 2]),
    ("<p>x</p><p>same</p>", "<p>same</p><p>x</p><p>same</p>", [1, 2]),
    ("<p>x</p><p>one</p>", "<p>one</p><p>x</p>", [1, 0]),
    ("<p>one<lb/>two</p>", "<p>one<br>two</p>", [0, 1]),
]


@pytest.mark.parametrize(("markup", "page", "numbers"), MATCHED)
def test_blocks(markup: str, page: str, numbers: list[int | None]) -> None:
    """A line has the block of the page that says the same but for spaces: the next in order, else the first."""
    blocks = document_of(f"<html><body>{page}</body></html>").outline.blocks
    draft = Draft(body_of(markup), blocks)
    assert [line.number for line in draft.lines] == numbers
    for line in draft.lines:
        assert line.block == (None if line.number is None else blocks[line.number])


@given(st.text())
def test_squeezed(text: str) -> None:
    """A squeezed text on one line has all of its characters but its spaces."""
    assert squeezed(" ".join(text.split())) == "".join(one for one in text if not one.isspace())
