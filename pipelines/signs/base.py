"""What every sign is made of: the type of a sign, and the one way to make a signal with the weight of its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.model import Liveness, Signal
from pipelines.document import Document
from pipelines.weights import WEIGHTS

Sign = Callable[[Document], Iterator[Signal]]

LONGEST_EVIDENCE = 160
"""Characters of a page that a signal quotes."""


def signal(rule: str, points_to: Liveness, evidence: str) -> Signal:
    """Return a signal of a rule, weighing what the table says, with its evidence on one line and not too long."""
    line = " ".join(evidence.split())
    if len(line) > LONGEST_EVIDENCE:
        line = line[: LONGEST_EVIDENCE - 1] + "…"
    return Signal(rule, points_to, WEIGHTS[rule], line)
