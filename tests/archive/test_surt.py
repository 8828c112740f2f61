"""The sort-friendly form of an address, against the package that pywb and cdxj-indexer make theirs with."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from surt import surt as theirs

from archive.surt import surt

HEX, ASP, LETTERS = "0123456789ABCDEF0123456789abcdef", "4hqa0555fwsecu455xqckv45", "ABCDEFGHIJKLMNOPQRSTUVWX"

SPELLINGS = [
    ("http://example.com", "com,example)/"),
    ("https://www.News.Example:443/Story/?b=2&a=1#top", "example,news)/story?a=1&b=2"),
    ("HTTP://WWW2.EXAMPLE.COM:80/", "com,example)/"),
    ("https://example.com:80/", "com,example:80)/"),
    ("http://user:pw@a@example.com:8080/", "com,example:8080)/"),
    ("http://www.com/", "com)/"),
    ("http://wwwx.example.com/", "com,example,wwwx)/"),
    ("http://..example..com./", "com,example)/"),
    ("http://exa%6dple.com:0/", "com,example)/"),
    ("http://münchen.example/", "example,xn--mnchen-3ya)/"),
    ("http://straße.example/", "example,strasse)/"),
    ("http://192.168.0.1/", "1,0,168,192)/"),
    ("http://3232235521/", "1,0,168,192)/"),
    ("http://10.1/", "1,0,0,10)/"),
    ("http://999.1.1.1/", "1,1,1,999)/"),
    ("http://[::1]/a", "::1)/a"),
    ("http://example.com/a/../b/./c//d/", "com,example)/b/c/d"),
    ("http://example.com/../../a", "com,example)/a"),
    ("http://example.com/%7Eu/%41%2541/%zz%25", "com,example)/~u/aa/%25zz%25"),
    ("http://example.com/a b%20c+d", "com,example)/a%20b%20c+d"),
    ("http://example.com/Café/É", "com,example)/caf%c3%a9/%c3%89"),
    ("http://example.com/a?", "com,example)/a"),
    ("http://example.com/a?b?c", "com,example)/a?b?c"),
    ("http://example.com/?b&a&&", "com,example)/?&&a&b"),
    ("http://example.com/?a-b&a=c&a&A=b", "com,example)/?a&a=b&a=c&a-b"),
    ("http://example.com/?x=%26y", "com,example)/?x=&y"),
    (f"http://example.com/?a=1&PHPSESSID={HEX}&b=2", "com,example)/?a=1&b=2"),
    (f"http://example.com/?jsessionid={HEX}", "com,example)/"),
    (f"http://example.com/?x=1&sid={HEX}", "com,example)/?&x=1"),
    (f"http://example.com/?ASPSESSIONIDABCDEFGH={LETTERS}&x", "com,example)/?x"),
    ("http://example.com/?CFID=12&CFTOKEN=34&x", "com,example)/?x"),
    ("http://example.com/?cfid=12&x&cftoken=34", "com,example)/?cfid=12&cftoken=34&x"),
    ("http://example.com/?phpsessid=short", "com,example)/?phpsessid=short"),
    (f"http://example.com/a/({ASP})/b.aspx?x", "com,example)/a/b.aspx?x"),
    (f"http://example.com/(a({ASP})S({ASP}))/b.ASPX", "com,example)/b.aspx"),
    (f"http://example.com/({ASP})/b.html", f"com,example)/({ASP})/b.html"),
    (f"http://example.com/a;jsessionid={HEX}", f"com,example)/a;jsessionid={HEX.lower()}"),
    (" http://example.com/a\tb\r\n", "com,example)/ab"),
]


@pytest.mark.parametrize(("url", "expected"), SPELLINGS)
def test_the_rules_one_by_one(url: str, expected: str) -> None:
    """Each rule gives the key in the table, and the other package gives the same."""
    assert surt(url) == expected
    assert theirs(url) == expected


PIECES = [
    "a", "B", "www.", "/", "/../", "/./", "//", "..", ".", "%41", "%2e", "%2F", "%25", "%", "é", "中", "İ", "%C3%A9",
    "%ff", " ", "+", "&", "=", ";", ":", "@", "!", "'", "(", "~", "|", '"', "<", "^", "{", "\\", "\x01", "\x7f", "?",
    f"sid={HEX}", f"&jsessionid={HEX}&", f"PHPSESSID={HEX}", "cfid=1", "&cftoken=2", f"ASPSESSIONIDABCDEFGH={LETTERS}",
    f"(S({ASP}))/", f"({ASP})/", "x.aspx", "%3F", "%26", "%23",
]  # fmt: skip
HOSTS = [
    "example.com", "WWW.Example.COM", "www1.x.org", "a.b.c.d", "münchen.de", "m%C3%BCnchen.de", "xn--mnchen-3ya.de",
    "10.0.0.1", "3232235521", "010.1", "1.2.3", "08.1.1.1", "u:p@h.com", "h.com:80", "h.com:443", "h.com:8080",
    "h.com:", "h.com:00", "a..b.", "%77ww.x.com", "www.com", "www.1.2.3.4", "A_b.com", "日本。jp", "straße.de",
]  # fmt: skip


@settings(max_examples=300)
@given(
    st.sampled_from(["http://", "https://", "HTTP://"]),
    st.sampled_from(HOSTS) | st.from_regex(r"[a-z0-9-]{1,12}(\.[a-z0-9-]{1,9}){0,3}(:[0-9]{1,4})?", fullmatch=True),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8),
    st.none() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=8),
)
def test_any_address_has_the_key_that_others_give_it(
    scheme: str, host: str, path: list[str], query: list[str] | None
) -> None:
    """Whatever is put together from hosts, odd pieces and any text, both packages make the same of it, or nothing."""
    url = f"{scheme}{host}/{''.join(path)}{'' if query is None else '?' + ''.join(query)}"
    assert outcome(surt, url) == outcome(theirs, url)


def outcome(make: object, url: str) -> str | None:
    """Return a key, or None where there is none."""
    assert callable(make)
    try:
        return str(make(url))
    except (ValueError, UnicodeError):
        return None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://[2001:DB8:0:0::1]/", "2001:db8::1)/"),
        ("http://[2001:db8::1]:8080/a", "[2001:db8::1]:8080)/a"),
        ("https://[2001:db8::1]:443/a", "2001:db8::1)/a"),
        ("http://[::ffff:1.2.3.4]/x", surt("http://[::FFFF:102:304]/x")),
    ],
)
def test_an_ipv6_host_has_one_spelling(url: str, expected: str) -> None:
    """Where the other package keeps an IPv6 address as it was typed, ours is canonical and no part of it a port."""
    assert surt(url) == expected


@pytest.mark.parametrize(
    "url", ["", "news.example", "ftp://a.example/", "http://", "http:///a", "http://a:b/", "http://a:65536/",
            "http://[::1/", "http://[::1]x/", "http://[zz]/", "http://./", "urn:uuid:1"]
)  # fmt: skip
def test_what_is_no_web_address_has_no_key(url: str) -> None:
    """Anything else is refused with its own words."""
    with pytest.raises(ValueError, match=r"is no|has no host|expected|permitted") as refused:
        surt(url)
    assert not re.search(r"invalid literal", str(refused.value))


def test_it_is_quick_to_import() -> None:
    """Neither the library nor what it would bring along is imported."""
    heavy = "{'surt', 'tldextract', 'requests', 'socket'}"
    program = f"import sys, archive.address; print(*{heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
