"""Fit the weights of the rules on labelled pages, and say how good verdicts are on sites that were not fitted on.

    python -m benchmarks.fit_weights DEADPAGES ARTICLES… [--write]

DEADPAGES is a folder with `labels.jsonl` and `pages/`, each ARTICLES one with `truth.jsonl` and `pages/` (README.md
says how they look). Needs scipy: `pip install --require-hashes -r requirements/benchmarks.txt`.

    page ─▶ its signals, by the program's own signs ─▶ points by liveness = Σ weights ─▶ softmax ─▶ belief in the label

The model is the program's own (pipelines/verdict.py): a conditional logit, all of its weights above zero. What is
maximized is the likelihood of the labels less a penalty for leaving the start (pipelines/weights.py, START): rules that
are seen often follow the pages, those seen seldom stay near where they started. How strongly they are held is chosen by
cross-validation, whose folds divide sites, not pages. The reliability table and all figures come from there, so each
page is judged by weights that have seen no page of its site. `--write` then fits all pages and writes the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from archive.model import Liveness, Page
from pipelines.document import Document
from pipelines.options import ProcessOptions
from pipelines.verdict import LEAST_BELIEF, LIVENESSES, judge
from pipelines.weights import BY_DEFINITION, NO_SIGN_OF_LIFE, START

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TABLE = Path(__file__).resolve().parent.parent / "pipelines" / "fitted_weights.py"

RIGHT: dict[str, frozenset[Liveness]] = {
    "dead_soft": frozenset({Liveness.GONE, Liveness.SOFT_404, Liveness.MOVED, Liveness.ERROR}),
    "parked": frozenset({Liveness.PARKED}),
    "server_default": frozenset({Liveness.PLACEHOLDER}),
    "blocked": frozenset({Liveness.BLOCKED}),
    "login": frozenset({Liveness.LOGIN}),
    "paywall": frozenset({Liveness.PAYWALL}),
    "consent": frozenset({Liveness.CONSENT}),
    "empty": frozenset({Liveness.EMPTY}),
    "alive": frozenset({Liveness.LIVE}),
}
"""Which verdicts are right for a label of `labels.jsonl`."""

FOLDS = 5
HOLDS = (0.1, 0.3, 1.0, 3.0, 10.0)
"""Penalties tried: half of this times the square of what a weight leaves its start by."""

LIGHTEST, HEAVIEST = 0.1, 12.0
"""Points that a rule may have: what is worth seeing counts for something."""
EDGES = (LEAST_BELIEF, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995, 1.0)
"""Bounds of the confidences in the reliability table."""


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled page as its signals: (rule, liveness) each; `site` is what folds divide."""

    name: str
    site: str
    label: str
    signals: tuple[tuple[str, Liveness], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with the verdict of weights that have not seen its site, and the confidence."""

    case: Case
    liveness: Liveness
    confidence: float

    @property
    def right(self) -> bool:
        """Whether the verdict is right for the label."""
        return self.liveness in RIGHT[self.case.label]


class Model:
    """The pages as matrices, and the likelihood of their labels under weights."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        seen = {rule for case in cases for rule, _ in case.signals}
        self.rules = sorted(seen - set(BY_DEFINITION))
        number = {rule: place for place, rule in enumerate(self.rules)}
        rows, columns = [], []
        self._fixed = np.zeros((len(cases), len(LIVENESSES)))
        for row, case in enumerate(cases):
            for rule, liveness in case.signals:
                place = LIVENESSES.index(liveness)
                if rule in number:
                    rows.append(row * len(LIVENESSES) + place)
                    columns.append(number[rule])
                else:
                    self._fixed[row, place] += BY_DEFINITION[rule]
        shape = (len(cases) * len(LIVENESSES), len(self.rules))
        self._design = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        self._right = np.array([[liveness in RIGHT[case.label] for liveness in LIVENESSES] for case in cases])
        self._live = LIVENESSES.index(Liveness.LIVE)
        self.folds = np.array([zlib.crc32(case.site.encode()) % FOLDS for case in cases])

    @property
    def start(self) -> Any:
        """The weights to start from, and last what a page without signs of life is."""
        return np.array([*(START[rule] for rule in self.rules), NO_SIGN_OF_LIFE])

    def beliefs(self, weights: Any) -> Any:
        """Return the belief in each liveness, a row a page."""
        points = self._fixed + (self._design @ weights[:-1]).reshape(self._fixed.shape)
        points[:, self._live] += weights[-1]
        points -= points.max(axis=1, keepdims=True)
        beliefs = np.exp(points)
        return beliefs / beliefs.sum(axis=1, keepdims=True)

    def log_likelihood(self, beliefs: Any) -> Any:
        """Return the logarithm of the belief in each page's label."""
        return np.log(np.maximum((beliefs * self._right).sum(axis=1), 1e-300))

    def fitted(self, pages: Any, hold: float) -> Any:
        """Return the weights that suit some of the pages best."""
        start = self.start
        mask = pages[:, None] & np.ones(len(LIVENESSES), dtype=bool)

        def loss(weights: Any) -> tuple[float, Any]:
            beliefs = self.beliefs(weights)
            given = beliefs * self._right
            mass = given.sum(axis=1, keepdims=True)
            slope = (beliefs - given / np.maximum(mass, 1e-300)) * mask
            gradient = np.append(self._design.T @ slope.ravel(), slope[:, self._live].sum())
            held = weights - start
            return -self.log_likelihood(beliefs)[pages].sum() + hold / 2 * (held**2).sum(), gradient + hold * held

        bounds = [(LIGHTEST, HEAVIEST)] * len(self.rules) + [(-HEAVIEST, 0.0)]
        return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x

    def judged(self, weights: Any, pages: Any) -> list[Judged]:
        """Judge some of the pages as the program would."""
        found = []
        for row, belief in zip(np.flatnonzero(pages), self.beliefs(weights)[pages], strict=True):
            best = int(belief.argmax())
            liveness = LIVENESSES[best] if belief[best] >= LEAST_BELIEF else Liveness.UNSURE
            found.append(Judged(self.cases[row], liveness, float(belief[best])))
        return found

    def crossed(self, hold: float) -> list[Judged]:
        """Judge every page by weights fitted without its site."""
        found = []
        for fold in range(FOLDS):
            found += self.judged(self.fitted(self.folds != fold, hold), self.folds == fold)
        return found


def collected(deadpages: Path, articles: Sequence[Path]) -> list[Case]:
    """Return all pages with the signals that the program sees on them."""
    jobs = [(row, deadpages, row["label"], row["site"]) for row in _rows(deadpages / "labels.jsonl")]
    for folder in articles:
        jobs += [(row, folder, "alive", _host(row)) for row in _rows(folder / "truth.jsonl")]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_case, *zip(*jobs, strict=True), chunksize=20))


def _rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _host(row: dict[str, Any]) -> str:
    return urlsplit(row.get("url") or "").hostname or row["id"]


def _case(row: dict[str, Any], folder: Path, label: str, site: str) -> Case:
    body = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
    url = row.get("url") or ""
    page = Page(url, url, datetime.now(UTC), 200, ((b"Content-Type", b"text/html"),), body)
    signals = judge(Document(page, ProcessOptions())).signals
    return Case(f"{folder.name}/{row['id']}", site, label, tuple((one.rule, one.points_to) for one in signals))


def figures(judged: Sequence[Judged]) -> dict[str, str]:
    """Return the figures that the issue of verdicts is measured by."""
    labelled = [one for one in judged if one.case.name.startswith("deadpages/")]
    articles = [one for one in judged if not one.case.name.startswith("deadpages/")]
    dead = [one for one in labelled if one.case.label != "alive"]
    hard = [one for one in labelled if one.case.label == "alive"]
    alarms = sum(one.liveness is not Liveness.LIVE for one in hard)
    caught = sum(one.liveness is not Liveness.LIVE for one in dead)
    soft = [one for one in dead if one.case.label == "dead_soft"]
    return {
        "precision": f"{caught / max(1, caught + alarms):.4f}",
        "recall": f"{caught / max(1, len(dead)):.4f}",
        "soft 404s caught": _share(one.liveness is not Liveness.LIVE for one in soft),
        "verdict as labelled": f"{sum(one.right for one in labelled) / max(1, len(labelled)):.4f}",
        "hard live pages wrong": f"{alarms}/{len(hard)}",
        "articles wrong": _share(one.liveness is not Liveness.LIVE for one in articles),
    }


def _share(whether: Iterable[bool]) -> str:
    found = list(whether)
    return f"{sum(found)}/{len(found)}"


def likelihoods(model: Model, hold: float) -> Any:
    """Return the log-likelihood of each page's label under weights fitted without its site."""
    found = np.zeros(len(model.cases))
    for fold in range(FOLDS):
        beliefs = model.beliefs(model.fitted(model.folds != fold, hold))
        found = np.where(model.folds == fold, model.log_likelihood(beliefs), found)
    return found


def chosen(scores: dict[float, Any]) -> float:
    """Return the strongest hold that costs at most a twentieth of the best log-likelihood.

    Which hold is the very best is chance: neighbours differ by a page or two. The strongest of them says most of pages
    of other kinds.
    """
    best = max(score.mean() for score in scores.values())
    return max(hold for hold, score in scores.items() if score.mean() >= best * 1.05)


def reliability(judged: Sequence[Judged]) -> list[tuple[str, int, float, float]]:
    """Return for each band of confidence: its name, pages, mean confidence, and the share that was right."""
    bands = []
    sure = [one for one in judged if one.liveness is not Liveness.UNSURE]
    for low, high in pairwise(EDGES):
        within = [one for one in sure if low <= one.confidence < high or high == one.confidence == 1.0]
        if within:
            mean = sum(one.confidence for one in within) / len(within)
            bands.append((f"{low:g} to {high:g}", len(within), mean, sum(one.right for one in within) / len(within)))
    return bands


def table(model: Model, weights: Any, lines: Iterable[str]) -> str:
    """Return the module that holds the fitted weights."""
    pages = Counter(rule for case in model.cases for rule in {rule for rule, _ in case.signals})
    right = Counter(
        rule for case in model.cases for rule in {rule for rule, to in case.signals if to in RIGHT[case.label]}
    )
    rows = [
        f'    "{rule}": {weight:.2f},  # {pages[rule]} pages, right on {right[rule]}'
        for rule, weight in zip(model.rules, weights, strict=False)
    ]
    about = "\n".join(lines)
    return (
        '"""The weights as fitted: written by `python -m benchmarks.fit_weights`, not by hand.\n\n'
        f"{about}\n"
        '"""\n\nfrom __future__ import annotations\n\n'
        f"NO_SIGN_OF_LIFE = {weights[-1]:.2f}\n"
        '"""Points that being live has before anything is seen."""\n\n'
        "FITTED: dict[str, float] = {\n" + "\n".join(rows) + "\n}\n"
    )


def report(model: Model, hold: float) -> list[str]:
    """Return the lines that say what was measured."""
    judged = model.crossed(hold)
    lines = [f"{datetime.now(UTC):%Y-%m-%d}, {len(model.cases):,} pages of {_sites(model)} sites; each page judged by"]
    lines += [f"weights fitted without its site ({FOLDS} folds), held to their start with {hold:g}:", ""]
    lines += [f"    {name:<24}{figure}" for name, figure in figures(judged).items()]
    lines += ["", "    confidence      pages   mean   right"]
    lines += [f"    {band:<14}{pages:>7}{mean:>7.3f}{right:>8.3f}" for band, pages, mean, right in reliability(judged)]
    return lines


def _sites(model: Model) -> str:
    return f"{len({case.site for case in model.cases}):,}"


def main() -> None:
    """Choose how strongly weights are held, report, and write the table if that is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("deadpages", type=Path)
    ask.add_argument("articles", type=Path, nargs="*")
    ask.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    ask.add_argument("--mistakes", action="store_true", help="list the pages that are judged wrongly")
    given = ask.parse_args()
    model = Model(collected(given.deadpages, given.articles))
    scores = {hold: likelihoods(model, hold) for hold in HOLDS}
    for hold, score in scores.items():
        print(f"held with {hold:g}: mean log-likelihood {score.mean():.4f};", figures(model.crossed(hold)))
    best = chosen(scores)
    lines = report(model, best)
    print("\n".join(lines))
    if given.mistakes:
        for one in model.crossed(best):
            if not one.right:
                print(one.case.name, one.case.label, one.liveness.value, f"{one.confidence:.2f}", one.case.signals)
    if given.write:
        weights = model.fitted(np.ones(len(model.cases), dtype=bool), best)
        TABLE.write_text(table(model, weights, lines), encoding="utf-8")
        print(f"\nWrote {TABLE.name}.", file=sys.stderr)


if __name__ == "__main__":
    main()
