"""Text for full-text search in scripts that do not put blanks between words.

SQLite's unicode61 tokenizer takes a run of letters for one word, so a Chinese paragraph would be a single word that
nobody searches for. Each character of such a script is set apart for the index and the query, and joined again in what
is shown: a query of several characters becomes a phrase and so finds them side by side.
"""

from __future__ import annotations

import re

UNSPACED = (
    "\u0e00-\u0e7f"  # Thai
    "\u0e80-\u0eff"  # Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""Scripts without blanks between words, as ranges for a class of characters."""
_CHARACTER = re.compile(f"([{UNSPACED}])")
_SEPARATOR = "\u2009"
"""A thin space: a separator to the tokenizer, and a mark of ours that is taken out again."""


def segmented(text: str) -> str:
    """Return text with a separator after every character of an unspaced script."""
    return _CHARACTER.sub(rf"\1{_SEPARATOR}", text)


def joined(text: str) -> str:
    """Return segmented text as it was, but for thin spaces of its own."""
    return text.replace(_SEPARATOR, "")
