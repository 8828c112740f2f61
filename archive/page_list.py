"""pages/pages.jsonl: the pages of a collection as WACZ lists them (WACZ 1.1.1 section 5.2.3), appended file by file.

A process may die while it appends, or before the index knows that it has. So what an interrupted append left, a last
line without an end or the beginning of the very same lines, is taken off before they are appended again.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from archive.model import Capture

_HEADER = b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n'
_LISTED = frozenset({"page", "memento"})
_LONGEST_LINE = 1 << 16
"""Bytes before the end that are searched for the end of the last whole line: an address and a title are shorter."""


def append_pages(pages: Path, captures: Iterable[Capture]) -> None:
    """Add to a list of pages those among the captures of one WARC file that were answered.

    Raises:
        OSError: the file system refuses; the next call for the same captures takes off what was written.

    """
    lines = [_line(capture) for capture in captures if capture.role in _LISTED and capture.status is not None]
    pages.touch()
    with pages.open("rb+") as file:
        end = _end_before(file, lines)
        file.seek(end)
        file.truncate()
        file.write(b"".join(lines if end else [_HEADER, *lines]))
        file.flush()
        os.fsync(file.fileno())


def _end_before(file: BinaryIO, lines: list[bytes]) -> int:
    """Return where the list ends, not counting a torn line and lines that an interrupted call appended."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - sum(map(len, lines)) - _LONGEST_LINE)
    file.seek(start)
    tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    again = whole.rfind(lines[0]) if lines else -1
    return start + (again if again >= 0 else len(whole))


def _line(capture: Capture) -> bytes:
    page = {
        "id": capture.response.record_id.removeprefix("<urn:uuid:").removesuffix(">"),
        "url": capture.url,
        "ts": f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
        "title": capture.title or capture.url,
    }
    return json.dumps(page, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
