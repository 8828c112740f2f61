"""How often one host may be asked: told what happens, with the time, it says when the next request may begin.

The delay between two requests to begin is the longest of three: what is configured, what robots.txt asks for, and the
*back-off*, which doubles with every failure and is halved by every answer until it is no more than the other two.
A failure counts from its end, since a host that stalls for half a minute has not been let alone for that long.

Rule 1: what fails while one failure is being waited out is the same failure, however many connections there are.
Rule 2: a host that asks for a rest (Retry-After) has it, whatever the delay is.
Rule 3: robots.txt waits for rests and back-off alone, and nobody waits for it: one save need not wait between the two.
"""

from __future__ import annotations

from dataclasses import dataclass

_FIRST_BACK_OFF = 0.1
"""Seconds of the first back-off where no delay is configured that could be doubled."""


@dataclass(frozen=True, slots=True)
class PaceOptions:
    """Seconds between two requests, the most that back-off makes of it, and how many silences in a row are enough.

    A host is silent when a request to it brings no answer, or not the whole of one in time; 0 is for never enough.
    """

    delay: float = 0.0
    max_delay: float = 60.0
    max_failures: int = 0


class Pace:
    """One host's; all times are seconds of one clock that never goes back."""

    def __init__(self, options: PaceOptions) -> None:
        self._options = options
        self._crawl_delay = 0.0
        self._back_off = 0.0
        self._asked_at = float("-inf")
        self._backed_off_until = float("-inf")
        self._failed_at = float("-inf")
        self.resting_until = float("-inf")
        self.silences = 0

    @property
    def delay(self) -> float:
        """The seconds between two requests, as things are."""
        return max(self._options.delay, self._crawl_delay, self._back_off)

    @property
    def given_up(self) -> bool:
        """Whether it was silent so often in a row that there is no use in asking it again."""
        return 0 < self._options.max_failures <= self.silences

    def ready_at(self, *, robots: bool = False) -> float:
        """Return when the next request may begin, or one for robots.txt."""
        rests = max(self.resting_until, self._backed_off_until)
        return rests if robots else max(rests, self._asked_at + self.delay)

    def is_default(self, now: float) -> bool:
        """Whether nothing is known of the host that would matter to its next request."""
        return not (self._crawl_delay or self._back_off or self.silences) and self.ready_at() <= now

    def obey(self, crawl_delay: float) -> None:
        """Take what robots.txt asks for."""
        self._crawl_delay = crawl_delay

    def asked(self, now: float) -> None:
        """Note that a request begins."""
        self._asked_at = now

    def answered(self) -> None:
        """Note an answer that shows no trouble."""
        self.silences = 0
        halved = self._back_off / 2
        self._back_off = halved if halved > max(self._options.delay, self._crawl_delay, _FIRST_BACK_OFF / 2) else 0.0

    def failed(self, began: float, now: float, *, silent: bool) -> None:
        """Note the end of a request that `began` then: with an answer that shows trouble, or in silence."""
        if not silent:
            self.silences = 0
        if began < self._failed_at:
            return
        self.silences += silent
        self._failed_at = now
        self._back_off = min(self._options.max_delay, max(2 * self.delay, _FIRST_BACK_OFF))
        self._backed_off_until = now + self.delay

    def rest(self, until: float) -> None:
        """Note that the host asked to be let alone until then."""
        self.silences = 0
        self.resting_until = max(self.resting_until, until)
