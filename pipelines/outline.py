"""A page as a reader's eye runs over it: blocks of visible text in their order, each with how much of it is links.

One walk over the tree serves every sign and rule that asks what the page says: its headings, how much prose it has,
how its text begins. What is not shown (scripts, templates, `hidden`, display:none) and what is furniture by its element
(nav, footer, aside) is left out of the blocks; text meant for readers without scripts is kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from pipelines.names import marks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.html import HtmlElement

    LeftOut = Callable[[str, HtmlElement], bool]

NOT_SHOWN = frozenset({"script", "style", "template", "svg", "head", "object", "iframe", "canvas", "datalist", "math"})
FURNITURE = frozenset({"nav", "footer", "aside", "select", "button", "menu", "dialog", "textarea"})
LEFT_OUT = NOT_SHOWN | FURNITURE | {"noscript"}
INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "input"),
    }
)
STYLED = {"a": "a", "b": "b", "strong": "b", "em": "i", "i": "i"}
"""Inline elements that a block remembers, with what they mean: a link, strong, emphasized."""

MARKED_ABOVE = 7
"""Elements, from the block's own outwards, whose names say something of the block."""

PARAGRAPHS = frozenset({"p", "li", "blockquote", "pre", "dd"})
"""Elements that are no containers: their text belongs to the one around them."""

STORY_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
HEADINGS = STORY_HEADINGS | {"h1"}
FEWEST_STORIES, LONGEST_TEASER, MOST_BELOW = 3, 600, 8
"""Linked headings in one place that make a list of stories; characters of prose below one, and blocks it is in."""

SENTENCE_LIKE = 60
"""Characters from which a block counts as prose; a heading or a menu entry is shorter (kana and Han count as three)."""

MOST_LINKS = 0.4
"""Share of link text above which a block is a list of links and no prose."""

ENOUGH_TO_UNVEIL = 400
"""Characters of prose that hidden parts must have to count as shown on a page that shows nothing else."""

_DENSE_SCRIPT = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_FIGURE = re.compile(r"\d")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


class Span(NamedTuple):
    """A part of a block's text, in characters from its beginning: what it is (a, b, i), and where a link leads."""

    begins: int
    ends: int
    style: str
    target: str | None


class Block(NamedTuple):
    """A run of text between two block elements: the innermost one's tag, its text, and how much of that is links.

    `weight` is its length in characters of an alphabet; those of denser scripts count as three. `teases` says that it
    begins a story that stands elsewhere: an item of a list that begins with a link, or what is below a linked heading
    where three or more such headings stand in the same place. `place` is the same for blocks that stand within elements
    of the same names, on any page of a template. `article` is the number of the innermost article element around it, 0
    for none; `container` that of the element which holds it and its neighbours. `near` are the marks (pipelines.names)
    of its own element and the one around it, as bits, `around` those of the elements beyond. `spans` are its links and
    emphasis, `set_as` the same in the text as it stands in the page.
    """

    tag: str
    text: str
    link_characters: int
    weight: int
    teases: bool
    place: int
    container: int = 0
    article: int = 0
    near: int = 0
    around: int = 0
    set_as: tuple[str, tuple[Span, ...]] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its links and emphasis, by their places in its text."""
        return _on_one_line(*self.set_as, len(self.text)) if self.set_as is not None else ()

    @property
    def is_prose(self) -> bool:
        """Whether this is more than a label, a list of links, or a list of stories elsewhere."""
        return not self.teases and self.weight >= SENTENCE_LIKE and not self.is_links

    @property
    def is_links(self) -> bool:
        """Whether most of it is links."""
        return self.link_characters > MOST_LINKS * len(self.text)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a page shows: `blocks` in order, with their weight in all (`shown`); `without_scripts` and `hidden` apart.

    `prose` is the weight of the blocks that are prose, wherever they stand; `running` that of the prose which stands
    together, in one container or in those within it. An article runs; teasers of a dozen stories, a footer and a form,
    each with its sentence or two, do not, however much prose they are (of 284 soft 404s, 10 % have 1,000 characters of
    prose and 4 % of running prose; of 1,832 articles 94 % and 85 %: development pages, 2026-11).
    """

    blocks: tuple[Block, ...]
    without_scripts: str
    prose: int
    running: int
    unbroken: int
    shown: int
    hidden: str = ""

    @property
    def words(self) -> str:
        """All that it says, shown or hidden, but for what only machines read and furniture."""
        return "\n".join((*(block.text for block in self.blocks), self.hidden))

    def headings(self, *tags: str) -> tuple[str, ...]:
        """Return the texts of the headings with the tags, in order."""
        return tuple(block.text for block in self.blocks if block.tag in tags)

    def lead(self, characters: int) -> str:
        """Return the first blocks, up to so many characters, a line each."""
        found: list[str] = []
        for block in self.blocks:
            found.append(block.text[:characters])
            characters -= len(found[-1])
            if characters <= 0:
                break
        return "\n".join(found)


def outline(body: HtmlElement) -> Outline:
    """Return the outline of a page's body, in time linear in its elements.

    A page that shows nothing may still have its article in what counts as hidden or as furniture, for its scripts to
    unveil (streamed React pages, whole pages within aside or noscript): if there is prose, it counts as shown.
    """
    found = _walk(body, _is_left_out)
    if found.shown < SENTENCE_LIKE:
        unveiled = _walk(body, _is_never_shown)
        if unveiled.prose >= ENOUGH_TO_UNVEIL:
            return unveiled
    return found


def _walk(body: HtmlElement, left_out: LeftOut) -> Outline:
    """Gather the texts of a body into blocks, leaving out the elements that the test names."""
    walk = _Walk(left_out)
    walk.through(body, linked=False)
    walk.end_block()
    walk.mark_teasers()
    prose = sum(block.weight for block in walk.blocks if block.is_prose)
    shown = sum(block.weight for block in walk.blocks)
    without_scripts = " ".join(" ".join(walk.without_scripts).split())
    hidden = " ".join(walk.hidden)
    return Outline(tuple(walk.blocks), without_scripts, prose, walk.running(), _unbroken(walk.blocks), shown, hidden)


def _unbroken(blocks: list[Block]) -> int:
    """Return the weight of the longest row of blocks that are no lists of links."""
    longest = row = 0
    for block in blocks:
        row = 0 if block.is_links else row + block.weight
        longest = max(longest, row)
    return longest


class _Walk:
    """One way through a tree; as deep as the tree is, which the parser keeps within 256.

    Block elements are numbered as they come: `within` holds the numbers of those around, `outer` of each the number of
    the one around it, and `containers` of each block the number of the one that it belongs to.
    """

    def __init__(self, left_out: LeftOut) -> None:
        self.left_out = left_out
        self.blocks: list[Block] = []
        self.without_scripts: list[str] = []
        self.hidden: list[str] = []
        self.tag = "body"
        self.place = 0
        self.within: list[int] = [0]
        self.outer: list[int] = [0]
        self.containers: list[int] = []
        self.marks: list[int] = []
        self.articles: list[int] = [0]
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[Span] = []
        self.linked = 0
        self.begins_linked = False

    def through(self, element: HtmlElement, *, linked: bool) -> None:
        """Take the text of an element's own and of all in it; `linked` says that it stands in a link."""
        if text := element.text:
            self._take(text, linked=linked)
        for child in element:
            tag = child.tag
            if tag in INLINE:
                if tag in STYLED:
                    self._through_styled(child, tag, linked=linked)
                else:
                    self.through(child, linked=linked)
            elif self.left_out(tag, child):
                if tag == "noscript":
                    self.without_scripts.extend(map(str, child.itertext()))
                elif tag == "template" or tag not in LEFT_OUT:
                    self.hidden.extend(map(str, child.itertext()))
            else:
                self._through_block(child, tag, linked=linked)
            if text := child.tail:
                self._take(text, linked=linked)

    def _through_styled(self, element: HtmlElement, tag: str, *, linked: bool) -> None:
        begins, block = self.length, len(self.blocks)
        self.through(element, linked=linked or tag == "a")
        if len(self.blocks) == block and self.length > begins:
            self.spans.append(Span(begins, self.length, STYLED[tag], element.get("href")))

    def _through_block(self, element: HtmlElement, tag: str, *, linked: bool) -> None:
        if self.parts:
            self.end_block()
        if tag == "br":
            return
        outer, self.tag = self.tag, tag
        around, names = self.place, element.get("class")
        self.place = _place(around, tag, names)
        self.outer.append(self.within[-1])
        self.within.append(len(self.outer) - 1)
        self.marks.append(marks_of(names, element.get("id"), element.get("itemprop")))
        if tag == "article":
            self.articles.append(self.within[-1])
        self.through(element, linked=linked)
        if self.parts:
            self.end_block()
        if tag == "article":
            self.articles.pop()
        self.marks.pop()
        self.within.pop()
        self.tag = outer
        self.place = around

    def _take(self, text: str, *, linked: bool) -> None:
        if not self.parts and text.isspace():
            return
        if linked:
            self.begins_linked = self.begins_linked or not self.parts
            self.linked += len(text)
        self.parts.append(text)
        self.length += len(text)

    def end_block(self) -> None:
        """Make a block of the texts since the last one ended."""
        raw = "".join(self.parts)
        text = " ".join(raw.split())
        if text:
            container = self.within[-1]
            container = self.outer[container] if self.tag in PARAGRAPHS else container
            self.containers.append(container)
            self.blocks.append(self._block(raw, text, container))
        self.parts.clear()
        self.spans.clear()
        self.length = self.linked = 0
        self.begins_linked = False

    def _block(self, raw: str, text: str, container: int) -> Block:
        return Block(
            self.tag,
            text,
            min(self.linked, len(text)),
            weight_of(text),
            self.begins_linked and self.tag == "li",
            self.place,
            container,
            self.articles[-1],
            reduce(or_, self.marks[-2:], 0),
            reduce(or_, self.marks[-MARKED_ABOVE:-2], 0),
            (raw, tuple(self.spans)) if self.spans else None,
        )

    def running(self) -> int:
        """Return the most prose that one container has, its own and that of the containers right within it."""
        prose = [0] * len(self.outer)
        for block, container in zip(self.blocks, self.containers, strict=True):
            if block.is_prose:
                prose[container] += block.weight
        together = prose.copy()
        for container, amount in enumerate(prose):
            if container:
                together[self.outer[container]] += amount
        return max(together)

    def mark_teasers(self) -> None:
        """Mark what stands below linked headings as the beginnings of stories elsewhere, where there are several."""
        stories: dict[int, list[list[int]]] = {}
        for number, block in enumerate(self.blocks):
            if block.tag in STORY_HEADINGS and block.is_links:
                below = self._below(number)
                if sum(self.blocks[one].weight for one in below) <= LONGEST_TEASER:
                    stories.setdefault(block.place, []).append(below)
        for alike in stories.values():
            if len(alike) >= FEWEST_STORIES:
                for number in chain.from_iterable(alike):
                    self.blocks[number] = self.blocks[number]._replace(teases=True)

    def _below(self, heading: int) -> list[int]:
        """Return the numbers of the blocks of prose between a heading and the next."""
        found = []
        for number in range(heading + 1, min(heading + MOST_BELOW, len(self.blocks))):
            if self.blocks[number].tag in HEADINGS:
                break
            if self.blocks[number].is_prose:
                found.append(number)
        return found


def _on_one_line(raw: str, spans: tuple[Span, ...], length: int) -> tuple[Span, ...]:
    """Return spans of a text as it stands in the page as spans of the same text on one line, of that length."""
    if len(spans) == 1 and not raw[: spans[0].begins].strip() and not raw[spans[0].ends :].strip():
        return (spans[0]._replace(begins=0, ends=length),)
    places = _places_on_one_line(raw, sorted({place for span in spans for place in (span.begins, span.ends)}))
    found = (span._replace(begins=places[span.begins], ends=places[span.ends]) for span in spans)
    return tuple(span for span in found if span.begins < span.ends)


def _places_on_one_line(raw: str, wanted: Iterable[int]) -> dict[int, int]:
    """Return for places in a text, given in their order, the places in the same text on one line."""
    places: dict[int, int] = {}
    before = place = 0
    spaced = True
    for one in wanted:
        piece = raw[before:one]
        words = piece.split()
        if words:
            place += len(" ".join(words)) + (piece[0].isspace() and not spaced)
            spaced = False
        if piece[-1:].isspace() and not spaced:
            place, spaced = place + 1, True
        places[one] = place
        before = one
    return places


def weight_of(text: str) -> int:
    """Return the length of a text in characters of an alphabet; those of denser scripts count as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_DENSE_SCRIPT.findall(text))


def place_of(around: int, tag: str, element: HtmlElement) -> int:
    """Return the place of what stands in an element: a checksum of its name and first class below that of its outer."""
    return _place(around, tag, element.get("class"))


@lru_cache(maxsize=16_384)
def _place(around: int, tag: str, names: str | None) -> int:
    first_class = names.split(None, 1)[0] if names and not names.isspace() else ""
    name = f"{tag}.{first_class}" if first_class and not _FIGURE.search(first_class) else tag
    return crc32(name.encode(errors="surrogatepass"), around)


def _is_never_shown(tag: str, _element: HtmlElement) -> bool:
    """Whether the element is not shown whatever scripts do."""
    return tag in NOT_SHOWN


def _is_left_out(tag: str, element: HtmlElement) -> bool:
    """Whether the element and all in it is not shown, or is furniture."""
    if tag in LEFT_OUT or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and HIDDEN_STYLE.search(style.lower()) is not None
