"""The list of pages: each page once, whatever an earlier append left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from archive.page_list import append_pages
from tests.archive.findings import page, store

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    """Store three pages in a collection."""
    return store(tmp_path / "collection", *(page(f"https://news.example/{number}") for number in range(3)))


def addresses(pages: Path) -> list[str]:
    """Return the addresses in a list of pages, after its header."""
    header, *lines = map(json.loads, pages.read_text(encoding="utf-8").splitlines())
    assert header["format"] == "json-pages-1.0"
    return [line["url"] for line in lines]


def test_every_cut_is_made_good(tmp_path: Path, captures: list[Capture]) -> None:
    """Wherever an append was interrupted, the same append afterwards leaves each page exactly once."""
    pages = tmp_path / "pages.jsonl"
    append_pages(pages, captures[:1])
    before = pages.stat().st_size
    append_pages(pages, captures[1:])
    whole = pages.read_bytes()
    for cut in range(before, len(whole) + 1):
        pages.write_bytes(whole[:cut])
        append_pages(pages, captures[1:])
        assert pages.read_bytes() == whole


def test_an_interrupted_beginning(tmp_path: Path, captures: list[Capture]) -> None:
    """A file that ends inside its header, or holds nothing, gets its header."""
    pages = tmp_path / "pages.jsonl"
    for left in (b"", b'{"format": "json-pa'):
        pages.write_bytes(left)
        append_pages(pages, captures)
        assert addresses(pages) == [capture.url for capture in captures]


def test_a_file_without_pages(tmp_path: Path, captures: list[Capture]) -> None:
    """A WARC file that holds no page adds nothing."""
    pages = tmp_path / "pages.jsonl"
    append_pages(pages, captures)
    append_pages(pages, [])
    assert addresses(pages) == [capture.url for capture in captures]
