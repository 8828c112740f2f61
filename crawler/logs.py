"""The log: one line an event on standard error, with nothing in it that a page could use against a terminal.

    log("crawl.listing.failed", "… gave nothing to read", url=…) ─┐                      ┌─▶ text: level and message
    Scrapy, asyncio, warnings                                     ├─▶ one handler ─▶ form ┤
    what a command writes to `Context.err` (json only)            ┘                      └─▶ json: one object a line

Notices are what a command says of its own accord: as text they are lines without a level. In json whatever Python code
of this process writes to standard error becomes an event, so that every line of it is an object.
"""

from __future__ import annotations

import io
import logging
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TextIO, cast

from archive.address import host_of
from archive.terminal import escape, json_line
from crawler.log_events import EVENTS, NOTICE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import ExceptHookArgs

    from archive.errors import NewsclipError

LogFormat = Literal["text", "json"]

_OURS = frozenset({"archive", "crawler", "pipelines"})
_LEVELS = {-1: logging.ERROR, 0: NOTICE, 1: logging.INFO}
_LONGEST = 2000
"""Letters of one value in json: an address may have a million."""
_DATED = "schedule."
"""Beginning of the events whose text says when it was: a scheduler runs for months."""
_log = logging.getLogger(__name__)
_bound: dict[str, Any] = {}


def log(event: str, message: str, error: BaseException | None = None, **fields: Any) -> None:
    """Log an event of the table, with its fields; the traceback of an error is shown where everything is."""
    known = EVENTS[event]
    assert fields.keys() <= set(known.fields), f"{event} has no {fields.keys() - set(known.fields)}"
    _log.log(known.level, "%s", message, exc_info=error, extra={"event": event, "fields": fields})


def bind(**fields: Any) -> None:
    """Give every event from now on these fields: a process makes one run at a time."""
    _bound.update(fields)


def configure(verbosity: int, stream: TextIO, form: LogFormat = "text") -> TextIO:
    """Send the log to a stream: errors with -q, notices and warnings by default, -v events, -vv everything.

    Libraries are heard only with -vv: what they warn of is in our own messages, or not for users. The handler decides,
    because Scrapy sets the levels of loggers as it starts. What is returned is for words that are no events.
    """
    handler = _Handler(stream)
    kind = _Json if form == "json" else _Text
    handler.setFormatter(kind(tracebacks=verbosity > 1))
    handler.setLevel(_LEVELS.get(verbosity, logging.DEBUG))
    if verbosity <= 1:
        handler.addFilter(lambda record: record.name.partition(".")[0] in _OURS)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
    logging.captureWarnings(capture=True)
    if form == "text":
        return stream
    threading.excepthook = _thread_failed
    return cast("TextIO", _Said(stream))


def failed(error: NewsclipError) -> bool:
    """Log what ends the command, where the log is of objects; elsewhere return False, and the caller says it."""
    if not isinstance(sys.stderr, _Said):
        return False
    log("command.failed", str(error), error, status=error.exit_status)
    return True


class _Handler(logging.StreamHandler[TextIO]):
    """Writes around a progress bar, which terminals have. A log that nobody can read any more ends no run."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._has_bars = stream.isatty()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        bars = sys.modules.get("tqdm") if self._has_bars else None
        if bars is None:
            super().emit(record)
            return
        with bars.tqdm.external_write_mode(file=self.stream):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Go on without it."""


class _Text(logging.Formatter):
    """A line an event, control characters escaped."""

    def __init__(self, *, tracebacks: bool) -> None:
        super().__init__()
        self._tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        level = "" if record.levelno == NOTICE else f"{record.levelname.lower()}: "
        dated = f"{_moment(record):%Y-%m-%dT%H:%M:%SZ} " if _event(record).startswith(_DATED) else ""
        line = escape(f"{dated}{level}{_message(record)}")
        if self._tracebacks and record.exc_info:
            # A traceback repeats the words of its error, which may be a page's: set in, they pass for no event.
            lines = self.formatException(record.exc_info).split("\n")
            return "\n".join((line, *(f"    {escape(one)}" for one in lines)))
        return line


class _Json(logging.Formatter):
    """An object an event; JSON's own escapes keep it on one line."""

    def __init__(self, *, tracebacks: bool) -> None:
        super().__init__()
        self._tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "ts": _moment(record).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": _event(record),
            **_bound,
            **_fields(record),
            "message": _cut(_message(record)),
        }
        if self._tracebacks and record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json_line(said)


class _Said(io.TextIOBase):
    """A stream whose lines become events."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""

    def write(self, text: str) -> int:
        """Log the lines that are whole."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._say(line)
        return len(text)

    def flush(self) -> None:
        """Log what is there of a line."""
        begun, self._begun = self._begun, ""
        self._say(begun)

    def fileno(self) -> int:
        """Return what the processes that we start write to."""
        return self._stream.fileno()

    @staticmethod
    def _say(line: str) -> None:
        if line.strip():
            log("command.said", line.strip())


def _thread_failed(failure: ExceptHookArgs) -> None:
    if failure.exc_value is not None and not isinstance(failure.exc_value, SystemExit):
        why = f"{failure.exc_type.__name__}: {failure.exc_value}"
        log("thread.failed", f"A fault of ours: {why}", failure.exc_value, why=why)


def _event(record: logging.LogRecord) -> str:
    """Return the name of an event; a library's record is named after its logger."""
    return getattr(record, "event", None) or f"log.{record.name}"


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of an event in the order of the table, those that are known."""
    given: Mapping[str, Any] = getattr(record, "fields", {})
    if not given:
        return {}
    named = EVENTS[_event(record)].fields
    if "host" in named and "url" in given:
        given = {"host": host_of(given["url"]), **given}
    return {name: _plain(given[name]) for name in named if given.get(name) is not None}


def _plain(value: Any) -> Any:
    """Return a value that JSON has."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a library's record whose arguments do not fit its words
        return f"{record.msg} {record.args}"


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)
