"""The address policy: what is public is reached, what is not is refused however it is spelt, unless it is allowed."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import pytest

from crawler.guard import Guard, Origin, RefusedAddress, SystemResolver, origin_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.guard import AddressInfo

PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]
NOT_PUBLIC = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.5",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001:db8::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
SPELLINGS = [
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "127.1",
    "0",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "169.254.169.254",
    "[fe80::1]",
]


class Answering:
    """A resolver that answers with the addresses it was given: the seam where DNS is replaced."""

    def __init__(self, *answers: str) -> None:
        self.asked: list[str] = []
        self._answers = answers

    async def __call__(self, host: str, port: int) -> Sequence[AddressInfo]:
        """Answer."""
        self.asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in self._answers]

    def close(self) -> None:
        """Hold nothing."""


def _vetted(*answers: str, allow: Sequence[str] = ()) -> list[str]:
    guard = Guard([ip_network(text) for text in allow], resolver=Answering(*answers))
    found = asyncio.run(guard.addresses(Origin("http", "news.example", 80)))
    return [str(info[4][0]) for info in found]


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    """A public address may be reached, also one inside an IPv6 address."""
    assert Guard(resolver=Answering()).may_reach(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    """An address that is not public is refused, and so is an IPv6 address with such a one inside."""
    assert not Guard(resolver=Answering()).may_reach(ip_address(address))


@pytest.mark.parametrize("host", SPELLINGS)
def test_spellings(host: str) -> None:
    """However an address is spelt in a URL, the system's answer for it is judged."""

    async def ask() -> None:
        guard = Guard(resolver=(resolver := SystemResolver()))
        try:
            with pytest.raises((RefusedAddress, socket.gaierror)):
                await guard.addresses(origin_of(f"http://{host}/"))
        finally:
            resolver.close()

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("127.0.0.1", "127.0.0.0/8"),
        ("::ffff:127.0.0.1", "127.0.0.0/8"),
        ("64:ff9b::a00:1", "10.0.0.0/8"),
        ("::1", "::1/128"),
        ("fd00::5", "fd00::/8"),
        ("169.254.169.254", "169.254.169.254/32"),
    ],
)
def test_allowed(address: str, network: str) -> None:
    """A network that is allowed is reached, and no other."""
    guard = Guard([ip_network(network)], resolver=Answering())
    assert guard.may_reach(ip_address(address))
    assert not guard.may_reach(ip_address("192.168.0.1"))


def test_only_vetted_answers() -> None:
    """Of several answers only those are connected to that may be."""
    assert _vetted("10.0.0.1", "93.184.215.14", "::1") == ["93.184.215.14"]
    assert _vetted("10.0.0.1", "127.0.0.1", allow=["127.0.0.0/8"]) == ["127.0.0.1"]


def test_refusal_names_all() -> None:
    """A refusal names the host, the address, and the flag that would allow it."""
    with pytest.raises(RefusedAddress, match=r"news\.example leads to 10\.0\.0\.1.*--allow-network 10\.0\.0\.1/32"):
        _vetted("10.0.0.1")
    with pytest.raises(RefusedAddress, match=r"leads to ::ffff:(a00:1|10\.0\.0\.1),.*--allow-network 10\.0\.0\.1/32"):
        _vetted("::ffff:10.0.0.1")


def test_no_answer() -> None:
    """A name without an address cannot be resolved."""
    with pytest.raises(socket.gaierror):
        _vetted()


@pytest.mark.parametrize("host", ["a..example", "a" * 64 + ".example", "no such host"])
def test_no_host_name(host: str) -> None:
    """What cannot be a host name cannot be resolved, and raises nothing else."""

    async def ask() -> None:
        resolver = SystemResolver()
        try:
            with pytest.raises(socket.gaierror):
                await resolver(host, 80)
        finally:
            resolver.close()

    asyncio.run(ask())


@pytest.mark.parametrize(
    ("url", "origin", "authority"),
    [
        ("http://News.example/a", Origin("http", "news.example", 80), "news.example"),
        ("https://news.example:443/", Origin("https", "news.example", 443), "news.example"),
        ("https://news.example:8443", Origin("https", "news.example", 8443), "news.example:8443"),
        ("http://user:pass@news.example.:8080/", Origin("http", "news.example.", 8080), "news.example.:8080"),
        ("http://[2606:2800::1]:8080/", Origin("http", "2606:2800::1", 8080), "[2606:2800::1]:8080"),
    ],
)
def test_origin(url: str, origin: Origin, authority: str) -> None:
    """A URL leads to its scheme, host and port; the Host field leaves out the scheme's own port."""
    assert origin_of(url) == origin
    assert origin.authority == authority


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "data:text/plain,x",
        "ftp://news.example/",
        "s3://bucket/key",
        "//news.example/",
        "http://",
        "http:///x",
        "http://news.example:99999/",
        "http://news.example:x/",
        "http://[::1/",
    ],
)
def test_no_origin(url: str) -> None:
    """Only http and https with a host and a possible port are fetched; a refusal names the address."""
    with pytest.raises(RefusedAddress, match=r"^'.*(;|names no host)"):
        origin_of(url)
