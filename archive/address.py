"""Addresses: what a user typed, when two are the same, and the key under which captures are found.

Three forms, from strict to broad: `clean_address` is what is fetched; `fingerprint` says whether two addresses ask a
server for the same thing; `url_key` is the SURT that CDX indexes sort by, which also joins http and https, www and
not, letter case and the order of parameters. What a crawl finds is asked for `without_session`: a server that writes
one into its links would name every article anew each day.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from archive.errors import UsageError
from archive.surt import surt

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d+(?:[/?#]|$))", re.IGNORECASE)
"""A scheme (RFC 3986 section 3.1), but not the host of `localhost:8080/path`."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and bytes of a command line that are no UTF-8, which Python hands over as surrogates."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SESSION_IN_PATH = re.compile(
    r"(?:;|%3b)(?:jsessionid|phpsessid|sessionid|sid)=[^/;?#%]*|/\((?:[a-z]\([0-9a-z]{24}\))+\)(?=/)", re.IGNORECASE
)
"""Java's session behind a step, and ASP.NET's, a step of its own."""
_SESSION_IN_QUERY = re.compile(
    r"(?:jsessionid|phpsessid|sessionid|session_id|sessid|aspsessionid[a-z]*|zenid|oscsid|cfid|cftoken)=.*"
    r"|(?:sid|s)=(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{20,}",
    re.IGNORECASE,
)
"""`sid` and `s` number articles too; they are a session's if they hold what only a machine would write."""
_LONGEST = 8000
"""RFC 9110 section 4.1 asks for at least 8000 octets; what is longer is a mistake."""


def clean_address(text: str) -> str:
    """Return the address a user meant: blanks off, https:// where no scheme is given, host in ASCII, path escaped.

    Raises:
        UsageError: it is no http or https address.

    """
    from w3lib.url import safe_url_string  # noqa: PLC0415 - 0.1 s that reading commands do not need

    typed = text.strip()
    if not typed:
        raise UsageError("'' is not an address; write one as in https://news.example/story.")
    if len(typed) > _LONGEST or _CONTROL.search(typed):
        raise UsageError(f"{typed[:80]!r} is not an address: it is too long or holds control characters or no text.")
    if not _SCHEME.match(typed):
        typed = f"https://{typed.removeprefix('//')}"
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{text.strip()!r} is not an address ({error}).") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise UsageError(f"{text.strip()!r} cannot be saved: only http and https addresses can, not {parts.scheme}:.")
    ascii_host = _ascii_host(host or "")
    if not _is_host(ascii_host) or port == 0:
        raise UsageError(f"{text.strip()!r} is not an address: {host or ''!r} is no host name.")
    netloc = _netloc(parts.scheme, ascii_host, port)
    return str(safe_url_string(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))))


def _is_host(host: str) -> bool:
    if ":" in host:
        return True
    labels = host.rstrip(".").split(".")
    return all(label and not re.search(r"[\s/\\<>\"'`{}|^%@]", label) for label in labels)


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise UsageError(f"{host!r} is no host name: it cannot be written in ASCII (IDNA).") from None


def _netloc(scheme: str, host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port in (None, _DEFAULT_PORTS[scheme]) else f"{bracketed}:{port}"


def fingerprint(url: str) -> str:
    """Return an address such that two with the same one need only be fetched once.

    Parameters are sorted; fragment and default port are left out.
    """
    from w3lib.url import canonicalize_url  # noqa: PLC0415 - as above

    canonical = str(canonicalize_url(url))
    parts = urlsplit(canonical)
    if parts.port is None or parts.port != _DEFAULT_PORTS.get(parts.scheme):
        return canonical
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition(":")[0]))


def without_session(url: str) -> str:
    """Return an address without the session that a server wrote into its path or query; others stay as they are."""
    base, mark, rest = url.partition("?")
    base = _SESSION_IN_PATH.sub("", base)
    if not mark:
        return base
    query, hash_mark, fragment = rest.partition("#")
    kept = [pair for pair in query.split("&") if not _SESSION_IN_QUERY.fullmatch(pair)]
    return base + (f"?{'&'.join(kept)}" if any(kept) else "") + hash_mark + fragment


def host_of(url: str) -> str:
    """Return the host of an address in lower case, or ''."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def url_key(url: str) -> str:
    """Return the SURT of an address; an address that has none is its own key."""
    try:
        return surt(url)
    except ValueError:
        return url
