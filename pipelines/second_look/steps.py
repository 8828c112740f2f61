"""The steps of the second look, in their order: each takes lines out of a draft or puts some in, and says which.

    the page's order ─▶ skip links ─▶ notices ─▶ titles ─▶ second article ─▶ captions ─▶ boxes ─▶ lone links ─▶ labels
    ─▶ weighed ─▶ bare headings ─▶ left out

A step that removes is sure of each line by itself; what takes several faint marks together is left to the weighing. A
lost sentence of an article is worse than a left-over one of a template, so no step but the cut of a second article
takes long prose, and none may take more than its share.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from archive.model import Removed
from pipelines.month_names import month_of
from pipelines.names import has
from pipelines.notices import RULE as MISSING_PAGE_NOTICE
from pipelines.notices import is_about_missing_pages, is_notice
from pipelines.second_look import fitted_lines, left_out, weighing
from pipelines.second_look.phrases import ends_with_credit, is_agency
from pipelines.second_look.text_marks import ends_a_sentence
from pipelines.skip_links import SKIP_LINKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipelines.second_look.draft import Draft, Line
    from pipelines.second_look.facts import Facts

    Found = Iterable[Line]

LONGEST_NOISE = 300
"""Weight beyond which a line is prose, and no step that goes by single lines looks at it."""

TITLE_WITHIN = 3
"""Lines at the top among which a text of the title's words is the title again, whatever element it is in."""

LINKS_AT_MOST = 0.1
"""Share of an article that lone links may have to be noise; with more they are what it lists."""

LONE_LINK = 0.9
"""Share of a line that its link must be to be all of it: marks around it are not."""

SECOND_BEHIND = 600
"""Weight of the paragraphs of an article before another one can begin below it."""

LABELS_AT_MOST = 0.4
"""Share of an article that labels may have to be noise."""

LABEL = 120
"""Weight from which a line is no label, whatever its first words are."""

CAPTIONS_AT_MOST, BOXES_AT_MOST = 0.3, 0.35
"""Shares of an article that captions and boxes beside it may have."""

TAG = 40
"""Weight up to which an item below "Tags:" is one."""

LONGEST_DATE, MOST_DATE_WORDS = 60, 5
"""Characters and words, figures not counted, of a line that is a date: "Monday, 4 May 2026, at 12:30 pm"."""

WEIGHED_AT_MOST = 0.5
"""Share of an article that the weighing may take."""

UNLIKELY = 0.3
"""Probability below which a line is taken out: it gained most on sites that the weights were not fitted on."""

_WORD = re.compile(r"\w+")
_PLATFORM = re.compile(
    r"facebook|twitter|instagram|whatsapp|telegram|youtube|tiktok|linkedin|threads|bluesky|viber|google"
)
_WHO_REPORTED = ("reporting by ", "(reporting by ", "additional reporting by ", "editing by ")
"""What is said in full sentences too, and of nobody but a reporter."""

_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")


class Step(NamedTuple):
    """A step that takes lines out: its name, and what sees them."""

    name: str
    look: Callable[[Draft, Facts], Found]


def look_again(draft: Draft, facts: Facts, without: frozenset[str] = frozenset()) -> tuple[Removed, ...]:
    """Take out of a draft what is no part of its article, put in what is, and return what went and by which step.

    `without` names steps to leave out.
    """
    removed: list[Removed] = []
    draft.put_in_order()
    for step in STEPS:
        if step.name in without:
            continue
        found = list(step.look(draft, facts))
        removed.extend(Removed(step.name, line.text) for line in found)
        draft.remove(found)
    if left_out.STEP not in without:
        left_out.put_in(draft, facts)
    return tuple(removed)


def _short(draft: Draft) -> Iterator[Line]:
    return (line for line in draft.lines if line.weight <= LONGEST_NOISE)


def _share(lines: list[Line], draft: Draft) -> float:
    return sum(line.weight for line in lines) / (sum(line.weight for line in draft.lines) or 1)


def skip_links(draft: Draft, _facts: Facts) -> Found:
    """See links that only move the reader about the page."""
    return (line for line in _short(draft) if line.plain.rstrip(".:↓ ") in SKIP_LINKS)


def notices(draft: Draft, facts: Facts) -> Found:
    """See notices that a page does not exist, unless the page is about such notices by its title."""
    if is_about_missing_pages(facts.titles):
        return ()
    return (line for line in _short(draft) if is_notice(line.text))


def titles(draft: Draft, facts: Facts) -> Found:
    """See the title again: as a heading anywhere before the prose, as any line at the top."""
    for place, line in enumerate(draft.lines):
        if line.weight > LONGEST_NOISE:
            return
        if (place < TITLE_WITHIN or line.kind == "head") and line.letters in facts.title_letters:
            yield line


def second_article(draft: Draft, facts: Facts) -> Found:
    """See what begins with the main heading of another article element below the article, to the end."""
    prose, article = 0, None
    for place, line in enumerate(draft.lines):
        block = line.block
        if block is None or block.weight < LABEL:
            is_other = article and block and block.tag == "h1" and block.article not in (0, article)
            if is_other and prose >= SECOND_BEHIND and line.letters not in facts.title_letters:
                return draft.lines[place:]
            continue
        prose += block.weight
        article = block.article if article is None else article
    return ()


def captions(draft: Draft, _facts: Facts) -> Found:
    """See what stands below pictures, by its element or by its name; a whole text of captions is a gallery."""
    found = [line for line in _short(draft) if _is_caption(line)]
    return found if _share(found, draft) <= CAPTIONS_AT_MOST else ()


def _is_caption(line: Line) -> bool:
    return line.block is not None and (line.block.tag == "figcaption" or has(line.block.near, "figure"))


def fact_boxes(draft: Draft, _facts: Facts) -> Found:
    """See boxes of facts beside the running text, by their names."""
    found = [
        line
        for line in draft.lines
        if line.block is not None and line.cell is None and has(line.block.near | line.block.around, "factbox")
    ]
    return found if _share(found, draft) <= BOXES_AT_MOST else ()


def lone_links(draft: Draft, _facts: Facts) -> Found:
    """See paragraphs that are nothing but a link, unless they are much of the text."""
    found = [line for line in draft.lines if line.kind == "p" and _is_link(line)]
    return found if _share(found, draft) <= LINKS_AT_MOST else ()


def _is_link(line: Line) -> bool:
    block = line.block
    return block is not None and block.link_characters >= LONE_LINK * len(block.text)


def labels(draft: Draft, facts: Facts) -> Found:
    """See lines that say by their first words, or by all of them, that they are no part of the article."""
    found = []
    lists_tags = below_prose = False
    for line in draft.lines:
        below_prose = below_prose or line.weight >= LABEL
        kinds = line.kinds if line.weight < LABEL else frozenset()
        lists_tags = "tags" in kinds or (lists_tags and line.kind == "item" and line.weight < TAG)
        if line.weight < LABEL and (
            lists_tags
            or _is_label(line, kinds, facts.language)
            or (not below_prose and _is_date(line.plain, facts.language))
        ):
            found.append(line)
    return found if _share(found, draft) <= LABELS_AT_MOST else ()


def _is_label(line: Line, kinds: frozenset[str], language: str | None) -> bool:
    """Whether a line of these kinds is a label: a sentence is one only where no article would have it."""
    if line.kind == "cell" or not line.letters:
        return line.kind != "cell"
    is_sentence = ends_a_sentence(line.text)
    if "share" in kinds and is_sentence and not _PLATFORM.search(line.plain):
        return False
    if not kinds.isdisjoint({"advertisement", "share", "comments", "rights"}):
        return line.kind != "item"
    if "read-more" in kinds:
        return not is_sentence or _has_link(line) or ":" in line.text[:40]
    return line.kind == "p" and _is_about_the_article(line, kinds, language, is_sentence=is_sentence)


def _is_about_the_article(line: Line, kinds: frozenset[str], language: str | None, *, is_sentence: bool) -> bool:
    """Whether a paragraph says who made the article and when, or asks its reader for something."""
    if not kinds.isdisjoint({"prompt", "interviewer"}):
        return True
    if "credit" in kinds and line.plain.startswith(_WHO_REPORTED):
        return True
    if not kinds.isdisjoint({"credit", "reading-time"}) or ("dated" in kinds and any(map(str.isdigit, line.text))):
        return not is_sentence
    if "byline" in kinds and _has_date(line.plain, language):
        return True
    if "byline" in kinds and not is_sentence:
        return _is_name_like(line)
    return ends_with_credit(line.plain) or is_agency(line.plain)


def _is_date(words: str, language: str | None) -> bool:
    """Whether a line is a date and nothing else: figures, and the names of a month, a weekday and the hour."""
    rest = [word for word in _WORD.findall(words) if not word.isdigit()]
    return len(rest) <= MOST_DATE_WORDS and _has_date(words, language)


def _has_date(words: str, language: str | None) -> bool:
    if len(words) > LONGEST_DATE or not _YEAR.search(words):
        return False
    return any(month_of(word, language) for word in _WORD.findall(words) if not word.isdigit())


def _has_link(line: Line) -> bool:
    return line.block is not None and line.block.link_characters > 0


def _is_name_like(line: Line) -> bool:
    """Whether a line is as short as "By" with a name or two, or its place in the page is called an author's."""
    if line.block is not None and has(line.block.near, "author"):
        return True
    return len(line.text.split()) <= 6  # noqa: PLR2004 - "By", two names, "and"


def bare_headings(draft: Draft, _facts: Facts) -> Found:
    """See headings at the end, with nothing below them; a text of headings alone keeps them."""
    found = list(takewhile(lambda line: line.kind == "head", reversed(draft.lines)))
    return found if len(found) < len(draft.lines) else ()


def weighed(draft: Draft, facts: Facts) -> Found:
    """See lines that are unlikely to be part of the article, by all their marks together."""
    setting = weighing.Setting(draft, facts)
    found = [
        line
        for line, marks in weighing.marks_of_lines(setting)
        if weighing.probability(marks, fitted_lines.IN_TEXT) < UNLIKELY
    ]
    return found if _share(found, draft) <= WEIGHED_AT_MOST else ()


STEPS = (
    Step("skip-link", skip_links),
    Step(MISSING_PAGE_NOTICE, notices),
    Step("title-repeated", titles),
    Step("second-article", second_article),
    Step("caption", captions),
    Step("fact-box", fact_boxes),
    Step("link-paragraph", lone_links),
    Step("label", labels),
    Step("weighed", weighed),
    Step("bare-heading", bare_headings),
)
"""Every step that takes lines out, by the name that `Article.removed` gives, in order."""
