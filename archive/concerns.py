"""What needs somebody's attention, kept: since when, whether it goes on, and when it was over.

    finds (what came of each article) ─▶ rows of one source ─▶ archive/attention.py ─▶ concerns that begin, go on, end

A source and kind has at most one concern that stands. Those that are over stay: their pages and gaps are left out of
the source's past, which would else get used to what was wrong. Everything is read by indexes (`finds_settled`), and no
more than the newest pages of a source.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.attention import ACCEPTED_AFTER, PAST_PAGES, WATCHES, Concern, Kind, Past, Rhythm, Seen
from archive.index import micros, moment
from archive.model import Liveness

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

_MOST_READ = 5 * PAST_PAGES
"""Pages of a source that are read beside those of the run: some of them belong to concerns that are over."""
_MOST_GAPS = 5000
_RHYTHM_US = 90 * 86_400_000_000
_GAP_US = 600_000_000
"""Pages that came within ten minutes came together."""
_COLUMNS = "source, kind, why, since, past, over, accepted"


@dataclass(frozen=True, slots=True)
class Noted:
    """What a run found of its sources: all that stands now, what of it began with this run, and what is over."""

    standing: tuple[Concern, ...] = ()
    begun: tuple[Concern, ...] = ()
    over: tuple[Concern, ...] = ()


def standing(connection: sqlite3.Connection, source: str | None = None) -> list[Concern]:
    """Return what needs attention now, of a source or of all, in the order of sources."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM concerns WHERE over IS NULL AND (?1 IS NULL OR source = ?1) ORDER BY source, since",  # noqa: S608 - names of our own
        (source,),
    )
    return [_concern(*row) for row in rows]


def ended(connection: sqlite3.Connection, since: datetime) -> list[Concern]:
    """Return what was over since a time, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM concerns WHERE over >= ? ORDER BY over DESC, id DESC",  # noqa: S608 - names of our own
        (micros(since),),
    )
    return [_concern(*row) for row in rows]


def pages(connection: sqlite3.Connection, source: str, run_began: datetime) -> dict[Kind, list[Seen]]:
    """Return the newest articles of a source, oldest first, for each kind of concern without those of past ones."""
    count = connection.execute(
        "SELECT count(*) FROM finds WHERE source = ? AND settled_at >= ? AND settled_at IS NOT NULL",
        (source, micros(run_began)),
    ).fetchone()[0]
    rows = connection.execute(
        "SELECT settled_at, liveness, words FROM finds WHERE source = ? AND settled_at IS NOT NULL "
        "ORDER BY settled_at DESC LIMIT ?",
        (source, count + _MOST_READ),
    ).fetchall()
    spans = _spans(connection, source)
    return {
        watch.kind: [
            Seen(moment(at), Liveness(liveness), words)
            for at, liveness, words in reversed(rows)
            if not any(begin <= at < end for begin, end in spans.get(watch.kind, ()))
        ]
        for watch in WATCHES
    }


def rhythm(connection: sqlite3.Connection, source: str) -> Rhythm | None:
    """Return when the newest articles of a source came, None if none did; gaps that were a concern do not count."""
    (last,) = connection.execute(
        "SELECT max(settled_at) FROM finds WHERE source = ? AND settled_at IS NOT NULL", (source,)
    ).fetchone()
    if last is None:
        return None
    first, gaps, longest = connection.execute(
        "SELECT min(settled_at), total(gap > ?4), max(gap) FROM ("
        "SELECT settled_at, CASE WHEN before NOT IN "
        "(SELECT since FROM concerns WHERE source = ?1 AND kind = ?5) THEN settled_at - before END AS gap FROM ("
        "SELECT settled_at, lag(settled_at) OVER (ORDER BY settled_at) AS before FROM ("
        "SELECT settled_at FROM finds WHERE source = ?1 AND settled_at > ?2 AND settled_at IS NOT NULL "
        "ORDER BY settled_at DESC LIMIT ?3)))",
        (source, last - _RHYTHM_US, _MOST_GAPS, _GAP_US, Kind.SILENT),
    ).fetchone()
    return Rhythm(moment(first), moment(last), int(gaps), timedelta(microseconds=longest or 0))


def note(connection: sqlite3.Connection, source: str, found: Sequence[Concern], now: datetime) -> Noted:
    """Keep what was found of a source: what is new begins, what was known goes on, and what is not there is over.

    `now` is when the run began: the pages that it brought are no part of what is over.
    """
    known = {concern.kind: concern for concern in standing(connection, source)}
    begun = [one for one in found if one.kind not in known]
    for one in found:
        connection.execute(
            "INSERT INTO concerns (source, kind, why, since, past) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (source, kind) WHERE over IS NULL DO UPDATE SET why = excluded.why",
            (source, one.kind, one.why, micros(one.since), json.dumps(asdict(one.past)) if one.past else None),
        )
    # Only what pages tell becomes the source's own past when nobody does anything about it.
    over = [
        replace(one, over=now, accepted=one.past is not None and now - one.since > ACCEPTED_AFTER)
        for kind, one in known.items()
        if kind not in {one.kind for one in found}
    ]
    connection.executemany(
        "UPDATE concerns SET over = ?, accepted = ? WHERE source = ? AND kind = ? AND over IS NULL",
        [(micros(now), one.accepted, source, one.kind) for one in over],
    )
    return Noted(tuple(standing(connection, source)), tuple(begun), tuple(over))


def forget_all_but(connection: sqlite3.Connection, sources: Collection[str], now: datetime) -> None:
    """End what needs attention of sources that are not configured any more."""
    gone = {one.source for one in standing(connection)} - set(sources)
    connection.executemany(
        "UPDATE concerns SET over = ? WHERE source = ? AND over IS NULL", [(micros(now), name) for name in gone]
    )


def _spans(connection: sqlite3.Connection, source: str) -> Mapping[str, list[tuple[int, int]]]:
    """Return from when to when each kind of concern lasted that is over and was not accepted."""
    spans: dict[str, list[tuple[int, int]]] = {}
    rows: Iterable[tuple[str, int, int]] = connection.execute(
        "SELECT kind, since, over FROM concerns WHERE source = ? AND over IS NOT NULL AND NOT accepted", (source,)
    )
    for kind, since, over in rows:
        spans.setdefault(kind, []).append((since, over))
    return spans


def _concern(  # noqa: PLR0913, PLR0917 - the columns of a row
    source: str, kind: str, why: str, since: int, past: str | None, over: int | None, accepted: int
) -> Concern:
    return Concern(
        source,
        Kind(kind),
        why,
        moment(since),
        Past(**json.loads(past)) if past else None,
        None if over is None else moment(over),
        bool(accepted),
    )
