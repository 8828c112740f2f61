"""What is still wrong in a text and what is still lost of it, by where that stands in the page.

    words of text and reference ─▶ rows of four that both have ─▶ words in none of them ─▶ kind of line, or fate

A word is right or found when one of the rows it stands in is on the other side too, as often as it is here; the others
are wrong or lost. Of references that are snippets, those that are in the text and should not be are wrong, and those
that should be and are not are lost, with all their words.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from benchmarks.text_sets import rows_of, squeeze, words_of
from pipelines.outline import MOST_LINKS
from pipelines.words import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipelines.document import Document
    from pipelines.second_look.draft import Draft, Line

    Counts = Counter[str]

KINDS = ("prose", "heading-like", "list item", "mostly links", "table")
"""What a line is: in a table; with much of it links; an item; a heading or short and no sentence; or prose."""

FATES = ("in a block left out", "over several blocks", "outside what is shown", "set otherwise", "not in the page")
"""What became of a run of lost words, by its letters: one block of the page has them; several blocks together; only its
source, in furniture or hidden; our text has them, in another place or order or with other spaces; nothing has them."""

HEADING = 60
"""Weight below which a line that ends no sentence is like a heading."""

_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "»", "」")


def kind_of(line: Line) -> str:
    """Return the kind of a line: one of KINDS."""
    block = line.block
    if line.kind == "cell":
        return "table"
    if block is not None and block.link_characters > MOST_LINKS * len(block.text):
        return "mostly links"
    if line.kind == "item":
        return "list item"
    if line.kind == "head" or (line.weight < HEADING and not line.text.endswith(_ENDS)):
        return "heading-like"
    return "prose"


def wrong_words(truth: Mapping[str, Any], draft: Draft) -> Counts:
    """Count the words of a draft that do not belong to its article, by the kind of their line."""
    wrong: Counts = Counter()
    if "text" not in truth:
        for snippet in map(squeeze, truth["without"]):
            line = next((line for line in draft.lines if snippet in line.text), None)
            if line is not None:
                wrong[kind_of(line)] += len(words_of(snippet))
        return wrong
    placed = [(word, kind) for line in draft.lines for kind in (kind_of(line),) for word in words_of(line.text)]
    is_right = _shared([word for word, _ in placed], truth["text"])
    wrong.update(kind for (_, kind), right in zip(placed, is_right, strict=True) if not right)
    return wrong


def lost_words(truth: Mapping[str, Any], draft: Draft, document: Document) -> Counts:
    """Count the words of a reference that its page's draft lacks, by what became of them."""
    text = "\n".join(line.text for line in draft.lines)
    ours, blocks = letters(text), [letters(block.text) for block in draft.blocks]
    source = letters(str(document.tree.text_content())) if document.tree is not None else ""
    lost: Counts = Counter()
    for count, said in _lost_runs(truth, text):
        if said in ours:
            fate = "set otherwise"
        elif any(said in block for block in blocks):
            fate = "in a block left out"
        elif said in "".join(blocks):
            fate = "over several blocks"
        else:
            fate = "outside what is shown" if said in source else "not in the page"
        lost[fate] += count
    return lost


def words_in_all(truth: Mapping[str, Any], draft: Draft) -> tuple[int, int]:
    """Return how many words there are to be wrong, and to be lost: of draft and reference, or of the snippets."""
    if "text" not in truth:
        return sum(len(words_of(one)) for one in truth["without"]), sum(len(words_of(one)) for one in truth["with"])
    return sum(len(words_of(line.text)) for line in draft.lines), len(words_of(truth["text"]))


def _lost_runs(truth: Mapping[str, Any], text: str) -> Iterator[tuple[int, str]]:
    """Yield what is lost, a run within one line of the reference at a time: how many words, and their letters."""
    if "text" not in truth:
        flat = squeeze(text)
        for snippet in truth["with"]:
            if squeeze(snippet) not in flat and letters(snippet):
                yield len(words_of(snippet)), letters(snippet)
        return
    placed = [(word, number) for number, line in enumerate(truth["text"].splitlines()) for word in words_of(line)]
    is_found = _shared([word for word, _ in placed], text)
    marked = zip(placed, is_found, strict=True)
    for (found, _), run in groupby(marked, key=lambda one: (one[1], one[0][1])):
        words = [word for (word, _), _ in run]
        if not found and letters("".join(words)):
            yield len(words), letters("".join(words))


def _shared(words: Sequence[str], other: str) -> list[bool]:
    """Say of each word whether a row that it stands in is one of the other text's, each of those counting once."""
    left = rows_of(other)
    length = min(len(words), len(next(iter(left), ())))
    shared = [False] * len(words)
    for place in range(len(words) - length + 1) if length else ():
        row = tuple(words[place : place + length])
        if left[row] > 0:
            left[row] -= 1
            shared[place : place + length] = [True] * length
    return shared
