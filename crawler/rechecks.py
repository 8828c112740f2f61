"""What became of articles that were looked at again, and when each is due for the next look."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import looks
from archive.index import micros
from crawler.recheck_ages import next_recheck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archive.finds import Find
    from archive.looks import Outcome
    from archive.model import Capture
    from archive.writer import Writer
    from crawler.source_options import SourceOptions


class Rechecks:
    """Notes each look: `tell` is given the address and what was found, `outcomes` counts by source."""

    def __init__(self, writer: Writer, sources: Sequence[SourceOptions], tell: Callable[[str, Outcome], None]) -> None:
        self._writer = writer
        self._ages = {source.name: source.recheck for source in sources}
        self._tell = tell
        self.outcomes: Mapping[str, Counter[Outcome]] = {source.name: Counter() for source in sources}

    def prepare(self) -> int:
        """Reckon what is due, and return how many articles are."""
        now = datetime.now(UTC)
        total = 0
        for name, ages in self._ages.items():
            if ages:
                self._writer.change(looks.prepare, name, min(ages))
                total += self._writer.ask(looks.due, name, micros(now))
        return total

    def note(self, find: Find, capture: Capture) -> None:
        """Keep what a look found.

        Raises:
            NewsclipError: it cannot be written.

        """
        captures = self._writer.ask(looks.history, find.url)
        earlier = [one for one in captures if one.id < capture.id]
        found = looks.outcome(earlier[-1] if earlier else None, capture)
        times = [one.fetched_at for one in captures]
        following = next_recheck(times or [capture.fetched_at], self._ages[find.source], datetime.now(UTC))
        self._writer.change(looks.looked, find.id, following)
        self.outcomes[find.source][found] += 1
        self._tell(find.url, found)
