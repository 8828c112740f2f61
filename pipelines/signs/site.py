"""What the site's other pages teach about this one: its missing page, and texts that many of its addresses repeat.

A page is the site's missing page again if title and heading say the same and it has no text of its own, or if there is
hardly a line on it that the missing page lacks. Own text is what is neither on the missing page nor a story offered
elsewhere, which changes by the hour. Whatever has an article's marks, a heading of its own, or is what the probe
was led to, is no missing page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.imprint import (
    digest_of,
    echo_of,
    echoless_digest_of,
    heading_of,
    lines_of,
    main_text_of,
    name_of,
    places_of,
    teasers_of,
)
from pipelines.missing_answer import bare, has_own_article, is_home
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import MAIN_MESSAGE, NOT_IN_BODY, matches
from pipelines.signs.structure import PROSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model import MissingPage
    from pipelines.document import Document
    from pipelines.imprint import Echo

REPEATED = 2
"""Other addresses of a site with the same main text from which it is an error page or a wall: found at the third."""

OWN_TEXT = 150
"""Weight of text that is not on the missing page from which a page has something to say."""

KNOWN_TEXT = 0.9
"""Share of a page's lines, by weight, from which it says nothing but what the missing page says."""

LONG_PROSE = PROSE[1][0]
"""Weight of prose from which a page that calls itself an article is one, though other addresses carry it too."""

WALLS = frozenset({Liveness.LOGIN, Liveness.CONSENT, Liveness.PAYWALL, Liveness.BLOCKED})


def missing_page(document: Document) -> Iterator[Signal]:
    """See a page that is its site's missing page again."""
    missing = document.site.missing_page if document.site else None
    if missing is None or missing.answer != "page" or document.kind != "markup" or not document.outline.blocks:
        return
    if _is_a_place(document, missing) or has_own_article(document):
        return
    echo = echo_of(document)
    title, heading = name_of(document.title, echo), name_of(heading_of(document), echo)
    if title != missing.title or heading != missing.heading:
        return
    own, shown = _own_text(document, missing, echo)
    if own < OWN_TEXT:
        said = heading_of(document) or document.title
        yield signal("site.missing-page", Liveness.SOFT_404, f"what the site shows for a missing page: {said}")
    elif own <= (1 - KNOWN_TEXT) * shown and own < 2 * OWN_TEXT:
        yield signal("site.missing-page", Liveness.SOFT_404, f"{own} of {shown} characters are not on the missing page")


def _is_a_place(document: Document, missing: MissingPage) -> bool:
    """Whether an address was asked for that is a page of its own: the front page, or where unknown addresses lead."""
    asked = document.page.requested_url
    return is_home(asked) or (bare(asked) == bare(missing.answered) != bare(missing.asked))


def _own_text(document: Document, missing: MissingPage, echo: Echo) -> tuple[int, int]:
    """Return the weight of the text that is neither on the missing page nor of stories elsewhere, and that of all.

    Stops where a page has enough of its own, whatever follows.
    """
    known, places = lines_of(missing), places_of(missing)
    own = shown = 0
    blocks = document.outline.blocks
    for block, teases in zip(blocks, teasers_of(blocks), strict=True):
        shown += block.weight
        if block.is_links or block.teases or (teases and block.place in places):
            continue
        if digest_of(block.text) not in known and echoless_digest_of(block.text, echo) not in known:
            own += block.weight
            if own >= 2 * OWN_TEXT:
                break
    return own, shown


def repeated(document: Document) -> Iterator[Signal]:
    """See a main text that other addresses of the site carry too."""
    if document.site is None or not document.site.repeated:
        return
    others = document.site.repeated.get(remembered_text(document) or "", 0)
    if others >= REPEATED:
        yield signal("site.repeated-text", _wall(document), f"{others} other addresses of the site say the same")


def remembered_text(document: Document) -> str | None:
    """Return the digest by which a page's site remembers what it says; None for articles, which nothing turns dead."""
    return None if _is_article(document) else main_text_of(document)


def _is_article(document: Document) -> bool:
    """Whether a page is an article by its head and by its length: published at several addresses, not missing."""
    return document.outline.prose >= LONG_PROSE and has_own_article(document)


def _wall(document: Document) -> Liveness:
    """Return what a repeated text says that it is: a wall, else an error page."""
    titles = [document.title, *document.outline.headings("h1", "h2")]
    texts = [block.text for block in document.outline.blocks if block.is_prose] or [document.outline.without_scripts]
    found = [match for text in titles for match in matches(text) if match.share >= MAIN_MESSAGE]
    found += [match for text in texts for match in matches(text[:LONG_PROSE]) if match.liveness not in NOT_IN_BODY]
    first = next((match.liveness for match in found if match.liveness in {*WALLS, Liveness.SOFT_404}), None)
    return first or Liveness.SOFT_404


SIGNS: tuple[Sign, ...] = (missing_page, repeated)
