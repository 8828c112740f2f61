"""Emptying start tags that have more attributes than any honest one, before libxml2 sees them.

libxml2 compares every attribute of an element with every other: one `<div>` of 100,000 attributes costs it 79 seconds
that nothing can interrupt (measured, libxml2 2.14).

    markup ─▶ every start tag, to the ">" that is in no quotes ─▶ longer than honest ones ─▶ count what is outside
    quotes ─▶ a flood: the name alone stays

It takes time linear in the markup, whatever hides the ends of tags.
"""

from __future__ import annotations

import re

SHORTEST_ATTRIBUTE = 3
"""Characters of the shortest attribute in a row of different ones, with the space before it."""

LONGEST_SCRIPT = 500_000
"""Characters before a place in which the start of a script is looked for."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAG = re.compile(
    r"<[a-zA-Z](?:[^>\"'=]++|=\s*+\"[^\"]*+(?:\"|$)|=\s*+'[^']*+(?:'|$)|[\"'=])*+",
)
_SCRIPT_ENDS = re.compile("</script", re.IGNORECASE)


def without_floods(markup: str, most: int) -> str:
    """Return the markup with every start tag emptied that has more than `most` attributes."""
    longest = SHORTEST_ATTRIBUTE * most
    if not any(_is_flood(tag, most) for tag in _TAG.findall(markup) if len(tag) > longest):
        return markup
    return _TAG.sub(lambda tag: _emptied(tag[0], most, markup, tag.start()), markup)


def _emptied(tag: str, most: int, markup: str, place: int) -> str:
    """Return a start tag as it is, or with its name alone if it has too many attributes.

    What looks like a tag within a script stays. It may run on beyond the script's end, by quotes that never close: what
    follows there is looked at again, and no script is believed a second time.
    """
    if not _is_flood(tag, most):
        return tag
    if not _is_script(markup, place):
        return _name_of(tag)
    ends = _SCRIPT_ENDS.search(tag)
    if ends is None:
        return tag
    rest = _TAG.sub(lambda tag: _name_of(tag[0]) if _is_flood(tag[0], most) else tag[0], tag[ends.start() :])
    return tag[: ends.start()] + rest


def _is_flood(tag: str, most: int) -> bool:
    """Whether a tag has more attributes than that; a value may hold spaces (the paths of SVG), so quotes go first."""
    return len(tag) > SHORTEST_ATTRIBUTE * most and len(_QUOTED.sub('"" ', tag).split()) > most


def _name_of(tag: str) -> str:
    return tag.split(None, 1)[0]


def _is_script(markup: str, place: int) -> bool:
    """Whether a place is within a script, where "<" is only less than."""
    start = max(0, place - LONGEST_SCRIPT)
    return markup.rfind("<script", start, place) > markup.rfind("</script", start, place)
