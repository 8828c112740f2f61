"""The site's memory, the pure half: what a page leaves in it, and which of its lines are the site's and not its own.

    text before cleaning ─▶ its short lines, found again in the outline ─▶ traces_of ─▶ (archive) counted by address
    lines that no rule of the page took out ─▶ evidence: on three addresses? where only noise stands? on the missing
    page? ─▶ guards ─▶ noise_in

A line is compared by its digest, in which figures are one mark, and placed by the outline's block with the same words.
What is learned never depends on what memory itself took out: a page leaves the same traces whether it is judged first
or last, so that judging all pages again comes to an end.

Guards, in this order. Never the title, the standfirst of the head, a line of the article that the page declares
(articleBody), long prose. Never a heading, or "Pros:", with something of the article below it. Above the last paragraph
of prose, and for lines that say little (one or two words, figures, items of lists, cells), three addresses are not
enough, since recipes have their salt, follow-ups their background, and lists of stories the first words of others in
common: there a line must be on a third of the site's pages. And where most of an article would go, it stays.

Pages that list stories repeat what is others' own. So only what is an article by its head or its length leaves traces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model import Trace
from pipelines import jsonld
from pipelines.imprint import digest, digest_of, lines_of
from pipelines.missing_answer import has_own_article
from pipelines.outline import HEADINGS, SENTENCE_LIKE, weight_of
from pipelines.titles import candidates
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.model import Fate, Removed, SiteProfile
    from pipelines.document import Document
    from pipelines.outline import Block

SITE_LINE, SITE_PLACE, MISSING_PAGE_LINE = "site-line", "site-place", "missing-page-line"
"""The rules by the name that `Article.removed` gives."""

LONGEST_NOISE = 300
"""Characters beyond which a line is prose, and neither remembered as a line nor taken out."""

MOST_TRACES = 80
"""Lines from the top of a text, and from its end, that are remembered: what repeats stands there."""

ADDRESSES = 3
"""Addresses of a site with one line, this page's among them, from which it is the site's."""

USUAL = 1 / 3
"""Share of the site's remembered pages from which a line that says little, or stands in the text, is the site's."""

SAYS_LITTLE = 20
"""Weight up to which a line may be a label of an article as well as one of a template."""

MOST_OF_ARTICLE = 1 / 2
"""Share of an article's weight from which what is taken out would not be noise beside it, but the article."""

LEAST_TITLE = 20
"""Characters from which a line inside a longer title is that title."""

LEAST_RUNNING = 1_000
"""Weight of running prose from which a page without an article's marks is one (Outline.running says what they have)."""

REPETITIONS = frozenset({"title-repeated", "standfirst-repeated"})
"""Rules that take out a line for standing there twice: the place where it stands is no place of noise."""

_MARKS = " -|>#*"
_LETTER = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class KnownSite:
    """What lines of a page are held against.

    `lines` are the digests of those that enough addresses of the site have, `usual` of those that many have; where only
    noise stands are `noise_places`, and `missing_page` are the digests of that page's lines.
    """

    lines: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    noise_places: frozenset[int] = frozenset()
    missing_page: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.lines or self.noise_places or self.missing_page)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article's text as memory sees it: its comparable words, digest, weight, and where it stands.

    `digest` is '' for a line that is too long, or has no letters, to be compared. `block` is the block of the outline
    with these words.
    """

    words: str
    digest: str
    weight: int
    block: Block | None
    says_little: bool

    @property
    def place(self) -> int:
        """The place of its block; 0 without one."""
        return self.block.place if self.block else 0

    @property
    def is_heading(self) -> bool:
        """Whether it stands in a heading."""
        return self.block is not None and self.block.tag in HEADINGS

    @property
    def introduces(self) -> bool:
        """Whether it is there for what stands below it: a heading, or a line that ends with a colon."""
        return self.is_heading or self.words.endswith((":", "："))


@dataclass(frozen=True, slots=True)
class Body:
    """What is proven to be a page's own: its titles, its standfirst, and the article that it declares.

    `blocks` are the short blocks of the outline by their text, `places` those where long ones stand.
    """

    titles: tuple[str, ...] = ()
    standfirsts: tuple[str, ...] = ()
    declared: str = ""
    blocks: Mapping[str, Block] = field(default_factory=dict)
    places: frozenset[int] = frozenset()

    def is_title(self, words: str) -> bool:
        """Whether a line is a title of the page, or a good part of one."""
        return any(words == title or (len(words) >= LEAST_TITLE and words in title) for title in self.titles)

    def proves(self, line: Line) -> bool:
        """Whether a line is the page's own beyond doubt."""
        words = line.words
        return (
            not line.digest
            or self.is_title(words)
            or words in self.declared
            or (line.weight >= SENTENCE_LIKE and any(words in said for said in self.standfirsts))
        )


def leaves_traces(document: Document) -> bool:
    """Whether a page is an article, by its head or by its length, and no list of others' words."""
    return document.outline.running >= LEAST_RUNNING or has_own_article(document)


def known_of(site: SiteProfile | None) -> KnownSite:
    """Return what a profile knows, in the form in which lines are held against it."""
    if site is None:
        return KnownSite()
    often = max(ADDRESSES, USUAL * (site.pages + 1))
    settled = frozenset(digest_of_line(words_of(line)) for line in site.settled)
    return KnownSite(
        lines=settled.union(line for line, others in site.blocks.items() if others + 1 >= ADDRESSES),
        usual=settled.union(line for line, others in site.blocks.items() if others + 1 >= often),
        noise_places=site.places,
        missing_page=lines_of(site.missing_page) if site.missing_page else frozenset(),
    )


def body_of(document: Document) -> Body:
    """Return what is proven to be a page's own."""
    declared = jsonld.first_text((document.article_node or {}).get("articleBody")) or ""
    said = (document.said("og:description"), document.said("description", "twitter:description"))
    blocks: dict[str, Block] = {}
    for block in document.outline.blocks:
        if len(block.text) <= LONGEST_NOISE:
            blocks.setdefault(block.text, block)
    return Body(
        titles=tuple(plain(title) for title in candidates(document) if title),
        standfirsts=tuple(plain(text) for text in said if text),
        declared=plain(declared),
        blocks=blocks,
        places=frozenset(block.place for block in document.outline.blocks if len(block.text) > LONGEST_NOISE),
    )


def words_of(line: str) -> str:
    """Return a line of text as it is compared: plain, without the marks of lists, cells and quotations."""
    return plain(line.strip(_MARKS))


def digest_of_line(words: str) -> str:
    """Return the digest of a line's comparable words, one mark for each figure: 12 hexadecimal digits."""
    return digest(_FIGURE.sub("#", words))


def lines_of_text(texts: Iterable[str], body: Body) -> dict[int, Line]:
    """Return the lines of an article's text as memory sees them, by their number in it; empty ones have none."""
    return {number: line_of(text, body) for number, text in enumerate(texts) if text and not text.isspace()}


def line_of(text: str, body: Body) -> Line:
    """Return a line of an article's text as memory sees it."""
    weight = weight_of(text)
    if len(text) > LONGEST_NOISE:
        return Line("", "", weight, None, says_little=False)
    bare = text.strip(_MARKS)
    words, block = plain(bare), body.blocks.get(bare)
    if not _LETTER.search(words):
        return Line(words, "", weight, block, says_little=True)
    says_little = weight <= SAYS_LITTLE or text.lstrip().startswith(("- ", "|")) or _FIGURE.search(words) is not None
    return Line(words, digest_of_line(words), weight, block, says_little)


def traces_of(body: Body, kept: Mapping[int, Line], removed: Iterable[Removed]) -> tuple[Trace, ...]:
    """Return what an article leaves in its site's memory.

    `kept` are the lines of its text that no rule of the page took out, `removed` those that one did; what memory itself
    takes out must be among `kept`. Links and teasers of which the text has nothing are noise where they stand; what
    they say is nobody's business.
    """
    found: dict[Trace, None] = {}
    for one in removed:
        if one.rule not in REPETITIONS:
            for text in one.text.splitlines():
                _note(found, line_of(text, body), "noise")
    bodies = set(body.places)
    for number, line in enumerate(kept.values()):
        if body.proves(line):
            bodies.add(line.place)
        elif number < MOST_TRACES or number >= len(kept) - MOST_TRACES:
            _note(found, line, "open")
    said = {line.block for line in kept.values()}
    offers = {block.place for block in body.blocks.values() if (block.is_links or block.teases) and block not in said}
    return (
        *found,
        *(Trace("", place, "noise") for place in sorted(offers - bodies)),
        *(Trace("", place, "body") for place in sorted(bodies - {0})),
    )


def is_site_noise(line: Line, known: KnownSite) -> str | None:
    """Return the rule by which a line is the site's, all guards aside, or None."""
    if line.digest in known.lines:
        return SITE_LINE
    if line.place in known.noise_places and not line.is_heading:
        return SITE_PLACE
    return MISSING_PAGE_LINE if known.missing_page and digest_of(line.words) in known.missing_page else None


def noise_in(lines: Mapping[int, Line], body: Body, known: KnownSite) -> dict[int, str]:
    """Return which lines of an article's text are the site's, by their number in it, with the rule that says so."""
    if not known:
        return {}
    evidence = {
        number: rule
        for number, line in lines.items()
        if not body.proves(line) and (rule := is_site_noise(line, known)) is not None
    }
    if not evidence:
        return {}
    last = _last_of_prose(lines, evidence)
    noise = {
        number: rule
        for number, rule in evidence.items()
        if rule != SITE_LINE or lines[number].digest in known.usual or not (number < last or lines[number].says_little)
    }
    _keep_introductions(lines, noise)
    gone_words = {lines[number].words: rule for number, rule in noise.items()}
    noise |= {number: gone_words[line.words] for number, line in lines.items() if line.words in gone_words}
    gone = sum(lines[number].weight for number in noise)
    return noise if gone <= MOST_OF_ARTICLE * sum(line.weight for line in lines.values()) else {}


def _note(found: dict[Trace, None], line: Line, fate: Fate) -> None:
    if line.digest:
        found.setdefault(Trace(line.digest, line.place, fate))


def _last_of_prose(lines: Mapping[int, Line], evidence: Mapping[int, str]) -> int:
    """Return where the last line of prose stands for which there is no evidence; -1 for none."""
    prose = (number for number, line in lines.items() if number not in evidence and line.weight >= SENTENCE_LIKE)
    return max(prose, default=-1)


def _keep_introductions(lines: Mapping[int, Line], noise: dict[int, str]) -> None:
    """Leave out of the noise what introduces something that stays, be it a heading that stays right below it."""
    stays = heads = False
    for number in sorted(lines, reverse=True):
        if lines[number].introduces:
            if stays or heads:
                noise.pop(number, None)
            stays, heads = False, number not in noise
        else:
            stays, heads = stays or number not in noise, False
