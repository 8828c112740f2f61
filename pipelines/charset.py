"""Which characters the bytes of a page mean: what browsers do, and where the declaration lies, what makes sense.

    byte order mark ─▶ valid UTF-8 beyond ASCII ─▶ HTTP header ─▶ <meta> in the first 4,096 bytes ─▶ guess

The order of authority is the WHATWG's (Encoding Standard, "decode"; HTML 13.2.3.2 "determining the character
encoding") with one deviation: bytes beyond ASCII that are valid UTF-8 are UTF-8 whatever was declared, because text in
a legacy encoding is valid UTF-8 only by a rare accident, while servers that say ISO-8859-1 about UTF-8 are common.

A declaration of UTF-8 over bytes that are not is believed as long as the damage is small (a cut character, a foreign
comment). Where it is larger and most characters are UTF-8 all the same, the rest was pasted in from elsewhere and is
read in the legacy encoding of the page's language, as its author meant it. Otherwise it is not believed.

Labels mean what they mean to browsers: latin-1 is windows-1252, Shift_JIS is cp932, GB2312 and GBK are GB18030, EUC-KR
is cp949, Big5 is Big5-HKSCS (w3lib has that table).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from trafilatura.utils import detect_encoding
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

Source = Literal["bom", "utf-8", "header", "meta", "guess"]

WEB = frozenset(
    {
        *("utf-8", "utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-32-be", "ascii", "cp1252", "iso8859-1"),
        *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp866", "cp874"),
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
        *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "big5hkscs", "big5", "euc_jp", "iso2022_jp"),
        *("cp932", "cp949", "euc_kr", "shift_jis", "gbk", "gb2312", "johab", "tis-620", "cp437", "cp850"),
    }
)
"""Python's names of the encodings a web page may be in: the WHATWG's list, what old pages used, and no other codec.

Python knows codecs that are no character sets at all (hex, zip, unicode-escape); a page must not choose one of those.
"""

NOT_ASCII_COMPATIBLE = frozenset({"iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
"""Encodings whose text can consist of ASCII bytes only and still not be ASCII."""

TOLERATED = 0.05
"""Share of characters beyond ASCII that may be undecodable before a declaration counts as wrong."""

MIXED = 0.5
"""Share up to which the rest of them is UTF-8, with pieces in another encoding between."""

BY_LANGUAGE = {
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
    "ru": ("cp1251", "koi8-r"),
    "uk": ("cp1251", "koi8-u"),
    "bg": ("cp1251",),
    "sr": ("cp1251", "cp1250"),
    "pl": ("iso8859-2", "cp1250"),
    "cs": ("cp1250", "iso8859-2"),
    "sk": ("cp1250", "iso8859-2"),
    "hu": ("cp1250", "iso8859-2"),
    "hr": ("cp1250",),
    "sl": ("cp1250",),
    "ro": ("iso8859-2", "cp1250"),
    "el": ("cp1253", "iso8859-7"),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "fa": ("cp1256",),
    "lt": ("cp1257",),
    "lv": ("cp1257",),
    "et": ("cp1257",),
    "vi": ("cp1258",),
    "th": ("cp874",),
}
"""Legacy encodings to try first for a page that names its language (after the WHATWG's table of locale defaults)."""

_ESCAPED = re.compile(r"[\udc80-\udcff]+")
"""Bytes that are no UTF-8, as Python's surrogateescape keeps them (PEP 383)."""

_NEVER_MEANT = re.compile(r"[\uff61-\uff9f\x80-\x9f]")
_SAMPLE = 50_000
_HEAD = 4096
"""Bytes searched for a declaration; the standard asks for 1,024, and w3lib looks this far."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the Python name of the encoding it was read with, and who said so."""

    text: str
    encoding: str
    source: Source


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of `body`, given its Content-Type header; undecodable bytes become U+FFFD. Never raises."""
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return Decoded(body[len(mark) :].decode(marked, "replace"), marked, "bom")
    declared = _declarations(body, content_type)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        escaped = text.isascii() and not _is_plain_ascii(text)
        if not (escaped and declared and declared[0][0] in NOT_ASCII_COMPATIBLE):
            return Decoded(text, "utf-8", "utf-8")
    for encoding, source in declared:
        text = to_unicode(body, encoding)
        damage = _damage(text)
        if damage <= TOLERATED:
            return Decoded(text, encoding, source)
        if encoding == "utf-8" and damage <= MIXED:
            return Decoded(_mixed(body), encoding, source)
    return _guess(body)


def _declarations(body: bytes, content_type: str | None) -> list[tuple[str, Source]]:
    """Return what header and meta say, in the order of their authority."""
    said: list[tuple[str, Source]] = []
    header = http_content_type_encoding(content_type)
    if header in WEB and header is not None:
        said.append((header, "header"))
    meta = html_body_declared_encoding(body[:_HEAD])
    if meta in WEB and meta is not None:
        # a meta element that could be read says that the bytes are not UTF-16 (HTML, "prescan a byte stream", step 15)
        said.append(("utf-8" if meta.startswith(("utf-16", "utf-32")) else meta, "meta"))
    return said


def _is_plain_ascii(text: str) -> bool:
    """Whether the text has nothing beyond ASCII and shows no sign of another encoding (escapes, zero bytes)."""
    return text.isascii() and "\x1b" not in text and "\x00" not in text


def _damage(text: str) -> float:
    """Return the share of undecodable characters among those beyond ASCII."""
    broken = text.count("\ufffd")
    if not broken:
        return 0.0
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return broken / foreign


def _mixed(body: bytes) -> str:
    """Return UTF-8 with what is none read in the usual legacy encoding of the language that the page names."""
    legacy, *_ = BY_LANGUAGE.get(_stated_language(body), ("cp1252",))
    return _ESCAPED.sub(
        lambda run: run[0].encode("utf-8", "surrogateescape").decode(legacy, "replace"),
        body.decode("utf-8", "surrogateescape"),
    )


def _guess(body: bytes) -> Decoded:
    """Return the most plausible reading of bytes that nobody, or a liar, declared."""
    usual = [
        Decoded(text, encoding, "guess")
        for encoding in BY_LANGUAGE.get(_stated_language(body), ())
        if (text := _strictly(body, encoding)) is not None
    ]
    if usual:
        return min(usual, key=lambda reading: _oddness(reading.text))
    for encoding in detect_encoding(body):
        try:
            return Decoded(body.decode(encoding), encoding, "guess")
        except (LookupError, UnicodeDecodeError):
            continue
    text = body.decode("utf-8", "replace")
    if _damage(text) <= TOLERATED:
        return Decoded(text, "utf-8", "guess")
    return Decoded(body.decode("cp1252", "replace"), "cp1252", "guess")


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _oddness(text: str) -> int:
    """Count what a wrong reading brings.

    Capitals after small letters come of KOI8-R read as cp1251, half-width kana of EUC-JP read as cp932.
    """
    sample = text[:_SAMPLE]
    swapped = sum(small.islower() and big.isupper() for small, big in pairwise(sample) if not small.isascii())
    return swapped + len(_NEVER_MEANT.findall(sample))


def _stated_language(body: bytes) -> str:
    """Return the two letters of the first lang attribute, or ''."""
    head = body[:_HEAD].lower()
    _, found, rest = head.partition(b"lang=")
    return rest.lstrip(b"\"' ")[:2].decode("ascii", "replace") if found else ""
