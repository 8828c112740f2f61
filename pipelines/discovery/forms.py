"""What an answer is, by its first characters: what servers say in Content-Type about feeds is wrong too often.

    bytes ─▶ gzip taken off, twice if need be ─▶ characters ─▶ first element ─▶ feed, sitemap, JSON, HTML, lines

What stands before the first element (byte order mark, declaration, comments, a DTD with its entities) goes no further,
nor does what a broken server program printed there.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipelines import charset

if TYPE_CHECKING:
    from archive.model import Page
    from pipelines.discovery.finds import Finds

Form = Literal["xml", "json", "html", "lines", "nothing", "unknown"]

MOST_MEMBERS = 1_000
MOST_LAYERS = 2
"""Gzip within gzip comes of a server that packs a file which was packed; more than that is a trap."""

SEARCHED = 65_536
"""Characters in which the first element is looked for."""

_GZIP = b"\x1f\x8b"
_PIECE = 16_384
_GZIP_WITH_HEADER = 31

_ROOT = re.compile(
    r"<(?:[a-z][\w.-]{0,40}:)?(?P<feed>rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s/>])", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>])", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:meta|link|script|style|div|span|p|br|h[1-6]|a|ul|ol|table|center|main|section)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
_SUBSET_END = re.compile(r"\]\s{0,20}>")
_LINE = re.compile(r"https?://\S+\s*(?:\n|$)", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


class Body(NamedTuple):
    """What an answer is, its text from the first element on, and its bytes without gzip."""

    form: Form
    text: str
    data: bytes = b""


def body_of(page: Page, finds: Finds) -> Body:
    """Return what a page holds."""
    data = unpacked(page.body, finds)
    text = charset.decode(data, page.header("Content-Type")).text.lstrip("\ufeff \t\r\n\x00")
    if not text:
        return Body("nothing", "")
    if text[0] in "{[":
        return Body("json", text)
    before = _before_root(text)
    root = _ROOT.match(text, before) or _ROOT.search(text, before, SEARCHED)
    if root is not None and _PAGE.search(text, 0, root.start()):
        root = None
    if root is not None:
        if _ENTITY.search(text, 0, root.start()):
            finds.fault("It declares entities, which are never expanded.")
        if text[before : root.start()].strip():
            finds.fault(f"What stands before the first element was passed over: {text[before : before + 80]!r}.")
        return Body("xml", text[root.start() :])
    if _PAGE.search(text, 0, SEARCHED) or _HTML.search(text, 0, SEARCHED):
        return Body("html", text, data)
    return Body("lines" if _LINE.match(text) else "unknown", text)


def _before_root(text: str) -> int:
    """Return where declaration, comments, instructions and DTD end."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
        elif text.startswith("<?", place):
            place = _after(text, "?>", place)
        elif text.startswith("<!--", place):
            place = _after(text, "-->", place)
        elif text[place : place + 9].upper() == "<!DOCTYPE" and not _PAGE.match(text, place):
            place = _after_dtd(text, place)
        else:
            break
    return place


def _after(text: str, end: str, place: int) -> int:
    found = text.find(end, place)
    return found + len(end) if found >= 0 else len(text)


def _after_dtd(text: str, place: int) -> int:
    """Return where a document type ends, whose internal subset stands in brackets."""
    end = _after(text, ">", place)
    subset = text.find("[", place, end)
    if subset < 0:
        return end
    close = _SUBSET_END.search(text, subset)
    return close.end() if close else len(text)


def unpacked(data: bytes, finds: Finds) -> bytes:
    """Return bytes without the gzip around them, whatever their name says."""
    for _ in range(MOST_LAYERS):
        if not data.startswith(_GZIP):
            return data
        data = _gunzip(data, finds)
    if data.startswith(_GZIP):
        finds.fault(f"It is packed more than {MOST_LAYERS} times.")
        return b""
    return data


def _gunzip(data: bytes, finds: Finds) -> bytes:
    """Return what gzip members hold, as far as they can be read and the bounds allow."""
    parts: list[bytes] = []
    room = finds.options.max_bytes
    place = 0
    for _ in range(MOST_MEMBERS):
        member = zlib.decompressobj(_GZIP_WITH_HEADER)
        while place < len(data) and not member.eof and room > 0:
            before, piece = member.copy(), data[place : place + _PIECE]
            try:
                parts.append(member.decompress(piece, room))
            except zlib.error as error:
                parts.append(_before_damage(before, piece, room))
                finds.fault(f"Its gzip is damaged ({error}); what came before was read.")
                return b"".join(parts)
            room -= len(parts[-1])
            place += len(piece) - len(member.unused_data) - len(member.unconsumed_tail)
        if not member.eof and room > 0:
            finds.fault("Its gzip breaks off; what came before was read.")
        if room <= 0 or not data.startswith(_GZIP, place):
            break
    else:
        finds.fault(f"Its gzip has more than {MOST_MEMBERS:,} members: the rest was not read.")
    if room <= 0:
        finds.fault(f"It unfolds to more than {finds.options.max_bytes:,} bytes: the rest was not read.")
    return b"".join(parts)


def _before_damage(member: zlib._Decompress, piece: bytes, room: int) -> bytes:
    """Return what a piece gives byte by byte, up to the one that cannot be: zlib gives nothing of a damaged piece."""
    parts: list[bytes] = []
    for place in range(len(piece)):
        try:
            parts.append(member.decompress(piece[place : place + 1], room))
        except zlib.error:
            break
        room -= len(parts[-1])
        if room <= 0:
            break
    return b"".join(parts)
