"""Patterns of paths: a table of what fits, a slow and plain matcher that must agree, and no runaway."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.patterns import Pattern, Selection

SITE = "https://news.example"


def fits(pattern: str, address: str) -> bool:
    """Return whether a pattern alone selects an address of the site."""
    return Selection(include=(Pattern.of(pattern),)).wants(SITE + address)


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        (
            "/politics/**",
            ["/politics", "/politics/", "/politics/a", "/politics/a/b?c=d"],
            ["/", "/politicsx", "/a/politics"],
        ),
        ("/politics/*", ["/politics/a", "/politics/a/"], ["/politics", "/politics/", "/politics/a/b"]),
        ("/politics", ["/politics", "/politics/", "/politics?page=2"], ["/politics/a", "/Politics"]),
        ("/", ["/", "", "/?a"], ["/a"]),
        ("/**", ["/", "", "/a/b"], []),
        ("/**/live/**", ["/live", "/a/live/b", "/a/b/live"], ["/alive", "/a/live-blog"]),
        ("/*/20*-*/*.html", ["/a/2026-11/x.html"], ["/a/2026/x.html", "/a/2026-11/x.htm", "/2026-11/x.html"]),
        ("/a[b].html", ["/a[b].html", "/a%5Bb%5D.html"], ["/ab.html"]),
        ("/k\u00f6ln/*", ["/k%C3%B6ln/dom", "/k%c3%b6ln/dom"], ["/koeln/dom"]),
        ("/100%25", ["/100%25"], ["/100"]),
        ("/a/b", ["/a/b"], ["/a%2Fb"]),
        ("/story?id=*", ["/story?id=7", "/story/?id=a/b", "/story?id="], ["/story", "/story?page=1", "/other?id=7"]),
        ("/story?", ["/story", "/story?"], ["/story?id=7"]),
        ("/%2A", ["/*", "/%2A"], ["/x"]),
        ("//", ["//", "/"], ["/a"]),
    ],
)
def test_what_a_pattern_fits(pattern: str, inside: list[str], outside: list[str]) -> None:
    """Each pattern fits the addresses on its left and none of those on its right."""
    assert [address for address in inside if not fits(pattern, address)] == []
    assert [address for address in outside if fits(pattern, address)] == []


def test_exclude_wins_and_no_include_is_all() -> None:
    """An address that is excluded is not wanted, whatever else says so; with nothing set everything is."""
    some = Selection((Pattern.of("/politics/**"),), (Pattern.of("/**/live/**"),))
    assert some.wants(f"{SITE}/politics/vote")
    assert not some.wants(f"{SITE}/politics/live/vote")
    assert not some.wants(f"{SITE}/sport")
    assert Selection().wants(f"{SITE}/sport")
    assert not Selection((), some.exclude).wants(f"{SITE}/live")


@pytest.mark.parametrize("text", ["", "politics", "https://news.example/a", "*", "/a**", "/**b/c", "/a/***"])
def test_what_is_no_pattern_is_refused_by_value(text: str) -> None:
    """A pattern without its first slash, and ** within a step, are refused."""
    with pytest.raises(UsageError) as refusal:
        Pattern.of(text)
    assert repr(text) in str(refusal.value)


def plainly(pattern: list[str], steps: list[str]) -> bool:
    """Return whether steps fit a pattern, trying everything."""
    if not pattern:
        return not steps
    if pattern[0] == "**":
        return any(plainly(pattern[1:], steps[at:]) for at in range(len(steps) + 1))
    return bool(steps) and letters(pattern[0], steps[0]) and plainly(pattern[1:], steps[1:])


def letters(pattern: str, text: str) -> bool:
    """Return whether one step fits, trying everything."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(letters(pattern[1:], text[at:]) for at in range(len(text) + 1))
    return text[:1] == pattern[0] and letters(pattern[1:], text[1:])


STEPS = st.lists(st.text("ab", min_size=1, max_size=3), max_size=6)
PATTERNS = st.lists(
    st.just("**") | st.text("ab*", min_size=1, max_size=4).filter(lambda step: "**" not in step), max_size=5
)


@given(PATTERNS, STEPS)
def test_it_agrees_with_trying_everything(pattern: list[str], steps: list[str]) -> None:
    """Whatever pattern and path, the answer is that of a matcher that tries every way."""
    found = Pattern.of("/" + "/".join(pattern)).matches("/" + "/".join(steps), "")
    assert found == plainly(pattern, steps)


def test_no_address_makes_a_pattern_run_away() -> None:
    """A pattern with many wildcards is done with the longest address that is fetched, which a backtracker never is."""
    many = Pattern.of("/**/a" * 8 + "/**/b" + "/" + "*a" * 20 + "*b")
    assert not many.matches("/a" * 4000, "")
    assert not many.matches("/a/a/a/a/a/a/a/a/b/" + "a" * 8000, "")
