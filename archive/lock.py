"""One writer a collection: a lock that the system gives back when its holder dies, however it dies.

The lock is flock(2) on a file that is never deleted: a process that waits at a deleted file would hold a lock that
nobody else can see. The file names the holder for those who are turned away.
"""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

from archive.disk import explained
from archive.errors import Locked

if TYPE_CHECKING:
    from pathlib import Path

    from archive.collection import Collection

SCHEDULER = "schedule.lock"
NOTIFY = "notify.lock"

_TRIES, _PAUSE = 10, 0.05
"""`is_locked` holds the lock for a moment, and must not make a save fail that begins just then. Seconds."""


class Lock:
    """A lock that is held; any thread may release it, and once is enough."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def release(self) -> None:
        """Let the next one write."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def take_scheduler_lock(collection: Collection) -> Lock:
    """Return the lock of the one scheduler that a collection may have, taken; crawls take the other one.

    Raises:
        Locked: another process keeps its schedule.
        NotWritable, DiskFull: the lock file cannot be written.

    """
    file = collection.path / SCHEDULER
    turned_away = f"{collection.path} has a scheduler already, {{holder}}; one is enough."
    return _taken(file, turned_away)


def take_notify_lock(collection: Collection) -> Lock:
    """Return the lock of those who tell people what needs attention, taken: one at a time, lest they tell it twice.

    Raises:
        Locked: another process is about it.
        NotWritable, DiskFull: the lock file cannot be written.

    """
    return _taken(collection.path / NOTIFY, f"{{holder}} is telling of {collection.path} now")


def take_lock(collection: Collection) -> Lock:
    """Return the lock of a collection, taken.

    Raises:
        Locked: another process writes to it.
        NotWritable, DiskFull: the lock file cannot be written.

    """
    return _taken(
        collection.lock,
        f"{collection.path} is being written by {{holder}}; wait until it is done, or name another collection with -C.",
    )


def _taken(path: Path, turned_away: str) -> Lock:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise explained(error, path) from None
    try:
        _wait_for(file)
        os.ftruncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
    except BlockingIOError:
        os.close(file)
        raise Locked(turned_away.format(holder=_holder(path))) from None
    except OSError as error:
        os.close(file)
        raise explained(error, path) from None
    return Lock(file)


def _wait_for(file: int) -> None:
    """Lock a file; BlockingIOError if another process keeps it."""
    for _ in range(_TRIES):
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
    return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked(collection: Collection) -> bool:
    """Whether a process writes to the collection at this moment."""
    try:
        file = os.open(collection.lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def _holder(path: Path) -> str:
    try:
        return f"process {int(path.read_text(encoding='ascii'))}"
    except (OSError, ValueError):
        return "another process"
