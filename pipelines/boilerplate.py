"""Taking out of a live page's text what is no part of its article: small pure rules over lines.

    lines of text and Markdown ─▶ each rule: is this line noise? ─▶ text, Markdown, and what was taken out and why

The same rules run over both renderings, a line of Markdown being compared without its marks. A rule takes whole lines
only, and must be sure: a lost sentence of an article is worse than a left-over one of a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model import Removed
from pipelines.signs.phrase_table import MISSING
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

SKIP_LINKS = frozenset(
    {
        *("skip to main content", "skip to content", "skip to main", "skip navigation", "skip to navigation", "skip to article"),
        *("skip to the main content", "skip to the content", "jump to content", "jump to main content", "skip advertisement"),
        *("zum inhalt springen", "zum hauptinhalt springen", "direkt zum inhalt", "zum inhalt", "zur navigation springen"),
        *("aller au contenu", "aller au contenu principal", "passer au contenu", "accéder au contenu principal"),
        *("saltar al contenido", "saltar al contenido principal", "ir al contenido", "pasar al contenido principal"),
        *("vai al contenuto", "vai al contenuto principale", "salta al contenuto", "salta al contenuto principale"),
        *("ir para o conteúdo", "ir para o conteúdo principal", "pular para o conteúdo", "saltar para o conteúdo"),
        *("ga naar de inhoud", "naar de inhoud", "overslaan en naar de inhoud gaan", "direct naar artikelinhoud"),
        *("hoppa till innehåll", "hoppa till huvudinnehåll", "gå til indhold", "gå til hovedindhold", "hopp til innhold"),
        *("gå til hovedinnhold", "siirry sisältöön", "hyppää sisältöön", "przejdź do treści", "przejdź do głównej treści"),
        *("přejít k obsahu", "přeskočit na obsah", "preskočiť na obsah", "ugrás a tartalomra", "sari la conținut"),
        *("içeriğe atla", "ana içeriğe atla", "μετάβαση στο περιεχόμενο", "перейти к содержимому", "перейти к содержанию"),
        *("перейти к основному содержанию", "перейти до вмісту", "към съдържанието", "本文へスキップ", "コンテンツへスキップ"),
        *("メインコンテンツへスキップ", "メインコンテンツに移動", "跳转到主要内容", "跳至内容", "跳到主要內容", "본문 바로가기"),
        *("تخطي إلى المحتوى", "انتقل إلى المحتوى", "پرش به محتوا", "דלג לתוכן", "bỏ qua nội dung", "langsung ke konten"),
    }
)
"""What links for screen readers say, as `words.plain` leaves it."""

PAGE_WORDS = (
    *("page", "seite", "página", "pagina", "sidan", "siden", "sivu", "stron", "stránk", "oldal", "sayfa", "σελίδα"),
    *("страниц", "сторінк", "ページ", "页", "頁", "페이지", "الصفحة", "صفحه", "הדף", "העמוד", "หน้า", "trang", "halaman", "पृष्ठ", "पेज"),
)
MISSING_PAGE = tuple(
    phrase for phrases in MISSING.values() for phrase in phrases if any(word in phrase for word in PAGE_WORDS)
)
"""Phrases that speak of a page, not merely of something that was not found."""

FOLLOW_UPS = (
    *("check the address", "check the url", "check the link", "check the spelling", "links below", "go back to", "return to the"),
    *("back to the home", "try searching", "use the search", "search our site", "visit our home", "requested content"),
    *("adresse prüfen", "überprüfen sie die", "prüfen sie die", "prüfen sie bitte", "links unten", "zur startseite", "nutzen sie die"),
    *("vérifiez l'adresse", "vérifier l'adresse", "liens ci-dessous", "retour à l'accueil", "page d'accueil"),
    *("verifique la dirección", "compruebe la dirección", "enlaces siguientes", "siguientes enlaces", "página de inicio", "página principal"),
    *("verifica l'indirizzo", "controlla l'indirizzo", "link qui sotto", "torna alla home", "pagina iniziale", "verifique o endereço"),
    *("links abaixo", "página inicial", "controleer het adres", "onderstaande links", "kontrollera adressen", "länkarna nedan"),
    *("sprawdź adres", "проверьте адрес", "на главную", "adresi kontrol", "urlをご確認", "アドレスをご確認", "トップページ", "请检查", "返回首页"),
)
"""What such a notice says next; removed only beside a phrase that speaks of the missing page."""

LONGEST_NOTICE = 400
LONGEST_SENTENCE = 200
ON_SO_MANY_PAGES = 3
"""A line seen on so many pages of a site, at different addresses, is the site's and not the article's."""

TITLE_WITHIN = 3
"""Lines at the top among which the title may be repeated."""

_MARKS = re.compile(r"^[\s#>*_\-+`|]+|[\s*_`|]+$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s*")
_QUOTES = re.compile(r"[\"“”„«»「」‘]")
_ESCAPES = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know beside a line: the page's titles and the lines its site repeats, all as `comparable`."""

    titles: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    about_missing_pages: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The two renderings without noise, and what was taken out of the text."""

    text: str
    markdown: str
    removed: tuple[Removed, ...]


def clean(text: str, markdown: str, context: Context) -> Cleaned:
    """Return both renderings less the lines that a rule names."""
    removed: list[Removed] = []
    return Cleaned(_without(text, context, removed), _without(markdown, context, []), tuple(removed))


def comparable(line: str) -> str:
    """Return a line of text or Markdown as the rules compare it: words only, one spelling."""
    return plain(_MARKS.sub("", _ESCAPES.sub(r"\1", _LINK.sub(r"\1", line))))


def repeated_on(blocks: Collection[tuple[str, int]]) -> frozenset[str]:
    """Return the lines, as `comparable`, that enough pages of a site carry; takes (line, pages) pairs."""
    return frozenset(comparable(line) for line, pages in blocks if pages >= ON_SO_MANY_PAGES)


def _without(text: str, context: Context, removed: list[Removed]) -> str:
    """Return the text less noise, noting each removed line, with at most one empty line in a row."""
    kept: list[str] = []
    place = 0
    for line in text.splitlines():
        words = comparable(line)
        rule = next((name for name, is_noise in RULES if words and is_noise(words, place, context)), None)
        place += bool(words)
        if rule is not None:
            removed.append(Removed(rule, line.strip()))
        elif line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return "\n".join(kept).strip()


def _skip_link(words: str, _place: int, _context: Context) -> bool:
    return words.rstrip(".:↓ ") in SKIP_LINKS


def _repeats_title(words: str, place: int, context: Context) -> bool:
    return place < TITLE_WITHIN and words in context.titles


def _site_line(words: str, _place: int, context: Context) -> bool:
    return words in context.repeated


def _missing_page(words: str, _place: int, context: Context) -> bool:
    """Whether every sentence of the line belongs to a notice that the page does not exist.

    Not on a page that is about such notices by its title, and not where the words are quoted.
    """
    if context.about_missing_pages or len(words) > LONGEST_NOTICE or _QUOTES.search(words):
        return False
    sentences = [sentence for sentence in _SENTENCES.split(words) if sentence.strip(" .!?。")]
    says = [_says_missing(sentence) for sentence in sentences]
    return any(says) and all(said or _follows(sentence) for said, sentence in zip(says, sentences, strict=True))


def _says_missing(sentence: str) -> bool:
    return len(sentence) <= LONGEST_SENTENCE and any(phrase in sentence for phrase in MISSING_PAGE)


def _follows(sentence: str) -> bool:
    return len(sentence) <= LONGEST_SENTENCE and any(phrase in sentence for phrase in FOLLOW_UPS)


RULES: tuple[tuple[str, Callable[[str, int, Context], bool]], ...] = (
    ("skip-link", _skip_link),
    ("title-repeated", _repeats_title),
    ("site-line", _site_line),
    ("missing-page-notice", _missing_page),
)
"""Every rule by the name that `Article.removed` gives, in order."""
