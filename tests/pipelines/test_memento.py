"""What archives say of their copies, in every form that we know of, and in forms that nobody should send."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Liveness, Memento
from pipelines.flow import process
from pipelines.memento import (
    Copy,
    Link,
    as_original,
    copies_in,
    filled,
    http_date,
    is_rewritten,
    links_in,
    next_timemap,
    original_in,
    raw,
)
from tests.pipelines.documents import PROSE, page_of

PAGE = "http://www.lantern.example/story?a=1,2&b=<3>"
TEMPLATE = "https://archive.example/web/{timestamp}id_/{url}"
MAY_13, MAY_15 = datetime(2013, 5, 3, 1, 2, 3, tzinfo=UTC), datetime(2015, 5, 3, tzinfo=UTC)


def copy(timestamp: str, taken_at: datetime, digest: str | None = None, original: str = PAGE) -> Copy:
    """Return the copy that TEMPLATE leads to."""
    return Copy(f"https://archive.example/web/{timestamp}id_/{original}", original, taken_at, digest)


def pywb_line(**row: str) -> str:
    """Return a line of pywb's CDXJ in JSON."""
    return json.dumps({"urlkey": "example,lantern)/story", "url": PAGE, "mime": "text/html"} | row)


NEWEST, OLDEST = copy("20150503000000", MAY_15, "B"), copy("20130503010203", MAY_13, "A")
CASES = {
    "wayback": json.dumps(
        [
            ["timestamp", "original", "statuscode", "digest"],
            ["20130503010203", PAGE, "200", "A"],
            ["20150503000000", PAGE, "200", "B"],
        ]
    ),
    "pywb": "\n".join(
        (
            pywb_line(timestamp="20150503000000", status="200", digest="B"),
            pywb_line(timestamp="20130503010203", status="200", digest="A"),
        )
    ),
    "a row without an address": '[["timestamp","digest"],["20150503000000","B"],["20130503010203","A"]]',
    "equal digests": json.dumps(
        [
            ["digest", "timestamp", "original"],
            ["A", "20120101000000", PAGE],
            ["A", "20130503010203", PAGE],
            ["B", "20140101000000", PAGE],
            ["B", "20150503000000", PAGE],
        ]
    ),
    "errors and broken rows": json.dumps(
        [
            ["timestamp", "original", "statuscode", "digest"],
            ["20160101000000", PAGE, "404", "C"],
            ["20160101000000", PAGE, "301", "D"],
            ["2016", PAGE, "200", "E"],
            ["20169999999999", PAGE, "200", "F"],
            ["²⁰¹⁶⁰¹⁰¹⁰⁰⁰⁰⁰⁰", PAGE, "200", "G"],
            [],
            ["20150503000000", PAGE, "-", "B"],
            ["20130503010203", PAGE, 200, "A"],
        ]
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_index_of_cdx_is_read(name: str) -> None:
    """Wayback's rows and pywb's lines give the same copies, newest first, each content once, without errors."""
    assert copies_in(CASES[name], TEMPLATE, PAGE) == [NEWEST, OLDEST]


@pytest.mark.parametrize("text", ["", " \n", "[]", '[["timestamp", "original"]]'])
def test_no_copies(text: str) -> None:
    """An empty answer, no rows, or names alone mean that there is no copy."""
    assert copies_in(text, TEMPLATE, PAGE) == []


@pytest.mark.parametrize(
    "text", ["<html></html>", "nothing", "[", '{"a"', "[1, 2]", "{}{}", "[[]]x", "3", '"x"', "<a> b", "\x00"]
)
def test_what_is_no_list_is_refused(text: str) -> None:
    """HTML, cut JSON and anything else raise ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own errors among them
        copies_in(text, TEMPLATE, PAGE)


@given(st.text())
def test_any_text_is_a_list_or_refused(text: str) -> None:
    """Whatever an archive sends, the result is copies or ValueError."""
    try:
        found = copies_in(text, TEMPLATE, PAGE)
    except ValueError:
        return
    assert all(isinstance(one, Copy) for one in found)


TIMEMAP = """
<http://www.lantern.example/story?a=1,2>; rel="original",
<https://archive.example/web/timemap/link/http://www.lantern.example/story?a=1,2>
    ; rel="self"; type="application/link-format"; from="Fri, 03 May 2013 01:02:03 GMT",
<https://archive.example/web/http://www.lantern.example/story?a=1,2>; rel=timegate,
<https://archive.example/web/20130503010203/http://www.lantern.example/story?a=1,2>
    ;REL="first memento";datetime="Fri, 03 May 2013 01:02:03 GMT",
<https://archive.example/web/20150503000000mp_/http://www.lantern.example/story?a=1,2>
    ; rel="last memento"; datetime="Sun, 03 May 2015 00:00:00 GMT"; license="x",
<https://other.example/kept/77>; datetime="Sat, 03 May 2014 00:00:00 GMT"; rel="memento",
<https://other.example/kept/78>; rel="memento"; datetime="some day"
"""


def test_a_timemap_is_read() -> None:
    """Mementos with a date are copies, asked for raw where the address tells how; an address may hold commas."""
    page = "http://www.lantern.example/story?a=1,2"
    assert copies_in(TIMEMAP, TEMPLATE, page) == [
        copy("20150503000000", MAY_15, original=page),
        Copy("https://other.example/kept/77", page, datetime(2014, 5, 3, tzinfo=UTC)),
        copy("20130503010203", MAY_13, original=page),
    ]
    assert next_timemap(TIMEMAP, frozenset()) is None


def test_the_newest_part_of_a_timemap_is_next() -> None:
    """Of further TimeMaps the one that reaches furthest is read, and none that was read before."""
    parts = (
        '</2>;rel="timemap";until="Tue, 03 May 2016 00:00:00 GMT",</3>;rel="timemap";until="never",'
        '</1>;rel="timemap";until="Sun, 03 May 2015 00:00:00 GMT"'
    )
    assert next_timemap(parts, frozenset()) == "/2"
    assert next_timemap(parts, frozenset({"/2"})) == "/1"
    assert next_timemap(parts, frozenset({"/1", "/2", "/3"})) is None


def test_links() -> None:
    """Relation types are a set, parameters are named in lower case, and what is no link is passed over."""
    (first, second) = links_in('<a>; rel="first Memento"; DateTime="x, y"; n=1, junk, <b>')
    assert first == Link("a", frozenset({"first", "memento"}), {"datetime": "x, y", "n": "1"})
    assert second == Link("b", frozenset(), {})


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("https://a.example/cdx?url={url}&output=json", "https://a.example/cdx?url=http%3A%2F%2Fb.example%2F%3Fc%3D1%26d&output=json"),
        ("https://a.example/web/{timestamp}id_/{url}", "https://a.example/web/7id_/http://b.example/?c=1&d"),
        ("https://a.example/gate/", "https://a.example/gate/http://b.example/?c=1&d"),
        ("https://a.example/gate", "https://a.example/gate/http://b.example/?c=1&d"),
        ("https://a.example/{url}?x=1", "https://a.example/http://b.example/?c=1&d?x=1"),
    ],
)  # fmt: skip
def test_an_address_of_the_archive(template: str, expected: str) -> None:
    """A page is percent-encoded in a query and as it is in a path, also where braces are its own."""
    assert filled(template, "http://b.example/?c=1&d", "7") == expected


NESTED = "https://b.example/?u=/20130101000000/http://c.example"


@pytest.mark.parametrize(
    ("before", "mode", "original"),
    [
        ("https://a.example/web/20150503000000", "", "http://b.example/"),
        ("https://a.example/news/20150503000000", "mp_", NESTED),
        ("https://a.example/20150503000000", "id_", "HTTP://b.example/"),
    ],
)
def test_a_copy_is_asked_for_raw(before: str, mode: str, original: str) -> None:
    """An address of Wayback's kind gets id_ behind its first timestamp, and tells of which page it is."""
    url = f"{before}{mode}/{original}"
    assert (raw(url), original_in(url)) == (f"{before}id_/{original}", original)


@pytest.mark.parametrize("url", ["https://a.example/kept/77", "https://a.example/2015/http://b.example/"])
def test_other_addresses_stay(url: str) -> None:
    """Where nothing tells how to ask for a copy raw, its address is as it was given."""
    assert (raw(url), original_in(url)) == (url, None)


@pytest.mark.parametrize("text", [None, "", "soon", "Sun, 99 May 2015", "0", "Mon, 01 Jan 99999 00:00:00 GMT"])
def test_no_date(text: str | None) -> None:
    """What is no date is None."""
    assert http_date(text) is None


def test_dates() -> None:
    """A date is in UTC, whatever zone it is written in."""
    assert http_date("Sun, 03 May 2015 00:00:00 GMT") == http_date("Sun, 03 May 2015 02:00:00 +0200") == MAY_15
    assert http_date("Sun, 03 May 2015 00:00:00 -0000") == MAY_15


def test_a_copy_is_judged_as_its_original() -> None:
    """Address, time and header fields are those of the page; nothing of the archive is left to be read."""
    fields = {
        "Server": "archive", "Content-Type": "text/html; charset=utf-8", "X-Archive-Orig-Content-Language": "de",
        "Content-Language": "en", "x-archive-orig-cf-mitigated": "challenge", "Refresh": "0; url=/elsewhere",
        "Memento-Datetime": "Sun, 03 May 2015 00:00:00 GMT",
    }  # fmt: skip
    page = as_original(page_of("<p>x", url="https://archive.example/77", headers=fields), Memento(PAGE, MAY_15))
    assert (page.url, page.requested_url, page.fetched_at, page.hops) == (PAGE, PAGE, MAY_15, ())
    assert page.headers == (
        (b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Language", b"de"), (b"cf-mitigated", b"challenge"),
    )  # fmt: skip
    assert process(page).verdict.liveness is Liveness.BLOCKED


ARTICLE = (
    f"<html><head><title>The upper town's baker</title></head><body><article><h1>The upper town's baker</h1>{PROSE}"
)
RAW = (
    ARTICLE + '<a href="/next">next</a><a href="https://web.archive.org/web/20150503000000/http://x.example/">seen</a>',
    ARTICLE,
    "",
    "<p>The Wayback Machine writes BEGIN WAYBACK TOOLBAR INSERT into its pages.</p>",
)
CHANGED = (
    ARTICLE + "<!-- BEGIN WAYBACK TOOLBAR INSERT -->",
    "<head><!-- WB Insert -->" + ARTICLE,
    ARTICLE
    + '<a href="/web/20150503000000/http://x.example/">x</a><img src=/web/20150503000000im_/http://x.example/i>',
    ARTICLE + "<a href='https://archive.example/news/20150503000000mp_/mailto:x@x.example'>x</a>",
)


@pytest.mark.parametrize("body", RAW)
def test_a_raw_copy_is_taken(body: str) -> None:
    """A page that cites an archive, or tells of one, was not changed by it."""
    assert not is_rewritten(body.encode())


@pytest.mark.parametrize("body", CHANGED)
def test_a_changed_copy_is_known(body: str) -> None:
    """The banners of Wayback and pywb, and links that mostly lead into an archive, give a changed copy away."""
    assert is_rewritten(body.encode())
