"""The sort-friendly form of an address (SURT), the key under which CDX indexes keep captures.

    https://www.News.example:443/Story/?b=2&a=1#top ─▶ example,news)/story?a=1&b=2

Plan: the address is cut into host, port, path and query; each is brought to one spelling, and then to the broader one
that archives look up by (docs/collection.md has the rules). They are those of the "IA" canonicaliser that pywb and
cdxj-indexer use, and a property test compares its answers with ours. One differs on purpose: an IPv6 address is
brought to its canonical form (RFC 5952), and stands in brackets where a port follows, which would otherwise read as
its last part.

No library is imported, because every command that names an address needs a key: the `surt` package takes a quarter of
a second to import, and four times as long for each address.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import unquote_to_bytes

_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HIGHEST_PORT = 65535
_ODD = re.compile(r"[^!$&-~]")
"""What does not stand for itself: blanks, control and foreign characters, quotation mark, number and percent sign."""
_ESCAPED = re.compile(r"[\x00-\x20#%\x7f-\xff]")
_WHITE = re.compile(r"[\t\r\n]")
_WWW = re.compile(r"www\d*\.")
_DIGITS = re.compile(r"[0-9.]+")
_ODD_STEP = re.compile(r"//|/\.")
_SESSION_STEPS = (
    re.compile(r"(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)"),
    re.compile(r"(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)"),
)
"""Sessions that ASP.NET keeps in the path."""
_SESSION_PARAMETERS = tuple(
    re.compile(rf"(.*){parameter}(?:&(.*))?")
    for parameter in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(url: str) -> str:
    """Return the SURT of an http or https address.

    Raises:
        ValueError: it is no such address.

    """
    parts = _PARTS.fullmatch(_WHITE.sub("", url.strip(" \t\r\n\f\v")))
    if parts is None:
        raise ValueError(f"{url!r} is no http or https address")
    scheme, authority, path, query = parts.groups()
    host, port = _host_and_port(authority.rpartition("@")[2], _DEFAULT_PORTS[scheme.lower()])
    key = f"{host}{port}){_path(path)}"
    kept = _query(query) if query else ""
    return f"{key}?{kept}" if kept else key


def _host_and_port(text: str, default: int) -> tuple[str, str]:
    """Return the host turned round, and the port with its colon where it is not the default."""
    if text.startswith("["):
        inside, bracket, rest = text[1:].partition("]")
        port = _port(rest.removeprefix(":"), default)
        if not bracket or (rest and not rest.startswith(":")):
            raise ValueError(f"{text!r} is no host")
        return (f"[{_canonical_v6(inside)}]" if port else _canonical_v6(inside)), port
    name, _, number = text.partition(":")
    host = _host(name)
    if not host:
        raise ValueError("the address has no host")
    return ",".join(reversed(host.split("."))), _port(number, default)


def _port(digits: str, default: int) -> str:
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()) or int(digits) > _HIGHEST_PORT:
        raise ValueError(f"{digits!r} is no port")
    port = int(digits)
    return "" if port in (0, default) else f":{port}"


def _host(name: str) -> str:
    """Return a host name in ASCII and lower case, without www; numbers are IPv4 addresses (inet_aton(3))."""
    if _ODD.search(name):
        name = _escaped(_ascii(name))
    host = ".".join(filter(None, name.lower().split(".")))
    if _DIGITS.fullmatch(host):
        host = _canonical_v4(host)
    www = _WWW.match(host)
    return host[www.end() :] if www else host


def _ascii(name: str) -> bytes:
    """Return a host name in punycode (RFC 3490), or as it is where that does not fit."""
    raw = _unescaped(name)
    try:
        return raw.decode().encode("idna")
    except UnicodeError:
        return raw


def _canonical_v4(digits: str) -> str:
    import socket  # noqa: PLC0415 - 5 ms, for hosts that are numbers

    if digits.isdigit():
        number = int(digits) % 2**32
        return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
    try:
        return socket.inet_ntoa(socket.inet_aton(digits))
    except OSError:
        return digits


def _canonical_v6(text: str) -> str:
    return str(IPv6Address(text.replace("%25", "%", 1)))


def _path(path: str) -> str:
    if _ODD.search(path):
        path = _spelt(path, steps=True)
    elif _ODD_STEP.search(path):
        path = _walked(path)
    path = path.lower()
    if ".aspx" in path:
        for session in _SESSION_STEPS:
            path = session.sub(r"\1\2", path, count=1)
    return path.rstrip("/") if len(path) > 1 else "/"


def _walked(path: str) -> str:
    """Return a path without empty steps and dots; what leads above the root is kept, as the IA rules have it."""
    steps: list[str] = []
    for step in path.split("/")[1:]:
        if step == ".." and steps:
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/" + "/".join(filter(None, steps))


def _query(query: str) -> str:
    """Return the parameters in the order of their bytes, without those that name a session."""
    query = (_spelt(query, steps=False) if _ODD.search(query) else query).lower()
    if "id" in query:
        for session in _SESSION_PARAMETERS:
            if found := session.fullmatch(query):
                query = found[1] + (found[2] or "")
    return "&".join(sorted(query.split("&"), key=_parameter)) if "&" in query else query


def _parameter(text: str) -> tuple[str, str, str]:
    return text.partition("=")


def _spelt(text: str, *, steps: bool) -> str:
    """Undo percent-encoding, however often it was done, and escape what must be."""
    plain = _unescaped(text).decode("latin-1")
    return _ESCAPED.sub(_escape, _walked(plain) if steps else plain)


def _unescaped(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    while b"%" in raw and (less := unquote_to_bytes(raw)) != raw:
        raw = less
    return raw


def _escaped(raw: bytes) -> str:
    return _ESCAPED.sub(_escape, raw.decode("latin-1"))


def _escape(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02x}"
