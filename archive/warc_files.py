"""The two WARC files that a run writes: originals, and what newsclip says of them.

Both are made when the first record comes, under a name that ends in `.open`, and lose that ending when they are closed:
a closed file is never touched again, and no run appends to another's. Records are appended in groups, one write a
group and file, and are safe after `sync`. A write that fails is undone, so that a full disk leaves no torn member.
"""

from __future__ import annotations

import os
import re
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.collection import OPEN, TEXT_SUFFIX
from archive.disk import explained, sync_folder
from archive.model import RecordRef
from archive.records import Record, warcinfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_to_disk = getattr(os, "fdatasync", os.fsync)
"""Where there is no fdatasync (macOS), fsync does the same and a little more."""


class WarcFile:
    """One file that is being written.

    Raises (every method): DiskFull or NotWritable, with what was written before still whole.
    """

    def __init__(self, folder: Path, name: str, info: Record) -> None:
        self.name = name
        self.path = folder / f"{name}{OPEN}"
        self.size = 0
        self.info_id = info.record_id
        try:
            self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
            sync_folder(folder)
        except OSError as error:
            raise explained(error, self.path) from None
        self.append([info])

    def append(self, records: Sequence[Record]) -> list[RecordRef]:
        """Append records in one write and return where each is."""
        refs, offset = [], self.size
        for record in records:
            refs.append(RecordRef(self.name, offset, len(record.member), record.record_id))
            offset += len(record.member)
        try:
            _write_all(self._file, b"".join(record.member for record in records))
        except OSError as error:
            os.ftruncate(self._file, self.size)
            raise explained(error, self.path) from None
        self.size = offset
        return refs

    def sync(self) -> None:
        """Return when everything appended is on disk."""
        try:
            _to_disk(self._file)
        except OSError as error:
            raise explained(error, self.path) from None

    def leave(self) -> None:
        """Let go of the file as it is, `.open`."""
        os.close(self._file)

    def close(self) -> None:
        """Put everything on disk and take the file's ending away."""
        try:
            os.fsync(self._file)
        finally:
            os.close(self._file)
        settle(self.path)


def settle(path: Path) -> Path:
    """Rename a finished `.open` file to its final name, durably, and return it."""
    final = path.with_name(path.name.removesuffix(OPEN))
    path.rename(final)
    sync_folder(path.parent)
    return final


def fresh_names(folder: Path, now: datetime | None = None) -> tuple[str, str]:
    """Return names for a pair that no file has: newsclip-<UTC time>-<number>-<this machine>.warc.gz and …-text."""
    time = f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    machine = re.sub(r"[^A-Za-z0-9.]", "-", socket.gethostname()) or "localhost"
    machine += "-" * machine.endswith("-text")  # lest the originals be taken for the text file
    number = 1
    while True:
        stem = f"newsclip-{time}-{number:05d}-{machine}"
        names = (f"{stem}.warc.gz", f"{stem}{TEXT_SUFFIX}")
        if not any((folder / f"{name}{ending}").exists() for name in names for ending in ("", OPEN)):
            return names
        number += 1


def open_file(folder: Path, name: str, fields: Iterable[tuple[str, str]]) -> WarcFile:
    """Begin a file with its warcinfo record."""
    return WarcFile(folder, name, warcinfo(name, datetime.now(UTC), fields))


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
