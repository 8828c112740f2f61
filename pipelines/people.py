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

from pipelines.month_names import month_of
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST, MOST_WORDS, MOST = 300, 6, 20
"""Characters of a text that are looked at, words of a name, and names of one article."""

_BY = re.compile(
    r"[\W_]*(?:(?:by|von|vom|par|por|di|da|av|af|door|przez|oleh|bởi|από|od|autor(?:in|en|es|a|zy|ka)?|authors?|auteurs?|autore|"
    r"text[eo]?|testo|tekst|words|written|posted|post|article|artikel|story|recipe|reported|reporting|published|interview|"
    r"escrito|publicado|geschrieben|verfasst|ein beitrag|beitrag|skriven|skrevet|tekijä|kirjoittaja|teksti|szerző|írta|"
    r"автор|текст|του|της|yazan|yazar|penulis|tác giả|redigerad|name|username|vor|erstellt|über|more about|about|profile)(?![\w'’])[\s:.,/／|_-]*"
    r"|(?:بقلم|كتب|כתב|מאת|作者|撰文|撰稿|记者|記者|文|責任編輯|责任编辑|编辑|取材|โดย|기자)[\s:：/／|·]+)+",
    re.IGNORECASE,
)
_LINE_BY = re.compile(
    r"\W{0,3}(?:(?:by|von|par|por|di|da|av|af|door|przez|oleh|από|(?:written|posted|words|story|reporting) by|"
    r"geschrieben von|ein beitrag von|escrito por|écrit par|scritto da|(?:autor|autorin|auteur|autore|автор|текст|text|"
    r"texte|texto|testo|tekst|teksti|szerző|penulis|tác giả)\s?:)\s+|(?:作者|撰文|记者|記者|文)\s?[:：/／]?\s?|بقلم\s?:?\s?)",
    re.IGNORECASE,
)
_PARTICLE_BY = re.compile(r"(?:di|da|af|av|od)\s", re.IGNORECASE)
_END = re.compile(
    r"\s[-–—]\s|[|•·∙●►]|\s*[\d@]|https?:|www\.|\b(?:last )?updated\b|\bpublished\b|\bposted\b|\bon (?=[A-Z])|"
    r"aktualisiert|veröffentlicht|\bstand\b|\bmis à jour\b|\bpublié\b|edited by|reviewed by|photos? by|actualizad|atualizad|aggiornat|обновлено|"
    r"\bfor (?:the )?[A-Z]|\bvia\b|\bis an?\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\S+@\S+\.\S+|(?<!\S)@\w+")
_PARTS = re.compile(
    r"\s*[;,&/、，；＋+]\s*(?:(?:and|und|et|y|e|og|och)\s+)?|\s+(?:and|und|et|og|och|ve|и|та|και|és|și|dan|và|with|mit|avec|med|samt)\s+|\s+(?:u\.|w/)\s+",
    re.IGNORECASE,
)
_SHORT_AND = re.compile(r"(?<=\w\s\w{2})(\w*)\s+(?:y|e|i|a|en|ja|in|і|و)\s+(?=\w+\s+\w)")
_BRACKETS = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]?\s*$|[\"“”„«»]")
_AFTER = re.compile(r"\s*(?:기자|特派員|記者|记者)$")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’‘`´-]+[^\W\d_]*)*\.?", re.UNICODE)
_PARTICLES = frozenset(
    "von van vom zu zum zur der den dem de del della delle dei degli di da das dos do du des la le el al ul bin ibn bint ter "
    "ten te tot af av op 't y e i san mac mc d' und ben abu st st. o und".split()
)
_ROLES = re.compile(
    r"(?:editor|editors|reporter|correspondent|writer|journalist|columnist|contributor|contributing|photographer|author|"
    r"founder|co-founder|ceo|cto|director|professor|expert|specialist|analyst|manager|producer|critic|researcher|fellow|"
    r"redakteur(?:in)?|redakteure|chefredakteur(?:in)?|korrespondent(?:in)?|volontär(?:in)?|autor(?:in)?|journalistin|"
    r"rédact(?:eur|rice)|journaliste|correspondant|envoyée?|redactor|redactora|periodista|corresponsal|giornalista|"
    r"redattore|verslaggever|redacteur|journalista|dziennikarz|dziennikarka|redaktør|toimittaja|muhabir(?:i)?|reportér|"
    r"корреспондент|обозреватель|журналист|journalister|senior|chief|guest|special|phd|md|ms|ma|mba|rd|rn|bsn|dvm|jd|"
    r"esq|cfp|cpa|mph|ph\.?d\.?|m\.?d\.?|m\.?a\.?|m\.?s\.?c?\.?|b\.?a\.?|cepf®?|jr|tech|medical|science|political|health)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"redaktion\w*|redakcj\w*|redakce|redakcia|redakcij\w*|redac\w*|rédaction|redaz\w*|redactie|redaktør\w*|toimitus|szerkeszt\w+|редакци\w+|"
    r"newsroom|newsdesk|desk|staff|team|teams|editorial|editors|press\w*|presse\w*|agency|agenc\w+|agenzia|agentur\w*|"
    r"agentura|news|media|medien|magazin\w*|zeitung\w*|verlag\w*|rundschau|nachrichten|\w*blatt|\w*bladet|\w*zeitung|tidning\w*|\w*avis|nyheter|sanomat|gazeta|gazette|corriere|"
    r"dagblad|diario|periódico|jornal|folha|noticias|notícias|nieuws|nytt|aktuality|správy|haber\w*|новости|известия|газета|gmbh|ltd|inc|llc|ag|e\.?v|tv|radio|online|newspaper\w*|"
    r"admin\w*|administrator|editor|webmaster|wordpress|anonymous|anonym\w*|guest|gast\w*|user\w*|unknown|null|undefined|"
    r"team|desk|bureau|group|company|foundation|institute|university|ministry|council|association|society|federation|"
    r"studio|blog|journal|times|tribune|herald|gazette|post|diario|journal|sport|sports|network|services?|kontakt|"
    r"by|von|vom|par|por|the|die|der|das|il|het|our|your|via|name|date|datum|comments?|author|autor|photo|foto|image|video|source|quelle|copyright|facebook|twitter|"
    r"instagram|contributors?|correspondents?|reporters?|writers?|associated|reuters|afp|dpa|apa|efe|ansa|sid|ntb|ritzau|"
    r"tass|xinhua|pti|ians|pap|čtk|ctk|tasr|mti|agerpres|belga|anp|lusa|kna|epd|bloomberg|тасс|интерфакс|риа|новости|"
    r"corporation|partners?|channel|archives?|archiv|january|february|says?|said|sagt|meint|schreibt|dice|dit|zegt|säger|siger|sier|uhr|cet|est|gmt|utc|pm|am|rezept|artikel|beitrag|shares?|follow|profile|privacy|policy|on|in|at|to|ask|more|print|rate|reply|recipe|content|creator|sponsored|paid|advertis\w+|read|view|all|home|menu|login|search|"
    r"新华社|新華社|共同通信|時事通信|中央社|연합뉴스|編集部|编辑部|編輯部",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\w\.(?:com|org|net|de|at|ch|fr|it|es|uk|ru|pl|nl|se|no|dk|fi|eu|info|tv|br|io|co)\b", re.IGNORECASE)
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0fff\u1000-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")


def people(texts: Iterable[str], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of people in texts that each hold one or several, each once; `others` are names of the site."""
    known = {_letters(other) for other in others}
    found: dict[str, str] = {}
    single: dict[str, str] = {}
    for text in texts:
        names = [name for name in _names(text) if _letters(name) not in known]
        several = [name for name in names if len(name.split()) > 1 or _UNSPACED.fullmatch(name)]
        for name in several or names:
            (found if several else single).setdefault(plain(name), name)
        if len(found) >= MOST:
            break
    return tuple((found or single).values())[:MOST]


def is_organisation(name: str) -> bool:
    """Whether a name is one of a newsroom, an agency or a firm by its words, or an address of the web."""
    return bool(_DOMAIN.search(name)) or any(_NOBODY.fullmatch(word.strip(".,")) for word in name.split())


def says_by(text: str) -> bool:
    """Whether a line begins with "by" in one of many languages, and goes on as a name may."""
    match = _LINE_BY.match(text)
    return bool(match) and not text[match.end() : match.end() + 1].islower()


def _names(text: str) -> Iterator[str]:
    """Yield the names in a text that may be names of people."""
    for segment in _segments(_EMAIL.sub("", " ".join(unescape(text[:LONGEST]).replace("\u200b", "").split()))):
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
    match = _BY.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    following = rest.split()
    if not following or following[0] in _PARTICLES:
        return text
    if _PARTICLE_BY.fullmatch(text[: match.end()]) and len(following) == 1:
        return text
    return rest


def _parts(text: str) -> Iterator[str]:
    for part in _PARTS.split(_SHORT_AND.sub(r"\1;", text)):
        if part:
            yield _without_by(part)


def _name(part: str) -> str | None:
    """Return a part as a name, up to a role, or None if it cannot be one."""
    words: list[str] = []
    for word in _BRACKETS.sub("", _AFTER.sub("", part)).split():
        if _ROLES.fullmatch(word.strip(".,:")) and len(word) > 1 and not _is_initial(word):
            break
        if len(words) > 1 and word[0].islower() and word not in _PARTICLES and not _has_apostrophe(word):
            break
        if bare := word.strip(",:*"):
            words.append(bare)
    while words and words[-1] in _PARTICLES:
        words.pop()
    name = " ".join(words).strip(" -_.:") + ("." if words and _is_initial(words[-1]) and words[-1].endswith(".") else "")
    if not 1 < len(name) or len(words) > MOST_WORDS or is_organisation(name):
        return None
    if not all(_NAME_WORD.fullmatch(word) or _UNCASED.search(word) for word in words):
        return None
    return name


def _is_initial(word: str) -> bool:
    return len(word.strip(".")) == 1 or bool(re.fullmatch(r"(?:[A-ZÀ-ÖØ-Þ]\.){1,3}", word))


def _has_apostrophe(word: str) -> bool:
    return word[1:2] in ("'", "’")


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
