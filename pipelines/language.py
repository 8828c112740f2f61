"""The language of a page: what it declares, unless its script says that this cannot be; else a guess by common words.

The guess needs no model: a dozen of the commonest words of a language make up a fifth of any text in it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.document import Document

SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), frozenset({"ja"})),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"), frozenset({"ko"})),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]"), frozenset({"zh", "ja", "yue", "ko"})),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), frozenset({"th"})),
    ("el", re.compile(r"[\u0370-\u03ff]"), frozenset({"el"})),
    ("he", re.compile(r"[\u0590-\u05ff]"), frozenset({"he", "yi"})),
    ("ka", re.compile(r"[\u10a0-\u10ff]"), frozenset({"ka"})),
    ("hy", re.compile(r"[\u0530-\u058f]"), frozenset({"hy"})),
    ("ta", re.compile(r"[\u0b80-\u0bff]"), frozenset({"ta"})),
    ("te", re.compile(r"[\u0c00-\u0c7f]"), frozenset({"te"})),
    ("bn", re.compile(r"[\u0980-\u09ff]"), frozenset({"bn", "as"})),
    ("hi", re.compile(r"[\u0900-\u097f]"), frozenset({"hi", "mr", "ne", "sa"})),
    ("ar", re.compile(r"[\u0600-\u06ff]"), frozenset({"ar", "fa", "ur", "ps", "ckb", "ug", "sd"})),
    (
        "ru",
        re.compile(r"[\u0400-\u04ff]"),
        frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt"}),
    ),
)
"""(language to assume, letters of the script, languages written in it), more specific scripts first."""

_WORDS = {
    "en": "the and of to in that is was for on with as it at by from his they are this have not",
    "de": "der die und das ist nicht den von mit sich des auf für ein eine dem auch es an werden",
    "fr": "le la les et des est dans que pour une qui pas sur du plus par avec ce sont il",
    "es": "el la los que de y en las por con una para del es no se su como más pero",
    "it": "il di che la per non una sono con del della gli anche dei nel alla è le più si",
    "pt": "o de que e do da em um para não uma os com no na por mais dos como é",
    "nl": "de het een van en dat niet zijn op met voor is te aan er ook als bij maar door",
    "sv": "och att det som är en på inte för med av den till ett har om var de sig från",
    "da": "og at det er en til på som med af for ikke der den har de et var fra han",
    "no": "og det er en på som med av for ikke til den har de et var at fra han jeg",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka sen kuin mukaan vuoden olla tai",
    "pl": "i w na się nie do to że jest z jak od po ale przez za dla są było jego",
    "cs": "a se v na je že to s z do o i jako by ale pro jsou které jeho podle",
    "sk": "a sa v na je že to s z do o aj ako by ale pre sú ktoré jeho podľa",
    "hu": "a az és hogy nem is egy ez volt meg de csak már még mint vagy szerint kell el ki",
    "ro": "și de la în a nu cu pe că este un o din pentru mai care au fost sau prin",
    "tr": "ve bir bu için da de ile çok daha olarak olan gibi kadar sonra ne en var o ki",
    "vi": "và của là có không được cho các một những trong với người đã này khi để từ năm",
    "id": "yang dan di untuk dengan dari pada tidak ini itu dalam akan ke oleh juga karena sebagai",
    "ru": "и в не на что с по как это но из у за от для его о так же был",
    "uk": "і в не на що з до як це та у за від для його про але й був є",
    "bg": "и на да се в за от не с е че по са като до ще това който към при",
    "sr": "и је да у на се за од са не су који као из о који ће али то",
    "ar": "في من على إلى أن التي عن الذي مع هذا كان ما لا هذه بعد قال بين كما أو",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز شده های می",
}
COMMON_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
"""The commonest words of each language."""

ENOUGH_LETTERS = 0.2
"""Share of a text's letters that must be of a script before it overrules a declaration."""

_ANY_SCRIPT = re.compile(f"[{''.join(pattern.pattern[1:-1] for _, pattern, _ in SCRIPTS)}]")
_CODE = re.compile(r"[a-z]{2,3}(?![a-z])")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4_000


def language_of(document: Document, text: str) -> str | None:
    """Return the language as a two- or three-letter code (ISO 639), or None if nothing tells."""
    sample = text[:_SAMPLE]
    stated = declared(document)
    by_script = _by_script(sample)
    if stated and (by_script is None or stated in by_script[1]):
        return stated
    guess = _by_words(sample, by_script[1] if by_script else None)
    return guess or (by_script[0] if by_script else stated)


def declared(document: Document) -> str | None:
    """Return the language the page declares: html lang, JSON-LD, meta, Content-Language."""
    tree = document.tree
    node = document.article_node or {}
    for value in (
        tree.get("lang") or tree.get("xml:lang") if tree is not None else None,
        node.get("inLanguage"),
        document.said("og:locale", "content-language", "language", "dc.language", "inlanguage"),
        document.page.header("Content-Language"),
    ):
        if isinstance(value, str) and (code := _CODE.match(value.strip().lower())):
            return {"nb": "no", "nn": "no", "iw": "he", "in": "id"}.get(code[0], code[0])
    return None


def _by_script(sample: str) -> tuple[str, frozenset[str]] | None:
    """Return the language to assume and those possible by the script of the text; None for Latin or too little."""
    if not _ANY_SCRIPT.search(sample):
        return None
    letters = sum(map(str.isalpha, sample)) or 1
    for language, pattern, possible in SCRIPTS:
        if len(pattern.findall(sample)) >= ENOUGH_LETTERS * letters:
            return language, possible
    return None


def _by_words(sample: str, possible: frozenset[str] | None) -> str | None:
    """Return the language whose common words are most frequent, at least every twelfth word and three of them."""
    words = Counter(_WORD.findall(sample.lower()))
    total = sum(words.values())
    best, best_hits = None, 2
    for language, common in COMMON_WORDS.items():
        if possible is not None and language not in possible:
            continue
        hits = sum(words[word] for word in common)
        if hits > best_hits and hits * 12 >= total:
            best, best_hits = language, hits
    return best
