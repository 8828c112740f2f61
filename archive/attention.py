"""What of a source needs somebody's attention, found by comparing it with its own past.

    newest pages, and those before them ─▶ how many are of a kind, and how many were ─▶ Concern, or none

Three things are watched in pages (`WATCHES`): such as cannot be read (neither live nor a paywall's teaser), such as are
behind a paywall, and live ones that are short or without text, as after a change of layout. Short is below half of the
lower quartile of the source's own texts. One rule serves all three:

- *Now* is this run's pages, or the newest five where the run brought fewer: a source of two articles an hour is judged
  as surely as one of a thousand, only later. *Past* is the 200 pages before those.
- Of `hits` among `pages` in the past, the share is believed to be Beta(hits + 1, pages - hits + 9): before there is any
  past, one page in ten. Something is the matter where at least three pages are of the kind now, and as many or more
  would come once in 10,000 times by that belief (the tail of the beta-binomial distribution). A source that was always
  half blocked is believed to be, and does not cry; one that is blocked from its first day on does after seven pages.
- It is over when what comes now would come once in 20 times by the same belief. That is the one from before it began,
  which goes with the concern: else a site that blocks for a week would become its own past. After 30 days it does,
  and the concern is *accepted*: somebody has seen it, or never will.

Without pages there is silence. A source has yielded nothing for too long when it has for twice its longest gap of the
last 90 days, but for gaps that were a concern themselves, and for a day: nights, weekends and a paper that appears on
Fridays are in its gaps. Of a source that is known for less than eight days nobody knows the weekend: it takes three
days. Fewer than eight gaps say nothing. A run that brought no page changes nothing in what pages say.

Pure: rows and times go in (archive/concerns.py reads them), concerns come out.
"""

from __future__ import annotations

import enum
import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median, quantiles
from typing import TYPE_CHECKING

from archive.model import Liveness
from archive.standing import ALIVE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

PAST_PAGES = 200
ACCEPTED_AFTER = timedelta(days=30)
_FEWEST_NOW, _FEWEST_HITS = 5, 3
_BEGINS, _GOES_ON = 1e-4, 0.05
_PRIOR = (1, 9)
_ENOUGH_PAST = 20
"""Pages from which a source's past says how long its articles are, and whether they have a paywall."""
_FEWEST_GAPS = 8
_KNOWN_FOR = timedelta(days=8)
_LEAST_SILENCE, _LEAST_AT_FIRST = timedelta(days=1), timedelta(days=3)
_MANY_DAYS = timedelta(days=2)


class Kind(enum.StrEnum):
    """What can be the matter with a source, as docs/commands.md explains each."""

    LISTING_FAILED = "listing-failed"
    LISTING_EMPTY = "listing-empty"
    TRAPPED = "trapped"
    SILENT = "silent"
    UNREADABLE = "unreadable"
    PAYWALL = "paywall"
    SHORT = "short"


OF_LISTINGS = frozenset({Kind.LISTING_FAILED, Kind.LISTING_EMPTY, Kind.TRAPPED})


@dataclass(frozen=True, slots=True)
class Seen:
    """One article as it came: when, its verdict, and its words, None without text."""

    at: datetime
    liveness: Liveness
    words: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """How it was: `hits` of `pages` were of the kind; a text below `short` words is short, `typical` is the median."""

    hits: int
    pages: int
    short: float = 0.0
    typical: float = 0.0


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that needs attention: of which source, what, why in one sentence with the numbers, and since when.

    `past` is what it was compared with. `over` is when it ended, None as long as it lasts; `accepted` says that it did
    not end, but has lasted so long that it is the source's own past now.
    """

    source: str
    kind: Kind
    why: str
    since: datetime
    past: Past | None = None
    over: datetime | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When pages came: the first and the last of them, how many gaps lie between, and the longest of those."""

    first: datetime
    last: datetime
    gaps: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Watch:
    """A kind of page that may become more frequent: which pages are looked at, which are of it, and how to say it."""

    kind: Kind
    looks_at: Callable[[Seen], bool]
    hit: Callable[[Seen, Past], bool]
    least_past: int
    say: Callable[[Sequence[Seen], int, Past], str]


def of_pages(
    source: str,
    pages: Mapping[Kind, Sequence[Seen]],
    run_began: datetime,
    standing: Mapping[Kind, Concern],
) -> Iterator[Concern]:
    """Yield what the pages of a source tell; a concern that stands keeps its beginning and its past.

    `pages` are those to be looked at for each kind of concern, oldest first.
    """
    for watch in WATCHES:
        of_kind = [page for page in pages[watch.kind] if watch.looks_at(page)]
        known = standing.get(watch.kind)
        if known is not None and run_began - known.since > ACCEPTED_AFTER:
            continue
        if not of_kind or of_kind[-1].at < run_began:
            if known is not None:
                yield known
            continue
        concern = _compared(source, watch, of_kind, run_began, known)
        if concern is not None:
            yield concern


def of_silence(source: str, rhythm: Rhythm | None, now: datetime) -> Concern | None:
    """Return that a source has yielded nothing for longer than it ever rests, or None."""
    if rhythm is None or rhythm.gaps < _FEWEST_GAPS:
        return None
    least = _LEAST_SILENCE if rhythm.last - rhythm.first >= _KNOWN_FOR else _LEAST_AT_FIRST
    silence = now - rhythm.last
    if silence < max(least, 2 * rhythm.longest):
        return None
    why = f"nothing new for {_long(silence)}; its longest rest before was {_long(rhythm.longest)}"
    return Concern(source, Kind.SILENT, why, rhythm.last)


def chance(hits: int, pages: int, past: Past) -> float:
    """Return how likely as many hits or more are among pages of a source with this past."""
    more, less = past.hits + _PRIOR[0], past.pages - past.hits + _PRIOR[1]
    whole = _log_beta(more, less)
    terms = (
        math.exp(_log_choose(pages, number) + _log_beta(number + more, pages - number + less) - whole)
        for number in range(hits, pages + 1)
    )
    return min(1.0, math.fsum(terms))


def _compared(
    source: str, watch: Watch, pages: Sequence[Seen], run_began: datetime, known: Concern | None
) -> Concern | None:
    """Return what is the matter with the newest pages, or None."""
    first = next(number for number, page in enumerate(pages) if page.at >= run_began)
    first = max(0, min(first, len(pages) - _FEWEST_NOW))
    now = pages[first:]
    past = known.past if known is not None and known.past is not None else _past(watch, pages[:first])
    if past.pages < watch.least_past:
        return None
    hits = [page for page in now if watch.hit(page, past)]
    likely = chance(len(hits), len(now), past)
    if known is not None:
        goes_on = replace(known, why=watch.say(now, len(hits), past))
        return goes_on if hits and likely < _GOES_ON else None
    if len(hits) < _FEWEST_HITS or likely >= _BEGINS:
        return None
    return Concern(source, watch.kind, watch.say(now, len(hits), past), hits[0].at, past)


def _past(watch: Watch, before: Sequence[Seen]) -> Past:
    """Return what the newest of earlier pages say of a source."""
    pages = before[-PAST_PAGES:]
    words = [float(page.words or 0) for page in pages]
    enough = len(words) >= _ENOUGH_PAST
    unset = Past(0, len(pages), quantiles(words)[0] / 2 if enough else 0.0, median(words) if enough else 0.0)
    return replace(unset, hits=sum(watch.hit(page, unset) for page in pages))


def _say_unreadable(now: Sequence[Seen], hits: int, past: Past) -> str:
    verdicts = Counter(page.liveness.value for page in now if page.liveness not in ALIVE)
    named = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    return f"{hits} of {len(now)} articles could not be read ({named}); {_before(past)}"


def _say_paywall(now: Sequence[Seen], hits: int, past: Past) -> str:
    return f"{hits} of {len(now)} articles are behind a paywall; {_before(past)}"


def _say_short(now: Sequence[Seen], hits: int, past: Past) -> str:
    length = median(page.words or 0 for page in now)
    empty = sum(not page.words for page in now)
    textless = f", {empty} without any text" if empty else ""
    return (
        f"{hits} of {len(now)} live articles have fewer than {past.short:.0f} words{textless}; their median is "
        f"{length:.0f}, and was {past.typical:.0f}; {_before(past)}"
    )


def _before(past: Past) -> str:
    return f"of the {past.pages} before, {past.hits} were" if past.pages else "there were none before"


WATCHES = (
    Watch(Kind.UNREADABLE, lambda _: True, lambda page, _: page.liveness not in ALIVE, 0, _say_unreadable),
    Watch(
        Kind.PAYWALL,
        lambda page: page.liveness in ALIVE,
        lambda page, _: page.liveness is Liveness.PAYWALL,
        _ENOUGH_PAST,
        _say_paywall,
    ),
    Watch(
        Kind.SHORT,
        lambda page: page.liveness is Liveness.LIVE,
        lambda page, past: (page.words or 0) < past.short,
        _ENOUGH_PAST,
        _say_short,
    ),
)


def _long(span: timedelta) -> str:
    return f"{span.days} days" if span >= _MANY_DAYS else f"{span.total_seconds() / 3600:.0f} hours"


def _log_beta(one: float, other: float) -> float:
    return math.lgamma(one) + math.lgamma(other) - math.lgamma(one + other)


def _log_choose(many: int, few: int) -> float:
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)
