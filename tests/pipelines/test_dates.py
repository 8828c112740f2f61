"""Dates: the spellings that pages use, the order in which their places are believed, and what is no date at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dates import dates_of
from pipelines.iso_dates import iso
from pipelines.written_dates import Reading
from tests.pipelines.documents import PROSE, document_of, page_of

LATEST = date(2026, 11, 21)
READING = Reading("en", LATEST)

SPELLINGS: list[tuple[object, str | None]] = [
    ("2026-03-01", "2026-03-01"),
    ("2026-3-1", "2026-03-01"),
    ("20260301", "2026-03-01"),
    ("2026-03-01T08:09:10Z", "2026-03-01T08:09:10Z"),
    ("2026-03-01T08:09:10.123456+02:00", "2026-03-01T08:09:10+02:00"),
    ("2026-03-01T08:09-0530", "2026-03-01T08:09:00-05:30"),
    ("2026-03-01T08:09:10+02", "2026-03-01T08:09:10+02:00"),
    ("2026-03-01 08:09:10 UTC", "2026-03-01T08:09:10Z"),
    ("2026-03-01T08:09:10", "2026-03-01T08:09:10"),
    ("Sun, 01 Mar 2026 08:09:10 GMT", "2026-03-01T08:09:10+00:00"),
    ("Sun, 01 Mar 2026 08:09:10 +0100", "2026-03-01T08:09:10+01:00"),
    (["2026-03-01"], "2026-03-01"),
    ({"@value": "2026-03-01"}, "2026-03-01"),
    ("2026-02-30", None),
    ("2026-13-01", None),
    ("2026-03-01T25:00", None),
    ("1901-01-01", None),
    ("2026-11-22", None),
    ("yesterday", None),
    ("", None),
    (None, None),
    (20260301, "2026-03-01"),
    ("1772352550", "2026-03-01T08:09:10Z"),
    ("1772352550123", "2026-03-01T08:09:10Z"),
    ("2026-03-01T08:09:10+99:99", "2026-03-01T08:09:10"),
    ("March 1, 2026", "2026-03-01"),
    ("01.03.2026", "2026-03-01"),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("value", "wanted"), SPELLINGS)
def test_spelling(value: object, wanted: str | None) -> None:
    """A date comes out as ISO 8601 with what the page said and no more, and what is none comes out as None."""
    assert iso(value, READING) == wanted


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=70) | st.from_regex(r"\A\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d{4})?)?\Z"))
def test_spelling_never_raises(value: str) -> None:
    """Any string is a date or none."""
    found = iso(value, READING)
    assert found is None or date.fromisoformat(found[:10]) <= LATEST


LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-01T10:00:00Z"}</script>'
META = '<meta property="article:published_time" content="2026-01-02">'
TIME = '<time datetime="2026-01-03">3 January</time>'


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        (LD + META + TIME, "2026-01-01T10:00:00Z"),
        (META + TIME, "2026-01-02"),
        (TIME, "2026-01-03"),
        (LD.replace("2026-01-01T10:00:00Z", "soon") + META, "2026-01-02"),
        (f'<time class="published" datetime="2025-05-05"></time>{TIME}', "2025-05-05"),
        ('<meta property="article:published_time" content="2027-01-01">', None),
    ],
)
def test_order_of_places(markup: str, wanted: str | None) -> None:
    """JSON-LD is believed before meta elements and those before time elements; what is no date is passed over."""
    assert dates_of(document_of(f"<html><head></head><body>{markup}<p>Text.</p></body></html>")).published == wanted


def shown(body: str, *, head: str = "", url: str = "https://www.lantern.example/news/story") -> str | None:
    """Return the date of a page with a headline, what the body adds below it, and an article."""
    markup = f"<html lang=en-GB><head>{head}</head><body><h1>Bread</h1>{body}{PROSE}</body></html>"
    return dates_of(document_of(page_of(markup, url=url))).published


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>By Ada Brand, 3 January 2026</p>", "2026-01-03"),
        ("<span>03/04/2026 08:00</span>", "2026-04-03"),
        ("<p>Updated: 5 May 2026</p><p>Published: 3 May 2026</p>", "2026-05-03"),
        ("<p>Last updated 5 May 2026</p>", "2026-05-05"),
        (f"{PROSE}<p>Published on 3 May 2026</p>", "2026-05-03"),
        (
            f'{PROSE}<script>var state = {{"publishedAt":"2026-05-03T10:00:00+02:00"}}</script>',
            "2026-05-03T10:00:00+02:00",
        ),
        ("<span itemprop=datePublished>3 May 2026</span>", "2026-05-03"),
        ("<aside><time datetime=2026-05-03></time></aside>", "2026-05-03"),
        (
            "<p>3 May 2026 - The mill that burnt down in the spring is to be built again, and the town pays.</p>",
            "2026-05-03",
        ),
        ("<abbr class=published title='2026-05-03T10:00:00+02:00'>10:00</abbr>", "2026-05-03T10:00:00+02:00"),
        ("<aside><time class=published datetime=2026-05-04></time></aside><p>3 May 2026</p>", "2026-05-03"),
        ("<p>On 12 March 2020 the mill burnt down.</p>" * 3, "2020-03-12"),
        ("", None),
    ],
)
def test_what_readers_see(body: str, wanted: str | None) -> None:
    """Where machines are told nothing, the date beside the headline counts, one of a change for want of others."""
    assert shown(body) == wanted


def test_day_in_the_address() -> None:
    """A day in the address is believed before what is shown, and after what machines are told."""
    url = "https://www.lantern.example/2026/05/03/bread"
    assert shown("<p>4 May 2026</p>", url=url) == "2026-05-03"
    assert shown(META, url=url) == "2026-01-02"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("", "2026-05-04T02:25:54Z"),
        ("<p>4 May 2026</p>", "2026-05-04T02:25:54Z"),
        ("<p>3 May 2026</p>", "2026-05-03"),
        ("<p>3 May 2026</p><script>stamp = '2026-05-03T22:25:54-04:00'</script>", "2026-05-03T22:25:54-04:00"),
        ("<time class=published datetime='2026-05-03 22:25:54'></time>", "2026-05-03T22:25:54-04:00"),
        ("<p>5 May 2026</p>", "2026-05-04T02:25:54Z"),
        ("<p>3 May 2026, 10:25 p.m.</p>", "2026-05-03T22:25:54-04:00"),
        ("<p>3 May 2026, 22:24</p>", "2026-05-03"),
    ],
)
def test_time_in_utc_is_put_where_the_newsroom_is(body: str, wanted: str) -> None:
    """A time in UTC gets the newsroom's offset, or its day, where another stamp or the shown day lets it be known."""
    assert shown(body, head='<meta property="article:published_time" content="2026-05-04T02:25:54Z">') == wanted


def test_several_days_are_told() -> None:
    """Of several days that machines are told, the one that readers are shown counts, and else the first."""
    head = LD + META
    assert shown("", head=head) == "2026-01-01T10:00:00Z"
    assert shown("<p>2 January 2026</p>", head=head) == "2026-01-02"
    assert shown("<p>Updated 2 January 2026</p>", head=head) == "2026-01-01T10:00:00Z"


def test_only_the_last_change_is_told() -> None:
    """A page that says no more than when it was changed was published then, as far as is known."""
    assert shown("", head='<meta property="article:modified_time" content="2026-02-02">') == "2026-02-02"


def test_recipe_is_no_review_of_it() -> None:
    """What readers say of a recipe has dates of its own, which are not the recipe's."""
    head = (
        '<script type="application/ld+json">{"@type":"Recipe","name":"Bread","datePublished":"2026-01-01",'
        '"review":[{"@type":"Review","datePublished":"2026-02-01"}]}</script>'
    )
    assert shown("", head=head) == "2026-01-01"


def test_modified_is_apart_from_published() -> None:
    """The date of the last change is what the page says it is, and None where it says nothing."""
    changed = META + '<meta property="article:modified_time" content="2026-02-02T00:00:00Z">'
    assert dates_of(document_of(changed + "<p>x</p>")).modified == "2026-02-02T00:00:00Z"
    assert dates_of(document_of(META + "<p>x</p>")).modified is None
