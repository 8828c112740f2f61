"""What a user types to search for, made into an FTS5 expression that is always valid.

    words           harbour storm          both must be there
    a phrase        "harbour storm"        side by side
    one of several  harbour OR port        binds tighter than the blank between words
    without         harbour -storm         a phrase too: -"harbour storm"
    beginnings      harb*                  any word that begins so

Plan: cut the input into terms, drop those without a letter or digit, group them, and write each as an FTS5 string,
inside which only the double quote means anything (sqlite.org/fts5.html section 3.1). So no user's punctuation is ever
read as FTS5 syntax, and no syntax error can come back. An OR with nothing to join is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from archive.errors import UsageError
from archive.segment import segmented

_TERM = re.compile(
    r"""
    (?P<without> -? )
    (?: " (?P<phrase> [^"]* ) (?: "(?P<phrase_begins>\*?) | \Z )   # a quote left open lasts to the end
      | (?P<word> [^\s"]+ )
    )
    """,
    re.VERBOSE,
)
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
"""What SQLite takes for the end of a string, and what no UTF-8 can hold."""
_MOST_TERMS = 64
_EXAMPLE = """newsclip search 'harbour "sea wall" -festival'"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; `begins` asks for words that begin so, `without` for pages that lack it."""

    text: str
    begins: bool = False
    without: bool = False

    @property
    def expression(self) -> str:
        """The term as an FTS5 string."""
        quoted = segmented(self.text).replace('"', '""')
        return f'"{quoted}"{" *" if self.begins else ""}'


def fts5(typed: str) -> str:
    """Return the FTS5 expression for what a user typed.

    Raises:
        UsageError: there is nothing to search for, only something to leave out, or more than 64 terms.

    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    joins = False
    for term in _terms(typed):
        if term is None:
            joins = bool(groups)
        elif term.without:
            without.append(term)
            joins = False
        else:
            groups[-1].append(term) if joins else groups.append([term])
            joins = False
    if not groups:
        said = "only says what to leave out" if without else "holds no word to search for"
        raise UsageError(f"{typed!r} {said}; write for example: {_EXAMPLE}")
    if sum(map(len, groups)) + len(without) > _MOST_TERMS:
        raise UsageError(f"The search has more than {_MOST_TERMS} words and phrases; leave some out.")
    wanted = " AND ".join(_any_of(group) for group in groups)
    return f"({wanted}) NOT {_any_of(without)}" if without else wanted


def _any_of(terms: list[Term]) -> str:
    return f"({' OR '.join(term.expression for term in terms)})"


def _terms(typed: str) -> list[Term | None]:
    """Return the terms that hold something a tokenizer takes for a word, with None where an OR stands."""
    terms = (_term(match) for match in _TERM.finditer(_UNSENDABLE.sub(" ", typed)))
    return [term for term in terms if term is None or _has_word(term.text)]


def _term(match: re.Match[str]) -> Term | None:
    word = match["word"]
    if word is None:
        return Term(match["phrase"], bool(match["phrase_begins"]), bool(match["without"]))
    if word == "OR" and not match["without"]:
        return None
    return Term(word.rstrip("*"), word.endswith("*"), bool(match["without"]))


def _has_word(text: str) -> bool:
    """Whether unicode61 finds a word: letters, numbers and private use characters (section 4.3.1)."""
    return any(unicodedata.category(character)[0] in "LN" or character == "\ue000" for character in text)
