"""Fit the weights by which lines are told from noise, and say how good texts are on sites that were not fitted on.

    python -m benchmarks.fit_lines SET… [--write]

SET is a folder as benchmarks/text_sets.py says. Needs scipy
(`pip install --require-hashes -r requirements/benchmarks.txt`).

    page ─▶ the extractor's lines, and blocks that it left out ─▶ marks (pipelines/second_look/weighing.py)
         ─▶ is the line in the reference? ─▶ logistic regression ─▶ weights

Two models, for lines in the text and for blocks left out of it. A line counts by its share of its page, as it does in
the score. Sites are divided in two; each half's texts are made by weights that were fitted on the other, and the
figures are of those texts. `--write` then fits all pages and writes the table.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.text_sets import Example, examples_of, gain, overall, score, squeeze, words_of
from pipelines import text
from pipelines.document import Document
from pipelines.metadata import metadata_of
from pipelines.options import ProcessOptions
from pipelines.second_look import fitted_lines, steps, weighing
from pipelines.second_look.draft import Draft
from pipelines.second_look.facts import facts_of
from pipelines.words import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TABLE = Path(__file__).resolve().parent.parent / "pipelines" / "second_look" / "fitted_lines.py"

HOLD = 3.0
"""Half of this times the square of a weight is what it costs in likelihood: marks that are seldom seen stay near 0."""

FEWEST_PAGES = 10
"""Pages on which a mark must be seen to be given a weight."""

UNMISTAKABLE = 25
"""Letters from which a line that is anywhere in the reference is in it by no accident."""

UNDECIDED = 200
"""Letters beyond which a line that is not in the reference as it is may be in it with another spelling."""

MODELS = ("IN_TEXT", "LEFT_OUT")


@dataclass(frozen=True, slots=True)
class Case:
    """One line with its marks: whether it belongs to the article, and how much it counts."""

    model: str
    example: int
    fold: int
    marks: Mapping[str, float]
    right: bool
    counts: float


class Reference:
    """The reference of a page as lines are looked up in it."""

    def __init__(self, truth: Mapping[str, Any]) -> None:
        self.truth = truth
        whole = truth.get("text")
        self.letters = letters(whole) if whole else ""
        self.lines = frozenset(map(letters, whole.splitlines())) if whole else frozenset()
        self.words = f" {' '.join(words_of(whole)).casefold()} " if whole else ""

    def judge(self, line: str, share: float) -> tuple[bool, float] | None:
        """Say whether a line that is this share of its page belongs to the article, and how much that counts."""
        return self._by_text(line, share) if self.letters else self._by_snippets(squeeze(line))

    def _by_text(self, line: str, share: float) -> tuple[bool, float] | None:
        said, counts = letters(line), 0.3 + 60 * share
        if not said:
            return None
        if len(said) < UNMISTAKABLE:
            return said in self.lines or f" {' '.join(words_of(line)).casefold()} " in self.words, counts
        if said in self.letters:
            return True, counts
        return None if len(said) > UNDECIDED else (False, counts)

    def _by_snippets(self, line: str) -> tuple[bool, float] | None:
        if any(len(one) > 3 and squeeze(one) in line for one in self.truth.get("without", ())):
            return False, 6.0
        if any(len(one) > 7 and squeeze(one) in line for one in self.truth.get("with", ())):
            return True, 3.0
        return None


def draft_of(example: Example) -> tuple[Draft, Any, Document] | None:
    """Return the draft of a page before the weighing, what is known of it, and the page; None without any text."""
    document = Document(example.page, ProcessOptions())
    if document.tree is None:
        return None
    body = text.body_of(document.tree, document)
    if body is None:
        return None
    draft = Draft(body, document.outline.blocks)
    facts = facts_of(document, metadata_of(document).title)
    steps.look_again(draft, facts, frozenset({"weighed", "left-out"}))
    return draft, facts, document


def cases_of(numbered: tuple[int, Example]) -> list[Case]:
    """Return the lines of a page and the blocks left out of it, with what the reference says of them."""
    number, example = numbered
    found = draft_of(example)
    if found is None:
        return []
    draft, facts, _ = found
    reference = Reference(example.truth)
    setting = weighing.Setting(draft, facts)
    total = sum(len(words_of(line.text)) for line in draft.lines) or 1
    lines = [("IN_TEXT", line.text, marks) for line, marks in weighing.marks_of_lines(setting)]
    lines += [("LEFT_OUT", draft.blocks[place].text, marks) for place, marks in weighing.marks_of_left_out(setting)]
    cases = []
    for model, line, marks in lines:
        said = reference.judge(line, min(1.0, len(words_of(line)) / total))
        if said is not None:
            cases.append(Case(model, number, example.fold, marks, *said))
    return cases


def fit(cases: Sequence[Case]) -> dict[str, float]:
    """Return the weights of the marks that make the references likeliest."""
    pages: dict[str, set[int]] = {}
    for case in cases:
        for mark in case.marks:
            pages.setdefault(mark, set()).add(case.example)
    marks = sorted(mark for mark, seen in pages.items() if len(seen) >= FEWEST_PAGES)
    column = {mark: place for place, mark in enumerate(marks, 1)}
    rows, columns, values = [], [], []
    for row, case in enumerate(cases):
        having = [("always", 1.0), *((mark, value) for mark, value in case.marks.items() if mark in column)]
        rows += [row] * len(having)
        columns += [column.get(mark, 0) for mark, _ in having]
        values += [value for _, value in having]
    design = csr_matrix((values, (rows, columns)), shape=(len(cases), len(marks) + 1))
    right = np.array([float(case.right) for case in cases])
    counts = np.array([case.counts for case in cases])

    def loss(weights: Any) -> tuple[float, Any]:
        total = design @ weights
        held = np.r_[0, weights[1:]]
        likelihood = (counts * (np.logaddexp(0, total) - right * total)).sum()
        slope = design.T @ (counts * (1 / (1 + np.exp(-total)) - right))
        return float(likelihood + HOLD * (held**2).sum() / 2), slope + HOLD * held

    found = minimize(loss, np.zeros(len(marks) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {"always": float(found[0])} | {mark: float(found[place]) for mark, place in column.items()}


def fitted(cases: Iterable[Case]) -> dict[str, dict[str, float]]:
    """Return the weights of both models."""
    kept = list(cases)
    return {model: fit([case for case in kept if case.model == model]) for model in MODELS}


def texts_of(example: Example, tables: Mapping[int, Mapping[str, Mapping[str, float]]]) -> tuple[str, str]:
    """Return the text of a page before the weighing and after it, by weights of the other half of the sites."""
    found = draft_of(example)
    if found is None:
        return "", ""
    draft, facts, _ = found
    before = "\n".join(line.text for line in draft.lines)
    fitted_lines.IN_TEXT, fitted_lines.LEFT_OUT = (dict(tables[example.fold][model]) for model in MODELS)
    steps.look_again(draft, facts, frozenset(step.name for step in steps.STEPS if step.name != "weighed"))
    return before, "\n".join(line.text for line in draft.lines)


def report(examples: Sequence[Example], texts: Sequence[tuple[str, str]]) -> str:
    """Return a line a set: figures before and after, and the gain with its interval."""
    lines = []
    for group in dict.fromkeys(example.group for example in examples):
        pairs = [(example, pair) for example, pair in zip(examples, texts, strict=True) if example.group == group]
        before, after = ([score(example.truth, pair[side]) for example, pair in pairs] for side in (0, 1))
        grown, low, high = gain(before, after)
        one, two = overall(before), overall(after)
        lines.append(
            f"{group:12} {len(pairs):5} pages  F1 {one[2]:.4f} -> {two[2]:.4f}  "
            f"precision {one[0]:.4f} -> {two[0]:.4f}  recall {one[1]:.4f} -> {two[1]:.4f}  "
            f"gain {grown:+.4f} ({low:+.4f} to {high:+.4f})"
        )
    return "\n".join(lines)


def table_of(tables: Mapping[str, Mapping[str, float]], cases: Sequence[Case], figures: str, sites: int) -> str:
    """Return the Python file that holds the weights."""
    head = '"""The weights of lines as fitted: written by `python -m benchmarks.fit_lines`, not by hand.\n\n'
    head += f"{datetime.now(UTC):%Y-%m-%d}, {len({case.example for case in cases}):,} pages of {sites:,} sites; "
    head += "the figures are of texts made by weights fitted on the other half of the\nsites:\n\n"
    head += "\n".join(f"    {line}" for line in figures.splitlines()) + '\n"""\n\nfrom __future__ import annotations\n'
    for model, says in (("IN_TEXT", "lines that the extractor took"), ("LEFT_OUT", "blocks that it left out")):
        seen = [case for case in cases if case.model == model]
        head += f"\n{model}: dict[str, float] = {{\n"
        for mark, weight in sorted(tables[model].items()):
            having = [case for case in seen if mark in case.marks or mark == "always"]
            part = sum(case.right for case in having) / max(1, len(having))
            head += f'    "{mark}": {weight:.2f},  # {len(having)}, {part:.0%} of them part of the article\n'
        head += f'}}\n"""What the marks of {says} count for."""\n'
    return head


def main() -> int:
    """Fit, report and, if asked to, write."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("sets", nargs="+", type=Path)
    ask.add_argument("--write", action="store_true", help="write the table")
    args = ask.parse_args()
    examples = examples_of(args.sets)
    with ProcessPoolExecutor() as pool:
        cases = [case for found in pool.map(cases_of, enumerate(examples), chunksize=16) for case in found]
        tables = {fold: fitted(case for case in cases if case.fold != fold) for fold in (0, 1)}
        texts = list(pool.map(partial(texts_of, tables=tables), examples, chunksize=16))
    figures = report(examples, texts)
    sys.stdout.write(figures + "\n")
    if args.write:
        sites = len({example.site for example in examples})
        TABLE.write_text(table_of(fitted(cases), cases, figures, sites), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
