"""Taking out of a live page's text what is no part of its article: small pure rules over lines.

    lines of text ─▶ each rule: is this line noise? ─▶ the same lines of the Markdown ─▶ what was taken out, and why

What the text loses the Markdown loses too, its lines compared without their marks. A rule takes whole lines only, and
must be sure: a lost sentence of an article is worse than a left-over one of a template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model import Liveness, Removed
from pipelines.signs.phrase_tables.missing import MISSING
from pipelines.signs.phrases import matches
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

NOTICE_BEGINS_WITHIN, SHORT_NOTICE = 20, 80
"""Characters into a sentence by which a notice has come to its point, and of a sentence too short to be a story's."""

SKIP_LINKS = frozenset(
    {
        *(
            "skip to main content",
            "skip to content",
            "skip to main",
            "skip navigation",
            "skip to navigation",
            "skip to article",
        ),
        *(
            "skip to the main content",
            "skip to the content",
            "jump to content",
            "jump to main content",
            "skip advertisement",
        ),
        *(
            "zum inhalt springen",
            "zum hauptinhalt springen",
            "direkt zum inhalt",
            "zum inhalt",
            "zur navigation springen",
        ),
        *("aller au contenu", "aller au contenu principal", "passer au contenu", "accéder au contenu principal"),
        *("saltar al contenido", "saltar al contenido principal", "ir al contenido", "pasar al contenido principal"),
        *("vai al contenuto", "vai al contenuto principale", "salta al contenuto", "salta al contenuto principale"),
        *("ir para o conteúdo", "ir para o conteúdo principal", "pular para o conteúdo", "saltar para o conteúdo"),
        *("ga naar de inhoud", "naar de inhoud", "overslaan en naar de inhoud gaan", "direct naar artikelinhoud"),
        *(
            "hoppa till innehåll",
            "hoppa till huvudinnehåll",
            "gå til indhold",
            "gå til hovedindhold",
            "hopp til innhold",
        ),
        *(
            "gå til hovedinnhold",
            "siirry sisältöön",
            "hyppää sisältöön",
            "przejdź do treści",
            "przejdź do głównej treści",
        ),
        *("přejít k obsahu", "přeskočit na obsah", "preskočiť na obsah", "ugrás a tartalomra", "sari la conținut"),
        *(
            "içeriğe atla",
            "ana içeriğe atla",
            "μετάβαση στο περιεχόμενο",
            "перейти к содержимому",
            "перейти к содержанию",
        ),
        *(
            "перейти к основному содержанию",
            "перейти до вмісту",
            "към съдържанието",
            "本文へスキップ",
            "コンテンツへスキップ",
        ),
        *(
            "メインコンテンツへスキップ",
            "メインコンテンツに移動",
            "跳转到主要内容",
            "跳至内容",
            "跳到主要內容",
            "본문 바로가기",
        ),
        *(
            "تخطي إلى المحتوى",
            "انتقل إلى المحتوى",
            "پرش به محتوا",
            "דלג לתוכן",
            "bỏ qua nội dung",
            "langsung ke konten",
        ),
    }
)
"""What links for screen readers say, as `words.plain` leaves it."""

PAGE_WORDS = (
    *("page", "seite", "página", "pagina", "sidan", "siden", "sivu", "stron", "stránk", "oldal", "sayfa", "σελίδα"),
    *(
        "страниц",
        "сторінк",
        "ページ",
        "页",
        "頁",
        "페이지",
        "الصفحة",
        "صفحه",
        "הדף",
        "העמוד",
        "หน้า",
        "trang",
        "halaman",
        "पृष्ठ",
        "पेज",
    ),
)
MISSING_PAGE = tuple(
    phrase for phrases in MISSING.values() for phrase in phrases if any(word in phrase for word in PAGE_WORDS)
)
"""Phrases that speak of a page, not merely of something that was not found."""

FOLLOW_UPS = (
    *(
        "check the address",
        "check the url",
        "check the link",
        "check the spelling",
        "links below",
        "go back to",
        "return to the",
    ),
    *("back to the home", "try searching", "use the search", "search our site", "visit our home", "requested content"),
    *(
        "adresse prüfen",
        "überprüfen sie die",
        "prüfen sie die",
        "prüfen sie bitte",
        "links unten",
        "zur startseite",
        "nutzen sie die",
    ),
    *("vérifiez l'adresse", "vérifier l'adresse", "liens ci-dessous", "retour à l'accueil", "page d'accueil"),
    *(
        "verifique la dirección",
        "compruebe la dirección",
        "enlaces siguientes",
        "siguientes enlaces",
        "página de inicio",
        "página principal",
    ),
    *(
        "verifica l'indirizzo",
        "controlla l'indirizzo",
        "link qui sotto",
        "torna alla home",
        "pagina iniziale",
        "verifique o endereço",
    ),
    *(
        "links abaixo",
        "página inicial",
        "controleer het adres",
        "onderstaande links",
        "kontrollera adressen",
        "länkarna nedan",
    ),
    *(
        "sprawdź adres",
        "проверьте адрес",
        "на главную",
        "adresi kontrol",
        "urlをご確認",
        "アドレスをご確認",
        "トップページ",
        "请检查",
        "返回首页",
    ),
)
"""What such a notice says next; removed only beside a phrase that speaks of the missing page."""

LONGEST_NOISE = 300
"""Characters beyond which a line is prose, and no rule looks at it."""

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
    """What the rules know beside a line: the page's titles, and the lines its site repeats (as `comparable`)."""

    titles: tuple[str, ...] = ()
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """The context as rules use it: all lines as `comparable`."""

    titles: frozenset[str]
    repeated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The two renderings without noise, and what was taken out of the text."""

    text: str
    markdown: str
    removed: tuple[Removed, ...]


def clean(text: str, markdown: str, context: Context) -> Cleaned:
    """Return both renderings less the lines that a rule names."""
    lines = text.splitlines()
    noise = _noise(lines, _Known(frozenset(map(comparable, context.titles)), context.repeated))
    if not noise:
        return Cleaned(text, markdown, ())
    gone = {_words_of_text(lines[place]) for place in noise}
    return Cleaned(
        _joined(line for place, line in enumerate(lines) if place not in noise),
        _joined(_without(markdown.splitlines(), gone)),
        tuple(Removed(rule, lines[place].strip()) for place, rule in noise.items()),
    )


def comparable(line: str) -> str:
    """Return a line of text or Markdown as the rules compare it: words only, one spelling."""
    return plain(_MARKS.sub("", _ESCAPES.sub(r"\1", _LINK.sub(r"\1", line))))


def repeated_on(blocks: Mapping[str, int]) -> frozenset[str]:
    """Return the lines, as `comparable`, that enough pages of a site carry; takes lines with their pages."""
    return frozenset(comparable(line) for line, pages in blocks.items() if pages >= ON_SO_MANY_PAGES)


def _noise(lines: list[str], known: _Known) -> dict[int, str]:
    """Return the lines that are noise, by their place, with the rule that says so."""
    found: dict[int, str] = {}
    texts = 0
    for place, line in enumerate(lines):
        if len(line) > LONGEST_NOISE:
            texts += 1
            continue
        words = _words_of_text(line)
        rule = next((name for name, is_noise in RULES if words and is_noise(words, texts, known)), None)
        texts += bool(words)
        if rule is not None:
            found[place] = rule
    return found


def _words_of_text(line: str) -> str:
    """Return a line of plain text as the rules compare it; its only mark is that of a list."""
    return plain(line.lstrip(" -|"))


def _without(lines: list[str], gone: set[str]) -> Iterator[str]:
    """Yield the lines of Markdown but for those whose words are gone, each as often as it stands there."""
    return (line for line in lines if len(line) > LONGEST_NOISE * 2 or comparable(line) not in gone or not line.strip())


def _joined(lines: Iterable[str]) -> str:
    """Return lines as one text, with at most one empty line in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return "\n".join(kept).strip()


def _skip_link(words: str, _place: int, _known: _Known) -> bool:
    return words.rstrip(".:↓ ") in SKIP_LINKS


def _repeats_title(words: str, place: int, known: _Known) -> bool:
    return place < TITLE_WITHIN and words in known.titles


def _site_line(words: str, _place: int, known: _Known) -> bool:
    return words in known.repeated


def _missing_page(words: str, _place: int, known: _Known) -> bool:
    """Whether every sentence of the line belongs to a notice that the page does not exist.

    Not where the words are quoted, and not on a page that is about such notices by its title.
    """
    if not any(word in words for word in PAGE_WORDS) or _QUOTES.search(words):
        return False
    sentences = [sentence for sentence in _SENTENCES.split(words) if sentence.strip(" .!?。")]
    says = [_says_missing(sentence) for sentence in sentences]
    if not any(says) or not all(said or _follows(sentence) for said, sentence in zip(says, sentences, strict=True)):
        return False
    return not any(map(_is_about_missing_pages, known.titles))


def _is_about_missing_pages(title: str) -> bool:
    return any(match.liveness is Liveness.SOFT_404 for match in matches(title))


def _says_missing(words: str) -> bool:
    """Whether a sentence says that a page is missing; far into a sentence of some length it is somebody's words."""
    places = [place for phrase in MISSING_PAGE if (place := words.find(phrase)) >= 0]
    return bool(places) and (min(places) <= NOTICE_BEGINS_WITHIN or len(words) <= SHORT_NOTICE)


def _follows(sentence: str) -> bool:
    return any(phrase in sentence for phrase in FOLLOW_UPS)


RULES: tuple[tuple[str, Callable[[str, int, _Known], bool]], ...] = (
    ("skip-link", _skip_link),
    ("title-repeated", _repeats_title),
    ("site-line", _site_line),
    ("missing-page-notice", _missing_page),
)
"""Every rule by the name that `Article.removed` gives, in order."""
