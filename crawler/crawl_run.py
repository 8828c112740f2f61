"""What one crawl does for its sources, within its limits: the only place where it is counted.

A limit ends what is begun, not what is under way: pages that were asked for are kept, and what is left stays in the
frontier for the next run. Bytes are those of the responses as they came.
"""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.concerns import Noted
from crawler.discovery import SourceRun
from crawler.quantities import span_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.finds import Find
    from archive.model import Exchange
    from crawler.limit_options import LimitOptions
    from crawler.source_options import SourceOptions


class CrawlRun:
    """Counts pages and bytes of each source, and says which of them may go on."""

    def __init__(self, sources: Sequence[SourceOptions], limits: LimitOptions, folder: Path) -> None:
        self.sources = {source.name: SourceRun(source) for source in sources}
        self.limit: str | None = None
        self.unfinished = False
        self.noted = Noted()
        self.short_of_disk = False
        self.began = datetime.now(UTC)
        self._limits = limits
        self._folder = folder
        self._began = time.monotonic()

    def open_sources(self) -> list[str]:
        """Return the names of the sources that have not reached a limit, nor has the run."""
        self.limit = self.limit or self._reached()
        if self.limit:
            return []
        for source in self.sources.values():
            source.limit = source.limit or self._reached_by(source)
        return [name for name, source in self.sources.items() if source.limit is None]

    def room(self, name: str, count: int) -> int:
        """Return how many articles of a source may still be asked for, up to a count."""
        source = self.sources[name]
        left = [count]
        if source.options.max_pages:
            left.append(source.options.max_pages - source.leased)
        if self._limits.pages:
            left.append(self._limits.pages - sum(one.leased for one in self.sources.values()))
        return max(0, min(left))

    def leased(self, name: str, count: int) -> None:
        """Count articles that are taken from the frontier."""
        self.sources[name].leased += count

    def fetched(self, find: Find, exchanges: Sequence[Exchange]) -> None:
        """Count an article that was asked for, and the bytes that came."""
        self.sources[find.source].pages += 1
        self.sources[find.source].bytes += sum(len(exchange.response) for exchange in exchanges)

    def limits_reached(self) -> Iterator[tuple[str | None, str, str]]:
        """Yield each limit that was reached: its source, None for the run, the limit, and both in a line."""
        for name, source in self.sources.items():
            if source.limit:
                yield name, source.limit, f"{name}: stopped at {source.limit}."
        if self.limit:
            yield None, self.limit, f"The run stopped at {self.limit}."

    def _reached(self) -> str | None:
        """Return which limit of the run is reached."""
        limits, running = self._limits, time.monotonic() - self._began
        if limits.pages and sum(source.leased for source in self.sources.values()) >= limits.pages:
            return f"the limit of {limits.pages:,} pages a run (pages in [limits])"
        if limits.bytes and sum(source.bytes for source in self.sources.values()) >= limits.bytes:
            return f"the limit of {limits.bytes:,} bytes a run (bytes in [limits])"
        if limits.time and running >= limits.time.total_seconds():
            return f"the limit of {span_text(limits.time)} a run (time in [limits])"
        if limits.min_free_disk and shutil.disk_usage(self._folder).free < limits.min_free_disk:
            self.short_of_disk = True
            return f"less than {limits.min_free_disk:,} bytes of free disk (min_free_disk in [limits])"
        return None

    def _reached_by(self, source: SourceRun) -> str | None:
        """Return which limit a source has reached."""
        options = source.options
        if options.max_pages and source.leased >= options.max_pages:
            return f"the limit of {options.max_pages:,} pages (max_pages)"
        if options.max_bytes and source.bytes >= options.max_bytes:
            return f"the limit of {options.max_bytes:,} bytes (max_bytes)"
        if options.max_time and time.monotonic() - self._began >= options.max_time.total_seconds():
            return f"the limit of {span_text(options.max_time)} (max_time)"
        return None
