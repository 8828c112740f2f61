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

import hashlib
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
"""Other articles in which a place must have held noise to be a place of noise."""

NEARLY_ALL = 3 / 4
"""Share of what stood at a place that must have been noise: what the page alone does not show to be noise may be."""

MOST_BLOCKS = 1_000
"""Lines that are told of a site, those of most addresses first; a template has some dozens."""

_NAME_BYTES = 6

_ENTER = (
    "INSERT INTO traces (host, url_key, at, name, traces) VALUES (?, ?, ?, ?, ?) ON CONFLICT (host, url_key) DO UPDATE "
    "SET at = excluded.at, name = excluded.name, traces = excluded.traces WHERE excluded.at >= traces.at"
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
    connection.execute(_ENTER, (host, capture.url_key, micros(capture.fetched_at), name_of(capture), traces))
    connection.execute(_FORGET, (host, MOST_ADDRESSES - 1))


def is_remembered(capture: Capture, traces: bytes) -> bool:
    """Whether a capture has a row: by what it left, or because it was judged anew and may have left some before."""
    return capture.role == "page" and bool(traces or capture.judgement)


def name_of(capture: Capture) -> bytes:
    """Return what the addresses of one article have in common: a digest of its title, or else of the address.

    Copies for print, as AMP or in another section have all lines in common, and none for being the site's.
    """
    name = " ".join((capture.title or "").casefold().split()) or capture.url_key
    return hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=_NAME_BYTES).digest()


def remembered(connection: sqlite3.Connection, host: str) -> Remembered:
    """Return what the pages of a host left."""
    rows = connection.execute("SELECT url_key, at, name, traces FROM traces WHERE host = ?", (host,))
    return Remembered(rows.fetchall())


class Remembered:
    """The traces of one host, counted; `add` keeps it in step with the table.

    What is counted are articles: of the addresses that have one name in common (`name_of`), the newest.
    """

    def __init__(self, rows: Iterable[tuple[str, int, bytes, bytes]] = ()) -> None:
        self._rows: dict[str, tuple[int, bytes, bytes]] = {}
        self._articles: dict[bytes, set[str]] = {}
        self._lines: Counter[str] = Counter()
        self._in_common: set[str] = set()
        self._noisy: Counter[int] = Counter()
        self._bodies: Counter[int] = Counter()
        self._open: dict[int, Counter[str]] = {}
        self._seen: Counter[int] = Counter()
        self._may_be_noise: set[int] = set()
        self._pages = 0
        for url_key, at, name, traces in rows:
            self.add(url_key, at, name, traces)

    def add(self, url_key: str, at: int, name: bytes, traces: bytes) -> bool:
        """Take in what an address left, and when (microseconds since 1970), if nothing newer is known of it.

        Return whether that teaches anything.
        """
        known = self._rows.get(url_key)
        if known is not None and at < known[0]:
            return False
        if known is not None:
            self._drop(url_key)
        self._count(self._of_article(name), -1)
        self._rows[url_key] = (at, name, traces)
        self._articles.setdefault(name, set()).add(url_key)
        self._count(self._of_article(name), 1)
        if len(self._rows) > MOST_ADDRESSES:
            self._drop(min(self._rows, key=lambda key: (self._rows[key][0], key)))
        return url_key in self._rows and (known is None or known[1:] != (name, traces))

    @property
    def since(self) -> int:
        """When the oldest address was captured, if older ones are forgotten; else 0. Microseconds since 1970."""
        return min(at for at, _, _ in self._rows.values()) if len(self._rows) >= MOST_ADDRESSES else 0

    def blocks(self, url_key: str) -> dict[str, int]:
        """Return for each line that two or more other articles have, how many have it."""
        own = {trace.line for trace in self._own(url_key)}
        counted = {line: self._lines[line] - (line in own) for line in self._in_common}
        known = sorted((line for line in counted if counted[line] >= IN_COMMON), key=lambda one: (-counted[one], one))
        return {line: counted[line] for line in known[:MOST_BLOCKS]}

    def places(self, url_key: str) -> frozenset[int]:
        """Return where other articles had noise, three or more of them and nearly all, and none of them its text."""
        own = self._own(url_key)
        lines = {trace.line for trace in own}
        return frozenset(place for place in self._may_be_noise if self._is_noise(place, own, lines))

    def _is_noise(self, place: int, own: list[Trace], lines: set[str]) -> bool:
        """Whether a place holds noise, by the articles but for one that left some traces, with these lines in them."""
        here = [trace for trace in own if trace.place == place]
        if self._bodies[place] > any(trace.fate == "body" for trace in here):
            return False
        opened = {trace.line for trace in here if trace.fate == "open"}
        noise = self._noisy[place] - any(trace.fate == "noise" for trace in here)
        unknown = 0
        for line, times in self._open.get(place, {}).items():
            others = times - (line in opened)
            if self._lines[line] - (line in lines) >= PLACE_SEEN:
                noise += others
            else:
                unknown += others
        return noise >= PLACE_SEEN and noise >= NEARLY_ALL * (noise + unknown)

    def pages(self, url_key: str) -> int:
        """Return how many other articles left something."""
        return self._pages - bool(self._own(url_key))

    def _own(self, url_key: str) -> list[Trace]:
        """Return what the article of an address left."""
        return list(unpack(self._of_article(self._rows[url_key][1]))) if url_key in self._rows else []

    def _of_article(self, name: bytes) -> bytes:
        """Return the traces that count for a name: those of its newest address."""
        keys = self._articles.get(name)
        return self._rows[max(keys, key=lambda key: (self._rows[key][0], key))][2] if keys else b""

    def _drop(self, url_key: str) -> None:
        name = self._rows[url_key][1]
        self._count(self._of_article(name), -1)
        self._articles[name].remove(url_key)
        del self._rows[url_key]
        self._count(self._of_article(name), 1)
        if not self._articles[name]:
            del self._articles[name]

    def _count(self, traces: bytes, by: int) -> None:
        """Count the traces of one article, or take them out of the counts."""
        found = list(unpack(traces))
        self._pages += by * bool(found)
        for line in {trace.line for trace in found if trace.line}:
            self._lines[line] += by
            (self._in_common.add if self._lines[line] >= IN_COMMON else self._in_common.discard)(line)
            if not self._lines[line]:
                del self._lines[line]
        for place in {trace.place for trace in found if trace.place and trace.fate == "noise"}:
            self._noisy[place] += by
            self._seen[place] += by
        for place in {trace.place for trace in found if trace.place and trace.fate == "body"}:
            self._bodies[place] += by
        for place, line in {(trace.place, trace.line) for trace in found if trace.place and trace.fate == "open"}:
            lines = self._open.setdefault(place, Counter())
            lines[line] += by
            self._seen[place] += by
            if not lines[line]:
                del lines[line]
        for place in {trace.place for trace in found if trace.place}:
            # Asked by a page that left traces, its own are not counted: so one body is no objection yet.
            may_be = self._seen[place] >= PLACE_SEEN and self._bodies[place] <= 1
            (self._may_be_noise.add if may_be else self._may_be_noise.discard)(place)
