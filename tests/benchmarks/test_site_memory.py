"""The measurement of a site's memory: what it counts, and what memory does to a newspaper of our own."""

from __future__ import annotations

from statistics import mean

from benchmarks.site_memory import articles, f1, interval, measure, scored, stands_in
from pipelines.flow import process
from pipelines.site_memory import SITE_LINE, SITE_PLACE


def test_what_is_measured() -> None:
    """Precision and recall are those of the text, and a line is wrongly gone if the reference has it."""
    one = articles(1)[0]
    precision, recall = scored(one.reference, process(one.page))
    assert 0.5 < precision < 1
    assert recall > precision
    first = one.reference["text"].split(".")[0]
    assert stands_in(first, one.reference)
    assert not stands_in("Got a tip for the newsroom?", one.reference)
    assert stands_in("and so it ends.", {"with": ["so it ends"], "without": []})
    low, high = interval([0.0, 0.1, 0.2])
    assert 0 <= low < high <= 0.2


def test_a_templated_newspaper_gains() -> None:
    """Of eight stories in one template all prompts and offers go, and nothing that is theirs."""
    score = measure({"gazette.example": articles(8)}, 1, show=False)
    assert {rule for rule, right in score.rules if right} == {SITE_LINE, SITE_PLACE}
    assert all(right for _, right in score.rules)
    assert mean(f1(*one) for one in score.without) < 0.96
    assert score.known == [(1.0, 1.0)] * 8
