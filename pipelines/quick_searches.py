"""trafilatura's searches by class and id, with the same finds, asked of a cache.

trafilatura asks libxml2 for elements whose attributes match regular expressions; libxml2 calls back into Python for
every element and expression, a fifth of all time (measured). A newspaper's page has thousands of elements and some
hundred different classes, so here one walk asks a cache instead:

    element ─▶ its id, class, role, style ─▶ seen before? ─ yes ─▶ the same answer
                                                 └─ no ─▶ the expressions ─▶ remembered

They are for the versions of trafilatura that `quick_trafilatura` knows, which puts them in place. A test compares what
both find.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from trafilatura import xpaths
from trafilatura.settings import _COOKIE_CONSENT_RE
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

    from lxml.etree import XPath
    from lxml.html import HtmlElement

    Test = Callable[[HtmlElement], bool]

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


def is_cleaned(element: HtmlElement) -> bool:
    """Whether trafilatura's BASIC_CLEAN_XPATH finds the element."""
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
