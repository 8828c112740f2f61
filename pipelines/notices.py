"""Notices that a page does not exist, which some sites' templates carry on every page, and where they stand in a tree.

    text ─▶ sentences ─▶ each says that a page is missing, or follows upon that ─▶ a notice
    tree ─▶ elements whose whole text is a notice, as large as they come ─▶ a tree without them

They are taken out of the tree, not of the text made from it: among short paragraphs an extractor may choose the notice,
and what is hidden is hidden in the tree only. Every sentence must be known, so that none of an article is lost.
"""

from __future__ import annotations

import copy
import re
from itertools import islice
from typing import TYPE_CHECKING

from archive.model import Liveness, Removed
from pipelines.notice_words import EXCLAMATIONS, FOLLOW_UPS, MORE_MISSING, PAGE_WORDS
from pipelines.outline import INLINE
from pipelines.signs.phrase_tables.missing import MISSING
from pipelines.signs.phrases import matches
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

RULE = "missing-page-notice"

BEGINS_WITHIN, SHORT = 20, 80
"""Characters into a sentence by which a notice has come to its point, and of a sentence too short to be a story's."""

LONGEST = 500
"""Characters beyond which a text is no notice."""

MISSING_PAGE = tuple(
    dict.fromkeys(
        phrase
        for phrases in (*MISSING.values(), MORE_MISSING)
        for phrase in phrases
        if any(word in phrase for word in PAGE_WORDS)
    )
)
"""Phrases that speak of a page, not merely of something that was not found."""

NOT_TEXT = frozenset({"script", "style"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
QUOTING = frozenset({"blockquote", "q", "figure", "cite", "code", "pre"})
"""Elements that quote a notice, and so belong to an article."""

_SENTENCES = re.compile(r"(?<=[.!?。！？…])\s*|\n")
_AROUND = " .!?。！？…:-–¡¿"
_QUOTES = re.compile(r"[\"“”„«»「」‘]")


def is_notice(text: str) -> bool:
    """Whether every sentence belongs to a notice that a page does not exist; never where words are quoted."""
    lines = "\n".join(map(plain, text.splitlines()))
    if not any(word in lines for word in PAGE_WORDS) or _QUOTES.search(lines):
        return False
    sentences = [known for sentence in _SENTENCES.split(lines) if (known := sentence.strip(_AROUND))]
    says = [_says_missing(sentence) for sentence in sentences]
    return any(says) and all(said or _follows(sentence) for said, sentence in zip(says, sentences, strict=True))


def is_about_missing_pages(titles: Iterable[str]) -> bool:
    """Whether a title speaks of missing pages: then its article may show what such a notice says."""
    return any(match.liveness is Liveness.SOFT_404 for title in titles for match in matches(title))


def without_notices(tree: HtmlElement, titles: Iterable[str]) -> tuple[HtmlElement, tuple[Removed, ...]]:
    """Return the tree without its notices, and their words; the tree itself where it has none, never changed.

    On a page that is about missing pages by its title, only a heading with its text is a notice, and only outside what
    quotes it.
    """
    if not _speaks_of_missing(tree):
        return tree, ()
    found = dict(_notices(tree, several_lines=is_about_missing_pages(titles)))
    if not found:
        return tree, ()
    places = {place for place, element in enumerate(tree.iter()) if element in found}
    rest = copy.deepcopy(tree)
    for element in [element for place, element in enumerate(rest.iter()) if place in places]:
        element.drop_tree()
    return rest, tuple(Removed(RULE, " ".join(text.split())) for text in found.values())


def _says_missing(sentence: str) -> bool:
    """Whether a sentence says that a page is missing; far into a sentence of some length it is somebody's words."""
    places = [place for phrase in MISSING_PAGE if (place := sentence.find(phrase)) >= 0]
    return bool(places) and (min(places) <= BEGINS_WITHIN or len(sentence) <= SHORT)


def _follows(sentence: str) -> bool:
    return sentence in EXCLAMATIONS or any(phrase in sentence for phrase in FOLLOW_UPS)


def _speaks_of_missing(tree: HtmlElement) -> bool:
    """Whether a phrase of such a notice is anywhere in the tree's text; most pages have none, and are done."""
    words = plain(" ".join(text for element in tree.iter() for text in _own_texts(element)))
    return any(phrase in words for phrase in MISSING_PAGE)


def _own_texts(element: HtmlElement) -> Iterator[str]:
    if element.text and element.tag not in NOT_TEXT:
        yield element.text
    if element.tail:
        yield element.tail


def _notices(tree: HtmlElement, *, several_lines: bool) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the largest elements whose whole text is a notice, with that text, in document order."""
    body = tree.find("body")
    taken: set[HtmlElement] = set()
    for element in (body if body is not None else tree).iterdescendants():
        if not isinstance(element.tag, str) or element.tag in INLINE or element.tag in NOT_TEXT:
            continue
        if element in taken:
            continue
        if element.getparent() in taken:
            taken.add(element)
            continue
        parts = _with_text_below(element)
        texts = [_text_of(part) for part in parts]
        whole = "\n".join(text for text in texts if text)
        if None in texts or not is_notice(whole) or (several_lines and not _may_be_of_a_template(element, whole)):
            parts, texts = parts[:1], texts[:1]
            whole = texts[0] or ""
            if not is_notice(whole) or (several_lines and not _may_be_of_a_template(element, whole)):
                continue
        taken.update(parts)
        yield from zip(parts, map(str, texts), strict=True)


def _with_text_below(element: HtmlElement) -> tuple[HtmlElement, ...]:
    """Return the element, and with a heading the element below it, where the heading's text stands."""
    below = element.getnext() if element.tag in HEADINGS else None
    return (element, below) if below is not None and below.tag not in HEADINGS else (element,)


def _may_be_of_a_template(element: HtmlElement, text: str) -> bool:
    quoted = any(ancestor.tag in QUOTING for ancestor in (element, *element.iterancestors()))
    return "\n" in text and not quoted


def _text_of(element: HtmlElement) -> str | None:
    """Return the text of an element, a line for each of its blocks; None if it is too long for a notice."""
    texts = list(islice(_texts(element), LONGEST))
    text = "".join(texts)
    if len(texts) == LONGEST or len(text) > 2 * LONGEST:
        return None
    text = "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))
    return text if len(text) <= LONGEST else None


def _texts(element: HtmlElement) -> Iterator[str]:
    """Yield the texts of an element in order, with a line break wherever a block begins or ends, spaces for others."""
    if element.text and element.tag not in NOT_TEXT:
        yield element.text.replace("\n", " ")
    for child in element:
        breaks = child.tag not in INLINE
        if breaks:
            yield "\n"
        yield from _texts(child)
        if breaks:
            yield "\n"
        if child.tail:
            yield child.tail.replace("\n", " ")
