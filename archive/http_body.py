"""Where the body of an HTTP/1 response ends: the rules of RFC 9112 section 6.3, without the right to give up.

Plan: a body is read out of one growing buffer that somebody else owns. `take(raw, at)` moves on from `at` as far as
the bytes allow and returns how far; `done` says that the end was seen; `end()` says that no more bytes will come, and
leaves in `fault` what was missing. No byte is looked at twice, however the buffer grows.

    body_of(head, method) ─▶ SizedBody      no body (HEAD, 1xx, 204, 304), or Content-Length
                           ─▶ ChunkedBody    Transfer-Encoding ends in chunked
                           ─▶ OpenBody       everything until the connection closes, or the record ends

What the RFC calls an unrecoverable error is read until the close with a `fault`: an archive keeps what was served. A
body that claims to be chunked but does not begin with a chunk is taken as it is: servers do it, and so do many WARC
files whose bodies were de-chunked when they were stored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from archive.http_head import elements, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.http_head import Head

_MAX_LINE = 16 * 1024
"""Bytes of one chunk-size line with its extensions; node.js allows 16 KiB of extensions."""
_MAX_TRAILER = 64 * 1024
"""Bytes of all trailer fields together."""
_MAX_CHUNKS = 500_000
"""Chunks of one body that are read; what follows is kept as it came. 50 MB in chunks of 100 bytes have as many, and
in chunks of one byte would keep the program busy for 30 s."""
_CHUNK_SIZE = re.compile(rb"[ \t]*0*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?\n", re.DOTALL)
_CUT_SIZE = re.compile(rb"[ \t]*[0-9A-Fa-f]*[ \t]*(?:;.*)?\r?", re.DOTALL)
_LENGTH = re.compile(rb"[0-9]{1,18}")
_NO_BODY = frozenset({204, 304})
_HTTP_1_1 = b"HTTP/1.1"


class Body(Protocol):
    """How a body is read; see the module's plan."""

    done: bool
    fault: str | None

    def take(self, raw: bytearray, at: int) -> int:
        """Read on from `at`; return the position up to which bytes belong to the body."""

    def end(self, raw: bytearray, at: int) -> None:
        """No more bytes will come; those from `at` on were not taken."""

    def payload(self, raw_body: bytes) -> bytes:
        """Return the body without chunk framing; `raw_body` are its bytes as framed."""


class SizedBody:
    """A body of a known length, in bytes."""

    def __init__(self, length: int) -> None:
        self.fault: str | None = None
        self._length = length
        self._left = length
        self.done = length == 0

    def take(self, raw: bytearray, at: int) -> int:
        """Count off what is there."""
        taken = min(self._left, len(raw) - at)
        self._left -= taken
        self.done = self._left == 0
        return at + taken

    def end(self, raw: bytearray, at: int) -> None:  # noqa: ARG002 - as above
        """Note what is missing."""
        if self._left:
            self.fault = f"the body ended after {self._length - self._left} of {self._length} bytes"

    def payload(self, raw_body: bytes) -> bytes:
        """Return the body: it has no framing."""
        return raw_body


class OpenBody:
    """A body that lasts until the close."""

    def __init__(self, fault: str | None = None) -> None:
        self.done = False
        self.fault = fault

    def take(self, raw: bytearray, at: int) -> int:  # noqa: ARG002 - every body is told from where
        """Take everything."""
        return len(raw)

    def end(self, raw: bytearray, at: int) -> None:  # noqa: ARG002 - as above
        """Take the close for the end."""
        self.done = True

    def payload(self, raw_body: bytes) -> bytes:
        """Return the body: it has no framing."""
        return raw_body


class ChunkedBody:
    """A chunked body (RFC 9112 section 7.1), with extensions and trailer fields, which are read and passed over.

    It is done when the last chunk and the blank line after the trailer came. When the bytes stop after the last chunk,
    the body is complete all the same (RFC 9112 section 8).
    """

    def __init__(self) -> None:
        self.done = False
        self.fault: str | None = None
        self._step: Callable[[bytearray, int], int] = self._size_line
        self._data = bytearray()
        self._chunks = 0
        self._left = 0
        self._trailer = 0
        self._searched = 0

    def take(self, raw: bytearray, at: int) -> int:
        """Go from step to step while one of them gets on."""
        while not self.done:
            after = self._step(raw, at)
            if after == at:
                break
            at = after
        return at

    def end(self, raw: bytearray, at: int) -> None:
        """Say what is missing, unless the last chunk came."""
        if self._step == self._size_line and not _CUT_SIZE.fullmatch(raw, at):
            self._broken(raw)
        if self._step in (self._trailer_line, self._plain, self._unreadable):
            self.done = True
        else:
            self.fault = f"the chunked body was cut after {self._chunks} chunks and {len(self._data)} bytes"

    def payload(self, raw_body: bytes) -> bytes:
        """Return the joined chunks."""
        return raw_body if self._step == self._plain else bytes(self._data)

    def _size_line(self, raw: bytearray, at: int) -> int:
        after = self._line_end(raw, at)
        if (after or len(raw)) - at > _MAX_LINE:
            return self._broken(raw)
        if after is None:
            return at
        match = _CHUNK_SIZE.fullmatch(raw, at, after)
        if not match or self._chunks == _MAX_CHUNKS:
            return self._broken(raw)
        self._left = int(match[1], 16)
        self._step = self._chunk_data if self._left else self._trailer_line
        return after

    def _chunk_data(self, raw: bytearray, at: int) -> int:
        after = min(at + self._left, len(raw))
        self._data += raw[at:after]
        self._left -= after - at
        if not self._left:
            self._chunks += 1
            self._step = self._chunk_end
        return after

    def _chunk_end(self, raw: bytearray, at: int) -> int:
        end = bytes(raw[at : at + 2])
        if end in (b"", b"\r"):
            return at
        if not end.startswith((b"\r\n", b"\n")):
            return self._broken(raw)
        self._step = self._size_line
        return at + (2 if end == b"\r\n" else 1)

    def _trailer_line(self, raw: bytearray, at: int) -> int:
        after = self._line_end(raw, at)
        if (after or len(raw)) - at + self._trailer > _MAX_TRAILER:
            return self._broken(raw)
        if after is None:
            return at
        self._trailer += after - at
        self.done = raw[at:after].strip(b"\r\n") == b""
        return after

    def _line_end(self, raw: bytearray, at: int) -> int | None:
        found = raw.find(b"\n", max(at, self._searched))
        self._searched = found + 1 if found >= 0 else len(raw)
        return found + 1 if found >= 0 else None

    def _broken(self, raw: bytearray) -> int:
        """Take the rest as it comes: as the body itself when no chunk was read, else as something nobody can read."""
        if self._chunks:
            self.fault = f"the chunked body cannot be read after {self._chunks} chunks"
            self._step = self._unreadable
        else:
            self.fault = "the body says it is chunked and is not"
            self._step = self._plain
        return len(raw)

    def _plain(self, raw: bytearray, at: int) -> int:  # noqa: ARG002 - every step is told from where
        return len(raw)

    def _unreadable(self, raw: bytearray, at: int) -> int:  # noqa: ARG002 - as above
        return len(raw)


def body_of(head: Head, method: str) -> Body:
    """Return how the body after this head ends (RFC 9112 section 6.3); `method` is that of the request."""
    if method.upper() == "HEAD" or head.status in _NO_BODY or (head.status is not None and head.status // 100 == 1):
        return SizedBody(0)
    codings = transfer_codings(head)
    if codings:
        return ChunkedBody() if codings[-1] == "chunked" else OpenBody()
    lengths = set(elements(head.headers, b"content-length"))
    if not lengths:
        return OpenBody()
    if len(lengths) > 1:
        return OpenBody(f"Content-Length says both {' and '.join(sorted(lengths)[:2])}")
    length = lengths.pop()
    if not _LENGTH.fullmatch(length.encode("latin-1")):
        return OpenBody(f"Content-Length is no number: {length[:40]!r}")
    return SizedBody(int(length))


def transfer_codings(head: Head) -> list[str]:
    """Return the transfer codings in the order they were applied; the long abolished `identity` is none."""
    return [coding for coding in elements(head.headers, b"transfer-encoding") if coding != "identity"]


def connection_stays(head: Head) -> bool:
    """Whether the head lets the connection be used again (RFC 9112 sections 9.3 and 6.1)."""
    options = elements(head.headers, b"connection")
    if "close" in options or head.status == 101:  # noqa: PLR2004 - 101 Switching Protocols: no longer HTTP
        return False
    if head.version.upper() >= _HTTP_1_1:
        return True
    return "keep-alive" in options and not values(head.headers, b"transfer-encoding")
