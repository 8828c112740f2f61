"""What the extractor left out comes back: likely blocks only, where the page shows them, each once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import tostring

from pipelines.second_look import left_out
from pipelines.second_look.draft import Draft
from pipelines.second_look.facts import Facts
from tests.pipelines.documents import PROSE, SENTENCE
from tests.pipelines.drafts import draft_of, texts

P = f"<p>{SENTENCE * 2}</p>"
STANDFIRST = "The mill of the upper town stands still for want of water, and two bakers have closed their shops for it."
NOTHING = Facts()


def put(page: str, *left: str) -> Draft:
    """Return the draft of a page with the blocks of these texts left out of it, and put in again one after another."""
    draft = draft_of(page, left)
    for number, block in enumerate(draft.blocks):
        if block.text in left:
            left_out._put(draft, number)
    return draft


def inside(draft: Draft) -> str:
    """Return the markup within a draft's body."""
    return tostring(draft.body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")


PLACES = [
    ("<p>a</p><p>b</p><p>c</p>", ["a"], "<p>a</p><p>b</p><p>c</p>"),
    ("<p>a</p><p>b</p><p>c</p>", ["b"], "<p>a</p><p>b</p><p>c</p>"),
    ("<p>a</p><p>b</p><p>c</p>", ["b", "c"], "<p>a</p><p>b</p><p>c</p>"),
    ("<p>a</p><div>b</div>", ["b"], "<p>a</p><p>b</p>"),
    ("<p>a</p><h3>b</h3><p>c</p>", ["b"], '<p>a</p><head rend="h3">b</head><p>c</p>'),
    ("<p>a</p><blockquote>b</blockquote>", ["b"], "<p>a</p><quote>b</quote>"),
    (
        "<ul><li>a<li>b<li>c</ul><p>d</p>",
        ["b"],
        '<list rend="ul"><item>a</item><item>b</item><item>c</item></list><p>d</p>',
    ),
    ("<ul><li>a<li>b<li>c</ul>", ["b", "c"], '<list rend="ul"><item>a</item><item>b</item><item>c</item></list>'),
    ("<p>a</p><ul><li>b<li>c</ul>", ["b", "c"], '<p>a</p><list rend="ul"><item>b</item><item>c</item></list>'),
    ("<ul><li>a</ul><p>b</p>", ["b"], '<list rend="ul"><item>a</item></list><p>b</p>'),
    ("<table><tr><td>a</table><p>b</p>", ["b"], "<table><row><cell>a</cell></row></table><p>b</p>"),
]


@pytest.mark.parametrize(("page", "left", "markup"), PLACES)
def test_places(page: str, left: list[str], markup: str) -> None:
    """A block comes in behind what the page shows before it, as the element that it is; items join their list."""
    assert inside(put(page, *left)) == markup


_BLOCKS = st.sampled_from(
    ["<p>{}</p>", "<h2>{}</h2>", "<blockquote>{}</blockquote>", "<ul><li>{}</li></ul>", "<div>{}</div>"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(_BLOCKS, st.booleans()), min_size=1, max_size=10))
def test_order(blocks: list[tuple[str, bool]]) -> None:
    """Whatever is put in, the lines are in the order of the page, each once, in the draft as in its body."""
    page = "".join(block.format(f"w{place}") for place, (block, _) in enumerate(blocks))
    draft = put(page, *(f"w{place}" for place, (_, missing) in enumerate(blocks) if missing))
    every = [f"w{place}" for place in range(len(blocks))]
    assert texts(draft) == every
    assert [line.number for line in draft.lines] == list(range(len(blocks)))
    assert texts(Draft(draft.body)) == every


def test_behind_loose_text() -> None:
    """A block comes in behind the body's own text, or behind its last piece that stands before the block."""
    draft = draft_of("<div>a</div><p>b</p><div>c</div><p>d</p>", ("a", "c", "d"))
    draft.body.text, draft.body[0].tail = "a", "c"
    whole = Draft(draft.body, draft.blocks)
    left_out._put(whole, 3)
    assert texts(whole) == texts(Draft(whole.body)) == ["a", "b", "c", "d"]


COMES_BACK = [
    ("a standfirst", f"<main class='article-body'><p class='lead'>{STANDFIRST}</p>{PROSE}</main>", STANDFIRST),
    ("a paragraph", f"<main class='article-body'>{PROSE}<p>{STANDFIRST}</p>{P}</main>", STANDFIRST),
    ("a subhead", f"<main>{PROSE}<h2>Rye, of all things</h2>{P}{P}</main>", "Rye, of all things"),
    ("a chapter", f"<article>{PROSE}</article><article><h3>Oats</h3>{P}{P}</article>", "Oats"),
    ("a subhead with words of the text", f"<main>{PROSE}<h2>The baker</h2>{P}{P}</main>", "The baker"),
]


@pytest.mark.parametrize(("page", "text"), [case[1:] for case in COMES_BACK], ids=[case[0] for case in COMES_BACK])
def test_comes_back(page: str, text: str) -> None:
    """A paragraph of the article's own container that was left out comes back, where it was."""
    whole = texts(draft_of(page))
    draft = draft_of(page, (text,))
    left_out.put_in(draft, Facts(descriptions=(text,)))
    assert texts(draft) == whole
    assert texts(Draft(draft.body)) == whole


STAYS_OUT = [
    ("a prompt", "<div class='newsletter'><p>Sign up for our newsletter!</p></div>"),
    ("a comment", "<div class='comments'><div class='comment'><p>Nice bread, I think, says a reader.</p></div></div>"),
    ("a notice of rights", "<div class='legal'><p>© 2026 The Lantern. All rights reserved.</p></div>"),
    ("a list of links", "<ul><li><a href=/a>Why the mill stands</a></li><li><a href=/b>Two bakers close</a></li></ul>"),
    ("what is said already", P),
    ("no words", "<p>* * *</p>"),
    ("a heading of links", "<h2><a href=/more>More bread</a></h2>"),
]


@pytest.mark.parametrize("markup", [case[1] for case in STAYS_OUT], ids=[case[0] for case in STAYS_OUT])
@pytest.mark.parametrize("page", ["<main>{0}</main>{1}", "<main>{0}{1}{0}</main>", "{1}<main>{0}</main>"])
def test_stays_out(page: str, markup: str) -> None:
    """What is no part of an article stays out of it, wherever it stands, and so does what is said already."""
    said = {block.text for block in draft_of(PROSE).blocks}
    every = page.format(PROSE, markup)
    draft = draft_of(every, {block.text for block in draft_of(every).blocks} - said)
    before = texts(draft)
    left_out.put_in(draft, NOTHING)
    assert texts(draft) == before


def test_nothing_comes_twice() -> None:
    """What was put in is said, so that a second time nothing more comes in."""
    page = COMES_BACK[0][1]
    draft = draft_of(page, (STANDFIRST,))
    left_out.put_in(draft, Facts(descriptions=(STANDFIRST,)))
    once = texts(draft)
    left_out.put_in(draft, Facts(descriptions=(STANDFIRST,)))
    assert texts(draft) == once


def test_text_of_another_page() -> None:
    """A text of which no line is a block of the page takes nothing from it."""
    draft = Draft(draft_of(f"<p>{STANDFIRST}</p>").body, draft_of(PROSE).blocks)
    left_out.put_in(draft, NOTHING)
    assert texts(draft) == [STANDFIRST]


def test_empty_text() -> None:
    """Nothing is put into an empty text."""
    draft = draft_of(f"<p>{STANDFIRST}</p>", (STANDFIRST,))
    left_out.put_in(draft, NOTHING)
    assert texts(draft) == []
