"""One writer a collection: a lock that the system gives back when its holder dies, however it dies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from archive.errors import Locked, NotWritable

if TYPE_CHECKING:
    from archive.collection import Collection


def take_lock(collection: Collection) -> FileLock:
    """Return the lock of a collection, taken.

    Raises:
        Locked: another process writes to it.
        NotWritable: the lock file cannot be written.

    """
    lock = FileLock(collection.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Locked(
            f"{collection.path} is being written by {_holder(collection)}; wait until it is done, or name another "
            "collection with -C."
        ) from None
    except (PermissionError, OSError) as error:
        raise NotWritable(
            f"{collection.lock} cannot be written ({error.strerror}); name another place with -C."
        ) from None
    collection.lock.write_text(f"{os.getpid()}\n", encoding="ascii")
    return lock


def is_locked(collection: Collection) -> bool:
    """Whether a process writes to the collection at this moment."""
    if not collection.lock.exists():
        return False
    lock = FileLock(collection.lock)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _holder(collection: Collection) -> str:
    try:
        return f"process {int(collection.lock.read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "another process"
