"""The name under a headline, for pages whose head does not say who wrote them.

    elements that a name or role marks as an author's ─▶ sure marks, then likely, then faint ones ─▶ their texts
    none of them ─▶ links to pages about authors

The marks are those of trafilatura's search for authors, which has libxml2 call a regular expression for every element
and attribute (18 ms a page, measured); this one looks once at each different set of names (1 to 2 ms).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from pipelines.marked_dates import SIDEBAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SURE = re.compile(r"author-?_?name", re.IGNORECASE)
_LIKELY = re.compile(r"author|posted-by|submitted-by|journalist-name|zuozhe|bianji|^(?:byline|byl|username)$")
_FAINT = re.compile(r"[Aa]uthor|[Bb]yline|screenname|writer")
_MAY_MARK = (
    *("author", "byl", "writer", "screenname", "username", "posted-by", "submitted-by", "journalist", "zuozhe"),
    "bianji",
)
"""Of which any of them has one: most names have none, and finding that out costs an eighth of their search."""

_NOT_THE_AUTHOR = re.compile(
    rf"^comments|comment-?list|{SIDEBAR}|is-hidden|quote|article-(?:share|support)|print|category"
)
_AUTHORS_PAGE = re.compile(
    r"/(?:author|autor|auteur|autore|redakteur|redaktor|contributor|journalist|columnist|reporter)(?:s|e|es|en|in|i)?/[^/?#]"
)
"""An address of what a newspaper says of those who write for it."""

_ASIDE = frozenset({"aside", "nav", "footer"})
_NOT_PART_OF_A_NAME = frozenset({"time", "figure", "script", "style", "button", "svg"})
_MAY_BE_ELSEWHERE = frozenset({"a", "div", "section", "span"})
"""Elements whose names can say so; those of article and body name the categories of the article itself."""

_OWN_LINE = frozenset({"div", "p", "br", "li", "ul", "h2", "h3", "h4", "h5", "h6", "section", "dd", "dt", "hr", "time"})

_LISTED = frozenset({"li", "span", "div", "p"})
_MAY_BE_BYLINES = (
    *("a", "address", "b", "cite", "dd", "div", "em", "font", "footer", "h2", "h3", "h4", "h5", "h6", "header", "i"),
    *("li", "ol", "p", "section", "small", "span", "strong", "td", "u", "ul"),
)
_SHORTEST, _LONGEST = 3, 120
_MOST_CANDIDATES, _MOST_BESIDE = 50, 20


def bylines(tree: HtmlElement) -> Iterator[tuple[str, ...]]:
    """Yield the texts of bylines, the likeliest first, each with those of its kind that stand beside it.

    A text is on one line and may hold several names, a "by" and what follows names; elements in it that begin a line of
    their own begin with "|".
    """
    waiting: tuple[list[HtmlElement], ...] = ([], [])
    for element in tree.iter(*_MAY_BE_BYLINES):
        get = element.get
        names, identity, role, relation = get("class"), get("id"), get("itemprop"), get("rel")
        if not (_may_mark(names, identity, role) or relation == "author"):
            continue
        tier = _tier(names, identity, role, relation)
        if tier == 0:
            yield from _with_those_beside(element)
        elif tier is not None and len(waiting[tier - 1]) < _MOST_CANDIDATES:
            waiting[tier - 1].append(element)
    for element in chain.from_iterable(waiting):
        yield from _with_those_beside(element)
    links = (link for link in tree.iter("a") if _AUTHORS_PAGE.search(link.get("href") or ""))
    for link in islice(links, _MOST_CANDIDATES):
        if not any(one.tag in _ASIDE for one in link.iterancestors()):
            yield from _with_those_beside(link)


def _with_those_beside(element: HtmlElement) -> Iterator[tuple[str, ...]]:
    """Yield the text of an element with those of its like in the same list; nothing if it cannot be a byline."""
    text = _text(element)
    if text and not _is_elsewhere(element):
        yield (text, *filter(None, map(_text, islice(_beside(element), _MOST_BESIDE))))


def _beside(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements after one that have its name and marks and the same parent, or each a parent like it."""
    around = element.getparent()
    for other in element.itersiblings(element.tag):
        if _alike(other, element):
            yield other
    if around is not None and around.tag in _LISTED:
        for cousin in around.itersiblings(around.tag):
            if _alike(cousin, around):
                yield from (other for other in cousin.iterchildren(element.tag) if _alike(other, element))


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    return all(one.get(mark) == other.get(mark) for mark in ("class", "itemprop", "rel"))


def _text(element: HtmlElement) -> str | None:
    """Return the text of an element on one line, or None if it is too short or too long for names."""
    text = " ".join("".join(_name_parts(element)).split()).strip("| ")
    return text if _SHORTEST <= len(text) < _LONGEST else None


@lru_cache(maxsize=16_384)
def _may_mark(names: str | None, identity: str | None, role: str | None) -> bool:
    """Whether a class, id or role may be an author's."""
    if not (names or identity or role):
        return False
    spelled = f"{names} {identity} {role}".lower()
    return any(mark in spelled for mark in _MAY_MARK)


@lru_cache(maxsize=4096)
def _tier(names: str | None, identity: str | None, role: str | None, relation: str | None) -> int | None:
    """Return 0 for a sure mark of an author, 1 for a likely one, 2 for a faint one, None for none."""
    if "author" in (relation, names, identity) or role == "author name" or (names and _SURE.search(names)):
        return 0
    if role and "author" in role:
        return 1
    marks = f"{names or ''} {identity or ''}".strip()
    if _LIKELY.search(marks):
        return 1
    return 2 if _FAINT.search(marks) else None


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element is among comments, teasers, quotes or pictures, which have authors of their own."""
    for one in (element, *element.iterancestors()):
        if one.tag in ("figure", "time", "head"):
            return True
        if one.tag not in _MAY_BE_ELSEWHERE:
            continue
        if _NOT_THE_AUTHOR.search(one.get("class") or "") or _NOT_THE_AUTHOR.search(one.get("id") or ""):
            return True
    return False


def _name_parts(element: HtmlElement) -> Iterator[str]:
    """Yield the texts in an element but for dates and pictures."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_PART_OF_A_NAME:
            yield " | " if child.tag in _OWN_LINE else " "
            yield from _name_parts(child)
        if child.tail:
            yield " | " if child.tag in _OWN_LINE else " "
            yield child.tail
