"""Addresses that lead round in circles, and those that differ in nothing but a session.

A wrong relative link makes /news/sport/news/sport/news/sport/..., each page one step longer than the one before; a
script that passes its parameters on makes ?page=2&page=2&page=2. Both are refused by what Heritrix's rules look for
(PathologicalPathDecideRule, TooManyPathSegmentsDecideRule, with its default of 20 steps): the same steps more than
twice behind each other. Numbers may follow each other once more, for /11/11/11/ is a day.

Pages that continue a section end where several in a row named nothing new. They are counted by their *pattern*, in
which whatever may run for ever is one letter, so that a calendar is one trail and not one for each day:

    D a date   N digits   T a token: 16 letters and digits or more that are no word, a UUID, a session

Nothing of this counts articles of one pattern. A newspaper has 100,000 at /D/slug-N, and that is no trap.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

_MOST_STEPS = 20
_MOST_REPEATS = 2
_MOST_REPEATED_NUMBERS = 3
_LONGEST_DAY_OR_MONTH = 2
_LONGEST_CIRCLE = 6
"""Steps after which a path is looked at no further for a circle."""
_MOST_BARREN = 5
"""Pages of one pattern without a new article after which a section is not followed on; an hour's reordering of a
list moves articles by one page or two."""

_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d([/_.-]?)(?:0?[1-9]|1[0-2])(?:\1(?:0?[1-9]|[12]\d|3[01]))?(?!\d)")
_TOKEN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![^\W_])(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{16,}(?![^\W_])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def trap_in(url: str) -> str | None:
    """Return what makes an absolute address one of a circle, as the end of "it was refused: ...", or None."""
    parts = urlsplit(url)
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) > _MOST_STEPS:
        return f"its path has more than {_MOST_STEPS} steps"
    if any(_goes_round(steps, length) for length in range(1, _LONGEST_CIRCLE + 1)):
        return "its path repeats itself"
    given = Counter(pair for pair in parts.query.split("&") if "=" in pair)
    if given and given.most_common(1)[0][1] > _MOST_REPEATS:
        return "its query repeats itself"
    return None


def _goes_round(steps: list[str], length: int) -> bool:
    """Whether so many steps come more often behind each other than those of a page do."""
    same = 0
    for at in range(length, len(steps)):
        same = same + 1 if steps[at] == steps[at - length] else 0
        most = _MOST_REPEATED_NUMBERS if all(map(_is_short_number, steps[at - length : at])) else _MOST_REPEATS
        if same >= most * length:
            return True
    return False


def _is_short_number(step: str) -> bool:
    return step.isdecimal() and len(step) <= _LONGEST_DAY_OR_MONTH


def pattern_of(url: str) -> str:
    """Return host, path and query of an address with one letter for each date, token and number."""
    parts = urlsplit(url)
    text = f"{parts.netloc.lower()}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return _DIGITS.sub("N", _TOKEN.sub("T", _DATE.sub("D", text)))


class Trails:
    """How many pages of each pattern named nothing new, behind each other; one for each source and run."""

    def __init__(self) -> None:
        self._barren: Counter[str] = Counter()

    def was_read(self, url: str, new: int) -> None:
        """Note how many new articles a page named."""
        pattern = pattern_of(url)
        self._barren[pattern] = 0 if new else self._barren[pattern] + 1

    def goes_on(self, url: str) -> bool:
        """Whether a page that continues another one is worth asking for."""
        return self._barren[pattern_of(url)] < _MOST_BARREN
