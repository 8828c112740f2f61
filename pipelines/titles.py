"""The title of an article: the heading a reader sees where the head agrees with it, without the site's name.

Half of all wrong titles have a site's name left on (measured). So: the first h1 that agrees with og:title, the JSON-LD
headline or the title element; else the best of those, less the site's name. A page whose head says nothing has the
first h1 that is no message about missing pages, logins and the like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipelines import jsonld
from pipelines.signs.phrases import matches
from pipelines.words import plain

if TYPE_CHECKING:
    from pipelines.document import Document

SEPARATOR = re.compile(r"\s+[|\-–—·•»«:›/~⋆*]+\s+|\s*[|｜]\s*|\s+::\s+")
SHORTEST = 8
"""Characters from which an h1 inside a longer title is no accident."""

_NOT_LETTERS = re.compile(r"[\W_]+")


def title_of(document: Document, site_name: str | None) -> str | None:
    """Return the title on one line, or None."""
    stated = [text for text in candidates(document) if text]
    comparable = [plain(text) for text in stated]
    headings = document.outline.headings("h1")
    for heading in headings:
        own = plain(heading)
        if any(own == other or (len(own) >= SHORTEST and own in other) for other in comparable):
            return heading
    for text in stated:
        return without_site(text, site_names(document, site_name))
    return next((heading for heading in headings if not matches(heading)), None) or next(iter(headings), None)


def candidates(document: Document) -> tuple[str | None, ...]:
    """Return what the head calls the page, most reliable first."""
    node = document.article_node or {}
    return tuple(
        " ".join(text.split()) if text else None
        for text in (
            document.said("og:title"),
            jsonld.first_text(node.get("headline")),
            document.said("twitter:title", "dc.title", "dcterms.title", "citation_title", "title", "headline"),
            document.title,
        )
    )


def site_names(document: Document, site_name: str | None) -> frozenset[str]:
    """Return the site's names by which a title's part is known to be one, letters only."""
    host = document.host
    names = {site_name or "", host, host.partition(".")[0], document.said("application-name") or ""}
    return frozenset(_letters(name) for name in names if len(_letters(name)) > 1)


def without_site(title: str, names: frozenset[str]) -> str:
    """Return the title less a first or last part that is a name of the site."""
    parts = list(SEPARATOR.finditer(title))
    if not parts:
        return title
    last, first = title[parts[-1].end() :], title[: parts[0].start()]
    if _is_name(last, names):
        return title[: parts[-1].start()].strip() or title
    if _is_name(first, names):
        return title[parts[0].end() :].strip() or title
    return title


def _is_name(part: str, names: frozenset[str]) -> bool:
    letters = _letters(part)
    return bool(letters) and any(letters == name or _mostly(letters, name) or _mostly(name, letters) for name in names)


def _mostly(part: str, whole: str) -> bool:
    """Whether one name is most of another ("Example" of "Example News")."""
    return part in whole and 2 * len(part) >= len(whole)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())
