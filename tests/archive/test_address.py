"""Addresses: what a user types becomes what is fetched, or a message that says why not; and when two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.address import clean_address, fingerprint, host_of, url_key
from archive.errors import UsageError

TYPED = [
    ("news.example", "https://news.example/"),
    ("  news.example/story \n", "https://news.example/story"),
    ("//news.example/story", "https://news.example/story"),
    ("http://news.example", "http://news.example/"),
    ("HTTPS://News.Example/Story", "https://news.example/Story"),
    ("news.example:8080/x", "https://news.example:8080/x"),
    ("localhost:8080", "https://localhost:8080/"),
    ("http://news.example:80/", "http://news.example/"),
    ("https://news.example:443/", "https://news.example/"),
    ("http://news.example:443/", "http://news.example:443/"),
    ("bücher.example/é x", "https://xn--bcher-kva.example/%C3%A9%20x"),
    ("https://news.example/a%20b?q=%C3%A9&r=1+2", "https://news.example/a%20b?q=%C3%A9&r=1+2"),
    ("https://news.example/100%", "https://news.example/100%"),
    ("https://news.example/x#comments", "https://news.example/x"),
    ("https://user:word@news.example/x", "https://news.example/x"),
    ("[2001:db8::1]/x", "https://[2001:db8::1]/x"),
    ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
    ("192.0.2.1", "https://192.0.2.1/"),
]


@pytest.mark.parametrize(("typed", "expected"), TYPED)
def test_what_is_meant(typed: str, expected: str) -> None:
    """What a user types becomes a whole address, and a whole address stays as it is."""
    assert clean_address(typed) == expected
    assert clean_address(expected) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not an address"),
        ("   ", "not an address"),
        ("ftp://news.example/x", "not ftp:"),
        ("file:///etc/passwd", "not file:"),
        ("javascript:alert(1)", "not javascript:"),
        ("data:text/html,x", "not data:"),
        ("mailto:a@news.example", "not mailto:"),
        ("https://", "no host name"),
        ("https:///x", "no host name"),
        ("https://news.example:0/", "not an address"),
        ("https://news.example:99999/", "not an address"),
        ("https://news.example:x/", "not an address"),
        ("https://[2001:db8::1/", "not an address"),
        ("https://news..example/", "no host name"),
        ("https://two words.example/", "no host name"),
        ("https://news.example/\x00", "control characters"),
        ("https://news.example/\r\nHost: evil.example", "control characters"),
        ("https://news.example/\udcff", "not an address"),
        ("https://news.example/" + "x" * 9000, "too long"),
    ],
)
def test_what_is_no_address(typed: str, said: str) -> None:
    """Anything else is refused with a message that says what is wrong."""
    with pytest.raises(UsageError, match=said):
        clean_address(typed)


@given(st.one_of(st.text(st.characters()), st.text().map(lambda text: f"https://news.example/{text}")))
def test_any_text(typed: str) -> None:
    """Any text is an address that stays as it is, or is refused; nothing else happens."""
    try:
        clean = clean_address(typed)
    except UsageError:
        return
    assert clean.isascii()
    assert clean.startswith(("https://", "http://"))
    assert clean_address(clean) == clean
    assert host_of(clean)
    assert url_key(clean) == url_key(clean.replace("https:", "HTTPS:", 1))
    assert fingerprint(fingerprint(clean)) == fingerprint(clean)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x#a", "https://a.example/x#b", True),
        ("https://a.example/?b=1&a=2", "https://a.example/?a=2&b=1", True),
        ("http://a.example:80/", "http://a.example/", True),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]/", True),
        ("https://a.example:80/", "https://a.example/", False),
        ("http://a.example/", "https://a.example/", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("https://a.example/?a", "https://a.example/", False),
    ],
)
def test_fingerprints(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table's column
    """Two addresses have one fingerprint when they ask a server for the same thing."""
    assert (fingerprint(one) == fingerprint(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.a.example/x/", "https://a.example/X", True),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8081/", False),
        ("http://[2001:db8::1]/", "http://[2001:db8::2]/", False),
        ("http://a.example:8080/", "http://a.example/", False),
    ],
)
def test_keys(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table's column
    """Captures of two addresses stand together when archives look them up together."""
    assert (url_key(one) == url_key(other)) is same


@pytest.mark.parametrize("url", ["http://[bad/", "dns:news.example", "", "urn:x"])
def test_what_has_no_host(url: str) -> None:
    """An address of foreign files that has no SURT is its own key, and has no host."""
    assert url_key(url) == url
    assert host_of(url) == ""
