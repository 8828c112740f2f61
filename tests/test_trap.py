"""The trap: articles whose template carries the notice of a missing page, which are alive, and their text clean of it.

Each shape in each language, around a long story, a news item of a few sentences and an article about a missing page.
Then the opposite, missing pages that look full; and live pages that speak like dead ones, or look like no article.
"""

from __future__ import annotations

import tomllib
from html import escape
from itertools import product
from typing import Any

import pytest

from archive.model import Liveness, Processed
from pipelines.flow import process
from tests.pipelines.documents import page_of
from tests.trap.dead import DEAD
from tests.trap.formats import ARTICLES, LISTS
from tests.trap.pages import HERE, KINDS, LANGUAGES, SHAPES, Notice, newspaper, paragraphs, sentences_of

PAPERS = {language: newspaper(language) for language in LANGUAGES}


def case_of(language: str, shape: str, kind: str) -> tuple[Processed, Notice]:
    """Return what is made of a trap, and its notice: a language's wordings take turns."""
    paper = PAPERS[language]
    notice = paper.notices[(list(SHAPES).index(shape) + KINDS.index(kind)) % len(paper.notices)]
    return process(page_of(SHAPES[shape](paper, kind, notice))), notice


CASES = list(product(LANGUAGES, SHAPES, KINDS))


@pytest.mark.parametrize(("language", "shape", "kind"), CASES)
def test_trap_is_alive_and_its_text_clean(language: str, shape: str, kind: str) -> None:
    """An article with a notice of a missing page in its template is live; its text is every paragraph and no more."""
    processed, notice = case_of(language, shape, kind)
    assert processed.verdict.liveness is Liveness.LIVE, processed.verdict
    assert processed.fault is None
    assert processed.article is not None
    own = PAPERS[language].articles[kind]
    assert [line for line in processed.article.text.splitlines() if line.strip()] == list(own)
    markdown = processed.article.markdown.replace(PAPERS[language].titles[kind], "")
    for paragraph in own:
        assert paragraph in markdown
        markdown = markdown.replace(paragraph, "")
    assert [said for said in (notice.heading, *sentences_of(notice.text)) if said in markdown] == []


def test_newspapers_are_what_they_say() -> None:
    """There are ten languages, each with three wordings or more, a story of a page and an item of a few sentences."""
    assert len(LANGUAGES) == 10
    for paper in PAPERS.values():
        dense = 3 if paper.language in ("ja", "zh") else 1
        assert len(paper.notices) >= 3
        assert sum(map(len, paper.articles["story"])) * dense > 1_700
        assert 200 < sum(map(len, paper.articles["news"])) * dense < 400


FULL = [(language, name, place) for language in LANGUAGES for name in DEAD for place in range(3)]


@pytest.mark.parametrize(("language", "name", "place"), FULL)
def test_full_looking_missing_page_is_dead(language: str, name: str, place: int) -> None:
    """A missing page is known in each wording, whatever stories, forms and claims stand beside the notice."""
    paper = PAPERS[language]
    verdict = process(page_of(DEAD[name](paper, paper.notices[place]))).verdict
    assert verdict.liveness is Liveness.SOFT_404, verdict


@pytest.mark.parametrize(("language", "name"), list(product(LANGUAGES, ARTICLES)))
def test_other_formats_are_alive(language: str, name: str) -> None:
    """A liveblog, a gallery with captions, a film with a few words, a poem, a table are live."""
    verdict = process(page_of(ARTICLES[name](PAPERS[language]))).verdict
    assert verdict.liveness is Liveness.LIVE, verdict


@pytest.mark.parametrize(("language", "name"), list(product(LANGUAGES, LISTS)))
def test_lists_are_not_dead(language: str, name: str) -> None:
    """A front page, a section's page and a thread of short posts are neither dead nor blocked."""
    verdict = process(page_of(LISTS[name](PAPERS[language]))).verdict
    assert verdict.liveness in (Liveness.LIVE, Liveness.UNSURE), verdict


HARD = tomllib.loads((HERE / "hard_live.toml").read_text(encoding="utf-8"))["page"]


@pytest.mark.parametrize("said", HARD, ids=[said["title"] for said in HARD])
def test_article_about_such_pages_is_alive(said: dict[str, Any]) -> None:
    """An article that speaks of missing pages, walls, logins and failures in its title is live and keeps its words."""
    title = escape(said["title"])
    processed = process(
        page_of(
            f'<!doctype html><html lang="{said["language"]}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="og:type" content="article"><meta property="og:title" content="{title}"></head>'
            f"<body><main><article><h1>{title}</h1>{paragraphs(said['text'])}</article></main></body></html>"
        )
    )
    assert processed.verdict.liveness is Liveness.LIVE, processed.verdict
    assert processed.article is not None
    assert [line for line in processed.article.text.splitlines() if line.strip()] == said["text"]
