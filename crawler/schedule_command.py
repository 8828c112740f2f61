"""`newsclip schedule`: crawl each source whenever its timetable says so, until told to stop.

    next due of each source (crawler/timetable.py) ─▶ wait ─▶ `newsclip crawl` of what is due, as a process ─▶ again

After a crawl, articles of its sources that have reached an age are looked at again (`newsclip recheck`). Each is a
process of its own: what it leaks or loses ends with it, and it is the very command that a user would type. When a
source is due is reckoned from its last crawl, which the collection remembers, so that a missed run is caught up once.
A collection that somebody else writes to is waited for; only when that takes very long, it is a failure to tell of.
SIGTERM and SIGINT end a crawl as Ctrl-C would, and then the scheduler; SIGHUP reads the configuration again, and keeps
the old one where the new one is wrong.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive import sources
from archive.collection import Collection
from archive.errors import Locked, NewsclipError, UsageError
from archive.lock import is_locked, take_scheduler_lock
from archive.schema import connect_to_read
from crawler.config import require_sources
from crawler.due import next_due
from crawler.logs import log
from crawler.notify import tell_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from archive.command import Context
    from crawler.config import Settings
    from crawler.source_options import SourceOptions

_LONGEST_NAP = timedelta(minutes=1)
"""The clock may be set, and the machine may sleep: no wait is longer before the time is looked at again."""
_AFTER_A_FAULT = timedelta(minutes=5)
"""Rest of all sources after a crawl that could not even begin: a full disk, a damaged index."""
_WHILE_LOCKED = timedelta(minutes=1)
"""Between two looks whether another process still writes to the collection."""
_LOCKED_LONG = timedelta(hours=6)
"""What no save by hand should take: somebody should see what that process does."""
_FINE = frozenset({0, 3, 5, 6})
"""Exit statuses of a crawl that did what it could."""


class Scheduler:
    """Waits and crawls; `reload` reads the configuration, `command` is how `newsclip` is started with its flags."""

    def __init__(
        self, settings: Settings, reload: Callable[[], Settings], command: Sequence[str], context: Context
    ) -> None:
        self._settings = settings
        self._reload = reload
        self._command = tuple(command)
        self._context = context
        self._since = datetime.now(UTC)
        self._rest_until = self._since
        self._locked_since: datetime | None = None
        self._wake = threading.Event()
        self._stopped = False
        self._reread = False
        self._crawl: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Crawl what is due, again and again; return when told to stop."""
        with self._listening():
            while not self._stopped:
                self._wake.clear()
                if self._reread:
                    self._read_again()
                now = datetime.now(UTC)
                due = {source.name: max(self._due(source, now), self._rest_until) for source in self._settings.sources}
                if ready := [name for name, when in due.items() if when <= now]:
                    self._crawl_now(ready)
                else:
                    name = min(due, key=lambda one: due[one])
                    if self._locked_since is None:
                        words = f"Next is {name}, at {due[name]:%Y-%m-%d %H:%M:%S} UTC."
                        log("schedule.waiting", words, source=name, until=due[name])
                    self._wait_until(due[name])
        return 0

    def _due(self, source: SourceOptions, now: datetime) -> datetime:
        return next_due(source, self._state(source.name), since=self._since, now=now)

    def _state(self, name: str) -> sources.SourceState | None:
        collection = Collection(self._context.collection)
        if not collection.database.exists():
            return None
        with closing(connect_to_read(collection)) as connection:
            return sources.state(connection, name)

    def _crawl_now(self, names: Sequence[str]) -> None:
        if is_locked(Collection(self._context.collection)):
            self._wait_for_lock()
            return
        command = "crawl"
        log("schedule.began", f"Crawling {', '.join(names)}.", command=command, sources=names)
        status = self._run(command, names)
        if status == Locked.exit_status:  # somebody was quicker
            self._wait_for_lock()
            return
        self._locked_since = None
        aging = [one.name for one in self._settings.sources if one.recheck and one.name in names]
        if aging and status in _FINE and not self._stopped:
            command = "recheck"
            log("schedule.began", f"Looking again at {', '.join(aging)}.", command=command, sources=aging)
            status = self._run(command, aging)
        if status not in _FINE | {Locked.exit_status} and not self._stopped:
            self._rest_until = datetime.now(UTC) + _AFTER_A_FAULT
            next_time = f"the next is not before {self._rest_until:%H:%M:%S} UTC"
            words = f"The {command} ended with status {status}; {next_time}."
            log("schedule.failed", words, command=command, status=status, until=self._rest_until)
            tell_failure(self._settings, command, f"it ended with status {status}")

    def _wait_for_lock(self) -> None:
        """Let everything rest while another process writes to the collection; what is due then is caught up."""
        now = datetime.now(UTC)
        self._rest_until = now + _WHILE_LOCKED
        if self._locked_since is None:
            self._locked_since = now
            words = "Another process writes to the collection; what is due is crawled when that is done."
            log("schedule.locked", words, until=self._rest_until)
        elif now - self._locked_since >= _LOCKED_LONG:
            why = f"another process has been writing to the collection since {self._locked_since:%Y-%m-%d %H:%M} UTC"
            tell_failure(self._settings, "crawl", why)

    def _run(self, command: str, names: Sequence[str]) -> int:
        """Run a command of ours over sources and return its exit status."""
        self._crawl = subprocess.Popen([*self._command, command, *names])  # noqa: S603 - our own program and flags
        try:
            return self._crawl.wait()
        finally:
            self._crawl = None

    def _wait_until(self, when: datetime) -> None:
        while not self._wake.is_set() and (left := when - datetime.now(UTC)) > timedelta():
            self._wake.wait(min(left, _LONGEST_NAP).total_seconds())

    def _read_again(self) -> None:
        self._reread = False
        try:
            settings = self._reload()
            if settings.collection != self._settings.collection:
                raise UsageError("[collection] has changed; that takes a new start")
            require_sources(settings)
        except NewsclipError as error:
            log("schedule.settings.kept", f"The configuration stays as it was: {error}", why=error)
            return
        self._settings = settings
        names = [one.name for one in settings.sources]
        log("schedule.settings.read", f"The configuration was read again; sources: {', '.join(names)}.", sources=names)

    @contextmanager
    def _listening(self) -> Iterator[None]:
        handlers = {signal.SIGTERM: self._stop, signal.SIGINT: self._stop, signal.SIGHUP: self._hear}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self._stopped = True
        self._wake.set()
        if self._crawl is not None:
            self._crawl.send_signal(number)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        self._reread = True
        self._wake.set()


def schedule(settings: Settings, reload: Callable[[], Settings], flags: Sequence[str], context: Context) -> int:
    """Keep the schedule of a collection until told to stop, and return the exit status.

    Raises:
        UsageError: no source is configured.
        Locked: the collection has a scheduler already.

    """
    require_sources(settings)
    collection = Collection(context.collection)
    collection.create()
    lock = take_scheduler_lock(collection)
    try:
        return Scheduler(settings, reload, (sys.executable, "-P", "-m", "crawler", *flags), context).run()
    finally:
        lock.release()
