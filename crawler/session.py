"""One run over one collection: who writes, who judges, and who is told of what was kept.

A `Session` is opened before Scrapy starts and closed after it ended, so that the way a run ends (done, interrupted,
out of disk) is decided in one place. Spiders, the pipeline and the commands all hold the same one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive.options import StoreOptions
from archive.writer import Writer
from crawler.scrapy_settings import user_agent
from crawler.workers import Judges

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.errors import NewsclipError
    from archive.model import Capture
    from crawler.config import Settings


def _nobody(capture: Capture) -> None:
    """Tell nobody (the spider was started by `scrapy crawl`, whose output is its log)."""


@dataclass(slots=True, weakref_slot=True)
class Session:
    """What a run holds: the only place where it changes.

    `kept` counts acknowledged pages by liveness, `unfetched` those without any answer; `stopped_by` is the error that
    made it impossible to go on.
    """

    writer: Writer
    judges: Judges
    acknowledge: Callable[[Capture], None] = _nobody
    kept: Counter[str] = field(default_factory=Counter)
    stopped_by: NewsclipError | None = None
    interrupted: bool = False
    unfetched: int = 0

    @classmethod
    def open(cls, settings: Settings, command: str) -> Session:
        """Lock and mend the collection, begin a run, and start the workers.

        Raises:
            NewsclipError: the collection cannot be written.

        """
        options = StoreOptions(
            operator=settings.collection.operator,
            user_agent=user_agent(settings),
            robots=settings.fetch.robots,
        )
        writer = Writer.open(Path(settings.collection.path), options, command)
        return cls(writer=writer, judges=Judges(settings.fetch))

    def count(self, capture: Capture) -> None:
        """Count a page that is safe, and acknowledge it."""
        assert capture.liveness is not None
        self.kept[capture.liveness] += 1
        self.unfetched += capture.status is None
        self.acknowledge(capture)

    def close(self) -> None:
        """End the run: give back what was not finished, close the files, stop the workers."""
        self.judges.close()
        self.writer.close(self.outcome)

    @property
    def outcome(self) -> str:
        """How the run ended, in a word, for its record."""
        if self.stopped_by:
            return "stopped"
        return "interrupted" if self.interrupted else "done"
