"""When an archived article is to be looked at again: at the ages that `recheck` names, and sooner where it seems dead.

Ages are reckoned from the first capture.

An age has been seen to when there is a capture at or after it. So a look that came late serves every age that has
passed by then, and an article that was forgotten for a year is looked at once and not four times.

Between two ages, and after the last, whoever seems dead is looked at for its own sake (archive/standing.py):

    some captures agree that it is dead, not enough    when a further one would count: three days after
    … and have not been enough for 30 days             every 30 days: the answers in between said neither
    dead                                               every 30 days, and after 180 days of death every 180 days

so that a death is decided within a week or so, and one that comes back is found. A capture that shows it alive ends
this.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archive.standing import APART, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from archive.standing import Standing

_UNDECIDED_FOR = _SLOW = timedelta(days=30)
_LONG_DEAD = _SLOWEST = timedelta(days=180)


def next_recheck(captured: Iterable[datetime], ages: Iterable[timedelta], now: datetime) -> datetime | None:
    """Return when an article is due, which may have passed; None when it has reached its last age, or has no capture.

    A capture that lies in the future (the clock was wrong) counts as of now.
    """
    times = [min(time, now) for time in captured]
    if not times:
        return None
    first, newest = min(times), max(times)
    return next((first + age for age in sorted(ages) if first + age > newest), None)


def next_confirmation(standing: Standing, newest: datetime) -> datetime | None:
    """Return when an address that seems dead is due, whose newest capture is that old; None where nothing says so."""
    if standing.state is State.DEAD:
        return newest + (_SLOWEST if newest - standing.since >= _LONG_DEAD else _SLOW)
    if standing.confirm_from is None:
        return None
    if newest < standing.confirm_from:
        return standing.confirm_from
    return newest + (_SLOW if newest - standing.since >= _UNDECIDED_FOR else APART)
