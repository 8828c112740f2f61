"""What the words of a line say of it wherever it stands: marks of its length, its end, its signs, its labels.

    text, its plain words, its kinds of label ─▶ marks

They are weighed beside the marks of the line's place (weighing.py).
"""

from __future__ import annotations

import math
import re
from bisect import bisect

Marks = dict[str, float]

SHORTEST = 15
"""Weight below which what is no heading is not put into a text."""

_WEIGHTS = (SHORTEST, 30, 60, 100, 200)
_BELOW: tuple[Marks, ...] = tuple(
    {f"below {limit}": 1 for limit in _WEIGHTS[first:]} for first in range(len(_WEIGHTS) + 1)
)
"""For each number of limits that a weight reaches, the marks of those that it does not."""

_SIGNS = {"|": "bar", "©": "copyright", "(c)": "copyright", "@": "at", "http": "address", "www.": "address"}
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]」』]*$|[\"”»」]$")
_FIGURE = re.compile(r"\d")
_CLOSING = 12
"""Characters at the end of a line that may say that it is a sentence."""

_SHORT_KINDS = frozenset({"byline", "credit", "dated", "rights", "read-more", "prompt"})
"""Kinds of labels whose words may be a sentence's too: whether the line is short is a mark of its own."""

_SHORT_LABEL = 80


def marks_of_text(text: str, words: str, weight: int, kinds: frozenset[str]) -> Marks:
    """Return the marks that a text has wherever it stands."""
    marks: Marks = {"weight": math.log1p(weight) / 5, **_BELOW[bisect(_WEIGHTS, weight)]}
    _mark_end(marks, text)
    if weight < _WEIGHTS[-1]:
        _mark_characters(marks, text)
    for sign, mark in _SIGNS.items():
        if sign in words:
            marks[mark] = 1
    if text[:1].islower():
        marks["lower case"] = 1
    if text.startswith(("*", "†", "[")):
        marks["asterisk"] = 1
    if kinds:
        _mark_labels(marks, words, weight, kinds)
    return marks


def ends_a_sentence(text: str) -> bool:
    """Whether a text on one line ends as a sentence does, or with a quotation."""
    return _SENTENCE.search(text[-_CLOSING:]) is not None


def _mark_end(marks: Marks, text: str) -> None:
    if ends_a_sentence(text):
        marks["sentence"] = 1
    elif text.endswith((":", "：")):
        marks["colon"] = 1
    if text.endswith(("?", "？", "؟")):
        marks["question"] = 1
    elif text.endswith(("!", "！")):
        marks["exclamation"] = 1


def _mark_characters(marks: Marks, text: str) -> None:
    if 4 * len(_FIGURE.findall(text)) > len(text):
        marks["figures"] = 1
    capitals = sum(map(str.isupper, text))
    if capitals > 2 and capitals > 0.6 * (alphabetic := sum(map(str.isalpha, text))) and alphabetic > 3:  # noqa: PLR2004 - more than in any title case
        marks["capitals"] = 1


def _mark_labels(marks: Marks, words: str, weight: int, kinds: frozenset[str]) -> None:
    for kind in kinds:
        if kind not in _SHORT_KINDS:
            marks[kind] = 1
        elif weight >= _SHORT_LABEL:
            marks[f"{kind}, long"] = 1
        else:
            marks[f"{kind}, short"] = 1
            if words.endswith((".", "!", "?")):
                marks[f"{kind}, sentence"] = 1
