"""Segmenting: words of scripts without blanks are found by SQLite, and shown as they were written."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.segment import joined, segmented

SENTENCES = {
    "Chinese": ("香港的港口正在扩建。", "港口", "口港"),
    "Japanese": ("東京の港が広がっています。", "広がって", "がって広"),
    "Thai": ("ท่าเรือกำลังขยาย", "กำลัง", "ลังกำ"),
    "Lao": ("ທ່າເຮືອກຳລັງຂະຫຍາຍ", "ກຳລັງ", "ລັງກຳ"),
    "Khmer": ("កំពង់ផែកំពុងពង្រីក", "កំពុង", "ពុងកំ"),
    "Burmese": ("ဆိပ်ကမ်းကို တိုးချဲ့နေသည်", "တိုးချဲ့", "ချဲ့တိုး"),
    "mixed": ("Der Hafen von 香港 wächst", "香港 wächst", "香港 Hafen"),
}
"""A sentence, words that stand in it side by side, and the same words in another order."""


def finds(text: str, words: str) -> bool:
    """Whether a full-text index of a text has words side by side, as newsclip asks it."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO texts VALUES (?)", (segmented(text),))
        phrase = f'"{segmented(words)}"'
        return bool(connection.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (phrase,)).fetchone())
    finally:
        connection.close()


@pytest.mark.parametrize(("text", "there", "not_there"), SENTENCES.values(), ids=SENTENCES.keys())
def test_words_are_found(text: str, there: str, not_there: str) -> None:
    """Words inside a sentence are found where they stand side by side, and not in another order."""
    assert finds(text, there)
    assert not finds(text, not_there)


@pytest.mark.parametrize(
    ("text", "words"), [("Café Müller", "cafe muller"), ("Москва", "москва"), ("서울의 항구", "항구")]
)
def test_other_scripts_are_left_alone(text: str, words: str) -> None:
    """Scripts with blanks are indexed word by word, without regard to case and diacritics."""
    assert segmented(text) == text
    assert finds(text, words)


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    """What is shown is what was written, but for thin spaces."""
    assert joined(segmented(text)) == text.replace("\u2009", "")
