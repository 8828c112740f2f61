"""The made-up probes by which the benchmark of missing pages judges."""

from __future__ import annotations

from benchmarks.missing_page import UNKNOWN_HOST, Stored, changed, document_of, emptied, host_of, siblings

STORY = "The council votes on the harbour after a long night"
PAGE = f"<title>Gone</title><h1>Gone</h1><p>Nothing here.</p><a href=/s>{STORY}</a><time>1 May 2026</time>"
URL = f"https://{UNKNOWN_HOST}/"


def test_changed_page_has_other_stories() -> None:
    """A page of another day has the donor's stories and another date, and says the same of what is missing."""
    text = changed(PAGE.encode(), ["Three men row to the reef and come home"]).decode()
    assert STORY not in text
    assert "1 May" not in text
    assert "Three men row to the reef" in text
    assert "Nothing here." in text


def test_emptied_page_keeps_its_template() -> None:
    """A template has title and headings of its page, and none of its paragraphs."""
    text = emptied(PAGE.encode()).decode()
    assert "Nothing here." not in text
    assert "<h1>Gone</h1>" in text
    assert "<title>Gone</title>" in text


def test_host_is_what_a_page_says() -> None:
    """The host is that of the canonical address, else that of most links, never one that every site links to."""
    links = "".join(f'<a href="https://www.lantern.example/{number}">x</a>' for number in range(10))
    shared = '<a href="https://www.facebook.com/lantern">x</a>' * 30
    named = '<link rel="canonical" href="https://taa.example/a">'
    assert host_of(document_of((links + shared).encode(), URL)) == "lantern.example"
    assert host_of(document_of((named + links).encode(), URL)) == "taa.example"
    assert host_of(document_of(shared.encode(), URL)) == ""


def test_siblings_are_of_one_host() -> None:
    """Each soft 404 is judged with each other of its host, each live page with those of its host."""
    dead = [Stored(name, "dead_soft", b"", host, "") for name, host in (("a", "x"), ("b", "x"), ("c", "y"), ("d", ""))]
    live = [Stored("e", "alive", b"", "y", ""), Stored("f", "alive", b"", "", "")]
    pairs = [(kind, page.name, probe.name) for kind, page, probe in siblings(dead, live)]
    assert pairs == [("siblings", "a", "b"), ("siblings", "b", "a"), ("live of the site", "e", "c")]
