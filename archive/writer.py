"""The one way into a collection.

    put(finding) ─▶ queue ─▶ [group: remarks on disk ─▶ originals on disk ─▶ article files ─▶ one transaction]
                                                                                                    ─▶ acknowledged

A thread takes whatever waits and commits it as one group, so that a disk's slow `fdatasync` is paid once for many
pages when there are many and at once when there is one. The order makes every kind of death harmless. What is said of
an original (verdict, text, the target it answers) is on disk before the original is, so that mending, which finds
records that the index lacks, always knows what they mean; remarks whose original never came are cut off. An index row
never points to a record that is not on disk. An acknowledgement is the future's result.

The index connection is shared with the frontier under a lock; every use is one short transaction.
"""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from archive import finds, frontier, index, joins, listings, site_memory, sites
from archive.address import url_key
from archive.adopt import drop_articles
from archive.collection import Collection
from archive.disk import explained
from archive.errors import NewsclipError
from archive.group import Group
from archive.lock import take_lock
from archive.mend import Mended, close_warc, mend, note_what_came, settle_target
from archive.model import Finding
from archive.reading import read_record
from archive.schema import connect, explained_database
from archive.tally import Tally
from archive.text_store import write_capture_article
from archive.warc_files import fresh_names, open_file
from archive.warcinfo import warcinfo_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from archive.lock import Lock
    from archive.model import Capture, Processed
    from archive.options import StoreOptions
    from archive.warc_files import WarcFile

_About = ParamSpec("_About")
_Answer = TypeVar("_Answer")
_MOST_IN_A_GROUP = 64
_MOST_BYTES_IN_A_GROUP = 64_000_000


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to store, and whom to tell: a finding, or what became known of a capture."""

    what: Finding | tuple[Capture, Processed]
    told: Future[Capture]

    @property
    def size(self) -> int:
        if isinstance(self.what, Finding):
            return sum(len(exchange.response) for exchange in self.what.exchanges)
        return 0


class Writer:
    """Writes one run; all methods may be called from any thread. `open` makes one."""

    def __init__(
        self,
        collection: Collection,
        options: StoreOptions,
        command: str,
        *,
        lock: Lock,
        connection: sqlite3.Connection,
    ) -> None:
        self._collection = collection
        self._options = options
        self._lock = lock
        self._connection = connection
        self._guard = threading.RLock()
        self._files: tuple[WarcFile, WarcFile] | None = None
        self._broken: NewsclipError | None = None
        self._closed = False
        self._tally = Tally()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self.mended: Mended = mend(collection, connection)
        self.unfinished = frontier.unfinished(connection)
        self._started = datetime.now(UTC)
        self.run = self._begin_run(command)
        self._batches = [self.run]
        self.left = 0
        self._thread = threading.Thread(target=self._work, name="newsclip-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, path: Path, options: StoreOptions, command: str) -> Writer:
        """Make the collection if there is none, lock it, mend what an earlier run left, and begin a run.

        Raises:
            NotWritable: the folder cannot be written.
            Locked: another process is writing.
            Damaged: the index is broken.
            DiskFull: there is no room even to begin.

        """
        collection = Collection(path)
        collection.create()
        lock = take_lock(collection)
        try:
            connection = connect(collection)
            try:
                return cls(collection, options, command, lock=lock, connection=connection)
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            lock.release()
            raise explained_database(collection, error) from None
        except OSError as error:
            lock.release()
            raise explained(error, collection.path) from None
        except BaseException:
            lock.release()
            raise

    # What a run stores.

    def put(self, finding: Finding) -> Future[Capture]:
        """Store a finding; the future's result, the capture of its last exchange, is the acknowledgement."""
        return self._queued(finding)

    def judge(self, capture: Capture, processed: Processed) -> Future[Capture]:
        """Say anew what a stored capture is: of one that was stored without verdict, or of which more is known now."""
        return self._queued((capture, processed))

    # What a run has to fetch.

    def add_targets(self, urls: Iterable[str]) -> int:
        """Add addresses to this save and return how many were not in it yet."""
        with self._transaction():
            return frontier.add(self._connection, self.run, urls)

    def intake_complete(self) -> None:
        """Note that this save's whole list has been taken in."""
        with self._transaction():
            frontier.complete(self._connection, self.run)

    def resume(self) -> None:
        """Take over what earlier saves left."""
        with self._guard:
            self._batches = [unfinished.batch for unfinished in self.unfinished] + [self.run]
        with self._transaction():
            for unfinished in self.unfinished:
                frontier.complete(self._connection, unfinished.batch)

    def lease(self, count: int) -> list[frontier.Target]:
        """Return up to `count` addresses to fetch now; none means that all are under way or done."""
        with self._transaction():
            return frontier.lease(self._connection, self._batches, count)

    def waiting(self) -> int:
        """Return how many addresses are not done."""
        with self._asked():
            return frontier.waiting(self._connection, self._batches)

    def ask(
        self,
        question: Callable[Concatenate[sqlite3.Connection, _About], _Answer],
        *about: _About.args,
        **named: _About.kwargs,
    ) -> _Answer:
        """Return what a function that reads the index answers (archive.sites)."""
        with self._asked():
            return question(self._connection, *about, **named)

    def change(
        self,
        statement: Callable[Concatenate[sqlite3.Connection, _About], _Answer],
        *about: _About.args,
        **named: _About.kwargs,
    ) -> _Answer:
        """Return what a function that changes the frontier of crawls answers (archive.finds, archive.listings)."""
        with self._transaction():
            return statement(self._connection, *about, **named)

    @property
    def collection(self) -> Collection:
        """Where all of it is."""
        return self._collection

    @property
    def tally(self) -> Tally:
        """What this run has stored so far."""
        with self._guard:
            return self._tally.copy()

    def last_captured(self, url: str) -> datetime | None:
        """Return when an address was last answered, or None."""
        with self._asked():
            return index.latest_answer(self._connection, url_key(url))

    def stored_response(self, capture: Capture) -> bytes:
        """Return the response of a capture as it came, or nothing; of a revisit, the one whose payload it repeats.

        Raises:
            Damaged: its record cannot be read.

        """
        ref = capture.response
        if capture.revisit_of:
            with self._asked():
                earlier = index.of_record(self._connection, capture.revisit_of)
            ref = earlier.response if earlier else ref
        record = read_record(self._collection, ref)
        return b"" if record.type == "metadata" else record.block

    def close(self, outcome: str) -> None:
        """Store what waits, close the files, and end the run; `outcome` is done, interrupted or stopped.

        Raises:
            NewsclipError: it cannot be written; the next run mends what is left open.

        """
        with self._guard:
            self._closed = True
        self._jobs.put(None)
        self._thread.join()
        try:
            with self._guard:
                self._close_files()
                with self._transaction():
                    self._give_back()
                    self.left = frontier.waiting(self._connection, self._batches)
                    frontier.drop_finished(self._connection, and_empty=True)
                    self._end_run(outcome)
        except sqlite3.Error as error:
            raise explained_database(self._collection, error) from None
        except OSError as error:
            raise explained(error, self._collection.path) from None
        finally:
            self._connection.close()
            self._lock.release()

    # The thread.

    def _queued(self, what: Finding | tuple[Capture, Processed]) -> Future[Capture]:
        job = _Job(what, Future())
        job.told.set_running_or_notify_cancel()  # what was fetched is kept, even if who waited for it was cancelled
        with self._guard:
            if self._closed:
                job.told.set_exception(NewsclipError("A fault of ours: the collection was closed before this came."))
            else:
                self._jobs.put(job)
        return job.told

    def _work(self) -> None:
        while (jobs := self._next_jobs()) is not None:
            try:
                self._store(jobs)
            except BaseException as error:  # noqa: BLE001 - whatever it is, whoever waits must be told
                self._broken = self._broken or _as_ours(error, self._collection)
                for job in jobs:
                    if not job.told.done():
                        job.told.set_exception(self._broken)

    def _next_jobs(self) -> list[_Job] | None:
        """Wait for a job and return it with those that wait behind it; None when there will be no more."""
        first = self._jobs.get()
        if first is None:
            return None
        jobs, size = [first], first.size
        while len(jobs) < _MOST_IN_A_GROUP and size < _MOST_BYTES_IN_A_GROUP:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            jobs.append(job)
            size += job.size
        return jobs

    def _store(self, jobs: list[_Job]) -> None:
        """Make one group durable and tell those who wait.

        Raises:
            NewsclipError: it cannot be written; after that nothing is, because the files end with what failed.

        """
        if self._broken is not None:
            raise self._broken
        originals, texts = self._open_files()
        group = Group(self.run, originals.info_id, texts.info_id)
        ends = self._grouped(group, jobs)
        places = {ref.record_id: ref for ref in texts.append([*group.judgements, *group.texts])}
        texts.sync()
        places |= {ref.record_id: ref for ref in originals.append(group.originals)}
        originals.sync()
        places |= {job.what[0].response.record_id: job.what[0].response for job in jobs if isinstance(job.what, tuple)}
        captures = group.captures(places)
        for kept, capture in zip(group.kept, captures, strict=True):
            if kept.article is not None:
                write_capture_article(self._collection, capture, kept.article, kept.article.markdown)
        stored = self._index(group, captures, ends)
        for end, job in ends.items():
            job.told.set_result(stored[end])

    def _grouped(self, group: Group, jobs: list[_Job]) -> dict[int, _Job]:
        """Make the records of each job and return the jobs by the number of the capture that answers them.

        Nothing is written yet, so that a finding of which no records can be made costs none of the others.
        """
        ends = {}
        for job in jobs:
            try:
                with self._guard:  # anew for each, lest who asks for addresses waits for a whole group to be compressed
                    if isinstance(job.what, Finding):
                        group.add(self._connection, job.what)
                    else:
                        group.judge(*job.what)
            except sqlite3.Error:
                raise
            except Exception as error:  # noqa: BLE001 - whatever is wrong with it, its sender is told
                job.told.set_exception(_as_ours(error, self._collection))
            else:
                ends[len(group.kept) - 1] = job
        return ends

    def _index(self, group: Group, captures: list[Capture], jobs: dict[int, _Job]) -> list[Capture]:
        """Enter a group into the index in one transaction and return its captures with their ids."""
        assert self._files is not None
        stored, left = [], []
        with self._transaction():
            for number, (kept, capture) in enumerate(zip(group.kept, captures, strict=True)):
                job = jobs.get(number)
                entered = index.enter(self._connection, capture, kept.article.text if kept.article else None)
                joins.note(self._connection, entered)
                site_memory.remember(self._connection, entered, kept.told.traces)
                stored.append(entered)
                if kept.told.missing_page:
                    sites.remember(self._connection, kept.told.missing_page)
                if job is not None:
                    self._finish_target(job.what, entered)
                    self._tally.count(self.run, job.what, entered)
                    if isinstance(job.what, tuple) and job.what[0].article:
                        left.append((entered.about_url, job.what[0].article))
            drop_articles(self._collection, self._connection, left)
            for file in self._files:
                index.set_warc_size(self._connection, file.name, file.size)
        return stored

    def _finish_target(self, what: Finding | tuple[Capture, Processed], entered: Capture) -> None:
        if isinstance(what, tuple):
            if what[0].liveness is None:
                settle_target(self._connection, what[0], self.run)
            note_what_came(self._connection, entered)
        elif what.target_id is not None:
            frontier.done(self._connection, what.target_id)
        elif what.find_id is not None:
            now = index.micros(entered.fetched_at)
            come = finds.has_come(entered.liveness, entered.status)
            finds.settle(self._connection, what.find_id, now, come=come)
            if entered.liveness is not None:
                finds.came(self._connection, what.find_id, now, entered.liveness, entered.words)

    # Files and runs.

    def _open_files(self) -> tuple[WarcFile, WarcFile]:
        """Return the files to append to; they are begun when first needed, and anew when one has grown large."""
        if self._files is not None and max(file.size for file in self._files) >= self._options.roll_bytes:
            with self._guard:
                self._close_files()
        if self._files is None:
            names = fresh_names(self._collection.archive)
            self._announce(names)
            fields = warcinfo_fields(self._options, self.run)
            first, second = (open_file(self._collection.archive, name, fields) for name in names)
            self._files = (first, second)
        return self._files

    def _announce(self, names: tuple[str, str]) -> None:
        """Note which files will be written, and have that on disk first: mending looks for them there."""
        with self._guard:  # a pragma may not come between the statements of another thread's transaction
            self._connection.execute("PRAGMA synchronous = FULL")
            try:
                with self._transaction():
                    for name, kind in zip(names, ("originals", "text"), strict=True):
                        index.add_warc(self._connection, name, self.run, kind)
            finally:
                self._connection.execute("PRAGMA synchronous = NORMAL")

    def _close_files(self) -> None:
        """Close the files; after a failed write they are left to mending, which finds what the index never heard of."""
        for file in self._files or ():
            if self._broken is not None:
                file.leave()
                continue
            file.close()
            close_warc(self._collection, self._connection, file.name)
        self._files = None

    def _give_back(self) -> None:
        frontier.give_back(self._connection)
        finds.give_back(self._connection)
        listings.give_back(self._connection)

    def _begin_run(self, command: str) -> str:
        """Enter a run whose id is its starting time, made later by a second as long as another run has it."""
        with self._transaction():
            started = index.micros(self._started)
            run = index.fresh_run_id(self._connection, self._started)
            self._connection.execute(
                "INSERT INTO runs (id, command, started_at) VALUES (?, ?, ?)", (run, command, started)
            )
            frontier.begin(self._connection, run, started)
            self._give_back()
        return run

    def _end_run(self, outcome: str) -> None:
        self._connection.execute(
            "UPDATE runs SET ended_at = ?, outcome = ?, counts = ?, reasons = ?, bytes = ? WHERE id = ?",
            (
                index.micros(datetime.now(UTC)),
                outcome,
                json.dumps(+self._tally.verdicts),
                json.dumps(+self._tally.reasons),
                self._tally.bytes,
                self.run,
            ),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._asked():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Have the index to oneself; what SQLite says is said in our words."""
        with self._guard:
            try:
                yield
            except sqlite3.Error as error:
                raise explained_database(self._collection, error) from None


def _as_ours(error: BaseException, collection: Collection) -> NewsclipError:
    if isinstance(error, NewsclipError):
        return error
    if isinstance(error, sqlite3.Error):
        return explained_database(collection, error)
    if isinstance(error, OSError):
        return explained(error, collection.path)
    return NewsclipError(f"A fault of ours while writing: {type(error).__name__}: {error}.")
