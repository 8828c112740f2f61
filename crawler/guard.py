"""Which addresses may be connected to: those of the public Internet, and the networks that the user allows.

Plan: an address of a page names a host; the host is resolved here and every answer is vetted, and the connection then
goes to a vetted answer and not to the name, so that a second DNS answer changes nothing (rebinding). Every connection
comes by here, so every redirect, retry and robots.txt does. However an address is spelt (2130706433, 0x7f.1, 0,
[::ffff:127.0.0.1]), the resolver turns it into the same number, and the number is what is judged.

An address is public when the IANA special-purpose registries do not say otherwise. Python's tables of them grew with
its versions, so what 3.11 lacks is listed here, and an IPv6 address must be global unicast (2000::/3, RFC 4291 section
2.4). An IPv4 address that travels inside an IPv6 one is judged in its stead.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from archive.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
"""What getaddrinfo(3) gives: family, type, protocol, canonical name, socket address."""

_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_NOT_PUBLIC: tuple[Network, ...] = (
    ip_network("192.0.0.0/24"),  # IETF protocol assignments (RFC 6890); a cloud keeps its metadata at 192.0.0.192
    ip_network("192.88.99.0/24"),  # 6to4 relay anycast, deprecated (RFC 7526)
    ip_network("168.63.129.16/32"),  # Azure's metadata and DNS service, a public number that stays inside
    ip_network("3fff::/20"),  # documentation (RFC 9637)
)
_RESOLVING_AT_ONCE = 16


class RefusedAddress(UsageError):  # noqa: N818 - the name says what is the matter, as in archive.errors
    """An address that newsclip does not connect to; the message says why, and what to do if it should."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page is served: what connections are shared by. The host is as in the URL, without brackets."""

    scheme: str
    host: str
    port: int

    @property
    def authority(self) -> str:
        """The Host field's value (RFC 9110 section 7.2): the port only when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def origin_of(url: str) -> Origin:
    """Return where a URL leads.

    Raises:
        RefusedAddress: it is not http or https, or names no host or no possible port.

    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedAddress(f"{url!r} is no address that can be fetched ({error}); correct it.") from None
    if parts.scheme not in _PORTS:
        raise RefusedAddress(f"{url!r} is {parts.scheme or 'without a scheme'}; only http and https are fetched.")
    if not host:
        raise RefusedAddress(f"{url!r} names no host; write it as in https://example.org/page.")
    return Origin(parts.scheme, host, _PORTS[parts.scheme] if port is None else port)


class Resolver(Protocol):
    """Turns a host into addresses: the seam where tests answer for DNS."""

    async def __call__(self, host: str, port: int) -> Sequence[AddressInfo]:
        """Return every address of the host; raise socket.gaierror when there is none."""

    def close(self) -> None:
        """Let go of what resolving needs."""


class SystemResolver:
    """Asks the system, in threads of its own: a name server that does not answer delays nobody else's work."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVING_AT_ONCE, "newsclip-dns")

    async def __call__(self, host: str, port: int) -> Sequence[AddressInfo]:
        """Return every stream address of the host."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _getaddrinfo, host, port)

    def close(self) -> None:
        """Wait for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _getaddrinfo(host: str, port: int) -> Sequence[AddressInfo]:
    try:
        name = host.encode("ascii") if host.isascii() else host.encode("idna")
        return socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]  # IPv6 is built in
    except ValueError as error:  # UnicodeError is one: a label is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, f"not a host name ({error})") from None


class Guard:
    """Resolves hosts, and lets through what is public or in the networks allowed."""

    def __init__(self, allow: Sequence[Network] = (), *, resolver: Resolver) -> None:
        self._allow = tuple(allow)
        self._resolver = resolver

    async def addresses(self, origin: Origin) -> list[AddressInfo]:
        """Return the addresses of an origin that may be connected to, in the order of the system's preference.

        Raises:
            RefusedAddress: there are addresses, and none may.
            socket.gaierror: there are none.

        """
        answers = await self._resolver(origin.host, origin.port)
        vetted = [answer for answer in answers if self.may_reach(ip_address(answer[4][0]))]
        if vetted:
            return vetted
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        raise RefusedAddress(_refusal(origin.host, ip_address(answers[0][4][0])))

    def close(self) -> None:
        """Let go of the resolver."""
        self._resolver.close()

    def may_reach(self, address: Address) -> bool:
        """Whether an address is public, or in a network that is allowed by itself or by the IPv4 address inside it."""
        inner = _unwrapped(address)
        return is_public(inner) or any(
            candidate in network for network in self._allow for candidate in (address, inner)
        )


def is_public(address: Address) -> bool:
    """Whether an address, with no other inside it, belongs to the public Internet."""
    if any(address in network for network in _NOT_PUBLIC):
        return False
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    # A multicast or reserved address is "global" in Python's sense, since no registry entry says otherwise.
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address inside a mapped, NAT64 (RFC 6052), 6to4 (RFC 3056) or Teredo (RFC 4380) address."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _refusal(host: str, address: Address) -> str:
    inner = _unwrapped(address)
    network = ip_network(inner if isinstance(inner, IPv4Address) else address)
    leads = "" if host == str(address) else f" leads to {address}, which"
    return (
        f"{host}{leads} is not on the public Internet, and was not connected to; "
        f"if that is where your pages are, say --allow-network {network}."
    )
