"""Where a WARC file that nobody closed is whole: gzip members are walked from a place that is known to be good.

Readers return a record that is cut in its last member as if it were whole, and lose everything that is appended after
it. So a torn tail is cut before anything else happens to the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from isal import igzip_lib, isal_zlib

if TYPE_CHECKING:
    from pathlib import Path

_GZIP = 31
_IsalError: type[Exception] = igzip_lib.IsalError  # type: ignore[assignment]
_FIRST_PIECE = 1 << 14
_PIECE = 1 << 20


def whole_until(path: Path, start: int = 0) -> int:
    """Return the offset where the last whole gzip member ends; `start` must be the beginning of a member."""
    with path.open("rb") as file:
        file.seek(start)
        end = start
        while (length := _member_length(file, end)) is not None:
            end += length
        return end


def _member_length(file: BinaryIO, offset: int) -> int | None:
    """Return the length of the member at an offset, or None if there is no whole one."""
    file.seek(offset)
    inflate = isal_zlib.decompressobj(wbits=_GZIP)
    taken = 0
    # Small pieces first: most members are small, and what is read behind one is read again for the next.
    while piece := file.read(min(_PIECE, max(taken, _FIRST_PIECE))):
        try:
            inflate.decompress(piece)
        except _IsalError:
            return None
        taken += len(piece)
        if inflate.eof:
            return taken - len(inflate.unused_data)
    return None
