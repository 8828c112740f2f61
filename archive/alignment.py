"""Which items of one sequence stand in another, in the same order: the longest common subsequence, in bounded time.

Plan: what both begin and end with is matched first. Of what is left, every pair of equal items is a candidate, and the
longest chain of candidates that rises in both sequences is the answer (Hunt and Szymanski, CACM 20(5), 1977). Where
there would be too many candidates, only those of the rarest items are taken, as patience and histogram diff do; the
gaps between what they match are then aligned in the same way. `difflib` would be quadratic where items repeat, and
words do.

Bound: `WORK` candidates and items looked at. What is left when it is spent stays unmatched: never wrong, only coarse.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

WORK = 6_000_000
"""Two seconds, for texts of 1 MB that repeat few words. Two of 5,000 words with nothing in common need a twentieth."""
_MOST_CANDIDATES = 400_000
"""Of one step; more are aligned in several steps, the rarest items first."""


class Gap(NamedTuple):
    """A stretch of both sequences, by the bounds of each."""

    old: int
    old_end: int
    new: int
    new_end: int


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of equal items, rising in both."""
    matches: list[tuple[int, int]] = []
    todo = [Gap(0, len(old), 0, len(new))]
    left = WORK
    while todo:
        gap = _trim(old, new, todo.pop(), matches)
        size = gap.old_end - gap.old + gap.new_end - gap.new
        if gap.old == gap.old_end or gap.new == gap.new_end or left < size:
            continue
        candidates, exact = _candidates(old, new, gap, min(left - size, _MOST_CANDIDATES))
        left -= size + len(candidates)
        chain = _longest_chain(candidates)
        if exact:
            matches += chain
        elif chain:
            todo += gaps_between(chain, gap)
            matches += chain
    matches.sort()
    return matches


def gaps_between(matches: Iterable[tuple[int, int]], within: Gap) -> list[Gap]:
    """Return the stretches of `within` that lie before, between and behind matches."""
    gaps, at_old, at_new = [], within.old, within.new
    for old, new in [*matches, (within.old_end, within.new_end)]:
        if at_old < old or at_new < new:
            gaps.append(Gap(at_old, old, at_new, new))
        at_old, at_new = old + 1, new + 1
    return gaps


def _trim(old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap, matches: list[tuple[int, int]]) -> Gap:
    """Match what both sides of a gap begin and end with, and return what is left of it."""
    at_old, old_end, at_new, new_end = gap
    while at_old < old_end and at_new < new_end and old[at_old] == new[at_new]:
        matches.append((at_old, at_new))
        at_old, at_new = at_old + 1, at_new + 1
    while at_old < old_end and at_new < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
        matches.append((old_end, new_end))
    return Gap(at_old, old_end, at_new, new_end)


def _candidates(
    old: Sequence[Hashable], new: Sequence[Hashable], gap: Gap, most: int
) -> tuple[list[tuple[int, int]], bool]:
    """Return pairs of equal items, in the order that chains need, and whether these are all that there are."""
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for position in range(gap.new_end - 1, gap.new - 1, -1):
        places[new[position]].append(position)
    counts = Counter(old[position] for position in range(gap.old, gap.old_end))
    common = sorted((item for item in counts if item in places), key=lambda item: counts[item] * len(places[item]))
    taken: set[Hashable] = set()
    for item in common:
        most -= counts[item] * len(places[item])
        if most < 0:
            break
        taken.add(item)
    pairs = [
        (at_old, at_new)
        for at_old in range(gap.old, gap.old_end)
        if old[at_old] in taken
        for at_new in places[old[at_old]]
    ]
    return pairs, len(taken) == len(common)


def _longest_chain(candidates: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest run of pairs that rises in both members, of pairs sorted up by the first and down by the second.

    `ends[n]` is the smallest second member with which a chain of n + 1 pairs can end, `links[n]` the pair and the link
    before it.
    """
    ends: list[int] = []
    links: list[_Link] = []
    for old, new in candidates:
        length = bisect_left(ends, new)
        if length < len(ends) and ends[length] == new:
            continue
        link = (old, new, links[length - 1] if length else None)
        if length == len(ends):
            ends.append(new)
            links.append(link)
        else:
            ends[length], links[length] = new, link
    chain = []
    at = links[-1] if links else None
    while at is not None:
        chain.append(at[:2])
        at = at[2]
    return chain[::-1]


_Link = tuple[int, int, "_Link | None"]
