"""Compact copies of a collection, the n-th of which dies before the n-th line of what changes the disk.

    python -m tests.archive.killed_compactions COLLECTION FOLDER

A tracer counts the lines of the modules that write, in each copy's own process, and sends it SIGKILL. Prints how many
copies died; the copies are FOLDER/1, FOLDER/2 and so on, and the one after the last came to its end.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive import changeover, compact, compaction, disk, warc_files
from archive.merge_plan import Limits

if TYPE_CHECKING:
    from types import FrameType

_WATCHED = {module.__file__ for module in (changeover, compact, compaction, disk, warc_files)}
_PURE = {"moves", "names", "__init__", "<genexpr>", "superfluous", "compact", "_compact", "_head", "_require_room"}
"""Functions that change nothing themselves: before and behind each of their lines is one moment."""


def die_before(path: Path, line: int) -> None:
    """Compact a collection and die before the given line, if there are so many."""
    lines = count(1)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in _WATCHED or frame.f_code.co_name in _PURE:
            return None
        if event == "line" and next(lines) == line:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    compact.compact(path, Limits(below=1_000_000, roll=1_000_000_000), compact.Compacted(), lambda _: None)


def main() -> None:
    """Make copies until one comes to its end."""
    source, folder = map(Path, sys.argv[1:])
    for number in count(1):
        shutil.copytree(source, folder / str(number))
        child = os.fork()
        if child == 0:
            try:
                die_before(folder / str(number), number)
            finally:
                os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            print(number - 1)
            return


if __name__ == "__main__":
    main()
