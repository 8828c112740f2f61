"""Feeds: every format, which address is the article's, its title and its times, and where the feed goes on."""

from __future__ import annotations

import json

import pytest

from crawler.demo import newspaper
from pipelines.discovery.values import Entry
from tests.pipelines.discovery.answers import ATOM, URL, atom, read, rss, urls

SITE = "https://www.lantern.example"

RSS_2 = rss(
    f"<title>Tide</title><link>{SITE}/tide</link><guid>{SITE}/?p=1</guid>"
    "<pubDate>Thu, 19 Nov 2026 08:00:00 +0100</pubDate>"
)
RSS_091 = (
    '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"\n'
    f' "http://my.netscape.com/publish/formats/rss-0.91.dtd">{rss("", version="0.91").partition("?>")[2]}'
).replace("<item></item>", f"<item><title>Tide</title><link>{SITE}/tide</link></item>")
RSS_1 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://www.lantern.example/"><title>Lantern</title>'
    "<items><rdf:Seq><rdf:li resource='https://www.lantern.example/tide'/></rdf:Seq></items></channel>"
    f'<item rdf:about="{SITE}/tide"><title>Tide</title><link>{SITE}/tide</link>'
    "<dc:date>2026-11-19T08:00:00+01:00</dc:date></item></rdf:RDF>"
)
RSS_090 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    f"<channel><title>Lantern</title></channel><item><title>Tide</title><link>{SITE}/tide</link></item></rdf:RDF>"
)
ATOM_1 = atom(
    f'<title type="html">Tide</title><link href="{SITE}/tide"/><id>urn:uuid:1</id>'
    "<published>2026-11-19T08:00:00+01:00</published><updated>2026-11-19T09:00:00Z</updated>"
)
ATOM_03 = (
    '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Lantern</title><entry><title>Tide</title>'
    f'<link rel="alternate" type="text/html" href="{SITE}/tide"/>'
    "<issued>2026-11-19T08:00:00+01:00</issued><modified>2026-11-19T09:00:00Z</modified></entry></feed>"
)
JSON_1 = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lantern",
        "items": [{"id": 7, "url": f"{SITE}/tide", "title": "Tide", "date_published": "2026-11-19T08:00:00+01:00"}],
    }
)
CDF = f'<channel href="{SITE}/"><title>Lantern</title><item href="{SITE}/tide"><title>Tide</title></item></channel>'

PUBLISHED = "2026-11-19T08:00:00+01:00"
FORMATS = {
    "rss 2.0": (RSS_2, PUBLISHED, None),
    "rss 0.91 with its DTD": (RSS_091, None, None),
    "rss 1.0": (RSS_1, PUBLISHED, None),
    "rss 0.90": (RSS_090, None, None),
    "atom 1.0": (ATOM_1, PUBLISHED, "2026-11-19T09:00:00Z"),
    "atom 0.3": (ATOM_03, PUBLISHED, "2026-11-19T09:00:00Z"),
    "json feed": (JSON_1, PUBLISHED, None),
    "cdf": (CDF, None, None),
}


@pytest.mark.parametrize(("body", "published", "modified"), FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/html; charset=utf-8", "application/json", ""])
def test_format(body: str, published: str | None, modified: str | None, content_type: str) -> None:
    """Every format gives address, title and times, and the feed's title, whatever the server calls it."""
    discovered = read(body, content_type=content_type)
    assert discovered.entries == (Entry(f"{SITE}/tide", "Tide", published, modified),)
    assert (discovered.title, discovered.faults, discovered.further) == ("Lantern", (), ())


ADDRESSES = {
    "link before guid": (
        rss("<guid>https://a.example/g</guid><link>https://a.example/l</link>"),
        "https://a.example/l",
    ),
    "guid alone": (rss("<guid>https://a.example/g</guid>"), "https://a.example/g"),
    "guid with its flag": (rss('<guid isPermaLink="true">https://a.example/g</guid>'), "https://a.example/g"),
    "relative link": (rss("<link>/story?a=1&amp;b=2</link>"), f"{SITE}/story?a=1&b=2"),
    "link in CDATA": (rss("<link><![CDATA[\n https://a.example/l?a=1&b=2\n ]]></link>"), "https://a.example/l?a=1&b=2"),
    "link escaped twice": (rss("<link>https://a.example/l?a=1&amp;amp;b=2</link>"), "https://a.example/l?a=1&b=2"),
    "link on two lines": (rss("<link>https://a.example/\n    l</link>"), "https://a.example/l"),
    "origLink before link": (
        rss("<link>https://feeds.example/~r/1</link><f:origLink>https://a.example/l</f:origLink>").replace(
            "<rss", '<rss xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"'
        ),
        "https://a.example/l",
    ),
    "link of Atom in RSS": (
        f'<rss xmlns:a="{ATOM}"><channel><item><a:link href="https://a.example/l"/></item></channel></rss>',
        "https://a.example/l",
    ),
    "source is not the item's": (
        rss('<source url="https://o.example/feed">Other</source><link>https://a.example/l</link>'),
        "https://a.example/l",
    ),
    "source of Atom is not the entry's": (
        atom('<source><link href="https://o.example/"/></source><link href="https://a.example/l"/>'),
        "https://a.example/l",
    ),
    "page before other forms": (
        atom('<link type="application/json" href="/j"/><link type="text/html" href="/h"/><link rel="edit" href="/e"/>'),
        f"{SITE}/h",
    ),
    "relation by its full name": (
        atom('<link rel="http://www.iana.org/assignments/relation/alternate" href="/h"/>'),
        f"{SITE}/h",
    ),
    "id that is an address": (atom("<id>https://a.example/i</id>"), "https://a.example/i"),
    "base of the feed": (
        f'<feed xmlns="{ATOM}" xml:base="https://b.example/x/"><entry xml:base="y/"><link href="z"/></entry></feed>',
        "https://b.example/x/y/z",
    ),
    "page before enclosure": (
        rss('<enclosure url="https://a.example/a.mp3" type="audio/mpeg"/><link>https://a.example/l</link>'),
        "https://a.example/l",
    ),
    "url of JSON before external_url": (
        '{"items": [{"id": "1", "external_url": "https://o.example/", "url": "/l"}]}',
        f"{SITE}/l",
    ),
    "id of JSON": ('{"items": [{"id": "https://a.example/i"}]}', "https://a.example/i"),
}


@pytest.mark.parametrize(("body", "url"), ADDRESSES.values(), ids=ADDRESSES)
def test_address(body: str, url: str) -> None:
    """Of several addresses the article's own is taken, absolute and without the markup around it."""
    discovered = read(body)
    assert urls(discovered) == [url]
    assert discovered.faults == ()


NO_ADDRESSES = {
    "nothing": (rss("<title>Tide</title>"), "it names no address (the first: 'Tide')"),
    "guid that is none": (rss('<guid isPermaLink="false">https://a.example/g</guid>'), "it names no address"),
    "guid that looks like none": (rss("<guid>tag:1</guid>"), "it names no address"),
    "enclosure": (rss('<enclosure url="https://a.example/a.mp3"/>'), "it has no page, only a file"),
    "enclosure of Atom": (atom('<link rel="enclosure" href="/a.mp3"/>'), "it has no page, only a file"),
    "script": (rss("<link>javascript:alert(1)</link>"), "its address is none of the web, or too long"),
    "file": (rss("<link>file:///etc/passwd</link>"), "its address is none of the web, or too long"),
    "long": (rss(f"<link>https://a.example/{'a' * 2000}</link>"), "its address is none of the web, or too long"),
    "host that is none": (rss("<link>https://[a]/</link>"), "its address is none of the web, or too long"),
    "item of JSON that is none": ('{"items": [5]}', "it is no item of a JSON Feed"),
    "item of JSON without": ('{"items": [{"id": "5"}]}', "it names no address"),
}


@pytest.mark.parametrize(("body", "reason"), NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_no_address(body: str, reason: str) -> None:
    """An item without the address of a page is left out, and one line says how many were, and why."""
    discovered = read(body)
    assert discovered.entries == ()
    (fault,) = discovered.faults
    assert fault.startswith("1 entry was left out: ")
    assert reason in fault


def test_left_out_is_counted_by_reason() -> None:
    """A thousand items that are wrong in the same way are one line, which shows the first."""
    discovered = read(rss(*(f"<title>t{number}</title>" for number in range(1000)), "<link>/l</link>"))
    assert urls(discovered) == [f"{SITE}/l"]
    assert discovered.faults == ("1,000 entries were left out: it names no address (the first: 't0').",)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("<![CDATA[Fish & <b>chips</b>]]>", "Fish & chips"),
        ("Fish &lt;em&gt;and&lt;/em&gt; chips", "Fish and chips"),
        ("5 &lt; 6 and 7 &gt; 3", "5 < 6 and 7 > 3"),
        ("  two\n   lines ", "two lines"),
        ("a" * 501, "a" * 499 + "…"),
        ("", None),
        ("<![CDATA[ ]]>", None),
    ],
)
def test_title(written: str, title: str | None) -> None:
    """A title comes out on one line, without markup, within its bound."""
    (entry,) = read(rss(f"<title>{written}</title><link>/l</link>")).entries
    assert entry.title == title


def test_title_in_xhtml() -> None:
    """The text of a title that is markup is its own and that of all in it."""
    inner = '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One <em>two</em></div></title>'
    (entry,) = read(atom(f'{inner}<link href="/l"/>')).entries
    assert entry.title == "One two"


def test_titles_of_pictures_are_not_the_feeds() -> None:
    """Title and address of a channel's image are neither the feed's nor an entry."""
    head = "<image><title>Logo</title><url>https://a.example/logo.png</url></image><title>Lantern</title>"
    discovered = read(rss("<media:title>Photo</media:title><title>Tide</title><link>/l</link>", head=head))
    assert (discovered.title, len(discovered.entries)) == ("Lantern", 1)


@pytest.mark.parametrize(
    ("said", "published", "modified"),
    [
        ("<pubDate>soon</pubDate><dc:date>2026-11-01</dc:date>", "2026-11-01", None),
        ("<pubDate>Thu, 19 Nov 2026 08:00:00 EST</pubDate>", "2026-11-19T08:00:00-05:00", None),
        ("<pubDate>2026-11-19 08:00</pubDate>", "2026-11-19T08:00:00", None),
        ("<pubDate>Thu, 19 Nov 2099 08:00:00 GMT</pubDate>", None, None),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None, None),
        ("<dcterms:issued>2026-11-01</dcterms:issued>", "2026-11-01", None),
        ("<pubDate>2026-11-01</pubDate><dcterms:modified>2026-11-02</dcterms:modified>", "2026-11-01", "2026-11-02"),
    ],
)
def test_times(said: str, published: str | None, modified: str | None) -> None:
    """The first value that is a time counts; one after the day that follows the fetch, or before the web, is none."""
    modules = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    (entry,) = read(rss(f"<link>/l</link>{said}").replace("<rss", f"<rss {modules}")).entries
    assert (entry.published, entry.modified) == (published, modified)


@pytest.mark.parametrize(
    ("body", "further"),
    [
        (atom(head='<link rel="next" href="?page=2"/>'), (f"{URL}?page=2",)),
        (atom(head='<link rel="prev-archive" href="/2025.xml"/><link rel="self" href="/x"/>'), (f"{SITE}/2025.xml",)),
        (atom(head=f'<link rel="next" href="{URL}"/>'), ()),
        (atom(head='<link rel="hub" href="https://hub.example/"/><link rel="prev" href="/newer"/>'), ()),
        (atom('<link rel="next" href="/of-the-entry"/><link href="/l"/>'), ()),
        (
            rss(head=f'<atom:link xmlns:atom="{ATOM}" rel="next" href="/2.xml"/><link>https://a.example/</link>'),
            (f"{SITE}/2.xml",),
        ),
        ('{"items": [], "next_url": "/2.json"}', (f"{SITE}/2.json",)),
    ],
)
def test_further(body: str, further: tuple[str, ...]) -> None:
    """Where a feed goes on with older entries is told; neither itself nor anything else it links to is."""
    assert read(body).further == further


def test_same_address_twice() -> None:
    """An address that comes twice is one entry, which knows what either said."""
    discovered = read(rss("<link>/l</link>", "<link>/l</link><title>Tide</title>"))
    assert discovered.entries == (Entry(f"{SITE}/l", "Tide"),)


def test_demo_feed() -> None:
    """Every story of the sample newspaper is found in its feed."""
    stories = newspaper.stories()
    discovered = read(newspaper.feed(SITE))
    assert urls(discovered) == [SITE + story.path for story in stories]
    assert [entry.title for entry in discovered.entries] == [story.title for story in stories]
    assert all(entry.published for entry in discovered.entries)
    assert discovered.title == newspaper.NAME
