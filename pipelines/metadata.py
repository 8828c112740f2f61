"""What is known of an article beside its text: structured data first, a search through the page where that is silent.

JSON-LD and meta elements are read once by the document. Of trafilatura's metadata only its cleaning of names is used:
its reading of JSON-LD, tags and licences is half the time that it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from pipelines import dates, jsonld
from pipelines.byline import bylines
from pipelines.people import is_organisation, people, says_by
from pipelines.shown_dates import lines_beside_headline
from pipelines.titles import SEPARATOR, title_of

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
DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
IMAGE = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
KEYWORDS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "article:tag")

_FAMILY_NAME_FIRST = frozenset({"citation_author", "dc.creator", "dcterms.creator"})

MOST_AUTHORS, MOST_BYLINES, MOST_TAGS, MOST_IMAGES = 20, 3, 50, 50
LONGEST_TAG, LONGEST_BYLINE = 100, 60


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an Article that are not its text; see archive.model for their shapes."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    description: str | None
    site_name: str | None
    tags: tuple[str, ...]
    images: tuple[str, ...]


def metadata_of(document: Document) -> Metadata:
    """Return what the page says of itself. Whatever htmldate or lxml raise is passed on."""
    site_name = site_name_of(document)
    return Metadata(
        title=title_of(document, site_name),
        authors=_authors(document, site_name),
        published=dates.published(document),
        modified=dates.modified(document),
        description=_description(document),
        site_name=site_name,
        tags=_tags(document),
        images=_images(document),
    )


def site_name_of(document: Document) -> str | None:
    """Return what the page calls the site that it is on, or None."""
    node = document.article_node or {}
    sites = (one for one in document.structured if "WebSite" in jsonld.types(one))
    return (
        document.said("og:site_name")
        or jsonld.first_text(_named(node.get("publisher")))
        or next((name for site in sites if (name := jsonld.first_text(site.get("name")))), None)
        or document.said("application-name")
    )


def _named(value: Any) -> list[Any]:
    """Return the names of persons and organisations in a value; plain strings stay."""
    return [one.get("name") if isinstance(one, dict) else one for one in jsonld.as_list(value)]


def _authors(document: Document, site_name: str | None) -> tuple[str, ...]:
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
        elif isinstance(one, dict) and ("Person" in (kinds := " ".join(jsonld.types(one))) or "Organization" not in kinds):
            yield from (name for name in jsonld.as_list(one.get("name")) if isinstance(name, str))


def _meta_authors(document: Document) -> list[str]:
    """Return the names of the first meta element that has any."""
    for name in AUTHOR:
        values = [value for value in document.meta.get(name, ()) if "://" not in value]
        if values:
            return [_turned(value) for value in values] if name in _FAMILY_NAME_FIRST else values[:MOST_AUTHORS]
    return []


def _turned(name: str) -> str:
    """Return "Brand, Ada" as "Ada Brand"."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name


def _bylines(document: Document) -> Iterator[tuple[str, ...]]:
    """Yield the texts of elements that are marked as bylines, up to one of an organisation: what follows is another's."""
    if document.tree is not None:
        for texts in islice(bylines(document.tree), MOST_BYLINES):
            yield texts
            if is_organisation(texts[0]):
                return


def _lines_of_authors(document: Document) -> Iterator[str]:
    """Yield the lines that begin with "by": those beside the headline, then those anywhere."""
    anywhere = (block.text for block in document.outline.blocks if len(block.text) <= LONGEST_BYLINE and not block.teases)
    return filter(says_by, chain(lines_beside_headline(document), anywhere))


def _description(document: Document) -> str | None:
    text = document.said(*DESCRIPTION) or jsonld.first_text((document.article_node or {}).get("description"))
    return " ".join(text.split()) if text else None


def _tags(document: Document) -> tuple[str, ...]:
    """Return keywords in their order, those of the article before those of the head."""
    node = document.article_node or {}
    values = [
        *(value for value in jsonld.as_list(node.get("keywords")) if isinstance(value, str)),
        *(value for name in KEYWORDS for value in document.meta.get(name, ())),
    ]
    tags = (" ".join(tag.split()) for value in values for tag in value.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag and len(tag) <= LONGEST_TAG))[:MOST_TAGS]


def _images(document: Document) -> tuple[str, ...]:
    """Return absolute addresses of the pictures: those named for sharing, then those inside the article element."""
    node = document.article_node or {}
    pictures: list[Any] = [value for name in IMAGE for value in document.meta.get(name, ())]
    pictures += [image.get("url") if isinstance(image, dict) else image for image in jsonld.as_list(node.get("image"))]
    article = document.tree.find(".//article") if document.tree is not None else None
    if article is not None:
        pictures += [image.get("src") or image.get("data-src") for image in article.iter("img")]
    absolute = (document.absolute(picture) for picture in pictures if isinstance(picture, str))
    return tuple(dict.fromkeys(picture for picture in absolute if picture))[:MOST_IMAGES]
