"""Changes of a text for people to read: what is gone struck out, what is new underlined, in colour where there is any.

Elsewhere words are marked as wdiff marks them, `[-removed-] {+added+}`, and a paragraph that moved, which wdiff does
not know, as `[~from here~] {~to here~}`. A mark never goes over a line end, and neither does a colour: pagers that are
handed a line in the middle would lose it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from archive.terminal import escape_lines, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.terminal import Screen
    from archive.word_diff import Op, Run

_WIDEST = 100
_WDIFF: dict[Op, tuple[str, str]] = {
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
    "moved-from": ("[~", "~]"),
    "moved-to": ("{~", "~}"),
}
_REMOVED, _ADDED, _MOVED, _END = "\u2066", "\u2067", "\u2068", "\u2069"
"""Stand for colours while lines are wrapped: characters without width, which escaped text never has."""
_COLOURED: dict[Op, tuple[str, str]] = {
    "removed": (_REMOVED, _END),
    "added": (_ADDED, _END),
    "moved-from": (_MOVED, _END),
    "moved-to": (_MOVED, _END),
}
_COLOURS = {_REMOVED: "\x1b[31;9m", _ADDED: "\x1b[32;4m", _MOVED: "\x1b[36m", _END: "\x1b[0m"}
"""Red and struck out, green and underlined, cyan: whoever cannot tell red from green sees the lines."""
_COLOUR = re.compile(f"[{_REMOVED}{_ADDED}{_MOVED}{_END}]")
_MOVED_SHOWN = 60
"""Characters of a moved paragraph that are shown at either place: it says nothing new."""


def redline(runs: Sequence[Run], screen: Screen) -> str:
    """Return runs as text to be read, escaped, and wrapped on a terminal."""
    if not runs:
        return ""
    marks = _COLOURED if screen.colour else _WDIFF
    leads = [_lead(runs, position) for position in range(len(runs))]
    parts = [_part(*run, marks) for run in zip(runs, leads, [*leads[1:], "\n"], strict=True)]
    if runs[0].op == "skipped":
        parts[0] = "…"
    text = "".join(parts).strip().replace("\n", "\n\n")
    if screen.columns:
        text = wrap(text, min(screen.columns, _WIDEST))
    return _coloured(text) if screen.colour else text


def _lead(runs: Sequence[Run], position: int) -> str:
    """Return what stands before a run; the words that a paragraph begins with stand behind those that it began with."""
    run, earlier = runs[position], runs[max(position - 1, 0)]
    lead = run.tokens[0].before
    if run.op not in ("added", "moved-to") or earlier.op not in ("removed", "moved-from"):
        return lead
    if lead == "" and any(other.op not in ("removed", "moved-from") for other in islice(runs, position)):
        return lead
    both_begin = lead != " " and (earlier.tokens[0].before == "\n" or position == 1)
    one_paragraph = both_begin and "\n" not in earlier.text + run.text and {earlier.op, run.op} == {"removed", "added"}
    return " " if one_paragraph else lead or "\n"


def _part(run: Run, lead: str, follower: str, marks: dict[Op, tuple[str, str]]) -> str:
    """Return a run as it is shown, behind `lead`; `follower` is what stands behind it."""
    if run.op == "skipped":
        return _left_out(run, lead, follower)
    text = run.text
    if run.op.startswith("moved") and len(text) > _MOVED_SHOWN:
        text = (text[:_MOVED_SHOWN].rpartition(" ")[0] or text[:_MOVED_SHOWN]) + " …"
    begin, end = marks.get(run.op, ("", ""))
    return lead + "\n".join(f"{begin}{line}{end}" for line in escape_lines(text).split("\n"))


def _left_out(run: Run, lead: str, follower: str) -> str:
    """Return the mark for words that are not shown: one at the end of a paragraph, at the beginning of one, or both."""
    if lead == "\n":
        return "\n…"
    across = any(token.before == "\n" for token in run.tokens[1:])
    return " …\n…" if across and follower != "\n" else " …"


def _coloured(text: str) -> str:
    """Return text with colours for marks, each ended with its line and begun again with the next."""
    lines, mark = [], ""
    for line in text.split("\n"):
        opened = mark + line
        mark = next((found for found in reversed(_COLOUR.findall(opened))), "")
        mark = "" if mark == _END else mark
        lines.append(opened + (_END if mark else ""))
    return _COLOUR.sub(lambda found: _COLOURS[found[0]], "\n".join(lines))
