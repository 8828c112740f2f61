"""How far a run is: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from tqdm import tqdm

from crawler.logs import log

if TYPE_CHECKING:
    from typing import Self

_SECONDS_BETWEEN_LINES = 30.0


class Progress:
    """Counts what is done; results are printed through `above`, so that the bar stays below them."""

    def __init__(self, total: int, stream: TextIO, *, quiet: bool) -> None:
        self._quiet = quiet
        self._total = total
        self._done = 0
        self._started = self._said = time.monotonic()
        self._bar = (
            tqdm(total=total, file=stream, unit=" pages", dynamic_ncols=True, smoothing=0.1, leave=False)
            if stream.isatty() and not quiet
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def step(self) -> None:
        """Count one more."""
        self._done += 1
        if self._bar is not None:
            self._bar.update()
            return
        now = time.monotonic()
        if not self._quiet and now - self._said >= _SECONDS_BETWEEN_LINES:
            self._said = now
            rate = self._done / (now - self._started)
            left = (self._total - self._done) / rate
            words = f"{self._done} of {self._total} done, {rate:.1f} a second, about {left:.0f} s left"
            log("run.progress", words, done=self._done, total=self._total, rate=rate)

    def above(self, text: str, out: TextIO) -> None:
        """Print a result; a bar on the same terminal is moved out of the way."""
        if self._bar is not None:
            self._bar.clear()
        out.write(text)
        out.flush()
        if self._bar is not None:
            self._bar.refresh()
