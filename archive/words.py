"""Counting words in any script."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|\w+(?:['’\-]\w+)*")
"""A kana or Han character, or a run of word characters (apostrophes and hyphens inside belong to it)."""


def count_words(text: str) -> int:
    """Return the number of words; each kana and Han character counts as one, as word processors count."""
    return len(_WORD.findall(text))
