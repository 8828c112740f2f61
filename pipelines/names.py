"""What the authors of a page call its parts: the meaning of class names, ids and roles, as a set of bits.

    "article-newsletter__signup" ─▶ newsletter, sign up ─▶ PROMPT

Names are written in English nearly everywhere, whatever language a page is in. One name proves nothing: these are marks
that are weighed beside others (second_look.weighing). A page has some hundred different names, so they are remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache

MARKS: tuple[tuple[str, str], ...] = (
    ("author", r"author|byline|by-line|contributor|writer|autor|auteur|redakt"),
    (
        "date",
        r"\b(?:date|time|timestamp|published|pubdate|datum|updated)\b|post-?meta|entry-?meta|\bmeta\b",
    ),
    ("prompt", r"newsletter|subscri|sign-?up|\bcta\b|promo|banner|donat|member|abonn|call-to-action"),
    (
        "related",
        r"related|recommend|read-?(?:more|next|also)|more-(?:from|on|stories)|\balso|most-?(?:read|popular)|popular"
        r"|trending|up-?next|teaser|see-?also",
    ),
    ("share", r"share|sharing|social|follow"),
    ("caption", r"caption|credit|photo|image-?(?:desc|meta)|copyright|legend"),
    ("tags", r"tags?\b|topics?|keyword|categor|breadcrumb|rubric|\blabel|eyebrow|kicker"),
    ("comment", r"comment|discuss|reply|disqus"),
    ("legal", r"disclaimer|disclosure|copyright|rights|terms|affiliate|cookie|consent"),
    ("ad", r"\bads?\b|advert|sponsor|anzeige|werbung|outbrain|taboola|dfp"),
    ("nav", r"\bnav|menu|pagination|pager|\btoc\b|table-of-contents|jump"),
    ("header", r"\bheader|hero|masthead"),
    ("title", r"title|headline|heading"),
    (
        "lead",
        r"summary|\bdek\b|\blead|intro|standfirst|excerpt|chapo|sub-?title|sub-?head|\bsapo|abstract|\bdeck|vorspann"
        r"|ingress|entradilla|bajada",
    ),
    ("card", r"card|tile|\bitem|teaser|grid|thumb"),
    ("side", r"sidebar|aside|widget|\brail|secondary|footer|bottom|complementary"),
    ("box", r"(?:info|fact)-?box|infobox|\bbox\b|callout|accordion"),
    ("media", r"video|player|gallery|audio|slide|carousel|podcast"),
    ("form", r"\bform\b|login|search|field"),
    (
        "body",
        r"article-?(?:body|text|content)|entry-?content|post-?(?:body|content|text)|story-?(?:body|content|text)"
        r"|content-?body|body-?(?:text|content|copy)|rich-?text|text-?body|paragraph|prose|mw-parser",
    ),
)
"""Each mark with the expression that finds it in names whose words are joined by "-"; its bit is its place here."""

_SEARCHES = tuple((1 << place, re.compile(expression)) for place, (_, expression) in enumerate(MARKS))
_BIT = {mark: 1 << place for place, (mark, _) in enumerate(MARKS)}
_HUMP = re.compile(r"([a-z])([A-Z])")
_LONGEST = 300


@lru_cache(maxsize=16_384)
def marks_of(names: str | None, identity: str | None, role: str | None) -> int:
    """Return the marks of an element by its class, id and itemprop, as bits."""
    text = f"{names or ''} {identity or ''} {role or ''}"[:_LONGEST]
    words = _HUMP.sub(r"\1-\2", text).lower().replace("_", "-")
    return sum(bit for bit, search in _SEARCHES if search.search(words))


def has(marks: int, mark: str) -> bool:
    """Whether a mark is among the bits."""
    return bool(marks & _BIT[mark])


@lru_cache(maxsize=4_096)
def marked(marks: int) -> tuple[str, ...]:
    """Return the names of the marks among the bits."""
    return tuple(mark for mark, _ in MARKS if marks & _BIT[mark])
