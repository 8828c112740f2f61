"""Addresses as pages and feeds write them, made absolute; whatever is none of the web is refused.

Nothing else is changed: which addresses are one is for `archive.address` to say, with the rules of the whole archive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from tldextract import TLDExtract

_SPREAD = re.compile(r"[\t\r\n]+\s*")
"""What browsers take out of addresses (WHATWG URL, "basic URL parser"), and the indentation that follows it."""

_NOT_TEXT = re.compile(r"[\x00-\x20\x7f<>\"\ud800-\udfff]")

_NO_HOST = re.compile(r"https?:(?:/{0,2}$|///)", re.IGNORECASE)
"""What joining would take for an address of the page's own host."""

_split_host = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
"""Reads the list of public suffixes that comes with it, and asks nobody for a newer one."""


def absolute(reference: str, base: str, longest: int) -> str | None:
    """Return a reference as an absolute http or https address; None if it is none, or longer than `longest`."""
    if len(reference) > 2 * longest:
        return None
    written = _SPREAD.sub("", reference.strip()).replace("&amp;", "&")
    if _NO_HOST.match(written):
        return None
    try:
        address = urljoin(base, written.replace(" ", "%20"))
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number
        return None
    address = parts.scheme + address[len(parts.scheme) :]  # in lower case
    return address if usable and len(address) <= longest and not _NOT_TEXT.search(address) else None


@lru_cache(maxsize=4096)
def site_of(host: str) -> str:
    """Return what a host was registered as: news.example for www.news.example; an IP address is its own site.

    Below a suffix that is on no list two labels count, as the list's algorithm has it ("the prevailing rule is '*'").
    """
    found = _split_host(host)
    if found.suffix or found.ipv4 or ":" in host:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.rsplit(".", 2)[-2:])


def host_of(url: str) -> str:
    """Return the host of an address that `absolute` let pass."""
    return urlsplit(url).hostname or ""
