"""Whole pages in, verdicts and articles out: one folder a case, `page.html` as the server sent it and `expected.toml`.

`expected.toml` has three tables. [page]: url, status (0: no answer), if need be requested_url, headers, hops, error.
[verdict]: liveness, and signals that must be among those seen. [article]: fields that must be equal, and for the text
`text_is` (all its lines that say something, in order, without the marks of lists and tables), `starts`, `ends`,
`contains`, `lacks`, `markdown_contains`; no such table means that there must be no article.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.model import Article, Hop, Liveness, Page
from pipelines.flow import process

HERE = Path(__file__).resolve().parent
CASES = sorted(folder.name for folder in HERE.iterdir() if (folder / "expected.toml").exists())
FETCHED = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
EQUAL = (
    *("title", "published", "modified", "language", "description", "site_name"),
    *("section", "canonical", "image", "paywalled"),
)
LISTS = ("authors", "tags", "links")


def expected_of(case: str) -> dict[str, Any]:
    """Return what a case expects."""
    return tomllib.loads((HERE / case / "expected.toml").read_text(encoding="utf-8"))


def page_of(case: str) -> Page:
    """Return the page of a case."""
    said = expected_of(case)["page"]
    return Page(
        url=said["url"],
        requested_url=said.get("requested_url", said["url"]),
        fetched_at=FETCHED,
        status=said["status"] or None,
        headers=tuple((name.encode(), value.encode()) for name, value in said.get("headers", ())),
        body=(HERE / case / "page.html").read_bytes(),
        hops=tuple(Hop(url, status, location) for url, status, location in said.get("hops", ())),
        error=said.get("error"),
    )


@pytest.mark.parametrize("case", CASES)
def test_verdict(case: str) -> None:
    """A page is judged as its case says, for the signals that its case names, in one sentence."""
    expected = expected_of(case)["verdict"]
    verdict = process(page_of(case)).verdict
    assert verdict.liveness == expected["liveness"], verdict
    assert {signal.rule for signal in verdict.signals} >= set(expected.get("signals", ()))
    assert verdict.reason.endswith(".")
    assert "\n" not in verdict.reason
    assert 0 <= verdict.confidence <= 1


@pytest.mark.parametrize("case", CASES)
def test_article(case: str) -> None:
    """A page's article has the fields and the text that its case says, or is none where the case has none."""
    expected = expected_of(case).get("article")
    processed = process(page_of(case))
    assert processed.fault is None
    if expected is None:
        assert processed.article is None
        return
    assert processed.article is not None
    check_fields(processed.article, expected)
    check_text(processed.article, expected)


def check_fields(article: Article, expected: dict[str, Any]) -> None:
    """Compare the fields that a case names."""
    for field in EQUAL:
        if field in expected:
            assert getattr(article, field) == expected[field], field
    for field in LISTS:
        if field in expected:
            assert list(getattr(article, field)) == expected[field], field


def check_text(article: Article, expected: dict[str, Any]) -> None:
    """Compare the text and the Markdown with what a case says of them."""
    if "text_is" in expected:
        assert said(article.text) == expected["text_is"]
    assert article.text.startswith(expected.get("starts", ""))
    assert article.text.endswith(expected.get("ends", ""))
    for words in expected.get("contains", ()):
        assert words in article.text
    for words in expected.get("lacks", ()):
        assert words not in article.text
        assert words not in article.markdown
    for words in expected.get("markdown_contains", ()):
        assert words in article.markdown


def said(text: str) -> list[str]:
    """Return the lines of a text that say something, without the marks that lists and tables have in it."""
    return [words for line in text.splitlines() if (words := line.strip(" -|"))]


def test_every_liveness_has_a_case() -> None:
    """Every liveness of the model is the verdict of at least one case."""
    assert {expected_of(case)["verdict"]["liveness"] for case in CASES} == set(Liveness)


@pytest.mark.parametrize("case", CASES)
def test_same_twice(case: str) -> None:
    """The same page is judged and extracted the same way every time: nothing but the page counts."""
    assert process(page_of(case)) == process(page_of(case))
