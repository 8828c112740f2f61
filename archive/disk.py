"""What the file system is asked for by everything that writes a collection, and what its refusals mean to the user.

A file that is replaced is written beside its place first, so that nobody ever sees half of it.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from archive.errors import CollectionError, DiskFull, NotWritable

if TYPE_CHECKING:
    from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def explained(error: OSError, path: Path) -> DiskFull | CollectionError:
    """Return what an error of the file system means to the user."""
    if error.errno in _FULL:
        return DiskFull(
            f"{path} cannot grow ({error.strerror}); free some space and say it again. Nothing acknowledged was lost."
        )
    return NotWritable(
        f"{path} cannot be written ({error.strerror or error}); name another place with -C. "
        "Nothing acknowledged was lost."
    )


def replace_file(file: Path, data: bytes) -> None:
    """Give a file new contents, or none of them.

    Raises:
        OSError: the file system refuses; the file is as it was.

    """
    beside = file.with_name(f".{file.name[-40:]}.part")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def write_durably(file: Path, data: bytes) -> None:
    """Write a file and return when its contents are on disk; its name is when `sync_folder` says so.

    Raises:
        OSError: the file system refuses; the file is not there then.

    """
    try:
        with file.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError:
        file.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Return when the names in a folder are on disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
