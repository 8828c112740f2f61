"""The words by which lines that are no part of an article say so, in forty languages.

    line ─▶ begins with the words of a kind? ─▶ the kind: read-more, prompt, share, credit, byline, advertisement, …

Each table says how much of a line its phrases must be (Reach): a word that may begin a sentence counts only where a
colon follows or where it is the whole line. Written as `words.plain` leaves them: lower case, typewriter quotes and
dashes.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from pipelines.second_look.label_words import (
    ADVERTISEMENT,
    AGENCIES,
    BYLINE,
    COMMENTS,
    CONTENTS,
    CREDIT,
    CREDIT_OPENS,
    DATED,
    INTERVIEWED,
    OPENS_READ_MORE,
    PROMPT,
    READ_MORE,
    READING_TIME,
    RIGHTS,
    SHARE,
    SHARE_OPENS,
    TAGS,
)
from pipelines.words import finder, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reach(enum.Enum):
    """How much of a line a phrase must be."""

    WHOLE = enum.auto()
    """The line, but for marks around it."""
    LABEL = enum.auto()
    """The line, or its beginning with a colon behind it."""
    OPENING = enum.auto()
    """The line's beginning."""
    ANYWHERE = enum.auto()
    """Any part of a short line."""


class Kind(NamedTuple):
    """A kind of line: its name, and the phrases that make one."""

    name: str
    reach: Reach
    phrases: tuple[str, ...]


KINDS = (
    Kind("read-more", Reach.LABEL, READ_MORE),
    Kind("read-more", Reach.OPENING, OPENS_READ_MORE),
    Kind("prompt", Reach.ANYWHERE, PROMPT),
    Kind("share", Reach.WHOLE, SHARE),
    Kind("share", Reach.OPENING, SHARE_OPENS),
    Kind("credit", Reach.LABEL, CREDIT),
    Kind("credit", Reach.OPENING, CREDIT_OPENS),
    Kind("tags", Reach.LABEL, TAGS),
    Kind("interviewer", Reach.OPENING, INTERVIEWED),
    Kind("byline", Reach.OPENING, BYLINE),
    Kind("advertisement", Reach.WHOLE, ADVERTISEMENT),
    Kind("comments", Reach.LABEL, COMMENTS),
    Kind("rights", Reach.OPENING, RIGHTS),
    Kind("dated", Reach.OPENING, DATED),
    Kind("reading-time", Reach.ANYWHERE, READING_TIME),
    Kind("contents", Reach.WHOLE, CONTENTS),
)
"""Every kind with its table."""

_CREDITS = finder((plain(phrase), len(plain(phrase))) for phrase in CREDIT if phrase not in ("text", "texto", "tekst"))

LONGEST_CREDIT = 60
"""Characters of a name and its agency behind the credit that a caption ends with."""

MOST_SIGNS, INITIALS = 4, 3
"""Signs of a line of agencies, and letters of one that is somebody's initials."""

_SIGN = re.compile(r"\w[\w-]*")

SHORT = 160
"""Characters up to which a line may be a prompt: longer ones are somebody's words about one."""


def _entries() -> Iterator[tuple[str, tuple[int, tuple[tuple[str, Reach], ...]]]]:
    """Yield each phrase, plain, with its length and the names and reaches of its kinds."""
    kinds: dict[str, dict[tuple[str, Reach], None]] = {}
    for kind in KINDS:
        for phrase in kind.phrases:
            kinds.setdefault(phrase, {})[kind.name, kind.reach] = None
    for phrase, entries in kinds.items():
        words = plain(phrase)
        yield words, (len(words), tuple(entries))


_FOUND = finder(_entries())
_AROUND = " \t-–—>»›«‹|•·*+→▶►➤■◆●○:：.…,()[]【】《》〈〉「」『』\"'!?#⟩⟨"
_SPACELESS = "\u0e00"
"""The first character of the scripts from Thai on, most of which put no spaces between words."""

_COLONS = (":", "：", "|", ">", "»", "→", "- ", "/", "／", "【", "】", "･", "·", "﹕")


def kinds_of(line: str) -> frozenset[str]:
    """Return the kinds of a line given as `words.plain` leaves it; most lines of an article have none."""
    begins = len(line) - len(line.lstrip(_AROUND))
    ends = len(line.rstrip(_AROUND))
    found = set()
    for last, (length, entries) in _FOUND.iter(line):
        first, after = last - length + 1, last + 1
        if not _is_apart(line, first, after):
            continue
        for kind, reach in entries:
            if kind not in found and _reaches(line, reach, opens=first <= begins, closes=after >= ends, after=after):
                found.add(kind)
    return frozenset(found)


def ends_with_credit(line: str) -> bool:
    """Whether a line, plain, ends as a caption does: "… of the bridge. Photo: Jane Doe"."""
    for last, length in _CREDITS.iter(line):
        first, after = last - length + 1, last + 1
        name = line[after:].lstrip(" ").removeprefix(":").removeprefix("：")
        is_label = len(name) < len(line[after:].lstrip(" "))
        if (
            is_label
            and first
            and len(name) <= LONGEST_CREDIT
            and _is_apart(line, first, after)
            and not line.endswith("?")
        ):
            return (
                line[:first].rstrip(" (").endswith((".", "!", "?", ")", "。", "|", ",", "»", '"'))
                or first < LONGEST_CREDIT
            )
    return False


def is_agency(line: str) -> bool:
    """Whether a line, plain, is the sign of an agency and of who worked on it: "dpa/rz"."""
    signs = _SIGN.findall(line)
    others = [sign for sign in signs if sign not in AGENCIES]
    return len(signs) - len(others) > 0 and len(signs) <= MOST_SIGNS and all(len(sign) <= INITIALS for sign in others)


def _is_apart(line: str, first: int, after: int) -> bool:
    """Whether a phrase does not begin or end within a word; scripts that put no spaces have no such bounds."""
    before, behind = line[first - 1 : first], line[after : after + 1]
    return not (_goes_on(before) and line[first] < _SPACELESS) and not (
        _goes_on(behind) and line[after - 1] < _SPACELESS
    )


def _goes_on(character: str) -> bool:
    """Whether a character is a letter, or a mark upon one, of a script that puts spaces between words."""
    return bool(character) and character < _SPACELESS and category(character)[0] in "LM"


def _reaches(line: str, reach: Reach, *, opens: bool, closes: bool, after: int) -> bool:
    if reach is Reach.ANYWHERE:
        return len(line) <= SHORT
    if reach is Reach.OPENING:
        return opens
    return opens and (closes or (reach is Reach.LABEL and line[after:].lstrip(" ").startswith(_COLONS)))
