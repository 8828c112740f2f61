"""Weighing: the most points win, belief is a share, and the reason names the evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Liveness, Signal
from pipelines.signs.base import LONGEST_EVIDENCE, signal
from pipelines.signs.phrase_tables import BY_LIVENESS
from pipelines.verdict import LIVENESSES, MEANING, judge, weigh
from pipelines.weights import WEIGHTS
from pipelines.words import plain
from tests.pipelines.documents import document_of, page_of

_SIGNALS = st.lists(
    st.builds(
        Signal,
        rule=st.sampled_from(sorted(WEIGHTS)),
        points_to=st.sampled_from(LIVENESSES),
        weight=st.floats(min_value=-1e6, max_value=1e6),
        evidence=st.text(max_size=20),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(_SIGNALS)
def test_weighing_any_signals(signals: list[Signal]) -> None:
    """Any signals give a verdict, the same each time, believed between 0 and 1, with a reason and every signal."""
    verdict = weigh(signals)
    assert verdict == weigh(iter(signals))
    assert 0.0 <= verdict.confidence <= 1.0
    assert verdict.signals == tuple(signals)
    assert verdict.reason.startswith(MEANING[verdict.liveness])


def test_nothing_seen_is_unsure() -> None:
    """Without a signal a page is unsure, whatever that is worth."""
    assert weigh(()).liveness is Liveness.UNSURE


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ([("status.missing", Liveness.GONE), ("life.long-prose", Liveness.LIVE)], Liveness.GONE),
        ([("life.heading-agrees", Liveness.LIVE)], Liveness.UNSURE),
        ([("life.article-data", Liveness.LIVE), ("words.heading-part", Liveness.SOFT_404)], Liveness.LIVE),
        ([("words.title", Liveness.SOFT_404), ("life.little-prose", Liveness.LIVE)], Liveness.SOFT_404),
    ],
)
def test_most_points_win(rules: list[tuple[str, Liveness]], wanted: Liveness) -> None:
    """The liveness to which most points go is the verdict, and its evidence is in the reason."""
    verdict = weigh(signal(rule, liveness, f"seen by {rule}") for rule, liveness in rules)
    assert verdict.liveness is wanted
    assert f"seen by {rules[0][0]}" in verdict.reason


def test_evidence_is_one_short_line() -> None:
    """What a signal quotes of a page is on one line and not too long."""
    evidence = signal("life.date", Liveness.LIVE, "a\n b" * 200).evidence
    assert "\n" not in evidence
    assert len(evidence) == LONGEST_EVIDENCE


def test_every_liveness_has_words() -> None:
    """Every liveness begins its reason with a sentence of its own."""
    assert set(MEANING) == set(Liveness)
    assert len(set(MEANING.values())) == len(Liveness)


def test_phrases_are_written_as_they_are_compared() -> None:
    """Every phrase of every table is spelt as `plain` leaves it, or it would never be found."""
    every = [one for languages in BY_LIVENESS.values() for phrases in languages.values() for one in phrases]
    assert [phrase for phrase in every if plain(phrase) != phrase] == []


def test_a_missing_page_by_its_status_is_gone() -> None:
    """Whatever else says that a page is missing, one whose status says so too is gone, and no soft 404."""
    markup = '<html><head><link rel="canonical" href="https://www.lantern.example/404.html"></head>'
    markup += "<body class=error404><script>pageType: 'errorPage'</script><p>Kraa kraa.</p></body></html>"
    assert judge(document_of(page_of(markup))).liveness is Liveness.SOFT_404
    for status in (404, 410):
        assert judge(document_of(page_of(markup, status=status))).liveness is Liveness.GONE
