"""The date that a reader finds beside the headline, for pages that tell machines nothing.

blocks below the headline, then those above it ─▶ short ones with a date ─▶ the first that is not that of a change
none ─▶ the first short block anywhere that says "published"
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from pipelines.words import plain
from pipelines.written_dates import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pipelines.document import Document
    from pipelines.outline import Block
    from pipelines.written_dates import Reading

BELOW, ABOVE = 15, 6
"""Blocks below and above the headline that are looked at."""

MOST_PROSE = 1_200
"""Weight of prose below the headline after which a date is part of the story."""

LONGEST = 160
"""Characters up to which a block may be a line of author and date."""

MOST_HEADS, SHORTEST_WITHIN = 100, 12
"""Headings that are looked at, and characters that one must have more of to be part of a title by no accident."""

LONGEST_LINE, FEWEST_OF_A_LIST = 60, 3
"""Characters of a line that is hardly more than a date, and how many such in like places make a list of stories."""

_CHANGED = re.compile(
    r"updat|aktualis|aktuali|mis à jour|modifi|actuali[sz]|atualiz|aggiornat|bijgewerkt|gewijzigd|uppdater|opdater|"
    r"oppdater|päivitet|güncel|обновл|оновл|edited|更新|수정|cập nhật|diperbarui|ενημ|muokattu|frissít|ažurir|"
    r"azurir|changed|geändert|تحديث|עודכן|अपडेट|revised|reviewed|změněno|zmenené",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s?(?:[-–—|:•/)]|\.\s)")
_JUST_BEFORE, MOST_DATELINES = 30, 3


def shown_day(document: Document, reading: Reading, *, changes: bool = False) -> date | None:
    """Return the day that stands beside the headline, or None; that of a change only where `changes` are wanted."""
    return _first(lines_beside_headline(document), reading, changes=changes)


def lines_beside_headline(document: Document) -> Iterator[str]:
    """Yield the short blocks below the headline, down to where the story is under way, and then those above it."""
    blocks = document.outline.blocks
    place = _headline(document, blocks)
    yield from _near(blocks[place + 1 : place + 1 + BELOW])
    yield from (
        block.text for block in reversed(blocks[max(0, place - ABOVE) : max(0, place)]) if len(block.text) <= LONGEST
    )


def dated_line(document: Document, reading: Reading) -> date | None:
    """Return the date of the first line that is hardly more than a date, wherever it stands but in a list of them."""
    lines = [
        (block, found[0])
        for block in document.outline.blocks
        if len(block.text) <= LONGEST_LINE and (found := written(block.text, reading))
    ]
    places = Counter(block.place for block, _ in lines)
    alone = [(block, one) for block, one in lines if places[block.place] < FEWEST_OF_A_LIST and not block.teases]
    said = (one.day for block, one in alone if not _CHANGED.search(block.text))
    return next(chain(said, (one.day for _, one in alone), _datelines(document, reading)), None)


def _datelines(document: Document, reading: Reading) -> Iterator[date]:
    """Yield the dates with which the first paragraphs begin, parted from what they say: "3 May 2026 - The …"."""
    prose = (block.text for block in document.outline.blocks if block.is_prose)
    for text in islice(prose, MOST_DATELINES):
        for one in written(text[:LONGEST_LINE], reading):
            if _PARTED.match(text, one.end):
                yield one.day


def _headline(document: Document, blocks: Sequence[Block]) -> int:
    """Return the number of the block that is the headline; -1 if there is none."""
    titles = {plain(title) for title in (document.said("og:title"), document.title) if title}
    heads = [number for number, block in enumerate(blocks) if block.tag in ("h1", "h2", "h3")][:MOST_HEADS]
    same = (number for number in heads if plain(blocks[number].text) in titles)
    within = (
        number
        for number in heads
        if len(blocks[number].text) > SHORTEST_WITHIN and any(plain(blocks[number].text) in one for one in titles)
    )
    first = (number for number in heads if blocks[number].tag == "h1")
    return next((number for numbers in (same, within, first) for number in numbers), -1)


def _near(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the short blocks up to where the story is under way."""
    prose = 0
    for block in blocks:
        if len(block.text) <= LONGEST:
            yield block.text
        prose += block.weight if block.is_prose else 0
        if prose > MOST_PROSE:
            return


def _first(lines: Iterable[str], reading: Reading, *, changes: bool) -> date | None:
    """Return the first date in the lines that is not that of a change, else the first of a change if wanted."""
    changed = None
    for line in lines:
        for one in written(line, reading):
            if not _CHANGED.search(line, max(0, one.start - _JUST_BEFORE), one.start):
                return one.day
            changed = changed or one.day
    return changed if changes else None
