"""One page, decoded and parsed once, for everything that looks at it.

    Page ─▶ kind of thing (markup, text, other) ─▶ characters ─▶ bounded markup ─▶ tree ─▶ title, meta, outline …

What follows the tree is computed when first asked for and remembered. The tree is the one that trafilatura would make,
so that its extraction starts as it would by itself; extraction comes last, since it prunes the tree of comments.

Bounds (ProcessOptions) keep hostile markup from costing more than a page may: too much text, too many elements and too
many attributes are cut, and `cuts` says so. libxml2 itself stops at a nesting of 256 elements.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from pipelines import charset, jsonld
from pipelines.floods import without_floods
from pipelines.outline import Outline, outline
from pipelines.parsing import SOFT_HYPHEN, join_words, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from archive.model import Page, SiteProfile
    from pipelines.options import ProcessOptions

Kind = Literal["markup", "text", "other"]

MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{", "application/json"),
    (b"<rss", "application/rss+xml"),
    (b"<feed", "application/atom+xml"),
)
"""First bytes of what is no page, for bodies without a Content-Type (after the WHATWG's MIME Sniffing, section 7)."""

_WHOLE = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#;]*)?(?:\?[^\s#]+)?(?:#\S+)?")
"""An address that joining leaves as it is, as most are; `urljoin` takes eight times as long to find that out."""

LONGEST_TITLE = 2_000
"""Characters of a title that are looked at."""

MARKUP = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_FRAMESET = re.compile(r"<frameset[\s>]", re.IGNORECASE)
_FRAMES = re.compile(r"</?(?:frameset|noframes)(?:\s[^>]*)?>", re.IGNORECASE)
"""What hides the page that readers without frames are given: libxml2 takes it for characters, not for elements."""

_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|title|div|p|h1|table|a|meta)[\s>]", re.IGNORECASE)


class Document:
    """A page with what can be known of it without judging it; `site` is what is remembered of its site."""

    def __init__(self, page: Page, options: ProcessOptions, site: SiteProfile | None = None) -> None:
        self.page = page
        self.site = site
        self.options = options
        self.cuts: tuple[str, ...] = ()
        self.elements: list[HtmlElement] = []

    @cached_property
    def media_type(self) -> str:
        """The media type: what the header says, else what the first bytes look like; lower case, no parameters."""
        said = (self.page.header("Content-Type") or "").partition(";")[0].strip().lower()
        if said and said not in ("application/octet-stream", "unknown/unknown", "text/plain") and "/" in said:
            return said
        start = self.page.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
        for magic, kind in MAGIC:
            if start.startswith(magic):
                return kind
        if said == "text/plain":
            return said
        return "text/html" if _TAG.search(self.text[:4096]) else said or "text/plain"

    @cached_property
    def kind(self) -> Kind:
        """Whether the page is markup to parse, plain text, or something without text to extract."""
        if self.media_type in MARKUP:
            return "markup"
        return "text" if self.media_type == "text/plain" else "other"

    @cached_property
    def decoded(self) -> charset.Decoded:
        """The characters of the body, and how they were found."""
        return charset.decode(self.page.body, self.page.header("Content-Type"))

    @property
    def text(self) -> str:
        """The body in characters: markup or plain text."""
        return self.decoded.text

    @cached_property
    def markup(self) -> str:
        """The markup within bounds."""
        if self.kind != "markup":
            return ""
        text = self.text
        if len(text) > self.options.max_characters:
            text = text[: self.options.max_characters]
            self._cut(f"only the first {self.options.max_characters:,} characters were looked at")
        most = self.options.max_attributes
        if _FRAMESET.search(text):
            text = _FRAMES.sub("", text)
        bounded = without_floods(text, most)
        if bounded != text:
            self._cut(f"an element with more than {most:,} attributes was emptied of them")
        return bounded

    @cached_property
    def lower(self) -> str:
        """The markup in lower case, for signs that look for what only machines read."""
        return self.markup.lower()

    @cached_property
    def tree(self) -> HtmlElement | None:
        """The parsed page, or None where there is no markup to speak of."""
        if not self.markup.strip():
            return None
        tree = parsed(self.markup)
        if tree is not None:
            self._cut_elements(tree)
        return tree

    @cached_property
    def outline(self) -> Outline:
        """What the page shows; with its words joined where soft hyphens part them, in the tree too."""
        body = self.tree.find("body") if self.tree is not None else None
        if body is None:
            body = self.tree
        if body is None:
            return Outline((), "", 0, 0, 0, 0)
        found = outline(body)
        if any(SOFT_HYPHEN in block.text for block in found.blocks):
            join_words(body)
            found = outline(body)
        return found

    @cached_property
    def title(self) -> str:
        """The text of the title element, on one line and within LONGEST_TITLE; '' without one."""
        found = self.tree.find(".//title") if self.tree is not None else None
        return " ".join(found.text_content()[:LONGEST_TITLE].split()) if found is not None else ""

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """The contents of meta elements by lower-case name, property, itemprop or http-equiv, in order."""
        found: dict[str, list[str]] = {}
        if self.tree is None:
            return found
        for element in self.tree.iter("meta"):
            content = (element.get("content") or "").strip()
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = element.get(key)
                if name and content:
                    found.setdefault(name.strip().lower(), []).append(content)
        return found

    def said(self, *names: str) -> str | None:
        """Return the first content of the first of the meta names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def structured(self) -> tuple[jsonld.Node, ...]:
        """The objects of all JSON-LD blocks, flat, outer before inner."""
        if self.tree is None:
            return ()
        blocks = [
            element.text
            for element in self.tree.iter("script")
            if element.text and "ld+json" in (element.get("type") or "").lower()
        ]
        return tuple(jsonld.nodes(blocks, self.options.max_structured))

    @cached_property
    def article_node(self) -> jsonld.Node | None:
        """The JSON-LD object of the article this page is about, or None."""
        return jsonld.article_of(self.structured, self.page.url)

    @cached_property
    def canonical(self) -> str | None:
        """The absolute address of link rel=canonical."""
        for element in self._elements("link"):
            if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
                return self.absolute(element.get("href", ""))
        return None

    @cached_property
    def host(self) -> str:
        """The host that answered, without www; '' for an address that has none."""
        try:
            return (urlsplit(self.page.url).hostname or "").removeprefix("www.")
        except ValueError:  # brackets that hold no IPv6 address
            return ""

    @cached_property
    def base(self) -> str:
        """The address that relative ones start from."""
        for element in self._elements("base"):
            if element.get("href"):
                return _join(self.page.url, element.get("href", ""))
        return self.page.url

    def absolute(self, reference: str) -> str | None:
        """Return a reference of this page as an absolute address; None if it is not one of the web."""
        address = _join(self.base, reference.strip())
        return address if address.startswith(("http://", "https://")) else None

    def _elements(self, tag: str) -> Iterator[HtmlElement]:
        return self.tree.iter(tag) if self.tree is not None else iter(())

    def _cut(self, note: str) -> None:
        self.cuts = (*self.cuts, note)

    def _cut_elements(self, tree: HtmlElement) -> None:
        """Drop what follows the last element allowed, in document order.

        All that stay are kept: lxml makes an object of an element whenever one comes upon it, unless there is one.
        """
        most = self.options.max_elements
        self.elements = list(islice(tree.iter(), most))
        if len(self.elements) < most:
            return
        last, cut = self.elements[-1], False
        for ancestor in (last, *last.iterancestors()):
            for sibling in list(ancestor.itersiblings()):
                sibling.getparent().remove(sibling)
                cut = True
        if cut:
            self._cut(f"only the first {most:,} elements were looked at")


def _join(base: str, reference: str) -> str:
    """Return `reference` relative to `base`, or as it is where it cannot be joined (an invalid IPv6 host)."""
    if _WHOLE.fullmatch(reference):
        return reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
