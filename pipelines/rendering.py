"""A body as text and as Markdown, which say the same words.

    body ─▶ text
      └──▶ links and emphasis of the page's blocks put back, quotations marked ─▶ Markdown, and the links' addresses

The extractor's body has none of a page's links and emphasis; each line's block in the outline has them with their
places, and a line whose letters are those of its block takes them over.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from lxml.etree import Element
from trafilatura.xml import xmltotxt

from pipelines.second_look.draft import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element

    from pipelines.outline import Block, Span
    from pipelines.second_look.draft import Draft, Line, Slot

    Absolute = Callable[[str], str | None]

EMPHASIS = {"b": "#b", "i": "#i"}
"""How the extractor's renderer names what is strong and what is emphasized."""

QUOTED = "⸎"
"""What stands for the mark of a quotation while Markdown is made, which would escape the mark itself: a sign of no
script that is written today (U+2E0E)."""

_QUOTED = re.compile(rf"^{QUOTED}(#(?=#{{0,5}}\s)|>|[-+](?=\s))?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Plain text, Markdown, and the absolute addresses of the links in it."""

    text: str
    markdown: str
    links: tuple[str, ...]


def render(draft: Draft, absolute: Absolute) -> Rendered:
    """Return both renderings of a draft, whose body is changed; `absolute` makes an address absolute, or None."""
    text = "\n".join(_plain(draft.lines))
    links = tuple(dict.fromkeys(_put_back(draft, absolute)))
    _mark_quotes(draft.body)
    _keep_entities(draft.body)
    markdown = _QUOTED.sub(_quoted, xmltotxt(draft.body, include_formatting=True))
    return Rendered(_normal(text), _normal(markdown), links)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _plain(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the lines of the plain text: items with a dash, the cells of a row between bars, code as it is set."""
    for row, cells in groupby(lines, key=_row):
        for line in cells if row is None else ():
            if line.kind == "code":
                yield "".join(slot.text for slot in line.slots).strip("\n")
            else:
                yield f"- {line.text}" if line.kind == "item" else line.text
        if row is not None:
            by_cell = groupby(cells, key=lambda line: line.cell)
            yield f"| {' | '.join(' '.join(line.text for line in parts) for _, parts in by_cell)} |"


def _row(line: Line) -> _Element | None:
    """Return the row of a table that a line stands in, or None."""
    return next(line.holder.iterancestors("row"), None)


def _put_back(draft: Draft, absolute: Absolute) -> Iterator[str]:
    """Give lines the links and emphasis of their blocks, and yield the links' addresses."""
    for line in draft.lines:
        slots = [slot for slot in line.slots if slot.text.strip()]
        if line.block is None or not line.block.spans or len(slots) != 1 or line.kind == "code":
            continue
        if squeezed(slots[0].text) == squeezed(line.block.text):
            yield from _style(slots[0], line.block, absolute, emphasize=line.kind != "head")


def _style(slot: Slot, block: Block, absolute: Absolute, *, emphasize: bool) -> Iterator[str]:
    """Make elements of the parts of a slot that are spans of its block; of spans within each other the outer one."""
    text = slot.text
    place = _places(block.text, text)
    pieces: list[_Element] = []
    done = 0
    before = text
    for span in _outer(block.spans):
        begins, ends = _trimmed(block.text, span)
        if begins >= ends or place[begins] < done:
            continue
        target = absolute(span.target) if span.style == "a" and span.target else None
        if target is None and not (emphasize and span.style in EMPHASIS):
            continue
        first, last = place[begins], place[ends - 1] + 1
        if pieces:
            pieces[-1].tail = text[done:first]
        else:
            before = text[:first]
        pieces.append(_element(text[first:last], target, EMPHASIS.get(span.style, "")))
        done = last
        if target is not None:
            yield target
    if pieces:
        pieces[-1].tail = text[done:]
        slot.replace(before, pieces)


def _outer(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans in their order, none within another; where a link and emphasis are within each other, the link."""
    links = sorted((span for span in spans if span.style == "a"), key=lambda span: (span.begins, -span.ends))
    begins = [span.begins for span in links]
    kept = list(links)
    for span in spans:
        place = bisect_left(begins, span.ends)
        apart = place == 0 or links[place - 1].ends <= span.begins
        if span.style != "a" and apart:
            kept.append(span)
    yield from sorted(kept, key=lambda span: (span.begins, -span.ends))


def _element(text: str, target: str | None, style: str) -> _Element:
    element = Element("ref", target=target) if target is not None else Element("hi", rend=style)
    element.text = text
    return element


def _trimmed(text: str, span: Span) -> tuple[int, int]:
    """Return where a span begins and ends without the spaces at its edges."""
    begins, ends = span.begins, min(span.ends, len(text))
    while begins < ends and text[begins].isspace():
        begins += 1
    while begins < ends and text[ends - 1].isspace():
        ends -= 1
    return begins, ends


def _places(one: str, other: str) -> Sequence[int]:
    """Return for each character of a text its place in another that differs from it in spaces alone."""
    before = len(other) - len(other.lstrip())
    if other.strip() == one:
        return range(before, before + len(one))
    letters = [place for place, character in enumerate(other) if not character.isspace()]
    counted = accumulate((not character.isspace() for character in one), initial=0)
    return [letters[min(number, len(letters) - 1)] for number, _ in zip(counted, one, strict=False)]


def _keep_entities(body: _Element) -> None:
    """Write each "&" as its entity: the renderer undoes entities once more, and would make markup of what is none."""
    for element in body.iter():
        if element.text and "&" in element.text:
            element.text = element.text.replace("&", "&amp;")
        if element.tail and "&" in element.tail:
            element.tail = element.tail.replace("&", "&amp;")
        target = element.get("target")
        if target and "&" in target:
            element.set("target", target.replace("&", "&amp;"))


def _quoted(mark: re.Match[str]) -> str:
    """Return the mark of a quotation; what would be another mark right behind it is escaped."""
    return f"> \\{mark[1]}" if mark[1] else "> "


def _mark_quotes(body: _Element) -> None:
    """Put the mark of Markdown before quotations, which the renderer leaves out."""
    for quote in body.iter("quote"):
        for element in (quote, *quote.iter("p")):
            if element.text and element.text.strip():
                element.text = f"{QUOTED}{element.text.replace(QUOTED, '').lstrip()}"
