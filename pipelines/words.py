"""Making words comparable: one spelling of quotes and dashes, one case, one space."""

from __future__ import annotations

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "–": "-", "—": "-"}
)


def plain(text: str) -> str:
    """Return the text in lower case, on one line, with typewriter quotes and dashes."""
    return " ".join(text.translate(_SAME).casefold().split())
