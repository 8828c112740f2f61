"""When an archived article is to be looked at again: at the ages that `recheck` names, reckoned from its first capture.

An age has been seen to when there is a capture at or after it. So a look that came late serves every age that has
passed by then, and an article that was forgotten for a year is looked at once and not four times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta


def next_recheck(captured: Iterable[datetime], ages: Iterable[timedelta], now: datetime) -> datetime | None:
    """Return when an article is due, which may have passed; None when it has reached its last age, or has no capture.

    A capture that lies in the future (the clock was wrong) counts as of now.
    """
    times = [min(time, now) for time in captured]
    if not times:
        return None
    first, newest = min(times), max(times)
    return next((first + age for age in sorted(ages) if first + age > newest), None)
