"""Dates: the spellings that pages use, the order in which their places are believed, and what is no date at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dates import iso, modified, published
from tests.pipelines.documents import document_of

LATEST = date(2026, 11, 21)

SPELLINGS: list[tuple[object, str | None]] = [
    ("2026-03-01", "2026-03-01"),
    ("2026-3-1", "2026-03-01"),
    ("20260301", "2026-03-01"),
    ("2026-03-01T08:09:10Z", "2026-03-01T08:09:10Z"),
    ("2026-03-01T08:09:10.123456+02:00", "2026-03-01T08:09:10+02:00"),
    ("2026-03-01T08:09-0530", "2026-03-01T08:09:00-05:30"),
    ("2026-03-01T08:09:10+02", "2026-03-01T08:09:10+02:00"),
    ("2026-03-01 08:09:10 UTC", "2026-03-01T08:09:10Z"),
    ("2026-03-01T08:09:10", "2026-03-01T08:09:10"),
    ("Sun, 01 Mar 2026 08:09:10 GMT", "2026-03-01T08:09:10+00:00"),
    ("Sun, 01 Mar 2026 08:09:10 +0100", "2026-03-01T08:09:10+01:00"),
    (["2026-03-01"], "2026-03-01"),
    ({"@value": "2026-03-01"}, "2026-03-01"),
    ("2026-02-30", None),
    ("2026-13-01", None),
    ("2026-03-01T25:00", None),
    ("1901-01-01", None),
    ("2026-11-22", None),
    ("yesterday", None),
    ("", None),
    (None, None),
    (20260301, None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("value", "wanted"), SPELLINGS)
def test_spelling(value: object, wanted: str | None) -> None:
    """A date comes out as ISO 8601 with what the page said and no more, and what is none comes out as None."""
    assert iso(value, LATEST) == wanted


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=70) | st.from_regex(r"\A\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d{4})?)?\Z"))
def test_spelling_never_raises(value: str) -> None:
    """Any string is a date or none."""
    found = iso(value, LATEST)
    assert found is None or date.fromisoformat(found[:10]) <= LATEST


LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-01T10:00:00Z"}</script>'
META = '<meta property="article:published_time" content="2026-01-02">'
TIME = '<time datetime="2026-01-03">3 January</time>'


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        (LD + META + TIME, "2026-01-01T10:00:00Z"),
        (META + TIME, "2026-01-02"),
        (TIME, "2026-01-03"),
        (LD.replace("2026-01-01T10:00:00Z", "soon") + META, "2026-01-02"),
        (f'<time class="published" datetime="2025-05-05"></time>{TIME}', "2025-05-05"),
        ('<meta property="article:published_time" content="2027-01-01">', None),
    ],
)
def test_order_of_places(markup: str, wanted: str | None) -> None:
    """JSON-LD is believed before meta elements and those before time elements; what is no date is passed over."""
    assert published(document_of(f"<html><head></head><body>{markup}<p>Text.</p></body></html>")) == wanted


def test_modified_is_apart_from_published() -> None:
    """The date of the last change is what the page says it is, and None where it says nothing."""
    changed = META + '<meta property="article:modified_time" content="2026-02-02T00:00:00Z">'
    assert modified(document_of(changed + "<p>x</p>")) == "2026-02-02T00:00:00Z"
    assert modified(document_of(META + "<p>x</p>")) is None
