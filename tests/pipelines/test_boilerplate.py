"""Cleaning: which lines go from both renderings, and which stay although they look alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.boilerplate import Cleaned, Context, clean
from pipelines.skip_links import SKIP_LINKS
from pipelines.words import plain

FIRST = "The old bridge opened to walkers on Saturday morning."
LAST = "The ferry makes its last trip tonight."
NOTHING = Context()


def cleaned(line: str, context: Context = NOTHING) -> Cleaned:
    """Clean an article of two sentences with a line between them."""
    text = f"{FIRST}\n{line}\n{LAST}"
    return clean(text, f"{FIRST}\n\n## {line}\n\n{LAST}", context)


NOISE = [
    ("Skip to main content", "skip-link"),
    ("SKIP TO CONTENT", "skip-link"),
    ("Zum Inhalt springen", "skip-link"),
    ("本文へスキップ", "skip-link"),
    ("This page is not available", "missing-page-notice"),
    ("The page no longer exists or did not exist at all. Please check the address.", "missing-page-notice"),
    ("Diese Seite ist nicht verfügbar", "missing-page-notice"),
    ("La page n’existe plus. Vérifiez l’adresse ou repartez de la page d’accueil.", "missing-page-notice"),
    ("ページが見つかりません", "missing-page-notice"),
]


@pytest.mark.parametrize(("line", "rule"), NOISE)
def test_noise_goes_from_both_renderings(line: str, rule: str) -> None:
    """A line that a rule names goes from text and Markdown, and is reported once with its rule."""
    done = cleaned(line)
    assert done.text.split("\n") == [FIRST, LAST]
    assert plain(line) not in plain(done.markdown)
    assert [(one.rule, one.text) for one in done.removed] == [(rule, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content was the first sentence that the blind reader heard on every page.",
        "The council could not find the money.",
        "The passengers were not found.",
        "The librarian said that the page is not available, and that somebody had cut it out of the book with a razor.",
        "“This page is not available,” it said.",
        "He turned the page.",
        "Please check the address.",
    ],
)
def test_sentences_of_an_article_stay(line: str) -> None:
    """A sentence that merely holds such words stays where it is."""
    done = cleaned(line)
    assert done.text.split("\n") == [FIRST, line, LAST]
    assert done.removed == ()


def test_article_about_missing_pages_keeps_their_words() -> None:
    """Under a title about missing pages, no notice of one is taken out."""
    context = Context(titles=("Page not found: the story of an error",))
    assert "This page is not available" in cleaned("This page is not available", context).text


def test_title_goes_from_the_top_only() -> None:
    """A title repeated above the text goes; the same words further down stay."""
    title = "Old bridge reopens"
    lines = [title, FIRST, LAST, FIRST, LAST, title]
    text = "\n".join(lines)
    assert clean(text, text, Context(titles=(plain(title),))).text.split("\n") == lines[1:]


def test_skip_links_are_written_as_they_are_compared() -> None:
    """Every phrase of the table is spelt as `plain` leaves it, or it would never be found."""
    assert {phrase for phrase in SKIP_LINKS if phrase != plain(phrase)} == set()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20) | st.sampled_from([line for line, _ in NOISE]), max_size=6))
def test_cleaning_only_takes_lines_away(lines: list[str]) -> None:
    """What is left are lines of the text in their order, less space around, and cleaning again takes nothing more."""
    text = "\n".join(lines).strip()
    done = clean(text, text, NOTHING)
    rest = iter(text.splitlines())
    assert all(any(line.strip() == one.strip() for one in rest) for line in done.text.splitlines() if line.strip())
    assert clean(done.text, done.markdown, NOTHING).removed == ()
