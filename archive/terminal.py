r"""What reaches a terminal: foreign text made harmless, lines cut and wrapped by width, colour where wanted.

Plan: `escape` is for one line, `escape_lines` for text of several; both turn every character that a terminal or a
reader's eye would take for a command into its visible escape (`\x1b`, `\u202e`). Whatever came from a page, an
address or a file name passes one of them before it is written. `json_line` does the same for JSON, whose own
`\uXXXX` means the same string to whoever parses it.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HARMFUL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0, DEL and C1 (ECMA-48), but for tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of text (UAX #9 section 2)
    "\u2028\u2029"  # line and paragraph separators
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "\ud800-\udfff"  # lone surrogates: no stream could encode them
    "\U000e0000-\U000e007f"  # invisible tags
)
_IN_LINES = re.compile(f"[{_HARMFUL}]")
_IN_LINE = re.compile(f"[\t\n{_HARMFUL}]")
_WIDEST = 100
"""Columns of running text at most: longer lines are hard to read (Bringhurst, The Elements of Typographic Style,
gives 75 for one column of print; a terminal's letters stand closer to the eye)."""


def escape(text: str) -> str:
    """Return text as one line that a terminal shows and does not obey."""
    return _IN_LINE.sub(_visible, text)


def escape_lines(text: str) -> str:
    """Return text as lines that a terminal shows and does not obey; newlines and tabs stay."""
    return _IN_LINES.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def json_line(obj: Mapping[str, Any]) -> str:
    """Return an object as JSON on one line: keys in their order, no newline, nothing that commands a terminal."""
    return _IN_LINES.sub(_in_json, json.dumps(obj, ensure_ascii=False, separators=(",", ":")))


def _in_json(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]  # beyond the BMP this is a pair of surrogates (RFC 8259 section 7)


def width(text: str) -> int:
    """Return how many columns a terminal takes for text without control characters (UAX #11)."""
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def fit(text: str, columns: int) -> str:
    """Return text in exactly this many columns: padded with blanks, or cut and ended with "…"."""
    taken = width(text)
    if taken <= columns:
        return text + " " * (columns - taken)
    kept = _head(text, columns - 1)
    return kept + "…" + " " * (columns - 1 - width(kept))


def _head(text: str, columns: int) -> str:
    """Return as much of the beginning as these columns hold."""
    taken = 0
    for position, character in enumerate(text):
        taken += _width(character)
        if taken > columns:
            return text[:position]
    return text


def wrap(text: str, columns: int) -> str:
    """Return text with its lines broken at blanks, and inside what is wider than a line; indents are kept."""
    return "\n".join(broken for line in text.split("\n") for broken in _broken(line, columns))


def _broken(line: str, columns: int) -> Iterator[str]:
    if width(line) <= columns:
        yield line
        return
    body = line.lstrip(" ")
    indent = " " * min(len(line) - len(body), columns // 2)
    current = indent
    for word in body.split(" "):
        joined = f"{current} {word}" if current != indent else indent + word
        if width(joined) > columns and current != indent:
            yield current
            joined = indent + word
        while width(joined) > columns:
            piece = _head(joined, max(columns, len(indent) + 2))
            yield piece
            joined = indent + joined[len(piece) :]
        current = joined
    yield current


@dataclass(frozen=True, slots=True)
class Screen:
    """What is known of the stream that is written to; `columns` is None when that is no terminal."""

    columns: int | None
    colour: bool

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str] = os.environ) -> Screen:
        """Look at a stream; NO_COLOR (no-color.org) and TERM=dumb switch colour off."""
        if not stream.isatty():
            return cls(None, colour=False)
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except OSError:
            columns = 0
        plain = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
        return cls(columns or 80, colour=not plain)

    def bold(self, text: str) -> str:
        """Return escaped text in bold, or as it is."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def dim(self, text: str) -> str:
        """Return escaped text in faint letters, or as it is."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def prose(self, text: str) -> str:
        """Return text of several lines, escaped, and wrapped when a person reads it."""
        harmless = escape_lines(text)
        return wrap(harmless, min(self.columns, _WIDEST)) if self.columns else harmless
