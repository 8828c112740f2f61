"""What each step of the second look is worth: texts with all steps, with none, without one, and with one alone.

    page ─▶ the extractor's body, once ─▶ a copy for each choice of steps ─▶ second look ─▶ text ─▶ score
                                                       └─ all steps ─▶ what is still wrong and lost

A body made of the page's outline, where the extractor's is run together or missing, counts as a step, "own-body".

Lines are weighed by weights that were fitted on the other half of the sites, where such are given.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.text_loss import lost_words, words_in_all, wrong_words
from benchmarks.text_sets import Score, gain, score
from pipelines import text
from pipelines.document import Document
from pipelines.metadata import metadata_of
from pipelines.notices import without_notices
from pipelines.options import ProcessOptions
from pipelines.second_look import fitted_lines, left_out, steps
from pipelines.second_look.draft import Draft
from pipelines.second_look.facts import facts_of
from pipelines.second_look.own_body import better_of
from pipelines.titles import candidates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from benchmarks.text_sets import Example
    from pipelines.second_look.facts import Facts

    Weights = Mapping[int, Mapping[str, Mapping[str, float]]]
    Gain = tuple[float, float, float]

OWN_BODY = "own-body"
NAMES = (OWN_BODY, *(step.name for step in steps.STEPS), left_out.STEP)
ALL, NONE = "all", "none"
CHOICES: dict[str, frozenset[str]] = {
    ALL: frozenset(),
    NONE: frozenset(NAMES),
    **{f"without {name}": frozenset({name}) for name in NAMES},
    **{f"{name} alone": frozenset(NAMES) - {name} for name in NAMES},
}
"""What is measured, with the steps that it leaves out."""


@dataclass(slots=True)
class Looked:
    """What came of one page: the score of each choice, and with all steps the words that are wrong and lost."""

    scores: dict[str, Score]
    wrong: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    words: tuple[int, int] = (0, 0)


def look(example: Example, weights: Weights) -> Looked:
    """Look at one page again with each choice of steps; by the stored weights where none are given."""
    if weights:
        tables = weights[example.fold]
        fitted_lines.IN_TEXT, fitted_lines.LEFT_OUT = dict(tables["IN_TEXT"]), dict(tables["LEFT_OUT"])
    document = Document(example.page, ProcessOptions())
    facts = facts_of(document, metadata_of(document).title)
    body = _body(document)
    looked = Looked({})
    for choice, without in CHOICES.items():
        draft = _draft(deepcopy(body), document, facts, is_plain=OWN_BODY in without)
        if draft is None:
            looked.scores[choice] = score(example.truth, "")
            continue
        steps.look_again(draft, facts, without)
        looked.scores[choice] = score(example.truth, "\n".join(line.text for line in draft.lines))
        if choice == ALL:
            looked.wrong = wrong_words(example.truth, draft)
            looked.lost = lost_words(example.truth, draft, document)
            looked.words = words_in_all(example.truth, draft)
    return looked


def gains_of(step: str, pages: Sequence[Looked]) -> tuple[Gain, Gain]:
    """Return by how much F1 grows through a step when all others are taken, and when none is."""
    last, first = (ALL, f"without {step}"), (f"{step} alone", NONE)
    one, other = (
        gain([page.scores[before] for page in pages], [page.scores[after] for page in pages])
        for after, before in (last, first)
    )
    return one, other


def _draft(body: _Element | None, document: Document, facts: Facts, *, is_plain: bool) -> Draft | None:
    """Return the draft that the second look gets in pipelines.flow, or a plain one of the extractor's body."""
    if not is_plain:
        return better_of(body, document.outline.blocks, facts.title_letters)
    return Draft(body, document.outline.blocks) if body is not None else None


def _body(document: Document) -> _Element | None:
    """Return the extractor's body, as pipelines.flow has it; the tree may lose parts by that."""
    if document.tree is None:
        return None
    whole, _ = without_notices(document.tree, [title for title in candidates(document) if title])
    return text.body_of(whole, document)
