"""Golden pages: what the pure half makes of a whole page, one test for each page and each field it is about.

    pages/<case>/page.{html,txt,bin} ─▶ Page ─▶ process ─▶ compared with pages/<case>/expected.toml, field by field

A case names in `about` what must be true of it, gives what cannot be seen in a body (`status`, 0 for no answer, `url`,
`requested`, `hops`, `headers`, `error`), and expects only the fields that it is about. Every page and text was written
for this project.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.model import Article, Hop, Page, Processed
from pipelines.flow import process

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parent / "pages"
ADDRESS = "https://www.lantern.example/news/story"
FETCHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
GIVEN = frozenset({"about", "status", "url", "requested", "hops", "headers", "error"})
"""The keys of expected.toml that say how the page came, not what is expected of it."""


def article_of(done: Processed) -> Article:
    """Return the article that a page must have."""
    assert done.article is not None, f"no article; {done.verdict.reason}"
    return done.article


def check_holds(done: Processed, wanted: list[str]) -> None:
    """Check that the text has every sentence."""
    text = article_of(done).text
    assert [sentence for sentence in wanted if sentence not in text] == []


def check_lacks(done: Processed, wanted: list[str]) -> None:
    """Check that the text has none of the sentences."""
    article = article_of(done)
    assert [sentence for sentence in wanted if sentence in article.text] == []


def check_markdown(done: Processed, wanted: list[str]) -> None:
    """Check that the Markdown has every mark."""
    markdown = article_of(done).markdown
    assert [mark for mark in wanted if mark not in markdown] == []


def check_begins(done: Processed, wanted: str) -> None:
    """Check the first words of the text."""
    assert article_of(done).text[: len(wanted)] == wanted


def check_ends(done: Processed, wanted: str) -> None:
    """Check the last words of the text."""
    assert article_of(done).text[-len(wanted) :] == wanted


def check_liveness(done: Processed, wanted: str) -> None:
    """Check what the page is, showing the reason where it is not."""
    assert done.verdict.liveness == wanted, done.verdict.reason


def check_article(done: Processed, wanted: bool) -> None:  # noqa: FBT001 - the value comes from expected.toml
    """Check whether there is an article at all."""
    assert (done.article is not None) == wanted


def check_title(done: Processed, wanted: str) -> None:
    """Check the title."""
    assert article_of(done).title == wanted


def check_authors(done: Processed, wanted: list[str]) -> None:
    """Check the authors and their order."""
    assert list(article_of(done).authors) == wanted


def check_published(done: Processed, wanted: str) -> None:
    """Check the date of publication as ISO 8601 text."""
    assert article_of(done).published == wanted


def check_language(done: Processed, wanted: str) -> None:
    """Check the language code."""
    assert article_of(done).language == wanted


CHECKS: dict[str, Callable[[Processed, Any], None]] = {
    "liveness": check_liveness,
    "article": check_article,
    "title": check_title,
    "authors": check_authors,
    "published": check_published,
    "language": check_language,
    "begins": check_begins,
    "ends": check_ends,
    "holds": check_holds,
    "lacks": check_lacks,
    "markdown_holds": check_markdown,
}
"""How each field is compared; the order in which a report lists them."""


@cache
def expected(case: str) -> dict[str, Any]:
    """Return what a case says of its page."""
    return tomllib.loads((PAGES / case / "expected.toml").read_text(encoding="utf-8"))


@cache
def processed(case: str) -> Processed:
    """Return what the pure half makes of a case's page."""
    given = expected(case)
    bodies = list((PAGES / case).glob("page.*"))
    url = given.get("url", ADDRESS)
    headers = given.get("headers", {"Content-Type": "text/html; charset=utf-8"})
    hops = (line.split(" ") for line in given.get("hops", ()))
    return process(
        Page(
            url=url,
            requested_url=given.get("requested", url),
            fetched_at=FETCHED,
            status=given.get("status", 200) or None,
            headers=tuple((name.encode(), value.encode()) for name, value in headers.items()),
            body=bodies[0].read_bytes() if bodies else b"",
            hops=tuple(Hop(address, int(status), location) for status, address, location in hops),
            error=given.get("error"),
        )
    )


CASES = sorted(folder.name for folder in PAGES.iterdir())


@pytest.mark.parametrize(
    ("case", "field"), [(case, field) for case in CASES for field in CHECKS if field in expected(case)]
)
def test_field(case: str, field: str) -> None:
    """A golden page comes out as its case says, in this field."""
    CHECKS[field](processed(case), expected(case)[field])


@pytest.mark.parametrize("case", CASES)
def test_case_is_well_formed(case: str) -> None:
    """A case says what it is about, expects something, has no unknown key and at most one page, and no tool fails."""
    keys = set(expected(case))
    assert keys - GIVEN - set(CHECKS) == set()
    assert "about" in keys
    assert keys & set(CHECKS)
    assert len(list((PAGES / case).glob("page.*"))) <= 1
    assert processed(case).fault is None
