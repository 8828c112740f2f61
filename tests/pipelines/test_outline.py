"""The outline: what a page shows, in order, block by block, with its links and its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pipelines.documents import PROSE, SENTENCE, document_of

if TYPE_CHECKING:
    from pipelines.outline import Outline


def outline_of(body: str) -> Outline:
    """Return the outline of a page with this body."""
    return document_of(f"<html><head><title>t</title></head><body>{body}</body></html>").outline


CASES = [
    ("<p>one <b>and</b> two</p>", [("p", "one and two", 0)]),
    ("<p>see <a href=/x>this</a></p>", [("p", "see this", 4)]),
    ("<div>before<p>in</p>after</div>", [("div", "before", 0), ("p", "in", 0), ("div", "after", 0)]),
    ("one<br>two", [("body", "one", 0), ("body", "two", 0)]),
    ("<a href=/x><h2>linked heading</h2></a>", [("h2", "linked heading", 14)]),
    ("<p>shown</p><p hidden>not</p><div style='display: none'><p>not</p></div>", [("p", "shown", 0)]),
    ("<nav><p>not</p></nav><p>shown</p><footer>not</footer>", [("p", "shown", 0)]),
    ("<p>a</p><script>var not = 1</script><style>p {}</style>tail", [("p", "a", 0), ("body", "tail", 0)]),
    ("<p>  much \n space </p>", [("p", "much space", 0)]),
]


@pytest.mark.parametrize(("body", "blocks"), CASES)
def test_blocks(body: str, blocks: list[tuple[str, str, int]]) -> None:
    """Texts are gathered by their innermost block element, in document order, without what is not shown."""
    assert [(block.tag, block.text, block.link_characters) for block in outline_of(body).blocks] == blocks


def test_headings_in_order() -> None:
    """Headings are found by their level, in document order."""
    found = outline_of("<h2>two</h2><h1>one <i>with</i> more</h1><h2>three</h2>")
    assert found.headings("h1") == ("one with more",)
    assert found.headings("h1", "h2") == ("two", "one with more", "three")


def test_links_are_no_prose() -> None:
    """A sentence counts as prose; the same sentence as a link does not."""
    assert outline_of(f"<p>{SENTENCE}</p>").prose == len(SENTENCE.strip())
    assert outline_of(f"<p><a href=/x>{SENTENCE}</a></p>").prose == 0


def test_dense_scripts_weigh_more() -> None:
    """Thirty Han characters are a sentence; thirty letters are none."""
    assert outline_of("<p>" + "港" * 30 + "</p>").prose == 90
    assert outline_of("<p>" + "a" * 30 + "</p>").prose == 0


def test_text_for_readers_without_scripts_is_apart() -> None:
    """What noscript says is no part of the page, and is not lost."""
    found = outline_of("<p>shown</p><noscript>please <b>enable</b> it</noscript>")
    assert [block.text for block in found.blocks] == ["shown"]
    assert found.without_scripts == "please enable it"


@pytest.mark.parametrize("around", ["<div hidden>{}</div>", "<aside>{}</aside>", "<noscript>{}</noscript>"])
def test_article_that_scripts_unveil_is_shown(around: str) -> None:
    """A page that shows nothing else shows the article that stands in what counts as hidden."""
    assert outline_of(around.format(PROSE)).prose > 1_000
    assert outline_of(around.format("<p>short</p>")).blocks == ()
