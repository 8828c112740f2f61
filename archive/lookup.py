"""Finding captures by address: the way into the index for every command that only reads.

An address is looked for by its key, so that it may be typed without a scheme, in other letter case or with www. What
was captured under an address is every page that it led to, at once or through redirects, because the story of a dead
article ends with the redirect that hides its death.
"""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from archive.address import clean_address, host_of, url_key
from archive.collection import Collection
from archive.errors import Damaged, NotFound
from archive.index import select
from archive.joins import one_article
from archive.schema import connect_to_read
from archive.selection import LISTED, hosts, site_named
from archive.standing import ALIVE, Sighting, Standing, standings
from archive.terminal import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.model import Capture
    from archive.moment import Moment
    from archive.selection import Selection

_LONGEST_WAY = 100
"""Rows between a hop and its page: what one target brought stands together, and redirects are fewer (20 in curl,
CURLOPT_MAXREDIRS is 30 since 8.3.0; browsers stop at 20)."""
_MOST_CANDIDATES = 2000
_MOST_NEAR = 3


@contextmanager
def open_index(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index of the collection at a path for reading, beside a writer if there is one.

    Raises:
        NoCollection: there is no collection.
        Damaged: the index is not there or cannot be read, now or while it is open.

    """
    collection = Collection(path)
    collection.require()
    connection = connect_to_read(collection)
    try:
        yield connection
    except sqlite3.DatabaseError as error:
        raise Damaged(
            f"{collection.database} cannot be read ({error}); the WARC files are the truth: rebuild it with: "
            "newsclip reindex"
        ) from None
    finally:
        connection.close()


def captures_of(connection: sqlite3.Connection, typed: str) -> list[Capture]:
    """Return every page that an address led to, and every copy that was rescued for it, oldest first.

    Raises:
        UsageError: it is no address.
        NotFound: it was never captured; the message names addresses that are close.

    """
    url = clean_address(typed)
    key = url_key(url)
    found = _led_to(connection, key)
    if not found:
        found = {other.id: other for other in select(connection, "WHERE url_key = ?", (key,))}
    if not found:
        raise NotFound(f"{escape(typed)} is not in the collection. {_remedy(connection, url)}")
    return _in_order(found)


def captures_of_article(connection: sqlite3.Connection, typed: str) -> list[Capture]:
    """Return the same of an address and of all that are one article with it (joins.py), oldest first.

    Raises:
        UsageError: it is no address.
        NotFound: it was never captured; the message names addresses that are close.

    """
    found = {capture.id: capture for capture in captures_of(connection, typed)}
    for key in addresses_of_article(connection, typed):
        found |= _led_to(connection, key)
    return _in_order(found)


def addresses_of_article(connection: sqlite3.Connection, typed: str) -> list[str]:
    """Return the keys of an address and of all that are one article with it, the canonical one first."""
    return one_article(connection, url_key(clean_address(typed)))


def _led_to(connection: sqlite3.Connection, key: str) -> dict[int, Capture]:
    found = {page.id: page for page in select(connection, "WHERE url_key = ? AND role = 'page'", (key,))}
    for hop in select(connection, "WHERE url_key = ? AND role = 'hop'", (key,)):
        page = _page_after(connection, hop)
        if page.role != "probe":
            found[page.id] = page
    return found | {copy.id: copy for copy in select(connection, "WHERE memento_key = ? AND role = 'memento'", (key,))}


def pages_in(connection: sqlite3.Connection, named: Sequence[str], selection: Selection) -> array[int]:
    """Return the ids of the pages that were answered and pass the filters, site by site, oldest first.

    `named` are addresses, or hosts for all of a site's pages; none is every page.

    Raises:
        UsageError: one is no address.
        NotFound: one was never captured.

    """
    sites = [replace(selection, site=site_named(name)) for name in named if _is_host(name)]
    addresses = [{one.id for one in captures_of(connection, name)} for name in named if not _is_host(name)]
    found: dict[int, None] = {}
    for one in sites or ([] if addresses else [selection]):
        found |= dict.fromkeys(_ids(connection, one))
    if addresses:
        wanted = set.union(*addresses)
        found |= dict.fromkeys(number for number in _ids(connection, selection) if number in wanted)
    return array("q", found)


def _is_host(name: str) -> bool:
    return "/" not in name.rpartition("://")[2].rstrip("/")


def _ids(connection: sqlite3.Connection, selection: Selection) -> Iterator[int]:
    where, values = selection.where(connection)
    rows = connection.execute(
        f"SELECT id FROM captures WHERE {where} AND role = 'page' AND status IS NOT NULL ORDER BY host, fetched_at, id",  # noqa: S608 - conditions of our own
        values,
    )
    return (number for (number,) in rows)


def _in_order(found: dict[int, Capture]) -> list[Capture]:
    return sorted(found.values(), key=lambda capture: (capture.fetched_at, capture.id))


def nearest(captures: list[Capture], at: Moment | None) -> Capture:
    """Return the capture closest to a moment, or the newest; an archive's copy counts for when it was taken."""
    if at is None:
        return captures[-1]
    return min(captures, key=lambda capture: at.distance(capture.as_of))


def standings_of(captures: list[Capture], typed: str) -> dict[int, Standing]:
    """Return what was known of an address after each capture of it, by the capture's id.

    A verdict is on the address that was asked for. Of the pages that other addresses led here, only those count that
    show this one alive: a redirect to the front page is the death of an article, and not of the front page.
    """
    key = url_key(clean_address(typed))
    told = [
        (capture.id, Sighting(capture.fetched_at, capture.liveness, capture.status))
        for capture in captures
        if capture.role == "page"
        and capture.liveness is not None
        and (capture.liveness in ALIVE or url_key(capture.target) == key)
    ]
    known = standings(sighting for _, sighting in told)
    return {number: standing for (number, _), standing in zip(told, known, strict=True)}


def _page_after(connection: sqlite3.Connection, hop: Capture) -> Capture:
    """Return the page a hop led to, or the hop itself where no page was reached; a probe is none."""
    pages = select(
        connection,
        "WHERE id > ? AND id <= ? AND role IN ('page', 'probe') AND target = ? ORDER BY id LIMIT 1",
        (hop.id, hop.id + _LONGEST_WAY, hop.target),
    )
    return next(pages, hop)


def _remedy(connection: sqlite3.Connection, url: str) -> str:
    near = _near(connection, url)
    if near:
        return f"Close to it are: {' '.join(map(escape, near))}"
    return f"Save it with: newsclip save {escape(url)}"


def _near(connection: sqlite3.Connection, url: str) -> list[str]:
    """Return captured addresses that look alike: of the same host, or failing that, the host that was meant."""
    host = host_of(url)
    known = hosts(connection)
    if host not in known:
        return get_close_matches(host, known, _MOST_NEAR, 0.75)
    rows = connection.execute(
        f"SELECT url FROM captures WHERE {LISTED} AND host = ? ORDER BY fetched_at DESC LIMIT ?",  # noqa: S608 - ours
        (host, _MOST_CANDIDATES),
    )
    return get_close_matches(url, dict.fromkeys(found for (found,) in rows), _MOST_NEAR, 0.6)
