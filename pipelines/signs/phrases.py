"""Words by which a page says what it is, counted only where they are its main message.

    title, main heading   a phrase counts fully if it is most of a part of the title ("Page not found | Example News"),
                          half if it is a smaller part of it ("How we found the page not found error")
    body                  a phrase counts if there is no article beside it and none before it (a pay wall comes after)

What the title says already, the heading says again, and what either says, the body: that counts less.

The main heading is the first h1, or the first h2 of a page without h1 that has no long text either. Where another h1
is in the title or above a long text, and the title says nothing of the kind, headings do not count: some sites carry a
"This page is not available" in the template of every article.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrase_tables import BARE, BY_LIVENESS, CODES
from pipelines.words import finder, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document
    from pipelines.outline import Block

MAIN_MESSAGE = 0.45
"""Share of a title's part that a phrase must make up to be what it says, not what it is about."""

WHOLE_MESSAGE = 0.9
"""Share from which a part of a title says nothing else."""

NO_ARTICLE, LITTLE_ARTICLE = 400, 1_000
"""Characters of running prose below which a body has no article, or little of one, beside a phrase."""

FIRST_BLOCKS = 8
"""Blocks of a page in which its message stands if it has one; menus that are no lists of links come before it."""

TOPIC = 0.4
"""Most share of a phrase before a colon and a sentence: that is what the sentence is about."""

LEAD = 6_000
"""Characters of a page without an article in which phrases are looked for."""

MOST_MESSAGES = 3
"""A page that says three things says nothing more by a fourth."""

ARTICLE_TYPES = frozenset({"article", "news", "news.article"})
"""Values of og:type that an article has."""

SHORTEST_HEADING = 10
"""Characters from which a heading is in the title by no accident."""

ONLY_IN_BODY = frozenset({Liveness.EMPTY, Liveness.PAYWALL})
NOT_IN_BODY = frozenset({Liveness.LOGIN, Liveness.CONSENT})
"""Every page may have a login link and a cookie notice; they mean something in titles and headings only."""

LONGEST_NAME, LONGEST_NAME_CHARACTERS = 4, 40
"""Words and characters up to which what follows a colon is a name or a message, and no sentence."""

GOOD_PART = 0.2
"""Share of a sentence from which a phrase is more than mentioned."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")
_BETWEEN = re.compile(r"\s+[|\-·•»«›>/~]+\s*|\s*[|·•»«›｜]+\s*|\s*:: ?|჻")
_QUOTED = re.compile(
    r"«[^«»]{2,120}»|“[^“”]{2,120}”|„[^„“”]{2,120}[“”]|\"[^\"]{2,120}\"|「[^「」]{1,60}」|『[^『』]{1,60}』|»[^«»]{2,120}«|‹[^‹›]{2,120}›"
)
_WORD = re.compile(r"\w{2}")
_NOT_WORDS = re.compile(r"[^\w\s]+|\b(?:http|https|status|code|the|sorry|we're|we are|oops|error|fehler)\b")
_CODE = re.compile(r"(?<![\w.$€£-])(?:error|http|fehler|erreur)?[ _-]*(4\d\d|5\d\d)(?![\w.%]|-\d)")
_EVERY_PHRASE = finder(
    (phrase, (liveness, phrase))
    for liveness, languages in BY_LIVENESS.items()
    for phrase in chain.from_iterable(languages.values())
)


class Match(NamedTuple):
    """A phrase found: what it points to, its words, and the share it has of the text it was found in."""

    liveness: Liveness
    words: str
    share: float

    @property
    def is_bare(self) -> bool:
        """Whether it is a code or an exclamation, which alone may also be a name ("404", "Oops")."""
        return self.words in CODES or self.words in BARE

    @property
    def strength(self) -> tuple[float, bool]:
        """What of two matches the stronger one has more of."""
        return self.share, not self.is_bare

    @property
    def is_whole(self) -> bool:
        """Whether the text says nothing but this, in more words than a code or an exclamation."""
        return self.share >= WHOLE_MESSAGE and not self.is_bare


def title(document: Document) -> Iterator[Signal]:
    """See what the title says the page is."""
    yield from _of(document, document.title, "words.title", "title")


def heading(document: Document) -> Iterator[Signal]:
    """See what the main heading says the page is."""
    headings = document.outline.headings("h1")
    title_says = _main_messages(document.title)
    if not headings:
        if not title_says and document.outline.running >= LITTLE_ARTICLE:
            return
        headings = document.outline.headings("h2")[:1]
    if not title_says and _has_own_heading(document, headings):
        return
    for text in headings[:2]:
        found = list(_of(document, text, "words.heading", "heading", title_says))
        if found:
            yield from found
            return


def _has_own_heading(document: Document, headings: tuple[str, ...]) -> bool:
    """Whether a heading is an article's: it says nothing of the kind, and is in the title or above enough to read."""
    title = plain(document.title)
    much = document.outline.running >= LITTLE_ARTICLE
    return any(
        len(text) >= SHORTEST_HEADING and not _main_messages(text) and (much or plain(text) in title)
        for text in headings
    )


def body(document: Document) -> Iterator[Signal]:
    """See what a page without an article says in its first lines."""
    running = document.outline.running
    if document.kind != "markup" or (running >= LITTLE_ARTICLE and has_article_marks(document)):
        return
    beside = "" if running < NO_ARTICLE else "-beside-little" if running < LITTLE_ARTICLE else "-beside-much"
    said = _main_messages(document.title, *document.outline.headings("h1")[:2])
    for match, place, block in messages(document):
        first = place < FIRST_BLOCKS
        if first or running < LITTLE_ARTICLE:
            rule = f"words.{'message' if first else 'body'}{'-again' if match.liveness in said else beside}"
            yield signal(rule, match.liveness, f"body without an article: {block.text}")


def messages(document: Document) -> Iterator[tuple[Match, int, Block]]:
    """Yield what the body says below its headings, the first match of each liveness, with its block and its number."""
    headings = document.outline.headings("h1")[:2]
    seen: set[Liveness] = set()
    left, read = LEAD, 0
    for place, block in enumerate(document.outline.blocks):
        if left <= 0 or len(seen) == MOST_MESSAGES:
            return
        if block.tag == "title" or block.text in headings:
            continue
        text, left = block.text[:left], left - len(block.text)
        read += block.weight if block.is_prose else 0
        if next(_EVERY_PHRASE.iter(plain(text)), None) is None:
            continue
        for match in _in_sentences(text):
            if match.liveness not in seen and _means_the_page(document, match, read):
                seen.add(match.liveness)
                yield match, place, block
                break


def _means_the_page(document: Document, match: Match, read: int) -> bool:
    """Whether a phrase in a body may speak of its page, after so many characters of prose."""
    if match.liveness in NOT_IN_BODY or match.is_bare:
        return False
    if match.liveness is Liveness.PAYWALL:
        return document.article_node is not None or document.outline.running >= NO_ARTICLE // 2
    if match.liveness is Liveness.PLACEHOLDER and document.outline.prose >= NO_ARTICLE:
        return False
    return read < NO_ARTICLE


def _in_sentences(text: str) -> Iterator[Match]:
    """Return what the sentences of a block say, where it is at least a good part of a sentence."""
    for sentence in _SENTENCE.split(text):
        yield from (match for match in matches(sentence) if match.share >= GOOD_PART)


@lru_cache(maxsize=256)
def matches(text: str) -> tuple[Match, ...]:
    """Return what a title, heading or line says, the strongest match of each liveness first.

    What stands in quotation marks is what a text is about, not what it says, unless it says nothing else.
    """
    best: dict[Liveness, Match] = {}
    unquoted = _QUOTED.sub(" ", text)
    whole = plain(unquoted if _WORD.search(unquoted) else text)
    for part in dict.fromkeys((*_parts(whole), whole)):
        for match in _in_part(part.strip(' .!?…"')):
            if match.liveness not in best or best[match.liveness].strength < match.strength:
                best[match.liveness] = match
    return tuple(sorted(best.values(), key=lambda match: -match.share))


def _parts(text: str) -> Iterator[str]:
    """Divide a title at its separators; a colon is one if no sentence follows it."""
    for part in _BETWEEN.split(text):
        before, colon, after = _at_colon(part)
        if colon and not _is_sentence(after):
            yield before
            yield from _parts(after)
        else:
            yield part


def _at_colon(part: str) -> tuple[str, str, str]:
    return part.replace(" : ", ": ").partition(": ")


def _is_sentence(text: str) -> bool:
    return len(text.split()) > LONGEST_NAME or len(text) >= LONGEST_NAME_CHARACTERS


def _in_part(part: str) -> Iterator[Match]:
    """Find phrases in one part of a title, each with its share of the part's words."""
    if not part:
        return
    if part in BARE:
        yield Match(BARE[part], part, 1.0)
    rest = len("".join(_NOT_WORDS.sub(" ", part).split())) or 1
    most = TOPIC if _is_sentence(_at_colon(part)[2]) else 1.0
    longest: dict[Liveness, str] = {}
    for _, (liveness, phrase) in _EVERY_PHRASE.iter(part):
        if len(phrase) > len(longest.get(liveness, "")) and f"'{phrase}'" not in part:
            longest[liveness] = phrase
    for liveness, found in longest.items():
        yield Match(liveness, found, min(most, len("".join(_NOT_WORDS.sub(" ", found).split()) or found) / rest))
    code = _CODE.search(part)
    if code and code[1] in CODES:
        yield Match(CODES[code[1]], code[1], min(most, len(code[1]) / rest))


def headed_by_message(document: Document) -> bool:
    """Whether title and main heading agree that this is no article: then what stands below is none either."""
    headings = document.outline.headings("h1") or document.outline.headings("h2")[:1]
    return not has_article_marks(document) and any(
        match.liveness in _main_messages(document.title) and match.share >= MAIN_MESSAGE and not match.is_bare
        for text in headings[:1]
        for match in matches(text)
    )


def _main_messages(*texts: str) -> frozenset[Liveness]:
    """Return what titles and headings say as their main message."""
    return frozenset(match.liveness for text in texts for match in matches(text) if match.share >= MAIN_MESSAGE)


def _of(
    document: Document, text: str, rule: str, place: str, said: frozenset[Liveness] = frozenset()
) -> Iterator[Signal]:
    """Make signals of what a title or heading says: fully for a main message, half for a part.

    What was said already is no news: it has a rule of its own.
    """
    for match in matches(text)[:2]:
        if match.liveness in ONLY_IN_BODY and match.share < MAIN_MESSAGE:
            continue
        if match.liveness is Liveness.PAYWALL and document.outline.running >= LITTLE_ARTICLE:
            continue
        if match.share < MAIN_MESSAGE and _is_article(document):
            continue
        if match.share < MAIN_MESSAGE and match.liveness in NOT_IN_BODY:
            continue
        manner = "-again" if match.liveness in said else _manner(match)
        yield signal(f"{rule}{manner}", match.liveness, f"{place} “{text}”")


def _manner(match: Match) -> str:
    """Return how a match fills its place, as the names of the rules end."""
    if match.is_bare:
        return "-bare"
    return "-whole" if match.is_whole else "" if match.share >= MAIN_MESSAGE else "-part"


def has_article_marks(document: Document) -> bool:
    """Whether the head calls the page an article, and the title does not say that it is something else."""
    if document.article_node is not None:
        return True
    return (document.said("og:type") or "").lower() in ARTICLE_TYPES and not any(
        match.is_whole for match in matches(document.title)
    )


def _is_article(document: Document) -> bool:
    """Whether a page has the text of an article, and the marks or the headline: then that speaks of the news."""
    if document.outline.running < NO_ARTICLE:
        return False
    return has_article_marks(document) or (_has_headline(document) and next(messages(document), None) is None)


def _has_headline(document: Document) -> bool:
    """Whether the title is, or begins with, the main heading."""
    title = plain(document.title)
    return any(
        len(text) >= SHORTEST_HEADING and title.startswith(plain(text)) for text in document.outline.headings("h1")
    )


SIGNS: tuple[Sign, ...] = (title, heading, body)
