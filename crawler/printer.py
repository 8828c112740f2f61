"""Acknowledgements on standard output: each capture once it is safe, as JSON or in words."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from archive.answer import answer
from archive.terminal import json_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.command import Context
    from archive.model import Capture
    from crawler.progress import Progress


class Printer:
    """Prints captures; `words` says in words what was kept. When nobody reads any more, the run goes on all the same.

    It is called with each capture.
    """

    def __init__(self, context: Context, progress: Progress, words: Callable[[Capture], str]) -> None:
        self._context = context
        self._progress = progress
        self._words = words

    def __call__(self, capture: Capture) -> None:
        """Print one capture."""
        if capture.role == "page":
            self._progress.step()
        text = json_line(answer(capture)) if self._context.json else self._words(capture)
        try:
            self._progress.above(text + "\n", self._context.out)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
