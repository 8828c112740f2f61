"""Reading the XML of feeds and sitemaps: one pass of events, from which the fields of each record are kept.

    text ─▶ root ─▶ libxml2, in pieces, recovering ─▶ start/data/end ─▶ records
               └─▶ broken? ─▶ mend what is commonly wrong ─▶ once more

A record is an item, an entry, a url or a sitemap; its fields are its children, and those of <news:news>. Nothing else
is kept, so memory does not grow with what surrounds them. All is linear in the text.

Nothing is ever fetched or expanded: whatever stands before the root, a DTD with its entities above all, never reaches
the parser. libxml2 keeps on reading where it can; what it cannot get over (a bare "<", undeclared entities, control
characters) is mended in the text, and the text is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree

from pipelines.discovery.addresses import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENTRIES = frozenset({"item", "entry"})
LOCATIONS = frozenset({"url", "sitemap"})
"""Records of feeds, wherever they stand, and of sitemaps, right below the root: feeds have a <url> in their <image>."""
SIBLINGS = frozenset({"link", "guid", "id", "pubdate", "published", "updated", "description", "summary", "content"})
"""Fields that stand within a title only where markup in it was not closed."""

HEADS = frozenset({"channel", "feed", "rss", "rdf"})
"""Elements whose title and links are those of the whole feed."""

MODULES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.pheedo.com/namespace/pheedo": "pheedo",
}
"""Namespaces of fields that matter beside those of the formats themselves."""

FORMATS = frozenset(
    {
        *("http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/"),
        *("http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"),
        *(
            "http://backend.userland.com/rss2",
            "http://backend.userland.com/rss",
            "http://blogs.law.harvard.edu/tech/rss",
        ),
        *("http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84"),
    }
)
"""Namespaces of the formats, in lower case; that of the root counts as one too, however it is misspelt."""

LONGEST_FIELD = 8_000
MOST_FIELDS = 64
"""Characters of one field that are kept, and fields of one record."""

_PIECE = 65_536
_NAMESPACE_ERROR = etree.ErrorDomains.NAMESPACE
_DEEPEST_BASE = 4
"""Elements around a field, itself among them: rss, channel, item, link."""

_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TAG = re.compile(r"<(?![a-zA-Z_/!?])")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));|([a-zA-Z][a-zA-Z0-9]{1,31};))?")
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


@dataclass(slots=True)
class Field:
    """One child of a record: its text and its attributes, and the base of relative addresses where it stands."""

    text: str
    attributes: Mapping[str, str]
    base: str


@dataclass(slots=True)
class Record:
    """An item, entry, url or sitemap, by its local name; fields by their names, "dc:date" or "title", in order."""

    name: str
    attributes: Mapping[str, str]
    base: str
    fields: dict[str, list[Field]] = field(default_factory=dict)

    def texts(self, *names: str) -> Iterator[str]:
        """Yield the texts of the fields with these names that have one."""
        return (one.text for name in names for one in self.fields.get(name, ()) if one.text)

    def text(self, *names: str) -> str | None:
        """Return the first of the texts."""
        return next(self.texts(*names), None)


@dataclass(slots=True)
class Reading:
    """What one document held: its records, its head (title and links of the feed), and what was wrong with it."""

    records: list[Record]
    head: Record
    error: str | None
    cut: bool


def read(text: str, base: str, most: int) -> Reading:
    """Return the first `most` records of a document that begins with its root element.

    What follows the last whole tag, up to the next, is taken; the rest is not: an address that breaks off is none.
    """
    end, tag = text.rfind(">") + 1, text.rfind("<")
    text = text[: max(end, tag)]
    reading = _parse(text, base, most)
    if reading.error is not None:
        again = _parse(mended(text), base, most)
        if len(again.records) >= len(reading.records):
            again.error = reading.error
            return again
    return reading


def mended(text: str) -> str:
    """Return the text with what libxml2 cannot get over replaced by what was meant.

    References are replaced in CDATA sections too, which turns "&" into "&amp;" there: titles and addresses are both
    unescaped once more when they are taken over.
    """
    return _REFERENCE.sub(_meant, _NO_TAG.sub("&lt;", _CONTROL.sub("", text)))


def _meant(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if hexadecimal or decimal:
        number = int(hexadecimal, 16) if hexadecimal else int(decimal)
        character = chr(number) if number <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last code point there is
        return "\ufffd" if _CONTROL.match(character) else reference[0]
    if name in _XML_NAMES:
        return reference[0]
    meant = html5.get(name, "") if name else ""
    return meant if meant and meant not in "<&" else f"&amp;{reference[0][1:]}"


def _parse(text: str, base: str, most: int) -> Reading:
    events = _Events(base, most)
    parser = etree.XMLParser(
        target=events,  # type: ignore[arg-type]  # comments are removed, and bytes were lxml's for Python 2
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    error = None
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE].encode("utf-8", "replace"))
            if events.full:
                break
        else:
            parser.close()
    except etree.XMLSyntaxError as broken:  # what libxml2 does not even recover from: no element at all
        error = str(broken)
    except UnicodeDecodeError:  # lxml cannot hand over what libxml2 lets pass: references to surrogates
        error = "it refers to what is no character"
    if error is None and not events.full:
        error = _first_error(parser)
    return Reading(events.records, events.head, error, events.full)


def _first_error(parser: etree.XMLParser) -> str | None:
    """Return the first thing that was wrong; prefixes that nobody declared lose nothing and do not count."""
    for entry in parser.feed_error_log:
        if entry.domain != _NAMESPACE_ERROR:
            return f"line {entry.line}: {entry.message.splitlines()[0][:100] if entry.message else entry.type_name}"
    return None


class _Events:
    """What libxml2 tells of a document, element by element (lxml's target interface)."""

    def __init__(self, base: str, most: int) -> None:
        self.records: list[Record] = []
        self.head = Record("head", {}, base)
        self.full = False
        self._most = most
        self._names: list[str] = []
        self._bases = [base]
        self._root_namespace = ""
        self._record: Record | None = None
        self._record_depth = 0
        self._field = Field("", {}, base)
        self._field_depth = 0
        self._parts: list[str] = []
        self._length = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        name = self._name(tag)
        self._names.append(name)
        self._bases.append(self._base(attributes))
        depth = len(self._names)
        if self.full:
            return
        if name in ENTRIES or (name in LOCATIONS and depth == 2):  # noqa: PLR2004 - right below the root
            self._begin_record(name, attributes, depth)
        elif self._record is not None and name in SIBLINGS and self._names[-2] == "title":
            self._end_field()
            self._begin_field(self._record, name, attributes)
        elif self._field_depth:
            return
        elif self._record is None:
            if name in ("title", "link") and depth > 1 and self._names[-2] in HEADS:
                self._begin_field(self.head, name, attributes)
        elif name != "news:news" and depth - (self._names[-2] == "news:news") == self._record_depth + 1:
            self._begin_field(self._record, name, attributes)

    def data(self, text: str) -> None:
        """Take text, if it is that of a field."""
        if self._field_depth and self._length < LONGEST_FIELD:
            self._parts.append(text[: LONGEST_FIELD - self._length])
            self._length += len(text)

    def end(self, _tag: str) -> None:
        """End the innermost element."""
        depth = len(self._names)
        if depth == self._field_depth:
            self._end_field()
        elif self._record is not None and depth == self._record_depth:
            self.records.append(self._record)
            self._record = None
        if self._names:
            self._names.pop()
            self._bases.pop()

    def close(self) -> None:
        """End the document; a record that it breaks off in is kept as far as it goes."""
        self._end_field()
        if self._record is not None:
            self.records.append(self._record)
            self._record = None

    def _name(self, tag: str) -> str:
        """Return the name that a field goes by: local and in lower case, with its module's prefix if it has one."""
        namespace, _, local = tag.rpartition("}")
        namespace = namespace[1:].strip().lower()
        if not self._names:
            self._root_namespace = namespace
        local = local.rpartition(":")[2].lower()
        if not namespace or namespace == self._root_namespace or namespace in FORMATS:
            return "news:news" if local == "news" else local
        if "sitemap-news" in namespace:
            return f"news:{local}"
        module = MODULES.get(namespace)
        return f"{module or namespace}:{local}"

    def _base(self, attributes: Mapping[str, str]) -> str:
        around = self._bases[-1]
        said = attributes.get(_BASE) if len(self._names) <= _DEEPEST_BASE else None
        return (absolute(said, around, LONGEST_FIELD) or around) if said else around

    def _begin_record(self, name: str, attributes: Mapping[str, str], depth: int) -> None:
        """Begin a record; one that is still open was never closed, or not where it should have been."""
        self._end_field()
        if self._record is not None:
            self.records.append(self._record)
        self.full = len(self.records) >= self._most
        self._record = None if self.full else Record(name, _lower(attributes), self._bases[-1])
        self._record_depth = depth

    def _begin_field(self, record: Record, name: str, attributes: Mapping[str, str]) -> None:
        alike = record.fields.setdefault(name, []) if len(record.fields) < MOST_FIELDS else []
        if len(alike) < MOST_FIELDS:
            alike.append(Field("", _lower(attributes), self._bases[-1]))
            self._field = alike[-1]
            self._field_depth = len(self._names)

    def _end_field(self) -> None:
        if not self._field_depth:
            return
        self._field.text = "".join(self._parts).strip()
        self._parts.clear()
        self._length = 0
        self._field_depth = 0


def _lower(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by their local names in lower case; of a flood only the first."""
    kept = list(attributes.items())[:MOST_FIELDS]
    return {name.rpartition("}")[2].lower(): value[:LONGEST_FIELD].strip() for name, value in kept}
