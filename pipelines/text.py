"""The body of an article: trafilatura, called in one place with one set of options.

    tree ─▶ trafilatura, own rules only ─▶ short, or little of the page's prose? ─ no ───────────────▶ body
                                                    └─ yes ─▶ compared with readability and justext ─▶ body

The second opinion costs a third of the time and helps short texts only (measured on 1,832 pages, 2026-11: the same F1
with it where fewer than 500 characters or two fifths of the page's prose were found as with 1,000 and three fifths;
.004 to .006 less without it). Comments cost 0.5 to 1.2 points of F1, images with their captions 1.2, links and
formatting 0.1 to 0.2 (they change which blocks count as lists of links, and whole sentences are lost between them); so
all are left out here. Links and emphasis come back from the page's outline when Markdown is made (rendering.py).

trafilatura's cascade is called below its renderings, which would be made and thrown away (a tenth of its time); where
its version is unknown, by its documented way.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from lxml.etree import strip_tags
from trafilatura import __version__ as trafilatura_version
from trafilatura import bare_extraction
from trafilatura.settings import Document as Found
from trafilatura.settings import Extractor

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from pipelines.document import Document

    Way = Callable[[HtmlElement, int], _Element | None]

SETTINGS: dict[str, Any] = {
    "output_format": "python",
    "comments": False,
    "formatting": False,
    "links": False,
    "images": False,
    "tables": True,
}
"""The options of every extraction."""

LITTLE_OF_PAGE = 0.4
"""Share of the page's prose below which an extraction is given a second opinion however long it is."""

EXTRACTOR = (("trafilatura", trafilatura_version),)
"""What made the text: names and versions."""

logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # what it could not do is in `fault`, not in a log of its own


def _as_documented(tree: HtmlElement, enough: int) -> _Element | None:
    """Return the body that trafilatura's own rules find, or, where it has fewer characters, the better of all."""
    options = Extractor(**SETTINGS)
    options.fast = True
    found = bare_extraction(tree, options=options)
    if not isinstance(found, Found) or sum(map(len, found.body.itertext())) < enough:
        options.fast = False
        second = bare_extraction(tree, options=options)
        found = second if isinstance(second, Found) else found
    return found.body if isinstance(found, Found) else None


def _quick_way() -> Way | None:
    """Return the quick way to a body, made ready; None for a version of trafilatura that it is not for."""
    try:
        from pipelines import quick_trafilatura as quick  # noqa: PLC0415 - a later version may lack what it takes from this one
    except ImportError:
        return None
    return partial(quick.extract, quick.Sought(**SETTINGS)) if quick.install() else None


_body_in: Way = _quick_way() or _as_documented


def body_of(tree: HtmlElement, document: Document) -> _Element | None:
    """Return the article's body, from the page's tree or what is left of it; None without one, or for too large a tree.

    The tree may lose parts that are no article's (reader's comments), so this comes last of all that looks at it.
    Whatever trafilatura or lxml raise is passed on.
    """
    most = document.options.max_extracted
    if len(document.elements) > most:
        document.cuts = (*document.cuts, f"more than {most:,} elements: the article is made of the page's outline")
        return None
    found = _body_in(tree, max(document.options.full_compare_below, int(LITTLE_OF_PAGE * document.outline.prose)))
    if found is not None:
        strip_tags(found, "ref", "graphic")
    return found
