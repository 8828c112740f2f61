"""Drafts for the tests of the second look: the body of an extractor that takes all that a page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import Element, SubElement

from pipelines.second_look.draft import Draft
from tests.pipelines.documents import document_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from lxml.etree import _Element

    from pipelines.outline import Block

ELEMENTS = {"li": "item", "td": "cell", "blockquote": "quote"} | {f"h{level}": "head" for level in range(1, 7)}


def draft_of(page: str, left_out: Collection[str] = ()) -> Draft:
    """Return the draft of a page with this body, less the blocks that have these texts."""
    blocks = document_of(f"<html><body>{page}</body></html>").outline.blocks
    return Draft(body_of([block for block in blocks if block.text not in left_out]), blocks)


def body_of(blocks: Sequence[Block]) -> _Element:
    """Return a body of blocks: the items of a list in one, cells that follow each other in a row, all else alone."""
    body = Element("body")
    last: _Element | None = None
    container = None
    for block in blocks:
        tag = ELEMENTS.get(block.tag, "p")
        if tag == "item":
            joins = last is not None and last.tag == "list" and block.container == container
            around = last if last is not None and joins else SubElement(body, "list", rend="ul")
        elif tag == "cell":
            around = last if last is not None and last.tag == "row" else SubElement(SubElement(body, "table"), "row")
        else:
            around = body
        element = SubElement(around, tag)
        element.text = block.text
        if tag == "head":
            element.set("rend", block.tag)
        last, container = around if around is not body else None, block.container
    return body


def texts(draft: Draft) -> list[str]:
    """Return the texts of a draft's lines, in order."""
    return [line.text for line in draft.lines]
