"""JSON-LD as pages have it: nested, in graphs, slightly broken, hopelessly broken, and without end."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import jsonld

ARTICLE = '{"@type": "NewsArticle", "headline": "Bridge reopens"}'
LONGEST = 1_000_000


@pytest.mark.parametrize(
    "block",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"{ARTICLE};",
        '{"@type": "NewsArticle", "headline": "Bridge reopens",}',
        '{"@type": ["Thing", "https://schema.org/NewsArticle"], "headline": "Bridge reopens", "text": "a\nb"}',
    ],
)
def test_article_is_found(block: str) -> None:
    """The article is found however it is wrapped, nested or slightly broken."""
    articles = [node for node in jsonld.nodes([block], LONGEST) if jsonld.is_article(node)]
    assert [node["headline"] for node in articles] == ["Bridge reopens"]


@pytest.mark.parametrize("block", ["", "null", "7", '"text"', "{", '{"a": }', "[" * 20_000, '{"a":' * 20_000, "}{"])
def test_broken_block_is_dropped(block: str) -> None:
    """A block that stays broken yields nothing, and the next block is read all the same."""
    assert [node.get("headline") for node in jsonld.nodes([block, ARTICLE], LONGEST)] == ["Bridge reopens"]


def test_bounds() -> None:
    """No page costs more than the bound on nodes, and no block longer than allowed is read."""
    assert len(list(jsonld.nodes(["[" + "{}," * 5_000 + "{}]"], LONGEST))) == jsonld.MOST_NODES
    assert list(jsonld.nodes([ARTICLE], len(ARTICLE) - 1)) == []


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("a", "a"),
        (" a ", "a"),
        (["", "b"], "b"),
        ({"@value": "c"}, "c"),
        ([{"name": "d"}], "d"),
        ({"url": "e"}, "e"),
        ({}, None),
        (None, None),
        (7, None),
        ([[]], None),
        ({"name": ["f"]}, None),
    ],
)
def test_first_text(value: object, wanted: str | None) -> None:
    """The first string is found in a string, a list or an object; anything else is no text."""
    assert jsonld.first_text(value) == wanted


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "name", "x"]), inner),
    max_leaves=9,
)


@settings(max_examples=60, deadline=None)
@given(_JSON)
def test_any_value_may_stand_anywhere(value: Any) -> None:
    """No value in any place of a node makes reading it fail."""
    node = {"@type": value, "headline": value}
    assert isinstance(jsonld.is_article(node), bool)
    assert isinstance(jsonld.first_text(value), str | None)
