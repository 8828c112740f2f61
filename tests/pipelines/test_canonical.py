"""Which address a page may declare for its article."""

from __future__ import annotations

import pytest

from pipelines.canonical import canonical_elsewhere
from pipelines.flow import process
from tests.pipelines.documents import URL, document_of, page_of

OTHER = "https://lantern.example/2026/11/24/tide-table-kept"


def head(canonical: str) -> str:
    """Return a page that declares an address."""
    return f'<!DOCTYPE html><title>Tide table</title><link rel="canonical" href="{canonical}"><p>Text'


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (OTHER, OTHER),
        (f"{OTHER}#comments", OTHER),
        ("/2026/11/24/tide-table-kept", "https://www.lantern.example/2026/11/24/tide-table-kept"),
        ("https://amp.lantern.example/story?id=7", "https://amp.lantern.example/story?id=7"),
        ("https://lantern.example/?p=1234", "https://lantern.example/?p=1234"),
        ("https://lantern.example/council-keeps-the-old-tide-table", True),
        (URL, None),
        ("/", None),
        ("https://www.lantern.example/index.html", None),
        ("https://www.lantern.example/politics", None),
        ("https://www.lantern.example/tag/the-old-tide-table", None),
        ("https://www.lantern.example/2026/11/", None),
        ("https://www.lantern.example/2026/11/24/tide-table.pdf", None),
        ("https://www.gazette.example/2026/11/24/tide-table-kept", None),
        ("https://lantern.example.evil.example/2026/11/24/tide-table-kept", None),
        ("javascript:alert(1)", None),
        ("ftp://lantern.example/2026/11/24/tide-table-kept", None),
        ("https://[lantern.example/2026/11/24/tide-table-kept", None),
        ("https://lantern.example:x/2026/11/24/tide-table-kept", None),
        (f"{OTHER}/{'a' * 3000}", None),
        ("", None),
    ],
)
def test_what_may_be_declared(canonical: str, expected: str | bool | None) -> None:  # noqa: FBT001 - True: as it is
    """An address of the same site that looks like an article's is taken; home, sections and other sites' are not."""
    found = canonical_elsewhere(document_of(head(canonical)))
    assert found == (canonical if expected is True else expected)
    assert process(page_of(head(canonical))).canonical == found
