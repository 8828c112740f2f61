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
    """Return a body of blocks: items that follow each other in one list, cells in one row, all else by itself."""
    body = Element("body")
    last: _Element | None = None
    for block in blocks:
        tag = ELEMENTS.get(block.tag, "p")
        if tag == "item":
            around = last if last is not None and last.tag == "list" else SubElement(body, "list", rend="ul")
        elif tag == "cell":
            around = last if last is not None and last.tag == "row" else SubElement(SubElement(body, "table"), "row")
        else:
            around = body
        SubElement(around, tag).text = block.text
        last = around if around is not body else None
    return body


def texts(draft: Draft) -> list[str]:
    """Return the texts of a draft's lines, in order."""
    return [line.text for line in draft.lines]
