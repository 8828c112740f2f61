"""Weighing the signs: points add up for the liveness each signal points to, and the most points win.

    signs ─▶ signals ─▶ points by liveness ─▶ the highest, its share of belief, and a sentence that says why

Belief is the softmax of the points, so a lead of 2.2 points is nine to one. Where no liveness has two fifths of the
belief, the page is `unsure`, and the confidence is that in the likeliest.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from archive.model import Liveness, Signal, Verdict
from pipelines.signs import forms, marks, phrases, redirects, shells, site, status, structure, vendors
from pipelines.weights import NO_SIGN_OF_LIFE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.document import Document
    from pipelines.signs.base import Sign

FROM_ANSWER: tuple[Sign, ...] = (*status.SIGNS, redirects.landing, vendors.headers)
"""Signs that need no body."""

SIGNS: tuple[Sign, ...] = (
    *status.SIGNS,
    *redirects.SIGNS,
    *phrases.SIGNS,
    *marks.SIGNS,
    *vendors.SIGNS,
    *forms.SIGNS,
    *shells.SIGNS,
    *structure.SIGNS,
    *site.SIGNS,
)
"""Every sign, in the order in which signals are listed."""

MEANING: dict[Liveness, str] = {
    Liveness.LIVE: "The page is live",
    Liveness.GONE: "The page is gone",
    Liveness.SOFT_404: "The page says that it does not exist, though its status does not",
    Liveness.MOVED: "The address now leads to another page, not to the article",
    Liveness.PARKED: "The domain is parked, for sale or suspended",
    Liveness.PLACEHOLDER: "The server shows a placeholder instead of a page",
    Liveness.BLOCKED: "The site did not let us in",
    Liveness.LOGIN: "The page asks for a login",
    Liveness.PAYWALL: "The article is behind a paywall",
    Liveness.CONSENT: "The page asks for consent before it shows anything",
    Liveness.EMPTY: "There is nothing to read without running scripts",
    Liveness.ERROR: "The page is an error message",
    Liveness.UNREACHABLE: "No answer came",
    Liveness.UNSURE: "Too little speaks for any verdict",
}
"""How each liveness begins its reason."""

LIVENESSES: tuple[Liveness, ...] = tuple(liveness for liveness in Liveness if liveness is not Liveness.UNSURE)
"""What a page can be; `unsure` is not knowing which."""

MISSING = frozenset({404, 410})
"""Statuses by which a server itself says that a page is not there (RFC 9110 sections 15.5.5 and 15.5.11)."""

LEAST_BELIEF = 0.4
"""Belief from which a verdict is given: that of the likeliest of thirteen is then far from that of the next."""

_MOST_EVIDENCE = 3


def judge(document: Document, signs: tuple[Sign, ...] = SIGNS) -> Verdict:
    """Return the verdict on a page by the given signs.

    What makes a soft 404 of a page says, with a status that says so too, that it is gone.
    """
    seen: Iterable[Signal] = chain.from_iterable(sign(document) for sign in signs)
    if document.page.status in MISSING:
        seen = (replace(one, points_to=Liveness.GONE) if one.points_to is Liveness.SOFT_404 else one for one in seen)
    return weigh(seen)


def weigh(signals: Iterable[Signal]) -> Verdict:
    """Return the liveness with the most points, with confidence 0 to 1, a reason, and all signals."""
    seen = tuple(signals)
    points = dict.fromkeys(LIVENESSES, 0.0) | {Liveness.LIVE: NO_SIGN_OF_LIFE}
    for one in seen:
        points[one.points_to] += one.weight
    best = max(points, key=lambda liveness: points[liveness])
    belief = 1 / sum(math.exp(value - points[best]) for value in points.values())
    verdict = best if belief >= LEAST_BELIEF else Liveness.UNSURE
    return Verdict(verdict, _reason(verdict, seen), round(belief, 3), seen)


def _reason(liveness: Liveness, seen: tuple[Signal, ...]) -> str:
    """Return one sentence: what the page is, and the strongest evidence for it."""
    for_it = sorted((one for one in seen if one.points_to is liveness), key=lambda one: -one.weight)
    if liveness is Liveness.UNSURE:
        for_it = sorted(seen, key=lambda one: -one.weight)
    evidence = "; ".join(one.evidence for one in for_it[:_MOST_EVIDENCE])
    return f"{MEANING[liveness]}: {evidence}." if evidence else f"{MEANING[liveness]}."
