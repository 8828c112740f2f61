"""What a collection remembers of a site: how it answers for a page that cannot exist, and which texts it repeats.

Both are made again from the records by reindexing. A missing page is told of in the metadata record of its probe, and
the newest one of an origin is kept; a main text is a column of its captures, looked for by an index of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from archive import index
from archive.address import url_key
from archive.model import WITH_TEXT, MissingPage

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Capture

_MOST_COMPARED = 50
"""Addresses with one text that are counted; two are enough to know, and a wall may stand at every address of a site."""
_MOST_AT_ONCE = 200
"""Captures with one text that are judged again at one go; the next page that says the same takes up where it ended."""
_ENDING = re.compile(r"(?:[-_.](?:amp|print|mobile))?(?:\.[a-z][a-z0-9]{0,4})?$")
_FORMS = frozenset({"amp", "print", "mobile", "full", "drucken", "druckversion", "imprimir", "imprimer", "stampa"})
"""Last steps that name a form of an article and not the article."""
_SCRIPT = re.compile(r"[a-z_]{0,20}\.(?:php\d?|aspx?|jsp|cgi|pl|do|cfm|dll)|")
"""A last step that is a program's and no article's, or none at all."""
_NEXT = (
    "SELECT min(url_key) FROM captures WHERE host = ? AND main_text = ? AND role = 'page' AND main_text IS NOT NULL "
    "AND url_key > ?"
)
_PAGE = msgspec.json.Decoder(MissingPage)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address: what answers as one site; an address without them is its own."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}" if parts.netloc else url


def robots_unreachable_since(connection: sqlite3.Connection, url: str) -> int | None:
    """Return when the robots.txt at an address, had before or never asked for, could first not be had, in microseconds.

    None if it was had the last time; an error of the server, a request for patience (429) and silence are all one.
    """
    row = connection.execute(
        "SELECT min(fetched_at) FROM captures WHERE url_key = ?1 AND role = 'robots' AND fetched_at > coalesce("
        "(SELECT max(fetched_at) FROM captures WHERE url_key = ?1 AND role = 'robots' AND status < 500 "
        "AND status != 429), 0)",
        (url_key(url),),
    ).fetchone()
    since: int | None = row[0]
    return since


def robots_answer(connection: sqlite3.Connection, url: str, since: int, until: int) -> Capture | None:
    """Return the newest answer of the robots.txt at exactly this address, in a span of time, that says something.

    An error of the server, a request for patience (429), silence, and what was cut short say nothing.
    """
    # One key is for http and https, with www and without; each of these has a robots.txt of its own (RFC 9309, 2.3).
    answers = index.select(
        connection,
        "WHERE url_key = ? AND role = 'robots' AND fetched_at BETWEEN ? AND ? AND status < 500 AND status != 429 "
        "AND truncated IS NULL ORDER BY fetched_at DESC",
        (url_key(url), since, until),
    )
    return next((one for one in answers if one.url == url), None)


def remember(connection: sqlite3.Connection, missing_page: MissingPage) -> None:
    """Keep what a probe found, unless something newer is known of its origin; the order of calls does not matter."""
    connection.execute(
        "INSERT INTO sites (origin, asked_at, missing_page) VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE "
        "SET asked_at = excluded.asked_at, missing_page = excluded.missing_page "
        "WHERE (excluded.asked_at, excluded.missing_page) > (sites.asked_at, sites.missing_page)",
        (
            origin_of(missing_page.asked),
            index.micros(missing_page.asked_at),
            msgspec.json.encode(missing_page).decode(),
        ),
    )


def missing_page(connection: sqlite3.Connection, origin: str) -> MissingPage | None:
    """Return what the last probe of an origin found, if there was one."""
    row = connection.execute("SELECT missing_page FROM sites WHERE origin = ?", (origin,)).fetchone()
    return _PAGE.decode(row[0]) if row else None


def others(connection: sqlite3.Connection, host: str, main_text: str, url_key: str) -> int:
    """Return at how many other addresses of a host a main text was captured, no further than needs be.

    Copies of one article, for print or in another section, have its last step in common and count as one.
    """
    known, key = {_last_step(url_key)}, ""
    for _ in range(_MOST_COMPARED):
        (key,) = connection.execute(_NEXT, (host, main_text, key)).fetchone()
        if key is None:
            break
        known.add(_last_step(key))
    return len(known) - 1


def carrying(connection: sqlite3.Connection, host: str, main_text: str) -> list[Capture]:
    """Return captures with a main text that were taken for pages with something to read, revisits too.

    A revisit is a row of its own that shares the text of what it repeats, and must not outlive it.
    """
    readable = ", ".join(f"'{liveness}'" for liveness in sorted(WITH_TEXT))
    clause = (
        "WHERE host = ? AND main_text = ? AND role = 'page' AND main_text IS NOT NULL "
        f"AND liveness IN ({readable}) ORDER BY url_key, id LIMIT {_MOST_AT_ONCE}"
    )
    return list(index.select(connection, clause, (host, main_text)))


def _last_step(url_key: str) -> str:
    """Return what names an article in the key of its address: the last step of its path, without form and ending.

    A script names none (`article.php`): there it is the query that does.
    """
    address, _, query = url_key.partition("?")
    steps = address.partition(")")[2].strip("/").split("/")
    while len(steps) > 1 and steps[-1] in _FORMS:
        steps.pop()
    if query and _SCRIPT.fullmatch(steps[-1]):
        return f"{steps[-1]}?{query}"
    return _ENDING.sub("", steps[-1]) or steps[-1]
