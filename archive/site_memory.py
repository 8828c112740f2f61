"""What the pages of a host left in its memory: which lines its addresses have in common, and where only noise stands.

    metadata record (`traces`) ─▶ table `traces`: one row an address, the newest MOST_ADDRESSES of a host
                               ─▶ Remembered: the same in a running process, counted ─▶ SiteProfile for the next page

Plan: the table is a function of the set of captures and of nothing else, so that reindexing, which enters them in
another order, comes to the same. An address is represented by its newest capture that has a row; of a host the newest
addresses stay.

Rule 1: a capture has a row if it left traces, or was judged anew (it may have left some before).
Rule 2: a row is only replaced by one that is as new or newer, and only the oldest is dropped: what was dropped is never
missed later.

What is bounded so does not grow over years: 60 addresses with some 40 traces each are 30 kB a host, and cost the next
page of it nothing but the counts of lines that two addresses have.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive.address import host_of
from archive.index import micros
from archive.trace import unpack

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from archive.model import Capture, Trace

MOST_ADDRESSES = 60
"""Addresses of a host that are remembered: a template's lines come back on most pages, so that more would teach
little; and when a site is made over, the new ones are known after the third page and the old ones forgotten."""

IN_COMMON = 2
"""Other addresses from which a line is the site's: with the page that is judged they are three."""

PLACE_SEEN = 3
"""Other addresses at which a place must have held noise, and nothing else, to be a place of noise."""

MOST_BLOCKS = 1_000
"""Lines that are told of a site, those of most addresses first; a template has some dozens."""

_ENTER = (
    "INSERT INTO traces (host, url_key, at, traces) VALUES (?, ?, ?, ?) ON CONFLICT (host, url_key) DO UPDATE "
    "SET at = excluded.at, traces = excluded.traces WHERE excluded.at >= traces.at"
)
_FORGET = """
DELETE FROM traces WHERE host = ?1 AND (at, url_key) <
(SELECT at, url_key FROM traces WHERE host = ?1 ORDER BY at DESC, url_key DESC LIMIT 1 OFFSET ?2)
"""


def remember(connection: sqlite3.Connection, capture: Capture, traces: bytes) -> None:
    """Keep what a page left, packed (archive/trace.py), and forget the oldest of its host."""
    if not is_remembered(capture, traces):
        return
    host = host_of(capture.url)
    connection.execute(_ENTER, (host, capture.url_key, micros(capture.fetched_at), traces))
    connection.execute(_FORGET, (host, MOST_ADDRESSES - 1))


def is_remembered(capture: Capture, traces: bytes) -> bool:
    """Whether a capture has a row: by what it left, or because it was judged anew and may have left some before."""
    return capture.role == "page" and bool(traces or capture.judgement)


def remembered(connection: sqlite3.Connection, host: str) -> Remembered:
    """Return what the pages of a host left."""
    rows = connection.execute("SELECT url_key, at, traces FROM traces WHERE host = ?", (host,))
    return Remembered(rows.fetchall())


class Remembered:
    """The traces of one host, counted; `add` keeps it in step with the table."""

    def __init__(self, rows: Iterable[tuple[str, int, bytes]] = ()) -> None:
        self._rows: dict[str, tuple[int, bytes]] = {}
        self._lines: Counter[str] = Counter()
        self._in_common: set[str] = set()
        self._places: Counter[int] = Counter()
        self._bodies: Counter[int] = Counter()
        self._open: dict[int, Counter[str]] = {}
        self._pages = 0
        for url_key, at, traces in rows:
            self.add(url_key, at, traces)

    def add(self, url_key: str, at: int, traces: bytes) -> None:
        """Take in what an address left, and when (microseconds since 1970), if nothing newer is known of it."""
        known = self._rows.get(url_key)
        if known is not None:
            if at < known[0]:
                return
            if known == (at, traces):
                return
            self._count(known[1], -1)
        self._rows[url_key] = (at, traces)
        self._count(traces, 1)
        if len(self._rows) > MOST_ADDRESSES:
            oldest = min(self._rows, key=lambda key: (self._rows[key][0], key))
            self._count(self._rows.pop(oldest)[1], -1)

    @property
    def since(self) -> int:
        """When the oldest address was captured, if older ones are forgotten; else 0. Microseconds since 1970."""
        return min(at for at, _ in self._rows.values()) if len(self._rows) >= MOST_ADDRESSES else 0

    def blocks(self, url_key: str) -> dict[str, int]:
        """Return for each line that two or more other addresses have, how many have it."""
        own = self._lines_of(url_key)
        counted = {line: self._lines[line] - (line in own) for line in self._in_common}
        known = sorted((line for line in counted if counted[line] >= IN_COMMON), key=lambda one: (-counted[one], one))
        return {line: counted[line] for line in known[:MOST_BLOCKS]}

    def places(self, url_key: str) -> frozenset[int]:
        """Return where three or more other addresses had something, and all of them nothing but noise."""
        own = self._traces_of(url_key)
        places = {trace.place for trace in own}
        bodies = {trace.place for trace in own if trace.fate == "body"}
        lines = {trace.line for trace in own}
        opened = {(trace.place, trace.line) for trace in own if trace.fate == "open"}
        return frozenset(
            place
            for place, pages in self._places.items()
            if pages - (place in places) >= PLACE_SEEN
            and self._bodies[place] - (place in bodies) == 0
            and all(
                times - ((place, line) in opened) == 0 or self._lines[line] - (line in lines) >= PLACE_SEEN
                for line, times in self._open.get(place, {}).items()
            )
        )

    def pages(self, url_key: str) -> int:
        """Return how many other addresses left something."""
        return self._pages - bool(self._rows.get(url_key, (0, b""))[1])

    def _traces_of(self, url_key: str) -> list[Trace]:
        return list(unpack(self._rows.get(url_key, (0, b""))[1]))

    def _lines_of(self, url_key: str) -> set[str]:
        return {trace.line for trace in self._traces_of(url_key) if trace.line}

    def _count(self, traces: bytes, by: int) -> None:
        """Count the traces of one address, or take them out of the counts."""
        found = list(unpack(traces))
        self._pages += by * bool(found)
        for line in {trace.line for trace in found if trace.line}:
            self._lines[line] += by
            (self._in_common.add if self._lines[line] >= IN_COMMON else self._in_common.discard)(line)
            if not self._lines[line]:
                del self._lines[line]
        for place in {trace.place for trace in found if trace.place}:
            self._places[place] += by
            if not self._places[place]:
                del self._places[place]
        for place in {trace.place for trace in found if trace.place and trace.fate == "body"}:
            self._bodies[place] += by
        for place, line in {(trace.place, trace.line) for trace in found if trace.place and trace.fate == "open"}:
            lines = self._open.setdefault(place, Counter())
            lines[line] += by
            if not lines[line]:
                del lines[line]
