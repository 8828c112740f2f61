"""What became of the archived articles of each source: one pass over the index, address by address.

    captures ─▶ each address with all that was seen of it ─▶ alive, dead or in doubt (standing.py)
                                                          ─▶ new, edited, died within the period
                                                          ─▶ the link-rot table (link_rot.py)

What was seen of an address is what `newsclip history` goes by: its own captures, and the live pages that other
addresses reached at it or by way of it. SQLite sorts by address, on disk where there are many, so that memory does not
grow with the collection but by the dead addresses, which are listed.

Addresses that are one article (joins.py) are counted once, by what was seen of the canonical one. Until that showed the
article, and where a source named only the other, the other counts.

An address belongs to the source whose listing named it; one that was saved by hand belongs to the site of its host.
Pages without a verdict (foreign WARC files) are no articles and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from archive import concerns
from archive.address import host_of, url_key
from archive.edits import Reading, same_version
from archive.index import micros, moment, of_record, select
from archive.link_rot import LinkRot, looks_of
from archive.model import Liveness
from archive.standing import ALIVE, Sighting, State, standings

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archive.attention import Concern
    from archive.model import Capture

_FIRST_PAGE = datetime(1991, 8, 6, tzinfo=UTC)
"""Before it nothing was published on the Web: feeds that know no date write 1970, or the year 1."""
_LONGEST_WAY = 100
"""Rows between a hop and its page (lookup.py)."""
_ALIVE = ", ".join(sorted(f"'{liveness.value}'" for liveness in ALIVE))
_SEEN = f"""
WITH seen (address, own, id, fetched_at, liveness, status, target, title, published, article, payload_digest) AS (
    SELECT key_of(url_key, url, target), 1, id, fetched_at, liveness, status, target, title, published, article,
        payload_digest
    FROM captures WHERE role = 'page' AND liveness IS NOT NULL
    UNION ALL
    SELECT url_key, 0, id, fetched_at, liveness, status, NULL, NULL, NULL, NULL, NULL
    FROM captures
    WHERE role = 'page' AND url != target AND liveness IN ({_ALIVE}) AND url_key != key_of(url_key, url, target)
    UNION ALL
    SELECT hop.url_key, 0, page.id, page.fetched_at, page.liveness, page.status, NULL, NULL, NULL, NULL, NULL
    FROM captures AS hop JOIN captures AS page ON page.id = (
        SELECT id FROM captures AS after WHERE after.id > hop.id AND after.id <= hop.id + {_LONGEST_WAY}
        AND after.role IN ('page', 'probe') AND after.target = hop.target ORDER BY after.id LIMIT 1
    )
    WHERE hop.role = 'hop' AND hop.url != hop.target AND page.role = 'page' AND page.liveness IN ({_ALIVE})
    AND hop.url_key != page.url_key AND hop.url_key != key_of(hop.url_key, hop.url, hop.target)
)
SELECT seen.*, finds.source, finds.published
FROM seen LEFT JOIN finds ON finds.key = seen.address
WHERE seen.fetched_at < ?1 AND NOT EXISTS (
    SELECT 1 FROM joined JOIN captures AS canonical ON canonical.url_key = joined.canonical
    WHERE joined.key = seen.address AND canonical.role = 'page' AND canonical.liveness IN ({_ALIVE})
    AND canonical.fetched_at < ?1
    AND (finds.source IS NULL OR EXISTS (SELECT 1 FROM finds AS other WHERE other.key = joined.canonical))
)
ORDER BY seen.address, seen.fetched_at, seen.id
"""  # noqa: S608 - names and numbers of our own
_NEVER = 1 << 62


class Owner(NamedTuple):
    """Whose addresses are counted together: a source, or a site of which pages were saved without one."""

    name: str
    is_source: bool


@dataclass(frozen=True, slots=True)
class Period:
    """What is reported: the collection as it was at `until` (None: now), and what happened from `since` on."""

    since: datetime | None = None
    until: datetime | None = None

    def begun(self, at: datetime) -> bool:
        """Whether something happened within the period; what came after it is not read at all."""
        return self.since is None or at >= self.since


@dataclass(slots=True)
class Counts:
    """What is known of the addresses of a source, or of all.

    `articles` are the addresses of which some capture shows the article. Of them `new` were archived first, and
    `edited` changed their text, within the period; `died` counts deaths within it. `edits` counts new versions.
    """

    addresses: int = 0
    articles: int = 0
    new: int = 0
    edited: int = 0
    edits: int = 0
    died: int = 0
    states: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))
    link_rot: LinkRot = field(default_factory=LinkRot)


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead address: since when, when it was last seen alive, and its last good copy.

    `copy` is the newest capture that is live, failing that the newest with a teaser, failing that the newest copy that
    was rescued from a web archive.
    """

    url: str
    owner: Owner
    since: datetime
    seen_alive: datetime | None
    copy: Capture | None


@dataclass(frozen=True, slots=True)
class Report:
    """Counts by owner, sources first and the others by name; their sum; the dead, those that died last first.

    `attention` is what needed attention of the sources at the end of the period, and what was over within it.
    """

    owners: dict[Owner, Counts]
    total: Counts
    dead: tuple[Dead, ...]
    attention: tuple[Concern, ...]


class _Seen(NamedTuple):
    """One row of the statement above; `own` is 0 for a page of another address."""

    address: str
    own: int
    id: int
    fetched_at: int
    liveness: str
    status: int | None
    target: str | None
    title: str | None
    published: str | None
    article: str | None
    payload_digest: str | None
    source: str | None
    find_published: str | None


def report(connection: sqlite3.Connection, period: Period, wanted: Callable[[Owner], bool]) -> Report:
    """Return what became of the articles of the owners that are wanted."""
    connection.create_function("key_of", 3, _key_of, deterministic=True)
    owners = {owner: Counts() for owner in sources(connection) if wanted(owner)}
    total, dead = Counts(), list[Dead]()
    until = _NEVER if period.until is None else micros(period.until)
    for _, group in groupby(map(_Seen._make, connection.execute(_SEEN, (until,))), key=lambda row: row.address):
        rows = list(group)
        own = [row for row in rows if row.own]
        if not own or not wanted(owner := _owner(own[0])):
            continue
        counts = owners.setdefault(owner, Counts())
        death = _count(connection, rows, own, period, (counts, total))
        if death:
            dead.append(_dead(connection, own[-1], owner, death, rows))
    in_order = dict(sorted(owners.items(), key=lambda item: (not item[0].is_source, item[0].name)))
    by_death = sorted(dead, key=lambda one: (-one.since.timestamp(), one.url))
    return Report(in_order, total, tuple(by_death), tuple(_attention(connection, period, wanted)))


def sources(connection: sqlite3.Connection) -> list[Owner]:
    """Return the sources that were ever crawled, by name."""
    rows = connection.execute(
        "WITH RECURSIVE named (source) AS (SELECT min(source) FROM finds UNION ALL "
        "SELECT (SELECT min(source) FROM finds WHERE source > named.source) FROM named WHERE source IS NOT NULL) "
        "SELECT source FROM named WHERE source IS NOT NULL UNION SELECT name FROM sources "
        "UNION SELECT source FROM listings ORDER BY 1"
    )
    return [Owner(name, is_source=True) for (name,) in rows]


def _attention(connection: sqlite3.Connection, period: Period, wanted: Callable[[Owner], bool]) -> Iterator[Concern]:
    """Yield what needs attention, then what was over in the period; an end that came after it is not known yet."""
    until, begin = period.until, period.since or period.until
    ended = [] if begin is None else concerns.ended(connection, begin)
    for concern in (*concerns.standing(connection), *ended):
        if not wanted(Owner(concern.source, is_source=True)) or (until is not None and concern.since >= until):
            continue
        later = until is not None and concern.over is not None and concern.over >= until
        yield replace(concern, over=None) if later else concern


def _key_of(key: str, url: str, target: str) -> str:
    """Return the key of the address that was asked for, which is that of the answer where nothing redirected."""
    return key if url == target else url_key(target)


def _owner(row: _Seen) -> Owner:
    if row.source is not None:
        return Owner(row.source, is_source=True)
    return Owner(host_of(row.target or "").removeprefix("www."), is_source=False)


def _count(
    connection: sqlite3.Connection, rows: Sequence[_Seen], own: Sequence[_Seen], period: Period, into: Iterable[Counts]
) -> tuple[datetime, datetime | None] | None:
    """Count one address; of a dead one return since when it is, and when it was last seen alive."""
    sightings = [Sighting(moment(row.fetched_at), Liveness(row.liveness), row.status) for row in rows]
    looks = looks_of(sightings)
    state, born = looks[-1].state, _born(own)
    shown = next((sighting.at for sighting in sightings if sighting.liveness in ALIVE), None)
    edits = _edits(connection, own, period)
    death = None
    if state is State.DEAD:
        *_, standing = standings(sightings)
        death = standing.since, standing.seen_alive
    for counts in into:
        counts.addresses += 1
        counts.states[state] += 1
        counts.edited += edits > 0
        counts.edits += edits
        counts.died += death is not None and period.begun(death[0])
        if shown is not None:
            counts.articles += 1
            counts.new += period.begun(shown)
        counts.link_rot.add(looks, born)
    return death


def _born(own: Sequence[_Seen]) -> datetime:
    """Return when an article was published, as its page says or failing that its listing, or else first archived."""
    first = moment(own[0].fetched_at)
    said = (*(row.published for row in own), own[0].find_published)
    return next((at for at in map(_date, said) if at is not None and at <= first), first)


def _date(text: str | None) -> datetime | None:
    """Return a date, from its first moment on, or a time in UTC where it names no zone; None if it is not to be had."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if at >= _FIRST_PAGE else None


def _edits(connection: sqlite3.Connection, own: Sequence[_Seen], period: Period) -> int:
    """Return how many new versions the captures within the period brought.

    Texts are compared only where the bytes differ, and the article's file or its title, whose name is made of its text.
    """
    count, before = 0, None
    for row in own:
        if row.article is None:
            continue
        if before is not None and period.begun(moment(row.fetched_at)) and _differ(connection, before, row):
            count += 1
        before = row
    return count


def _differ(connection: sqlite3.Connection, before: _Seen, after: _Seen) -> bool:
    if before.payload_digest is not None and before.payload_digest == after.payload_digest:
        return False
    if (before.article, before.title) == (after.article, after.title):
        return False
    return not same_version(_reading(connection, before.id), _reading(connection, after.id))


def _reading(connection: sqlite3.Connection, number: int) -> Reading:
    """Return a capture with its text; a revisit has that of the capture it repeats."""
    [capture] = select(connection, "WHERE id = ?", (number,))
    original = of_record(connection, capture.revisit_of) if capture.revisit_of else None
    row = connection.execute("SELECT body FROM texts WHERE rowid = ?", ((original or capture).id,)).fetchone()
    return Reading(capture, "" if row is None else str(row[0]))


def _dead(
    connection: sqlite3.Connection,
    newest: _Seen,
    owner: Owner,
    death: tuple[datetime, datetime | None],
    rows: Sequence[_Seen],
) -> Dead:
    """Return a dead address with its last good copy."""
    good = [max((row for row in rows if row.liveness == kind), default=None, key=lambda row: row.fetched_at)
            for kind in (Liveness.LIVE, Liveness.PAYWALL)]  # fmt: skip
    best = next(filter(None, good), None)
    if best is not None:
        found = select(connection, "WHERE id = ?", (best.id,))
    else:
        found = select(
            connection,
            f"WHERE memento_key = ? AND role = 'memento' AND liveness IN ({_ALIVE}) "
            "ORDER BY memento_at DESC, id DESC LIMIT 1",
            (newest.address,),
        )
    return Dead(newest.target or "", owner, *death, next(found, None))
