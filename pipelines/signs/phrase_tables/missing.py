"""Words that a page is not, or no longer, there, by language: the tables of all regions in one."""

from __future__ import annotations

from pipelines.signs.phrase_tables.missing_asian import ASIAN
from pipelines.signs.phrase_tables.missing_balkan_cyrillic import BALKAN_CYRILLIC
from pipelines.signs.phrase_tables.missing_english import ENGLISH
from pipelines.signs.phrase_tables.missing_germanic import GERMANIC
from pipelines.signs.phrase_tables.missing_other_european import OTHER_EUROPEAN
from pipelines.signs.phrase_tables.missing_romance import ROMANCE

MISSING: dict[str, tuple[str, ...]] = ENGLISH | GERMANIC | ROMANCE | OTHER_EUROPEAN | BALKAN_CYRILLIC | ASIAN
