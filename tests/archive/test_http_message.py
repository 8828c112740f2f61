"""The response reader: what odd responses mean, that no byte is lost, and that how bytes are cut changes nothing."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.http_message import MAX_HEAD, ResponseReader, media_type, parse_response

if TYPE_CHECKING:
    from archive.http_message import Message

_HEAD = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIP = gzip.compress(b"abc", mtime=0)

COMPLETE = [
    pytest.param(_HEAD + b"Content-Length: 3\r\n\r\nabc", b"abc", id="sized"),
    pytest.param(_HEAD + b"content-LENGTH : 3\r\n\r\nabc", b"abc", id="any letter case, blank before the colon"),
    pytest.param(_HEAD + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", b"abc", id="length twice, equal"),
    pytest.param(_HEAD + b"Content-Length: 3, 3\r\n\r\nabc", b"abc", id="length as a list"),
    pytest.param(_HEAD + b"\r\nabc", b"abc", id="until the close"),
    pytest.param(b"HTTP/1.0 200 OK\r\n\r\nabc", b"abc", id="HTTP/1.0"),
    pytest.param(b"http/1.1 200 OK\nContent-Length: 3\n\nabc", b"abc", id="LF only"),
    pytest.param(b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc", b"abc", id="blank lines before the status line"),
    pytest.param(_CHUNKED + b"3\r\nabc\r\n0\r\n\r\n", b"abc", id="chunked"),
    pytest.param(_HEAD + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", b"abc", id="Chunked"),
    pytest.param(_CHUNKED + b'003 ;a="b;c"\r\nabc\r\n00\r\n\r\n', b"abc", id="extensions and zeros"),
    pytest.param(_CHUNKED + b"3\nabc\n0\n\n", b"abc", id="chunks with LF only"),
    pytest.param(_CHUNKED + b"1\r\na\r\n2\r\nbc\r\n0\r\nX-Sum: 1\r\n\r\n", b"abc", id="trailer"),
    pytest.param(_CHUNKED + b"3\r\nabc\r\n0\r\n", b"abc", id="no line after the last chunk"),
    pytest.param(
        _HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", b"abc", id="both"
    ),
    pytest.param(_HEAD + b"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", b"abc", id="identity"),
    pytest.param(_HEAD + b"Transfer-Encoding: gzip\r\n\r\n" + _GZIP, b"abc", id="transfer coding gzip"),
    pytest.param(
        _HEAD
        + b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(_GZIP), _GZIP),
        b"abc",
        id="gzip, chunked",
    ),
    pytest.param(b"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", b"", id="204"),
    pytest.param(b"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", b"", id="304"),
]

FAULTY = [
    pytest.param(b"", b"", False, "no answer came", id="nothing"),
    pytest.param(b"HTT", b"", False, "the head was cut short", id="three bytes"),
    pytest.param(_HEAD + b"X: 1", b"", False, "the head was cut short", id="cut head"),
    pytest.param(b"<p>hello", b"<p>hello", True, "the answer begins with no HTTP status line", id="HTTP/0.9"),
    pytest.param(b"HTTP/1.1 OK\r\n\r\nabc", b"abc", True, "the status line holds no status", id="no status"),
    pytest.param(b"HTTP/1.1 2000 OK\r\n\r\nabc", b"abc", True, "the status line holds no status", id="four digits"),
    pytest.param(_HEAD + b"Content-Length: 9\r\n\r\nabc", b"abc", False, "ended after 3 of 9 bytes", id="cut body"),
    pytest.param(_HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc", b"abc", True, "both 1 and 2", id="two"),
    pytest.param(_HEAD + b"Content-Length: -1\r\n\r\nabc", b"abc", True, "no number: '-1'", id="negative length"),
    pytest.param(_HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\na", b"a", True, "no number", id="long number"),
    pytest.param(_CHUNKED + b"9\r\nabc", b"abc", False, "cut after 0 chunks and 3 bytes", id="cut chunk"),
    pytest.param(_CHUNKED + b"3\r\nabc\r\n", b"abc", False, "cut after 1 chunks", id="cut between chunks"),
    pytest.param(_CHUNKED + b"3\r\nabc\r\n-1\r\n", b"abc", True, "cannot be read after 1", id="negative chunk"),
    pytest.param(_CHUNKED + b"3\r\nabcdef\r\n", b"abc", True, "cannot be read after 1", id="chunk too long"),
    pytest.param(_CHUNKED + b"<p>abc</p>", b"<p>abc</p>", True, "is chunked and is not", id="not chunked"),
    pytest.param(_CHUNKED + b"0x3\r\nabc", b"0x3\r\nabc", True, "is chunked and is not", id="0x is no chunk size"),
    pytest.param(_CHUNKED + b"1" * 20_000, b"1" * 20_000, True, "is chunked and is not", id="endless chunk size"),
    pytest.param(
        _HEAD + b"Transfer-Encoding: rot13\r\n\r\nabc", b"abc", True, "'rot13' is unknown", id="unknown transfer coding"
    ),
    pytest.param(_HEAD + b"X: " + b"x" * MAX_HEAD, b"", False, f"longer than {MAX_HEAD}", id="header flood"),
]


def _rebuilt(message: Message) -> bytes:
    return b"".join(message.interim) + message.head + message.raw_body + message.excess


@pytest.mark.parametrize(("block", "payload"), COMPLETE)
def test_complete(block: bytes, payload: bytes) -> None:
    """A response that is merely odd is complete, without fault, and every byte of it is in the message."""
    message = parse_response(block)
    assert (message.payload, message.complete, message.fault, message.excess) == (payload, True, None, b"")
    assert _rebuilt(message) == block


@pytest.mark.parametrize(("block", "payload", "complete", "fault"), FAULTY)
def test_faulty(block: bytes, payload: bytes, complete: bool, fault: str) -> None:  # noqa: FBT001 - a column of a table
    """A faulty response gives what can be had of it, and says in words what is wrong."""
    message = parse_response(block)
    assert (message.payload, message.complete) == (payload, complete)
    assert fault in (message.fault or "")
    assert _rebuilt(message) == block


@pytest.mark.parametrize("block", [case.values[0] for case in (*COMPLETE, *FAULTY) if len(case.values[0]) < 1000])  # type: ignore[arg-type]
def test_byte_by_byte(block: bytes) -> None:
    """A response fed byte by byte means what it means when fed whole."""
    reader = ResponseReader()
    for byte in block:
        reader.feed(bytes([byte]))
    reader.finish()
    assert reader.message() == parse_response(block)


@given(
    block=st.sampled_from([case.values[0] for case in (*COMPLETE, *FAULTY)]),
    junk=st.binary(max_size=30),
    where=st.integers(0, 400),
    cuts=st.lists(st.integers(0, 500), max_size=6),
)
def test_cutting_changes_nothing(block: bytes, junk: bytes, where: int, cuts: list[int]) -> None:
    """However a response, damaged or not, is cut into pieces, it is read the same, and no byte is lost."""
    damaged = block[:where] + junk + block[where:]
    reader = ResponseReader()
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), len(damaged)], strict=True):
        reader.feed(damaged[start:stop])
    reader.finish()
    assert reader.message() == parse_response(damaged)
    assert _rebuilt(reader.message()) == damaged == reader.raw()


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=8), st.binary(max_size=20))
def test_chunks_come_back(chunks: list[bytes], excess: bytes) -> None:
    """A body cut into chunks is read back whole, and what follows it is excess."""
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    message = parse_response(_CHUNKED + framed + excess)
    assert (message.payload, message.raw_body, message.excess) == (b"".join(chunks), framed, excess)
    assert message.complete
    assert message.chunked


def test_fields_are_kept_as_sent() -> None:
    """Field names and values keep their order, letter case, repeats and bytes; a fold becomes a space."""
    fields = b"b: 2\r\nA:1\r\nno colon\r\nB:\t \xff \r\nX: one\r\n  two\r\n\tthree\r\nE:\r\n\r\n"
    head = b"HTTP/1.1 200  Alles K\xf6ln \r\n" + fields
    message = parse_response(head)
    assert message.headers == ((b"b", b"2"), (b"A", b"1"), (b"B", b"\xff"), (b"X", b"one two three"), (b"E", b""))
    assert (message.version, message.status, message.reason) == (b"HTTP/1.1", 200, b" Alles K\xf6ln ")
    assert message.head == head


def test_interim_responses() -> None:
    """Responses of the 100s precede the final one, each on its own, except 101, which is final."""
    first, second = b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    message = parse_response(first + second + _HEAD + b"\r\nabc")
    assert (message.interim, message.head, message.status) == ((first, second), _HEAD + b"\r\n", 200)
    assert parse_response(b"HTTP/1.1 101 Switching Protocols\r\n\r\n").status == 101


def test_head_request_has_no_body() -> None:
    """The answer to HEAD ends with its head, whatever length it names."""
    message = parse_response(_HEAD + b"Content-Length: 500\r\n\r\n", "HEAD")
    assert message.complete
    assert message.raw_body == b""


def test_length_too_short() -> None:
    """What follows a body of the named length is excess, and the connection cannot be used again."""
    reader = ResponseReader()
    reader.feed(_HEAD + b"Content-Length: 3\r\n\r\nabcdef")
    assert (reader.message().payload, reader.message().excess) == (b"abc", b"def")
    assert not reader.keep_alive


@pytest.mark.parametrize(
    ("block", "stays"),
    [
        (_HEAD + b"Content-Length: 0\r\n\r\n", True),
        (_CHUNKED + b"0\r\n\r\n", True),
        (_HEAD + b"Connection: foo, CLOSE\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", False),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", False),
        (_HEAD + b"\r\nabc", False),
        (_HEAD + b"Content-Length: 5\r\n\r\nabc", False),
    ],
)
def test_keep_alive(block: bytes, stays: bool) -> None:  # noqa: FBT001 - a column of a table
    """The connection can be used again only after a complete response with an end of its own."""
    reader = ResponseReader()
    reader.feed(block)
    assert reader.keep_alive is stays


def test_feeding_after_the_end() -> None:
    """A reader that was told of the end takes no more bytes."""
    reader = ResponseReader()
    reader.finish()
    reader.finish()
    with pytest.raises(ValueError, match="one response"):
        reader.feed(b"x")


def test_cost_is_linear() -> None:
    """Reading looks at each byte of head and chunk lines a bounded number of times, however small the pieces."""
    searched = 0

    class Counting(bytearray):
        """A buffer that counts how far it is searched."""

        def find(self, sub: bytes, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
            nonlocal searched
            found = super().find(sub, start, len(self) if end is None else end)
            searched += (found if found >= 0 else len(self)) - start + 1
            return found

    block = (
        _HEAD + b"X: " + b"x" * 20_000 + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + b"5;" + b"e" * 9000 + b"\r\nabcde"
    )
    reader = ResponseReader()
    reader._raw = Counting()
    for byte in block:
        reader.feed(bytes([byte]))
    assert searched < 4 * len(block)


def test_a_flood_of_chunks_is_kept_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most chunks that are read, bytes are kept as they came, and the fault says so."""
    monkeypatch.setattr("archive.http_body._MAX_CHUNKS", 3)
    block = _CHUNKED + b"1\r\na\r\n" * 5 + b"0\r\n\r\n"
    message = parse_response(block)
    assert (message.payload, message.complete) == (b"aaa", True)
    assert "cannot be read after 3 chunks" in (message.fault or "")
    assert _rebuilt(message) == block


def test_transfer_bomb_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body whose transfer coding would unfold it beyond the limit is cut there, with a fault."""
    monkeypatch.setattr("archive.http_message.MAX_UNCODED", 1000)
    message = parse_response(_HEAD + b"Transfer-Encoding: deflate\r\n\r\n" + zlib.compress(bytes(100_000)))
    assert len(message.payload) == 1000
    assert "longer than 1000 bytes" in (message.fault or "")


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (b"text/html; charset=utf-8", "text/html"),
        (b" Application/XHTML+xml ", "application/xhtml+xml"),
        (b"nonsense", None),
        (b"", None),
        (b"a/b/c", None),
    ],
)
def test_media_type(value: bytes, named: str | None) -> None:
    """The media type is type and subtype in lower case, or None when the value is neither."""
    assert media_type(((b"content-type", value),)) == named
    assert media_type(()) is None
