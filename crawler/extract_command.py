"""`newsclip extract`: the pure half of the program on HTML files, without a collection.

A job is {"id", "path" or "html", "url", "status"}; its answer repeats the id. Jobs run over all cores in the same
workers as a crawl, in a window, so that a batch of any length takes no memory; answers come in the order they are
ready. One bad job is one answer with `fault`, never a dead batch.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archive.errors import UsageError
from archive.model import Liveness, Page, Processed, Verdict
from archive.terminal import escape, json_line
from crawler.workers import Judges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from archive.command import Context
    from crawler.config import Settings

NOT_ALL_LIVE, NOT_ALL_READ = 3, 4
_JOBS_A_PROCESS = 8
_OK = 200
_UTF_8 = ((b"Content-Type", b"text/html; charset=utf-8"),)


class Job(msgspec.Struct, frozen=True):
    """One page to judge: a path or the HTML itself, its address, and the status it came with."""

    id: Any = None
    path: str | None = None
    html: str | None = None
    url: str = ""
    status: int = _OK


def extract_batch(file: str, settings: Settings, context: Context) -> int:
    """Answer every job of a JSON lines file; the status says whether all could be read, not whether all are live."""
    unread = 0
    with _lines_of(file) as lines, _judging(settings) as judges:
        for answer, fault in _answers(lines, judges, settings.fetch.max_bytes):
            unread += fault
            context.out.write(answer + "\n")
        context.out.flush()
    return NOT_ALL_READ if unread else 0


def extract_files(files: Sequence[Path], url: str, settings: Settings, context: Context) -> int:
    """Print what each file holds: verdict, metadata, text."""
    if not files:
        raise UsageError("No file was given; say newsclip extract FILE, or --batch FILE.")
    verdicts: set[Liveness | None] = set()
    with _judging(settings) as judges:
        for file in files:
            line = msgspec.json.encode(Job(id=str(file), path=str(file), url=url))
            answer = msgspec.json.decode(_judged(judges, line, settings.fetch.max_bytes))
            verdicts.add(Liveness(answer["verdict"]) if answer["verdict"] else None)
            context.out.write((json_line(answer) if context.json else _for_people(answer)) + "\n")
    if None in verdicts:
        return NOT_ALL_READ
    return 0 if verdicts == {Liveness.LIVE} else NOT_ALL_LIVE


@contextmanager
def _judging(settings: Settings) -> Iterator[Judges]:
    judges = Judges(settings.fetch)
    try:
        yield judges
    finally:
        judges.close()


@contextmanager
def _lines_of(file: str) -> Iterator[Iterable[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with gzip.open(file) if file.endswith(".gz") else Path(file).open("rb") as lines:
            yield lines
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{file} cannot be read ({error}).") from None


def _answers(lines: Iterable[bytes], judges: Judges, limit: int) -> Iterator[tuple[str, bool]]:
    window: dict[Future[bytes], bytes] = {}
    for line in lines:
        if not line.strip():
            continue
        window[judges.submit(answer_line, line, limit)] = line
        if len(window) >= judges.processes * _JOBS_A_PROCESS:
            yield from _ready(window, judges)
    while window:
        yield from _ready(window, judges)


def _ready(window: dict[Future[bytes], bytes], judges: Judges) -> Iterator[tuple[str, bool]]:
    done, _ = wait(window, return_when=FIRST_COMPLETED)
    for future in done:
        answer = _outcome(future, window.pop(future), judges)
        yield answer.decode(), b'"verdict":null' in answer


def _judged(judges: Judges, line: bytes, limit: int) -> bytes:
    return _outcome(judges.submit(answer_line, line, limit), line, judges)


def _outcome(future: Future[bytes], line: bytes, judges: Judges) -> bytes:
    """Return a job's answer; a worker that was stopped or died leaves an answer that says so."""
    error = future.exception()
    if error is None:
        return future.result()
    verdict = Verdict(Liveness.UNSURE, "The page could not be judged.", 0.0)
    return _encoded(msgspec.json.decode(line, type=Job).id, Processed(verdict, fault=judges.fault_of(error)))


def answer_line(line: bytes, limit: int) -> bytes:
    """Answer one job, given and returned as JSON; runs in a worker."""
    from pipelines.flow import process  # noqa: PLC0415 - the parent does without the extractor
    from pipelines.options import ProcessOptions  # noqa: PLC0415 - see above

    try:
        job = msgspec.json.decode(line, type=Job)
    except msgspec.MsgspecError as error:
        return _unread(None, f"{line[:80].decode(errors='replace')!r} is not a job: {error}.")
    try:
        body = _body_of(job, limit)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return _unread(job.id, f"{job.path} cannot be read ({error}).")
    headers = _UTF_8 if job.html is not None else ()
    page = Page(job.url, job.url, datetime.now(UTC), job.status, headers, body)
    return _encoded(job.id, process(page, options=ProcessOptions(remember=False)))


def _body_of(job: Job, limit: int) -> bytes:
    if job.html is not None:
        return job.html.encode("utf-8", "surrogatepass")[:limit]
    if job.path is None:
        raise ValueError("a job needs a path or html")
    with gzip.open(job.path) if job.path.endswith(".gz") else Path(job.path).open("rb") as file:
        return file.read(limit)


def _unread(job: Any, fault: str) -> bytes:
    return msgspec.json.encode({"id": job, "verdict": None, "fault": fault})


def _encoded(job: Any, processed: Processed) -> bytes:
    verdict, article = processed.verdict, processed.article
    said = {
        "id": job,
        "verdict": verdict.liveness,
        "reason": verdict.reason,
        "confidence": verdict.confidence,
        "signals": verdict.signals,
        "fault": processed.fault,
    }
    return msgspec.json.encode(said | (msgspec.to_builtins(article) if article else {"text": None, "title": None}))


def _for_people(answer: dict[str, Any]) -> str:
    if answer["verdict"] is None:
        return escape(answer["fault"])
    lines = [f"{answer['verdict']}: {escape(answer['reason'])} ({answer['confidence']:.0%} sure)"]
    lines += [f"{key}: {escape(str(answer[key]))}" for key in ("title", "published", "language") if answer.get(key)]
    if answer.get("authors"):
        lines.append(f"authors: {escape(', '.join(answer['authors']))}")
    if answer["fault"]:
        lines.append(f"fault: {escape(answer['fault'])}")
    text = "\n".join(escape(line) for line in (answer.get("markdown") or "").splitlines())
    return "\n".join(lines) + f"\n\n{text}\n"
