"""Facts: what a page says of its article outside the text, compared by letters alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.second_look.facts import LONG_BODY, Facts, facts_of
from pipelines.words import letters
from tests.pipelines.documents import SENTENCE, document_of

LONG = SENTENCE * 8


def facts(head: str = "", *nodes: Any, title: str | None = None) -> Facts:
    """Return the facts of a page with this in its head, and these blocks of JSON-LD."""
    blocks = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    return facts_of(document_of(f"<html><head>{head}{blocks}</head><body><p>x</p></body></html>"), title)


LETTERS = [
    ("The Mill's  End!", "themillsend"),
    ("Straße 5", "strasse5"),
    ("«Мельница» — 2", "мельница2"),
    ("水車、小屋。", "水車小屋"),
    ("a_b-c", "abc"),
    ("… — !", ""),
]


@pytest.mark.parametrize(("text", "same"), LETTERS)
def test_letters(text: str, same: str) -> None:
    """Of a text its letters and figures are compared, in lower case."""
    assert letters(text) == same


@given(st.text())
def test_letters_of_letters(text: str) -> None:
    """The letters of a text are the same with other marks and spaces around its parts."""
    assert letters(f"“{text}” —\n") == letters(text)


def test_titles() -> None:
    """The title that was found comes first, then those of the head, each once."""
    head = '<title>The mill | Lantern</title><meta property="og:title" content="The mill">'
    node = {"@type": "NewsArticle", "headline": "Why the mill stands still"}
    found = facts(head, node, title="The mill")
    assert found.titles == ("The mill", "Why the mill stands still", "The mill | Lantern")
    assert found.title_letters == ("themill", "whythemillstandsstill", "themilllantern")


def test_no_title() -> None:
    """A page without titles has none, and one without letters is not compared."""
    assert facts().titles == ()
    assert Facts(titles=("—", "The mill")).title_letters == ("themill",)


def test_descriptions() -> None:
    """Descriptions of meta elements and of JSON-LD are gathered, the same one once."""
    head = "".join(
        f'<meta {key}="{name}" content="{content}">'
        for key, name, content in (
            ("name", "description", "A mill stands still."),
            ("property", "og:description", "The mill stands still."),
            ("name", "twitter:description", "The mill stands still."),
            ("name", "keywords", "mill, river"),
        )
    )
    found = facts(head, {"@type": "NewsArticle", "description": "No water, no bread."})
    assert set(found.descriptions) == {"The mill stands still.", "A mill stands still.", "No water, no bread."}
    assert len(found.descriptions) == 3


BODIES: list[tuple[str, Any, bool]] = [
    ("long", {"@type": "NewsArticle", "articleBody": LONG}, True),
    ("within a graph", {"@graph": [{"@type": "WebPage"}, {"@type": "Article", "articleBody": LONG}]}, True),
    ("a beginning", {"@type": "NewsArticle", "articleBody": SENTENCE}, False),
    ("marks alone", {"@type": "NewsArticle", "articleBody": "— " * LONG_BODY}, False),
    ("no text", {"@type": "NewsArticle", "articleBody": [LONG]}, False),
    ("nothing", {"@type": "NewsArticle", "articleBody": None}, False),
]


@pytest.mark.parametrize(("node", "known"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_article_body(node: Any, known: bool) -> None:  # noqa: FBT001 - an outcome of a table
    """An articleBody counts where it is text, long enough to be more than a beginning."""
    assert facts("", node).body_letters == (letters(LONG) if known else "")


def test_article_bodies_together() -> None:
    """Of a page with several bodies each is known."""
    other = SENTENCE.replace("baker", "miller") * 8
    found = facts("", {"@type": "NewsArticle", "articleBody": LONG}, {"@type": "NewsArticle", "articleBody": other})
    assert letters(LONG) in found.body_letters
    assert letters(other) in found.body_letters


def test_broken_data() -> None:
    """JSON-LD that is none leaves the facts of the head."""
    head = (
        '<title>The mill</title><script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "</script>'
    )
    assert facts(head) == Facts(("The mill",), (), "")
