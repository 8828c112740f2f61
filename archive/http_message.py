"""HTTP/1 responses as bytes, live from a socket or out of a WARC record: bytes in, decisions out, no input or output.

Plan: a `ResponseReader` keeps every byte it is fed in one buffer and walks over it once:

    interim responses (1xx) ─▶ final head ─▶ body ─▶ excess
    `http_head` says what a head means, `http_body` where a body ends, `content_coding` undoes codings.

It never raises on foreign bytes. `ended` says that no further byte is wanted (the message is complete, broken, or its
head is too long), `finish()` that no further byte will come. `message()` then cuts the buffer into a `Message`, whose
interim + head + raw_body + excess are exactly the bytes that were fed.

Bytes that begin with no status line are an HTTP/0.9 answer (RFC 1945 section 6) or no HTTP at all: the message has
status None, all bytes are its body, and `fault` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.content_coding import Decoded, decode
from archive.http_body import OpenBody, body_of, connection_stays, transfer_codings
from archive.http_head import Head, Headers, elements, media_type, parse_head

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.http_body import Body

__all__ = ["Decoded", "Headers", "Message", "ResponseReader", "decode_content", "media_type", "parse_response"]

MAX_HEAD = 256 * 1024
"""Bytes of all heads of one response; Chrome's limit is the same (net/http/http_stream_parser.h), curl's 300 kB."""
MAX_UNCODED = 256 * 1024 * 1024
"""Bytes that undoing `Transfer-Encoding: gzip` may give: a bomb costs no more."""

_PREFIX = b"HTTP/"
_NO_HEAD = Head(b"", None, b"", ())
_LINE_ENDS = frozenset(b"\r\n")
_SWITCHING = 101


@dataclass(frozen=True, slots=True)
class Message:
    """A response, in the pieces of its bytes and in what they mean.

    `interim` are the 1xx responses before the final one, `head` its status line and fields with the blank line, both
    raw. `raw_body` is the body as framed on the wire, `payload` without transfer coding but still with its content
    coding. `chunked` says that the response names any transfer coding. `complete` says that all of it came. `excess`
    came after the end. `fault` says what is wrong with it, for people.
    """

    interim: tuple[bytes, ...]
    head: bytes
    version: bytes
    status: int | None
    reason: bytes
    headers: Headers
    raw_body: bytes
    payload: bytes
    chunked: bool
    complete: bool
    excess: bytes
    fault: str | None


class ResponseReader:
    """Reads one response to a request with the given method; its cost is linear in the bytes, however they are cut."""

    def __init__(self, method: str = "GET", *, max_head: int = MAX_HEAD) -> None:
        self.ended = False
        self.head_too_long = False
        self._method = method
        self._max_head = max_head
        self._raw = bytearray()
        self._at = 0
        self._searched = 0
        self._interim: list[tuple[int, int]] = []
        self._head_start = 0
        self._head_end = 0
        self._head = _NO_HEAD
        self._body: Body | None = None
        self._fault: str | None = None
        self._finished = False
        self._step: Callable[[], bool] = self._begin

    @property
    def received(self) -> int:
        """Bytes fed so far."""
        return len(self._raw)

    @property
    def complete(self) -> bool:
        """Whether the whole response came."""
        return self._body is not None and self._body.done

    @property
    def keep_alive(self) -> bool:
        """Whether the connection can carry another request after this response."""
        return (
            self.ended
            and not self._finished
            and self.complete
            and self.fault is None
            and self._at == len(self._raw)
            and connection_stays(self._head)
        )

    @property
    def fault(self) -> str | None:
        """What is wrong with the response so far."""
        return self._fault or (self._body.fault if self._body else None)

    @property
    def head(self) -> Head | None:
        """The final head, as soon as it is there."""
        return self._head if self._body is not None else None

    def feed(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            ValueError: after `finish()`.

        """
        if self._finished:
            raise ValueError("feed() after finish(): a reader reads one response")
        self._raw += data
        while not self.ended and self._step():
            pass

    def finish(self) -> None:
        """No more bytes will come: the connection was closed, or given up."""
        if self._finished:
            return
        self._finished = True
        if self._body is None:
            self._finish_head()
        elif not self.ended:
            self._body.end(self._raw, self._at)
            self._at = len(self._raw)
        self.ended = True

    def raw(self) -> bytes:
        """Return all bytes that were fed."""
        return bytes(self._raw)

    def message(self) -> Message:
        """Return what was read; call `finish()` before, unless `ended`."""
        # Without a complete body nobody can say where it ends: all that came is its.
        end = self._at if self.complete else len(self._raw)
        head_end = self._head_end if self._body else end
        raw_body = bytes(self._raw[head_end:end])
        payload, fault = self._payload(raw_body)
        return Message(
            interim=tuple(bytes(self._raw[start:stop]) for start, stop in self._interim),
            head=bytes(self._raw[self._head_start : head_end]),
            version=self._head.version,
            status=self._head.status,
            reason=self._head.reason,
            headers=self._head.headers,
            raw_body=raw_body,
            payload=payload,
            chunked=any(name.strip().lower() == b"transfer-encoding" for name, _ in self._head.headers),
            complete=self.complete,
            excess=bytes(self._raw[end:]),
            fault="; ".join(filter(None, (self.fault, fault))) or None,
        )

    def _payload(self, raw_body: bytes) -> tuple[bytes, str | None]:
        if self._body is None:
            return raw_body, None
        payload = self._body.payload(raw_body)
        codings = [coding for coding in transfer_codings(self._head) if coding != "chunked"]
        if not codings:
            return payload, None
        decoded = decode(payload, codings, MAX_UNCODED)
        return decoded.body, f"transfer coding {decoded.fault}" if decoded.fault else None

    def _begin(self) -> bool:
        """Tell a status line from an answer without one, by the first bytes that are no line ends."""
        while self._at < len(self._raw) and self._raw[self._at] in _LINE_ENDS:
            self._at += 1
        start = bytes(self._raw[self._at : self._at + len(_PREFIX)]).upper()
        if len(start) < len(_PREFIX) and _PREFIX.startswith(start):
            return False
        if start == _PREFIX:
            self._searched = self._at
            self._step = self._read_head
        else:
            self._fault = "the answer begins with no HTTP status line"
            self._at = self._head_start
            self._begin_body(_NO_HEAD, OpenBody())
        return True

    def _read_head(self) -> bool:
        """Go from line to line until the blank one that ends the head; `_at` is where the line begins."""
        found = self._raw.find(b"\n", self._searched, self._max_head)
        if found < 0:
            self._searched = len(self._raw)
            if len(self._raw) >= self._max_head:
                self._give_up_head()
            return False
        blank = bytes(self._raw[self._at : found + 1]) in (b"\n", b"\r\n")
        self._at = self._searched = found + 1
        if blank:
            self._end_head()
        return True

    def _end_head(self) -> None:
        head = parse_head(bytes(self._raw[self._head_start : self._at]))
        if head.status is not None and head.status // 100 == 1 and head.status != _SWITCHING:
            self._interim.append((self._head_start, self._at))
            self._head_start = self._at
            self._step = self._begin
            return
        if head.status is None:
            self._fault = "the status line holds no status"
        self._begin_body(head, body_of(head, self._method))

    def _give_up_head(self) -> None:
        self._fault = f"the head is longer than {self._max_head} bytes"
        self._head = parse_head(self._whole_lines(self._max_head))
        self.ended = self.head_too_long = True

    def _finish_head(self) -> None:
        if not self.ended:
            self._fault = "the head was cut short" if self._raw else "no answer came"
            self._head = parse_head(self._whole_lines(len(self._raw)))

    def _whole_lines(self, end: int) -> bytes:
        """Return a cut head up to its last whole line, or the cut status line when there is no other."""
        last = self._raw.rfind(b"\n", self._head_start, end) + 1
        return bytes(self._raw[self._head_start : last or end])

    def _begin_body(self, head: Head, body: Body) -> None:
        self._head = head
        self._head_end = self._at
        self._body = body
        self._step = self._read_body

    def _read_body(self) -> bool:
        assert self._body is not None
        if not self._body.done:
            self._at = self._body.take(self._raw, self._at)
        self.ended = self._body.done
        return False


def parse_response(block: bytes, method: str = "GET") -> Message:
    """Return the response that a block of bytes holds, such as the block of a WARC response record."""
    reader = ResponseReader(method)
    reader.feed(block)
    reader.finish()
    return reader.message()


def decode_content(payload: bytes, headers: Headers, limit: int) -> Decoded:
    """Undo the content codings that the headers name; at most `limit` bytes come out, and trouble is in `fault`."""
    return decode(payload, elements(headers, b"content-encoding"), limit)
