"""What is known of an article beside its text: structured data first, a search through the page where that is silent.

JSON-LD and meta elements are read once by the document. Nothing of trafilatura's metadata is used: it takes three times
as long for titles with the site's name, authors among newsrooms, and dates after up to 112 ms of search (measured).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipelines import jsonld
from pipelines.authors import authors_of
from pipelines.dates import dates_of
from pipelines.titles import title_of

if TYPE_CHECKING:
    from pipelines.document import Document

DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
IMAGE = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
KEYWORDS = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags", "article:tag")

SECTION = ("article:section", "og:article:section", "parsely-section", "sailthru.section", "article.section", "section")
ACCESS = ("isaccessibleforfree", "article:content_tier", "og:article:content_tier")

_NOT_FREE, _FREE = frozenset({"false", "no", "0", "locked", "metered"}), frozenset({"true", "yes", "1", "free"})
_LINKED_TAG = ('rel="tag"', "rel='tag'", "rel=tag")
_COMMAS = re.compile(r"[,;、，；|]")
_NO_LEAD = re.compile(
    r"logo|favicon|placeholder|sprite|default[-_](?:image|og|share)|\.svg(?:$|\?)|/pixel", re.IGNORECASE
)
"""Addresses of pictures that stand for a site, not for an article."""

MOST_TAGS, MOST_IMAGES, LONGEST_TAG = 50, 50, 100


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
    section: str | None = None
    canonical: str | None = None
    image: str | None = None
    paywalled: bool | None = None


def metadata_of(document: Document) -> Metadata:
    """Return what the page says of itself. Whatever lxml raises is passed on."""
    site_name = site_name_of(document)
    images = _images(document)
    dates = dates_of(document)
    return Metadata(
        title=title_of(document, site_name),
        authors=authors_of(document, site_name),
        published=dates.published,
        modified=dates.modified,
        description=_description(document),
        site_name=site_name,
        tags=_tags(document),
        images=images,
        section=_section(document),
        canonical=_canonical(document),
        image=next((image for image in images if not _NO_LEAD.search(image)), None),
        paywalled=_paywalled(document),
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


def _description(document: Document) -> str | None:
    text = document.said(*DESCRIPTION) or jsonld.first_text((document.article_node or {}).get("description"))
    return " ".join(text.split()) if text else None


def _section(document: Document) -> str | None:
    """Return the part of the newspaper: JSON-LD, meta, microdata, else the first step of the breadcrumbs below home."""
    node = document.article_node or {}
    said = jsonld.first_text(node.get("articleSection")) or document.said(*SECTION) or document.said("articlesection")
    if said:
        return " ".join(said.split())[:LONGEST_TAG]
    steps = [
        _step(item) for one in document.structured if "BreadcrumbList" in jsonld.types(one) for item in _items(one)
    ]
    return next((step for step in steps[1:-1] if step), None)


def _items(trail: jsonld.Node) -> list[Any]:
    return jsonld.as_list(trail.get("itemListElement"))


def _step(item: Any) -> str | None:
    """Return the name of a step of breadcrumbs; it may stand in the step or in what the step leads to."""
    if not isinstance(item, dict):
        return None
    inner = item.get("item")
    name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
    return " ".join(name.split())[:LONGEST_TAG] if isinstance(name, str) else None


def _tags(document: Document) -> tuple[str, ...]:
    """Return keywords in their order: those of the article, those of the head, or those that the page links as tags."""
    node = document.article_node or {}
    values = [
        *filter(None, map(jsonld.first_text, jsonld.as_list(node.get("keywords")))),
        *(value for name in KEYWORDS for value in document.meta.get(name, ())),
    ]
    if not values and document.tree is not None and any(mark in document.markup for mark in _LINKED_TAG):
        values = [link.text_content() for link in document.tree.iter("a") if link.get("rel") == "tag"]
    tags = (" ".join(tag.split()) for value in values for tag in _COMMAS.split(value))
    return tuple(dict.fromkeys(tag for tag in tags if tag and len(tag) <= LONGEST_TAG))[:MOST_TAGS]


def _images(document: Document) -> tuple[str, ...]:
    """Return absolute addresses of the pictures: those named for sharing, then those inside the article element."""
    node = document.article_node or {}
    pictures: list[Any] = [value for name in IMAGE for value in document.meta.get(name, ())]
    pictures += [_address(image) for image in jsonld.as_list(node.get("image"))]
    article = document.tree.find(".//article") if document.tree is not None else None
    if article is not None:
        inside = islice(article.iter("img"), MOST_IMAGES)
        pictures += [image.get("src") or image.get("data-src") for image in inside]
    absolute = (_absolute(picture, document) for picture in pictures if isinstance(picture, str))
    return tuple(dict.fromkeys(picture for picture in absolute if picture))[:MOST_IMAGES]


def _address(image: Any) -> Any:
    return image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image


def _absolute(reference: str, document: Document) -> str | None:
    return reference if reference.startswith(("https://", "http://")) else document.absolute(reference)


def _canonical(document: Document) -> str | None:
    """Return the address that the page declares as its own (RFC 6596), or that it wants to be shared by."""
    shared = document.said("og:url")
    return document.canonical or (document.absolute(shared) if shared else None)


def _paywalled(document: Document) -> bool | None:
    """Return whether the page says that not everybody may read it whole; None if it says nothing.

    schema.org's isAccessibleForFree, of the article or of a part of it (hasPart), and the tier that Facebook asks for.
    """
    node = document.article_node or {}
    parts = [part for part in jsonld.as_list(node.get("hasPart")) if isinstance(part, dict)]
    said = [one.get("isAccessibleForFree") for one in (node, *parts)]
    if not any(value is not None for value in said):
        said = [one.get("isAccessibleForFree") for one in document.structured if not jsonld.is_about_another(one)]
    said += [value for name in ACCESS for value in document.meta.get(name, ())]
    words = {str(value).rsplit("/", 1)[-1].strip().lower() for value in said if value is not None}
    if not words.isdisjoint(_NOT_FREE):
        return True
    return None if words.isdisjoint(_FREE) else False
