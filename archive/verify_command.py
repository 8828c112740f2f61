"""`newsclip verify`: every fault on a line, and a status that says whether there was one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from archive.collection import Collection
from archive.errors import Damaged
from archive.lookup import open_index
from archive.terminal import escape, json_line
from archive.verify import Checked, verify

if TYPE_CHECKING:
    from archive.command import Context
    from archive.fault import Fault

_KIND_COLUMNS = 18
_SECONDS_BETWEEN = 0.2


def verify_collection(context: Context) -> int:
    """Print what is wrong with a collection and return 7, or that nothing is and return 0.

    Raises:
        NewsclipError: there is no collection, or its index cannot be read at all.

    """
    collection = Collection(context.collection)
    checked = Checked()
    progress = _Progress(context)
    count = 0
    with open_index(context.collection) as connection:
        for fault in verify(collection, connection, checked, progress.tell):
            count += 1
            progress.clear()
            context.out.write(json_line(_as_json(fault)) + "\n" if context.json else _for_people(fault))
    progress.clear()
    context.out.flush()
    if context.verbosity >= 0:
        found = f"{count} faults found" if count else "all is well"
        context.err.write(f"{checked.files} files, {checked.records} records, {checked.bytes} bytes read: {found}.\n")
    return Damaged.exit_status if count else 0


def _as_json(fault: Fault) -> dict[str, str]:
    return {"kind": fault.kind, "where": fault.where, "what": fault.what, "remedy": fault.remedy}


def _for_people(fault: Fault) -> str:
    return f"{fault.kind:<{_KIND_COLUMNS}}  {escape(fault.where)}  {escape(fault.what)}  [{fault.remedy}]\n"


class _Progress:
    """One line that is written over, on a terminal only."""

    def __init__(self, context: Context) -> None:
        self._err = context.err
        self._wanted = context.err.isatty() and context.verbosity >= 0
        self._said = 0.0

    def tell(self, checked: Checked) -> None:
        """Say how far it has come, now and then."""
        now = time.monotonic()
        if self._wanted and now - self._said >= _SECONDS_BETWEEN:
            self._said = now
            share = checked.bytes / max(checked.of_bytes, 1)
            self._err.write(
                f"\r\x1b[K{share:.0%} of {checked.of_bytes:,} bytes, {checked.files} of {checked.of_files} files"
            )
            self._err.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._said:
            self._err.write("\r\x1b[K")
            self._err.flush()
            self._said = 0.0
