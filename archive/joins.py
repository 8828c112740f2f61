"""Addresses that are one article: a page says so (rel=canonical, RFC 6596), and its text bears it out.

    a page of K declares C ─▶ C is of the same site and looks like an article's address (pipelines/canonical.py)
                           ─▶ C was captured alive, declares no other, and shows the text of K ─▶ K is joined to C

This is a relation between addresses and nothing more: each capture keeps its row, its address and its records. It is
reckoned from the captures alone, whenever one of either address is entered, so that `reindex` comes to the same.

What a page declares is anybody's word, and an article that is joined is looked at no more. So nothing is joined

- on that word alone: C must show what K does, or more (RFC 6596 asks for content that is "either duplicative or a
  superset"): the newest readable capture of K is held against those of C right before and right after it;
- in chains and loops: to an address that declares another one, none is joined;
- where more than MOST addresses declare one: that is a fault of a template;
- for ever: when the newest readable captures say otherwise, the addresses part again.

An article is edited, and so is that of C while nobody looks at K. They stay one article, but C does not stand for K
(`stands`) until K was looked at and shows the same again: an address may also be given to something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive.standing import ALIVE

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Capture

MOST = 8
"""Addresses that may declare the same one: an article has a few (a short one, AMP, print, one a section)."""
_ALIKE = 0.8
"""Share of the groups of three words that agree: edits and captions change fewer, other articles share hardly any."""
_FEWEST = 20
"""Groups of three words below which a text says too little."""
_MOST_WORDS = 5_000
"""Words that are compared, so that a page of megabytes holds up no other."""
_ALIVE = ", ".join(sorted(f"'{liveness.value}'" for liveness in ALIVE))
_READABLE = f"role = 'page' AND text_record_id IS NOT NULL AND liveness IN ({_ALIVE})"
_COLUMNS = "id, fetched_at, canonical_key, title, revisit_of"


class _Shown(NamedTuple):
    """A capture that shows an article."""

    id: int
    fetched_at: int
    canonical_key: str | None
    title: str | None
    revisit_of: str | None


def note(connection: sqlite3.Connection, capture: Capture) -> None:
    """Reckon again what is joined, as far as a capture that was entered may have changed it."""
    if capture.role != "page":
        return
    concerned = {capture.url_key}
    newest = _newest(connection, capture.url_key)
    for canonical in filter(None, (capture.url_key, newest and newest.canonical_key)):
        declaring = _declaring(connection, canonical)
        if len(declaring) > MOST:
            connection.execute("DELETE FROM joined WHERE canonical = ?", (canonical,))
        else:
            concerned.update(declaring)
    for key in concerned:
        join = _join_of(connection, key)
        if join is None:
            connection.execute("DELETE FROM joined WHERE key = ?", (key,))
        else:
            connection.execute("INSERT OR REPLACE INTO joined (key, canonical, stands) VALUES (?, ?, ?)", (key, *join))


def one_article(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the keys of all addresses that are one article with this one: the canonical one first, then by key."""
    row = connection.execute("SELECT canonical FROM joined WHERE key = ?", (key,)).fetchone()
    canonical = str(row[0]) if row else key
    rows = connection.execute("SELECT key FROM joined WHERE canonical = ? ORDER BY key", (canonical,))
    return [canonical, *(str(one) for (one,) in rows)]


def _declaring(connection: sqlite3.Connection, canonical: str) -> list[str]:
    """Return the keys of pages that ever declared an address, one more than may at most."""
    rows = connection.execute(
        "SELECT DISTINCT url_key FROM captures WHERE canonical_key = ? AND canonical_key IS NOT NULL "
        "ORDER BY url_key LIMIT ?",
        (canonical, MOST + 1),
    )
    return [str(key) for (key,) in rows]


def _join_of(connection: sqlite3.Connection, key: str) -> tuple[str, bool] | None:
    """Return the address that one is to be joined to and whether that stands for it, or None."""
    shown = _newest(connection, key)
    if shown is None or shown.canonical_key is None or len(_declaring(connection, shown.canonical_key)) > MOST:
        return None
    goal = _newest(connection, shown.canonical_key)
    if goal is None or goal.canonical_key is not None:
        return None
    if _shows_all(connection, goal, shown):
        return shown.canonical_key, True
    beside = _beside(connection, shown.canonical_key, shown.fetched_at)
    return (shown.canonical_key, False) if any(_shows_all(connection, one, shown) for one in beside) else None


def _newest(connection: sqlite3.Connection, key: str) -> _Shown | None:
    return _one(connection, "ORDER BY fetched_at DESC, id DESC LIMIT 1", (key,))


def _beside(connection: sqlite3.Connection, key: str, at: int) -> list[_Shown]:
    """Return the captures of an address right before and right after a moment."""
    before = _one(connection, "AND fetched_at <= ? ORDER BY fetched_at DESC, id DESC LIMIT 1", (key, at))
    after = _one(connection, "AND fetched_at > ? ORDER BY fetched_at, id LIMIT 1", (key, at))
    return [one for one in (before, after) if one is not None]


def _one(connection: sqlite3.Connection, clause: str, values: tuple[str | int, ...]) -> _Shown | None:
    statement = f"SELECT {_COLUMNS} FROM captures WHERE url_key = ? AND {_READABLE} {clause}"  # noqa: S608 - clauses are ours, values are bound
    row = connection.execute(statement, values).fetchone()
    return _Shown(*row) if row else None


def _shows_all(connection: sqlite3.Connection, whole: _Shown, part: _Shown) -> bool:
    """Whether a capture shows what another does: the same text, or more of it under the same headline."""
    theirs, ours = _groups(connection, whole), _groups(connection, part)
    shared = len(theirs & ours)
    if len(ours) < _FEWEST or shared < _ALIKE * len(ours):
        return False
    return shared >= _ALIKE * len(theirs) or (part.title is not None and part.title == whole.title)


def _groups(connection: sqlite3.Connection, shown: _Shown) -> set[tuple[str, str, str]]:
    """Return the groups of three words in the text of a capture; a revisit has that of the capture it repeats."""
    row = connection.execute(
        "SELECT body FROM texts WHERE rowid = coalesce((SELECT id FROM captures WHERE record_id = ?), ?)",
        (shown.revisit_of, shown.id),
    ).fetchone()
    words = str(row[0]).casefold().split()[:_MOST_WORDS] if row else []
    return set(zip(words, words[1:], words[2:], strict=False))
