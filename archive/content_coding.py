"""Undoing content codings (RFC 9110 section 8.4) of foreign bytes: gzip, deflate, br and zstd, alone or stacked.

Plan: a compressed body is pumped through its decoder in pieces and never grows beyond a limit, so that a bomb costs
what the limit allows. Nothing raises: whatever was decoded before the trouble is the body, and `fault` says what the
trouble was. To keep every byte before a damaged spot, the piece that failed is pumped once more, byte by byte.
"""

from __future__ import annotations

import sys
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import brotli  # type: ignore[import-untyped]  # it comes without annotations

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PIECE = 16 * 1024
_MAX_MEMBERS = 10_000
"""gzip members or zstd frames in one body; a block-gzipped body of 600 MB has as many."""
_MAX_CODINGS = 5
"""Codings stacked on one body; curl's limit (lib/content_encoding.c, MAX_ENCODE_STACK)."""
_ERRORS = (zlib.error, brotli.error, zstd.ZstdError)
_NONE = frozenset({"", "identity", "none"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded body, and what went wrong on the way, in words."""

    body: bytes
    fault: str | None


class _Stream(Protocol):
    """What zlib and zstd decoders have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Brotli:
    """A brotli decoder with the interface of the others."""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        return bool(self._decoder.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        parts = [self._decoder.process(data, output_buffer_limit=max_length)]
        size = len(parts[0])
        while size < max_length and not self._decoder.can_accept_more_data():
            parts.append(self._decoder.process(b"", output_buffer_limit=max_length - size))
            size += len(parts[-1])
        return b"".join(parts)


def _gzip(start: bytes) -> _Stream:  # noqa: ARG001 - every opener is shown the start of the data
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _deflate(start: bytes) -> _Stream:
    """Open zlib data, or raw deflate, which some servers send instead (RFC 9110 section 8.4.1.2)."""
    is_zlib = len(start) > 1 and start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _br(start: bytes) -> _Stream:  # noqa: ARG001 - as above
    return _Brotli()


def _zstd(start: bytes) -> _Stream:  # noqa: ARG001 - as above
    return zstd.ZstdDecompressor()


@dataclass(frozen=True, slots=True)
class _Coding:
    """How to open a stream, and how another stream behind it in the same body begins (empty: none may follow)."""

    open: Callable[[bytes], _Stream]
    next_begins: bytes = b""


_GZIP = _Coding(_gzip, b"\x1f\x8b")
_CODINGS = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "deflate": _Coding(_deflate),
    "br": _Coding(_br),
    "zstd": _Coding(_zstd, b"\x28\xb5\x2f\xfd"),
}


def decode(data: bytes, codings: Sequence[str], limit: int) -> Decoded:
    """Undo codings, given in the order they were applied, lower case; at most `limit` bytes come out.

    A body whose coding is unknown, or of which nothing at all could be decoded, is given as it is.
    """
    applied = [coding for coding in codings if coding not in _NONE]
    if len(applied) > _MAX_CODINGS:
        return Decoded(data[:limit], f"{len(applied)} codings are stacked, more than {_MAX_CODINGS}: left as it is")
    for name in reversed(applied):
        coding = _CODINGS.get(name)
        if coding is None:
            return Decoded(data[:limit], f"the coding {name[:40]!r} is unknown: left as it is")
        if not data:
            break
        decoded = _decode_one(data, coding, limit)
        if decoded.fault:
            return Decoded(decoded.body, f"{name}: {decoded.fault}")
        data = decoded.body
    return Decoded(data[:limit], _too_long(limit) if len(data) > limit else None)


def _too_long(limit: int) -> str:
    return f"the decoded body is longer than {limit} bytes and was cut there"


class _Pump:
    """Feeds one body, which may be several members one after the other, through its decoder."""

    def __init__(self, coding: _Coding, start: bytes, limit: int) -> None:
        self.ended = False
        self.fault: str | None = None
        self._coding = coding
        self._start = start
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._members = 0
        self._stream: _Stream | None = None

    @property
    def body(self) -> bytes:
        """What came out, up to the limit."""
        return b"".join(self._parts)[: self._limit]

    def feed(self, piece: bytes) -> None:
        """Decode one piece; may raise one of _ERRORS. What follows the last member is padding, and passed over."""
        while piece and not self.ended:
            stream = self._stream or self._open(piece)
            if stream is None:
                return
            self._parts.append(stream.decompress(piece, self._limit - self._size + 1))
            self._size += len(self._parts[-1])
            if self._size > self._limit:
                self._stop(_too_long(self._limit))
            if not stream.eof:
                return
            self._stream = None
            piece = stream.unused_data

    def end(self) -> None:
        """No more pieces will come."""
        if self._stream is not None and not self.ended:
            self._stop(f"ends early, after {self._size} decoded bytes")

    def _open(self, piece: bytes) -> _Stream | None:
        begins = self._coding.next_begins
        if self._members and not (begins and piece.startswith(begins[: len(piece)])):
            self._stop(None)
        elif self._members == _MAX_MEMBERS:
            self._stop(f"has more than {_MAX_MEMBERS} members and was cut there")
        else:
            self._members += 1
            self._stream = self._coding.open(self._start)
        return self._stream

    def _stop(self, fault: str | None) -> None:
        self.ended = True
        self.fault = fault


def _decode_one(data: bytes, coding: _Coding, limit: int) -> Decoded:
    """Decode in pieces; when one fails, once more from the start and byte by byte through that piece."""
    pump = _Pump(coding, data[:2], limit)
    at = 0
    try:
        for at in range(0, len(data), _PIECE):
            if pump.ended:
                break
            pump.feed(data[at : at + _PIECE])
    except _ERRORS:
        pump = _Pump(coding, data[:2], limit)
        for before in range(0, at, _PIECE):
            pump.feed(data[before : before + _PIECE])
        if error := _feed_bytes(pump, data[at : at + _PIECE]):
            if not pump.body:
                return Decoded(data[:limit], f"cannot be decoded ({error}): left as it is")
            return Decoded(pump.body, f"damaged after {len(pump.body)} decoded bytes ({error})")
    pump.end()
    return Decoded(pump.body, pump.fault)


def _feed_bytes(pump: _Pump, piece: bytes) -> Exception | None:
    """Feed single bytes, and return the error that one of them makes."""
    try:
        for at in range(len(piece)):
            pump.feed(piece[at : at + 1])
    except _ERRORS as error:
        return error
    return None
