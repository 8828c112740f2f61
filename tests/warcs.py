"""Reading a collection's WARC files with warcio alone, so that what we wrote is judged by a reader that is not ours."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, target address, WARC header fields, and its block as stored."""

    file: str
    type: str
    uri: str | None
    fields: Mapping[str, str]
    block: bytes


def warc_files(collection: Path) -> list[Path]:
    """Return the WARC files of a collection, those that are still open included."""
    return sorted((collection / "archive").glob("*.warc.gz*"))


def records(collection: Path) -> list[Record]:
    """Return every record of a collection.

    Raises:
        ArchiveLoadFailed: a file is not a WARC file to its end.

    """
    return [record for path in warc_files(collection) for record in _records(path)]


def whole_records(collection: Path) -> list[Record]:
    """Return every record before the first damage of each file: what is left right after a kill."""
    found: list[Record] = []
    for path in warc_files(collection):
        try:
            found.extend(_records(path))
        except (ArchiveLoadFailed, EOFError):
            continue
    return found


def check(collection: Path) -> tuple[int, str]:
    """Return the exit status of `warcio check` over all files, and what it said."""
    files = [str(path) for path in warc_files(collection)]
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, no_record_parse=True):
            fields = dict(record.rec_headers.headers)
            yield Record(path.name, record.rec_type, fields.get("WARC-Target-URI"), fields, record.raw_stream.read())
