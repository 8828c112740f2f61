"""How words are written in Markdown, so that a reader of CommonMark and GitHub's tables sees these words and no marks.

    words and spans ─▶ signs escaped, links and emphasis marked ─▶ one line ─▶ paragraph, heading, row of a table

Every function gives lines that are whole by themselves: a paragraph is one line, so nothing can underline it as a
heading or continue it as a table, and only its beginning can be taken for another block. Between a word and punctuation
a mark of emphasis is read as a star (CommonMark 0.31.2, 6.2), so such punctuation is left outside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.outline import Span

EMPHASIS = {"b": "**", "i": "*", "del": "~~"}
"""The marks of what is strong, emphasized and struck out."""

CODE = "code"
"""The style of a span that is shown as it is written."""

_READ_AS_SIGN = r"\\(?=[!-/:-@\[-`{-~]|\Z)|&(?=#?\w+;)"
"""A backslash before punctuation, or before what will be put behind it; the beginning of an entity."""

_MAY_BE_SIGN = re.compile(r"[*_`~\[\]<\\&]")
_SIGN = re.compile(rf"[*_`~\[\]<]|{_READ_AS_SIGN}")
_SIGN_IN_ADDRESS = re.compile(rf"[<>]|{_READ_AS_SIGN}")
_ENDS_ADDRESS = re.compile(r"[\s<>()]")
_BLOCK = re.compile(r"(?=(?:#{1,6}|[-+])(?: |\Z)|>|-[- ]*\Z)|[0-9]{1,9}(?=[.)](?: |\Z))")
"""What a line begins with that is a heading, an item, a quotation or a rule, up to where it is escaped."""

_CLOSES_HEADING = re.compile(r"(?:\A|(?<= ))#+\Z")
_TICKS = re.compile("`+")


def inline(text: str, spans: Sequence[Span] = ()) -> str:
    """Return a text on one line with its spans as marks: they are in order, apart, and have no spaces at their edges.

    A span is a link by having a target; else its style is CODE or one of EMPHASIS.
    """
    if not spans:
        return _escaped(text)
    parts: list[str] = []
    done = 0
    for span in _that_are_read(text, spans):
        before = _escaped(text[done : span.begins])
        if span.target is not None and before.endswith("!"):
            before = f"{before[:-1]}\\!"  # or the link would be a picture
        parts += (before, _marked(text[span.begins : span.ends], span))
        done = span.ends
    return "".join((*parts, _escaped(text[done:])))


def paragraph(line: str) -> str:
    """Return an inline text as a paragraph: where it begins like another block, that is escaped."""
    found = _BLOCK.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def heading(level: int, line: str) -> str:
    """Return an inline text as a heading of a level from 1 to 6; number signs at its end are escaped."""
    if line.endswith("#"):
        line = _CLOSES_HEADING.sub(_with_backslash, line)
    return f"{'#' * level} {line}"


def fenced(code: str) -> list[str]:
    """Return the lines of a piece of code, within a fence that is longer than any in it."""
    fence = "`" * max(3, _longest_ticks(code) + 1)
    return [fence, *code.split("\n"), fence]


def table(rows: Sequence[Sequence[str]], *, has_head: bool) -> list[str]:
    """Return the lines of a table of inline texts, whose first row is its head, or which has an empty one.

    GitHub's tables have a head, and cells beyond those of the head are not shown. A single row without a head is no
    table but a line of its cells between bars.
    """
    lines = [_row(row) for row in rows]
    if not has_head and len(rows) == 1:
        return lines
    columns = max(map(len, rows))
    head = [*rows[0], *[""] * (columns - len(rows[0]))] if has_head else [""] * columns
    return [_row(head), f"|{'---|' * columns}", *lines[has_head:]]


def _row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _escaped(text: str) -> str:
    """Return a text with a backslash before each sign that would be read as a mark."""
    if not _MAY_BE_SIGN.search(text):
        return text
    return _SIGN.sub(_with_backslash, text)


def _with_backslash(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _marked(words: str, span: Span) -> str:
    if span.target is not None:
        return f"[{_escaped(words)}]({_address(span.target)})"
    if span.style == CODE:
        ticks = "`" * (_longest_ticks(words) + 1)
        space = " " if words.startswith("`") or words.endswith("`") else ""
        return f"{ticks}{space}{words}{space}{ticks}"
    return f"{EMPHASIS[span.style]}{_escaped(words)}{EMPHASIS[span.style]}"


def _address(target: str) -> str:
    written = _SIGN_IN_ADDRESS.sub(_with_backslash, target)
    return f"<{written}>" if _ENDS_ADDRESS.search(written) else written


def _longest_ticks(code: str) -> int:
    return max(map(len, _TICKS.findall(code)), default=0)


def _that_are_read(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans as they can be marked: one for what is in pieces, no emphasis right behind other emphasis."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last is not None and last.target is None and span.target is None:
            between = text[last.ends : span.begins]
            if last.style == span.style and (not between or (between == " " and span.style in EMPHASIS)):
                joined[-1] = last._replace(ends=span.ends)
                continue
            if not between and last.style in EMPHASIS and span.style in EMPHASIS:
                continue
        joined.append(span)
    read = (_readable(text, span) if span.style in EMPHASIS else span for span in joined)
    return [span for span in read if span.begins < span.ends]


def _readable(text: str, span: Span) -> Span:
    """Return emphasis without the punctuation at an edge that touches a word, which may be all of it."""
    begins, ends = span.begins, span.ends
    if _is_of_word(text[begins - 1 : begins]):
        while begins < ends and not _is_of_word(text[begins]):
            begins += 1
    if _is_of_word(text[ends : ends + 1]):
        while begins < ends and not _is_of_word(text[ends - 1]):
            ends -= 1
    return span if (begins, ends) == span[:2] else span._replace(begins=begins, ends=ends)


def _is_of_word(character: str) -> bool:
    """Whether a character is neither a space nor punctuation, as CommonMark has it; "" stands for the line's end."""
    return character.isalnum() or (character != "" and unicodedata.category(character)[0] not in "PSZ")
