"""Who wrote an article: people, as JSON-LD names them, else meta elements, else the byline.

author of the JSON-LD ─▶ meta ─▶ elements marked as bylines ─▶ lines that begin with "by"
each: names of people (pipelines/people.py), less those of the site ─▶ the first place that names any
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from pipelines import jsonld
from pipelines.byline import bylines
from pipelines.people import is_organisation, labels_authors, people, says_by
from pipelines.shown_dates import lines_beside_headline
from pipelines.titles import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

AUTHOR = (
    *(
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "dc:creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
    ),
    *(
        "citation_author",
        "og:article:author",
        "og:author",
        "creator",
        "authors",
        "dcsext.author",
        "article:author_name",
    ),
)
_FAMILY_NAME_FIRST = frozenset({"citation_author", "dc.creator", "dcterms.creator"})

MOST_TEXTS, MOST_BYLINES, LONGEST_BYLINE = 20, 3, 60
"""Texts of one meta element and bylines that are looked at, and characters of a line that begins with "by"."""


def authors_of(document: Document, site_name: str | None) -> tuple[str, ...]:
    """Return the people who wrote it: JSON-LD, else meta, else the byline; people of one name only where none has two.

    The site's own name is that of a person only where JSON-LD says so and nobody else is named.
    """
    site = {*_names_of(document, "Organization"), *_names_of(document, "WebSite"), *SEPARATOR.split(site_name or "")}
    single: tuple[str, ...] = ()
    sources = (_structured_authors(document), _meta_authors(document))
    for texts in chain(sources, _bylines(document)):
        found = people(texts, site)
        if any(" " in name or not name.isascii() for name in found):
            return found
        single = single or found
    if single:
        return single
    for line in _lines_of_authors(document):
        found = people((line,), site)
        if any(" " in name or not name.isascii() for name in found):
            return found
    return tuple(name for name in people(site & {*_names_of(document, "Person")}) if " " in name)


def _names_of(document: Document, kind: str) -> Iterator[str]:
    """Yield the names of all that the JSON-LD says to be of a kind."""
    for node in document.structured:
        kinds = " ".join(jsonld.types(node))
        if kind in kinds and (kind == "Person" or "Person" not in kinds):
            yield from (name for name in jsonld.as_list(node.get("name")) if isinstance(name, str))


def _structured_authors(document: Document) -> Iterator[str]:
    """Yield the names of the article's authors who are not organisations; names may be references into the graph."""
    by_id = {node["@id"]: node for node in document.structured if isinstance(node.get("@id"), str) and node.get("name")}
    node = document.article_node or {}
    for author in jsonld.as_list(node.get("author") or node.get("creator")):
        one = author
        if isinstance(one, dict) and not one.get("name"):
            one = by_id.get(one.get("@id", ""), one)
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and (
            "Person" in (kinds := " ".join(jsonld.types(one))) or "Organization" not in kinds
        ):
            yield from (name for name in jsonld.as_list(one.get("name")) if isinstance(name, str))


def _meta_authors(document: Document) -> list[str]:
    """Return the names of the first meta element that has any, or those under a label of Twitter's that says "by"."""
    for name in AUTHOR:
        values = [value for value in document.meta.get(name, ()) if "://" not in value]
        if values:
            return [_turned(value) for value in values] if name in _FAMILY_NAME_FIRST else values[:MOST_TEXTS]
    labelled = ((document.said(f"twitter:label{one}"), document.said(f"twitter:data{one}")) for one in "12")
    return [data for label, data in labelled if label and data and labels_authors(label)]


def _turned(name: str) -> str:
    """Return "Brand, Ada" as "Ada Brand"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


def _bylines(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the texts of elements marked as bylines, up to one of an organisation: what follows is another's."""
    if document.tree is not None:
        for texts in islice(bylines(document.tree), MOST_BYLINES):
            yield texts
            if is_organisation(texts[0]):
                return


def _lines_of_authors(document: Document) -> Iterator[str]:
    """Yield the lines that begin with "by": those beside the headline, then those anywhere."""
    anywhere = (
        block.text for block in document.outline.blocks if len(block.text) <= LONGEST_BYLINE and not block.teases
    )
    return filter(says_by, chain(lines_beside_headline(document), anywhere))
