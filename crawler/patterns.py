"""Which addresses of a source are wanted: `include` and `exclude` of a source, patterns like "/politics/**".

A pattern is held against the path of an address, from its first slash to its end:

    *    any letters between two slashes, none too         /politics/*       /politics/vote, not /politics/2026/vote
    **   any number of whole steps, none too               /politics/**      /politics, /politics/, /politics/2026/vote
    ?    begins the query, in which * also spans slashes   /story?id=*       /story?id=7

Everything else stands for itself. A pattern without ? looks at no query. Letter case counts, a slash at the end does
not, and it makes no difference which letters are percent-encoded. `exclude` wins over `include`; no `include` is all.

The patterns of shells and of .gitignore, which libraries know, read ? and [ as wildcards, and both are plain letters of
an address. Steps are matched one by one and ** goes back to its last place alone, so that the time is bounded by steps
of the pattern times steps of the address, whatever address a hostile page makes up.
"""

from __future__ import annotations

import fnmatch
import glob
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY_STEPS = "**"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, ready to be held against addresses; None among the steps is `**`."""

    text: str
    steps: tuple[re.Pattern[str] | None, ...]
    query: re.Pattern[str] | None

    @classmethod
    def of(cls, text: str) -> Pattern:
        """Return the pattern that a text is.

        Raises:
            UsageError: it does not begin with a slash, or has ** inside a step.

        """
        path, mark, query = text.partition("?")
        if not path.startswith("/"):
            raise UsageError(f"{text!r} is no pattern of a path; begin it with a slash, as in /politics/**.")
        steps = _steps(path)
        if odd := next((step for step in steps if _ANY_STEPS in step and step != _ANY_STEPS), None):
            raise UsageError(f"{text!r} has ** inside {odd!r}; ** stands alone between slashes, as in /politics/**.")
        return cls(
            text,
            tuple(None if step == _ANY_STEPS else _wild(step) for step in steps),
            _wild(query) if mark else None,
        )

    def matches(self, path: str, query: str) -> bool:
        """Return whether an address has this path and query."""
        if self.query is not None and not self.query.match(unquote(query)):
            return False
        return _match(self.steps, [unquote(step) for step in _steps(path)])


@dataclass(frozen=True, slots=True)
class Selection:
    """The patterns of a source."""

    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()

    def wants(self, url: str) -> bool:
        """Return whether an address is one of those that the source is to be crawled for."""
        parts = urlsplit(url)
        if any(pattern.matches(parts.path, parts.query) for pattern in self.exclude):
            return False
        return not self.include or any(pattern.matches(parts.path, parts.query) for pattern in self.include)


def _steps(path: str) -> list[str]:
    """Return what stands between the slashes; a slash at the end begins no further step."""
    inside = path.removeprefix("/").removesuffix("/")
    return inside.split("/") if inside else []


def _wild(text: str) -> re.Pattern[str]:
    """Return a text in which * alone is special as a regular expression; fnmatch makes one that does not run away."""
    literals = (glob.escape(unquote(piece)) for piece in re.split(r"\*+", text))
    return re.compile(fnmatch.translate("*".join(literals)))


def _match(pattern: Sequence[re.Pattern[str] | None], steps: Sequence[str]) -> bool:
    """Return whether steps fit; the shortest reach of each ** is enough, for what follows the last one may shift."""
    at, reached, begin = 0, None, 0
    number = 0
    while number < len(steps):
        step = pattern[at] if at < len(pattern) else None
        if at < len(pattern) and step is None:
            reached, begin = at, number
            at += 1
        elif step is not None and step.match(steps[number]):
            at, number = at + 1, number + 1
        elif reached is not None:
            begin += 1
            at, number = reached + 1, begin
        else:
            return False
    return all(step is None for step in pattern[at:])
