"""What one page left in its site's memory, packed for its metadata record and for the index: eleven bytes a trace.

    6 bytes  digest of a line, zeros for none     4 bytes  place in the tree, 0 for unknown     1 byte  fate

Packed, the 40 or so traces of an article take half a kilobyte, as JSON objects six times as much.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from archive.model import FATES, Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONE = struct.Struct(">6sIB")
_NO_LINE = bytes(6)


def pack(traces: Iterable[Trace]) -> bytes:
    """Return traces as bytes, in their order."""
    return b"".join(
        _ONE.pack(bytes.fromhex(line) if line else _NO_LINE, place, FATES.index(fate)) for line, place, fate in traces
    )


def unpack(packed: bytes) -> Iterator[Trace]:
    """Yield the traces that were packed; of what is no whole trace, nothing (a later version may write more)."""
    whole = len(packed) - len(packed) % _ONE.size
    for line, place, fate in _ONE.iter_unpack(packed[:whole]):
        if fate < len(FATES):
            yield Trace("" if line == _NO_LINE else line.hex(), place, FATES[fate])
