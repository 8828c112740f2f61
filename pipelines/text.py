"""The text of an article: trafilatura, called in one place with one set of options.

    tree ─▶ much prose on the page? ─ yes ─▶ trafilatura, own rules only ─▶ long enough? ─ yes ─▶ body ─▶ Markdown
                       └─ no ─▶ trafilatura, compared with readability and justext ◀─ no ─┘        └─▶ plain text

The second opinion costs a third of the time and helps short texts only (measured: same F1 with it below 1,500
characters as with it everywhere). Both renderings come from one body, so they say the same words. Options, measured on
the development sets: comments cost 0.5 to 1.2 points of F1, images (with their captions) 1.2, so both are left out;
formatting costs nothing and links 0.2, and Markdown is worth it.
"""

from __future__ import annotations

import copy
import logging
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.etree import strip_tags
from trafilatura import __version__ as trafilatura_version
from trafilatura import bare_extraction
from trafilatura.settings import Document as Found
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt

from archive.model import Removed

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

OPTIONS = Extractor(output_format="python", comments=False, formatting=True, links=True, images=False, tables=True)
"""The options of every extraction; copied, never changed."""

LITTLE_OF_PAGE = 0.6
"""Share of the page's prose below which an extraction is given a second opinion however long it is."""

LINKS_AT_MOST = 0.1
"""Share of an article that paragraphs of one link may have to be noise; with more they are what it lists."""

logging.getLogger("trafilatura").setLevel(
    logging.CRITICAL
)  # what it could not do is in `fault`, not in a log of its own


@dataclass(frozen=True, slots=True)
class Extracted:
    """Plain text, Markdown, the links' addresses, what was taken out of it, and what made it (name, version)."""

    text: str
    markdown: str
    links: tuple[str, ...]
    removed: tuple[Removed, ...]
    extractor: tuple[tuple[str, str], ...]


def extract(tree: HtmlElement, url: str, *, prose: int, full_compare_below: int) -> Extracted | None:
    """Return the article's text, or None if there is none; `prose` is how many characters of it the page shows.

    The tree is not changed. Whatever trafilatura or lxml raise is passed on.
    """
    found = _run(tree, url, fast=True) if prose >= full_compare_below else None
    if found is None or _characters(found.body) < max(full_compare_below, LITTLE_OF_PAGE * prose):
        found = _run(tree, url, fast=False) or found
    if found is None or found.body is None:
        return None
    removed = _drop_link_paragraphs(found.body)
    quoted = _mark_quotes(found.body)
    if removed or quoted is not None:
        rendered = xmltotxt(quoted if quoted is not None else found.body, include_formatting=True)
    else:
        rendered = found.text or ""
    markdown = unicodedata.normalize("NFC", rendered).strip()
    links = tuple(dict.fromkeys(target for ref in found.body.iter("ref") if (target := ref.get("target"))))
    strip_tags(found.body, "ref", "graphic")
    text = unicodedata.normalize("NFC", xmltotxt(found.body, include_formatting=False)).strip()
    return Extracted(text, markdown, links, removed, (("trafilatura", trafilatura_version),))


def _drop_link_paragraphs(body: _Element) -> tuple[Removed, ...]:
    """Take out paragraphs that are nothing but one link ("Read more: …"), unless they are much of the text."""
    only_links = [
        p
        for p in body.iter("p")
        if len(p) == 1 and p[0].tag == "ref" and not _is_text(p.text) and not _is_text(p[0].tail)
    ]
    if not only_links or LINKS_AT_MOST * _characters(body) < sum(map(_characters, only_links)):
        return ()
    removed = []
    for paragraph in only_links:
        parent = paragraph.getparent()
        if parent is None or _is_text(paragraph.tail):
            continue
        removed.append(Removed("link-paragraph", " ".join("".join(map(str, paragraph.itertext())).split())))
        parent.remove(paragraph)
    return tuple(removed)


def _is_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _mark_quotes(body: _Element) -> _Element | None:
    """Return a copy in which quotations carry their Markdown mark, which trafilatura leaves out; None without any."""
    if body.find(".//quote") is None:
        return None
    marked = copy.deepcopy(body)
    for quote in marked.iter("quote"):
        for element in (quote, *quote.iter("p")):
            if element.text and element.text.strip():
                element.text = f"> {element.text.lstrip()}"
    return marked


def _characters(body: _Element) -> int:
    """Return the length of the text in a body, without the marks and addresses that Markdown adds."""
    return sum(map(len, body.itertext()))


def _run(tree: HtmlElement, url: str, *, fast: bool) -> Found | None:
    """Call trafilatura: the one place."""
    options = copy.copy(OPTIONS)
    options.url, options.source, options.fast = url or None, url or None, fast
    found = bare_extraction(tree, options=options)
    return found if isinstance(found, Found) else None
