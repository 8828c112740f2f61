"""Dates as people write them, in many languages and orders, and those in addresses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.month_names import month_of
from pipelines.written_dates import Reading, in_address, written

LATEST = date(2026, 11, 21)

SPELLINGS = [
    ("12. März 2020", "de", "2020-03-12"),
    ("12.03.2020, 14:05 Uhr", "de", "2020-03-12"),
    ("12.03.20 14:05", "de", "2020-03-12"),
    ("May 3rd, 2020 at 5 p.m.", "en", "2020-05-03"),
    ("Wed, Sept. 9, 2020", "en", "2020-09-09"),
    ("22-Oct-2019", "en", "2019-10-22"),
    ("3 de mayo de 2020", "es", "2020-05-03"),
    ("15 de abr. de 2020", "pt", "2020-04-15"),
    ("le 1er février 2020", "fr", "2020-02-01"),
    ("3 agosto 2019", "it", "2019-08-03"),
    ("3 maart 2020", "nl", "2020-03-03"),
    ("3. maaliskuuta 2020", "fi", "2020-03-03"),
    ("3 stycznia 2020", "pl", "2020-01-03"),
    ("3. července 2020", "cs", "2020-07-03"),
    ("3. listopada 2020.", "hr", "2020-10-03"),
    ("2020. március 3.", "hu", "2020-03-03"),
    ("2020 m. kovo 3 d.", "lt", "2020-03-03"),
    ("2020. gada 3. marts", "lv", "2020-03-03"),
    ("15 июля 2020 г.", "ru", "2020-07-15"),
    ("3 червня 2020", "uk", "2020-06-03"),
    ("3 Μαΐου 2020", "el", "2020-05-03"),
    ("3 Ağustos 2020", "tr", "2020-08-03"),
    ("12 يناير 2020", "ar", "2020-01-12"),
    ("3 במאי 2020", "he", "2020-05-03"),
    ("12 मार्च 2020", "hi", "2020-03-12"),
    ("12 มี.ค. 2563", "th", "2020-03-12"),
    ("3 tháng 5, 2020", "vi", "2020-05-03"),
    ("2020年3月12日", "ja", "2020-03-12"),
    ("2020년 3월 12일", "ko", "2020-03-12"),
    ("3 listopada 2020", None, None),
    ("26 | 01 | 2022", None, "2022-01-26"),
    ("15/04/2020", "en", "2020-04-15"),
    ("Pro 11 2020", None, None),
    ("31 February 2020", "en", None),
    ("3 May 1903", "en", None),
    ("3 May 2027", "en", None),
    ("12 people in 2020", "en", None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "language", "day"), SPELLINGS)
def test_spelling(text: str, language: str | None, day: str | None) -> None:
    """A day is read in the spelling of its language, and what is no day or out of bounds is none."""
    found = written(text, Reading(language, LATEST))
    assert (found[0].day.isoformat() if found else None) == day


def test_order_of_day_and_month() -> None:
    """The month comes first between slashes where that is the custom, and nowhere else."""
    american = Reading("en", LATEST, month_first=True)
    assert [one.day for one in written("03/04/2020 and 03.04.2020", american)] == [date(2020, 3, 4), date(2020, 4, 3)]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2019/10/22/story", "2019-10-22"),
        ("/news/2019-10-22-story", "2019-10-22"),
        ("/news/20191022.html", "2019-10-22"),
        ("/2020-02/19/c_1125", "2020-02-19"),
        ("/meldung/29-10-2021", "2021-10-29"),
        ("/politics/2019/oct/22/story", "2019-10-22"),
        ("/2019/10/story", None),
        ("/id201910221234", None),
        ("/2019/13/45/story", None),
        ("", None),
    ],
)
def test_address(path: str, day: str | None) -> None:
    """An address names a day only with all of its parts."""
    found = in_address(path, LATEST)
    assert (found.isoformat() if found else None) == day


def test_month_of_another_language() -> None:
    """A month of a language that the page is not in needs more letters, and must be the same month in all."""
    assert month_of("prosince", "de") == 12
    assert month_of("pro", "de") is None
    assert month_of("pro", "cs") == 12


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.from_regex(r"\A[\d./ -]{0,40}\Z"))
def test_any_text(text: str) -> None:
    """Whatever the text, each date found is within bounds and stands in it."""
    for one in written(text, Reading("en", LATEST)):
        assert date(1990, 1, 1) <= one.day <= LATEST
        assert 0 <= one.start < one.end <= len(text)
