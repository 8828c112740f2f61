"""Language of a page: what it declares, what its script rules out, and what its commonest words say."""

from __future__ import annotations

import pytest

from pipelines.language import declared, language_of
from tests.pipelines.documents import document_of, page_of

DECLARED = [
    ('<html lang="de">', "de"),
    ('<html lang="en-GB">', "en"),
    ('<html lang="PT_br">', "pt"),
    ('<html lang="nb-NO">', "no"),
    ('<html lang="iw">', "he"),
    ('<html><meta property="og:locale" content="fr_CA">', "fr"),
    ('<html><meta http-equiv="content-language" content="it">', "it"),
    ('<script type="application/ld+json">{"@type":"NewsArticle","inLanguage":"sv-SE"}</script>', "sv"),
    ("<html>", None),
    ('<html lang="">', None),
    ('<html lang="undetermined">', None),
]

WORDS = [
    ("The bridge over the river is open again, and the people of the town are happy that it was not torn down.", "en"),
    ("Die Brücke über den Fluss ist wieder offen, und die Leute freuen sich, dass sie nicht abgerissen ist.", "de"),
    (
        "Le pont sur la rivière est de nouveau ouvert et les habitants sont heureux que la ville ne l'ait pas vendu.",
        "fr",
    ),
    ("El puente sobre el río se abrió de nuevo y los vecinos dicen que no es tan alto como el de antes.", "es"),
    ("Мост через реку снова открыт, и жители говорят, что он не такой высокий, как это было за год до того.", "ru"),
    ("橋がふたたび開通し、朝早くから大勢の人が歩いて渡った。", "ja"),
    ("这座桥重新开放，许多人一大早就走过河去。", "zh"),
    ("다리가 다시 열려 많은 사람이 아침 일찍 강을 건넜다.", "ko"),
    ("สะพานเปิดอีกครั้งและผู้คนมากมายเดินข้ามแม่น้ำแต่เช้า", "th"),
    ("הגשר נפתח מחדש ואנשים רבים חצו את הנהר מוקדם בבוקר", "he"),
    ("Η γέφυρα άνοιξε ξανά και πολλοί πέρασαν το ποτάμι", "el"),
    ("Quux frobnicate", None),
    ("", None),
]


@pytest.mark.parametrize(("markup", "language"), DECLARED)
def test_declaration(markup: str, language: str | None) -> None:
    """What a page declares is a code of two or three letters, region and case aside; what is no code is no language."""
    assert declared(document_of(f"{markup}<body><p>x</p>")) == language


def test_content_language_header() -> None:
    """The Content-Language header counts where the page itself is silent."""
    page = page_of("<p>x</p>", headers={"Content-Type": "text/html", "Content-Language": "da, en"})
    assert declared(document_of(page)) == "da"


@pytest.mark.parametrize(("text", "language"), WORDS)
def test_guess(text: str, language: str | None) -> None:
    """Without a declaration, script and common words tell the language, or nothing does."""
    assert language_of(document_of("<p>x</p>"), text) == language


@pytest.mark.parametrize(
    ("stated", "text", "language"),
    [
        ("en", "这座桥重新开放，许多人一大早就走过河去。", "zh"),
        ("en", "다리가 다시 열려 많은 사람이 아침 일찍 강을 건넜다.", "ko"),
        ("uk", "Мост снова открыт", "uk"),
        ("ja", "東京都議会議員選挙", "ja"),
        ("fr", "The bridge is open and the people of the town are happy", "fr"),
    ],
)
def test_script_overrules_only_the_impossible(stated: str, text: str, language: str) -> None:
    """A declared language stands unless the text is in a script that it is not written in."""
    assert language_of(document_of(f'<html lang="{stated}"><p>x</p>'), text) == language
