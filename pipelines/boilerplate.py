"""Taking out of a live page's text what is no part of its article: small pure rules over lines.

    lines of text ─▶ each rule: is this line noise? ─▶ the same lines of the Markdown ─▶ what was taken out, and why

What the text loses the Markdown loses too, its lines compared without their marks. A rule takes whole lines only, and
must be sure: a lost sentence of an article is worse than a left-over one of a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model import Removed
from pipelines.notices import RULE as MISSING_PAGE_NOTICE
from pipelines.notices import is_about_missing_pages, is_notice
from pipelines.skip_links import SKIP_LINKS
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LONGEST_NOISE = 300
"""Characters beyond which a line is prose, and no rule looks at it."""

TITLE_WITHIN = 3
"""Lines at the top among which the title may be repeated."""

_MARKS = re.compile(r"^[\s#>*_\-+`|]+|[\s*_`|]+$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ESCAPES = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know beside a line: the page's titles."""

    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The context as rules use it: all lines as `comparable`."""

    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The two renderings without noise, and what was taken out of the text."""

    text: str
    markdown: str
    removed: tuple[Removed, ...]


def clean(text: str, markdown: str, context: Context) -> Cleaned:
    """Return both renderings less the lines that a rule names."""
    lines = text.splitlines()
    return without(text, markdown, _noise(lines, _Known(frozenset(map(comparable, context.titles)))))


def without(text: str, markdown: str, noise: Mapping[int, str]) -> Cleaned:
    """Return both renderings less some lines of the text, by their place in it, with the rule that names each."""
    if not noise:
        return Cleaned(text, markdown, ())
    lines = text.splitlines()
    gone = {_words_of_text(lines[place]) for place in noise}
    return Cleaned(
        _joined(line for place, line in enumerate(lines) if place not in noise),
        _joined(_without(markdown.splitlines(), gone)),
        tuple(Removed(rule, lines[place].strip()) for place, rule in noise.items()),
    )


def comparable(line: str) -> str:
    """Return a line of text or Markdown as the rules compare it: words only, one spelling."""
    return plain(_MARKS.sub("", _ESCAPES.sub(r"\1", _LINK.sub(r"\1", line))))


def _noise(lines: list[str], known: _Known) -> dict[int, str]:
    """Return the lines that are noise, by their place, with the rule that says so."""
    found: dict[int, str] = {}
    texts = 0
    for place, line in enumerate(lines):
        if len(line) > LONGEST_NOISE:
            texts += 1
            continue
        words = _words_of_text(line)
        rule = next((name for name, is_noise in RULES if words and is_noise(words, texts, known)), None)
        texts += bool(words)
        if rule is not None:
            found[place] = rule
    return found


def _words_of_text(line: str) -> str:
    """Return a line of plain text as the rules compare it; its only mark is that of a list."""
    return plain(line.lstrip(" -|"))


def _without(lines: list[str], gone: set[str]) -> Iterator[str]:
    """Yield the lines of Markdown but for those whose words are gone, each as often as it stands there."""
    return (line for line in lines if len(line) > LONGEST_NOISE * 2 or comparable(line) not in gone or not line.strip())


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one text, with at most one empty line in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return "\n".join(kept).strip()


def _skip_link(words: str, _place: int, _known: _Known) -> bool:
    return words.rstrip(".:↓ ") in SKIP_LINKS


def _repeats_title(words: str, place: int, known: _Known) -> bool:
    return place < TITLE_WITHIN and words in known.titles


def _missing_page(words: str, _place: int, known: _Known) -> bool:
    """Whether the line is a notice that a page does not exist, and the page not about such notices by its title."""
    return is_notice(words) and not is_about_missing_pages(known.titles)


RULES: tuple[tuple[str, Callable[[str, int, _Known], bool]], ...] = (
    ("skip-link", _skip_link),
    ("title-repeated", _repeats_title),
    (MISSING_PAGE_NOTICE, _missing_page),
)
"""Every rule by the name that `Article.removed` gives, in order."""
