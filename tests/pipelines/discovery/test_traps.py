"""Traps: circles are refused, whatever they are made of, and no address of an article is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.discovery.traps import Trails, pattern_of, trap_in

_SITE = "https://news.example"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/a/b/a/b/a/b", "its path repeats itself"),
        ("/news/news/news/story-of-the-day", "its path repeats itself"),
        ("/2026/sport/2026/sport/2026/sport/ferry-is-back", "its path repeats itself"),
        ("/1/1/1/1/", "its path repeats itself"),
        ("/one/a/b/c/d/a/b/c/d/a/b/c/d/end", "its path repeats itself"),
        ("/x/a/../a/../a/../a/..", "its path repeats itself"),
        ("/" + "/".join(map(str, range(21))), "its path has more than 20 steps"),
        ("/list?page=2&page=2&page=2", "its query repeats itself"),
    ],
)
def test_a_circle_is_refused(path: str, why: str) -> None:
    """An address that goes round more than twice is refused, and it is said why."""
    assert trap_in(_SITE + path) == why


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/24/ferry-is-back-123456",
        "/11/11/11/ferry-is-back",
        "/2011/11/11/11/ferry-is-back",
        "/a/b/a/b",
        "/news/news/story",
        "/sport/football/sport/football-results",
        "/story?id=7&tag=a&tag=b&tag=c",
        "/news/0f8fad5b-d9cb-469f-a165-70867728950e",
        "/",
        "",
    ],
)
def test_an_article_is_not(path: str) -> None:
    """What repeats itself once, a day of equal numbers, a list of parameters: all are addresses of articles."""
    assert trap_in(_SITE + path) is None


_WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüж東京", min_size=1, max_size=12)
_SLUGS = st.lists(_WORDS, min_size=2, max_size=14).map("-".join)
_DAYS = st.dates().map(lambda day: day.strftime("%Y/%m/%d")) | st.dates().map(lambda day: day.strftime("%y/%m/%d"))


@given(
    folders=st.lists(_WORDS, max_size=5, unique=True),
    day=_DAYS,
    slug=_SLUGS,
    number=st.integers(1, 10**9),
    ending=st.sampled_from(["", ".html", "/", "?id=1&ref=2", "/amp"]),
)
def test_no_ordinary_address_is_refused(folders: list[str], day: str, slug: str, number: int, ending: str) -> None:
    """Sections, a day, a slug and a number make no trap, whatever they are."""
    assert trap_in(f"{_SITE}/{'/'.join([*folders, day, slug])}-{number}{ending}") is None


def test_a_large_newspaper_passes() -> None:
    """Of 20,000 articles of one pattern none is refused."""
    urls = [f"{_SITE}/2026/{n % 12 + 1:02}/{n % 28 + 1:02}/ferry-is-back-{100000 + n}" for n in range(20_000)]
    assert {pattern_of(url) for url in urls} == {"news.example/D/ferry-is-back-N"}
    assert [url for url in urls if trap_in(url)] == []


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/calendar/2026-11-24", "/calendar/D"),
        ("/calendar/2026/11", "/calendar/D"),
        ("/politics?page=17", "/politics?page=N"),
        ("/s/0f8fad5b-d9cb-469f-a165-70867728950e/list", "/s/T/list"),
        ("/list;x=3f2a9c0d1e4b5a6978cd", "/list;x=T"),
        ("/internationalization/list", "/internationalization/list"),
    ],
)
def test_a_pattern(path: str, pattern: str) -> None:
    """Dates, numbers and tokens are one letter each; words stay."""
    assert pattern_of(_SITE + path) == f"news.example{pattern}"


def test_a_trail_ends_where_nothing_is_new() -> None:
    """Five pages without anything new end a trail, one that has something begins it anew, and others go on."""
    trails = Trails()
    for number in range(4):
        trails.was_read(f"{_SITE}/calendar/2026-11-{number + 10}", 0)
    assert trails.goes_on(f"{_SITE}/calendar/2027-01-01")
    trails.was_read(f"{_SITE}/calendar/2026-11-20", 1)
    for number in range(5):
        assert trails.goes_on(f"{_SITE}/calendar/2026-12-{number + 10}")
        trails.was_read(f"{_SITE}/calendar/2026-12-{number + 10}", 0)
    assert not trails.goes_on(f"{_SITE}/calendar/2027-01-01")
    assert trails.goes_on(f"{_SITE}/politics?page=2")
