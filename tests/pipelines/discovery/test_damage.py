"""What discovery makes of damage and of traps: what is whole is kept, what is wrong is named, nothing is expanded."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.discovery.found import found
from pipelines.discovery.records import LONGEST_FIELD, MOST_FIELDS
from pipelines.discovery.records import read as read_records
from pipelines.discovery.values import Discovered, DiscoveryOptions, SourceKind
from tests.pipelines.discovery import damaged
from tests.pipelines.discovery.answers import atom, read, rss, urls, urlset
from tests.pipelines.documents import page_of

SITE = "https://www.lantern.example"

HARMLESS = {
    "uppercase-elements",
    "undeclared-prefix",
    "blank-lines-before",
    "comment-with-a-feed-before",
    "root-missing",
}
HARMLESS |= {"utf-16", "utf-16-called-utf-8", "utf-8-called-latin-1", "latin-1-called-utf-8", "unknown-encoding"}
HARMLESS |= {"codec-that-is-no-charset", "sitemap-packed-with-rubbish-after"}


def paths(discovered: Discovered) -> list[str]:
    """Return the paths of the entries; the parameters of one of them are part of its damage."""
    return [url.removeprefix(SITE).removesuffix("?a=1&b=2") for url in urls(discovered)]


@pytest.mark.parametrize("name", damaged.WHOLE)
def test_damage_that_costs_nothing(name: str) -> None:
    """Every entry is found; what is broken is named, and what every reader overlooks is not."""
    discovered = read(damaged.WHOLE[name], content_type="text/xml")
    assert paths(discovered) == ["/1", "/2", "/3"]
    assert bool(discovered.faults) == (name not in HARMLESS)


@pytest.mark.parametrize("name", damaged.CUT)
def test_damage_that_costs_the_rest(name: str) -> None:
    """What came before the damage is kept, an address that is cut is not, and a fault names the damage."""
    discovered = read(damaged.CUT[name], "sitemap")
    assert paths(discovered) in (["/1", "/2"], ["/1", "/2", "/3"])
    assert discovered.faults


@pytest.mark.parametrize("name", damaged.NOTHING)
@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_nothing_to_find(name: str, kind: SourceKind) -> None:
    """What is no feed and no sitemap gives no entry and one line at least that says what it is."""
    discovered = read(damaged.NOTHING[name], kind)
    assert discovered.entries == ()
    assert discovered.faults


def test_page_instead_of_a_feed_is_named() -> None:
    """An HTML page where a feed should be is told by its title, with the feed that it names, if it does."""
    page = "<html><head><title>Moved</title>{}</head><body><p>x</p></body></html>"
    link = '<link rel="alternate" type="application/rss+xml" href="/new.xml">'
    assert read(page.format(link)).faults == (
        "It is an HTML page ('Moved') where a feed should be; it names https://www.lantern.example/new.xml instead.",
    )
    assert read(page.format("")).faults == ("It is an HTML page ('Moved') where a feed should be.",)


def test_feed_instead_of_a_page_is_read() -> None:
    """A feed that is configured as a section page is read all the same."""
    assert urls(read(rss("<link>/l</link>"), "section")) == ["https://www.lantern.example/l"]


def test_what_is_wrong_with_the_answer_is_passed_on() -> None:
    """An answer that did not come, was cut, or could not be decoded is named by what is known of it."""
    page = page_of(rss("<link>/l</link>"), url=f"{SITE}/feed")
    cut = found(replace(page, truncated="length", fault="brotli: broken"), "feed")
    assert cut.faults == ("The answer was cut (length): what is missing of it was not read.", "brotli: broken")
    assert len(cut.entries) == 1
    missing = found(replace(page, status=None, body=b"", error="no route to host"), "feed")
    assert missing.faults == ("There is no answer to read: no route to host.",)


@pytest.mark.parametrize(
    ("written", "title"),
    [("Caf&eacute;&nbsp;au lait", "Café au lait"), ("Fish & chips", "Fish & chips"), ("5 < 6", "5 < 6")],
)
def test_mending_keeps_what_was_meant(written: str, title: str) -> None:
    """Undeclared entities and bare signs come out as the reader was to see them."""
    (entry,) = read(rss(f"<link>/l</link><title>{written}</title>")).entries
    assert entry.title == title


LAUGHS = "<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{inner};' * 10}'>" for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DTDS = {
    "billion laughs": f"<!DOCTYPE rss [{LAUGHS}]>",
    "external entity": '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
    "external entity of the web": '<!DOCTYPE rss [<!ENTITY i SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter entity": '<!DOCTYPE rss [<!ENTITY % i SYSTEM "file:///etc/passwd"> %i; <!ENTITY i "x">]>',
    "external subset": '<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY i "declared">]>',
}


@pytest.mark.parametrize("dtd", DTDS.values(), ids=DTDS)
def test_entities_are_never_expanded(dtd: str) -> None:
    """Whatever a DTD declares, an entity stays as it was written, and a fault says that some were declared."""
    discovered = read(rss("<link>/l</link><title>x &i; y</title>").replace("<rss", f"{dtd}<rss", 1))
    (entry,) = discovered.entries
    assert entry.title == "x &i; y"
    assert "It declares entities, which are never expanded." in discovered.faults


def test_dtd_after_the_root_is_no_dtd() -> None:
    """A document type in the middle of a document declares nothing."""
    discovered = read(
        rss("<link>/l</link>", '<!DOCTYPE rss [<!ENTITY i "declared">]><link>/m</link><title>&i;</title>')
    )
    assert "declared" not in str(discovered.entries)


MANY = 30_000
FLOODS = {
    "attributes": "<item " + " ".join(f"a{number}=''" for number in range(MANY)) + ">",
    "namespaces": "<item " + " ".join(f"xmlns:a{number}='u'" for number in range(MANY)) + ">",
    "fields": "<item>" + "".join(f"<a{number}>x</a{number}>" for number in range(MANY)),
    "links": "<item>" + "<link>x</link>" * MANY,
    "text": "<item><title>" + "x" * (20 * MANY),
    "nesting": "<item>" + "<a>" * MANY,
    "bases": "<item>" + "".join(f"<a xml:base='{number}/'>" for number in range(MANY)),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_flood_is_bounded(flood: str) -> None:
    """Of a flood within one record only so much is kept as the bounds allow."""
    reading = read_records(f"<rss><channel>{flood}", "https://a.example/", 10)
    assert len(reading.records) <= 1
    for record in reading.records:
        assert len(record.fields) <= MOST_FIELDS
        assert len(record.attributes) <= MOST_FIELDS
        for fields in record.fields.values():
            assert len(fields) <= MOST_FIELDS
            assert all(len(field.text) <= LONGEST_FIELD and len(field.base) <= LONGEST_FIELD for field in fields)


def test_bomb_is_bounded() -> None:
    """A small file that unfolds to a gigabyte is unfolded to the bound and no further."""
    layer = gzip.compress(urlset("<loc>/1</loc>").encode() + b" " * 50_000_000)
    discovered = read(gzip.compress(layer * 20), "sitemap", options=DiscoveryOptions(max_bytes=1_000_000))
    assert urls(discovered) == ["https://www.lantern.example/1"]
    assert any("1,000,000 bytes" in fault for fault in discovered.faults)


def test_members_of_gzip_are_bounded() -> None:
    """A file of endlessly many packed pieces is unpacked up to a bound, and a fault says so."""
    body = gzip.compress(urlset("<loc>/1</loc>").encode()) + gzip.compress(b" ") * 2_000
    discovered = read(body, "sitemap")
    assert urls(discovered) == ["https://www.lantern.example/1"]
    assert discovered.faults == ("Its gzip has more than 1,000 members: the rest was not read.",)


PIECES = st.sampled_from(
    [
        *("<rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<title>", "</title>", "<urlset>", "<url>"),
        *("<loc>", "</loc>", "</url>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<link href='/l'/>"),
        *("<![CDATA[", "]]>", "<!--", "-->", "<?xml", "?>", "<!DOCTYPE", "[", "]>", "&", "&#0;", "&#x110000;", "&amp;"),
        *("<", ">", "\x00", "\ud800", "\ufeff", "https://a.example/", "{", '{"items": [{"url": "/1"}]}', "\x1f\x8b"),
        *("<html>", "<a href='/x'>", "<news:news>", "<loc xml:base='http://[/'>", "http://[a", "\n", "é", "港"),
    ]
)
BODIES = st.binary(max_size=500) | st.lists(PIECES, max_size=40).map(
    lambda all_: "".join(all_).encode("utf-8", "surrogatepass")
)


@settings(max_examples=300, deadline=None)
@given(BODIES, st.sampled_from(["feed", "sitemap", "section"]), st.sampled_from(["", "text/html", "application/xml"]))
@example(gzip.compress(atom("<link href='/l'/>").encode()), "feed", "")
def test_any_bytes(body: bytes, kind: SourceKind, content_type: str) -> None:
    """Any bytes give a value in which every address is one of the web, and nothing failed on the way."""
    discovered = read(body, kind, content_type=content_type)
    addresses = [*urls(discovered), *discovered.further]
    assert all(url.startswith(("http://", "https://")) and len(url) <= 2_000 for url in addresses)
    assert len(addresses) == len(set(addresses))
    assert not any("Reading failed" in fault for fault in discovered.faults)
