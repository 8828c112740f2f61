"""Feeds and sitemaps that are damaged, named by their damage: each has the addresses /1, /2 and /3."""

from __future__ import annotations

import gzip

from tests.pipelines.discovery.answers import atom, rss, urlset

ITEMS = [f"<title>Story {number}</title><link>/{number}</link>" for number in (1, 2, 3)]
FEED = rss(*ITEMS)
SITEMAP = urlset(*(f"<loc>/{number}</loc>" for number in (1, 2, 3)))


def _with_title(markup: str) -> str:
    return FEED.replace("Story 2", markup)


LINES = "".join(f"https://www.lantern.example/{number}\n" for number in (1, 2, 3456))

WHOLE: dict[str, str | bytes] = {
    "bare-ampersand": _with_title("Fish & chips"),
    "bare-less-than": _with_title("5 < 6"),
    "ampersand-in-address": FEED.replace("/2<", "/2?a=1&b=2<"),
    "undeclared-entity": _with_title("Caf&eacute;&nbsp;au lait"),
    "entity-without-end": _with_title("Caf&eacute au lait"),
    "control-characters": _with_title("a\x0bb\x00c\x1f"),
    "reference-to-control-character": _with_title("a&#11;b&#x0;c&#xD800;d&#x110000;"),
    "open-tag-in-title": _with_title("a <b> c"),
    "unclosed-item": FEED.replace("</item>", "", 1),
    "uppercase-elements": FEED.replace("item>", "ITEM>").replace("link>", "LINK>"),
    "undeclared-prefix": FEED.replace(
        "<title>Story 2", "<media:thumbnail url='/t.jpg'/><dc:creator>A</dc:creator><title>Story 2"
    ),
    "attribute-without-quotes": FEED.replace("<title>Story 2", "<guid isPermaLink=false>2</guid><title>Story 2"),
    "words-before": "<br />\n<b>Warning</b>: Undefined variable in /srv/feed.php on line 3<br />\n" + FEED,
    "blank-lines-before": "\n\n \ufeff" + FEED,
    "comment-with-a-feed-before": FEED.replace("<rss", "<!-- <rss><item><link>/no</link></item></rss> --><rss", 1),
    "words-after": FEED + "<!-- cached --><script>track()</script>",
    "root-missing": FEED[FEED.index("<channel") : FEED.index("</rss>")],
    "closing-tags-missing": FEED.replace("</channel></rss>", ""),
    "utf-16": FEED.replace("utf-8", "utf-16").encode("utf-16"),
    "utf-16-called-utf-8": FEED.encode("utf-16"),
    "utf-8-called-latin-1": _with_title("Café").replace('encoding="utf-8"', 'encoding="iso-8859-1"'),
    "latin-1-called-utf-8": _with_title("Café").encode("latin-1"),
    "unknown-encoding": FEED.replace('"utf-8"', '"utf-9"'),
    "codec-that-is-no-charset": FEED.replace('"utf-8"', '"zlib"'),
    "sitemap-with-bare-ampersand": SITEMAP.replace("/2<", "/2?a=1&b=2<"),
    "sitemap-with-wrong-end": SITEMAP.replace("/1</loc>", "/1</lock>"),
    "sitemap-packed-with-rubbish-after": gzip.compress(SITEMAP.encode()) + b"rubbish",
}
"""Damage that costs nothing: all three are found."""

CUT: dict[str, str | bytes] = {
    "cut-in-element": FEED[: FEED.index("Story 3")],
    "cut-in-tag": FEED[: FEED.index("</link>", FEED.index("Story 2")) + 4],
    "cut-in-address": FEED.replace("/3<", "/3456<").partition("56<")[0],
    "cut-in-address-in-cdata": FEED.replace("<link>/3<", "<link><![CDATA[/3456]]><").partition("56]")[0],
    "cut-in-address-of-atom": atom(*(f"<link href='/{number}'/>" for number in (1, 2, 3456))).partition("56'")[0],
    "sitemap-cut-in-address": SITEMAP.replace("/3<", "/3456<").partition("56<")[0],
    "sitemap-cut-in-address-in-gzip": gzip.compress(SITEMAP.replace("/3<", "/3456<").encode(), 0).partition(b"56<")[0],
    "lines-cut-in-address-in-gzip": gzip.compress(LINES.encode(), 0).partition(b"56")[0],
    "cut-in-cdata": _with_title("<![CDATA[x]]>")[: FEED.index("Story 3")] + "<![CDATA[Story",
    "sitemap-cut": SITEMAP[: SITEMAP.index("/3")],
    "sitemap-cut-in-gzip": gzip.compress(SITEMAP.encode() + b" " * 9)[:-12],
    "sitemap-flipped-in-gzip": gzip.compress(SITEMAP.encode())[:-8] + bytes(8),
    "not-well-formed-at-the-end": FEED.replace("<title>Story 3", "<<<title>Story 3</title><title"),
}
"""Damage that costs what comes after it: two are found at least."""

NOTHING: dict[str, str | bytes] = {
    "empty": b"",
    "blank": b" \n\t ",
    "html": "<!DOCTYPE html><html><head><title>Please log in</title></head><body><p>…</p></body></html>",
    "html-fragment": "<p>Moved</p>",
    "html-with-an-inline-feed": "<html><body><pre><rss><item><link>/1</link></item></rss></pre></body></html>",
    "words": "Error establishing a database connection",
    "json-error": '{"error": "not found"}',
    "json-cut": '{"items": [{"url": "/1"',
    "json-nested": '{"items": ' + "[" * 100_000,
    "zeros": bytes(1000),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "gzip-of-nothing": gzip.compress(b""),
    "gzip-without-body": b"\x1f\x8b\x08\x00",
    "gzip-thrice": gzip.compress(gzip.compress(gzip.compress(FEED.encode()))),
    "opml": '<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>',
}
"""What is neither feed nor sitemap: nothing is found, and a fault says why."""
