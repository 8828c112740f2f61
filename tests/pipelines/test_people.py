"""People: what a byline says, in many languages, told from newsrooms, roles, places and dates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.people import MOST, people, says_by

BYLINES = [
    ("Ada Brand", ("Ada Brand",)),
    ("By Ada Brand and Ole Vik", ("Ada Brand", "Ole Vik")),
    ("BY ADA BRAND", ("ADA BRAND",)),
    ("Written by Ada Brand Edited by Ole Vik", ("Ada Brand",)),
    ("Ada Brand, Ole Vik, and Mia Holm", ("Ada Brand", "Ole Vik", "Mia Holm")),
    ("Ada C. Brand", ("Ada C. Brand",)),
    ("Ada B.", ("Ada B.",)),
    ("Ada Brand, Ph.D.", ("Ada Brand",)),
    ("Ada Brand, senior reporter", ("Ada Brand",)),
    ("Ada Brand Chefredakteurin", ("Ada Brand",)),
    ("Ada Brand December 17, 2025", ("Ada Brand",)),
    ("Ada Brand • March 3", ("Ada Brand",)),
    ("Ada Brand | Last updated 3 March", ("Ada Brand",)),
    ("Ada Brand, London, Ole Vik", ("Ada Brand", "Ole Vik")),
    ("Ada Brand / Reuters", ("Ada Brand",)),
    ("Ada Brand (Text)", ("Ada Brand",)),
    ("Ada Brand ada.brand@lantern.example", ("Ada Brand",)),
    ("@adabrand", ()),
    ("Aoife O'Brand", ("Aoife O'Brand",)),
    ("Lena Brand-Vik", ("Lena Brand-Vik",)),
    ("Dr. Ada Brand", ("Dr. Ada Brand",)),
    ("Von Karl Brand", ("Karl Brand",)),
    ("Von der Heide", ("Von der Heide",)),
    ("Ursula von der Heide", ("Ursula von der Heide",)),
    ("Karl Brand und Mia Holm", ("Karl Brand", "Mia Holm")),
    ("Karl Brand im Gespräch mit Mia Holm", ("Karl Brand", "Mia Holm")),
    ("Par Sébastien Leclair", ("Sébastien Leclair",)),
    ("Di Lucia Conti", ("Lucia Conti",)),
    ("Di Maio", ("Di Maio",)),
    ("Por Ana López y Juan Ruiz", ("Ana López", "Juan Ruiz")),
    ("José Ortega y Casset", ("José Ortega y Casset",)),
    ("Autor: Jan Kowal", ("Jan Kowal",)),
    ("Автор: Иван Лесной", ("Иван Лесной",)),
    ("作者：王小林", ("王小林",)),
    ("記者 王小林", ("王小林",)),
    ("문길동 기자", ("문길동",)),
    ("بقلم سمير حداد", ("سمير حداد",)),
    ("Napsala Jana Brandová", ("Jana Brandová",)),
    ("Napisał Jan Kowal", ("Jan Kowal",)),
    ("Piše: Ivan Hrast", ("Ivan Hrast",)),
    ("Пише Іван Лісний", ("Іван Лісний",)),
    ("Подготовил Иван Лесной", ("Иван Лесной",)),
    ("Γράφει η Άννα Λυχνίδη", ("Άννα Λυχνίδη",)),
    ("Írta: Lámpás Bence", ("Lámpás Bence",)),
    ("Teksti: Aino Lyhty", ("Aino Lyhty",)),
    ("Tekst: Ola Vik (tekst) og Kari Nes (foto)", ("Ola Vik",)),
    ("Text: Ylva Holm Foto: Arvid Brand", ("Ylva Holm",)),
    ("Text und Foto: Karl Brand", ("Karl Brand",)),
    ("A cura di Lucia Conti", ("Lucia Conti",)),
    ("Propos recueillis par Lucie Comte", ("Lucie Comte",)),
    ("Geschreven door Jan Smit", ("Jan Smit",)),
    ("Scris de Ion Lampă", ("Ion Lampă",)),
    ("De Niro", ("De Niro",)),
    ("Tác giả: Nguyễn Văn Đèn", ("Nguyễn Văn Đèn",)),
    ("كتبت: هالة حداد", ("هالة حداد",)),
    ("به قلم سارا چراغی", ("سارا چراغی",)),
    ("מאת: יעל כהן", ("יעל כהן",)),
    ("लेखिका: मीना दीप", ("मीना दीप",)),
    ("記者王小林／燈台市報導", ("王小林",)),
    ("〔記者王小林／燈台市報導〕", ("王小林",)),
    ("取材・文／灯台花子", ("灯台花子",)),
    ("글·사진 문길동", ("문길동",)),
    ("문길동 특파원", ("문길동",)),
    ("Reporter Ada Brand", ("Ada Brand",)),
    ("Staff writer Ada Brand", ("Ada Brand",)),
    ("Articles by Ada Brand", ("Ada Brand",)),
    ("ada", ("ada",)),
    ("Dan Brand", ("Dan Brand",)),
    ("ADA BRAND AND OLE VIK", ("ADA BRAND", "OLE VIK")),
    ("Emily Post", ("Emily Post",)),
    ("Ada Brand sagt", ("Ada Brand",)),
    ("and", ()),
    ("Die Redaktion", ()),
    ("The Lantern", ()),
    ("Lantern.de", ()),
    ("dpa", ()),
    ("Lantern Sports Desk", ()),
    ("admin", ()),
    ("", ()),
    ("12 May", ()),
]


@pytest.mark.parametrize(("text", "names"), BYLINES)
def test_byline(text: str, names: tuple[str, ...]) -> None:
    """Of a byline the people remain, spelled as the page spells them."""
    assert people([text]) == names


def test_names_of_the_site_are_no_people() -> None:
    """A name that the site has is left out, however it is written."""
    assert people(["Ada Brand", "UPPER  TOWN"], ["Upper Town"]) == ("Ada Brand",)


def test_single_words_stand_back() -> None:
    """A single word is a name only where nobody has two."""
    assert people(["Ada Brand", "ole"]) == ("Ada Brand",)
    assert people(["ole"]) == ("ole",)


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("By Ada Brand", True),
        ("Von Karl Brand", True),
        ("文/王小林", True),
        ("Γράφει ο Νίκος Λυχνίδης", True),
        ("Piše: Ivan Hrast", True),
        ("記者王小林／燈台市報導", True),
        ("문길동 기자", True),
        ("신문 기자를 만나다", False),
        ("記者会見で市長が語る", False),
        ("Autor Karl Brand", False),
        ("by the sea", False),
        ("Von der Küste", False),
        ("Byzantine", False),
        ("Ada Brand", False),
    ],
)
def test_line_that_begins_with_by(line: str, is_byline: bool) -> None:  # noqa: FBT001 - a column of the table
    """A byline begins with "by" and goes on with a capital, or with writing that has none."""
    assert says_by(line) is is_byline


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=40))
def test_any_text(texts: list[str]) -> None:
    """Whatever the texts, there are no more names than the bound, none is empty, and none has a line break."""
    found = people(texts)
    assert len(found) <= MOST
    assert all(name and "\n" not in name for name in found)
