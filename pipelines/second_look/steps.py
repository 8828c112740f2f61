"""The steps of the second look, in their order: each takes lines out of a draft or puts some in, and says which.

    skip links ─▶ notices ─▶ titles ─▶ the site's lines ─▶ second article ─▶ lone links ─▶ labels ─▶ weighed ─▶ left out

A step that removes is sure of each line by itself; what takes several faint marks together is left to the weighing. A lost
sentence of an article is worse than a left-over one of a template, so no step but the cut of a second article takes long
prose, and none may take more than its share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive.model import Removed
from pipelines.names import has
from pipelines.notices import RULE as MISSING_PAGE_NOTICE
from pipelines.notices import is_about_missing_pages, is_notice
from pipelines.second_look import fitted_lines, left_out, weighing
from pipelines.second_look.facts import letters
from pipelines.second_look.phrases import kinds_of
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

LABELS_AT_MOST = 0.3
"""Share of an article that labels may have to be noise."""

LABEL = 120
"""Weight from which a line is no label, whatever its first words are."""

WEIGHED_AT_MOST = 0.5
"""Share of an article that the weighing may take."""

UNLIKELY = 0.3
"""Probability below which a line is taken out: it gained most on the half of the sites that weights were not fitted on."""

Step = NamedTuple("Step", [("name", str), ("look", "Callable[[Draft, Facts], Found]")])


def look_again(draft: Draft, facts: Facts, without: frozenset[str] = frozenset()) -> tuple[Removed, ...]:
    """Take out of a draft what is no part of its article, put in what is, and return what was taken out and by which step.

    `without` names steps to leave out.
    """
    removed: list[Removed] = []
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
    found = [line for line in _short(draft) if is_notice(line.text)]
    return () if found and is_about_missing_pages(facts.titles) else found


def titles(draft: Draft, facts: Facts) -> Found:
    """See the title again: as a heading anywhere before the prose, as any line at the top."""
    for place, line in enumerate(draft.lines):
        if line.weight > LONGEST_NOISE:
            return
        if (place < TITLE_WITHIN or line.kind == "head") and letters(line.text) in facts.title_letters:
            yield line


def second_article(draft: Draft, facts: Facts) -> Found:
    """See what begins with the main heading of another article element below the article, to the end."""
    prose, article = 0, None
    for place, line in enumerate(draft.lines):
        block = line.block
        if block is None or block.weight < LABEL:
            is_other = article and block and block.tag == "h1" and block.article not in (0, article)
            if is_other and prose >= SECOND_BEHIND and letters(line.text) not in facts.title_letters:
                return draft.lines[place:]
            continue
        prose += block.weight
        article = block.article if article is None else article
    return ()


def lone_links(draft: Draft, _facts: Facts) -> Found:
    """See paragraphs that are nothing but a link, unless they are much of the text."""
    found = [line for line in draft.lines if line.kind == "p" and _is_link(line)]
    return found if _share(found, draft) <= LINKS_AT_MOST else ()


def _is_link(line: Line) -> bool:
    block = line.block
    return block is not None and block.link_characters >= LONE_LINK * len(block.text)


def labels(draft: Draft, _facts: Facts) -> Found:
    """See lines that say by their first words, or by all of them, that they are no part of the article."""
    found = [line for line in draft.lines if line.weight < LABEL and _is_label(line)]
    return found if _share(found, draft) <= LABELS_AT_MOST else ()


def _is_label(line: Line) -> bool:
    kinds = kinds_of(line.plain)
    if not kinds or line.kind == "cell":
        return False
    is_sentence = line.text.endswith((".", "!", "?", "。"))
    if not kinds.isdisjoint({"advertisement", "share", "comments", "rights"}):
        return line.kind != "item"
    if kinds & {"read-more"}:
        return not is_sentence or _has_link(line) or ":" in line.text[:40]
    if kinds & {"byline"}:
        return not is_sentence and line.kind == "p" and _is_name_like(line)
    if kinds & {"credit", "dated", "prompt", "reading-time"}:
        return line.kind == "p" and (not is_sentence or "prompt" in kinds)
    return False


def _has_link(line: Line) -> bool:
    return line.block is not None and line.block.link_characters > 0


def _is_name_like(line: Line) -> bool:
    """Whether a line is as short as "By" with a name or two, or its place in the page is called an author's."""
    if line.block is not None and has(line.block.near, "author"):
        return True
    return len(line.text.split()) <= 6  # noqa: PLR2004 - "By", two names, "and"


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
    Step("link-paragraph", lone_links),
    Step("label", labels),
    Step("weighed", weighed),
)
"""Every step that takes lines out, by the name that `Article.removed` gives, in order."""
