"""Names of elements: what a page's authors call its parts, whatever way they write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.names import MARKS, has, marked, marks_of

NAMES: list[tuple[str, set[str]]] = [
    ("article-newsletter__signup", {"prompt"}),
    ("NewsletterBox", {"prompt", "box"}),
    ("newsletterSignUp", {"prompt"}),
    ("c-byline", {"author"}),
    ("AuthorCard", {"author", "card"}),
    ("autorInfo", {"author"}),
    ("entry-date published", {"date"}),
    ("post_meta", {"date"}),
    ("relatedStories", {"related"}),
    ("read_more", {"related"}),
    ("readMore", {"related"}),
    ("most-popular", {"related"}),
    ("social-share", {"share"}),
    ("wp-caption-text", {"caption", "figure"}),
    ("breadcrumbs", {"tags"}),
    ("post-tags", {"tags"}),
    ("comment-list", {"comment"}),
    ("cookie-consent", {"legal"}),
    ("top-ad", {"ad"}),
    ("Werbung", {"ad"}),
    ("main-nav", {"nav"}),
    ("page-header", {"header"}),
    ("headline", {"title"}),
    ("article__standfirst", {"lead"}),
    ("vorspann", {"lead"}),
    ("right-rail", {"side"}),
    ("fact-box", {"box", "factbox"}),
    ("video-player", {"media"}),
    ("search-form", {"form"}),
    ("articleBody", {"body"}),
    ("entry-content", {"body"}),
    ("post_text", {"body"}),
]
"""Names of elements with the marks that they must have."""

NO_MARKS = ("", "col-md-8", "wrapper", "x1y2z3", "grade", "misleader", "canavan", "boxer", "update", "storm", "gutter")
"""Names without a mark, some of which have part of a word that makes one."""


@pytest.mark.parametrize(("name", "marks"), NAMES)
def test_names(name: str, marks: set[str]) -> None:
    """A name has the marks of its words, with dashes, underscores or humps between them, as class, id or itemprop."""
    for found in (marks_of(name, None, None), marks_of(None, name, None), marks_of("x", "y", name)):
        assert set(marked(found)) == marks
        assert all(has(found, mark) for mark in marks)


@pytest.mark.parametrize("name", NO_MARKS)
def test_names_without_meaning(name: str) -> None:
    """A name that says nothing has no mark; a mark's word within another word makes none."""
    assert marks_of(name, name, name) == 0


def test_nothing_named() -> None:
    """An element without names has no marks."""
    assert marks_of(None, None, None) == 0
    assert marked(0) == ()


def test_marks_do_not_run_over() -> None:
    """The end of one attribute and the beginning of the next make no word together."""
    assert not has(marks_of("read", "more", None), "comment")
    assert marks_of("side", "bar", None) == 0


def test_every_mark_has_its_bit() -> None:
    """Every mark is told from every other, and found by each of its words."""
    for place, (mark, parts) in enumerate(MARKS):
        assert marked(1 << place) == (mark,)
        assert [other for other, _ in MARKS if has(1 << place, other)] == [mark]
        for part in parts.split():
            assert has(marks_of(part.strip("-"), None, None), mark), part
            assert has(marks_of(f"x {part.strip('-')} y", None, None), mark), part


@given(st.text(max_size=400), st.none() | st.text(max_size=40), st.none() | st.text(max_size=40))
def test_any_names(names: str, identity: str | None, role: str | None) -> None:
    """Whatever names an element has, its marks are some of the table's, and those of its class are among them."""
    every = marks_of(names, identity, role)
    assert set(marked(every)) <= {mark for mark, _ in MARKS}
    assert every | marks_of(names, None, None) == every
