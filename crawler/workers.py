"""Judging in worker processes, each page with a deadline and a memory limit.

Strategy: parsers written in C can hang for minutes where no signal reaches them, or take a process down. So the pure
half runs in child processes that can be killed (pebble does the killing and replacing). The children are forked from
a server that has imported the extractor and this module once, so each costs milliseconds. A page whose worker is
killed, crashes or runs out of memory is judged by status, headers and redirects alone; its `fault` says why there is no
text.

What goes in is bytes as on the wire, what comes out is a `Processed`: decoding happens in the child too. The extractor
is imported where it runs, in the child: the parent starts 0.3 s earlier without it.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import multiprocessing.forkserver
import resource
import signal
import threading
from concurrent.futures import TimeoutError as Overdue
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pebble import ProcessExpired, ProcessPool

from archive.http_message import parse_response
from archive.model import MissingPage
from archive.page import page_from

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from archive.model import Exchange, Processed, SiteProfile
    from crawler.options import FetchOptions

PRELOAD = ("pipelines.flow", "archive.page", "crawler.workers")
"""What workers are forked with."""

_PAGES_A_WORKER = 5000
"""Pages after which a worker is replaced: libxml2 and the extractor's caches never give memory back."""

_GARBAGE_AFTER = 20_000
"""Objects that may be made before the next search for garbage (the gc module's threshold of the first generation)."""


def begin(*more: str) -> None:
    """Start the server that workers are forked from; it imports the extractor while the caller imports Scrapy.

    `more` are further modules that all workers will need.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload([*PRELOAD, *more])
    multiprocessing.forkserver.ensure_running()


class Judges:
    """A pool of processes that turn exchanges, or HTML from elsewhere, into verdicts and articles.

    They start with the first page, or before, `at_once`, where pages are sure to come: workers that are stopped while
    they start complain.
    """

    def __init__(self, options: FetchOptions, *, at_once: bool = True) -> None:
        begin()
        self._deadline = options.page_deadline
        self._limit = options.max_bytes
        self.processes = options.processes()
        self._pool = ProcessPool(
            max_workers=self.processes,
            max_tasks=_PAGES_A_WORKER,
            initializer=prepare_worker,
            initargs=[options.page_memory],
            context=multiprocessing.get_context("forkserver"),
        )
        if at_once:
            # The first task waits for the server to be ready; nobody else needs to.
            threading.Thread(target=self._pool.schedule, args=[_warm_up], daemon=True).start()

    async def judge(
        self, exchanges: Sequence[Exchange], requested_url: str, site: SiteProfile | None = None
    ) -> Processed:
        """Return what the page at the end of these exchanges is, by all that is known of its site.

        Never raises for anything a page does.
        """
        future = self.submit(judge_exchanges, exchanges, requested_url, self._limit, site)
        return await self._outcome(future, exchanges, requested_url)

    async def judge_probe(self, exchanges: Sequence[Exchange], requested_url: str) -> Processed:
        """Return what a site answers for a page that cannot exist; one of which nothing can be made says `unknown`."""
        future = self.submit(judge_probe_exchanges, exchanges, requested_url, self._limit)
        processed = await self._outcome(future, exchanges, requested_url)
        if processed.missing_page is not None:
            return processed
        last = exchanges[-1]
        return replace(processed, missing_page=MissingPage(requested_url, last.url, last.started_at, "unknown"))

    async def _outcome(self, future: Future[Any], exchanges: Sequence[Exchange], requested_url: str) -> Processed:
        """Return what a worker says of a page; of one that it did not survive, what can be said without its body."""
        try:
            processed: Processed = await asyncio.wrap_future(future)
        except (Overdue, ProcessExpired, MemoryError, OSError) as error:
            last = exchanges[-1]
            head = parse_response(last.response).head if last.response else b""
            page = page_from([*exchanges[:-1], replace(last, response=head)], requested_url, self._limit)
            from pipelines.flow import process_without_body  # noqa: PLC0415 - see above; rarely needed here

            return process_without_body(page, self.fault_of(error))
        return processed

    def submit(self, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Run a picklable function of one page in a worker; the future fails when the page's deadline has passed."""
        future: Future[Any] = self._pool.schedule(function, args=list(args), timeout=self._deadline)
        return future

    def fault_of(self, error: BaseException) -> str:
        """Return the line that says why a page has no text."""
        if isinstance(error, Overdue):
            return f"Judging took more than {self._deadline:g} s and was stopped (page_deadline)."
        if isinstance(error, ProcessExpired):
            return f"The process that judged the page died (exit code {error.exitcode})."
        return f"Judging failed: {type(error).__name__}: {error}."

    def close(self) -> None:
        """Stop the workers; what they still work on is given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def judge_exchanges(
    exchanges: Sequence[Exchange], requested_url: str, limit: int, site: SiteProfile | None = None
) -> Processed:
    """Return what the last of the exchanges means; runs in a worker."""
    from pipelines.flow import process  # noqa: PLC0415 - see above

    return process(page_from(exchanges, requested_url, limit), site)


def judge_probe_exchanges(exchanges: Sequence[Exchange], requested_url: str, limit: int) -> Processed:
    """Return what the last of the exchanges says of missing pages; runs in a worker."""
    from pipelines.flow import process_probe  # noqa: PLC0415 - see above

    return process_probe(page_from(exchanges, requested_url, limit))


def _warm_up() -> None:
    """Do nothing: the worker that runs this is ready."""


def prepare_worker(memory: int) -> None:
    """Leave Ctrl-C to the parent, end with it, and bound the memory (RLIMIT_AS, where the system has it).

    What was imported stays for ever, so no search for garbage need look at it: a tenth of a page's time (measured).
    A page leaves no cycles behind, but has ten thousands of objects while it is looked at: searching at every 700th, as
    is usual, took another seventh of its time (56 ms against 48, 163 pages).
    What libraries would say here has a page's words in it, and no part in the log: `fault` says what went wrong.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    logging.captureWarnings(capture=True)
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER, 20, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
