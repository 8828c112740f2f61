"""Which parts of a line are links, emphasis and code.

    the block's links and emphasis, at the line's places ─┐
    code and emphasis that the body itself marks ─────────┴─▶ in order and apart

The extractor's body has none of a page's links and emphasis; each line's block in the outline has them with their
places, and a line has the letters of its block. Spaces may differ, where elements meet.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from pipelines.markdown import CODE, EMPHASIS
from pipelines.outline import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from pipelines.second_look.draft import Line, Slot

    Absolute = Callable[[str], str | None]

STYLES = {"#b": "b", "#i": "i", "#t": CODE}
"""What the extractor's names of styles mean, where a version of it leaves them in the body."""


def spans_of(line: Line, absolute: Absolute) -> Sequence[Span]:
    """Return the links, emphasis and code of a line's text, in order, apart and without spaces at their edges.

    `absolute` makes a link's address absolute, or None, and then it is no link. Headings have no emphasis.
    """
    spans: list[Span] = []
    if len(line.slots) > 1 or line.slots[0].element is not line.holder:
        spans.extend(_own(line))
    if line.block is not None and line.block.set_as is not None:
        spans.extend(_of_block(line.block.text, line.block.spans, line.text, absolute))
    if spans and line.kind == "head":
        spans = [span for span in spans if span.style not in EMPHASIS]
    return spans if len(spans) <= 1 else list(_apart(spans))


def _of_block(text: str, spans: Iterable[Span], same: str, absolute: Absolute) -> Iterator[Span]:
    """Yield spans of a block's text, less the spaces at their edges, as spans of a line that says the same."""
    place = _places(text, same)
    for begins, ends, style, reference in spans:
        words = text[begins:ends]
        first = begins + len(words) - len(words.lstrip())
        last = first + len(words.strip()) - 1
        target = absolute(reference) if style == "a" and reference else None
        if first <= last and (target is not None or style in EMPHASIS):
            yield Span(place[first], place[last] + 1, style, target)


def _places(one: str, other: str) -> Sequence[int]:
    """Return for each character of a text its place in another that differs from it in spaces alone."""
    if other == one:
        return range(len(one))
    letters = [place for place, character in enumerate(other) if not character.isspace()]
    counted = accumulate((not character.isspace() for character in one), initial=0)
    return [letters[min(number, len(letters) - 1)] for number, _ in zip(counted, one, strict=False)]


def _own(line: Line) -> Iterator[Span]:
    """Yield what the body itself marks within a line: code, and emphasis by other versions of the extractor."""
    place, is_spaced = 0, False
    for slot in line.slots:
        text = slot.text
        words = " ".join(text.split())
        if not words:
            is_spaced = is_spaced or bool(text)
            continue
        if place and (is_spaced or text[0].isspace()):
            place += 1
        style = _style(slot, line.holder)
        if style is not None:
            yield Span(place, place + len(words), style, None)
        place += len(words)
        is_spaced = text[-1].isspace()


def _style(slot: Slot, holder: _Element) -> str | None:
    """Return the style that the outermost element around a slot in its line gives it, or None."""
    found = None
    element = slot.element.getparent() if slot.is_tail else slot.element
    while element is not None and element is not holder:
        if element.tag in (CODE, "del"):
            found = str(element.tag)
        elif element.tag == "hi":
            found = STYLES.get(element.get("rend") or "", found)
        element = element.getparent()
    return found


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans in their order, of those within each other the outer one; of a link and anything else, the link."""
    links = sorted((span for span in spans if span.target is not None), key=_order)
    begins = [span.begins for span in links]
    kept = list(links)
    for span in spans:
        if span.target is None:
            place = bisect_left(begins, span.ends)
            if place == 0 or links[place - 1].ends <= span.begins:
                kept.append(span)
    done = 0
    for span in sorted(kept, key=_order):
        if span.begins >= done:
            yield span
            done = span.ends


def _order(span: Span) -> tuple[int, int]:
    return span.begins, -span.ends
