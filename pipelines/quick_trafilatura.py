"""trafilatura's searches and its cascade, made faster without changing what they find.

trafilatura asks libxml2 for elements whose attributes match regular expressions; libxml2 calls back into Python for
every element and expression, a fifth of all time (measured). A newspaper's page has thousands of elements and some
hundred different classes, so here one walk asks a cache instead:

    element ─▶ its id, class, role, style ─▶ seen before? ─ yes ─▶ the same answer
                                                 └─ no ─▶ the expressions ─▶ remembered

Its cascade makes copies that nobody looks at, looks for forty elements that a page has a dozen of, and for links in
thousands that hold none; here it does not. Whether its own rules found enough is asked in the middle of the cascade,
not at its end: so no page is extracted twice for a second opinion. justext, which gives one, writes a path for every
paragraph that nobody reads, and puts a space in place of every space; here it does not.

`install` puts these searches into the tables that trafilatura's functions share and read at each call. It does so for
versions whose tables are the ones copied here; with any other, everything stays as it came. A test compares what both
find, and what comes of it; docs/upstream.md holds the same change as a patch for trafilatura itself.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
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
from trafilatura.settings import _COOKIE_CONSENT_RE, MANUALLY_CLEANED, MANUALLY_STRIPPED, Extractor
from trafilatura.utils import HTML_PARSER, trim
from trafilatura.xml import delete_element
from trafilatura.xpaths import (
    _ARTICLE_CONTENT_CLASS_TOKENS,
    _ARTICLE_CONTENT_ID_TOKENS,
    _COMMENTS_CLASS,
    _COMMENTS_ID,
    _CONSENT_ID_CLASS_TOKENS,
    _MAIN_CONTENT_CLASS_TOKENS,
    _MAIN_CONTENT_ID_TOKENS,
    _OVERALL_DISCARD_BOTH_TOKENS,
    _OVERALL_DISCARD_CLASS_TOKENS,
    _OVERALL_DISCARD_ID_TOKENS,
    _STORY_CLASS_TOKENS,
    _STORY_ID_TOKENS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import XPath, _Element

    Test = Callable[[HtmlElement], bool]

KNOWN_VERSIONS = frozenset({"2.3.1"})
"""Versions whose tables are the ones copied here."""

KNOWN_JUSTEXT = frozenset({"3.0.2"})
"""Versions of justext, which gives the second opinion, whose whitespace and paths are the ones known here."""

_CACHED = 16_384
"""Different sets of attributes that are remembered for each search: some sixty sites' worth."""

_CONTAINERS = ("article", "div", "main", "section")
_SECTIONS = ("div", "item", "list", "p", "section", "span")
_IN_SECTIONS = frozenset(_SECTIONS)


class Search:
    """What trafilatura calls like an XPath: the descendants of these tags that pass the test, in document order."""

    def __init__(self, test: Test, *tags: str) -> None:
        self._test = test
        self._tags = tags or ("*",)

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """Return all that are found."""
        return list(filter(self._test, tree.iterdescendants(*self._tags)))


class First(Search):
    """A search of which only the first find is looked at."""

    def __call__(self, tree: HtmlElement) -> list[HtmlElement]:
        """Return the first that is found, or nothing."""
        found = next(filter(self._test, tree.iterdescendants(*self._tags)), None)
        return [] if found is None else [found]


def install() -> bool:
    """Put the searches into trafilatura's tables, and say whether its version is one that they are for."""
    if __version__ not in KNOWN_VERSIONS:
        return False
    for name, searches in searches_by_table().items():
        getattr(xpaths, name)[:] = searches
    vars(import_module("trafilatura.baseline"))["BASIC_CLEAN_XPATH"] = Search(_is_cleaned)
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


def searches_by_table() -> dict[str, list[Search | XPath]]:
    """Return what stands for the expressions of each table of trafilatura.xpaths, in their order."""
    article, story, main = First(_is_body, *_CONTAINERS), First(_is_story, *_CONTAINERS), First(_is_main, *_CONTAINERS)
    return {
        "BODY_XPATH": [article, xpaths.BODY_XPATH[1], story, main, *xpaths.BODY_XPATH[4:]],
        "OVERALL_DISCARD_XPATH": [Search(_is_discarded)],
        "TEASER_DISCARD_XPATH": [Search(_is_teaser, *_SECTIONS)],
        "DISCARD_IMAGE_ELEMENTS": [Search(_is_caption, *_SECTIONS)],
        "RAW_TREE_PRUNE_XPATH": [Search(_is_pruned, "div", "section", "aside")],
        "REMOVE_COMMENTS_AND_LISTS_XPATH": [
            Search(_is_comments, "div", "list", "section", "details", "ol", "ul"),
        ],
    }


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


def _any_of(*groups: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(token for group in groups for token in group))


def _written_first(element: HtmlElement, one: str, other: str) -> str:
    """Return the string value of `@one|@other`, that of whichever the page writes first (XPath 1.0 section 4.2)."""
    for name in element.keys():  # noqa: SIM118 - iterating an element yields its children
        if name in (one, other):
            return element.get(name) or ""
    return ""


_BODY_ID, _BODY_CLASS = _any_of(_ARTICLE_CONTENT_ID_TOKENS), _any_of(_ARTICLE_CONTENT_CLASS_TOKENS)
_STORY_ID, _STORY_CLASS = _any_of(_STORY_ID_TOKENS), _any_of(_STORY_CLASS_TOKENS)
_FULL_TEXT = re.compile("fulltext", re.IGNORECASE)
_MAIN_ID, _MAIN_CLASS = _any_of(_MAIN_CONTENT_ID_TOKENS), _any_of(_MAIN_CONTENT_CLASS_TOKENS)
_CONSENT = _any_of(_CONSENT_ID_CLASS_TOKENS)
_DISCARDED_ID = _any_of(_OVERALL_DISCARD_BOTH_TOKENS, _OVERALL_DISCARD_ID_TOKENS)
_DISCARDED_CLASS = _any_of(_OVERALL_DISCARD_BOTH_TOKENS, _OVERALL_DISCARD_CLASS_TOKENS)
_HIDDEN_ID = re.compile("reader-comments|akismet")
_HIDDEN_CLASS = re.compile(
    "^hide-|comments-title|nocomments|-reply-|message|akismet|suggest-links|-hide-|hide-print"
    "| hidden| hide|noprint|notloaded"
)
_APPENDED = re.compile("mvp-post-add-(?:box|wrap)|infinite-?scroll")
_APPENDED_BOX = re.compile("mvp-post-add-(?:box|wrap)")
_COMMENTS_FULL_ID = re.compile(f"^(?:{_COMMENTS_ID}|disqus_thread|dsq-comments)")
_COMMENTS_LIST_ID = re.compile(f"^(?:{_COMMENTS_ID})")
_COMMENTS_CLASSES = re.compile(_COMMENTS_CLASS)
_CLEANED = re.compile(_COOKIE_CONSENT_RE, re.IGNORECASE)
_NEVER_READ = frozenset({"script", "style", "svg", "template", "fencedframe"})
_CLEANED_TAGS = frozenset({"aside", "fencedframe", "footer", "script", "style", "svg", "template"})


def _is_body(element: HtmlElement) -> bool:
    get = element.get
    return _names_body(get("id") or "", get("class") or "", get("itemprop"))


@lru_cache(maxsize=_CACHED)
def _names_body(identity: str, names: str, role: str | None) -> bool:
    if names in ("post", "entry") or role == "articleBody" or identity == "articleContent":
        return True
    return bool(_BODY_ID.search(identity) or _BODY_CLASS.search(names))


def _is_story(element: HtmlElement) -> bool:
    get = element.get
    return _names_story(get("id") or "", get("class") or "", get("role"))


@lru_cache(maxsize=_CACHED)
def _names_story(identity: str, names: str, role: str | None) -> bool:
    if role == "article" or identity in ("article", "story"):
        return True
    if names in ("postarea", "art-postcontent", "text", "cell", "story"):
        return True
    return bool(_STORY_ID.search(identity) or _FULL_TEXT.search(names) or _STORY_CLASS.search(names))


def _is_main(element: HtmlElement) -> bool:
    return _names_main(element.get("id") or "", element.get("class") or "")


@lru_cache(maxsize=_CACHED)
def _names_main(identity: str, names: str) -> bool:
    if identity == "content" or names == "content" or _MAIN_ID.search(identity) or _MAIN_CLASS.search(names):
        return True
    lower = names.translate(_LOWER_CM)
    return (
        "main-content" in identity.translate(_LOWER_CM)
        or "main-content" in lower
        or ("page-content" in names.translate(_LOWER_CP))
    )


_LOWER_CM, _LOWER_CP = str.maketrans("CM", "cm"), str.maketrans("CP", "cp")


def _is_discarded(element: HtmlElement) -> bool:
    """Whether either expression of the table finds the element; what the first looks at has one of six tags."""
    get = element.get
    identity, names, style = get("id"), get("class"), get("style")
    if get("aria-hidden") == "true":
        return True
    if (identity or names or style) and _is_hidden(element, identity, names, style):
        return True
    if element.tag not in _IN_SECTIONS:
        return False
    if get("data-lp-replacement-content") is not None or "MostPopularStories" in (get("data-component") or ""):
        return True
    role = get("role")
    if (role is not None and "nav" in role.replace("N", "n")) or _names_discarded(identity or "", names or ""):
        return True
    return "cookie" in (names or "") + (identity or "") and bool(
        _CONSENT.search(_written_first(element, "id", "class"))
    )


def _is_hidden(element: HtmlElement, identity: str | None, names: str | None, style: str | None) -> bool:
    if style is not None and ("display:none" in style or "display: none" in style):
        return True
    if _names_hidden(identity or "", names or ""):
        return True
    either = f"{identity or ''} {style or ''}"
    if "hidden" in either and "hidden" in _written_first(element, "id", "style"):
        return True
    return "reply-" in f"{identity or ''} {names or ''}" and _written_first(element, "id", "class").startswith("reply-")


@lru_cache(maxsize=_CACHED)
def _names_discarded(identity: str, names: str) -> bool:
    return bool(_DISCARDED_ID.search(identity) or _DISCARDED_CLASS.search(names))


@lru_cache(maxsize=_CACHED)
def _names_hidden(identity: str, names: str) -> bool:
    return bool(_HIDDEN_ID.search(identity) or _HIDDEN_CLASS.search(names))


def _is_teaser(element: HtmlElement) -> bool:
    return "teaser" in f"{element.get('id') or ''} {element.get('class') or ''}".replace("T", "t")


def _is_caption(element: HtmlElement) -> bool:
    return "caption" in f"{element.get('id') or ''} {element.get('class') or ''}"


def _is_pruned(element: HtmlElement) -> bool:
    identity, names = element.get("id"), element.get("class")
    if identity is None and names is None:
        return False
    pruned = _names_pruned(identity or "", names or "")
    return next(element.iterdescendants("h1"), None) is None if pruned is None else pruned


@lru_cache(maxsize=_CACHED)
def _names_pruned(identity: str, names: str) -> bool | None:
    """Return whether an element is pruned by its names; None where it is if it has no headline."""
    if "elementor-share-buttons" in names or _APPENDED_BOX.search(identity) or _APPENDED_BOX.search(names):
        return True
    return None if _APPENDED.search(identity) or _APPENDED.search(names) else False


def _is_comments(element: HtmlElement) -> bool:
    identity, names = element.get("id"), element.get("class")
    if identity is None and names is None:
        return False
    return _names_comments(identity or "", names or "", element.tag in ("ol", "ul"))


@lru_cache(maxsize=_CACHED)
def _names_comments(identity: str, names: str, is_list: bool) -> bool:  # noqa: FBT001 - part of the cache's key
    of_id = _COMMENTS_LIST_ID if is_list else _COMMENTS_FULL_ID
    return bool(of_id.search(identity) or _COMMENTS_CLASSES.search(names))


def _is_cleaned(element: HtmlElement) -> bool:
    if element.tag in _CLEANED_TAGS:
        return True
    identity, names = element.get("id"), element.get("class")
    if identity is None and names is None:
        return False
    if _names_cleaned(identity or "", names or ""):
        return True
    return element.tag == "div" and "footer" in _written_first(element, "class", "id")


@lru_cache(maxsize=_CACHED)
def _names_cleaned(identity: str, names: str) -> bool:
    return bool(_CLEANED.search(names) or _CLEANED.search(identity))


def extract(sought: Sought, tree: HtmlElement, enough: int) -> _Element | None:
    """Return the body that `bare_extraction` would return, without its rendering; None where it finds too little.

    What its own rules find is compared with what others find where it has fewer than `enough` characters. The tree
    loses its comments and what is appended below the article.
    """
    options = sought.afresh(enough)
    body, text, _, _ = core.trafilatura_sequence(tree, options)
    return body if len(text) >= options.min_output_size else None
