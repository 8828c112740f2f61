"""What a user types is searched for, and never an FTS5 syntax error."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.query import fts5
from archive.segment import segmented

TEXTS = (
    "The harbour storm broke the sea wall",
    "A storm in the port, far from the harbour",
    "Harbours and their festivals",
    "香港的港口正在扩建",
    "Don't panic: it's 4.5 % in the sea",
)
SYNTAX = st.text(st.sampled_from('"*-+^:(){}[]<>|&!\\/.,;%_#\0\ud800 \t\naé港0ORANDNOTNEAR'), max_size=40)


def found(typed: str) -> list[int]:
    """Return which of the texts a query finds."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2')")
        for number, text in enumerate(TEXTS):
            connection.execute("INSERT INTO texts (rowid, body) VALUES (?, ?)", (number, segmented(text)))
        rows = connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (fts5(typed),))
        return [row for (row,) in rows]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("storm", [0, 1]),
        ("STORM", [0, 1]),
        ("harbour storm", [0, 1]),
        ('"harbour storm"', [0]),
        ('"harbour storm', [0]),
        ("port OR festivals", [1, 2]),
        ("storm port OR wall", [0, 1]),
        ("harbour -wall", [1]),
        ('storm -"sea wall"', [1]),
        ("harb*", [0, 1, 2]),
        ('"sea wal"*', [0]),
        ("OR storm OR", [0, 1]),
        ("storm OR -wall", [1]),
        ("港口", [3]),
        ("口港", []),
        ("扩建 香港", [3]),
        ("don't", [4]),
        ("4.5", [4]),
        ("storm !!! %", [0, 1]),
        ("AND", [2]),
        ("NEAR(storm", []),
        ("body:storm", []),
        ("hárbour", [0, 1]),
    ],
)
def test_a_query_finds_what_it_says(typed: str, numbers: list[int]) -> None:
    """Words, phrases, OR, minus and beginnings mean what docs/commands.md says; nothing else means anything."""
    assert found(typed) == numbers


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "-storm", '-"sea wall"', "OR", '""', "\0", "a " * 65])
def test_a_query_for_nothing_is_refused(typed: str) -> None:
    """A query without a word to look for, or with far too many, is a UsageError."""
    with pytest.raises(UsageError):
        fts5(typed)


@given(SYNTAX | st.text(st.characters(), max_size=30))
@example('a"*')
@example("a\0b")
@example('-"" "x')
def test_any_string_is_a_query_or_a_usage_error(typed: str) -> None:
    """Whatever is typed, SQLite takes the expression, or the user is told what is missing."""
    with contextlib.suppress(UsageError):
        assert set(found(typed)) <= set(range(len(TEXTS)))
