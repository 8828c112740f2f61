"""Versions of an article: what makes one, and where one follows another.

An article is its headline and its text. It has a new version where a word or a mark of them is another than in the
capture before; blanks, line ends and what stands around the text make none, and nor does a capture in which no text was
read (the page was gone, or walled, for a while). The same bytes are the same version, even where a later program read
another text in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.word_diff import compare, same_characters, same_words, tokens_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model import Capture


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and the text that was read in it."""

    capture: Capture
    text: str


def same_version(one: Reading, other: Reading) -> bool:
    """Whether two captures have the same headline and the same text."""
    digest = one.capture.payload_digest
    if digest is not None and digest == other.capture.payload_digest:
        return True
    pairs = ((one.capture.title or "", other.capture.title or ""), (one.text, other.text))
    # Most texts that differ do so in their characters; to take them apart costs nearly twenty times that comparison.
    return all(
        before == after or (same_characters(before, after) and same_words(tokens_of(before), tokens_of(after)))
        for before, after in pairs
    )


def edits(readings: Iterable[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Yield each pair of neighbours that are not the same version."""
    return ((one, other) for one, other in pairwise(readings) if not same_version(one, other))


def count_changes(before: str, after: str) -> tuple[int, int]:
    """Return how many words of a text are new, and how many are gone."""
    runs = () if before == after else compare(tokens_of(before), tokens_of(after))
    return words_in(runs, "added"), words_in(runs, "removed")
