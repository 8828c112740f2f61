"""A body as text and as Markdown, which say the same words.

    lines ─▶ text
      └──▶ blocks: a line, a heading, a piece of code, a table ─▶ within quotations and lists ─▶ Markdown

The links and emphasis of a line are found in spans.py, and how they and all signs are written is in markdown.py; which
lines make a block, and what stands before them, is here. Blocks are apart by an empty line, and the items of a list
follow each other without one. What the text has on a line of its own is a block of its own: a line between two breaks,
the second paragraph of an item.

Numbered lists have their numbers in the Markdown alone: in the text they are words that no reference has (0.2 points
of F1 on two of three sets of development pages, 2026-11), and one item put in would change all lines below it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pipelines import markdown
from pipelines.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from pipelines.second_look.draft import Draft, Line
    from pipelines.spans import Absolute

LEVELS, LEVEL = {f"h{level}": level for level in range(1, 7)}, 2
"""What the extractor's names of levels mean, and the level of a heading without one, as in the extractor's Markdown."""

PLACES = frozenset({"body", "quote", "item", "row", "cell"})
"""Kinds of lines that stand right in an element which gives them their place."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Plain text, Markdown, and the absolute addresses of the links in it."""

    text: str
    markdown: str
    links: tuple[str, ...]


class _Place(NamedTuple):
    """Where a line stands in the body.

    `containers` are the quotations and items around it or around its table, the outermost first. `row` is the innermost
    row; `table`, `of_table` and `cell` are the outermost table, its row and its cell.
    """

    containers: tuple[_Element, ...] = ()
    row: _Element | None = None
    table: _Element | None = None
    of_table: _Element | None = None
    cell: _Element | None = None


class _Placed(NamedTuple):
    """A line, its kind and its place; `whole` is what the lines of one block share."""

    line: Line
    kind: str
    place: _Place
    whole: object


class _Container(NamedTuple):
    """A quotation or an item that blocks stand in: all that is before its first line, and before the others."""

    element: _Element
    first: str
    others: str


def render(draft: Draft, absolute: Absolute) -> Rendered:
    """Return both renderings of a draft; `absolute` makes an address absolute, or None."""
    placed = _placed(draft)
    writer = _Writer(absolute)
    for _, block in groupby(placed, key=attrgetter("whole")):
        writer.write(list(block))
    text = "\n".join(_plain(placed))
    return Rendered(_normal(text), _normal("\n".join(writer.written)), tuple(writer.links))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _placed(draft: Draft) -> list[_Placed]:
    """Return the lines of a draft with their places.

    The cells of a table are one block, and so are the lines of a heading and those of a piece of code.
    """
    places = {draft.body: _Place()}
    placed = []
    for line in draft.lines:
        kind = line.kind
        place = _place(line.holder if kind in PLACES else line.holder.getparent(), places)
        whole = line.holder if kind in ("head", "code") else line
        placed.append(_Placed(line, kind, place, whole if place.table is None else place.table))
    return placed


def _place(element: _Element | None, places: dict[_Element, _Place]) -> _Place:
    """Return the place of what stands right in an element; `places` are those found before."""
    if element is None:
        return _Place()
    if element not in places:
        places[element] = _within(element, _place(element.getparent(), places))
    return places[element]


def _within(element: _Element, place: _Place) -> _Place:
    """Return the place of what stands right in an element that has a place itself."""
    tag = element.tag
    if tag == "row" and place.table is None:
        around = element.getparent()
        return place._replace(row=element, table=element if around is None else around, of_table=element)
    if tag == "row":
        return place._replace(row=element)
    if tag == "cell" and place.cell is None:
        return place._replace(cell=element)
    if tag in ("quote", "item") and place.table is None:
        return place._replace(containers=(*place.containers, element))
    return place


def _plain(placed: Sequence[_Placed]) -> Iterator[str]:
    """Yield the lines of the plain text: items with a dash, the cells of a row between bars, code as it is set."""
    for row, lines in groupby(placed, key=lambda one: one.place.row):
        if row is not None:
            by_cell = groupby((one.line for one in lines), key=lambda line: line.cell)
            yield f"| {' | '.join(' '.join(line.text for line in parts) for _, parts in by_cell)} |"
            continue
        for line, kind, _, _ in lines:
            if kind == "code":
                yield _code(line)
            else:
                yield f"- {line.text}" if kind == "item" else line.text


def _code(line: Line) -> str:
    return "".join(slot.text for slot in line.slots).strip("\n")


class _Writer:
    """Markdown as it is written: its lines, its links, and the quotations and items that the last block stands in."""

    def __init__(self, absolute: Absolute) -> None:
        self.absolute = absolute
        self.written: list[str] = []
        self.links: dict[str, None] = {}
        self.within: list[_Container] = []
        self.items: dict[_Element | None, int] = {}

    def write(self, block: Sequence[_Placed]) -> None:
        """Write the lines of one block."""
        line, kind, place, _ = block[0]
        if place.table is not None:
            self._put(place.containers, self._table(block))
        elif kind == "code":
            self._put(place.containers, markdown.fenced("\n".join(_code(one.line) for one in block)))
        elif kind == "head":
            level = LEVELS.get(line.holder.get("rend") or "", LEVEL)
            words = " ".join(self._inline(one.line) for one in block)
            self._put(place.containers, [markdown.heading(level, words)])
        else:
            self._put(place.containers, [markdown.paragraph(self._inline(line))])

    def _inline(self, line: Line) -> str:
        spans = spans_of(line, self.absolute)
        for span in spans:
            if span.target is not None:
                self.links[span.target] = None
        return markdown.inline(line.text, spans)

    def _table(self, block: Iterable[_Placed]) -> list[str]:
        """Return the lines of a table: all cells of its rows, empty ones too."""
        rows: dict[_Element, dict[_Element | None, list[str]]] = {}
        for line, _, place, _ in block:
            row = place.of_table
            if row is not None:
                cells = rows.get(row) or rows.setdefault(row, {cell: [] for cell in row})
                cells.setdefault(place.cell, []).append(self._inline(line))
        has_head = any(cell.get("role") == "head" for cell in next(iter(rows)))
        return markdown.table([[" ".join(cell) for cell in row.values()] for row in rows.values()], has_head=has_head)

    def _put(self, containers: Sequence[_Element], block: Sequence[str]) -> None:
        """Add the lines of a block, marked by the quotations and items around it."""
        if not containers and not self.within:
            self.written.extend(("", *block))
            return
        shared = 0
        for container, element in zip(self.within, containers, strict=False):
            if container.element is not element:
                break
            shared += 1
        indent = self.within[shared - 1].others if shared else ""
        new = list(self._new(containers[shared:], indent))
        if not self._follows(shared, new):
            self.written.append(indent.rstrip())
        self.within[shared:] = new
        self.written.append(f"{new[-1].first if new else indent}{block[0]}")
        if len(block) > 1:
            indent = self.within[-1].others if self.within else ""
            self.written.extend(f"{indent}{line}".rstrip() for line in block[1:])

    def _new(self, elements: Sequence[_Element], indent: str) -> Iterator[_Container]:
        """Yield the containers that elements are; an item that begins with an item has no mark beside that one's."""
        first = others = indent
        for element, within in zip_longest(elements, elements[1:]):
            if element.tag == "quote":
                first, others = f"{first}> ", f"{others}> "
            elif within is None or within.tag != "item":
                mark = self._mark(element.getparent())
                first, others = f"{first}{mark}", f"{others}{' ' * len(mark)}"
            yield _Container(element, first, others)

    def _mark(self, around: _Element | None) -> str:
        """Return the mark of the next item of a list."""
        if around is None or around.get("rend") != "ol":
            return "- "
        number = self.items[around] = self.items.get(around, 0) + 1
        return f"{number}. "

    def _follows(self, shared: int, new: Sequence[_Container]) -> bool:
        """Whether a block right below the last one is read as the next item, or as the first of a list in an item."""
        if not new or not self.within or new[0].element.tag != "item" or self.within[-1].element.tag != "item":
            return False
        if shared < len(self.within):
            return self.within[shared].element.tag == "item"
        # a list that goes on behind something else begins with a number that does not end a paragraph
        return self.items.get(new[0].element.getparent(), 1) == 1
