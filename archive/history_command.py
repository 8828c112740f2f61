"""`newsclip history`: every capture of one address, oldest first, and what changed from one to the next.

Captures with text are numbered by version (edits.py). An archive's copy has no number: it is of another time than the
captures beside it. What all captures together say of the address, alive or dead, stands last (standing.py). Addresses
that are one article (joins.py) have one history; each is alive or dead by itself, and the last line is about the one
that was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.answer import answer, iso
from archive.edits import Reading, count_changes, same_version
from archive.index import of_record
from archive.lookup import addresses_of_article, captures_of, captures_of_article, open_index, standings_of
from archive.rows import VERDICT_COLUMNS, origin_of, verdict_of, when
from archive.standing import ENOUGH, State
from archive.terminal import Screen, escape, json_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from archive.command import Context
    from archive.model import Capture
    from archive.standing import Standing

_CHANGE_COLUMNS = 42
_VERSION_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Version:
    """What version of the article a capture has, and how it differs from the one before, if there is one before.

    A capture that repeats the version before it is not `new`, and nothing was added or removed.
    """

    number: int
    new: bool
    reading: Reading
    added: int | None = None
    removed: int | None = None


def history(typed: str, context: Context) -> int:
    """Print the captures of an address.

    Raises:
        NewsclipError: the address was never captured, or the collection cannot be read.

    """
    screen = Screen.of(context.out)
    with open_index(context.collection) as connection:
        before: Capture | None = None
        last: Version | None = None
        standing: Standing | None = None
        known = standings_of(captures_of(connection, typed), typed)
        joined = addresses_of_article(connection, typed)
        for capture in captures_of_article(connection, typed):
            standing = known.get(capture.id, standing)
            version = None
            if capture.role == "memento" and capture.memento:
                changes = [origin_of(capture.memento, capture.url)]
            else:
                version = version_after(last, capture, _text(connection, capture))
                changes = what_changed(before, capture, version, joined)
                before, last = capture, version or last
            if context.json:
                more = {"changed": changes} | _as_json(version) | _standing_as_json(standing)
                context.out.write(json_line(answer(capture) | more) + "\n")
            else:
                context.out.write(_line(capture, changes, version, screen))
        if standing and not context.json:
            context.out.write(f"{screen.bold(standing.state.value)} {_in_words(standing)}\n")
    return 0


def version_after(last: Version | None, capture: Capture, text: str | None) -> Version | None:
    """Return the version that a capture has, or None if no text was read in it."""
    if text is None:
        return None
    reading = Reading(capture, text)
    if last is None:
        return Version(1, new=True, reading=reading)
    if same_version(last.reading, reading):
        return Version(last.number, new=False, reading=reading, added=0, removed=0)
    added, removed = count_changes(last.reading.text, text)
    return Version(last.number + 1, new=True, reading=reading, added=added, removed=removed)


def what_changed(
    before: Capture | None, capture: Capture, version: Version | None, joined: Collection[str]
) -> list[str]:
    """Return in words how a capture differs from the one before it, and its text from the last that was read.

    `joined` are the keys of addresses that are one article: none of them leads elsewhere. A page whose bytes changed
    around an unchanged text (a date, an advertisement) is "text the same".
    """
    if before is None:
        return ["first"]
    changes = []
    if capture.liveness != before.liveness:
        changes.append(f"{verdict_of(before)} → {verdict_of(capture)}")
    if capture.url_key != before.url_key:
        here = capture.url_key in joined and before.url_key in joined
        changes.append("at another address" if here else "leads elsewhere")
    if capture.payload_digest is not None and capture.payload_digest == before.payload_digest:
        return [*changes, "unchanged"]
    if version is not None:
        changes.append(_text_change(version))
    elif before.text is not None:
        changes.append("text gone")
    elif not changes:
        changes.append("page changed")
    return changes


def _text_change(version: Version) -> str:
    if version.added is None or version.removed is None:
        return "text new"
    if not version.new:
        return "text the same"
    counts = [f"{count:+}" for count in (version.added, -version.removed) if count]
    return f"text changed ({' '.join(counts)} words)" if counts else "text changed"


def _text(connection: sqlite3.Connection, capture: Capture) -> str | None:
    """Return the text as it is searched, which has the same words; a revisit has that of the capture it repeats."""
    original = of_record(connection, capture.revisit_of) if capture.revisit_of else None
    row = connection.execute("SELECT body FROM texts WHERE rowid = ?", ((original or capture).id,)).fetchone()
    return None if row is None else str(row[0])


def _as_json(version: Version | None) -> dict[str, Any]:
    return {
        "version": version.number if version else None,
        "new_version": version is not None and version.new,
        "added": version.added if version else None,
        "removed": version.removed if version else None,
    }


def _line(capture: Capture, changes: list[str], version: Version | None, screen: Screen) -> str:
    status = "-" if capture.status is None else str(capture.status)
    number = f"{f'v{version.number}' if version else '':<{_VERSION_COLUMNS}}"
    if version and version.new:
        number = screen.bold(number)
    said = f"{when(capture.fetched_at)}  {verdict_of(capture):<{VERDICT_COLUMNS}}  {status:>3}  {number}"
    return f"{said}  {', '.join(changes):<{_CHANGE_COLUMNS}}  {screen.dim(escape(capture.url))}\n"


def _standing_as_json(standing: Standing | None) -> dict[str, Any]:
    return {
        "standing": standing.state.value if standing else None,
        "standing_since": iso(standing.since) if standing else None,
        "seen_alive": iso(standing.seen_alive) if standing and standing.seen_alive else None,
        "confirm_from": iso(standing.confirm_from) if standing and standing.confirm_from else None,
    }


def _in_words(standing: Standing) -> str:
    """Return since when an address is what it is, and what is known or missing beside that."""
    parts = [f"since {when(standing.since)}"]
    if standing.confirm_from:
        parts.append(f"{standing.count} of {ENOUGH} counts say that it is dead")
        parts.append(f"the next counts from {when(standing.confirm_from)}")
    if standing.seen_alive is None:
        parts.append("never seen alive")
    else:
        parts.append(f"last seen {'so' if standing.state is State.ALIVE else 'alive'} {when(standing.seen_alive)}")
    return "; ".join(parts)
