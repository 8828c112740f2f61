"""Torn files: the end of the last whole member is found, whatever follows it."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.torn import whole_until

if TYPE_CHECKING:
    from pathlib import Path

MEMBERS = [
    gzip.compress(b"first" * 100, mtime=0),
    gzip.compress(os.urandom(70_000), mtime=0),
    gzip.compress(b"", mtime=0),
]
TAILS = {
    "nothing": b"",
    "zeros": bytes(4096),
    "noise": b"\x1f\x8b\x08" + os.urandom(500),
    "magic": b"\x1f\x8b",
    "half a member": MEMBERS[1][:30_000],
    "all but a byte": MEMBERS[1][:-1],
    "a wrong sum": MEMBERS[0][:-6] + b"\0" + MEMBERS[0][-5:],
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_what_follows_the_last_whole_member(tmp_path: Path, tail: bytes) -> None:
    """Whatever follows the last whole member is left out, and nothing else."""
    whole = b"".join(MEMBERS)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole + tail)
    assert whole_until(path) == len(whole)
    assert whole_until(path, len(MEMBERS[0])) == len(whole)
    assert whole_until(path, len(whole)) == len(whole)


@given(cut=st.integers(0, sum(map(len, MEMBERS))))
def test_any_cut(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """Wherever a file is cut, it is whole up to the last member that ends before."""
    path = tmp_path_factory.mktemp("cut") / "a.warc.gz"
    path.write_bytes(b"".join(MEMBERS)[:cut])
    ends = [0]
    for member in MEMBERS:
        ends.append(ends[-1] + len(member))
    assert whole_until(path) == max(end for end in ends if end <= cut)
