"""Notices of missing pages: which texts are one, and which elements go from a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml.html import document_fromstring, tostring

from pipelines import notice_words
from pipelines.notices import LONGEST, MOST_ELEMENTS, RULE, is_about_missing_pages, is_notice, without_notices
from pipelines.words import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FIRST = "<p>The old bridge opened to walkers on Saturday morning, and a band played.</p>"
LAST = "<p>The ferry makes its last trip tonight.</p>"
HEADING, TEXT = "This page is not available", "The page no longer exists. Please check the address."
NOTICE = f"<h2>{HEADING}</h2><p>{TEXT}</p>"
ABOUT = ("Page not found: the story of an error",)


def tree_of(between: str) -> HtmlElement:
    """Return the tree of an article with markup between its two sentences."""
    return document_fromstring(f"<html><body><article>{FIRST}{between}{LAST}</article></body></html>")


def left_of(between: str, titles: tuple[str, ...] = ()) -> str:
    """Return the text between the two sentences that is left when notices are gone, on one line."""
    rest, _ = without_notices(tree_of(between), titles)
    texts = [" ".join(text.split()) for text in rest.itertext()]
    return " ".join(filter(None, texts[1:-1]))


@pytest.mark.parametrize(
    "text",
    [
        "This page is not available",
        "404\nThis page could not be found.",
        "Oops!\nSorry, the page you requested could not be found. Go back to the homepage.",
        "Diese Seite ist nicht verfügbar. Bitte überprüfen Sie die Adresse.",
        "La page n’existe plus ou n’a jamais existé. Vérifiez l’adresse.",
        "お探しのページは削除されたか、最初から存在しません。URLをご確認ください。",
        "此页面不可用\n请检查网址。",
        "هذه الصفحة غير متاحة",
    ],
)
def test_notices(text: str) -> None:
    """A text of which each sentence says that a page is missing, or what to do then, is a notice."""
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "404",
        "Please check the address.",
        "The passengers were not found.",
        "This page is not available. The old bridge opened to walkers on Saturday morning.",
        "“This page is not available”",
        "«Cette page n’est pas disponible»",
        "「ページが見つかりません」",
        "The librarian, who had worked there for thirty years, said that the page is not available and never will be.",
    ],
)
def test_no_notices(text: str) -> None:
    """A text with one sentence that is of something else, or that quotes, is no notice."""
    assert not is_notice(text)


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{NOTICE}</div>",
        NOTICE,
        f"<div hidden><section>{NOTICE}</section></div>",
        f"<template>{NOTICE}</template>",
        f"<noscript>{NOTICE}</noscript>",
        f"<div>{HEADING}<br><br>{TEXT}</div>",
        f"<div>{NOTICE}<form><input name='q'><script>search()</script></form></div>",
        "<h3>404</h3><p>This page could not be found.</p>",
        "<p>Sorry, the page you <b>requested</b> does not exist.</p>",
    ],
)
def test_whole_notice_goes(markup: str) -> None:
    """Of a notice nothing is left, whatever elements it is made of, and the tree it was in stays as it was."""
    tree = tree_of(markup)
    before = tostring(tree)
    rest, removed = without_notices(tree, ())
    assert tostring(tree) == before
    assert rest is not tree
    assert left_of(markup) == ""
    assert {one.rule for one in removed} == {RULE}


def test_removed_is_in_the_notice_s_own_words() -> None:
    """What is reported as removed are the notice's words, on one line."""
    _, removed = without_notices(tree_of(f"<div>{NOTICE}</div>"), ())
    assert [one.text for one in removed] == [f"{HEADING} {TEXT}"]


def test_tail_stays() -> None:
    """Text that follows a notice without an element of its own stays."""
    assert left_of(f"<div>{NOTICE}</div>The mayor came late.") == "The mayor came late."


def test_tree_without_notice_is_the_same() -> None:
    """A tree that has no notice is handed on, not copied."""
    for markup in ("<p>The mayor came late.</p>", f"<p>{TEXT} The mayor came late.</p>"):
        tree = tree_of(markup)
        assert without_notices(tree, ()) == (tree, ())


def test_article_about_notices_keeps_what_it_shows() -> None:
    """Under a title about missing pages, one line and a quotation stay, and a heading with its text goes."""
    assert is_about_missing_pages(ABOUT)
    assert left_of(f"<p>{HEADING}</p>", ABOUT) == HEADING
    assert left_of(f"<blockquote>{NOTICE}</blockquote>", ABOUT) == f"{HEADING} {TEXT}"
    assert left_of(f"<div>{NOTICE}</div>", ABOUT) == ""


def test_what_is_large_stays() -> None:
    """An element of more characters or elements than a notice has stays as a whole, though its parts may go."""
    assert left_of(f"<p>{TEXT * (LONGEST // len(TEXT) + 1)}</p>") != ""
    assert HEADING in left_of(f"<div>{HEADING}{'<i></i>' * MOST_ELEMENTS}</div>")


def test_words_are_written_as_they_are_compared() -> None:
    """Every phrase of the tables is spelt as `plain` leaves it, or it would never be found."""
    tables = (notice_words.PAGE_WORDS, notice_words.MORE_MISSING, notice_words.FOLLOW_UPS, notice_words.EXCLAMATIONS)
    assert {phrase for table in tables for phrase in table if phrase != plain(phrase)} == set()
