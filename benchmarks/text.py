"""How good texts are and what they cost, beside trafilatura's own; what each step is worth; what is still lost.

    python -m benchmarks.text SET… [--weights fitted|stored] [--json]

SET is a folder as benchmarks/text_sets.py says. Both extractors pass over all pages, as commands of their own that use
all cores (benchmarks/text_pass.py): F1 and its gain, titles, dates and authors, pages a second. Then each step of the
second look (benchmarks/text_steps.py), and what is wrong and lost with all of them (benchmarks/text_loss.py).

Lines are weighed by weights that were fitted on the other half of the sites, which needs scipy
(`pip install --require-hashes -r requirements/benchmarks.txt`), or with `--weights stored` by those of the program,
which were fitted on all of the pages.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from benchmarks.measure import PYTHON, Run, require, run
from benchmarks.text_report import lines_of
from benchmarks.text_sets import Example, examples_of, gain, overall, score, squeeze
from benchmarks.text_steps import NAMES, Looked, gains_of, look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.text_steps import Weights

EXTRACTORS = ("trafilatura", "newsclip")
FIELDS = ("title", "date", "authors")


@dataclass(frozen=True, slots=True)
class Pass:
    """What one extractor made of every page, in the order of the examples, and what that cost."""

    rows: Sequence[dict[str, Any]]
    done: Run

    @property
    def cost(self) -> dict[str, float]:
        """Pages a second of the whole command, its processor seconds, and milliseconds of processor time a page."""
        spent = [row["ms"] for row in self.rows]
        return {
            "pages_per_second": len(spent) / self.done.wall,
            "processor_seconds": self.done.cpu,
            "median_ms": median(spent),
            "p95_ms": quantiles(spent, n=20)[-1],
            "slowest_ms": max(spent),
        }


def weights_of(examples: Sequence[Example], pool: ProcessPoolExecutor) -> Weights:
    """Fit the weights of each half of the sites on the other."""
    from benchmarks.fit_lines import cases_of, fitted  # noqa: PLC0415 - needs scipy, which the rest does not

    cases = [case for found in pool.map(cases_of, enumerate(examples), chunksize=16) for case in found]
    return {fold: fitted(case for case in cases if case.fold != fold) for fold in (0, 1)}


def pass_over(extractor: str, sets: Sequence[Path], weights: Weights) -> Pass:
    """Pass all pages through one extractor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command: list[str | Path] = [PYTHON, "-m", "benchmarks.text_pass", extractor, *(one.resolve() for one in sets)]
        if weights:
            (folder / "weights.json").write_text(json.dumps(weights), encoding="utf-8")
            command += ["--weights", folder / "weights.json"]
        done = require(run(command, folder), 0)
    return Pass([json.loads(line) for line in done.out.splitlines()], done)


def exact(examples: Sequence[Example], rows: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    """Return for title, date and authors how many are exactly those of the reference, and how many it has."""
    found = {name: [0, 0] for name in FIELDS}
    for example, row in zip(examples, rows, strict=True):
        for name in FIELDS:
            wanted = example.truth.get(name)
            if wanted:
                found[name][0] += _same(row[name]) == _same(wanted)
                found[name][1] += 1
    return found


def _same(value: Any) -> Any:
    """Return what is compared: a set of names without regard to case, or a string, with single blanks."""
    return {squeeze(one).casefold() for one in value} if isinstance(value, list) else squeeze(value or "")


def quality(examples: Sequence[Example], passes: Mapping[str, Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """Return the figures of one set by each extractor, and the gain of the second over the first."""
    figures: dict[str, Any] = {}
    scores = []
    for extractor, rows in passes.items():
        scores.append([score(example.truth, row["text"]) for example, row in zip(examples, rows, strict=True)])
        precision, recall, f1 = overall(scores[-1])
        figures[extractor] = {"precision": precision, "recall": recall, "f1": f1, **exact(examples, rows)}
    ours = figures["newsclip"]
    losses = {name: 1 - ours[name][0] / ours[name][1] for name in FIELDS if ours[name][1]}
    losses |= {"text noise": 1 - ours["precision"], "text lost": 1 - ours["recall"]}
    return {
        "pages": len(examples),
        **figures,
        "gain": gain(*scores),
        "losses": dict(sorted(losses.items(), key=lambda one: -one[1])),
    }


def remaining(pages: Sequence[Looked]) -> dict[str, Any]:
    """Return the words of one set that are wrong and lost with all steps, by kind and fate, and all there are."""
    wrong, lost = (sum((getattr(page, name) for page in pages), Counter[str]()) for name in ("wrong", "lost"))
    of_draft, of_reference = (sum(page.words[side] for page in pages) for side in (0, 1))
    return {"wrong": dict(wrong), "lost": dict(lost), "words": of_draft, "reference_words": of_reference}


def measure(sets: Sequence[Path], *, is_fitted: bool) -> dict[str, Any]:
    """Return all figures of one run."""
    examples = examples_of(sets)
    groups = {group: [place for place, one in enumerate(examples) if one.group == group] for group in _groups(examples)}
    with ProcessPoolExecutor() as pool:
        weights = weights_of(examples, pool) if is_fitted else {}
        passes = {extractor: pass_over(extractor, sets, weights) for extractor in EXTRACTORS}
        looked = list(pool.map(partial(look, weights=weights), examples, chunksize=8))
        by_group = {group: [looked[place] for place in places] for group, places in groups.items()}
        asked = [(step, group) for group in groups for step in NAMES]
        gains = dict(
            zip(
                asked,
                pool.map(gains_of, *zip(*((step, by_group[group]) for step, group in asked), strict=True)),
                strict=True,
            )
        )
    figures = {}
    for group, places in groups.items():
        rows = {name: [one.rows[place] for place in places] for name, one in passes.items()}
        figures[group] = quality([examples[place] for place in places], rows) | remaining(by_group[group])
        figures[group]["steps"] = {
            step: dict(zip(("last", "alone"), gains[step, group], strict=True)) for step in NAMES
        }
    cost = {name: one.cost for name, one in passes.items()}
    return {"pages": len(examples), "weights": "fitted" if is_fitted else "stored", "cost": cost, "sets": figures}


def _groups(examples: Sequence[Example]) -> list[str]:
    return list(dict.fromkeys(example.group for example in examples))


def main() -> None:
    """Measure and report."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("sets", nargs="+", type=Path)
    ask.add_argument("--weights", choices=("fitted", "stored"), default="fitted")
    ask.add_argument("--json", action="store_true", help="print one object")
    args = ask.parse_args()
    figures = measure(args.sets, is_fitted=args.weights == "fitted")
    print(json.dumps(figures, indent=1) if args.json else "\n".join(lines_of(figures)))


if __name__ == "__main__":
    main()
