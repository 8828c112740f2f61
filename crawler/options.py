"""What a user may set about fetching: the keys of `[fetch]` in newsclip.toml, each also a flag and an environment name.

One frozen class is the only list of them: `config.py` reads the file and the environment by it, `cli.py` makes the
flags from it. A field's metadata holds its help text, and `form` names the way its value is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal

from archive.errors import UsageError

Robots = Literal["obey", "ignore"]
_DELAY_LIMIT = 3600
_MOST_CONNECTIONS = 1000


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched; units are seconds and bytes.

    Raises:
        UsageError: a value is out of its range; the message names the key, the value and the range.

    """

    delay: float = field(default=1.0, metadata={"help": "seconds between two requests to one host"})
    max_delay: float = field(default=60.0, metadata={"help": "most seconds between two, when a host is in trouble"})
    max_rest: float = field(
        default=600.0, metadata={"help": "longest Retry-After, in seconds, that is waited for in this run"}
    )
    max_failures: int = field(
        default=5, metadata={"help": "silences in a row after which a host is left for later; 0 is for never"}
    )
    concurrency: int = field(default=16, metadata={"help": "requests under way at once, over all hosts"})
    per_host: int = field(default=1, metadata={"help": "connections to one host at once"})
    probe: bool = field(
        default=True, metadata={"help": "ask each site once for a page that cannot exist, to know its missing pages"}
    )
    max_bytes: int = field(default=50_000_000, metadata={"form": "size", "help": "most bytes kept of one response"})
    timeout: float = field(default=30.0, metadata={"help": "seconds that one exchange may take"})
    retries: int = field(default=1, metadata={"help": "further tries when no answer comes"})
    redirects: int = field(default=10, metadata={"help": "redirects followed for one address"})
    robots: Robots = field(default="obey", metadata={"help": "obey robots.txt, or ignore it"})
    allow_networks: tuple[str, ...] = field(
        default=(), metadata={"flag": "--allow-network", "help": "a private network that may be fetched from"}
    )
    user_agent: str = field(default="", metadata={"help": "the User-Agent sent; the default names newsclip"})
    workers: int = field(default=0, metadata={"help": "processes that judge and extract; 0 means one a core"})
    page_deadline: float = field(default=20.0, metadata={"help": "seconds that judging one page may take"})
    page_memory: int = field(
        default=2_000_000_000, metadata={"form": "size", "help": "memory that judging one page may take"}
    )

    def __post_init__(self) -> None:
        """Refuse what cannot be carried out."""
        ranges = {
            "delay": (0, _DELAY_LIMIT),
            "max_delay": (0, _DELAY_LIMIT),
            "max_rest": (0, 86_400),
            "max_failures": (0, 1000),
            "concurrency": (1, _MOST_CONNECTIONS),
            "per_host": (1, _MOST_CONNECTIONS),
            "max_bytes": (1000, 2_000_000_000),
            "timeout": (0.1, 86_400),
            "retries": (0, 20),
            "redirects": (0, 100),
            "workers": (0, 1000),
            "page_deadline": (0.1, 3600),
            "page_memory": (200_000_000, 1_000_000_000_000),
        }
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise UsageError(f"{name} = {value:g} is out of range; it may be {low:g} to {high:g}.")
        if any(character in self.user_agent for character in "\r\n\0"):
            raise UsageError(f"user_agent = {self.user_agent!r} holds a line break; write it on one line.")
        self.networks()

    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Return `allow_networks` as networks."""
        return tuple(_network(text) for text in self.allow_networks)

    def processes(self) -> int:
        """Return how many worker processes to run."""
        return self.workers or len(
            os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        )


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise UsageError(
            f"allow_networks = {text!r} is not a network; write it as in 127.0.0.0/8, 10.1.2.3 or fd00::/8."
        ) from None
