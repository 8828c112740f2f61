"""What a page leaves in its site's memory: digests by which another page that says the same is known again.

Two answers to missing addresses are never equal letter by letter: they name the address that was asked for, the time, a
request. So lines are compared by digests of what does not vary: addresses, figures, dates and ids become one mark, and
so do the words of the page's own address where they stand together (`Echo`). The stories that such a page offers
instead change by the hour; a page remembers the places where they stand, not what they say (`places`).
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.model import MissingPage
from pipelines.missing_answer import answer_of
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model import Verdict
    from pipelines.document import Document
    from pipelines.outline import Block

LEAST = 60
"""Weight of prose from which two pages that say the same do so by no accident."""

MOST_LINES = 1_000
"""Lines of a missing page that are remembered; what stands below them counts as a page's own."""

MOST_COMPARED = 2_000
"""Characters of main text that its digest covers; longer ones that begin alike are alike."""

SMALL_FIGURE = 3
"""Digits up to which a figure in a title may be that of a page of a list, and tells pages apart."""

PLACE = "@"
"""What the digest of a place begins with, among those of lines."""

LONGEST_TEASER = 600
"""Weight up to which a block may be the first words of a story elsewhere."""

_DIGEST_BYTES = 6
_VARIES = re.compile(
    r"https?://\S+|www\.\S+"
    r"|(?<!\w)/[\w%.~+-]+(?:/[\w%.~+-]*)+"  # a path
    r"|(?:[^\W\d]+,\s+)?(?<!\w)\d{1,2}\.?\s+(?:de\s+)?[^\W\d]{3,12}\.?,?\s+(?:de\s+)?\d{4}(?!\w)"  # 3 May 2026
    r"|(?:[^\W\d]+,\s+)?(?<!\w)[^\W\d]{3,12}\.?\s+\d{1,2},?\s+\d{4}(?!\w)"  # May 3, 2026
    r"|(?<!\w)(?=[a-z-]*\d)[a-z\d]+(?:-[a-z\d]+)+(?!\w)"  # a request id in groups
    r"|(?<!\w)(?=[a-z]*\d)[a-z\d]{8,}(?!\w)"  # one without
    r"|\d+"
)
_MAY_VARY = re.compile(r"[\d/]|www\.")
_MARKS = re.compile(r"#(?:[\W_]*#)*")
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+")
_LONE_WORD = 8
"""Characters from which a word alone is taken for an echo of the address; shorter ones only beside each other."""

_MOST_WORDS = 40


class Echo:
    """The words of a page's address, by which lines that repeat it are known."""

    def __init__(self, *addresses: str) -> None:
        words = dict.fromkeys(word for address in addresses for word in _words_of(address))
        self._words = tuple(words)
        self._said: re.Pattern[str] | None = None
        if words:
            one = "|".join(map(re.escape, sorted(words, key=len, reverse=True)[:_MOST_WORDS]))
            alone = "|".join(re.escape(word) for word in words if len(word) >= _LONE_WORD)
            together = rf"(?:{one})(?:[\W_]+(?:{one}))+"
            self._said = re.compile(rf"(?<![^\W_])(?:{together}{'|' if alone else ''}{alone})(?![^\W_])")

    def without(self, line: str) -> str:
        """Return a line, plain already, with one mark for each place that repeats the address."""
        said = [word for word in self._words if word in line]
        if self._said is None or not said or (len(said) == 1 and len(said[0]) < _LONE_WORD):
            return line
        return self._said.sub("#", line)


def _words_of(address: str) -> Iterator[str]:
    """Yield the words of an address' last part and of its query, plain."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    last = parts.path.rstrip("/").rpartition("/")[2]
    yield from _WORD.findall(plain(unquote(f"{last} {parts.query}")))


def invariant(line: str) -> str:
    """Return a line, plain already, with one mark for all that varies from one missing page to the next."""
    varied = _VARIES.sub("#", line) if _MAY_VARY.search(line) else line
    return _MARKS.sub("#", varied).strip() if "#" in varied else varied.strip()


def digest_of(line: str) -> str:
    """Return the digest of a line without what varies: 12 hexadecimal digits (a clash in 10^7 lines is unlikely)."""
    return digest(invariant(plain(line)))


def echoless_digest_of(line: str, echo: Echo) -> str:
    """Return the digest of a line without what varies and without what repeats its page's address."""
    return digest(invariant(echo.without(plain(line))))


def digest(text: str) -> str:
    """Return the digest of a text as it is: 12 hexadecimal digits."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES).hexdigest()


def main_text_of(document: Document) -> str | None:
    """Return the digest of what a page says in its title, headings and prose; None for too little to compare.

    A title and headings alone are too little: a gallery has no more. Of a page that shows nothing, it is what readers
    without scripts are told. Small figures of the title count, because the second page of a list is not the first.
    """
    blocks = document.outline.blocks
    prose = [block.text for block in blocks if block.is_prose]
    amount = sum(block.weight for block in blocks if block.is_prose)
    if not blocks and len(document.outline.without_scripts) >= LEAST:
        prose = [document.outline.without_scripts]
    elif amount < LEAST:
        return None
    echo = echo_of(document)
    said = [block.text for block in blocks if block.is_prose or (block.tag in ("h1", "h2") and not block.is_links)]
    lines = "\n".join(said or prose)[:MOST_COMPARED].split("\n")
    title = echo.without(plain(document.title))
    numbers = " ".join(number for number in _FIGURE.findall(title) if len(number) <= SMALL_FIGURE)
    return digest("\n".join((invariant(title), numbers, *(name_of(line, echo) for line in lines))))


def echo_of(document: Document) -> Echo:
    """Return what lines of a page may repeat of its addresses."""
    return Echo(document.page.requested_url, document.page.url)


def name_of(text: str, echo: Echo) -> str:
    """Return a title or heading as it is remembered: plain, without what varies or repeats the address."""
    return invariant(echo.without(plain(text)))


def heading_of(document: Document) -> str:
    """Return the text of a page's main heading: its first h1, else its first h2 that leads nowhere else."""
    first = next(iter(document.outline.headings("h1")), None)
    if first is not None:
        return first
    return next((block.text for block in document.outline.blocks if block.tag == "h2" and not block.is_links), "")


def imprint_of(document: Document, echo: Echo) -> tuple[str, ...]:
    """Return the digests of a page's lines, then those of the places where it offers stories elsewhere."""
    blocks = document.outline.blocks
    lines = dict.fromkeys(echoless_digest_of(block.text, echo) for block in blocks)
    return (*list(lines)[:MOST_LINES], *sorted(f"{PLACE}{place:08x}" for place in _story_places(blocks)))


def missing_page_of(document: Document, verdict: Verdict) -> MissingPage:
    """Return what a site's answer to an address that cannot exist says of the site."""
    page = document.page
    answer = answer_of(document, verdict)
    echo = echo_of(document)
    return MissingPage(
        asked=page.requested_url,
        answered=page.url,
        asked_at=page.fetched_at,
        answer=answer,
        title=name_of(document.title, echo),
        heading=name_of(heading_of(document), echo),
        blocks=imprint_of(document, echo) if answer in ("page", "status") else (),
    )


def lines_of(missing: MissingPage) -> frozenset[str]:
    """Return the digests of a missing page's lines."""
    return frozenset(digest for digest in missing.blocks if not digest.startswith(PLACE))


def places_of(missing: MissingPage) -> frozenset[int]:
    """Return the places where a missing page offers stories elsewhere."""
    return frozenset(int(digest.removeprefix(PLACE), 16) for digest in missing.blocks if digest.startswith(PLACE))


def teasers_of(blocks: Sequence[Block]) -> Iterable[bool]:
    """Say of each block whether it may belong to a story elsewhere: links or short text right beside links."""
    linked = [block.is_links or block.teases for block in blocks]
    padded = [False, *linked, False]
    for place, block in enumerate(blocks):
        yield linked[place] or (block.weight <= LONGEST_TEASER and (padded[place] or padded[place + 2]))


def _story_places(blocks: Sequence[Block]) -> set[int]:
    """Return the places at which two or more stories' first words stand, each beside a link and none below another."""
    seen: dict[int, int] = {}
    spoiled: set[int] = set()
    teasers = list(teasers_of(blocks))
    for block, teases in zip(blocks, teasers, strict=True):
        if not teases:
            spoiled.add(block.place)
        elif not block.is_links:
            seen[block.place] = seen.get(block.place, 0) + 1
    for one, other in pairwise(blocks):
        if one.place == other.place and not one.is_links and not other.is_links:
            spoiled.add(one.place)
    return {place for place, times in seen.items() if times > 1 and place not in spoiled}
