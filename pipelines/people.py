"""The people that a byline names, told from newsrooms, agencies, roles, places and dates.

    text ─▶ up to the first mark that ends a byline ─▶ without "by" ─▶ parted at commas and "and" ─▶ up to a role
         ─▶ two words or more that may be a name; single words only where nobody has two

Names stay as the page spells them. What is no name by its words is dropped, not mended: an empty list is better than a
newsroom among people.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from pipelines.byline_words import (
    AND,
    ARTICLES,
    BY,
    BY_UNSPACED,
    DATELINE_ENDINGS,
    LABELS,
    LINE_BY,
    MAY_BEGIN_A_NAME,
    NEWSROOM_ENDINGS,
    NEWSROOM_STEMS,
    NEWSROOMS,
    NO_NAMES,
    NOT_AFTER_REPORTER,
    PARTICLES,
    REPORTER,
    ROLES,
    SAYS,
    SHORT_AND,
)
from pipelines.month_names import month_of
from pipelines.words import letters, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST, MOST_WORDS, MOST, LONGEST_DEGREE = 300, 6, 20, 3
"""Characters of a text that are looked at, words of a name, names of an article, and characters of "PhD"."""

_BETWEEN = r"[\s:：.,/／|·・_-]"


def _any(phrases: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


_HAN = r"[\u3400-\u9fff]"
_REPORTER = rf"(?:{_any(REPORTER)})\s?(?![{NOT_AFTER_REPORTER}])(?={_HAN}{{2,4}}(?:$|[／/、，,)）〕】\s]))"
_BY = re.compile(rf"[\W_]*(?:(?:{_any(BY)})(?![\w'’]){_BETWEEN}*|(?:{_any(BY_UNSPACED)}){_BETWEEN}+|{_REPORTER})+")
_LINE_BY = re.compile(
    rf"\W{{0,3}}(?:(?:{_any(LINE_BY)})(?:\s?:)?\s+|(?:{_any(LABELS)})\s?[:：]\s*"
    rf"|(?:{_any(BY_UNSPACED)})\s?[:：/／・]\s?|{_REPORTER}|(?=[\uac00-\ud7af]{{2,4}}\s(?:기자|특파원)$))"
)
_PICTURES = r"(?:photos?|fotos?|bild(?:er)?|kuvat?|фото|zdjęcia)"
_END = re.compile(
    r"\s[-–—]\s|[|•·∙●►]|\s*[\d@]|\b(?:last )?updated\b|\bpublished\b|\bposted\b|\bon (?=[A-Z])|"
    r"aktualisiert|veröffentlicht|\bstand\b|\bmis à jour\b|\bpublié\b|edited by|reviewed by|photos? by|actualizad|"
    r"atualizad|aggiornat|обновлено|\bfor (?:the )?[A-Z]|\bvia\b|\bis an?\b|"
    rf"(?<=\w)[\s,]+{_PICTURES}\s?:",
    re.IGNORECASE,
)
"""What ends a byline: dates, addresses, what the person is or did else."""

_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?<!\S)@\w+|https?://\S+|www\.\S+", re.IGNORECASE)
_AND = "|".join((*AND, *map(str.upper, AND)))
_PARTS = re.compile(
    rf"\s*[;,&/／、，；＋+]\s*(?:(?:{_AND}|y|e)\s+)?|\s+(?:{_AND})\s+|\s+(?:u\.|w/)\s+",
)
_SHORT_AND = re.compile(rf"(?<=\w\s\w{{2}})(\w*)\s+(?:{'|'.join(SHORT_AND)})\s+(?=\w+\s+\w)")
_BRACKETS = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]?\s*$|[\"“”„«»〔〕【】]")
_OF_PICTURES = re.compile(rf"[(\[]\s*{_PICTURES}\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:기자|특파원|特派員|記者|记者)$")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’‘`´-]+[^\W\d_]*)*\.?")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.){1,3}")
_DOMAIN = re.compile(r"\w\.(?:com|org|net|info|tv|io|co|[a-z]{2})\b(?!\.)", re.IGNORECASE)
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0fff\u1000-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TOO_LONG = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{9}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")


_NO_BEGINNING = NO_NAMES - PARTICLES
_LABELS = LINE_BY | LABELS | BY_UNSPACED
_SHORTEST = 2


def people(texts: Iterable[str], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of people in texts that each hold one or several, each once; `others` are names of the site."""
    known = {letters(other) for other in others}
    found: dict[str, str] = {}
    single: dict[str, str] = {}
    for text in texts:
        names = [name for name in _names(text) if letters(name) not in known]
        several = [name for name in names if len(name.split()) > 1 or _UNSPACED.fullmatch(name)]
        for name in several or names:
            (found if several else single).setdefault(plain(name), name)
        if len(found) >= MOST:
            break
    return tuple((found or single).values())[:MOST]


def is_organisation(name: str) -> bool:
    """Whether a name is one of a newsroom, an agency or a firm by its words, or an address of the web."""
    words = [word.strip(".,:").casefold() for word in name.split()]
    return bool(words) and (words[0] in ARTICLES or bool(_DOMAIN.search(name)) or any(map(_of_a_newsroom, words)))


def _of_a_newsroom(word: str) -> bool:
    return word in NEWSROOMS or word.startswith(NEWSROOM_STEMS) or word.endswith(NEWSROOM_ENDINGS)


def says_by(text: str) -> bool:
    """Whether a line begins with "by" in one of many languages, and goes on as a name may."""
    match = _LINE_BY.match(text.lower())
    return match is not None and not text[match.end() : match.end() + 1].islower()


def labels_authors(text: str) -> bool:
    """Whether a text is nothing but a "by", as the label of a field is."""
    return text.strip(" :").lower() in _LABELS


def _names(text: str) -> Iterator[str]:
    """Yield the names in a text that may be names of people."""
    line = _ADDRESS.sub("", " ".join(unescape(text[:LONGEST]).replace("\u200b", "").split()))
    for segment in _segments(_without_by(line)):
        names = [name for part in _parts(segment) if (name := _name(part))]
        if names:
            yield from names
            return


def _segments(text: str) -> Iterator[str]:
    """Yield the pieces of a text between the marks that end a byline; a month before a figure belongs to the date."""
    start = 0
    for end in (*_END.finditer(text), None):
        piece = text[start : end.start() if end else len(text)].strip()
        words = piece.split()
        if end and words and text[end.start() : end.end()].strip().isdigit() and month_of(words[-1], None):
            words.pop()
        if words:
            yield _without_by(" ".join(words))
        start = end.end() if end else 0


def _without_by(text: str) -> str:
    """Return a text without the "by" before a name; "von der" and "Di Maio" are part of it."""
    match = _BY.match(text.lower())
    if match is None:
        return text
    rest = text[match.end() :]
    following = rest.split()
    if not following or following[0] in PARTICLES:
        return text
    if text[: match.end()].strip().casefold() in MAY_BEGIN_A_NAME and len(following) == 1:
        return text
    return rest


def _parts(text: str) -> Iterator[str]:
    for part in _PARTS.split(_SHORT_AND.sub(r"\1;", text)):
        if part and not _OF_PICTURES.search(part):
            yield _without_by(part)


def _name(part: str) -> str | None:
    """Return a part as a name, up to a role, or None if it cannot be one."""
    words = _words_of_name(part)
    if not words:
        return None
    name = " ".join(words).strip(" -_.:")
    if _is_initial(words[-1]) and words[-1].endswith("."):
        name += "."
    return name if _may_be_a_name(name, words) else None


def _words_of_name(part: str) -> list[str]:
    """Return the words up to a role after them, or to a word in lower case that does not stand within names."""
    words: list[str] = []
    for word in _BRACKETS.sub("", _AFTER.sub("", part)).split():
        if word.strip(".,:").casefold() in ROLES:
            if not words and len(word) > LONGEST_DEGREE:
                continue
            break
        if len(words) > 1 and word[0].islower() and word not in PARTICLES and not _has_apostrophe(word):
            break
        if bare := word.strip(",:*"):
            words.append(bare)
    while words and words[-1] in PARTICLES:
        words.pop()
    return words


def _may_be_a_name(name: str, words: list[str]) -> bool:
    if len(name) < _SHORTEST or len(words) > MOST_WORDS or is_organisation(name) or name.endswith(DATELINE_ENDINGS):
        return False
    if len(words) == 1 and (name.casefold() in NO_NAMES or month_of(name, None)):
        return False
    if words[0].casefold() in _NO_BEGINNING or words[-1].casefold() in SAYS:
        return False
    if any(_TOO_LONG.search(word) for word in words):
        return False
    return all(_NAME_WORD.fullmatch(word) or _UNCASED.search(word) for word in words)


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1 or _INITIALS.fullmatch(word) is not None


def _has_apostrophe(word: str) -> bool:
    return word[1:2] in ("'", "’")
