"""A body made of the page's outline, for pages whose text the extractor runs together or misses.

    blocks in their order ─▶ prose counts for, all else against ─▶ the row of blocks that counts most ─▶ body

This is maximum subsequence segmentation (Pasternack and Roth, "Extracting article text from the web", WWW 2009), on
blocks instead of tokens: an article is where prose stands together, whatever elements it is in. The outline breaks at
`br` and at every block element, so tables as layout, `font` and `div` without paragraphs are no different from others.

It is used where the extractor found nothing; where a table's cell has most of the row, so that the table is a layout;
where few of its lines are lines of the page and the row has the same words (it dumped the page, or ran the cells of a
layout table together); and where it took other parts of the page than the row that stands below the title (an opinion
piece whose element is called a comment).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml.etree import Element, SubElement

from pipelines.outline import HEADINGS
from pipelines.second_look.draft import Draft
from pipelines.second_look.left_out import element_of
from pipelines.words import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pipelines.outline import Block

RUN_TOGETHER = 0.5
"""Share of the extractor's text that must be lines of the page."""

SAME_WORDS = 0.8
"""Share of a row's prose that must be in the extractor's text for them to be the same."""

MOST = 0.5
"""Share of the extractor's text that a row of the same words must have."""

ENOUGH = 250
"""Weight of prose standing together from which it may be an article."""

ELSEWHERE = 0.2
"""Share of the extractor's text within the row up to which it took other parts of the page."""

BELOW_TITLE = 6
"""Blocks between the title and the row that stands below it: a standfirst, a byline, a caption."""

AGAINST = 30
"""What a block that is no prose counts against a row, beside its links: menus end a row, a heading does not."""


def better_of(body: _Element | None, blocks: Sequence[Block], titles: tuple[str, ...] = ()) -> Draft | None:
    """Return the draft of the extractor's body, or of one of the outline where that is needed; None without either.

    `titles` are the page's, as `letters`.
    """
    draft = Draft(body, blocks) if body is not None else None
    bounds = together(blocks)
    row = blocks[slice(*bounds)]
    prose = sum(block.weight for block in row if block.is_prose)
    if prose < ENOUGH:
        return draft
    if (
        draft is None
        or _is_layout(draft, bounds, prose)
        or _ran_together(draft, row, prose)
        or _is_elsewhere(draft, bounds, prose, titles)
    ):
        return Draft(_body_of(row), blocks)
    return draft


def _is_layout(draft: Draft, bounds: tuple[int, int], prose: int) -> bool:
    """Whether most of the row's prose is in one cell of a table, which is no table then."""
    cells: Counter[_Element] = Counter()
    for line in draft.lines:
        if line.number is not None and line.number in range(*bounds) and (cell := line.cell) is not None:
            cells[cell] += line.weight
    return bool(cells) and max(cells.values()) > MOST * prose


def _ran_together(draft: Draft, row: Sequence[Block], prose: int) -> bool:
    """Whether a draft has the words of the row, which has so much prose, in lines that are none of the page."""
    total = sum(line.weight for line in draft.lines)
    matched = sum(line.weight for line in draft.lines if line.block is not None or line.kind == "code")
    if matched >= RUN_TOGETHER * total or prose < MOST * total:
        return False
    said = "".join(line.letters for line in draft.lines)
    same = sum(block.weight for block in row if block.is_prose and letters(block.text) in said)
    return same >= SAME_WORDS * prose


def _is_elsewhere(draft: Draft, bounds: tuple[int, int], prose: int, titles: tuple[str, ...]) -> bool:
    """Whether a draft is of other parts of the page than the row right below the title, which has more prose."""
    total = sum(line.weight for line in draft.lines)
    within = sum(line.weight for line in draft.lines if line.number is not None and line.number in range(*bounds))
    if within > ELSEWHERE * total or prose < total:
        return False
    above = draft.blocks[max(0, bounds[0] - BELOW_TITLE) : bounds[0] + 1]
    return any(block.tag in HEADINGS and letters(block.text) in titles for block in above)


def together(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the first of the blocks that count most together, and the one behind the last."""
    best, bounds = 0, (0, 0)
    total, start = 0, 0
    for place, block in enumerate(blocks):
        total += block.weight if block.is_prose else -AGAINST - block.link_characters
        if total <= 0:
            total, start = 0, place + 1
        elif total > best:
            best, bounds = total, (start, place + 1)
    return bounds


def _body_of(row: Sequence[Block]) -> _Element:
    body = Element("body")
    around: _Element | None = None
    for block in row:
        if block.is_links:
            continue
        element = element_of(block)
        if element.tag == "list" and around is not None:
            around.append(element[0])
            continue
        around = element if element.tag == "list" else None
        body.append(element)
    if not len(body):
        SubElement(body, "p")
    return body
