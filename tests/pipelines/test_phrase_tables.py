"""The phrase tables: wide enough, each phrase spelt as it is compared, and none in the headlines of plain news."""

from __future__ import annotations

from collections import Counter

import pytest

from pipelines.signs.phrase_tables import BY_LIVENESS
from pipelines.signs.phrase_tables.error import ERROR
from pipelines.signs.phrase_tables.missing import MISSING
from pipelines.signs.phrase_tables.parked import PARKED
from pipelines.signs.phrase_tables.placeholder import PLACEHOLDER
from pipelines.words import plain

TABLES = {"missing": (MISSING, 45), "error": (ERROR, 30), "placeholder": (PLACEHOLDER, 30), "parked": (PARKED, 30)}
"""Each table with the languages that it must at least know."""

LEAST_IN_ALPHABET, LEAST_IN_DENSE = 5, 3
"""Characters of a phrase: a syllable of Hangul, kana or Han says as much as two or three letters."""

HEADLINES = (
    "How a missing web page became a cultural icon",
    "Search for missing plane enters third week",
    "Missing girl, 12, has been found safe",
    "New bridge under construction will open in June",
    "Hospital under construction collapses in Lagos",
    "House for sale: the castle nobody wants",
    "Striker suspended for three matches",
    "Senator's account of the night is disputed",
    "The Beatles album that was never released is coming to vinyl",
    "Why newspapers put up paywalls",
    "What cookies really know about you",
    "Police warn of login fraud on banking sites",
    "Bones not found at the burial site, says judge",
    "Man found not guilty of murder",
    "Index of economic freedom shows decline",
    "Train service is suspended after storm",
    "Track maintenance to close line for a week",
    "Hundreds of domains sold at auction in record sale",
    "Tunnel is under development, minister says",
    "The museum is temporarily closed to tourists",
    "Der Tote wurde im Wald gefunden",
    "Vermisste Frau nicht gefunden: Polizei sucht weiter",
    "Neue Brücke im Bau: Verkehr umgeleitet",
    "Haus am See zu verkaufen",
    "Warum Artikel hinter der Bezahlschranke verschwinden",
    "Die Autobahn wird gesperrt",
    "Spieler nach Roter Karte gesperrt",
    "Stadtteil im Wandel: neue Wohnungen entstehen",
    "Un avion introuvable depuis trois jours",
    "Le suspect reste introuvable",
    "Un pont en construction s'effondre à Gênes",
    "Un immeuble en cours de construction prend feu",
    "Maison à vendre au prix d'un café",
    "Le joueur suspendu trois matchs",
    "La centrale nucléaire est en construction",
    "El puente está en construcción desde 2019",
    "No se encontró a los desaparecidos",
    "Próximamente se inaugurará el hospital",
    "Casa en venta por un euro",
    "Jugador suspendido por seis partidos",
    "El avión sigue desaparecido",
    "Ponte em construção desaba no Rio",
    "Em breve chega a nova vacina",
    "Avião desaparecido não foi encontrado",
    "Casa à venda por um euro",
    "Il ponte in costruzione crolla a Genova",
    "Casa in vendita a un euro",
    "Il corpo non è stato trovato",
    "Lavori in corso sulla tangenziale",
    "Prossimamente al cinema il nuovo film",
    "Vermiste jongen nog niet gevonden",
    "Nieuwe brug in aanbouw",
    "Huis te koop voor een euro",
    "Försvunna pojken har inte hittats",
    "Ny bro under byggnad i Göteborg",
    "Huset er til salg for en krone",
    "Den savnede mannen er ikke funnet",
    "Kadonnutta miestä ei ole löydetty",
    "Zaginionego chłopca nie znaleziono",
    "Most w budowie zawalił się w nocy",
    "Dom na sprzedaż za złotówkę",
    "Nový most ve výstavbě se zřítil",
    "Zmizelé letadlo nebylo nalezeno",
    "Az eltűnt férfit nem találták meg",
    "Hamarosan megnyílik az új híd",
    "Podul în construcție s-a prăbușit",
    "În curând se deschide muzeul",
    "Κατέρρευσε γέφυρα υπό κατασκευή",
    "Σύντομα τα αποτελέσματα των εκλογών",
    "Мост на реконструкции откроют весной",
    "На мосту ведутся работы",
    "Пропавший мальчик не найден",
    "Дом продается за рубль",
    "Незабаром відкриють новий міст",
    "Міст на реконструкції закрито до весни",
    "Мост в строеж се срути",
    "Most u izgradnji srušio se u noći",
    "Uskoro počinje festival",
    "Yapım aşamasındaki köprü çöktü",
    "Kayıp uçak hâlâ bulunamadı",
    "Çok yakında seçim var",
    "הגשר בבנייה קרס בלילה",
    "جسر قيد الإنشاء ينهار في القاهرة",
    "قريبا انطلاق المهرجان",
    "پل در حال ساخت فرو ریخت",
    "به زودی انتخابات برگزار می شود",
    "निर्माणाधीन पुल गिरा, तीन की मौत",
    "लापता विमान का मलबा नहीं मिला",
    "নির্মাণাধীন সেতু ধসে তিনজন নিহত",
    "สะพานกำลังก่อสร้างถล่ม",
    "อยู่ระหว่างดำเนินการสอบสวน",
    "Cầu đang xây dựng bị sập",
    "Tàu mất tích vẫn chưa được tìm thấy",
    "Jembatan dalam pembangunan runtuh",
    "Segera hadir: musim baru liga",
    "Jambatan dalam pembinaan runtuh",
    "行方不明の登山者は見つからず",
    "建設中の橋が崩落",
    "工事中のビルで火災",
    "新空港は準備中の段階",
    "在建大桥坍塌 三人死亡",
    "高铁正在建设 明年通车",
    "地铁系统升级 市民受益",
    "台北捷運施工中 交通打結",
    "실종자 아직 찾지 못해",
    "공사중인 건물에서 화재",
    "원자력발전소 정기점검 시작",
)


def _every(name: str) -> list[str]:
    table, _ = TABLES[name]
    return [phrase for phrases in table.values() for phrase in phrases]


def _least(phrase: str) -> int:
    return LEAST_IN_DENSE if any(letter > "\u2fff" for letter in phrase) else LEAST_IN_ALPHABET


@pytest.mark.parametrize("name", TABLES)
def test_languages(name: str) -> None:
    """A table knows as many languages as it promises, each with phrases of its own."""
    table, languages = TABLES[name]
    assert len(table) >= languages
    assert all(table.values())


@pytest.mark.parametrize("name", TABLES)
def test_spelling(name: str) -> None:
    """Every phrase is spelt as `plain` leaves it, stands once in its table, and is long enough to mean something."""
    every = _every(name)
    assert [phrase for phrase in every if plain(phrase) != phrase] == []
    assert sorted(set(every)) == sorted(every)
    assert [phrase for phrase in every if len(phrase) < _least(phrase)] == []


@pytest.mark.parametrize("name", TABLES)
def test_headlines_of_plain_news(name: str) -> None:
    """No phrase is in a headline about bridges, planes, missing people, houses for sale or suspended players."""
    found = [(phrase, headline) for phrase in _every(name) for headline in HEADLINES if phrase in plain(headline)]
    assert found == []


def test_a_phrase_means_one_thing() -> None:
    """No phrase stands in two tables: what a page says would depend on their order."""
    every = [phrase for table in BY_LIVENESS.values() for phrase in {one for some in table.values() for one in some}]
    assert [phrase for phrase, times in Counter(every).items() if times > 1] == []
