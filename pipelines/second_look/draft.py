"""The extractor's text as lines that can be looked at and taken out one by one.

    body ─▶ every run of text between two breaks ─▶ Line: its words, its kind, its place in the page ─▶ out, in

A line is what ends up as one line of the rendered text: a paragraph, or a part of one between two line breaks, a list's
item, a heading, a cell. It knows the places in the tree where its text stands ("slots": an element's text or its tail),
so that taking it out leaves everything else as it was. What it says of the page comes from the block of the page's
outline that has the same words: how much of it is links, and where it stands.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipelines.outline import weight_of
from pipelines.second_look.phrases import kinds_of
from pipelines.words import letters, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from pipelines.outline import Block

BREAKS = frozenset({"p", "head", "list", "item", "quote", "table", "row", "cell", "lb", "div", "body", "code"})
"""Elements of the extractor's body that begin and end a line; all others stand within one."""

PARAGRAPH = 60
"""Weight from which a line is a paragraph, by whose place in the page the body is put in order."""

LONGEST_LABEL = 400
"""Characters of a line up to which its words are looked up among those of labels."""

PROSE = frozenset({"p", "head", "item", "quote", "cell"})
"""Elements in which code is a part of a line and no block."""

EMPTY = frozenset({"p", "head", "item", "list", "quote", "row", "table", "lb"})
"""Elements that go when nothing is left in them."""


class Slot(NamedTuple):
    """A place for text: an element's own text, or the tail that follows it."""

    element: _Element
    is_tail: bool

    @property
    def text(self) -> str:
        """The text that stands there."""
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def clear(self) -> None:
        """Take the text away."""
        if self.is_tail:
            self.element.tail = None
        else:
            self.element.text = None


@dataclass(eq=False)
class Line:
    """One line of the text: where it stands in the body, what it says, and the page's block that says the same.

    `is_placed` says that no other block does.
    """

    slots: tuple[Slot, ...]
    holder: _Element
    block: Block | None = None
    number: int | None = None
    is_placed: bool = False

    @cached_property
    def text(self) -> str:
        """The words on one line."""
        return " ".join("".join(slot.text for slot in self.slots).split())

    @cached_property
    def plain(self) -> str:
        """The words as they are compared: lower case, typewriter quotes and dashes."""
        return plain(self.text)

    @cached_property
    def letters(self) -> str:
        """The letters and figures of the words."""
        return letters(self.text)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of label that the words make of it."""
        return kinds_of(self.plain) if len(self.plain) <= LONGEST_LABEL else frozenset()

    @cached_property
    def weight(self) -> int:
        """Its length in characters of an alphabet."""
        return weight_of(self.text)

    @property
    def kind(self) -> str:
        """The element that holds it: p, head, item, cell, quote, code or body."""
        return str(self.holder.tag)

    @property
    def cell(self) -> _Element | None:
        """The cell of a table that it stands in, or None."""
        return self.holder if self.holder.tag == "cell" else next(self.holder.iterancestors("cell"), None)


class Draft:
    """A body and its lines; `blocks` are those of the page's outline, `gone` the numbers of those taken out."""

    def __init__(self, body: _Element, blocks: Sequence[Block] = ()) -> None:
        self.body = body
        self.blocks = blocks
        self.gone: set[int] = set()
        self.lines: list[Line] = []
        self.read()

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the blocks that say a text, by the text without its spaces."""
        found: dict[str, list[int]] = {}
        for number, block in enumerate(self.blocks):
            found.setdefault(squeezed(block.text), []).append(number)
        return found

    def put_in_order(self) -> None:
        """Put the elements of the body in the page's order, where the extractor found some of them late.

        Paragraphs and headings decide that stand once in the page; what else there is stays behind the one before it.
        """
        sure = [line for line in self.lines if line.is_placed and (line.weight >= PARAGRAPH or line.kind == "head")]
        if all((one.number or 0) < (other.number or 0) for one, other in pairwise(sure)):
            return
        first: dict[_Element, int] = {}
        for line in sure:
            element = self._element_of(line)
            if element is not None:
                first.setdefault(element, line.number or 0)
        last = -1
        keys: dict[_Element, int] = {}
        for element in self.body:
            last = keys[element] = first.get(element, last)
        self.body.extend(sorted(self.body, key=keys.__getitem__))
        self.read()

    def read(self) -> None:
        """Read the lines anew, from a body that was changed."""
        self.lines = list(_lines(self.body))
        self._match()

    def forget(self, texts: Iterable[str]) -> None:
        """Count as taken out the blocks whose words are in these texts, which were taken out of the page before."""
        said = [squeezed(text) for text in texts]
        self.gone.update(
            number
            for number, block in enumerate(self.blocks)
            if said and any(squeezed(block.text) in text for text in said)
        )

    def _match(self) -> None:
        """Give each line the block that says the same: the next one in order, else the first."""
        last = -1
        for line in self.lines:
            numbers = self.places.get(squeezed(line.text))
            if numbers:
                after = bisect(numbers, last)
                line.number = numbers[after] if after < len(numbers) else numbers[0]
                line.block = self.blocks[line.number]
                line.is_placed = len(numbers) == 1
                last = max(last, line.number)

    def _element_of(self, line: Line) -> _Element | None:
        """Return the element right in the body that a line stands in; None for one that stands in the body itself."""
        element: _Element | None = line.slots[0].element
        while element is not None and element.getparent() is not self.body:
            element = element.getparent()
        return element

    def remove(self, gone: Iterable[Line]) -> None:
        """Take lines out, and the elements that they leave empty."""
        taken = set(gone)
        self.gone.update(line.number for line in taken if line.number is not None)
        for line in taken:
            for slot in line.slots:
                slot.clear()
        for line in taken:
            _drop_if_empty(line.holder)
            for slot in line.slots:
                _drop_if_empty(slot.element)
        self.lines = [line for line in self.lines if line not in taken]


def squeezed(text: str) -> str:
    """Return a text on one line without its spaces: extractor and outline put them differently where elements meet."""
    return text.replace(" ", "")


def _lines(body: _Element) -> Iterator[Line]:
    """Yield the lines of a body in document order."""
    slots: list[Slot] = []
    holder = body
    for slot, within in _slots(body, body):
        if slot is None:
            if any(one.text.strip() for one in slots):
                yield Line(tuple(slots), holder)
            slots = []
            continue
        if not slots:
            holder = within
        slots.append(slot)
    if any(one.text.strip() for one in slots):
        yield Line(tuple(slots), holder)


def _slots(element: _Element, holder: _Element) -> Iterator[tuple[Slot | None, _Element]]:
    """Yield the slots that have text, each with the element that holds its line, and None wherever a line ends."""
    if element.text:
        yield Slot(element, is_tail=False), holder
    for child in element:
        breaks = child.tag in BREAKS and not (child.tag == "code" and element.tag in PROSE)
        if breaks:
            yield None, holder
        yield from _slots(child, child if breaks and child.tag != "lb" else holder)
        if breaks:
            yield None, holder
        if child.tail:
            yield Slot(child, is_tail=True), holder


def _drop_if_empty(element: _Element) -> None:
    """Drop an element in which nothing is left, and those around it that had nothing else; what follows it stays."""
    while element.tag in EMPTY and not len(element) and not (element.text and element.text.strip()):
        parent = element.getparent()
        if parent is None or (element.tail and element.tail.strip()):
            return
        parent.remove(element)
        element = parent
