"""A CDXJ index for a closed WARC file, sorted by bytes, from the rows of the index; pywb merges a folder of them.

A line is `<SURT> <14-digit time> <JSON>` with the keys that cdxj-indexer writes. A server's word that a page is still
the same (304) has none: pywb would hand that status to the browser, where without it the page before is shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive import index
from archive.disk import replace_file

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from archive.collection import Collection
    from archive.model import Capture

_NOT_MODIFIED = 304


def write_cdxj(collection: Collection, connection: sqlite3.Connection, warc: str) -> None:
    """Write indexes/<warc>.cdxj.

    Raises:
        OSError: the file system refuses.

    """
    replace_file(cdxj_of(collection, warc), sorted_lines(connection, warc))


def cdxj_of(collection: Collection, warc: str) -> Path:
    """Return where the CDXJ of a WARC file is."""
    return collection.indexes / f"{warc.removesuffix('.gz').removesuffix('.warc')}.cdxj"


def sorted_lines(connection: sqlite3.Connection, warc: str) -> bytes:
    """Return the lines of a file, sorted by bytes."""
    return b"".join(
        sorted(
            line_of(capture)
            for capture in index.in_warc(connection, warc)
            if capture.status not in {None, _NOT_MODIFIED}
        )
    )


def line_of(capture: Capture) -> bytes:
    """Return the line of a capture."""
    fields = {
        "url": capture.url,
        "mime": "warc/revisit" if capture.revisit_of else capture.media_type or "unk",
        "status": str(capture.status),
        "digest": capture.payload_digest,
        "length": str(capture.response.length),
        "offset": str(capture.response.offset),
        "filename": capture.response.warc,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    return f"{capture.url_key} {capture.fetched_at:%Y%m%d%H%M%S} {json.dumps(known)}\n".encode()
