"""Text and Markdown from one body: structure in the one, the same words in the other, the tree left alone."""

from __future__ import annotations

from lxml import etree

from pipelines.text import Extracted, extract
from tests.pipelines.documents import PROSE, SENTENCE, URL, document_of


def extracted(body: str) -> Extracted:
    """Return what is extracted from a page with an article of this body."""
    document = document_of(f"<html><head><title>t</title></head><body><article>{body}</article></body></html>")
    assert document.tree is not None
    found = extract(document.tree, URL, prose=document.outline.prose, full_compare_below=1_500)
    assert found is not None
    return found


def test_words_are_the_same_in_both() -> None:
    """Formatting and links are marks in the Markdown and nothing but their words in the text."""
    found = extracted(f"<h1>Bakers</h1>{PROSE}<p>He is <b>early</b> in <a href='/shop'>his shop</a> every day.</p>")
    assert "He is early in his shop every day." in found.text
    assert "He is **early** in [his shop](https://www.lantern.example/shop) every day." in found.markdown
    assert found.links == ("https://www.lantern.example/shop",)


def test_paragraph_of_one_link_goes() -> None:
    """A paragraph that is nothing but a link goes from both renderings and is reported."""
    found = extracted(
        f"<h1>Bakers</h1>{PROSE}<p><a href='/more'>Why the mill stands still this winter</a></p><p>{SENTENCE}</p>"
    )
    assert "Why the mill stands still" not in found.text + found.markdown
    assert [one.text for one in found.removed] == ["Why the mill stands still this winter"]


def test_list_of_linked_paragraphs_stays() -> None:
    """Where such paragraphs are much of the text, they are its subject."""
    links = "".join(
        f"<p><a href='/{place}'>The baker of street number {place} and his oven</a></p>" for place in range(9)
    )
    found = extracted(f"<h1>All bakers</h1><p>{SENTENCE}{SENTENCE}</p>{links}")
    assert found.removed == ()


def test_tree_is_left_alone() -> None:
    """The tree that is extracted from is the same afterwards, for those that look at it next."""
    document = document_of(f"<html><body><article>{PROSE}<blockquote>{SENTENCE}</blockquote></article></body></html>")
    assert document.tree is not None
    before = etree.tostring(document.tree)
    extract(document.tree, URL, prose=document.outline.prose, full_compare_below=1_500)
    assert etree.tostring(document.tree) == before


def test_short_text_is_found() -> None:
    """A text below the length of the second opinion is extracted too."""
    assert SENTENCE.strip() in extracted(f"<h1>Bakers</h1><p>{SENTENCE}</p><p>{SENTENCE * 3}</p>").text
