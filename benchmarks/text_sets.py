"""Sets of real pages with references that people checked, and how a text is scored against them.

A set is a folder with `truth.jsonl` and `pages/ID.html.gz`; a row of truth has `id`, `url`, and `text` (the article's
whole text) or `with` and `without` (snippets that belong to it, and that do not), and may have `title`, `authors` and
`date`.

Whole texts are compared by the multiset of their rows of four words: precision and recall are averages over the pages,
F1 is that of the two averages. Snippets give one precision and recall over all pages. An interval comes from drawing
the pages of a set anew a thousand times, the same for both sides (paired bootstrap; Efron 1979).
"""

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.model import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

ROW = 4
"""Words in a row that are compared."""

DRAWS = 1_000

_WORD = re.compile(r"\w+")
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])

Rows = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """One page of a set with its reference."""

    group: str
    folder: Path
    truth: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The page's id within its set."""
        return str(self.truth["id"])

    @property
    def site(self) -> str:
        """The host, by which pages are divided; the page's own name where it is not known."""
        host = (urlsplit(self.truth.get("url") or "").hostname or "").removeprefix("www.")
        return host if "." in host else f"{self.group}/{self.name}"

    @property
    def fold(self) -> int:
        """The part that the page belongs to when fitted weights are tried on others: all pages of a site in one."""
        return zlib.crc32(self.site.encode()) % 2

    @property
    def page(self) -> Page:
        """The page as it would come off the wire, without header fields."""
        url = self.truth.get("url") or ""
        with gzip.open(self.folder / "pages" / f"{self.name}.html.gz") as file:
            return Page(url, url, datetime.now(UTC), 200, (), file.read())


@dataclass(frozen=True, slots=True)
class Score:
    """What one text is worth: hits of what was found and of what is wanted, as shares or as counts."""

    precision: float | None = None
    recall: float | None = None
    right: int = 0
    wrong: int = 0
    lost: int = 0


def examples_of(folders: Iterable[Path]) -> list[Example]:
    """Return the pages of all sets."""
    found = []
    for folder in folders:
        with (folder / "truth.jsonl").open(encoding="utf-8") as lines:
            found += [Example(folder.name, folder, json.loads(line)) for line in lines]
    return found


def score(truth: Mapping[str, Any], text: str) -> Score:
    """Compare a text with its reference."""
    if "text" in truth:
        wanted, found = rows_of(truth["text"]), rows_of(text)
        hits = sum((wanted & found).values())
        return Score(_share(hits, found), _share(hits, wanted))
    flat = squeeze(text)
    right = sum(squeeze(snippet) in flat for snippet in truth["with"])
    wrong = sum(squeeze(snippet) in flat for snippet in truth["without"])
    return Score(right=right, wrong=wrong, lost=len(truth["with"]) - right)


def overall(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pages of one set."""
    shares = [one for one in scores if one.precision is not None or one.recall is not None]
    if shares:
        precision = fmean(one.precision for one in shares if one.precision is not None)
        recall = fmean(one.recall for one in shares if one.recall is not None)
    else:
        right, wrong, lost = (sum(getattr(one, name) for one in scores) for name in ("right", "wrong", "lost"))
        precision, recall = right / max(1, right + wrong), right / max(1, right + lost)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def gain(before: Sequence[Score], after: Sequence[Score]) -> tuple[float, float, float]:
    """Return by how much F1 grows on the same pages, and the bounds between which 95 % of draws lie."""
    draw = random.Random(1)
    gains = []
    for _ in range(DRAWS):
        drawn = draw.choices(range(len(before)), k=len(before))
        gains.append(overall([after[place] for place in drawn])[2] - overall([before[place] for place in drawn])[2])
    gains.sort()
    edge = DRAWS // 40
    return overall(after)[2] - overall(before)[2], gains[edge], gains[-edge - 1]


def words_of(text: str) -> list[str]:
    """Return the words of a text, without signs that are not seen."""
    return _WORD.findall(unicodedata.normalize("NFC", text or "").translate(_UNSEEN))


def rows_of(text: str) -> Rows:
    """Return how often each row of four words stands in a text; one shorter row for fewer words."""
    words = words_of(text)
    return (
        Counter(tuple(words[place : place + ROW]) for place in range(max(1, len(words) - ROW + 1)))
        if words
        else Counter()
    )


def squeeze(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join((text or "").split())


def _share(hits: int, rows: Rows) -> float | None:
    return hits / sum(rows.values()) if rows else None
