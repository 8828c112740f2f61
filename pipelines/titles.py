"""The title of an article: the heading a reader sees where the head agrees with it, without the site's name.

    stated (og:title, JSON-LD headline, title element …) ─▶ less the site's name
    headings ─▶ those that are no name of the site, nor a link to its first page
             ─▶ equal to one stated, else in one, else an h1 of its words, else an h2 or h3 that begins or ends one
    none of them ─▶ the best that is stated, or that part of it which stands on the page by itself

Half of all wrong titles have a site's name left on, and a third are a headline for search engines where readers see
another (measured on the development pages, 2026-11). A page whose head says nothing has the first h1 that is no message
about missing pages, logins and the like.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipelines import jsonld
from pipelines.signs.phrases import matches
from pipelines.words import letters, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipelines.document import Document

SEPARATOR = re.compile(
    r"\s+[|\-–—·•»«:›/~⋆*@]+\s+|\s*[|｜]\s*|\s+::\s+|(?<=[^\x00-\u02ff])\s?[-_–—]+\s?(?=[^\x00-\u02ff])"
)
"""What stands between a title and a site's name; Chinese and Japanese pages leave the spaces out."""

_COLON = ": "
_PARTED = re.compile(rf"{SEPARATOR.pattern}|[:：]\s+")
"""The same and colons, which stand within titles too: they part where one of the parts is on the page by itself."""

SHORTEST = 8
"""Characters from which an h1 inside a longer title is no accident."""

LONGEST, MOST_HEADINGS, MOST_PARTS = 1_000, 50, 10
"""Characters of a stated title, headings of a kind and parts of a title that are looked at."""

ALIKE = 0.5
"""Share of an h1's words, or of a stated title's if those are fewer, that both must have to be two wordings of one."""

_BEFORE_HOST = re.compile(r"^https?://(?:www\.)?")
_FIRST_PAGE = re.compile(r"(?:(?<=/)(?:index|default)\.\w+)?(?:#.*)?$")
_WORDS = re.compile(r"[^\W_]{3,}|[\u3040-\u30ff\u3400-\u9fff]")
_FEWEST_SHARED = 2
_SUBHEADS = ("h2", "h3")


def title_of(document: Document, site_name: str | None) -> str | None:
    """Return the title on one line, or None."""
    home = _homeward(document)
    names = site_names(document, site_name) | frozenset(map(letters, home))
    stated = [text[:LONGEST] for text in candidates(document) if text]
    bare = list(dict.fromkeys(without_site(text, names) for text in stated))
    headings = [one for one in document.outline.headings("h1")[:MOST_HEADINGS] if one not in home]
    subheads = document.outline.headings(*_SUBHEADS)[:MOST_HEADINGS]
    beside = _beside_others((*headings, *subheads), stated, names)
    own = [heading for heading in headings if not _is_name(heading, names) and plain(heading) not in beside]
    return (
        _equal(own, (*stated, *bare))
        or _within(own, stated)
        or _reworded(own, bare, document)
        or _equal(subheads, bare[:1])
        or _end(subheads, bare)
        or next((_shown_part(text, document) for text in bare if not _is_name(text, names)), None)
        or next((heading for heading in own if not matches(heading)), None)
        or next(iter([*headings, *bare, *home]), None)
    )


def _homeward(document: Document) -> tuple[str, ...]:
    """Return the first headings that do nothing but lead to an address above the page's own, as names of sites do."""
    heads = (block for block in document.outline.blocks if block.tag == "h1")
    return tuple(
        block.text
        for block in islice(heads, MOST_HEADINGS)
        for span in block.spans[:1]
        if span.target and span.ends - span.begins == len(block.text) and _is_above(span.target, document)
    )


def _is_above(reference: str, document: Document) -> bool:
    """Whether a reference leads to a folder that the page is in, or to its first page."""
    address = document.absolute(reference)
    if not address or "?" in address:
        return False
    folder = _FIRST_PAGE.sub("", _BEFORE_HOST.sub("", address)).rstrip("/") + "/"
    page = _BEFORE_HOST.sub("", document.page.url)
    return page.startswith(folder) and page != folder


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
    """Return the site's names by which a title's part is known to be one, letters only.

    Some sites put the title where their name belongs; a name with all of the title in it is none.
    """
    host = document.host
    labels = host.split(".")
    names = {site_name or "", host, labels[0], *labels[-2:-1], document.said("application-name") or ""}
    title = letters(next(filter(None, candidates(document)), ""))
    return frozenset(one for name in names if len(one := letters(name)) > 1 and not (title and title in one))


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


def _beside_others(headings: Sequence[str], stated: Sequence[str], names: frozenset[str]) -> set[str]:
    """Return what title elements have beside a heading, as a site's name stands: shorter, and not stated by itself."""
    shown = set(map(plain, headings))
    whole = [plain(title) for title in stated]
    return {
        part
        for title in whole
        for part, rest in _halves(title)
        if len(part) <= len(rest) and rest in shown and not _is_name(rest, names)
    }.difference(whole)


def _halves(title: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part a title at a separator, as (what may be the site's name, the rest)."""
    for separator in islice(_PARTED.finditer(title), MOST_PARTS):
        before, after = title[: separator.start()], title[separator.end() :]
        yield before, after
        yield after, before


def _equal(headings: Sequence[str], stated: Sequence[str]) -> str | None:
    """Return the heading that is stated; of several, the one that is stated more reliably."""
    by_words = {plain(heading): heading for heading in reversed(headings)}
    return next((by_words[own] for text in stated if (own := plain(text)) in by_words), None)


def _within(headings: Sequence[str], stated: Sequence[str]) -> str | None:
    """Return the heading that is part of what is stated; of several, the one that is part of the more reliable."""
    long = [(plain(heading), heading) for heading in headings if len(plain(heading)) >= SHORTEST]
    return next((heading for text in map(plain, stated) for own, heading in long if own in text), None)


def _end(headings: Sequence[str], stated: Sequence[str]) -> str | None:
    """Return the heading that is the longest beginning or end of what is stated, up to or from a separator."""
    by_words = {plain(heading): heading for heading in reversed(headings)}
    ends = (own for text in stated for half in _halves(text) for own in map(plain, half) if len(own) >= SHORTEST)
    found = [end for end in ends if end in by_words]
    return by_words[max(found, key=len)] if found else None


def _reworded(headings: Sequence[str], bare: Sequence[str], document: Document) -> str | None:
    """Return the first h1 that shares most words with a stated title, or with the page's address.

    One that ends with a stated title has a kicker or a date before it, which is no part of the title.
    """
    wordings = [set(_WORDS.findall(plain(text))) for text in (*bare, document.page.url)]
    for heading in headings:
        own = plain(heading)
        for text in bare:
            if len(text) >= SHORTEST and own.endswith(plain(text)):
                return text
        words = set(_WORDS.findall(own))
        for other in wordings:
            if len(words & other) >= max(_FEWEST_SHARED, ALIKE * min(len(words), len(other))):
                return heading
    return None


def _shown_part(title: str, document: Document) -> str:
    """Return the longest beginning or end of a title that stands on the page by itself; else all of it.

    What stands before a colon and is shown as well is a kicker, and part of the title.
    """
    halves = [(part, rest) for part, rest in _halves(title) if len(part) >= SHORTEST]
    if not halves:
        return title
    shown = {plain(block.text).rstrip(":") for block in document.outline.blocks}
    if plain(title) in shown:
        return title
    alone = [part for part, rest in halves if plain(part) in shown and not (_COLON in title and plain(rest) in shown)]
    return max(alone, key=len, default=title)


def _is_name(part: str, names: frozenset[str]) -> bool:
    said = letters(part)
    return bool(said) and any(said == name or _mostly(said, name) or _mostly(name, said) for name in names)


def _mostly(part: str, whole: str) -> bool:
    """Whether one name is most of another ("Example" of "Example News")."""
    return part in whole and 2 * len(part) >= len(whole)
