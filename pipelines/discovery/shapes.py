"""What the path of an address looks like: an article's, or that of a list, a form, a file.

Addresses of articles carry what tells one from another: a slug of several words, a date, a number. What they have in
common on a site, their shape, is known by replacing just that: /politics/2026/11/19/ferry-is-back.html and
/culture/2026/11/18/brass-band-on-tour.html are both /*/0/0/0/s.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

LISTS_AND_FORMS = frozenset(
    {
        *("tag", "tags", "topic", "topics", "theme", "themes", "thema", "themen", "category", "categories", "cat"),
        *("kategorie", "categoria", "rubrik", "schlagwort", "keyword", "keywords", "label", "labels", "author"),
        *("authors", "autor", "autoren", "auteur", "auteurs", "autore", "writer", "writers", "people", "profile"),
        *("profiles", "user", "users", "member", "members", "page", "seite", "archive", "archives", "search", "suche"),
        *("login", "signin", "sign-in", "signup", "sign-up", "logout", "register", "registration", "account", "konto"),
        *("subscribe", "subscription", "subscriptions", "abo", "abos", "newsletter", "newsletters", "contact"),
        *("contact-us", "kontakt", "contacto", "about", "about-us", "impressum", "imprint", "privacy"),
        *("privacy-policy", "datenschutz", "cookie-policy", "cookies", "terms", "terms-of-use", "legal", "agb", "help"),
        *("faq", "rss", "feed", "feeds", "sitemap", "cart", "shop", "store", "jobs", "careers", "advertise", "share"),
        *("print", "comments", "comment", "wp-login.php", "wp-admin", "cgi-bin", "tagged", "hashtag", "section"),
    }
)
"""First or later words of paths that lead to no article, in the languages in which such words travel."""

IDENTIFIERS = frozenset(
    {"id", "sid", "aid", "nid", "article", "articleid", "article_id", "story", "storyid", "news_id"}
)
IDENTIFIERS |= {"p", "no", "idx", "newsid", "artid", "doc", "docid", "item", "itemid", "contentid", "a", "mid", "oid"}
"""Parameters that number articles."""

MOST_SEGMENTS = 16
"""Segments of a path that are looked at."""

SLUG_WORDS, SHORT_SLUG_WORDS, ID_DIGITS = 4, 3, 4

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|pdf|mp[34]|m4[av]|webm|mov|avi|ogg|wav|zip|gz|rar|7z|exe|apk|dmg|docx?|xlsx?|"
    r"pptx?|odt|csv|json|xml|rss|atom|rdf|css|js|ics|epub|txt|m3u8?)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jsp|cfm|do|shtm|cms|ece)$", re.IGNORECASE)
_DATE = re.compile(
    r"(?:^|[/_.-])(?:19|20)\d\d[/_.-]?(?:0?[1-9]|1[0-2])(?:[/_.-]?(?:[0-2]?\d|3[01]))?(?=$|[/_.-]|[a-z])"
)
_ARCHIVE = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?$")
_INDEX = re.compile(r"(?:index|default|home|start)(?:\.\w{1,5})?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_MIXED = re.compile(r"(?=\d*[a-z])[a-z0-9]{6,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a path says: how many words its slug has, whether it holds a date or an id, and what it is in general."""

    segments: tuple[str, ...]
    slug_words: int
    date: bool
    identifier: bool
    page: bool
    lists: bool
    file: bool
    pattern: str


@lru_cache(maxsize=4096)
def shape_of(url: str) -> Shape:
    """Return the shape of an absolute address."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = tuple(segment for segment in path.split("/") if segment)[:MOST_SEGMENTS]
    last = segments[-1] if segments else ""
    if _INDEX.fullmatch(last):
        segments, last = segments[:-1], ""
    stem = _PAGE.sub("", last)
    query = dict(parse_qsl(parts.query, max_num_fields=None) if len(parts.query) <= 500 else ())  # noqa: PLR2004 - longer ones number nothing
    numbered = any(name.lower() in IDENTIFIERS and _DIGITS.search(value) for name, value in query.items())
    words = max((_slug_words(segment) for segment in (*segments[-2:-1], stem)), default=0)
    return Shape(
        segments,
        words,
        _DATE.search(path) is not None,
        numbered or _is_identifier(stem) or any(_is_identifier(segment) for segment in segments[:-1]),
        stem != last,
        _ARCHIVE.search(path) is not None or any(one.lower() in LISTS_AND_FORMS for one in (*segments, stem)),
        _FILE.search(last) is not None,
        _pattern(parts.hostname or "", segments, last[len(stem) :], query),
    )


def _slug_words(segment: str) -> int:
    """Return the number of words that hyphens join; of a title in a dense script, which has no hyphens, as many."""
    if not segment.isascii() and "-" not in segment and "_" not in segment:
        return len(segment) // 3
    return len(_WORDS.findall(segment.replace("_", " "))) if "-" in segment or "_" in segment else 0


def _is_identifier(segment: str) -> bool:
    """Whether a segment is or holds a long number that is no year, or mixes letters and digits as codes do."""
    numbers = _DIGITS.findall(segment)
    if max(map(len, numbers), default=0) >= ID_DIGITS and not _YEAR.fullmatch(segment):
        return True
    return len(numbers) > 1 and _MIXED.fullmatch(segment) is not None


def _pattern(host: str, segments: tuple[str, ...], ending: str, query: dict[str, str]) -> str:
    """Return the path with what differs from article to article replaced."""
    kinds = [_kind(segment) for segment in segments]
    return f"{host}/{'/'.join(kinds)}{ending.lower()}?{'&'.join(sorted(query)[:5])}"


def _kind(segment: str) -> str:
    if _slug_words(segment) >= SHORT_SLUG_WORDS:
        return "s"
    if _DIGITS.fullmatch(segment):
        return "0"
    return "x" if _is_identifier(segment) else "*"
