"""When a source is due next: by its timetable, or by the interval that its feeds taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.timetable import Timetable

if TYPE_CHECKING:
    from datetime import datetime

    from archive.sources import SourceState
    from crawler.source_options import SourceOptions


def next_due(source: SourceOptions, state: SourceState | None, *, since: datetime, now: datetime) -> datetime:
    """Return when a source is due, which may have passed; `since` is when its configuration came into force."""
    timetable = source.timetable
    if state is not None and state.interval is not None and source.bounds is not None:
        timetable = Timetable(every=source.bounds.hold(state.interval), timezone=source.timezone)
    return timetable.due(last=state.began_at if state else None, since=since, now=now)
