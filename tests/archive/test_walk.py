"""Every byte of a file is accounted for, and damage in one record hides no other."""

from __future__ import annotations

import gzip
import hashlib
import io
import itertools
from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import walk as walking
from archive.walk import Broken, Walked, matches, walk


def record(number: int, block: bytes, *, digest: str = "") -> bytes:
    """Return a record, uncompressed."""
    fields = [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Record-ID: <urn:test:{number}>",
        *([f"WARC-Block-Digest: {digest}"] if digest else []),
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def member(number: int, block: bytes) -> bytes:
    """Return a record as a gzip member."""
    return gzip.compress(record(number, block, digest=sha256(block)), mtime=0)


def sha256(data: bytes) -> str:
    """Return a labelled digest."""
    return f"sha256:{b32encode(hashlib.sha256(data).digest()).decode()}"


def walked(data: bytes) -> list[Walked | Broken]:
    """Return what is in a file."""
    return list(walk(io.BytesIO(data), len(data)))


def ids(found: list[Walked | Broken]) -> list[str]:
    """Return the numbers of the whole records, and the kinds of what is broken."""
    return [
        found.kind if isinstance(found, Broken) else str(found.header("warc-record-id")).removeprefix("<urn:test:")[:-1]
        for found in found
    ]


BLOCKS = st.lists(
    st.binary(max_size=300) | st.binary(min_size=1, max_size=1).map(lambda one: one * 200_000), max_size=5
)


@given(BLOCKS, st.booleans())
def test_whole_records_are_found_with_their_places(blocks: list[bytes], compressed: bool) -> None:  # noqa: FBT001 - drawn
    """Each record of a whole file is found with its place, its block and a digest that fits."""
    make = member if compressed else lambda number, block: record(number, block, digest=sha256(block))
    members = [make(number, block) for number, block in enumerate(blocks)]
    found = walked(b"".join(members))
    assert [one.offset for one in found] == [0, *itertools.accumulate(map(len, members))][: len(members)]
    assert [one.length for one in found] == [len(one) for one in members]
    assert [one.block for one in found if isinstance(one, Walked)] == blocks
    assert all(isinstance(one, Walked) and one.block_matches for one in found)


@given(st.data(), st.integers(0, 3), st.sampled_from(["cut", "flip", "zeros", "insert", "remove"]))
def test_damage_in_one_record_hides_no_other(data: st.DataObject, hurt: int, how: str) -> None:
    """Whatever happens to one member, the others are found, and the lengths add up to the file."""
    members = [member(number, bytes([65 + number]) * 999 + b"\x1f\x8b\x08WARC/") for number in range(4)]
    at = data.draw(st.integers(0, len(members[hurt]) - 1))
    old = members[hurt]
    members[hurt] = {
        "cut": old[:at],
        "flip": old[:at] + bytes([old[at] ^ data.draw(st.integers(1, 255))]) + old[at + 1 :],
        "zeros": old[:at] + bytes(len(old) - at),
        "insert": old[:at] + b"\x1f\x8b\x08\x00 stray" + old[at:],
        "remove": old[:at] + old[at + 1 :],
    }[how]
    found = walked(b"".join(members))
    assert sum(one.length for one in found) == sum(map(len, members))
    whole = [name for name in ids(found) if name.isdigit()]
    assert [name for name in whole if name != str(hurt)] == [str(number) for number in range(4) if number != hurt]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (member(0, b"a") + member(1, b"b")[:-3], ["0", "torn"]),
        (member(0, b"a") + bytes(99), ["0", "excess"]),
        (bytes(70_000) + member(1, b"b"), ["excess", "1"]),
        (member(0, b"a")[:-3] + member(1, b"b"), ["damaged", "1"]),
        (gzip.compress(b"no record") + member(1, b"b"), ["malformed", "1"]),
        (gzip.compress(record(0, b"a") + b"more") + member(1, b"b"), ["malformed", "1"]),
        (gzip.compress(record(0, b"abc").replace(b"Length: 3", b"Length: 4")), ["malformed"]),
        (gzip.compress(record(0, b"abc").replace(b"Length: 3", b"Length: x")), ["malformed"]),
        (gzip.compress(record(0, b"abc").replace(b"Length: 3", b"Length: -3")), ["malformed"]),
        (gzip.compress(b"WARC/1.1\r\n" + b"x" * 2_000_000), ["malformed"]),
        (record(0, b"a") + record(1, b"b")[:-3], ["0", "torn"]),
        (record(0, b"a") + b"junk" + record(1, b"b"), ["0", "excess", "1"]),
        (b"\x1f", ["excess"]),
        (b"\x1f\x8b", ["torn"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "file",
)
def test_what_is_broken_has_a_name(data: bytes, expected: list[str]) -> None:
    """Torn, damaged and malformed records and bytes that are none are told apart."""
    assert ids(walked(data)) == expected


def test_a_bomb_of_a_member_is_not_inflated_beyond_its_record() -> None:
    """A member that goes on for 100 MB after its record is given up at once."""
    bomb = gzip.compress(record(0, b"a") + bytes(100_000_000), 1)
    (found,) = walked(bomb)
    assert isinstance(found, Broken)
    assert found.kind == "malformed"


def test_a_block_too_long_to_hold_is_hashed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit a block is not held, but its digest is compared."""
    monkeypatch.setattr(walking, "MOST_HELD", 1000)
    block = b"x" * 200_000
    data = gzip.compress(record(0, block, digest=sha256(block))) + gzip.compress(record(1, block, digest=sha256(b"")))
    found = [one for one in walked(data) if isinstance(one, Walked)]
    assert [(one.block, one.block_matches) for one in found] == [(None, True), (None, False)]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (sha256(b"a"), True),
        (sha256(b"a").rstrip("="), True),
        (sha256(b"b"), False),
        (f"sha1:{hashlib.sha1(b'a').hexdigest()}", True),
        (f"SHA-256:{hashlib.sha256(b'a').hexdigest().upper()}", True),
        (f"md5:{hashlib.md5(b'a').hexdigest()}", True),
        ("crc32:e8b7be43", None),
        ("nonsense", None),
        ("sha256:", False),
    ],
)
def test_digests_are_compared_in_every_spelling(label: str, expected: bool | None) -> None:  # noqa: FBT001 - a column of the table
    """Base32 and hexadecimal, padded or not, are read; an algorithm that nobody here knows is not judged."""
    assert matches(label, b"a") is expected
