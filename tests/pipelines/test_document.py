"""A page opened once: what kind of thing it is, what its head says, and addresses made absolute."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.document import Document
from pipelines.flow import process
from pipelines.options import ProcessOptions
from tests.pipelines.documents import SENTENCE, URL, document_of, page_of

KINDS = [
    ({"Content-Type": "text/html"}, b"<p>x", "markup", "text/html"),
    ({"Content-Type": "Application/XHTML+XML; charset=utf-8"}, b"<p>x", "markup", "application/xhtml+xml"),
    ({"content-type": "text/plain"}, b"x", "text", "text/plain"),
    ({"content-type": "text/plain"}, b"<html><body>x", "text", "text/plain"),
    ({"content-type": "application/pdf"}, b"%PDF-1.7", "other", "application/pdf"),
    ({}, b"<!DOCTYPE html><p>x", "markup", "text/html"),
    ({}, b"\xef\xbb\xbf<html>", "markup", "text/html"),
    ({}, b"%PDF-1.7", "other", "application/pdf"),
    ({}, b"\x89PNG\r\n", "other", "image/png"),
    ({}, b'{"a": 1}', "other", "application/json"),
    ({}, b"only words", "text", "text/plain"),
    ({"content-type": "application/octet-stream"}, b"<html><body>x", "markup", "text/html"),
]


@pytest.mark.parametrize(("headers", "body", "kind", "media_type"), KINDS)
def test_kind(headers: dict[str, str], body: bytes, kind: str, media_type: str) -> None:
    """The header decides what a page is; where it says nothing, its first bytes do."""
    document = document_of(page_of(body, headers=headers))
    assert (document.kind, document.media_type) == (kind, media_type)


def test_head() -> None:
    """Title, meta elements and the canonical address are read once, names in lower case."""
    document = document_of(
        "<title> A \n title </title><meta property='OG:Type' content=article><meta name=author content='A B'>"
        "<meta name=author content='C D'><link rel='Canonical' href='/news/story'><p>x"
    )
    assert document.title == "A title"
    assert document.said("og:type") == "article"
    assert document.meta["author"] == ["A B", "C D"]
    assert document.said("nothing", "author") == "A B"
    assert document.canonical == URL


@pytest.mark.parametrize(
    ("reference", "absolute"),
    [
        ("/a b", "https://www.lantern.example/a b"),
        ("other", "https://cdn.example/x/other"),
        ("//host.example/p", "https://host.example/p"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("http://[", "http://["),
    ],
)
def test_absolute_addresses(reference: str, absolute: str | None) -> None:
    """References start from the base element, and only those of the web are addresses."""
    document = document_of("<base href='https://cdn.example/x/'><p>x")
    if reference.startswith("/a"):
        document = document_of("<p>x")
    assert document.absolute(reference) == absolute


@given(
    st.lists(st.sampled_from([*"ab./?#;:@[]%é \t\n", "//"]), max_size=12).map("".join),
    st.sampled_from(["http", "https"]),
)
def test_absolute_reference_is_joined_like_any_other(rest: str, scheme: str) -> None:
    """An address that is absolute already is what joining it by the standard library makes of it."""
    reference = f"{scheme}://{rest}".strip()
    try:
        joined = urljoin(URL, reference)
    except ValueError:
        joined = reference
    assert document_of("<p>x").absolute(reference) == (joined if joined.startswith(("http://", "https://")) else None)


def test_elements_beyond_the_bound_are_dropped() -> None:
    """The tree ends with the last element allowed, at every depth, and says so."""
    page = page_of("<html><body>" + "<div><p>a</p><p>b</p></div>" * 100 + "<p>end</p></body></html>")
    document = Document(page, ProcessOptions(max_elements=50))
    assert document.tree is not None
    assert sum(1 for _ in document.tree.iter()) == 50
    assert document.cuts == ("only the first 50 elements were looked at",)


def test_page_within_bounds_is_whole() -> None:
    """Nothing is cut from an ordinary page."""
    document = document_of(f"<p>{SENTENCE}</p>")
    assert document.tree is not None
    assert document.cuts == ()


def test_empty_page() -> None:
    """A page without a byte has no tree, no title and nothing to show."""
    document = document_of("")
    assert (document.tree, document.title, document.outline.blocks, document.structured) == (None, "", (), ())


def test_address_without_a_host_has_none() -> None:
    """An address whose brackets hold no IPv6 address has no host, and costs no page its metadata."""
    page = page_of("<title>Bridge reopens</title><p>It does.</p>", url="http://[")
    assert document_of(page).host == ""
    assert process(page).fault is None


@pytest.mark.parametrize("hyphen", ["\xad", "&shy;", "&#173;", "&#xAD;"])
def test_soft_hyphens_are_no_characters(hyphen: str) -> None:
    """Where a word may break is no part of it, however the page writes that: not in blocks, text or Markdown."""
    page = (
        f"<html><body><article><h1>The news{hyphen}paper</h1><p>A<b>news{hyphen}</b>paper. {SENTENCE * 5}</p></article>"
    )
    document = document_of(page)
    assert [block.text.split(".")[0] for block in document.outline.blocks] == ["The newspaper", "Anewspaper"]
    article = process(page_of(page)).article
    assert article is not None
    assert "\xad" not in f"{article.title} {article.text} {article.markdown}"
