"""The address that a page declares for its article (link rel=canonical, RFC 6596), where that can be one.

Sites write nonsense there: their home page on every page, the section, another site's address. What is returned is an
address of the page's own site, that of an article by its looks, and another one than the page's. Whether the page is
that article, its text has to say (archive/joins.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.discovery.shapes import SHORT_SLUG_WORDS, shape_of

if TYPE_CHECKING:
    from pipelines.document import Document

_LONGEST = 2_000
"""Characters; the limits of sitemaps.org and of browsers' address bars lie there too."""


def canonical_elsewhere(document: Document) -> str | None:
    """Return the other address that a page declares for its article, or None."""
    said = document.canonical
    if said is None or said == document.page.url:
        return None
    from pipelines.discovery.addresses import absolute, host_of, site_of  # noqa: PLC0415 - most pages name themselves

    address = absolute(said.partition("#")[0], document.base, _LONGEST)
    if address is None or not document.host or site_of(host_of(address)) != site_of(document.host):
        return None
    return address if _looks_like_an_article(address) else None


def _looks_like_an_article(address: str) -> bool:
    shape = shape_of(address)
    if shape.lists or shape.file:
        return False
    return shape.identifier or bool(shape.segments and (shape.date or shape.slug_words >= SHORT_SLUG_WORDS))
