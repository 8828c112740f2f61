"""Notices that a page does not exist, which some sites' templates carry on every page, and where they stand in a tree.

    text ─▶ sentences ─▶ each says that a page is missing, or follows upon that ─▶ a notice
    tree ─▶ elements whose whole text is a notice, as large as they come ─▶ a tree without them

They are taken out of the tree, not of the text made from it: among short paragraphs an extractor may choose the notice,
and what is hidden is hidden in the tree only. Every sentence must be known, so that none of an article is lost.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from archive.model import Liveness, Removed
from pipelines.notice_words import EXCLAMATIONS, FOLLOW_UPS, MORE_MISSING, PAGE_WORDS
from pipelines.outline import INLINE
from pipelines.signs.phrase_tables.missing import MISSING
from pipelines.signs.phrases import matches
from pipelines.words import finder, plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from lxml.html import HtmlElement

RULE = "missing-page-notice"

BEGINS_WITHIN, SHORT = 20, 80
"""Characters into a sentence by which a notice has come to its point, and of a sentence too short to be a story's."""

LONGEST = 500
"""Characters beyond which a text is no notice."""

MOST_ELEMENTS = 60
"""Elements beyond which one is no notice: its text, links, icons and a search form."""

_PAGE_WORD = finder((word, word) for word in PAGE_WORDS)


def _speaks_of_pages(words: str) -> bool:
    return next(_PAGE_WORD.iter(words), None) is not None


MISSING_PAGE = tuple(
    dict.fromkeys(
        phrase for phrases in (*MISSING.values(), MORE_MISSING) for phrase in phrases if _speaks_of_pages(phrase)
    )
)
"""Phrases that speak of a page, not merely of something that was not found."""

_MISSING_PAGE = finder((phrase, len(phrase)) for phrase in MISSING_PAGE)

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
    if not _speaks_of_pages(lines) or _QUOTES.search(lines):
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
    places = [last - length + 1 for last, length in _MISSING_PAGE.iter(sentence)]
    return bool(places) and (min(places) <= BEGINS_WITHIN or len(sentence) <= SHORT)


def _follows(sentence: str) -> bool:
    return sentence in EXCLAMATIONS or any(phrase in sentence for phrase in FOLLOW_UPS)


def speaks_of_missing(words: str) -> bool:
    """Whether a phrase of such a notice is anywhere in a text, as `words.plain` leaves it; most pages have none."""
    return next(_MISSING_PAGE.iter(words), None) is not None


def _notices(tree: HtmlElement, *, several_lines: bool) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the largest elements whose whole text is a notice, with that text, in document order."""
    body = tree.find("body")
    small = dict.fromkeys(_small(body if body is not None else tree))
    taken: set[HtmlElement] = set()
    for element in small:
        if element in taken or element.getparent() in taken:
            taken.add(element)
            continue
        if element.tag in INLINE or element.tag in NOT_TEXT:
            continue
        for parts in _with_text_below(element, small):
            texts = [_text_of(part) for part in parts]
            text = "\n".join(filter(None, texts))
            if is_notice(text) and (not several_lines or _may_be_of_a_template(element, text)):
                taken.update(parts)
                yield from zip(parts, texts, strict=True)
                break


def _with_text_below(element: HtmlElement, small: Container[HtmlElement]) -> Iterator[tuple[HtmlElement, ...]]:
    """Yield what may be one notice: a heading with the element below it, where its text stands; the element alone."""
    below = element.getnext() if element.tag in HEADINGS else None
    if below is not None and below in small and below.tag not in HEADINGS:
        yield element, below
    yield (element,)


def _may_be_of_a_template(element: HtmlElement, text: str) -> bool:
    quoted = any(ancestor.tag in QUOTING for ancestor in (element, *element.iterancestors()))
    return "\n" in text and not quoted


def _small(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that hold little enough to be a notice, in document order, after one pass over all."""
    sizes: dict[HtmlElement, tuple[int, int]] = {}
    order = [element for element in body.iterdescendants() if isinstance(element.tag, str)]
    for element in reversed(order):
        characters, elements = len((element.text or "").strip()) if element.tag not in NOT_TEXT else 0, 1
        for child in element:
            within = sizes.get(child, (0, 0))
            characters += within[0] + len((child.tail or "").strip())
            elements += within[1]
        sizes[element] = (characters, elements)
    for element in order:
        characters, elements = sizes[element]
        if 0 < characters <= LONGEST and elements <= MOST_ELEMENTS:
            yield element


def _text_of(element: HtmlElement) -> str:
    """Return the text of an element, a line for each of its blocks."""
    text = "".join(_texts(element))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


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
