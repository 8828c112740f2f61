"""trafilatura's cascade, made faster without changing what it finds; its searches are those of `quick_searches`.

The cascade makes copies that nobody looks at, looks for forty elements that a page has a dozen of, and for links in
thousands that hold none; here it does not. Whether its own rules found enough is asked in the middle of the cascade,
not at its end: so no page is extracted twice for a second opinion. justext, which gives one, writes a path for every
paragraph that nobody reads, and puts a space in place of every space; here it does not.

`install` puts all this into the tables and modules that trafilatura's functions share and read at each call. It does so
for versions whose code is the one known here; with any other, everything stays as it came. A test compares what comes
of it; docs/upstream.md holds most of it as a patch for trafilatura itself.
"""

from __future__ import annotations

import re
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from justext import __version__ as justext_version
from justext.core import PathInfo
from lxml.etree import ElementDefaultClassLookup, strip_tags
from lxml.html import HtmlElement
from trafilatura import __version__, core, htmlprocessing, main_extractor, xpaths
from trafilatura.baseline import html2txt
from trafilatura.external import compare_extraction
from trafilatura.main_extractor import extract_content
from trafilatura.settings import MANUALLY_CLEANED, MANUALLY_STRIPPED, Extractor
from trafilatura.utils import HTML_PARSER, trim
from trafilatura.xml import delete_element

from pipelines.quick_searches import Search, is_cleaned, searches_by_table

if TYPE_CHECKING:
    from lxml.etree import _Element

KNOWN_VERSIONS = frozenset({"2.3.1"})
"""Versions whose tables are the ones copied here."""

KNOWN_JUSTEXT = frozenset({"3.0.2"})
"""Versions of justext, which gives the second opinion, whose whitespace and paths are the ones known here."""

_NEVER_READ = frozenset({"script", "style", "svg", "template", "fencedframe"})


def install() -> bool:
    """Put the searches into trafilatura's tables, and say whether its version is one that they are for."""
    if __version__ not in KNOWN_VERSIONS:
        return False
    for name, searches in searches_by_table().items():
        getattr(xpaths, name)[:] = searches
    vars(import_module("trafilatura.baseline"))["BASIC_CLEAN_XPATH"] = Search(is_cleaned)
    core._prepare_tree = _prepare_tree  # noqa: SLF001 - not public, and only this version's
    core._extract_and_compare = _extract_and_compare  # noqa: SLF001 - see above
    vars(core)["html2txt"] = _page_text
    vars(main_extractor)["delete_by_link_density"] = _delete_by_link_density
    HTML_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    if justext_version in KNOWN_JUSTEXT:
        vars(import_module("justext.paragraph"))["normalize_whitespace"] = _with_single_spaces
        PathInfo.xpath = ""  # written for every paragraph, and read by nobody here
    return True


def _with_single_spaces(text: str) -> str:
    """Return what justext's `normalize_whitespace` does, without putting a space in place of every single space."""
    return _NO_SINGLE_SPACE.sub(_of_whitespace, text)


def _of_whitespace(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] or "\r" in run[0] else " "


_NO_SINGLE_SPACE = re.compile(r"\s{2,}|[^\S ]")


def _delete_by_link_density(
    subtree: HtmlElement,
    tagname: str,
    backtracking: bool = False,  # noqa: FBT001, FBT002 - trafilatura's own signature
    favor_precision: bool = False,  # noqa: FBT001, FBT002 - see above
) -> HtmlElement:
    """Do nothing at once where nothing is a link, and test only what holds one: no other element is ever taken out."""
    linked: set[_Element] = set()
    for link in subtree.iter("ref"):
        around: _Element | None = link.getparent()
        while around is not None and around not in linked:
            linked.add(around)
            around = around.getparent()
    if not linked:
        return subtree
    deletions = []
    len_threshold, depth_threshold = (200, 1) if favor_precision else (100, 3)
    for elem in [one for one in subtree.iter(tagname) if one in linked]:
        result, short_with_links = htmlprocessing.link_density_test(elem, favor_precision)
        if result or (
            backtracking
            and short_with_links
            and len(elem) >= depth_threshold
            and len(trim(elem.text_content())) < len_threshold
        ):
            parent = elem.getparent()
            if tagname == "p" and parent is not None and parent.tag in ("item", "td", "th"):
                continue
            deletions.append(elem)
    for elem in dict.fromkeys(deletions):
        delete_element(elem)
    return subtree


class Sought(Extractor):
    """Options of one page's extraction: its own rules are enough where they find so many characters."""

    enough = 0

    def afresh(self, enough: int) -> Sought:
        """Return the same options for another page, without reading trafilatura's configuration again."""
        options = copy(self)
        options.enough = enough
        return options


def _prepare_tree(tree: HtmlElement, options: Extractor, url: str | None) -> tuple[HtmlElement, HtmlElement]:
    """Make no copy for a comparison that may not come."""
    if not isinstance(options, Sought):
        return _prepare_both(tree, options, url)
    return htmlprocessing.convert_tags(_cleaned(copy(tree), options), options, url), tree


def _cleaned(tree: HtmlElement, options: Extractor) -> HtmlElement:
    """Do what `tree_cleaning` does, without a walk for each of the forty elements that the page does not have."""
    if options.focus == "recall" or options.images or not options.tables:
        return htmlprocessing.tree_cleaning(tree, options)
    htmlprocessing.recover_math(tree)
    for elem in tree.iter("figure", "table"):
        if elem.find(".//table") is not None if elem.tag == "figure" else elem.get("role") in ("presentation", "none"):
            elem.tag = "div"
    strip_tags(tree, MANUALLY_STRIPPED)
    unwanted = [tag for tag in MANUALLY_CLEANED if tag != "form"]
    present = {elem.tag for elem in tree.iter(unwanted)}
    for tag in unwanted:
        if tag in present:
            for elem in tree.iter(tag):
                delete_element(elem)
    if "form" in MANUALLY_CLEANED:
        htmlprocessing._handle_forms(tree)  # noqa: SLF001 - see above
    return htmlprocessing.prune_html(tree, options.focus)


def _extract_and_compare(
    cleaned_tree: HtmlElement, cleaned_tree_backup: HtmlElement, tree: HtmlElement, options: Extractor
) -> tuple[_Element, str]:
    """Compare what its own rules find with readability and justext only where that is little."""
    if not isinstance(options, Sought):
        return _compare_all(cleaned_tree, cleaned_tree_backup, tree, options)
    body, text = extract_content(cleaned_tree, options)
    if options.focus == "balanced" and len(text) >= options.enough:
        options.fast = True
    if not options.fast:
        body, text = compare_extraction(_cleaned(copy(tree), options), copy(tree), body, text, options)
    _extracted[tree] = len(text)
    return body, text


_extracted: WeakKeyDictionary[_Element, int] = WeakKeyDictionary()
"""Characters that were extracted from each page under way."""


def _page_text(tree: HtmlElement) -> str:
    """Return `html2txt` of a page; nothing where the page has too few words for what is asked.

    The cascade asks whether what was extracted is a small part of the page. Of most pages it cannot be, and counting
    the words takes an eighth of the time of copying and cleaning the page (0.3 ms against 2.7, measured).
    """
    most = _extracted.get(tree, 0) / core.ESCALATION_PAGE_SHARE
    room = 0
    for element in tree.iter():
        if (text := element.text) and element.tag not in _NEVER_READ and not text.isspace():
            room += len(text) + 1
        if (text := element.tail) and not text.isspace():
            room += len(text) + 1
        if room > most:
            return html2txt(tree)
    return ""


_prepare_both = core._prepare_tree  # noqa: SLF001 - see above
_compare_all = core._extract_and_compare  # noqa: SLF001 - see above


def extract(sought: Sought, tree: HtmlElement, enough: int) -> _Element | None:
    """Return the body that `bare_extraction` would return, without its rendering; None where it finds too little.

    What its own rules find is compared with what others find where it has fewer than `enough` characters. The tree
    loses its comments and what is appended below the article.
    """
    options = sought.afresh(enough)
    body, text, _, _ = core.trafilatura_sequence(tree, options)
    return body if len(text) >= options.min_output_size else None
