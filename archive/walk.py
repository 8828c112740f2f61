"""Every byte of a WARC file accounted for: whole records, and what is broken between them.

Plan: from one record to the next, each read as a stream so that memory does not grow with a record. Where one cannot
be read, the walk says so, looks for the next place that begins a record, and goes on from there; so one damaged record
hides no other. `reading` is for those who want records and stop at damage; this is for those who look for damage.

A record is a gzip member of its own (WARC 1.1 annex D) or stands uncompressed. Its shape is that of WARC 1.1 section 4:
version, named fields, a blank line, a block of Content-Length bytes, two line ends.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b32encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from isal import igzip_lib, isal_zlib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_GZIP_WBITS = 31
_IsalError: type[Exception] = igzip_lib.IsalError  # type: ignore[assignment]  # annotated as an instance there
_PIECE = 64 * 1024
_MAX_HEAD = 1024 * 1024
MOST_HELD = 256 * 1024 * 1024
"""Bytes of a block that are held to look into; a longer one is hashed as it passes."""
_MEMBER, _PLAIN, _RECORD_END = b"\x1f\x8b\x08", b"WARC/", b"\r\n\r\n"
_ALGORITHMS = {"sha1", "sha256", "sha512", "md5"}

Break = Literal["torn", "damaged", "malformed", "excess"]
"""A record cut by the end of the file; a gzip member that cannot be read; one that holds no record; bytes that are
no record at all."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A whole record. `block` is None when it is longer than MOST_HELD; `block_matches` compares its declared digest.

    `block_matches` is None when none is declared, or one that nobody here can compute.
    """

    offset: int
    length: int
    headers: tuple[tuple[str, str], ...]
    block: bytes | None
    block_matches: bool | None

    def header(self, name: str) -> str | None:
        """Return the first value of a header field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that are no whole record."""

    offset: int
    length: int
    kind: Break
    what: str


class _BrokenError(Exception):
    """A record cannot be read; never leaves this module."""

    def __init__(self, kind: Break, what: str) -> None:
        super().__init__(what)
        self.kind: Break = kind


def walk(file: BinaryIO, end: int) -> Iterator[Walked | Broken]:
    """Yield what is in a file up to an offset, in order; lengths add up to `end`."""
    at = 0
    while at < end:
        try:
            record = _record_at(file, at, end)
        except _BrokenError as error:
            following = _next_beginning(file, at + 1, end)
            kind: Break = "damaged" if error.kind == "torn" and following < end else error.kind
            yield Broken(at, following - at, kind, str(error))
            at = following
        else:
            yield record
            at += record.length


def matches(declared: str, data: bytes) -> bool | None:
    """Whether data has a labelled digest (WARC 1.1 section 5.8), in base32 or hexadecimal; None if nobody can tell."""
    hashed = _hash_of(declared)
    if hashed is None:
        return None
    hashed.update(data)
    return _is_digest(declared, hashed)


def _hash_of(declared: str | None) -> hashlib._Hash | None:
    label = (declared or "").partition(":")[0].strip().lower().replace("-", "")
    return hashlib.new(label, usedforsecurity=False) if label in _ALGORITHMS else None


def _is_digest(declared: str, hashed: hashlib._Hash) -> bool:
    value = declared.partition(":")[2].strip().lower().rstrip("=")
    base32 = b32encode(hashed.digest()).decode("ascii").lower().rstrip("=")
    return value in (base32, hashed.hexdigest())


def _record_at(file: BinaryIO, at: int, end: int) -> Walked:
    """Read one record; raises _BrokenError."""
    file.seek(at)
    begin = file.read(min(len(_PLAIN), end - at))
    if begin.startswith(_PLAIN):
        stream = _Stream(_plain_pieces(file, at, end))
        record = _read(stream, at)
        length = stream.taken
    elif begin[:2] == _MEMBER[:2]:
        member = _Member(file, at, end)
        stream = _Stream(member.pieces())
        record = _read(stream, at)
        if not stream.at_end():
            raise _BrokenError("malformed", "the gzip member goes on after its record")
        length = member.length
    else:
        raise _BrokenError("excess", "zeros" if not any(begin) else "bytes that begin no record")
    return Walked(at, length, record.headers, record.block, record.block_matches)


@dataclass(frozen=True, slots=True)
class _Content:
    headers: tuple[tuple[str, str], ...]
    block: bytes | None
    block_matches: bool | None


def _read(stream: _Stream, at: int) -> _Content:
    headers = _headers(stream.head(), at)
    fields = {name.lower(): value for name, value in reversed(headers)}
    try:
        size = int(fields.get("content-length", ""))
    except ValueError:
        size = -1
    if size < 0:
        raise _BrokenError("malformed", "the record has no Content-Length")
    declared = fields.get("warc-block-digest")
    hashed = _hash_of(declared)
    held: list[bytes] = []
    for piece in stream.read(size):
        if hashed is not None:
            hashed.update(piece)
        if size <= MOST_HELD:
            held.append(piece)
    if b"".join(stream.read(len(_RECORD_END))) != _RECORD_END:
        raise _BrokenError("malformed", f"the record is not the {size} bytes long that it says")
    matched = _is_digest(declared, hashed) if declared and hashed is not None else None
    return _Content(headers, b"".join(held) if size <= MOST_HELD else None, matched)


def _headers(head: bytes, at: int) -> tuple[tuple[str, str], ...]:
    version, _, lines = head.decode("utf-8", "replace").partition("\r\n")
    if not version.startswith("WARC/"):
        raise _BrokenError("malformed", f"what is at {at} is no WARC record")
    fields: list[tuple[str, str]] = []
    for line in lines.split("\r\n"):
        if line[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)


class _Stream:
    """Pieces of bytes, taken in the amounts that a record needs."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.taken = 0
        self._pieces = pieces
        self._buffer = b""

    def head(self) -> bytes:
        """Take everything up to the first blank line."""
        while (found := self._buffer.find(_RECORD_END)) < 0:
            if len(self._buffer) > _MAX_HEAD:
                raise _BrokenError("malformed", f"the head of the record is longer than {_MAX_HEAD} bytes")
            piece = next(self._pieces, b"")
            if not piece:
                raise _BrokenError("malformed", "the head of the record has no end")
            self._buffer += piece
        head = self._buffer[:found]
        self._buffer = self._buffer[found + len(_RECORD_END) :]
        self.taken += len(head) + len(_RECORD_END)
        return head

    def read(self, size: int) -> Iterator[bytes]:
        """Take that many bytes, or what there is."""
        left = size
        while left and (piece := self._buffer or next(self._pieces, b"")):
            self._buffer = piece[left:]
            left -= len(piece) - len(self._buffer)
            self.taken += len(piece) - len(self._buffer)
            yield piece if not self._buffer else piece[: len(piece) - len(self._buffer)]

    def at_end(self) -> bool:
        """Whether nothing is left; reads on to the end of the stream when nothing seems to be."""
        return not self._buffer and not next(self._pieces, b"")


class _Member:
    """One gzip member; its `length` is known when all pieces were taken. The CRC is compared on the way."""

    def __init__(self, file: BinaryIO, at: int, end: int) -> None:
        self.length = 0
        self._file = file
        self._at = at
        self._end = end

    def pieces(self) -> Iterator[bytes]:
        """Yield what is in it, bounded piece by piece however small it was compressed."""
        inflate = isal_zlib.decompressobj(wbits=_GZIP_WBITS)
        self._file.seek(self._at)
        read = self._at
        while not inflate.eof:
            raw = inflate.unconsumed_tail
            if not raw:
                raw = self._file.read(min(_PIECE, self._end - read))
                read += len(raw)
            try:
                piece = inflate.decompress(raw, _PIECE)
            except _IsalError as error:
                raise _BrokenError("damaged", f"the gzip member cannot be read ({error})") from None
            if piece:
                yield piece
            elif not raw:
                raise _BrokenError("torn", "the file ends inside a record")
        self.length = read - len(inflate.unused_data) - self._at


def _plain_pieces(file: BinaryIO, at: int, end: int) -> Iterator[bytes]:
    file.seek(at)
    left = end - at
    while piece := file.read(min(_PIECE, left)):
        left -= len(piece)
        yield piece
    raise _BrokenError("torn", "the file ends inside a record")


def _next_beginning(file: BinaryIO, start: int, end: int) -> int:
    """Return where the next record begins after damage, or the end."""
    at = start
    overlap = len(_PLAIN) - 1
    while at < end:
        file.seek(at)
        window = file.read(min(_PIECE, end - at))
        for place in _places(window):
            if _begins_record(file, at + place, end):
                return at + place
        if len(window) <= overlap:
            break
        at += len(window) - overlap
    return end


def _places(window: bytes) -> list[int]:
    """Return where a record might begin, in order."""
    found = []
    for mark in (_MEMBER, _PLAIN):
        place = window.find(mark)
        while place >= 0:
            found.append(place)
            place = window.find(mark, place + 1)
    return sorted(found)


def _begins_record(file: BinaryIO, at: int, end: int) -> bool:
    """Whether a record begins here: a member whose first bytes are those of one, or the version line itself."""
    file.seek(at)
    begin = file.read(min(_PIECE, end - at))
    if begin.startswith(_PLAIN):
        return True
    try:
        return isal_zlib.decompressobj(wbits=_GZIP_WBITS).decompress(begin, len(_PLAIN)).startswith(_PLAIN)
    except _IsalError:
        return False


def size_of(file: BinaryIO) -> int:
    """Return the size of an open file in bytes."""
    return os.fstat(file.fileno()).st_size
