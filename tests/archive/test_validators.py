"""By what a server knows the version of a page that we have, read back from the records."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archive.collection import Collection
from archive.model import Liveness, Verdict
from archive.schema import connect
from archive.validators import TRUSTED, Validators, validators_of, version_of
from tests.archive.findings import GET, WHEN, article, page, response, store

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Finding

URL = "https://news.example/story"
CONDITIONAL = GET.replace(b"\r\n\r\n", b'\r\nIf-None-Match: "a"\r\n\r\n')
DATE = b"Mon, 02 Mar 2026 06:00:00 GMT"
WHOLE = response(extra=b'ETag: "a"\r\nLast-Modified: ' + DATE + b"\r\n")
AGAIN = response(extra=b'ETag: "b"\r\n')


def known(path: Path, *findings: Finding, days: float = 1) -> Validators | None:
    """Store captures, and return what names the version that is known some days after the first."""
    store(path, *findings)
    with closing(connect(Collection(path))) as connection:
        version = version_of(connection, URL, WHEN + timedelta(days=days))
        return validators_of(Collection(path), version) if version else None


def judged(finding: Finding, liveness: Liveness) -> Finding:
    """Return a finding with another verdict."""
    assert finding.processed is not None
    return replace(finding, processed=replace(finding.processed, verdict=Verdict(liveness, "so it is", 0.9)))


def test_the_last_good_capture_counts(tmp_path: Path) -> None:
    """A block and a death in between, and their ETags, change nothing; an equal payload brings its own ETag."""
    blocked = judged(page(answer=response(b"<h1>No</h1>", b"403 Forbidden", b'ETag: "x"\r\n')), Liveness.BLOCKED)
    missing = judged(page(answer=response(b"<h1>Gone</h1>", extra=b'ETag: "y"\r\n'), seconds=1), Liveness.SOFT_404)
    first = page(answer=WHOLE, said=article())
    assert known(tmp_path / "one", first, blocked, missing) == Validators(b'"a"', DATE)
    again = page(answer=AGAIN, said=article(), seconds=60)
    assert known(tmp_path / "two", first, again, blocked) == Validators(b'"b"', None)
    assert known(tmp_path / "three", blocked) is None


@pytest.mark.parametrize(("days", "expected"), [(TRUSTED.days - 1, Validators(b'"a"', DATE)), (TRUSTED.days + 1, None)])
def test_a_word_is_trusted_for_a_time(tmp_path: Path, days: float, expected: Validators | None) -> None:
    """Answers of 304 do not prolong the trust in the last whole one; what they leave out is known all the same."""
    first = page(answer=WHOLE, said=article())
    (whole,) = store(tmp_path, first)
    told = page(answer=b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n', said=article(), seconds=86_400 * 50)
    asked = (replace(told.exchanges[0], request=CONDITIONAL),)
    same = replace(told, exchanges=asked, confirms=whole.response.record_id)
    assert known(tmp_path, same, days=days) == expected


@pytest.mark.parametrize(
    ("ours", "said", "expected"),
    [
        ((b'"a"', DATE), (b'"a"', None), True),
        ((b'"a"', DATE), (b'W/"a"', None), True),
        ((b'"a"', None), (None, None), True),
        ((None, DATE), (None, DATE), True),
        ((b'"a"', DATE), (b'"b"', DATE), False),
        ((None, DATE), (None, b"Thu, 01 Jan 2015 00:00:00 GMT"), False),
        ((None, DATE), (b'"a"', DATE), False),
    ],
)
def test_whether_a_304_is_about_a_version(
    ours: tuple[bytes | None, bytes | None], said: tuple[bytes | None, bytes | None], *, expected: bool
) -> None:
    """It is, unless it names another version: ETags are compared weakly, dates by what was sent."""
    assert Validators(*ours).confirmed_by(Validators(*said)) is expected
