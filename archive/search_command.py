"""`newsclip search`: the best matches first, with the words around each hit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.answer import answer
from archive.lookup import open_index
from archive.query import fts5
from archive.rows import origin_of, verdict_of, when
from archive.search import BEGIN, END, marked, search
from archive.terminal import Screen, escape, json_line, wrap

if TYPE_CHECKING:
    from archive.command import Context
    from archive.search import Hit
    from archive.selection import Selection

_INDENT = "    "
_BLANKS = re.compile(r"\s+")
_WIDE, _NARROWEST = 100, 20
"""Columns where there is no terminal to ask, and the fewest that text is wrapped to."""


def search_texts(typed: str, selection: Selection, limit: int, context: Context) -> int:
    """Print what matches, best first; `limit` 0 prints all that are ranked.

    Raises:
        UsageError: there is nothing to search for.
        NewsclipError: there is no collection, or its index cannot be read.

    """
    screen = Screen.of(context.out)
    with open_index(context.collection) as connection:
        found = search(connection, fts5(typed), selection, limit)
    for hit in found.hits:
        context.out.write(_json(hit) if context.json else _for_people(hit, screen))
    if context.verbosity >= 0:
        context.out.flush()
        if not found.hits:
            context.err.write(f"Nothing matches {escape(typed)}.\n")
        elif found.more:
            context.err.write("… and more; --limit 0 shows all, --site, --since and --verdict narrow it down.\n")
    return 0


def _json(hit: Hit) -> str:
    snippet = marked(hit.snippet, str, lambda text: f"**{text}**")
    return json_line(answer(hit.capture) | {"snippet": snippet}) + "\n"


def _on_one_line(text: str) -> str:
    return escape(_BLANKS.sub(" ", text))


def _for_people(hit: Hit, screen: Screen) -> str:
    """Return title, address, facts and snippet; hits are bold, or in guillemets where nothing can be bold."""
    begin, end = (BEGIN, END) if screen.colour else ("«", "»")
    title, snippet = (
        marked(pieces, _on_one_line, lambda text: begin + _on_one_line(text) + end)
        for pieces in (hit.title, hit.snippet)
    )
    address, memento = escape(hit.capture.url), hit.capture.memento
    if memento:
        address = f"{escape(hit.capture.target)}  {origin_of(memento, hit.capture.url)}"
    facts = f"{when(hit.capture.fetched_at)}  {verdict_of(hit.capture)}  {address}"
    columns = (screen.columns or _WIDE) - len(_INDENT)
    lines = [title or address, _INDENT + screen.dim(facts)]
    lines += [_INDENT + line for line in wrap(snippet, max(columns, _NARROWEST)).split("\n")]
    text = "\n".join(lines) + "\n"
    return text.replace(BEGIN, "\x1b[1m").replace(END, "\x1b[0m")
