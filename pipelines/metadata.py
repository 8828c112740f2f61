"""What is known of an article beside its text: structured data first, a search through the page where that is silent.

JSON-LD and meta elements are read once by the document. Of trafilatura's metadata only its cleaning of names is used:
its reading of JSON-LD, tags and licences is half the time that it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trafilatura.json_metadata import normalize_authors

from pipelines import dates, jsonld
from pipelines.byline import byline
from pipelines.titles import title_of
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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

MOST_AUTHORS, MOST_TAGS, MOST_IMAGES = 20, 50, 50
LONGEST_NAME, LONGEST_TAG = 300, 100


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
    """Return the people who wrote it: JSON-LD, else meta, else the byline."""
    for names in (_structured_authors(document), _meta_authors(document), _byline(document)):
        found = _clean(names, site_name)
        if found:
            return found
    return ()


def _structured_authors(document: Document) -> Iterator[str]:
    """Yield the names of the article's authors who are not organisations; names may be references into the graph."""
    by_id = {node["@id"]: node for node in document.structured if isinstance(node.get("@id"), str) and node.get("name")}
    for author in jsonld.as_list((document.article_node or {}).get("author")):
        one = author
        if isinstance(one, dict) and not one.get("name"):
            one = by_id.get(one.get("@id", ""), one)
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict) and "Organization" not in " ".join(jsonld.types(one)):
            yield from (name for name in jsonld.as_list(one.get("name")) if isinstance(name, str))


def _meta_authors(document: Document) -> Iterator[str]:
    """Yield the names of the first meta element that has any; a single word is a nickname or a department."""
    for name in AUTHOR:
        values = [value for value in document.meta.get(name, ()) if " " in value.strip()]
        if values:
            yield from values[:MOST_AUTHORS]
            return


def _byline(document: Document) -> Iterator[str]:
    found = byline(document.tree) if document.tree is not None else None
    if found:
        yield found


def _clean(names: Iterable[str], site_name: str | None) -> tuple[str, ...]:
    """Return names one by one, without "by", addresses and titles; the site's own only where it is the only one."""
    joined: str | None = None
    for name in names:
        if "://" not in name:
            joined = normalize_authors(joined, name[:LONGEST_NAME])
    found = (one.strip() for one in (joined or "").split("; "))
    named = tuple(one for one in found if one)
    people = tuple(one for one in named if plain(one) != plain(site_name or ""))
    return (people or named)[:MOST_AUTHORS]


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
