"""The body of an article: trafilatura, called in one place with one set of options.

    tree ─▶ trafilatura, own rules only ─▶ short, or little of the page's prose? ─ no ───────────────▶ body
                                                    └─ yes ─▶ compared with readability and justext ─▶ body

The second opinion costs a third of the time and helps short texts only (measured on 1,832 pages: the same F1 with it
where fewer than 1,000 characters or three fifths of the page's prose were found as with it everywhere). Comments cost
0.5 to 1.2 points of F1, images with their captions 1.2, links and formatting 0.1 to 0.2 (they change which blocks count
as lists of links, and whole sentences are lost between them); so all are left out here. Links and emphasis come back
from the page's outline when Markdown is made (rendering.py).

trafilatura's cascade is called below its renderings, which would be made and thrown away (a tenth of its time); where
its version is unknown, by its documented way.
"""

from __future__ import annotations

import logging
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

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

SETTINGS: dict[str, Any] = {
    "output_format": "python",
    "comments": False,
    "formatting": False,
    "links": False,
    "images": False,
    "tables": True,
}
"""The options of every extraction."""

LITTLE_OF_PAGE = 0.6
"""Share of the page's prose below which an extraction is given a second opinion however long it is."""

EXTRACTOR = (("trafilatura", trafilatura_version),)
"""What made the text: names and versions."""

logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # what it could not do is in `fault`, not in a log of its own


class _Way(NamedTuple):
    """A way to call trafilatura: what makes the options of a page's extractions, and what extracts with them."""

    options: Callable[[], Extractor]
    extract: Callable[[HtmlElement, Extractor], _Element | None]


def _quick_way() -> _Way | None:
    """Return the quick way to a body, made ready; None for a version of trafilatura that it is not for."""
    try:
        from pipelines import quick_trafilatura as quick  # noqa: PLC0415 - a later version may lack what it takes from this one
    except ImportError:
        return None
    return _Way(quick.Sought(**SETTINGS).afresh, quick.extract) if quick.install() else None


def _as_documented(tree: HtmlElement, options: Extractor) -> _Element | None:
    found = bare_extraction(tree, options=options)
    return found.body if isinstance(found, Found) else None


_WAY = _quick_way() or _Way(partial(Extractor, **SETTINGS), _as_documented)


def body_of(tree: HtmlElement, document: Document) -> _Element | None:
    """Return the article's body, from the page's tree or what is left of it; None without one, or for too large a tree.

    The tree may lose parts that are no article's (reader's comments), so this comes last of all that looks at it.
    Whatever trafilatura or lxml raise is passed on.
    """
    most = document.options.max_extracted
    if next(islice(tree.iter(), most, None), None) is not None:
        document.cuts = (*document.cuts, f"more than {most:,} elements: the article is made of the page's outline")
        return None
    enough = max(document.options.full_compare_below, LITTLE_OF_PAGE * document.outline.prose)
    options = _WAY.options()
    options.fast = True
    found = _WAY.extract(tree, options)
    if found is None or sum(map(len, found.itertext())) < enough:
        options.fast = False
        second = _WAY.extract(tree, options)
        found = second if second is not None else found
    if found is not None:
        strip_tags(found, "ref", "graphic")
    return found
