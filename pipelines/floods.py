"""Emptying start tags that have more attributes than any honest one, before libxml2 sees them.

libxml2 compares every attribute of an element with every other: one `<div>` of 100,000 attributes costs it 79 seconds
that nothing can interrupt (measured, libxml2 2.14).

    markup ─▶ long pieces between two ">", which alone can hold a flood ─▶ count what is outside quotes ─▶ empty the tag
          └─▶ more than a few ">" within quoted values? ─▶ read every tag with its quotes

The second way is six times as slow, so it is taken only where values hide the ends of tags; both are linear.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

SHORTEST_ATTRIBUTE = 3
"""Characters of the shortest attribute in a row of different ones, with the space before it."""

HIDDEN_ENDS = 10
"""Values with ">" in them from which tags are read one by one."""

LONGEST_SCRIPT = 500_000
"""Characters before a place in which the start of a script is looked for."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN_END = re.compile(r"=\s{0,9}(?:\"[^\">]*>|'[^'>]*>)")
_TAG = re.compile(
    r"<[a-zA-Z](?:[^>\"'=]++|=\s*+\"[^\"]*+(?:\"|$)|=\s*+'[^']*+(?:'|$)|[\"'=])*+",
)


def without_floods(markup: str, most: int) -> str:
    """Return the markup with every start tag emptied that has more than `most` attributes."""
    if sum(1 for _ in islice(_HIDDEN_END.finditer(markup), HIDDEN_ENDS)) == HIDDEN_ENDS:
        return _TAG.sub(lambda tag: _emptied(tag[0], most, markup, tag.start()), markup)
    return _long_piece(SHORTEST_ATTRIBUTE * most).sub(lambda piece: _without_flood(piece, most, markup), markup)


@cache
def _long_piece(longest: int) -> re.Pattern[str]:
    """Return what finds a piece between two ">" of more characters, beginning only where one begins."""
    return re.compile(rf"(?<![^>])[^>]{{{longest + 1},}}")


def _without_flood(piece: re.Match[str], most: int, markup: str) -> str:
    """Return a piece of the markup with the start tag emptied that it ends with, if that has too many attributes."""
    text = piece[0]
    start = text.rfind("<")
    if start < 0 or not text[start + 1 : start + 2].isalpha():
        return text
    return text[:start] + _emptied(text[start:], most, markup, piece.start() + start)


def _emptied(tag: str, most: int, markup: str, place: int) -> str:
    """Return a start tag as it is, or with its name alone if it has too many attributes.

    A quoted value may hold spaces (the paths of SVG), so quotes go before words are counted.
    """
    if len(tag) <= SHORTEST_ATTRIBUTE * most or len(_QUOTED.sub('"" ', tag).split()) <= most:
        return tag
    return tag if _is_script(markup, place) else tag.split(None, 1)[0]


def _is_script(markup: str, place: int) -> bool:
    """Whether a place is within a script, where "<" is only less than."""
    start = max(0, place - LONGEST_SCRIPT)
    return markup.rfind("<script", start, place) > markup.rfind("</script", start, place)
