"""Dates in elements that are marked as such: microdata, RDFa, hAtom and <time>, outside comments and teasers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines.newsroom_time import DAY_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.document import Document

_ROLES = ("datePublished", "dateModified", "dateCreated")
_MARKED = {role: f".//*[@itemprop='{role}' or @property='{role}' or @property='schema:{role}']" for role in _ROLES}
_MARKS = tuple(f"{mark}{quote}" for mark in ("itemprop=", "property=") for quote in ('"', "'", "", '"schema:'))
"""What stands before a role in the markup of such elements: it is looked for there, which costs a tenth."""

_LONGEST_MARK = max(map(len, _MARKS))
SIDEBAR = r"(?<!with.)(?<!has.)(?<!no.)(?<!content.)(?<!w)sidebar"
"""A side column; "with-sidebar" and "content-sidebar-wrap" are names of what has one."""

_BESIDE = re.compile(rf"{SIDEBAR}|related|recommend|comment", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"{_BESIDE.pattern}|aside|teaser|widget|latest|popular|footer", re.IGNORECASE)
_MOST_MARKED, _LONGEST = 20, 64
"""Marked elements that are looked at, and characters of the text of one."""


def marked(document: Document, role: str) -> Iterator[str]:
    """Yield the dates of elements that microdata, RDFa or hAtom marks so, outside comments and teasers."""
    if document.tree is None:
        return
    elements = [
        element for element in document.tree.iter("abbr") if role == _ROLES[0] and "published" in _names(element)
    ]
    if _is_marked(document.markup, role):
        elements += [element for element in document.tree.xpath(_MARKED[role]) if element.tag != "meta"]
    for element in elements[:_MOST_MARKED]:
        if not _is_elsewhere(element, _BESIDE):
            yield element.get("datetime") or element.get("content") or element.get("title") or _text(element)


def times(document: Document) -> Iterator[str]:
    """Yield the machine-readable times that are marked as the date of publication, and one alone in the page."""
    found = _machine_readable(document)
    for element in found[:_MOST_MARKED]:
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
        marked = element.get("pubdate") is not None or "publish" in marks or "entry-date" in marks
        if marked and not _is_elsewhere(element, _ELSEWHERE):
            yield element.get("datetime", "")
    if _say_one_day(found) and not _is_elsewhere(found[0], _BESIDE):
        yield found[0].get("datetime", "")


def lone_time(document: Document) -> Iterator[str]:
    """Yield the one day that the times of a page name, wherever they stand."""
    found = _machine_readable(document)
    return iter([found[0].get("datetime", "")] if _say_one_day(found) else [])


def _is_marked(markup: str, role: str) -> bool:
    """Whether an element of the markup may have a role."""
    place = markup.find(role)
    while place >= 0:
        if markup[max(0, place - _LONGEST_MARK) : place].endswith(_MARKS):
            return True
        place = markup.find(role, place + 1)
    return False


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content()[:_LONGEST].split())


def _machine_readable(document: Document) -> list[HtmlElement]:
    if document.tree is None:
        return []
    return [element for element in document.tree.iter("time") if element.get("datetime")]


def _say_one_day(times: list[HtmlElement]) -> bool:
    return len({element.get("datetime", "")[:DAY_LENGTH] for element in times}) == 1


def _is_elsewhere(element: HtmlElement, names: re.Pattern[str]) -> bool:
    """Whether an element belongs to a teaser, a comment or the furniture of the page, by the names of those around."""
    return any(
        one.tag in ("aside", "nav") or names.search(_names(one))
        for one in element.iterancestors()
        if one.tag not in ("body", "html")
    )
