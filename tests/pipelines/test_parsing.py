"""Parsing: the tree is the one that trafilatura makes, and there is one wherever there is anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.etree import tostring
from trafilatura import load_html

from pipelines import charset
from pipelines.parsing import REPAIRED, parsed

GOLDEN = sorted(Path(__file__).resolve().parents[1].glob("golden/*/page.html"))
ODD = [
    "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN' 'http://www.w3.org/TR/html4/strict.dtd'>\n<html><p>a<p>b</html>",
    "<html lang=en/>\n<body><p>a</p><p>b</p></body>",
    "<html><p>a\x00b\x0bc\x1fd\ufffee\uffff</p><p>é港</p></html>",
    "<?xml version='1.0' encoding='utf-16'?>\n<html><p>é</p><p>b</p></html>",
    "<meta charset=koi8-r><html><p>д</p><p>b</p></html>",
    f"<!DOCTYPE html>{'<p>one line</p>' * REPAIRED}",
    "<html>" + "<p>a line</p>" * REPAIRED,
    "<html>" + "<p>a line</p>\n" * REPAIRED,
]
NOTHING = ["<!-- nothing -->", "<?php ?>", "\x00"]
FRAGMENTS = [
    ("<p>One paragraph.</p>", "One paragraph."),
    ("Words alone.", "Words alone."),
    ("<div><p>a</p>b</div>", "ab"),
]


def test_golden_pages_are_parsed_as_trafilatura_does() -> None:
    """Every golden page that trafilatura takes for one has the same tree."""
    compared = 0
    for page in GOLDEN:
        markup = charset.decode(page.read_bytes()).text
        theirs = load_html(markup)
        if theirs is not None:
            ours = parsed(markup)
            assert ours is not None
            assert tostring(ours) == tostring(theirs), page
            compared += 1
    assert compared > len(GOLDEN) / 2


@pytest.mark.parametrize("markup", ODD)
def test_odd_pages_are_parsed_as_trafilatura_does(markup: str) -> None:
    """Doctypes, empty elements, control characters, declarations and long lines make the same tree."""
    ours, theirs = parsed(markup), load_html(markup)
    assert ours is not None
    assert theirs is not None
    assert tostring(ours) == tostring(theirs)


@pytest.mark.parametrize(("markup", "words"), FRAGMENTS)
def test_a_fragment_is_a_page(markup: str, words: str) -> None:
    """A piece of a page has a tree with a body that has its words."""
    tree = parsed(markup)
    assert tree is not None
    body = tree.find("body")
    assert body is not None
    assert body.text_content() == words


@pytest.mark.parametrize("markup", NOTHING)
def test_nothing_is_no_page(markup: str) -> None:
    """What has no word and no element has no more than an empty page."""
    tree = parsed(markup)
    assert tree is None or not tree.text_content().strip()
