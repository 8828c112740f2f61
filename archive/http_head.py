"""The head of an HTTP/1 response: status line and header fields, read as leniently as browsers do, and never rewritten.

Plan: `parse_head` takes the raw head, whole or cut, and says what it means; the bytes themselves are kept by whoever
called. What it forgives, because real servers do it: bare LF line ends (RFC 9112 section 2.2), a missing or odd reason,
any letter case, folded fields (section 5.2: the fold becomes one space), blanks before the colon, bytes above 127. A
line without a colon is no field and is passed over, as browsers do; it is still in the raw head.

The other functions look fields up. Values are bytes; where text is given it is latin-1, which loses nothing
(RFC 9110 section 5.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Headers = tuple[tuple[bytes, bytes], ...]
"""Field names and values as sent, in their order, repeats and letter case kept; blanks around a value are not part of
it (RFC 9110 section 5.5)."""

_BLANKS = b" \t"
_STATUS_LINE = re.compile(rb"(HTTP/[0-9]+(?:\.[0-9]+)?)[ \t]+([0-9]{3})(?![0-9])[ \t]?(.*)", re.IGNORECASE | re.DOTALL)
_VERSION = re.compile(rb"HTTP/[0-9]+(?:\.[0-9]+)?", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+")
"""RFC 9110 section 8.3.1: token "/" token."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says; `status` is None when the status line holds none."""

    version: bytes
    status: int | None
    reason: bytes
    headers: Headers


def parse_head(raw: bytes) -> Head:
    """Return what a raw head means; blank lines before the status line are passed over."""
    status_line, _, rest = raw.lstrip(b"\r\n").partition(b"\n")
    version, status, reason = _parse_status_line(status_line.rstrip(b"\r"))
    return Head(version, status, reason, tuple(_fields(rest)))


def _parse_status_line(line: bytes) -> tuple[bytes, int | None, bytes]:
    if match := _STATUS_LINE.fullmatch(line):
        return match[1], int(match[2]), match[3]
    version = _VERSION.match(line)
    return (version[0] if version else b""), None, line[version.end() if version else 0 :].strip(_BLANKS)


def _fields(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    name: bytes | None = None
    parts: list[bytes] = []
    for raw_line in lines.split(b"\n"):
        line = raw_line.removesuffix(b"\r")
        if line[:1] in (b" ", b"\t"):
            parts.append(line.strip(_BLANKS))
            continue
        if name is not None:
            yield name, b" ".join(parts)
        before, colon, after = line.partition(b":")
        name, parts = (before if colon else None), [after.strip(_BLANKS)]
    if name is not None:
        yield name, b" ".join(parts)


def values(headers: Headers, name: bytes) -> list[bytes]:
    """Return every value of a field, in order; `name` in lower case."""
    return [value for key, value in headers if key.strip(_BLANKS).lower() == name]


def elements(headers: Headers, name: bytes) -> list[str]:
    """Return the elements of a list field (RFC 9110 section 5.6.1) in lower case, without their parameters."""
    listed = b",".join(values(headers, name)).decode("latin-1").lower().split(",")
    return [element for item in listed if (element := item.partition(";")[0].strip())]


def media_type(headers: Headers) -> str | None:
    """Return type and subtype in lower case, without parameters; None when no Content-Type names one."""
    for value in values(headers, b"content-type"):
        named = value.decode("latin-1").partition(";")[0].strip().lower()
        if _MEDIA_TYPE.fullmatch(named):
            return named
    return None
