"""Which words one text has and another has not; pure.

Plan: a text is a sequence of tokens, each a word, a number, a mark of punctuation, or a character of a script without
blanks. Blanks, line ends, invisible characters and the composition of accents make no difference.

    1. Words are aligned over the whole texts (alignment.py), whatever their paragraphs: splitting one is no change.
    2. A paragraph that both texts have, and that was not aligned with itself, has moved if it is of some length. It
       becomes one item that nothing equals, and the words around are aligned again without it.
    3. What is unmatched makes hunks. A hunk that could as well stand a little earlier or later (an inserted sentence
       whose first words are also those of the next) is put where a sentence or paragraph begins; two rewritten
       stretches with hardly a word in common between them become one.

Applied to the old tokens, the runs that come out give the new ones. Two texts of 1 MB take some seconds at most: what
the bound of alignment.py leaves unmatched is called removed and added.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from archive.alignment import Gap, align, gaps_between
from archive.segment import UNSPACED, joined

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

Op = Literal["equal", "removed", "added", "moved-from", "moved-to", "skipped"]
"""What became of a run of tokens; `skipped` is equal and not shown."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphen, zero-width space, word joiner, byte order mark: where a line may break, which nobody reads."""
_ATTACHED = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Categories of what belongs to the letter before it: vowel signs, accents, joiners. `\\w` has none of them."""
_SHORTEST_MOVED = 5
"""Tokens of a paragraph that is said to have moved: a shorter one ("Advertisement") may well be another."""
_FARTHEST = 100
"""Tokens by which a hunk is moved at most."""
_LONGEST_ISLAND = 4
"""Equal tokens between two rewritten stretches that are rewritten with them at most."""
_ENDS_SENTENCE = frozenset(".!?…。！？．»”\"'’)")
_AT_PARAGRAPH, _AT_SENTENCE, _AT_MARK, _AT_WORD = 3, 2, 1, 0


class Token(NamedTuple):
    """A word or a mark; `before` is what stands between it and the one before: nothing, a blank, or a line end."""

    text: str
    before: str

    @property
    def is_word(self) -> bool:
        """Whether it counts as a word: it has a letter or a digit."""
        return any(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that stand together and shared one fate."""

    op: Op
    tokens: tuple[Token, ...]

    @property
    def words(self) -> int:
        """How many of them are words."""
        return sum(token.is_word for token in self.tokens)

    @property
    def text(self) -> str:
        """The tokens as they stood, without what stood before the first."""
        return "".join(part for token in self.tokens for part in (token.before, token.text)).lstrip()


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; segmented text (segment.py) has the same."""
    plain = _plain(text)
    attached = "".join(sorted(mark for mark in set(plain) if unicodedata.category(mark) in _ATTACHED))
    found: list[Token] = []
    end = 0
    for match in _pattern(attached).finditer(plain):
        between = plain[end : match.start()]
        before = "\n" if "\n" in between else " " if between else ""
        found.append(Token(match[0], before if found else ""))
        end = match.end()
    return tuple(found)


def same_characters(old: str, new: str) -> bool:
    """Whether two texts have the same characters but for blanks; only then can their tokens be the same."""
    return old == new or "".join(_plain(old).split()) == "".join(_plain(new).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", joined(text).translate(_INVISIBLE))


@lru_cache(maxsize=16)
def _pattern(attached: str) -> re.Pattern[str]:
    """Return what finds the next token of a text with these attached characters."""
    mark = f"[\u0301{re.escape(attached)}]"
    word = rf"(?:[^\W{UNSPACED}]+{mark}*)+"
    return re.compile(rf"[{UNSPACED}]{mark}*|{word}(?:(?:['’\-]|(?<=\d)[.,:](?=\d)){word})*|\S")


def same_words(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether two texts differ in nothing that is read."""
    return [token.text for token in old] == [token.text for token in new]


def compare(old: Sequence[Token], new: Sequence[Token]) -> tuple[Run, ...]:
    """Return what became of every token, in order: removed before added where both are in one place."""
    before, after = _Units.of(_paragraphs(old)), _Units.of(_paragraphs(new))
    matches = align(before.keys, after.keys)
    moved = _moved(before, after, matches)
    if moved:
        before = _Units.of(before.paragraphs, {at for at, _ in moved}, "moved-from")
        after = _Units.of(after.paragraphs, {at for _, at in moved}, "moved-to")
        matches = align(before.keys, after.keys)
    hunks = gaps_between(matches, Gap(0, len(before.keys), 0, len(after.keys)))
    return tuple(_runs(before, after, _without_islands(_slid(before, after, hunks))))


def excerpt(runs: Sequence[Run], context: int) -> tuple[Run, ...]:
    """Return the runs with so many equal words left around each change; the rest is one `skipped` run each time."""
    shown: list[Run] = []
    for position, run in enumerate(runs):
        if run.op != "equal":
            shown.append(run)
            continue
        words = [at for at, token in enumerate(run.tokens) if token.is_word]
        head, tail = 0, len(run.tokens)
        if position:
            head = words[context] if context < len(words) else tail
        if position < len(runs) - 1:
            words.append(tail)
            tail = words[-context - 1] if context < len(words) else 0
        if head >= tail:
            shown.append(run)
        else:
            parts = (run.tokens[:head], run.tokens[head:tail], run.tokens[tail:])
            ops: tuple[Op, ...] = ("equal", "skipped", "equal")
            shown += [Run(op, part) for op, part in zip(ops, parts, strict=True) if part]
    return tuple(shown)


def words_in(runs: Sequence[Run], op: Op) -> int:
    """Return how many words met with a fate."""
    return sum(run.words for run in runs if run.op == op)


def _paragraphs(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    begins = [at for at, token in enumerate(tokens) if not at or token.before == "\n"]
    return [tuple(tokens[begin:end]) for begin, end in pairwise([*begins, len(tokens)])]


@dataclass(frozen=True, slots=True)
class _Units:
    """A text as it is aligned: a token is a unit, and so is a paragraph that moved, with a key that nothing equals."""

    paragraphs: list[tuple[Token, ...]]
    keys: list[str | tuple[Op, int]]
    tokens: list[tuple[Token, ...]]

    @classmethod
    def of(cls, paragraphs: list[tuple[Token, ...]], moved: Container[int] = (), op: Op = "equal") -> _Units:
        units = cls(paragraphs, [], [])
        for at, paragraph in enumerate(paragraphs):
            if at in moved:
                units.keys.append((op, at))
                units.tokens.append(paragraph)
            else:
                units.keys.extend(token.text for token in paragraph)
                units.tokens.extend((token,) for token in paragraph)
        return units

    def op(self, at: int, otherwise: Op) -> Op:
        """Return what became of an unmatched unit."""
        key = self.keys[at]
        return otherwise if isinstance(key, str) else key[0]

    def begin(self, at: int) -> int:
        """Return how good a place this is for a change to begin or end."""
        if at in (0, len(self.keys)) or self.tokens[at][0].before == "\n":
            return _AT_PARAGRAPH
        last = self.tokens[at - 1][-1]
        if last.text in _ENDS_SENTENCE:
            return _AT_SENTENCE
        return _AT_WORD if last.is_word else _AT_MARK


def _moved(before: _Units, after: _Units, matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pairs of equal paragraphs of which most words were not aligned."""
    free = defaultdict(list)
    for at in reversed(_unaligned(after, {new for _, new in matches})):
        free[_key(after.paragraphs[at])].append(at)
    left = _unaligned(before, {old for old, _ in matches})
    return [(at, free[key].pop()) for at in left if free.get(key := _key(before.paragraphs[at]))]


def _unaligned(units: _Units, matched: Container[int]) -> list[int]:
    """Return the paragraphs of some length of which most words were not aligned; each word still is a unit."""
    found, begin = [], 0
    for at, paragraph in enumerate(units.paragraphs):
        end = begin + len(paragraph)
        aligned = sum(position in matched for position in range(begin, end))
        if len(paragraph) >= _SHORTEST_MOVED and 2 * aligned < len(paragraph):
            found.append(at)
        begin = end
    return found


def _key(paragraph: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in paragraph)


def _slid(before: _Units, after: _Units, hunks: Sequence[Gap]) -> list[Gap]:
    """Return the hunks, those that only remove or only add at the best of the places where they could stand."""
    slid: list[Gap] = []
    for number, hunk in enumerate(hunks):
        floor = slid[-1] if slid else Gap(0, 0, 0, 0)
        ahead = hunks[number + 1] if number + 1 < len(hunks) else None
        if hunk.old == hunk.old_end:
            room = (hunk.new - floor.new_end, (ahead.new if ahead else len(after.keys)) - hunk.new_end)
            steps = _best_slide(after, hunk.new, hunk.new_end, room)
        elif hunk.new == hunk.new_end:
            room = (hunk.old - floor.old_end, (ahead.old if ahead else len(before.keys)) - hunk.old_end)
            steps = _best_slide(before, hunk.old, hunk.old_end, room)
        else:
            steps = 0
        placed = Gap(*(bound + steps for bound in hunk))
        if slid and (placed.old, placed.new) == (floor.old_end, floor.new_end):
            placed = Gap(floor.old, placed.old_end, floor.new, placed.new_end)
            slid.pop()
        slid.append(placed)
    return slid


def _best_slide(units: _Units, begin: int, end: int, room: tuple[int, int]) -> int:
    """Return by how many units a stretch is best moved: back (negative) or on, or not at all."""
    keys = units.keys
    back = 0
    while back < min(room[0], _FARTHEST) and keys[begin - back - 1] == keys[end - back - 1]:
        back += 1
    if back and back == room[0] and begin > back:
        return -back
    on = 0
    while on < min(room[1], _FARTHEST) and keys[begin + on] == keys[end + on]:
        on += 1
    return max(range(-back, on + 1), key=lambda steps: (units.begin(begin + steps), -abs(steps)))


def _without_islands(hunks: Sequence[Gap]) -> list[Gap]:
    """Return the hunks, rewritten stretches joined over a few equal tokens that are lost between them."""
    kept: list[Gap] = []
    for hunk in hunks:
        island = hunk.old - kept[-1].old_end if kept else 0
        if kept and island <= _LONGEST_ISLAND and 2 * island < min(_rewritten(kept[-1]), _rewritten(hunk)):
            kept[-1] = Gap(kept[-1].old, hunk.old_end, kept[-1].new, hunk.new_end)
        else:
            kept.append(hunk)
    return kept


def _rewritten(hunk: Gap) -> int:
    return min(hunk.old_end - hunk.old, hunk.new_end - hunk.new)


def _runs(before: _Units, after: _Units, hunks: Sequence[Gap]) -> Iterator[Run]:
    last = Gap(0, 0, 0, 0)
    for hunk in [*hunks, Gap(len(before.keys), len(before.keys), len(after.keys), len(after.keys))]:
        if last.new_end < hunk.new:
            first, *others = (token for unit in after.tokens[last.new_end : hunk.new] for token in unit)
            if last.new == last.new_end and last.old < last.old_end:  # what was removed stands before it
                first = first._replace(before=before.tokens[last.old_end][0].before)
            yield Run("equal", (first, *others))
        yield from _fates(before, range(hunk.old, hunk.old_end), "removed")
        yield from _fates(after, range(hunk.new, hunk.new_end), "added")
        last = hunk


def _fates(units: _Units, positions: range, unmatched: Op) -> Iterator[Run]:
    """Yield the runs of a stretch; a paragraph that moved is a run of its own."""
    for op, together in groupby(positions, key=lambda at: units.op(at, unmatched)):
        if op == unmatched:
            yield Run(op, tuple(units.tokens[at][0] for at in together))
        else:
            yield from (Run(op, units.tokens[at]) for at in together)
