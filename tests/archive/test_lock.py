"""One writer a collection, whatever becomes of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from archive.collection import Collection
from archive.errors import Locked, NotWritable
from archive.lock import is_locked, take_lock

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys, time
from pathlib import Path
from archive.collection import Collection
from archive.lock import take_lock
lock = take_lock(Collection(Path(sys.argv[1])))
print("taken", flush=True)
time.sleep(60)
"""


def test_the_second_is_turned_away_with_the_number_of_the_first(tmp_path: Path) -> None:
    """While a process holds the lock, everybody else is told which one; once it is killed, the next one has it."""
    collection = Collection(tmp_path)
    with subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"taken\n"
        assert is_locked(collection)
        with pytest.raises(Locked, match=f"process {holder.pid};"):
            take_lock(collection)
        holder.send_signal(signal.SIGKILL)
    assert not is_locked(collection)
    take_lock(collection).release()


def test_any_thread_may_release(tmp_path: Path) -> None:
    """A lock that one thread took is free once another has released it, and releasing it again does nothing."""
    collection = Collection(tmp_path)
    lock = take_lock(collection)
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    lock.release()
    take_lock(collection).release()


def test_looking_does_not_lock(tmp_path: Path) -> None:
    """Whoever asks whether a collection is being written makes no file, and does not keep a writer out."""
    collection = Collection(tmp_path)
    assert not is_locked(collection)
    assert not collection.lock.exists()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            is_locked(collection)

    looker = threading.Thread(target=look)
    looker.start()
    try:
        for _ in range(50):
            take_lock(collection).release()
    finally:
        stop.set()
        looker.join()


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    """Where no lock file can be made, the message names it and the remedy."""
    with pytest.raises(NotWritable, match=r"newsclip\.lock cannot be written \(.*\); name another place with -C"):
        take_lock(Collection(tmp_path / "nowhere"))
