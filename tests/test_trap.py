"""The trap: articles whose template carries the notice of a missing page, which are alive, and their text clean of it.

Each shape in each language, around a long story, a news item of a few sentences and an article about a missing page.
"""

from __future__ import annotations

from itertools import product

import pytest

from archive.model import Liveness, Processed
from pipelines.flow import process
from tests.pipelines.documents import page_of
from tests.trap.pages import KINDS, LANGUAGES, SHAPES, Notice, newspaper, sentences_of

PAPERS = {language: newspaper(language) for language in LANGUAGES}


def case_of(language: str, shape: str, kind: str) -> tuple[Processed, Notice]:
    """Return what is made of a trap, and its notice: a language's wordings take turns."""
    paper = PAPERS[language]
    notice = paper.notices[(list(SHAPES).index(shape) + KINDS.index(kind)) % len(paper.notices)]
    return process(page_of(SHAPES[shape](paper, kind, notice))), notice


QUOTED = frozenset({"de", "ja", "pl", "tr", "zh"})
"""Languages whose article about a missing page is known for what it is."""

CASES = [case for case in product(LANGUAGES, SHAPES, KINDS) if case[2] != "error" or case[0] in QUOTED]


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
