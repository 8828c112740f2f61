"""Nothing foreign commands a terminal, and columns are as wide as they say."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.terminal import Screen, escape, escape_lines, fit, json_line, width, wrap

ANY_TEXT = st.text(st.characters(), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
COMMANDING = "\x1b\x07\x9b\x7f\x00\r\u202a\u202e\u2066\u2069\u200f\u2028\u2029\ufeff\ud800\U000e0041"


def commands(text: str) -> bool:
    """Say whether a character in the text is more than a mark to be shown."""
    return any(unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} or one in COMMANDING for one in text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zürich — 北京 “quoted”", "Zürich — 北京 “quoted”"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("a\tb\nc\r", "a\\tb\\nc\\r"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\U000e0041", "\\U000e0041"),
        ("\udc80", "\\udc80"),
    ],
)
def test_escape_shows_what_would_command(text: str, shown: str) -> None:
    """Control, direction and invisible characters are shown as escapes, and every other text is left as it is."""
    assert escape(text) == shown


@given(ANY_TEXT)
def test_escaped_text_commands_nothing(text: str) -> None:
    """Whatever the text, its escaped form is one line that holds nothing but marks to be shown."""
    assert not commands(escape(text))
    assert not commands(escape_lines(text).replace("\n", "").replace("\t", ""))


@given(st.dictionaries(ANY_TEXT, JSON, max_size=4))
def test_json_is_harmless_and_means_the_same(obj: dict[str, Any]) -> None:
    """A JSON line commands nothing and parses to the object it was made of, with its keys in their order."""
    line = json_line(obj)
    assert not commands(line)
    assert list(json.loads(line).items()) == list(obj.items())


@given(ANY_TEXT.map(escape), st.integers(2, 40))
def test_fit_takes_exactly_its_columns(text: str, columns: int) -> None:
    """Fitted text takes exactly the columns asked for, and is cut only where it must be."""
    fitted = fit(text, columns)
    assert width(fitted) == columns
    assert fitted.rstrip() == text.rstrip() or "…" in fitted


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("北京", 4), ("é", 1), ("e\u0301", 1), ("한국", 4), ("", 0)])
def test_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    """East Asian characters take two columns and combining marks none."""
    assert width(text) == columns


@given(st.text(st.sampled_from("ab é北\u0301 \n"), max_size=120), st.integers(4, 20))
def test_wrapped_lines_are_not_too_wide_and_lose_nothing(text: str, columns: int) -> None:
    """No wrapped line is wider than asked, and the text without its blanks is what it was."""
    wrapped = wrap(text, columns)
    assert all(width(line) <= columns for line in wrapped.split("\n"))
    assert "".join(wrapped.split()) == "".join(text.split())


def test_a_pipe_gets_neither_colour_nor_wrapping() -> None:
    """A stream that is no terminal has no columns and no colour."""
    screen = Screen.of(io.StringIO(), {})
    assert screen == Screen(None, colour=False)
    assert screen.bold("x") == "x"
    assert screen.prose("word " * 100) == "word " * 100


@pytest.mark.parametrize(
    ("environ", "colour"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colour_unless_it_says_no(environ: dict[str, str], colour: bool) -> None:  # noqa: FBT001 - a column of the table
    """A terminal is written to in colour, but not when NO_COLOR or TERM=dumb is set."""
    leader, follower = os.openpty()
    with os.fdopen(leader), os.fdopen(follower, "w") as terminal:
        screen = Screen.of(terminal, environ)
    assert screen.colour is colour
    assert screen.columns
    assert (screen.bold("x") != "x") is colour
