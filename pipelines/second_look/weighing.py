"""How likely a line is part of the article, by marks of which none proves it: a logistic model that can be read.

    line ─▶ marks (its length, links, names of its place, words, neighbours) ─▶ sum of their weights ─▶ probability

Two models share the marks: one for lines that the extractor took, one for blocks that it left out. Their weights are
fitted by `benchmarks/fit_lines.py` on pages with checked references and stored, with the date and the figures they
gave, in `fitted_lines.py`. A mark is 1 where it is seen; the few that measure something are small numbers.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipelines.names import marked
from pipelines.outline import STORY_HEADINGS
from pipelines.second_look.draft import LONGEST_LABEL
from pipelines.second_look.phrases import kinds_of
from pipelines.second_look.text_marks import SHORTEST, Marks, marks_of_text
from pipelines.words import letters, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipelines.outline import Block
    from pipelines.second_look.draft import Draft, Line
    from pipelines.second_look.facts import Facts

LONG = 120
"""Weight from which a line is a paragraph of prose."""

SURE = 200
"""Weight of a paragraph without a link, from which it is not weighed where others like it stand in its place."""

DESCRIBES = "description before prose"
"""The mark of what the page's description says too, and what stands above the prose: a standfirst."""

SUBHEAD, RIGHT_BETWEEN = "subhead right between", "right between"
"""The marks of a heading, and of anything else without a link, that stands alone between two paragraphs of the text."""

REACH = 25
"""Blocks between a left-out block and the nearest one in the text, up to which it may belong to it."""

_WITHIN: tuple[Marks, ...] = tuple(
    {f"within {limit}": 1 for limit in (1, 2, 4, 8) if distance <= limit} for distance in range(9)
)
"""The marks of a distance in blocks."""

_KINDS = frozenset({"p", "head", "item", "cell", "code", "quote"})
_TAGS = frozenset(
    {
        *("p", "li", "div", "td", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "section", "article", "blockquote"),
        *("header", "address", "dd", "dt", "body", "pre"),
    }
)
_WORDS_OF_ITS_OWN = 30
"""Letters from which a text that is a part of another says nothing new; a heading's are often in the text below it."""


@dataclass
class Setting:
    """What the lines of one draft have in common: counted once for all of them."""

    draft: Draft
    facts: Facts
    total: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the weight of the text and of each place in it."""
        lines = self.draft.lines
        self.total = sum(line.weight for line in lines) or 1
        self.place_weight: Counter[int] = Counter()
        self.place_longest: dict[int, int] = {}
        for line in lines:
            if line.block is not None:
                place = line.block.place
                self.place_weight[place] += line.weight
                self.place_longest[place] = max(self.place_longest.get(place, 0), line.weight)
        self.said = Counter(line.plain for line in lines)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the blocks that are in the text, sorted."""
        return sorted({line.number for line in self.draft.lines if line.number is not None})

    @cached_property
    def articles(self) -> frozenset[int]:
        """The article elements that the text stands in, with 0 for none of them."""
        return frozenset({0, *(self.draft.blocks[number].article for number in self.numbers)})

    @cached_property
    def long_numbers(self) -> tuple[int, int]:
        """The numbers of the first and the last block in the text that are paragraphs of prose."""
        long = [number for number in self.numbers if self.draft.blocks[number].weight >= LONG]
        return (long[0], long[-1]) if long else (self.numbers[0], self.numbers[-1])

    @cached_property
    def place_count(self) -> Counter[int]:
        """How many blocks of the page stand in each place."""
        return Counter(block.place for block in self.draft.blocks)

    @cached_property
    def said_letters(self) -> frozenset[str]:
        """The letters of each line."""
        return frozenset(line.letters for line in self.draft.lines)

    @cached_property
    def letters(self) -> str:
        """The letters of the whole text."""
        return "".join(line.letters for line in self.draft.lines)


def probability(marks: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how likely what has these marks is part of the article, 0 to 1."""
    total = weights["always"]
    for mark, value in marks.items():
        total += weights.get(mark, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def marks_of_lines(setting: Setting) -> Iterator[tuple[Line, Marks]]:
    """Yield the lines of a draft that may be noise, with their marks; prose without links, beside its like, is none."""
    lines = setting.draft.lines
    long = [place for place, line in enumerate(lines) if _is_prose(line)]
    first, last = (long[0], long[-1]) if long else (0, -1)
    links = [_links(line.block) if line.block is not None else 0.0 for line in lines]
    before, previous = 0, None
    for place, line in enumerate(lines):
        share, before = before / setting.total, before + line.weight
        gap = line.number - previous if previous is not None and line.number is not None else None
        previous = line.number if line.number is not None else previous
        if _is_sure(line, links[place], setting):
            continue
        marks = marks_of_text(line.text, line.plain, line.weight, line.kinds)
        marks[f"kind {line.kind}" if line.kind in _KINDS else "kind other"] = 1
        if line.block is None:
            marks["no block"] = 1
        else:
            _mark_block(marks, line.block, links[place])
            _mark_place(marks, line.block, setting)
            if gap is not None:
                _mark_gap(marks, gap)
        _mark_facts(marks, line.letters, setting.facts)
        if setting.said[line.plain] > 1:
            marks["said twice"] = 1
        _mark_position(marks, place, (first, last), share)
        _mark_neighbours(marks, place, lines, links, last)
        if setting.total < 1_500:  # noqa: PLR2004 - characters of a short article
            marks["short article"] = 1
        yield line, marks


def marks_of_left_out(setting: Setting) -> Iterator[tuple[int, Marks]]:
    """Yield the number and the marks of each block that the text lacks and that stands near it."""
    numbers, blocks = setting.numbers, setting.draft.blocks
    for number in _left_out(setting):
        block = blocks[number]
        after = bisect(numbers, number)
        previous = numbers[after - 1] if after else None
        following = numbers[after] if after < len(numbers) else None
        distance = min(abs(number - one) for one in (previous, following) if one is not None)
        if distance > REACH:
            continue
        words = plain(block.text)
        kinds: frozenset[str] = kinds_of(words) if len(words) <= LONGEST_LABEL else frozenset()
        if kinds and block.weight < LONG:
            continue
        marks = marks_of_text(block.text, words, block.weight, kinds)
        _mark_block(marks, block, _links(block))
        _mark_place(marks, block, setting)
        for side, one in (("previous", previous), ("next", following)):
            if one is not None:
                _mark_sameness(marks, block, blocks[one], side)
        _mark_facts(marks, letters(block.text), setting.facts)
        _mark_order(marks, number, setting)
        if distance < len(_WITHIN):
            marks |= _WITHIN[distance]
        _mark_together(marks, setting.place_count[block.place])
        if not block.link_characters and (previous, following) == (number - 1, number + 1):
            _mark_between(marks, *blocks[number - 1 : number + 2])
        yield number, marks


def _left_out(setting: Setting) -> Iterator[int]:
    """Yield the numbers of blocks that may be put in: not said, not taken out, no links, of the same article."""
    numbers, blocks = setting.numbers, setting.draft.blocks
    taken = {*numbers, *setting.draft.gone}
    around = range(max(0, numbers[0] - REACH), min(len(blocks), numbers[-1] + REACH + 1)) if numbers else ()
    for number in around:
        block = blocks[number]
        if number in taken or block.is_links or block.article not in setting.articles:
            continue
        if block.weight < SHORTEST and block.tag not in STORY_HEADINGS:
            continue
        if not _says_nothing_new(block.text, setting):
            yield number


def _mark_between(marks: Marks, previous: Block, block: Block, following: Block) -> None:
    if previous.is_prose and following.is_prose:
        marks[SUBHEAD if block.tag in STORY_HEADINGS else RIGHT_BETWEEN] = 1


def _mark_together(marks: Marks, alike: int) -> None:
    """Add the marks that others make together; `alike` blocks of the page stand in the same place."""
    if "in place" not in marks and alike > 3:  # noqa: PLR2004 - a list
        marks["place repeats"] = 1
    if "description" in marks and "before prose" in marks:
        marks[DESCRIBES] = 1
    if "between" in marks and "in place" in marks:
        marks["between, in place"] = 1


def _is_sure(line: Line, links: float, setting: Setting) -> bool:
    """Whether a line is prose beyond doubt: long, no link, no articleBody to ask, and not alone in its place."""
    if line.weight < SURE or line.block is None or links > 0 or setting.facts.body_letters:
        return False
    return setting.place_weight[line.block.place] >= 2 * line.weight


def _says_nothing_new(text: str, setting: Setting) -> bool:
    said = letters(text)
    if not said or said in setting.facts.title_letters:
        return True
    return said in setting.letters if len(said) >= _WORDS_OF_ITS_OWN else said in setting.said_letters


def _is_prose(line: Line) -> bool:
    return line.weight >= LONG and line.kind != "head" and (line.block is None or _links(line.block) < 0.5)  # noqa: PLR2004 - half


def _links(block: Block) -> float:
    return block.link_characters / max(1, len(block.text))


def _mark_block(marks: Marks, block: Block, links: float) -> None:
    marks[f"tag {block.tag}" if block.tag in _TAGS else "tag other"] = 1
    if links > 0.98:  # noqa: PLR2004 - but for a mark or two
        marks["all link"] = 1
    elif links > 0.6:  # noqa: PLR2004
        marks["mostly link"] = 1
    elif links > 0.25:  # noqa: PLR2004
        marks["partly link"] = 1
    elif links > 0:
        marks["a link"] = 1
    if block.teases:
        marks["teaser"] = 1
    marks |= _marks_of_names("near", block.near)
    marks |= _marks_of_names("in", block.around)


@lru_cache(maxsize=4096)
def _marks_of_names(where: str, names: int) -> Marks:
    return {f"{where} {name}": 1 for name in marked(names)}


def _mark_place(marks: Marks, block: Block, setting: Setting) -> None:
    weight = setting.place_weight.get(block.place)
    if weight is None:
        return
    marks["in place"] = 1
    marks["place share"] = weight / setting.total
    longest = setting.place_longest[block.place]
    if longest >= LONG:
        marks["place of prose"] = 1
    elif longest < 60:  # noqa: PLR2004 - nothing there is longer than a heading
        marks["place of labels"] = 1


def _mark_gap(marks: Marks, gap: int) -> None:
    if gap == 1:
        marks["adjacent"] = 1
    elif gap > 20:  # noqa: PLR2004
        marks["far behind"] = 1
    elif gap > 5:  # noqa: PLR2004
        marks["behind a gap"] = 1
    elif gap < 0:
        marks["out of order"] = 1


def _mark_sameness(marks: Marks, block: Block, other: Block, side: str) -> None:
    if block.place == other.place:
        marks[f"place of {side}"] = 1
    if block.container == other.container:
        marks[f"container of {side}"] = 1


def _mark_facts(marks: Marks, said: str, facts: Facts) -> None:
    if not said:
        return
    if said in facts.title_letters:
        marks["title"] = 1
    elif len(said) >= 15 and any(said in title for title in facts.title_letters):  # noqa: PLR2004 - no single word
        marks["part of title"] = 1
    if len(said) >= 40 and any(  # noqa: PLR2004 - a sentence
        said in one or (len(one) >= 60 and one in said)  # noqa: PLR2004
        for one in facts.description_letters
    ):
        marks["description"] = 1
    if facts.body_letters:
        marks["in articleBody" if said in facts.body_letters else "not in articleBody"] = 1


def _mark_position(marks: Marks, place: int, prose: tuple[int, int], share: float) -> None:
    if place < 3:  # noqa: PLR2004
        marks[f"line {place}"] = 1
    if place < prose[0]:
        marks["before prose"] = 1
    if place > prose[1]:
        marks["after prose"] = 1
        marks["far after prose"] = min(1.0, (place - prose[1]) / 10)
    if share < 0.02:  # noqa: PLR2004
        marks["top"] = 1
    if share > 0.9:  # noqa: PLR2004
        marks["last tenth"] = 1
    if share > 0.97:  # noqa: PLR2004
        marks["bottom"] = 1


def _mark_neighbours(marks: Marks, place: int, lines: list[Line], links: list[float], last: int) -> None:
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    linked_next = following is not None and links[place + 1] > 0.9  # noqa: PLR2004 - but for a mark or two
    if place and links[place - 1] > 0.9:  # noqa: PLR2004
        marks["behind link"] = 1
    if place and lines[place - 1].kind == "head":
        marks["behind heading"] = 1
    if linked_next:
        marks["before link"] = 1
    if following is not None and following.kind == "head":
        marks["before heading"] = 1
    if line.kind == "head":
        if following is None or following.kind == "head":
            marks["heading of nothing"] = 1
        if linked_next:
            marks["heading of link"] = 1
        if place > last:
            marks["heading after prose"] = 1
    if line.kind == "item" and links[place] > 0.9:  # noqa: PLR2004
        marks["linked item"] = 1


def _mark_order(marks: Marks, number: int, setting: Setting) -> None:
    lowest, highest = setting.long_numbers
    if lowest < number < highest:
        marks["between"] = 1
    if number < lowest:
        marks["before prose"] = 1
        if number < setting.numbers[0]:
            marks["before text"] = 1
    if number > highest:
        marks["after prose"] = 1
        if number > setting.numbers[-1]:
            marks["after text"] = 1
