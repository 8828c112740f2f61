"""The log: one line an event on standard error, with nothing in it that a page could use against a terminal."""

from __future__ import annotations

import logging
from typing import TextIO

from archive.terminal import escape

_OURS = frozenset({"archive", "crawler", "pipelines"})
_LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}


class _OneLine(logging.Formatter):
    """A line an event, control characters escaped; tracebacks only where everything was asked for."""

    def __init__(self, *, tracebacks: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self._tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        line = escape(f"{record.levelname.lower()}: {record.getMessage()}")
        if self._tracebacks and record.exc_info:
            return line + "\n" + self.formatException(record.exc_info)
        return line


def configure(verbosity: int, stream: TextIO) -> None:
    """Send the log to a stream: errors with -q, warnings by default, -v events, -vv everything.

    Libraries are heard only with -vv: what they warn of is in our own messages, or not for users. The handler decides,
    because Scrapy sets the levels of loggers as it starts.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_OneLine(tracebacks=verbosity > 1))
    handler.setLevel(_LEVELS.get(verbosity, logging.DEBUG))
    if verbosity <= 1:
        handler.addFilter(lambda record: record.name.partition(".")[0] in _OURS)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG)
