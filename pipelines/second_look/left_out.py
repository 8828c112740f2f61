"""What the extractor left out of an article: standfirsts, bodies split over containers, lists between paragraphs.

    blocks of the page near those in the text ─▶ weighed ─▶ likely part of the article ─▶ put where the page shows them

An extractor that looks for one container of the text loses what stands beside it: half of all that is lost (measured).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import Element, SubElement

from pipelines.outline import HEADINGS
from pipelines.second_look import fitted_lines, weighing
from pipelines.second_look.draft import Line, Slot

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pipelines.outline import Block
    from pipelines.second_look.draft import Draft
    from pipelines.second_look.facts import Facts

STEP = "left-out"

LIKELY = 0.8
"""Probability from which a block is put in: below it, what is gained in recall is lost in precision."""

LESS = {weighing.DESCRIBES: 0.4, weighing.RIGHT_BETWEEN: 0.6, weighing.SUBHEAD: 0.0}
"""Probabilities from which blocks are put in that have a mark: what the page's description says too, above the prose,
is a standfirst, and what stands alone between two paragraphs belongs to them, a heading always."""

PASSES = 5
"""Times that what is left out is weighed: the second gave half of what more there was to gain, the fifth the last."""

_ELEMENTS = {"li": "item", "blockquote": "quote", **dict.fromkeys(HEADINGS, "head")}


def put_in(draft: Draft, facts: Facts) -> None:
    """Put into a draft the blocks of its page that are likely part of its article.

    What comes in makes others likelier that stand beside it, so the rest is weighed again, a few times at most.
    """
    for _ in range(PASSES):
        likely = _likely(weighing.Setting(draft, facts))
        if not likely:
            return
        for number in likely:
            _put(draft, number)


def _likely(setting: weighing.Setting) -> list[int]:
    return [
        number
        for number, marks in weighing.marks_of_left_out(setting)
        if weighing.probability(marks, fitted_lines.LEFT_OUT)
        >= min((least for mark, least in LESS.items() if mark in marks), default=LIKELY)
    ]


def _put(draft: Draft, number: int) -> None:
    """Put one block behind the line of the text that the page shows before it."""
    block = draft.blocks[number]
    place = 0
    for after, line in enumerate(draft.lines, 1):
        if line.number is not None and line.number > number:
            break
        place = after
    element = element_of(block)
    holder = element[0] if element.tag == "list" else element
    if place:
        _add_behind(draft.body, draft.lines[place - 1], element)
    else:
        draft.body.insert(0, element)
    draft.lines.insert(place, Line((Slot(holder, is_tail=False),), holder, block, number))


def element_of(block: Block) -> _Element:
    """Return a block as the extractor would have made it."""
    tag = _ELEMENTS.get(block.tag, "p")
    if tag == "item":
        around = Element("list", rend="ul")
        SubElement(around, "item").text = block.text
        return around
    element = Element(tag, rend=block.tag) if tag == "head" else Element(tag)
    element.text = block.text
    return element


def _add_behind(body: _Element, line: Line, element: _Element) -> None:
    """Add an element behind the one that holds a line; an item joins the list of the item before it."""
    holder = line.holder
    around = holder.getparent()
    if element.tag == "list" and holder.tag == "item" and around is not None:
        around.insert(around.index(holder) + 1, element[0])
        return
    if holder is body:
        first = line.slots[-1]
        body.insert(body.index(first.element) + 1 if first.is_tail else 0, element)
        return
    while around is not None and around is not body:
        holder, around = around, around.getparent()
    body.insert(body.index(holder) + 1, element)
