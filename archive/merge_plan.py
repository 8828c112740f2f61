"""Which pairs of files `newsclip compact` merges: small ones that are neighbours, up to the size at which files roll.

Files are read back in the order of their names (`reindex`), and that order is the order of captures. So only neighbours
are merged, and what comes of them has a name that sorts where they were: that of the oldest, with a number behind it.
A pair that is not as it should be is left where it is, for merging would hide what a torn member ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

from archive.adopt import parts_in, stem_of
from archive.cdxj import cdxj_of
from archive.collection import OPEN, TEXT_SUFFIX
from archive.compaction import Pair
from archive.errors import Damaged
from archive.reading import records_of
from archive.torn import whole_until

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from archive.collection import Collection

_MERGED = re.compile(r"-merged\d+$")
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """A pair is small when both of its files have fewer bytes than `below`; no file becomes larger than `roll`."""

    below: int
    roll: int


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs to be merged, oldest first, and the beginning of the names of what comes of them."""

    stem: str
    pairs: tuple[Pair, ...]

    @property
    def size(self) -> int:
        """Bytes in all their files."""
        return sum(sum(pair.sizes) for pair in self.pairs)


def groups(
    collection: Collection, connection: sqlite3.Connection, limits: Limits, tell: Callable[[str], None]
) -> Iterator[Group]:
    """Yield what to merge, oldest first; `tell` is told of pairs that are left as they are because of damage.

    A group is looked for when it is asked for, so that the one before may have been merged meanwhile.
    """
    closed = dict(connection.execute("SELECT name, size FROM warcs WHERE closed"))
    there = (path.name for path in collection.archive.glob("*.warc*"))
    names = sorted({name for name in (*there, *closed) if _is_original(name)})
    for at, neighbours in _small_neighbours(names, closed, limits.below):
        for pairs in _packed(_whole(collection, neighbours, tell), limits.roll):
            first = names.index(pairs[0].names[0], at)
            around = names[first - 1] if first else "", *names[first + len(pairs) : first + len(pairs) + 1]
            group = _named(collection, pairs, around)
            if group is not None:
                yield group


def _is_original(name: str) -> bool:
    return name.endswith((".warc.gz", ".warc")) and not name.endswith(TEXT_SUFFIX)


def _small_neighbours(names: list[str], closed: dict[str, int], below: int) -> Iterator[tuple[int, list[Pair]]]:
    """Yield pairs that stand together and are small by what the index says, and the number of the first."""
    found: list[Pair] = []
    for number, name in enumerate([*names, ""]):
        stem = stem_of(name)
        texts = f"{stem}{TEXT_SUFFIX}"
        if (
            name.endswith(".warc.gz")
            and name in closed
            and texts in closed
            and max(closed[name], closed[texts]) < below
        ):
            found.append(Pair(stem, (closed[name], closed[texts])))
            continue
        if len(found) >= _FEWEST:
            yield number - len(found), found
        found = []


def _whole(collection: Collection, pairs: list[Pair], tell: Callable[[str], None]) -> Iterator[Pair | None]:
    """Yield the pairs, and None in place of one that must not be merged."""
    for pair in pairs:
        why = _unfit(collection, pair)
        if why:
            tell(f"{why} It is left as it is.")
        yield None if why else pair


def _unfit(collection: Collection, pair: Pair) -> str | None:
    """Return why a pair must not be merged, or None."""
    for name, size in zip(pair.names, pair.sizes, strict=True):
        path = collection.archive / name
        try:
            if path.stat().st_size != size or whole_until(path) != size:
                return f"{name} is damaged; see what is wrong with: newsclip verify."
            part, _ = next(parts_in(records_of(path)))
        except (OSError, Damaged, StopIteration) as error:
            return f"{name} cannot be read ({error}); see what is wrong with: newsclip verify."
        if part.stem != pair.stem or part.run is None:
            return f"{name} does not begin with a warcinfo record of its own."
    return None


def _packed(pairs: Iterator[Pair | None], roll: int) -> Iterator[tuple[Pair, ...]]:
    """Yield as many neighbours at a time as fit into a file."""
    held: list[Pair] = []
    sizes = [0, 0]
    for pair in chain(pairs, (None,)):
        if pair is None or any(size + more > roll for size, more in zip(sizes, pair.sizes, strict=True)):
            if len(held) >= _FEWEST:
                yield tuple(held)
            held, sizes = [], [0, 0]
        if pair is not None:
            held.append(pair)
            sizes = [size + more for size, more in zip(sizes, pair.sizes, strict=True)]


def _named(collection: Collection, pairs: tuple[Pair, ...], around: tuple[str, ...]) -> Group | None:
    """Return a group with a name that nobody has and that sorts between the neighbours; None if there is no such name.

    There is none beside a file of another machine that began in the same second and whose name goes on where ours ends.
    """
    before, *after = around
    base = _MERGED.sub("", pairs[0].stem)
    for number in count(1):
        new = Pair(f"{base}-merged{number}", (0, 0))
        name = new.names[0]
        taken = [collection.archive / f"{name}{ending}" for name in new.names for ending in ("", OPEN)]
        if any(path.exists() for path in (*taken, cdxj_of(collection, name))):
            continue
        fits = before < name and all(name < following for following in after)
        return Group(new.stem, pairs) if fits else None
    return None
