"""Content codings: every one is undone, bombs stop at the limit, and damage costs no byte that came before it."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli  # type: ignore[import-untyped]  # it comes without annotations
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.http_message import decode_content

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_LIMIT = 1_000_000
_TEXT = b"The harbour board met on Tuesday. " * 300


def _raw_deflate(data: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return coder.compress(data) + coder.flush()


CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "DEFLATE": _raw_deflate,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def _headers(*codings: str) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((b"content-Encoding", coding.encode()) for coding in codings)


@pytest.mark.parametrize("coding", CODERS)
@given(data=st.binary(max_size=5000))
def test_round_trip(coding: str, data: bytes) -> None:
    """What a coding was applied to comes back."""
    decoded = decode_content(CODERS[coding](data), _headers(coding), _LIMIT)
    assert (decoded.body, decoded.fault) == (data, None)


def test_large_bodies() -> None:
    """Bodies of many pieces come back in every coding."""
    data = bytes(range(256)) * 4000
    for coding, compress in CODERS.items():
        decoded = decode_content(compress(data), _headers(coding), 2_000_000)
        assert (decoded.body == data, decoded.fault) == (True, None)


def test_stacked() -> None:
    """Codings applied one over the other are undone from the last to the first, identity being none."""
    body = brotli.compress(gzip.compress(_TEXT))
    assert decode_content(body, _headers("gzip, identity", "br"), _LIMIT).body == _TEXT


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_and_padding(coding: str) -> None:
    """Members that follow each other are one body, and padding behind the last is no fault."""
    compress = CODERS[coding]
    decoded = decode_content(compress(_TEXT) + compress(b"end") + bytes(20), _headers(coding), _LIMIT)
    assert (decoded.body, decoded.fault) == (_TEXT + b"end", None)


@pytest.mark.parametrize("coding", ["deflate", "br"])
def test_bytes_behind_the_end(coding: str) -> None:
    """Bytes behind the end of a coding without members are passed over."""
    decoded = decode_content(CODERS[coding](_TEXT) + b"junk", _headers(coding), _LIMIT)
    assert (decoded.body, decoded.fault) == (_TEXT, None)


@pytest.mark.parametrize("coding", CODERS)
def test_bombs_stop_at_the_limit(coding: str) -> None:
    """A body that would unfold beyond the limit ends at the limit, with a fault."""
    decoded = decode_content(CODERS[coding](bytes(5_000_000)), _headers(coding), 100_000)
    assert len(decoded.body) == 100_000
    assert "longer than 100000 bytes" in (decoded.fault or "")


def test_the_limit_itself_is_no_fault() -> None:
    """A body of exactly the limit is whole."""
    assert decode_content(gzip.compress(bytes(1000)), _headers("gzip"), 1000).fault is None
    assert decode_content(bytes(1000), (), 1000).fault is None
    assert decode_content(bytes(1001), (), 1000).body == bytes(1000)


def test_a_flood_of_members_is_cut() -> None:
    """A body of countless empty members costs bounded work, and says so."""
    decoded = decode_content(gzip.compress(b"") * 10_001, _headers("gzip"), _LIMIT)
    assert "more than 10000 members" in (decoded.fault or "")


@pytest.mark.parametrize("coding", CODERS)
def test_cut_bodies_keep_their_start(coding: str) -> None:
    """A body whose coding ends early keeps what came before, and says so."""
    data = bytes(range(256)) * 200
    coded = CODERS[coding](data)
    decoded = decode_content(coded[:-3], _headers(coding), _LIMIT)
    assert data.startswith(decoded.body)
    assert "ends early" in (decoded.fault or "")


def test_damage_costs_nothing_before_it() -> None:
    """With a checksum that is wrong, all of the body is kept, and the fault says what is the matter."""
    coded = gzip.compress(_TEXT)[:-8] + b"damaged!"
    decoded = decode_content(coded, _headers("gzip"), _LIMIT)
    assert decoded.body == _TEXT
    assert f"damaged after {len(_TEXT)} decoded bytes" in (decoded.fault or "")


@given(data=st.binary(min_size=1, max_size=300), coding=st.sampled_from(sorted(CODERS)))
def test_foreign_bytes_never_raise(data: bytes, coding: str) -> None:
    """Bytes that are no such coding give a body all the same."""
    assert isinstance(decode_content(data, _headers(coding), 1000).body, bytes)


def test_left_as_it_is() -> None:
    """A body whose coding is unknown, or not what it says, is given as it is, with a fault."""
    for coding in ("gzip", "br", "zstd", "rot13"):
        decoded = decode_content(b"<html>plain</html>", _headers(coding), _LIMIT)
        assert decoded.body == b"<html>plain</html>"
        assert "left as it is" in (decoded.fault or "")
    assert "6 codings are stacked" in (decode_content(b"x", _headers(*["gzip"] * 6), _LIMIT).fault or "")


def test_an_empty_body_has_no_coding() -> None:
    """An empty body, as of a 304 that names its coding, is empty and without fault."""
    assert decode_content(b"", _headers("gzip"), _LIMIT).fault is None
