"""Addresses: what is made absolute and how, what is refused, and which hosts are one site."""

from __future__ import annotations

import pytest

from pipelines.discovery.addresses import absolute, site_of

BASE = "https://www.lantern.example/news/index.html?page=1"

ADDRESSES: list[tuple[str, str | None]] = [
    ("https://a.example/x?b=2&a=1#top", "https://a.example/x?b=2&a=1#top"),
    ("HTTP://A.example/X", "http://A.example/X"),
    ("//cdn.example/x", "https://cdn.example/x"),
    ("/x", "https://www.lantern.example/x"),
    ("story", "https://www.lantern.example/news/story"),
    ("?page=2", "https://www.lantern.example/news/index.html?page=2"),
    ("  /x \n", "https://www.lantern.example/x"),
    ("/a\n\t  b", "https://www.lantern.example/ab"),
    ("/a b", "https://www.lantern.example/a%20b"),
    ("/x?a=1&amp;b=2", "https://www.lantern.example/x?a=1&b=2"),
    ("/港", "https://www.lantern.example/港"),
    ("http://[::1]/x", "http://[::1]/x"),
    ("http://a.example:8080/x", "http://a.example:8080/x"),
    ("mailto:desk@a.example", None),
    ("javascript:void(0)", None),
    ("data:text/html,x", None),
    ("ftp://a.example/x", None),
    ("https:///x", None),
    ("https://", None),
    ("http://[a]/", None),
    ("http://[::1", None),
    ("http://a.example:99999/", None),
    ("http://a.example:port/", None),
    ("http://a.example:0/", None),
    ("/a\x00b", None),
    ("/a\x1bb", None),
    ("/<b>", None),
    ("/\ud800", None),
    ("/" + "a" * 200, None),
]


@pytest.mark.parametrize(("reference", "address"), ADDRESSES)
def test_absolute(reference: str, address: str | None) -> None:
    """A reference becomes an absolute address of the web in the spelling in which it was written, or is refused."""
    assert absolute(reference, BASE, 100) == address


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.lantern.co.uk", "lantern.co.uk"),
        ("a.b.c.lantern.com", "lantern.com"),
        ("lantern.github.io", "lantern.github.io"),
        ("www.lantern.example", "lantern.example"),
        ("lantern.example", "lantern.example"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("", ""),
    ],
)
def test_site(host: str, site: str) -> None:
    """Hosts below one registered name are one site; a public suffix, an IP address and a single label are their own."""
    assert site_of(host) == site
