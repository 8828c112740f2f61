"""Making words comparable: one spelling of quotes and dashes, one case, one space."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from ahocorasick import Automaton

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = TypeVar("Value")

_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_SAME = {"İ": "i", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"}
_OTHERS = re.compile(f"[{''.join(_SAME)}]")


def plain(text: str) -> str:
    """Return the text in lower case, on one line, with typewriter quotes and dashes."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    if _OTHERS.search(text):
        for mark, same in _SAME.items():  # ten times as fast as str.translate, which looks up every character
            text = text.replace(mark, same)
    return " ".join(text.casefold().split())


def letters(text: str) -> str:
    """Return the letters and figures of a text in lower case: what stays the same however it is set."""
    if text.isascii():  # four times as fast, and most of what is compared on most pages
        return text.lower().encode().translate(None, _NO_ASCII_LETTERS).decode()
    return _NOT_LETTERS.sub("", text.casefold())


def finder(phrases: Iterable[tuple[str, Value]]) -> Automaton:
    """Return what finds all the phrases in a text in one pass, however many they are (Aho and Corasick, 1975).

    `finder(…).iter(text)` yields for each occurrence the place of its last character, and the value of its phrase.
    """
    automaton = Automaton()
    for phrase, value in phrases:
        automaton.add_word(phrase, value)
    automaton.make_automaton()
    return automaton
