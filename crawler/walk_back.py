"""Which of an archive's copies to try next, when trying one costs a request and few may be made.

A page that died stays dead, so the copies are, newest first, dead ones and then good ones, and the place where they
meet is looked for as in any sorted list of unknown length: in steps that double until one is good, then by halving
what lies between. Of 500 copies the last good one is found with 17 tries at most, and with 9 a good one. When the
copies left are not more than the tries left, they are tried one after the other, which assumes nothing.
"""

from __future__ import annotations


class WalkBack:
    """A walk over copies numbered from 0, the newest; `next` says which to try, `tell` what came of it."""

    def __init__(self, count: int, tries: int) -> None:
        self._count = count
        self._tries = tries
        self._dead = -1
        self._good: int | None = None
        self._step = 1

    def next(self) -> int | None:
        """Return the number of the copy to try now, or None when the walk is over."""
        if self._tries == 0:
            return None
        if self._good is not None:
            between = self._good - self._dead - 1
            return self._dead + (between + 1) // 2 if between else None
        left = self._count - 1 - self._dead
        if left <= self._tries:
            return self._dead + 1 if left else None
        return min(self._dead + self._step, self._count - 1)

    def tell(self, number: int, *, good: bool) -> None:
        """Note whether the copy that was tried is good."""
        self._tries -= 1
        if good:
            self._good = number
        else:
            self._dead = number
            self._step *= 2
