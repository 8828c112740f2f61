"""pages/pages.jsonl: the pages of a collection as WACZ lists them (WACZ 1.1.1 section 5.2.3), appended file by file."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.model import Capture

_HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
_LONGEST_LINE = 1 << 16
"""Bytes before the end that are searched for the end of the last whole line: an address and a title are shorter."""


def append_pages(file: Path, captures: Iterable[Capture]) -> None:
    """Add the pages among these captures that were answered; a line that an earlier run left half-written is cut."""
    pages = (capture for capture in captures if capture.role == "page" and capture.status is not None)
    with file.open("ab+") as out:
        if _cut_torn_line(out) == 0:
            out.write(json.dumps(_HEADER).encode() + b"\n")
        out.writelines(map(_line, pages))


def _cut_torn_line(file: BinaryIO) -> int:
    """Cut what follows the last line end, and return the size that is left."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _LONGEST_LINE)
    file.seek(start)
    end = start + file.read().rfind(b"\n") + 1
    if end != size:
        file.truncate(end)
    return end


def _line(capture: Capture) -> bytes:
    page = {
        "id": capture.response.record_id.removeprefix("<urn:uuid:").removesuffix(">"),
        "url": capture.url,
        "ts": f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
        "title": capture.title or capture.url,
    }
    return json.dumps(page, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
