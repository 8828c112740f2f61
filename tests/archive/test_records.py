"""Records: the bytes that come in are the bytes that lie in the file, and readers that are not ours agree."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive import records
from archive.page import read_exchange
from archive.records import Repeated, Subject, commentary, stored, warc_date, warc_fields, warc_uri, warcinfo
from tests.archive.findings import EXCHANGES, GET, WHEN, article, exchange, response

if TYPE_CHECKING:
    from archive.model import Exchange

INFO = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
EARLIER = Repeated(
    "<urn:uuid:11111111-1111-4111-8111-111111111111>",
    "https://news.example/first",
    WHEN,
    records.digest(b"<p>Story</p>"),
)


def read(*made: records.Record) -> list[tuple[str, dict[str, str], bytes]]:
    """Return type, header fields and block of records, read by warcio."""
    return [
        (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
        for record in ArchiveIterator(io.BytesIO(_joined(made)), no_record_parse=True)
    ]


def check(*made: records.Record) -> None:
    """Let warcio compute every digest again."""
    for record in ArchiveIterator(io.BytesIO(_joined(made)), check_digests="raise"):
        record.raw_stream.read()
        assert record.digest_checker.passed is not False


def _joined(made: tuple[records.Record, ...]) -> bytes:
    return b"".join(record.member for record in made)


def of(fetched: Exchange, repeated: Repeated | None = None) -> list[tuple[str, dict[str, str], bytes]]:
    """Return what is stored of an exchange, read by warcio, which finds every digest right."""
    made = stored(fetched, read_exchange(fetched), INFO, repeated)
    check(*made)
    return read(*made)


ODD_ANSWERS = {
    "mixed case and repeats": b"HTTP/1.1 200 Sure thing!\r\nsEt-CooKie: a=1\r\nSet-Cookie: b=2\r\n\r\nbody",
    "HTTP/1.0 without length": b"HTTP/1.0 200 OK\r\n\r\nbody until the end",
    "no reason": b"HTTP/1.1 404\r\n\r\n",
    "latin-1 header": b"HTTP/1.1 200 OK\r\nX-City: K\xf6ln\r\n\r\n",
    "line feeds alone": b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
    "folded header": b"HTTP/1.1 200 OK\r\nX-A: 1\r\n  2\r\n\r\n",
    "no colon": b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\nbody",
    "chunked": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n",
    "gzip in chunks": HEAD
    + b"Content-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n\r\n14\r\n"
    + gzip.compress(b"", mtime=0)
    + b"\r\n0\r\n\r\n",
    "too short": HEAD + b"Content-Length: 100\r\n\r\nonly this",
    "too long": HEAD + b"Content-Length: 4\r\n\r\nbodyand more",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n",
    "NUL bytes": HEAD + b"Content-Length: 3\r\n\r\n\0\0\0",
    "WARC in it": HEAD + b"\r\n\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n",
}


@pytest.mark.parametrize("answer", ODD_ANSWERS.values(), ids=ODD_ANSWERS.keys())
def test_odd_blocks(answer: bytes) -> None:
    """A response lies in its record byte for byte, and so does the request beside it."""
    [primary, request] = of(exchange(answer=answer))
    assert (primary[0], primary[2]) == ("response", answer)
    assert (request[0], request[2]) == ("request", GET)
    assert request[1]["WARC-Concurrent-To"] == primary[1]["WARC-Record-ID"]


@given(EXCHANGES)
def test_any_block(fetched: Exchange) -> None:
    """Whatever was exchanged comes back whole: interim responses, final response and request, each in its record."""
    found = of(fetched)
    blocks = [block for kind, fields, block in found if fields["Content-Type"] == records.HTTP_RESPONSE]
    interim = [block for kind, _, block in found if kind == "metadata" and block.startswith(b"HTTP/")]
    if fetched.response:
        assert found[0][0] == "response"
        assert b"".join([*interim, found[0][2]]) == fetched.response
        assert len(blocks) == 1 + len(interim)
    else:
        assert (found[0][0], found[0][1]["Content-Type"]) == ("metadata", records.FIELDS)
        assert found[0][2].startswith(b"error: ")
    assert [block for kind, _, block in found if kind == "request"] == ([fetched.request] if fetched.request else [])


def test_fields_of_a_response() -> None:
    """A response says where, when and how it was fetched, and both its digests."""
    [[_, fields, _], _] = of(exchange())
    assert fields["WARC-Target-URI"] == "https://news.example/story"
    assert fields["WARC-Date"] == "2026-11-24T03:04:05.678901Z"
    assert fields["WARC-IP-Address"] == "192.0.2.7"
    assert fields["WARC-Protocol"] == "tls/1.3"  # of the two fields the dict keeps the last
    assert fields["WARC-Warcinfo-ID"] == INFO
    assert fields["Content-Type"] == "application/http; msgtype=response"
    assert fields["WARC-Payload-Digest"] == records.digest(b"<p>Story</p>")
    assert fields["WARC-Block-Digest"] == records.digest(response())
    assert "WARC-Truncated" not in fields


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (response(b"<p>Story</p>"), True),
        (response(b""), False),
        (ODD_ANSWERS["chunked"], False),
        (ODD_ANSWERS["too long"], False),
        (ODD_ANSWERS["no HTTP"], False),
    ],
)
def test_where_a_payload_digest_stands(answer: bytes, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """A payload digest is written only where what readers hash is the payload that the standard means."""
    assert ("WARC-Payload-Digest" in of(exchange(answer=answer))[0][1]) is expected


def test_a_revisit() -> None:
    """A repeated payload is stored as its header alone, with all that leads to the record that has it."""
    [[kind, fields, block], [request, _, _]] = of(exchange(seconds=60), EARLIER)
    assert (kind, request) == ("revisit", "request")
    assert block == response().partition(b"<p>")[0]
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert fields["WARC-Refers-To"] == EARLIER.record_id
    assert fields["WARC-Refers-To-Target-URI"] == "https://news.example/first"
    assert fields["WARC-Refers-To-Date"] == "2026-11-24T03:04:05.678901Z"
    assert fields["WARC-Payload-Digest"] == records.digest(b"<p>Story</p>")


def test_a_revisit_of_what_was_not_modified() -> None:
    """A 304 is stored as it came, under the profile that says so, with the digest of the payload that it stands for."""
    [[kind, fields, block], _] = of(exchange(answer=NOT_MODIFIED), EARLIER)
    assert kind == "revisit"
    assert block == NOT_MODIFIED
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert fields["WARC-Refers-To"] == EARLIER.record_id
    assert fields["WARC-Payload-Digest"] == EARLIER.payload_digest


def test_a_failure() -> None:
    """An exchange without an answer is a metadata record with the error, and the request if one was sent."""
    [[kind, fields, block], [request, _, _]] = of(exchange(answer=b""))
    assert (kind, block, request) == ("metadata", b"error: connection refused\r\n", "request")
    assert fields["WARC-Target-URI"] == "https://news.example/story"


INJECTION = "https://news.example/\r\nWARC-Type: forged\r\n\r\nx y"


def test_nobody_else_writes_headers() -> None:
    """Control characters in addresses and errors cannot begin a header line."""
    made = of(exchange(url=INJECTION, answer=b""))
    assert "forged" not in {kind for kind, _, _ in made}
    assert all("\n" not in value for _, fields, _ in made for value in fields.values())
    assert made[0][1]["WARC-Target-URI"] == "https://news.example/%0D%0AWARC-Type:%20forged%0D%0A%0D%0Ax%20y"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\r\nWARC-Type: forged")
@example("\x85\u2028")
def test_any_header_value(value: str) -> None:
    """No header value can end its line, whatever it holds."""
    info = warcinfo(value, WHEN, [("operator", value)])
    [[kind, fields, block]] = read(info)
    assert (kind, fields["WARC-Type"], fields["WARC-Record-ID"]) == ("warcinfo", "warcinfo", info.record_id)
    assert block.count(b"\r\n") == bool(value)
    assert block.count(b"\n") == block.count(b"\r\n")


def test_commentary() -> None:
    """What is said of a record refers to it, and the text comes plain and as Markdown, in UTF-8."""
    subject = Subject(EARLIER.record_id, "https://news.example/story", WHEN, INFO)
    found = read(*commentary(subject, [("via", "https://news.example/"), ("empty", "")], article("Über den Hafen")))
    assert [kind for kind, _, _ in found] == ["metadata", "conversion", "conversion"]
    assert {fields["WARC-Refers-To"] for _, fields, _ in found} == {EARLIER.record_id}
    assert [fields["Content-Type"] for _, fields, _ in found] == [records.FIELDS, records.PLAIN_TEXT, records.MARKDOWN]
    assert found[0][2] == b"via: https://news.example/\r\n"
    assert found[1][2].decode() == "Über den Hafen"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("https://a.example/ü", "https://a.example/ü"),
        ("https://a.example/a b\t", "https://a.example/a%20b%09"),
    ],
)
def test_warc_uri(value: str, expected: str) -> None:
    """An address keeps everything but what would end or bend its line."""
    assert warc_uri(value) == expected


def test_dates_are_in_utc() -> None:
    """A moment of another zone is written as the same moment in UTC."""
    there = timezone(timedelta(hours=9))
    assert warc_date(datetime(2026, 1, 1, 8, 0, tzinfo=there)) == "2025-12-31T23:00:00.000000Z"
    assert warc_date(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000000Z"


def test_warc_fields_leave_out_what_is_empty() -> None:
    """A field without a value is not written."""
    made: list[Any] = [("a", "1"), ("b", ""), ("c", "x\r\ny")]
    assert warc_fields(made) == b"a: 1\r\nc: x y\r\n"
