"""What is known of an article beside the index: found in its metadata record, wherever in the file that stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import index
from archive.collection import Collection
from archive.lookup import open_index
from archive.original import about_of
from archive.reindex import reindex
from archive.told import About, decode
from tests.archive.findings import article, page, response, store
from tests.archive.test_reindex import quietly

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Finding

PAGES = 300
"""More than are looked back at first and second."""


def finding(number: int) -> Finding:
    """Return the finding of one of many pages."""
    said = replace(article(f"Story {number}."), section=f"Section {number}")
    return page(f"https://news.example/{number}", response(b"<p>%d</p>" % number), said=said)


def test_metadata_is_found_among_that_of_many(tmp_path: Path) -> None:
    """Each of many captures, written together or one by one, is told of by its own metadata record."""
    together = store(tmp_path, *map(finding, range(PAGES)))
    alone = [store(tmp_path, finding(number))[0] for number in range(PAGES, PAGES + 3)]
    with open_index(tmp_path) as connection:
        for number, capture in enumerate([*together, *alone]):
            assert about_of(Collection(tmp_path), connection, capture).section == f"Section {number}"


def test_capture_without_text_has_nothing(tmp_path: Path) -> None:
    """A capture in which no text was read has no article to be told of."""
    (capture,) = store(tmp_path, page(said=None))
    with open_index(tmp_path) as connection:
        assert about_of(Collection(tmp_path), connection, capture) == About()


def test_article_file_has_what_is_known(tmp_path: Path) -> None:
    """The front matter of an article names its section, tags, lead image and wall; made again it is the same."""
    (capture,) = store(tmp_path, page(said=article()))
    assert capture.article is not None
    file = tmp_path / capture.article
    written = file.read_text(encoding="utf-8")
    front = written.partition("\n---\n")[0]
    for line in (
        'section: "Harbour"',
        'tags: ["harbour"]',
        'image: "https://news.example/wall.jpg"',
        "paywalled: true",
    ):
        assert line in front.splitlines()
    file.unlink()
    reindex(tmp_path, quietly)
    assert file.read_text(encoding="utf-8") == written


def test_record_of_an_earlier_version() -> None:
    """A metadata record that knows nothing of section, canonical address, lead image and wall is read as before."""
    about = decode('{"about":{"title":"Harbour","words":3}}').about
    assert about == About(title="Harbour", words=3)


def test_text_before_others(tmp_path: Path) -> None:
    """The text so many before another is in the same file, and there is none before the first."""
    first, second, third = store(tmp_path, *map(finding, range(3)))
    assert first.text is not None
    assert second.text is not None
    assert third.text is not None
    with open_index(tmp_path) as connection:
        assert index.text_before(connection, third.text, 1) == second.text.offset
        assert index.text_before(connection, third.text, 2) == first.text.offset
        assert index.text_before(connection, third.text, 3) is None
