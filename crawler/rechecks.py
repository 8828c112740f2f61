"""What became of articles that were looked at again, and when each is due for the next look.

That an article died is said of one capture, at once. That its address is dead is decided by several, days apart: the
look that decided it is in `decided`.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import looks
from archive.index import micros
from archive.lookup import standings_of
from archive.standing import State
from crawler.logs import log
from crawler.recheck_ages import next_confirmation, next_recheck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archive.finds import Find
    from archive.looks import Outcome
    from archive.model import Capture
    from archive.standing import Standing
    from archive.writer import Writer
    from crawler.source_options import SourceOptions


class Rechecks:
    """Notes each look: `tell` is given the address and what was found, `outcomes` counts by source.

    `decided` are the addresses of each source whose death one of these looks decided, with its first capture.
    """

    def __init__(self, writer: Writer, sources: Sequence[SourceOptions], tell: Callable[[str, Outcome], None]) -> None:
        self._writer = writer
        self._ages = {source.name: source.recheck for source in sources}
        self._tell = tell
        self.outcomes: Mapping[str, Counter[Outcome]] = {source.name: Counter() for source in sources}
        self.decided: Mapping[str, dict[str, datetime]] = {source.name: {} for source in sources}

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
        found = looks.outcome(earlier, capture)
        now = datetime.now(UTC)
        times = [one.fetched_at for one in captures] or [capture.fetched_at]
        after = _newest(captures, find.url)
        following = [
            next_recheck(times, self._ages[find.source], now),
            next_confirmation(after, min(max(times), now)) if after is not None else None,
        ]
        self._writer.change(looks.looked, find.id, min(filter(None, following), default=None))
        self.outcomes[find.source][found] += 1
        before = _newest(earlier, find.url)
        if after is not None and after.state is State.DEAD and (before is None or before.state is not State.DEAD):
            self.decided[find.source][find.url] = after.since
        log("page.rechecked", f"{find.url}: {found.value}", source=find.source, url=find.url, outcome=found.value)
        self._tell(find.url, found)


def _newest(captures: list[Capture], url: str) -> Standing | None:
    """Return what is known of an address after all these captures of it; None if none says anything of it."""
    return next(reversed(standings_of(captures, url).values()), None)
