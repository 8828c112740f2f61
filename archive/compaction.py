"""The journal of `newsclip compact`: which small files are being replaced by which large one at this moment.

While newsclip.compact is there, both the small files and the large one may be, and only one side counts: the large one
as soon as the index knows it, the small ones until then. So who looks at a collection (verify, mend, reindex) never
takes a record for two. What is done when, and what a death leaves, is told in `changeover`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from archive.collection import TEXT_SUFFIX
from archive.disk import sync_folder, write_durably
from archive.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from archive.collection import Collection


class Pair(msgspec.Struct, frozen=True):
    """A file of originals and the text file beside it: the beginning of their names, and the size of each."""

    stem: str
    sizes: tuple[int, int]

    def __post_init__(self) -> None:
        """Refuse a journal that leads out of the folder of WARC files: what it names may be removed."""
        if "/" in self.stem or "\0" in self.stem or self.stem.startswith("."):
            raise ValueError(f"{self.stem!r} begins no file name")

    @property
    def names(self) -> tuple[str, str]:
        """The names of both files, originals first."""
        return f"{self.stem}.warc.gz", f"{self.stem}{TEXT_SUFFIX}"


class Move(NamedTuple):
    """A whole file that becomes a part of another: from the offset `at` on, byte for byte."""

    old: str
    new: str
    at: int
    size: int


class Compaction(msgspec.Struct, frozen=True):
    """Pairs that become one; `run` is the run of `newsclip compact`."""

    run: str
    into: Pair
    replaces: tuple[Pair, ...]

    def __post_init__(self) -> None:
        """Refuse a file that would replace itself."""
        if any(pair.stem == self.into.stem for pair in self.replaces):
            raise ValueError(f"{self.into.stem!r} cannot replace itself")

    def moves(self) -> Iterator[Move]:
        """Yield where each file goes: the originals, and then the text files, in the order of their names."""
        for kind in (0, 1):
            at = self.into.sizes[kind] - sum(pair.sizes[kind] for pair in self.replaces)
            for pair in self.replaces:
                yield Move(pair.names[kind], self.into.names[kind], at, pair.sizes[kind])
                at += pair.sizes[kind]

    def superfluous(self, known: Container[str]) -> set[str]:
        """Return the files that do not count, by what the index knows."""
        if self.into.names[0] in known:
            return {name for pair in self.replaces for name in pair.names}
        return set(self.into.names)


def under_way(collection: Collection) -> Compaction | None:
    """Return the compaction that is going on, or was cut short; None is the rule.

    Raises:
        Damaged: the journal cannot be read.

    """
    try:
        return msgspec.json.decode(collection.compaction.read_bytes(), type=Compaction)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise Damaged(
            f"{collection.compaction} cannot be read ({error}), and tells which files newsclip compact was replacing; "
            "put it back from a copy."
        ) from None


def note(collection: Collection, compaction: Compaction) -> None:
    """Write the journal, durably.

    Raises:
        OSError: the file system refuses.

    """
    beside = collection.compaction.with_name(f".{collection.compaction.name}.part")
    write_durably(beside, msgspec.json.encode(compaction))
    beside.replace(collection.compaction)
    sync_folder(collection.path)


def forget(collection: Collection) -> None:
    """Take the journal away, durably: one side of what it names is gone.

    Raises:
        OSError: the file system refuses.

    """
    collection.compaction.unlink(missing_ok=True)
    sync_folder(collection.path)
