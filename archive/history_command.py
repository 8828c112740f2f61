"""`newsclip history`: every capture of one address, oldest first, and what changed from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.answer import answer
from archive.index import of_record
from archive.lookup import captures_of, open_index
from archive.rows import VERDICT_COLUMNS, origin_of, verdict_of, when
from archive.terminal import Screen, escape, json_line

if TYPE_CHECKING:
    import sqlite3

    from archive.command import Context
    from archive.model import Capture

_CHANGE_COLUMNS = 42


def history(typed: str, context: Context) -> int:
    """Print the captures of an address.

    Raises:
        NewsclipError: the address was never captured, or the collection cannot be read.

    """
    screen = Screen.of(context.out)
    with open_index(context.collection) as connection:
        before: Capture | None = None
        for capture in captures_of(connection, typed):
            if capture.role == "memento" and capture.memento:
                changes = [origin_of(capture.memento, capture.url)]
            else:
                changes = what_changed(connection, before, capture)
                before = capture
            if context.json:
                context.out.write(json_line(answer(capture) | {"changed": changes}) + "\n")
            else:
                context.out.write(_line(capture, changes, screen))
    return 0


def what_changed(connection: sqlite3.Connection, before: Capture | None, capture: Capture) -> list[str]:
    """Return in words how a capture differs from the one before it.

    The verdict, where the address led, and the text are looked at. A page whose bytes changed around an unchanged text
    (a date, an advertisement) is "text the same".
    """
    if before is None:
        return ["first"]
    changes = []
    if capture.liveness != before.liveness:
        changes.append(f"{verdict_of(before)} → {verdict_of(capture)}")
    if capture.url_key != before.url_key:
        changes.append("leads elsewhere")
    if capture.payload_digest is not None and capture.payload_digest == before.payload_digest:
        return [*changes, "unchanged"]
    text, text_before = _text(connection, capture), _text(connection, before)
    if text is not None or text_before is not None:
        changes.append("text the same" if text == text_before else _how_much(before, capture))
    elif not changes:
        changes.append("page changed")
    return changes


def _how_much(before: Capture, capture: Capture) -> str:
    if not before.words:
        return "text new"
    if not capture.words:
        return "text gone"
    more = capture.words - before.words
    return f"text changed ({more:+} words)" if more else "text changed"


def _text(connection: sqlite3.Connection, capture: Capture) -> str | None:
    """Return the text as it is searched; a revisit has that of the capture it repeats."""
    original = of_record(connection, capture.revisit_of) if capture.revisit_of else None
    row = connection.execute("SELECT body FROM texts WHERE rowid = ?", ((original or capture).id,)).fetchone()
    return None if row is None else str(row[0])


def _line(capture: Capture, changes: list[str], screen: Screen) -> str:
    status = "-" if capture.status is None else str(capture.status)
    said = f"{when(capture.fetched_at)}  {verdict_of(capture):<{VERDICT_COLUMNS}}  {status:>3}"
    return f"{said}  {', '.join(changes):<{_CHANGE_COLUMNS}}  {screen.dim(escape(capture.url))}\n"
