"""The figures of benchmarks/text.py as tables to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.text_loss import FATES, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Figures = Mapping[str, Any]

MOST_LOST = 3
"""Fields with the highest loss that are named."""


def lines_of(figures: Figures) -> Iterator[str]:
    """Yield all tables, a line at a time."""
    yield f"{figures['pages']:,} pages, {figures['weights']} weights\n"
    for group, one in figures["sets"].items():
        yield from _quality(group, one)
    yield from _cost(figures["cost"])
    for group, one in figures["sets"].items():
        yield from _steps(group, one["steps"])
    for group, one in figures["sets"].items():
        yield from _remaining(group, one)


def _quality(group: str, one: Figures) -> Iterator[str]:
    head = f"{group}, {one['pages']} pages"
    yield f"{head:28}precision  recall      F1   titles         dates          authors"
    for extractor in ("trafilatura", "newsclip"):
        found = one[extractor]
        shares = "  ".join(f"{_exact(found[name]):13}" for name in ("title", "date", "authors"))
        yield f"  {extractor:26}{found['precision']:9.4f}{found['recall']:8.4f}{found['f1']:8.4f}   {shares}"
    losses = ", ".join(f"{name} {loss:.1%}" for name, loss in list(one["losses"].items())[:MOST_LOST])
    yield f"  gain in F1 {_interval(one['gain'])}; most is lost of {losses}\n"


def _exact(counts: Sequence[int]) -> str:
    right, wanted = counts
    return f"{right}/{wanted} {right / wanted:.3f}" if wanted else "none"


def _interval(gain: Sequence[float]) -> str:
    return f"{gain[0]:+.4f} ({gain[1]:+.4f} to {gain[2]:+.4f})"


def _cost(cost: Figures) -> Iterator[str]:
    plain, ours = cost["trafilatura"], cost["newsclip"]
    yield f"{'cost':28}pages/s  processor s    ms a page: median    95 %   slowest"
    for extractor, one in cost.items():
        times = f"{one['median_ms']:24.1f}{one['p95_ms']:8.1f}{one['slowest_ms']:10.1f}"
        yield f"  {extractor:26}{one['pages_per_second']:7.1f}{one['processor_seconds']:13.1f}{times}"
    faster = ours["pages_per_second"] / plain["pages_per_second"]
    spent = plain["processor_seconds"] / ours["processor_seconds"]
    yield f"  {faster:.2f} times the pages a second, {spent:.2f} times the pages a processor second\n"


def _steps(group: str, steps: Figures) -> Iterator[str]:
    yield f"{group + ', gain in F1 of':28}{'added to all others':36}alone"
    for name, gains in steps.items():
        yield f"  {name:26}{_interval(gains['last']):36}{_interval(gains['alone'])}"
    yield ""


def _remaining(group: str, one: Figures) -> Iterator[str]:
    for what, kinds, words in (("wrong", KINDS, "words"), ("lost", FATES, "reference_words")):
        counts, whole = one[what], one[words]
        total = sum(counts.values())
        yield f"{group}, {what}: {total:,} of {whole:,} words ({total / (whole or 1):.1%})"
        for kind in kinds:
            yield f"  {kind:26}{counts.get(kind, 0):8,}{counts.get(kind, 0) / (total or 1):8.1%}"
    yield ""
