"""Titles: the heading that the head agrees with, less the name of the site."""

from __future__ import annotations

import pytest

from pipelines.titles import title_of, without_site
from tests.pipelines.documents import document_of

NAMES = frozenset({"lanternweekly", "lantern"})


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Bridge reopens | Lantern Weekly", "Bridge reopens"),
        ("Bridge reopens - Lantern Weekly", "Bridge reopens"),
        ("Bridge reopens – Lantern", "Bridge reopens"),
        ("Lantern Weekly: a bridge reopens", "Lantern Weekly: a bridge reopens"),
        ("Lantern Weekly | Bridge reopens", "Bridge reopens"),
        ("橋が開通｜Lantern Weekly", "橋が開通"),
        ("Bridge - and what comes after", "Bridge - and what comes after"),
        ("A well-known bridge", "A well-known bridge"),
        ("Lantern Weekly", "Lantern Weekly"),
        ("", ""),
    ],
)
def test_site_name_is_no_part_of_a_title(title: str, wanted: str) -> None:
    """A first or last part that names the site goes; everything else stays."""
    assert without_site(title, NAMES) == wanted


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<title>Bridge reopens | Lantern</title><h1>Bridge reopens</h1>", "Bridge reopens"),
        ("<title>Bridge reopens | Lantern</title><h1>Lantern Logo</h1>", "Bridge reopens"),
        ("<title>Bridge reopens</title><h1>Town</h1><h1>Bridge  reopens</h1>", "Bridge reopens"),
        ('<meta property="og:title" content="A bridge reopens"><title>Bridge</title>', "A bridge reopens"),
        (
            '<script type="application/ld+json">{"@type":"Article","headline":"Old bridge"}</script><title>x</title>',
            "Old bridge",
        ),
        ("<h1>Bridge reopens</h1>", "Bridge reopens"),
        (
            "<title>Old bridge reopens today</title><h1>The old bridge: what reopens</h1>",
            "The old bridge: what reopens",
        ),
        ("<title>Bridge reopens today</title><h1>Fish market closes</h1>", "Bridge reopens today"),
        ("<title>Bridge reopens | Ann's pages</title><h1>Ann's pages</h1><h2>Bridge reopens</h2>", "Bridge reopens"),
        ("<title>Bridge reopens | Ann's pages</title><h1>Ann's pages</h1><h1>Bridge reopens</h1>", "Bridge reopens"),
        ("<title>Bridge reopens | Ann's pages</title><p>Bridge reopens</p>", "Bridge reopens"),
        ("<title>The old bridge reopens</title><h1>3 May 2026 The old bridge reopens</h1>", "The old bridge reopens"),
        ("<title>橋が開通しました_社会_灯台網</title><p>橋が開通しました</p>", "橋が開通しました"),
        (
            "<meta property=og:site_name content='Bridge reopens'><title>Bridge reopens</title><h1>Bridge reopens</h1>",
            "Bridge reopens",
        ),
        (
            "<title>Ann » Archive » Bridge reopens</title><h1><a href=/>Ann</a></h1><h2>Bridge reopens</h2>",
            "Bridge reopens",
        ),
        (
            "<title>Ann: Bridge reopens</title><h1><a href=/index.html#top>Ann</a></h1><h3>Bridge reopens</h3>",
            "Bridge reopens",
        ),
        ("<h1><a href=/?from=top>Bridge reopens</a></h1>", "Bridge reopens"),
        ("<title>The Harbour Paper: Bridge reopens</title><p>Bridge reopens</p>", "Bridge reopens"),
        (
            "<title>On the river: Bridge reopens</title><p>On the river:</p><p>Bridge reopens</p>",
            "On the river: Bridge reopens",
        ),
        ("<p>Nothing</p>", None),
        ("<title>  \n </title><p>Nothing</p>", None),
        ("<title>Fish &amp; chips &lt;3</title>", "Fish & chips <3"),
    ],
)
def test_title(markup: str, wanted: str | None) -> None:
    """The title is on one line, and is what heading and head agree on, or the best that one of them says."""
    assert title_of(document_of(f"<html>{markup}<p>Text.</p></html>"), "Lantern") == wanted
