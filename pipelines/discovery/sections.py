"""Article links of a section page or front page, told from all its other links without knowing the site.

    links ─▶ each by itself ─▶ the company it keeps ─▶ articles
             words, headline,   mean of the links in the same place of the tree,
             path, teaser       and of those whose paths have the same shape

A headline has more words than a menu entry, an article's path a slug, a date or a number; but there are short headlines
and paths that say nothing. What decides then is company: a template puts articles into the same elements, and a site
gives them paths of the same shape. So each link is weighed by itself, and then the means of its company are added.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.discovery.links import LABEL, Link, links_of
from pipelines.discovery.shapes import SHORT_SLUG_WORDS, SLUG_WORDS, Shape, shape_of
from pipelines.document import Document
from pipelines.options import ProcessOptions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model import Page
    from pipelines.discovery.finds import Finds

ENOUGH = 3.0
"""Weight from which a link counts as that of an article; menus come to -3 and less, headlines to 6 and more."""

OF_PLACE, OF_SHAPE = 0.7, 0.5
"""Shares of the means of a link's company that are added to its own weight."""

HEADLINE = 26
"""Characters from which words are a headline wherever they stand."""

TEASER = 60
MOST_TEASER = 1_500


def read_section(page: Page, finds: Finds) -> None:
    """Read a page of links to articles; an address that it breaks off in is none."""
    document = document_of(replace(page, body=page.body[: page.body.rfind(b">") + 1]))
    finds.title = document.title or None
    for line in document.cuts:
        finds.fault(f"It is too much: {line}.")
    links = links_of(document, finds.options.max_address)
    chosen = articles(links)
    if not chosen:
        finds.barren = f"None of its {len(links):,} links to pages of its own site looks like that of an article."
    for link in chosen:
        finds.add(link.url, title=link.words, published=(link.when,) if link.when else ())
    for tag in ("link", "a"):
        for element in document.tree.iter(tag) if document.tree is not None else ():
            if "next" in (element.get("rel") or "").lower().split() and element.get("href"):
                finds.continue_at(element.get("href", ""), document.base)


def document_of(page: Page) -> Document:
    """Return the document of a page that is HTML, whatever its header says; the charset there is kept."""
    document = Document(page, ProcessOptions())
    if document.kind == "markup":
        return document
    _, _, parameters = (page.header("Content-Type") or "").partition(";")
    said = f"text/html;{parameters}".encode("latin-1", "replace")
    rest = tuple(header for header in page.headers if header[0].strip().lower() != b"content-type")
    return Document(replace(page, headers=((b"Content-Type", said), *rest)), ProcessOptions())


def articles(links: list[Link]) -> list[Link]:
    """Return the links that lead to articles, in their order."""
    shapes = {link.url: shape_of(link.url) for link in links}
    candidates = [link for link in links if shapes[link.url].segments and not shapes[link.url].file]
    candidates += [link for link in links if not shapes[link.url].segments and shapes[link.url].identifier]
    parents = _parents(shapes.values())
    weights = {link.url: _weight(link, shapes[link.url], parents) for link in candidates}
    places: defaultdict[int, list[float]] = defaultdict(list)
    patterns: defaultdict[str, list[float]] = defaultdict(list)
    for link in candidates:
        patterns[shapes[link.url].pattern].append(weights[link.url])
        for place in link.places:
            places[place].append(weights[link.url])
    chosen = []
    for link in candidates:
        of_place = max((_mean(places[place]) for place in link.places), default=0.0)
        of_shape = _mean(patterns[shapes[link.url].pattern])
        if weights[link.url] + OF_PLACE * of_place + OF_SHAPE * of_shape >= ENOUGH:
            chosen.append(link)
    return chosen


def _weight(link: Link, shape: Shape, parents: frozenset[tuple[str, ...]]) -> float:
    """Return how much a link by itself looks like that of an article."""
    weight = 0.0
    if link.weight >= HEADLINE:
        weight += 2
    elif link.weight < LABEL:
        weight -= 1
    weight += 2 * link.headline
    weight += (TEASER <= link.beside <= MOST_TEASER) + (link.when is not None)
    weight -= 3 * link.furniture + 3 * link.inline
    if shape.slug_words >= SHORT_SLUG_WORDS:
        weight += 2 if shape.slug_words >= SLUG_WORDS else 1
    weight += 2.5 * shape.date + 1.5 * shape.identifier + 0.5 * shape.page
    weight -= 4 * shape.lists + 2 * (shape.segments in parents)
    if not (shape.date or shape.identifier or shape.slug_words or shape.page):
        weight -= 1.5 if len(shape.segments) == 1 else 1
    return weight


def _parents(shapes: Iterable[Shape]) -> frozenset[tuple[str, ...]]:
    """Return the paths below which two or more others lie: those of sections."""
    below: defaultdict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for shape in shapes:
        for depth in range(1, min(len(shape.segments), 6)):
            below[shape.segments[:depth]].add(shape.segments)
    return frozenset(path for path, paths in below.items() if len(paths) > 1)


def _mean(weights: list[float]) -> float:
    return sum(weights) / len(weights)
