"""What a run brought, counted: pages by verdict and by reason, other exchanges by role, and bytes as they came.

A *reason* is a stable key, where the sentence of a verdict is for people: the rule of the strongest sign that points to
the verdict (`status.refused`), or of the strongest at all where it is unsure; `robots` for what robots.txt does not
allow, and `no-sign` where nothing spoke for anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model import Finding, Liveness

if TYPE_CHECKING:
    from archive.model import Capture, Processed

ROBOTS, NO_SIGN = "robots", "no-sign"


@dataclass(slots=True)
class Tally:
    """The counts of one run; a page counts once, by its last verdict, in the run that stored it."""

    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def count(self, run: str, what: Finding | tuple[Capture, Processed], entered: Capture) -> None:
        """Count what was stored: a finding of this run, or what a capture is that was judged anew."""
        if isinstance(what, Finding):
            self.bytes += sum(len(exchange.response) for exchange in what.exchanges)
        elif what[0].liveness is not None:
            before = what[0]
            if before.run != run:
                return
            self.verdicts[_verdict(before)] -= 1
            self._reason(before, -1)
        self.verdicts[_verdict(entered)] += 1
        self._reason(entered, 1)

    def copy(self) -> Tally:
        """Return these counts, without those that are zero."""
        return Tally(+self.verdicts, +self.reasons, self.bytes)

    def _reason(self, capture: Capture, number: int) -> None:
        if capture.role == "page" and capture.liveness is not None:
            self.reasons[reason_key(capture)] += number


def reason_key(capture: Capture) -> str:
    """Return in a stable word why a page has its verdict."""
    for_it = [one for one in capture.signals if one.points_to is capture.liveness]
    if not for_it and capture.liveness is Liveness.UNSURE:
        for_it = list(capture.signals)
    if for_it:
        return max(for_it, key=lambda one: one.weight).rule
    return ROBOTS if capture.status is None and "robots.txt" in (capture.error or "") else NO_SIGN


def _verdict(capture: Capture) -> str:
    return (capture.role == "page" and capture.liveness) or capture.role
