"""Emptying start tags that have more attributes than any honest one, before libxml2 sees them.

libxml2 compares every attribute of an element with every other: one `<div>` of 100,000 attributes costs it 79 seconds
that nothing can interrupt (measured, libxml2 2.14).

    markup ─▶ cut at every ">" ─▶ only long pieces can hold a flood ─▶ count what is outside quotes ─▶ empty the tag
          └─▶ more than a few ">" within quoted values? ─▶ read every tag with its quotes

The second way is six times as slow, so it is taken only where values hide the ends of tags; both are linear.
"""

from __future__ import annotations

import re
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
    pieces = markup.split(">")
    cut = False
    place = 0
    for number, piece in enumerate(pieces):
        if len(piece) > SHORTEST_ATTRIBUTE * most:
            start = piece.rfind("<")
            if start >= 0 and piece[start + 1 : start + 2].isalpha():
                tag = _emptied(piece[start:], most, markup, place + start)
                if len(tag) < len(piece) - start:
                    pieces[number], cut = piece[:start] + tag, True
        place += len(piece) + 1
    return ">".join(pieces) if cut else markup


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
