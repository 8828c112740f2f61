"""Full-text search: the best matches first, each with the place in the text that shows why.

Plan: rank in one statement, then fetch captures and snippets for the few that are shown, because a snippet costs the
reading of the whole text. Of a word that nearly every page has, the newest matches are ranked and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.index import select
from archive.segment import joined

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from archive.model import Capture
    from archive.selection import Selection

_TITLE_WEIGHT = 5.0
"""bm25 weight of a title word against 1 of a body word."""
_MOST_RANKED = 10_000
"""Matches that are ranked; 100,000 would take most of a second, and the best of them say no more than the newest."""
_RANKED = """
SELECT id FROM (
    SELECT texts.rowid AS id, bm25(texts, ?, 1.0) AS score
    FROM texts CROSS JOIN captures ON captures.id = texts.rowid
    WHERE texts MATCH ? AND {where} ORDER BY texts.rowid DESC LIMIT ?
) ORDER BY score, id DESC LIMIT ?
"""
BEGIN, END = "\x02", "\x03"
"""Marks around a hit: characters that no text may show as they are."""
_SNIPPET_WORDS = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A capture that matches; title and snippet are in pieces, (text, whether it is what was looked for)."""

    capture: Capture
    title: tuple[tuple[str, bool], ...]
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `more` says that there are matches beyond the hits."""

    hits: tuple[Hit, ...]
    more: bool


def search(connection: sqlite3.Connection, expression: str, selection: Selection, limit: int) -> Found:
    """Return the best matches of an FTS5 expression; `limit` 0 means all that are ranked."""
    where, values = selection.where(connection)
    bound = (_TITLE_WEIGHT, expression, *values, _MOST_RANKED, limit + 1 if limit else -1)
    ranked = connection.execute(_RANKED.format(where=where), bound).fetchall()
    chosen = [capture for (capture,) in ranked[: limit or None]]
    return Found(tuple(_hit(connection, expression, capture) for capture in chosen), len(ranked) > len(chosen))


def _hit(connection: sqlite3.Connection, expression: str, rowid: int) -> Hit:
    capture = next(select(connection, "WHERE id = ?", (rowid,)))
    title, snippet = connection.execute(
        "SELECT highlight(texts, 0, ?1, ?2), snippet(texts, 1, ?1, ?2, '…', ?3)"
        " FROM texts WHERE texts MATCH ?4 AND rowid = ?5",
        (BEGIN, END, _SNIPPET_WORDS, expression, rowid),
    ).fetchone()
    return Hit(capture, _pieces(title), _pieces(snippet))


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """Cut text at its marks: what follows a beginning is a hit up to the next end."""
    pieces: list[tuple[str, bool]] = []
    for part in joined(marked).split(BEGIN):
        hit, end, rest = part.partition(END)
        pieces += [(hit, True), (rest, False)] if end else [(hit, False)]
    return tuple((text, hit) for text, hit in pieces if text)


def marked(pieces: tuple[tuple[str, bool], ...], plain: Callable[[str], str], hit: Callable[[str], str]) -> str:
    """Return the pieces as one text, each in its own way."""
    return "".join(hit(text) if is_hit else plain(text) for text, is_hit in pieces)
