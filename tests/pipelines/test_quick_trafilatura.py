"""The quick searches: each finds what the expressions it stands for find, and the bodies of articles stay the same."""

from __future__ import annotations

import importlib.util
import json
import pickle
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justext.utils import normalize_whitespace
from lxml.etree import Comment, ProcessingInstruction, tostring
from lxml.html import HtmlElement, html_parser
from trafilatura import core, xpaths
from trafilatura import settings as trafilatura_settings
from trafilatura.baseline import html2txt
from trafilatura.core import _prepare_tree
from trafilatura.settings import Extractor

from archive.model import Page
from pipelines import text
from pipelines.document import Document
from pipelines.options import ProcessOptions
from pipelines.quick_searches import Search, is_cleaned, searches_by_table
from pipelines.quick_trafilatura import (
    KNOWN_JUSTEXT,
    KNOWN_VERSIONS,
    Sought,
    _extracted,
    _page_text,
    _with_single_spaces,
    extract,
)
from tests.pipelines.documents import FETCHED, PROSE, URL, document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Find = Callable[[HtmlElement], Any]

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = sorted(folder.parent for folder in ROOT.glob("tests/golden/*/page.html"))


def _as_it_came(table: str) -> list[Find]:
    """Return a table of trafilatura.xpaths as its source has it, whatever was put into the imported one since."""
    spec = importlib.util.spec_from_file_location("trafilatura_xpaths_as_they_came", xpaths.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(getattr(module, table))


def _all_of(expressions: Sequence[Find]) -> Find:
    """Return what finds all that any of the expressions finds, in document order, each once."""

    def find(tree: HtmlElement) -> list[HtmlElement]:
        found = {element for expression in expressions for element in expression(tree)}
        return [element for element in tree.iter() if element in found]

    return find


def _first_of(find: Find) -> Find:
    """Return what finds the first that is found, if any."""
    return lambda tree: find(tree)[:1]


PAIRS: dict[str, tuple[Find, Find]] = {
    **{
        f"BODY_XPATH {place}": (searches_by_table()["BODY_XPATH"][place], _first_of(_as_it_came("BODY_XPATH")[place]))
        for place in (0, 2, 3)
    },
    **{
        table: (searches[0], _all_of(_as_it_came(table)))
        for table, searches in searches_by_table().items()
        if table != "BODY_XPATH"
    },
    "BASIC_CLEAN_XPATH": (Search(is_cleaned), _all_of([trafilatura_settings.BASIC_CLEAN_XPATH])),
}
"""Each search with what it stands for."""


def markup_of(folder: Path) -> str:
    """Return the markup of a golden page as `process` would parse it; '' for a page that has none."""
    page = Page(URL, URL, FETCHED, 200, ((b"Content-Type", b"text/html"),), (folder / "page.html").read_bytes())
    return Document(page, ProcessOptions()).markup


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_golden_pages(folder: Path) -> None:
    """Every search finds the same in a page as what it stands for, before its elements are renamed and after."""
    tree = document_of(markup_of(folder)).tree
    if tree is None:
        return
    renamed, _ = _prepare_tree(tree, Extractor(**text.SETTINGS), None)
    for name, (search, original) in PAIRS.items():
        assert search(tree) == original(tree), name
        assert search(renamed) == original(renamed), name


def test_golden_pages_have_what_is_searched() -> None:
    """Every search finds something in some golden page, so that what the test above compares is not nothing."""
    trees = [tree for folder in GOLDEN if (tree := document_of(markup_of(folder)).tree) is not None]
    trees += [_prepare_tree(tree, Extractor(**text.SETTINGS), None)[0] for tree in trees]
    assert [name for name, (search, _) in PAIRS.items() if not any(map(search, trees))] == []


TAGS = (
    *("div", "section", "article", "main", "aside", "p", "span", "list", "item", "ol", "ul", "details", "h1", "body"),
    *("footer", "svg", "script", "template", "fencedframe", "header", "a"),
)
ATTRIBUTES = (
    *("id", "class", "style", "role", "itemprop", "aria-hidden", "data-component", "data-lp-replacement-content"),
)
NAMES = (
    *("post", "entry", "articleBody", "articleContent", "article__content", "article-body", "entry-content", "story"),
    *("postarea", "text", "cell", "primary", "FullText", "fulltext", "article ", "main", "Main-Content", "x", "true"),
    *("content", "content-main", "contentBody", "content__body", "post_text", "postentry", "body-text", "Page-Content"),
    *("cookie", "cookie-banner", "cookienotice", "notice_cookie", "borlabs", "OneTrust", "consent", "footer", "Footer"),
    *("share", "Share", "social", "newsletter", "tags", "tag-list", "sidebar", "breadcrumb", "author", "byline", "nav"),
    *("Navigation", "menu", "bar", " ad ", "ad-", "-ad-", "dfpAd", "widget", "embed", "elated", "next-", "meta", "jp-"),
    *("message", "message-container", "comments-title", "reply-", "-reply-", "hide-", "-hide-", " hide", " hidden"),
    *(
        "hidden",
        "noprint",
        "display:none",
        "display: none",
        "akismet",
        "reader-comments",
        "teaser",
        "Teaser",
        "caption",
    ),
    *("mvp-post-add-box", "infinite-scroll", "infinitescroll", "elementor-share-buttons", "comment", "Comment"),
    *("commentary", "comol", "disqus_thread", "dsq-comments", "post-comments", "MostPopularStories", "story-content"),
)
"""Parts of the values that trafilatura's expressions look for, and some that only look like them."""

_VALUES = st.lists(
    st.sampled_from(NAMES) | st.sampled_from(["", " ", "-", "_", "\n", "é", "İ"]), min_size=0, max_size=3
).map("".join)
_ELEMENTS = st.tuples(
    st.sampled_from(TAGS),
    st.lists(st.tuples(st.sampled_from(ATTRIBUTES), _VALUES), max_size=4, unique_by=lambda pair: pair[0]),
    st.integers(0, 3),
)


def soup(elements: list[tuple[str, list[tuple[str, str]], int]]) -> HtmlElement:
    """Return a tree of the elements, each in the last one or so many steps above it, its attributes in their order."""
    root = html_parser.makeelement("html")
    last = root
    for tag, attributes, up in elements:
        around = last
        for _ in range(up):
            parent = around.getparent()
            around = parent if parent is not None else around
        last = around.makeelement(tag)
        for name, value in attributes:
            last.set(name, value)
        around.append(last)
        around.append(Comment("cookie"))
        around.append(ProcessingInstruction("php", "echo"))
    return root


@settings(max_examples=400, deadline=None)
@given(st.lists(_ELEMENTS, max_size=12))
def test_any_attributes(elements: list[tuple[str, list[tuple[str, str]], int]]) -> None:
    """Whatever attributes elements have, in whatever order, every search finds the same as what it stands for."""
    tree = soup(elements)
    for name, (search, original) in PAIRS.items():
        assert search(tree) == original(tree), name


ORDERS = [
    ('<p id="cookie" class="x">', True),
    ('<p class="x" id="cookie">', False),
    ('<p class="cookie" id="x">', True),
    ('<p id="x" class="cookie">', False),
    ('<p id="reply-1" class="x">', True),
    ('<p class="x" id="reply-1">', False),
    ('<p style="overflow:hidden" id="x">', True),
    ('<p id="x" style="overflow:hidden">', False),
]


@pytest.mark.parametrize(("tag", "found"), ORDERS)
def test_of_two_attributes_the_first_written_counts(tag: str, found: bool) -> None:  # noqa: FBT001 - an outcome of a table
    """Where an expression takes the string value of two attributes, the one that is written first is looked at."""
    tree = document_of(f"<html><body>{tag}{'words ' * 9}</p></body></html>").tree
    assert tree is not None
    search, original = PAIRS["OVERALL_DISCARD_XPATH"]
    assert bool(search(tree)) is found
    assert bool(original(tree)) is found


def test_what_is_not_replaced_stays() -> None:
    """The expressions for which there is no quicker search are trafilatura's own, in their places."""
    now, before = searches_by_table()["BODY_XPATH"], _as_it_came("BODY_XPATH")
    assert len(now) == len(before)
    assert [getattr(now[place], "path", None) for place in (1, 4)] == [before[place].path for place in (1, 4)]  # type: ignore[attr-defined]


@given(st.text(st.sampled_from(" \n\r\t\x0b\x1c\x85\u00a0\u2003\u2028\u3000ab")))
def test_whitespace_is_set_as_by_justext(words: str) -> None:
    """Every run of whitespace becomes what justext makes of it."""
    assert _with_single_spaces(words) == normalize_whitespace(words)


def test_the_installed_version_is_known() -> None:
    """The searches are in use: the versions of trafilatura and justext that are installed are ones they are for."""
    assert version("trafilatura") in KNOWN_VERSIONS
    assert version("justext") in KNOWN_JUSTEXT
    assert all(isinstance(search, Search) for search in xpaths.OVERALL_DISCARD_XPATH)


BARE = """
import json, pickle, sys
from copy import copy
from lxml.etree import tostring
from trafilatura import bare_extraction, load_html
given = pickle.load(sys.stdin.buffer)
bodies = {}
for name, markup in given["pages"].items():
    for fast in (True, False):
        options = copy(given["options"])
        options.fast = fast
        tree = load_html(markup)
        tree = tree if tree is not None else load_html(f"<html><body>{markup}</body></html>")
        found = bare_extraction(tree, options=options)
        bodies[f"{name} {fast}"] = tostring(found.body, encoding="unicode") if found is not None else None
assert not any(name.startswith("pipelines") for name in sys.modules)
json.dump(bodies, sys.stdout)
"""
"""A program that extracts pages with trafilatura as it came."""

OTHER_VERSION = """
import json, pickle, sys
from importlib import import_module
import justext, justext.core, justext.paragraph
import trafilatura, trafilatura.core, trafilatura.main_extractor, trafilatura.xpaths
baseline = import_module("trafilatura.baseline")
tables = [name for name in dir(trafilatura.xpaths) if isinstance(getattr(trafilatura.xpaths, name), list)]
def state():
    held = [one for name in tables for one in getattr(trafilatura.xpaths, name)]
    core, extractor = trafilatura.core, trafilatura.main_extractor
    replaced = [core._prepare_tree, core._extract_and_compare, core.html2txt, extractor.delete_by_link_density]
    replaced += [justext.paragraph.normalize_whitespace, justext.core.PathInfo.xpath]
    return [*map(id, held), id(baseline.BASIC_CLEAN_XPATH), *map(id, replaced)]
before = state()
trafilatura.__version__ = "2.3.999"
from pipelines import quick_trafilatura, text
from lxml.etree import tostring
from tests.pipelines.documents import document_of
document = document_of(sys.stdin.read())
body = tostring(text.body_of(document.tree, document), encoding="unicode")
json.dump([quick_trafilatura.install(), state() == before, body], sys.stdout)
"""
"""A program that meets a version of trafilatura that nobody has looked at."""


def run(program: str, given: bytes) -> str:
    """Return what a program prints, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", program], input=given, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_a_page_with_few_words_is_known_without_its_text() -> None:
    """Whether so many characters are a small part of a page comes out the same as by the page's whole text."""
    decided = set()
    for folder in GOLDEN:
        tree = document_of(markup_of(folder)).tree
        if tree is None:
            continue
        whole = len(html2txt(tree))
        for characters in (1, 50, 400, whole // 5, whole // 5 + 1, whole):
            _extracted[tree] = characters
            found = _page_text(tree)
            small = characters < core.ESCALATION_PAGE_SHARE * len(found)
            assert small == (characters < core.ESCALATION_PAGE_SHARE * whole), folder.name
            decided.add((small, bool(found)))
    assert decided >= {(True, True), (False, False)}


def test_bodies_are_the_same() -> None:
    """Of every golden page the body is the same with the searches as in a process that has trafilatura as it came."""
    documents = {folder.name: document_of(markup_of(folder)) for folder in GOLDEN}
    pages = {name: document.markup for name, document in documents.items() if document.tree is not None}
    bare = json.loads(run(BARE, pickle.dumps({"options": Extractor(**text.SETTINGS), "pages": pages})))
    quick = {}
    options = Sought(**text.SETTINGS)
    for name in pages:
        for fast in (True, False):
            tree = documents[name].tree
            assert tree is not None
            found = extract(options, tree, 0 if fast else sys.maxsize)
            quick[f"{name} {fast}"] = tostring(found, encoding="unicode") if found is not None else None
    assert quick == bare
    assert sum(body is not None for body in bare.values()) > len(pages)


def test_another_version_is_left_alone() -> None:
    """With a version that is not known trafilatura is not changed, and a page has the body that it would have."""
    markup = f"<html><body><article><h1>Bakers</h1>{PROSE}<p class='share'>Share this</p></article></body></html>"
    installed, untouched, body = json.loads(run(OTHER_VERSION, markup.encode()))
    assert (installed, untouched) == (False, True)
    document = document_of(markup)
    assert document.tree is not None
    found = text.body_of(document.tree, document)
    assert found is not None
    assert body == tostring(found, encoding="unicode")
