"""The phrases by which pages say what they are, by liveness and language.

Every phrase is written as `words.plain` would leave it: lower case, typewriter quotes, single spaces, no full stop. A
phrase must be enough on its own when it is the main message of a page ("page not found"), never a mere topic ("404").
To add a language, add its code to the tables; a phrase counts for pages of any language.
"""

from __future__ import annotations

from archive.model import Liveness
from pipelines.signs.phrase_tables.blocked import BLOCKED
from pipelines.signs.phrase_tables.consent import CONSENT
from pipelines.signs.phrase_tables.error import ERROR
from pipelines.signs.phrase_tables.login import LOGIN
from pipelines.signs.phrase_tables.missing import MISSING
from pipelines.signs.phrase_tables.parked import PARKED
from pipelines.signs.phrase_tables.paywall import PAYWALL
from pipelines.signs.phrase_tables.placeholder import PLACEHOLDER
from pipelines.signs.phrase_tables.scripts import SCRIPTS

BY_LIVENESS: dict[Liveness, dict[str, tuple[str, ...]]] = {
    Liveness.SOFT_404: MISSING,
    Liveness.ERROR: ERROR,
    Liveness.PLACEHOLDER: PLACEHOLDER,
    Liveness.PARKED: PARKED,
    Liveness.BLOCKED: BLOCKED,
    Liveness.LOGIN: LOGIN,
    Liveness.CONSENT: CONSENT,
    Liveness.PAYWALL: PAYWALL,
    Liveness.EMPTY: SCRIPTS,
}

CODES: dict[str, Liveness] = {
    "400": Liveness.ERROR,
    "401": Liveness.BLOCKED,
    "403": Liveness.BLOCKED,
    "404": Liveness.SOFT_404,
    "410": Liveness.SOFT_404,
    "429": Liveness.BLOCKED,
    "500": Liveness.ERROR,
    "502": Liveness.ERROR,
    "503": Liveness.ERROR,
    "504": Liveness.ERROR,
}
"""Status codes that a title or heading may consist of."""

BARE: dict[str, Liveness] = {
    "error": Liveness.ERROR,
    "fehler": Liveness.ERROR,
    "erreur": Liveness.ERROR,
    "errore": Liveness.ERROR,
    "erro": Liveness.ERROR,
    "fout": Liveness.ERROR,
    "fel": Liveness.ERROR,
    "błąd": Liveness.ERROR,
    "hata": Liveness.ERROR,
    "ошибка": Liveness.ERROR,
    "エラー": Liveness.ERROR,
    "错误": Liveness.ERROR,
    "오류": Liveness.ERROR,
    "oops": Liveness.SOFT_404,
    "ooops": Liveness.SOFT_404,
    "whoops": Liveness.SOFT_404,
    "hoppla": Liveness.SOFT_404,
    "ups": Liveness.SOFT_404,
    "not found": Liveness.SOFT_404,
    "not_found": Liveness.SOFT_404,
    "errorpage": Liveness.ERROR,
    "denied": Liveness.BLOCKED,
    "captcha": Liveness.BLOCKED,
    "offline": Liveness.PLACEHOLDER,
    "nicht gefunden": Liveness.SOFT_404,
    "introuvable": Liveness.SOFT_404,
    "non trouvé": Liveness.SOFT_404,
    "no encontrado": Liveness.SOFT_404,
    "no encontrada": Liveness.SOFT_404,
    "no se encontró": Liveness.SOFT_404,
    "no se ha encontrado": Liveness.SOFT_404,
    "non trovato": Liveness.SOFT_404,
    "non trovata": Liveness.SOFT_404,
    "niet gevonden": Liveness.SOFT_404,
    "não encontrado": Liveness.SOFT_404,
    "não encontrada": Liveness.SOFT_404,
    "nie znaleziono": Liveness.SOFT_404,
    "nenalezeno": Liveness.SOFT_404,
    "не найдено": Liveness.SOFT_404,
    "не знайдено": Liveness.SOFT_404,
    "bulunamadı": Liveness.SOFT_404,
    "tidak ditemukan": Liveness.SOFT_404,
    "не е намерена": Liveness.SOFT_404,
    "无法找到": Liveness.SOFT_404,
    "找不到": Liveness.SOFT_404,
    "broken link": Liveness.SOFT_404,
    "dead link": Liveness.SOFT_404,
    "lost page": Liveness.SOFT_404,
    "under construction": Liveness.PLACEHOLDER,
    "coming soon": Liveness.PLACEHOLDER,
    "en construction": Liveness.PLACEHOLDER,
    "en construcción": Liveness.PLACEHOLDER,
    "próximamente": Liveness.PLACEHOLDER,
    "em construção": Liveness.PLACEHOLDER,
    "em breve": Liveness.PLACEHOLDER,
    "in costruzione": Liveness.PLACEHOLDER,
    "im aufbau": Liveness.PLACEHOLDER,
    "in aanbouw": Liveness.PLACEHOLDER,
    "w budowie": Liveness.PLACEHOLDER,
    "ve výstavbě": Liveness.PLACEHOLDER,
    "u izradi": Liveness.PLACEHOLDER,
    "yapım aşamasında": Liveness.PLACEHOLDER,
    "hamarosan": Liveness.PLACEHOLDER,
    "قيد الإنشاء": Liveness.PLACEHOLDER,
    "به زودی": Liveness.PLACEHOLDER,
    "工事中": Liveness.PLACEHOLDER,
    "準備中": Liveness.PLACEHOLDER,
    "建设中": Liveness.PLACEHOLDER,
    "敬请期待": Liveness.PLACEHOLDER,
    "準備中です": Liveness.PLACEHOLDER,
    "공사중": Liveness.PLACEHOLDER,
}
"""Words that mean something only where they are a whole title or heading."""
