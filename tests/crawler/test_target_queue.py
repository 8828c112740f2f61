"""The order in which targets are handed out, from a frontier that is a plain list."""

from __future__ import annotations

import asyncio
from collections import Counter
from urllib.parse import urlsplit

from archive.frontier import Target
from crawler.target_queue import TargetQueue


class Frontier:
    """Leases the targets of a list, and counts how many; hosts in `left` are left for later."""

    def __init__(self, *urls: str) -> None:
        self.targets = [Target(number, url) for number, url in enumerate(urls)]
        self.leased = 0
        self.left: dict[str, str] = {}
        self.counted: Counter[str] = Counter()
        self.queue = TargetQueue(
            self.lease, per_host=1, why_left=self.left.get, leave=lambda host, _: self.counted.update([host])
        )

    def lease(self, count: int) -> list[Target]:
        """Lease the next targets."""
        found = self.targets[self.leased : self.leased + count]
        self.leased += len(found)
        return found

    async def waits(self) -> bool:
        """Whether nothing is handed out before something has ended."""
        try:
            await asyncio.wait_for(self.queue.next(), 0.2)
        except TimeoutError:
            return True
        return False

    async def hosts(self, count: int) -> list[str]:
        """Return the hosts of the next targets."""
        found = [await asyncio.wait_for(self.queue.next(), 5) for _ in range(count)]
        return [urlsplit(target.url).netloc for target in found if target is not None]


def pages(host: str, count: int) -> list[str]:
    """Return addresses of a host."""
    return [f"http://{host}/{number}" for number in range(count)]


def test_a_host_has_a_few_and_others_are_found_behind_it() -> None:
    """Of the host that comes first four are handed out, then those of others, however far behind they stand."""

    async def main() -> None:
        frontier = Frontier(*pages("slow", 700), *pages("a", 3), *pages("b", 3))
        assert await frontier.hosts(4) == ["slow"] * 4
        assert Counter(await frontier.hosts(6)) == {"a": 3, "b": 3}
        assert await frontier.waits()
        frontier.queue.ended("http://slow/0")
        assert await frontier.hosts(1) == ["slow"]

    asyncio.run(main())


def test_hosts_take_turns() -> None:
    """Of hosts that all have room, each is handed out one before any has a second."""

    async def main() -> None:
        frontier = Frontier(*pages("a", 4), *pages("b", 4), *pages("c", 2))
        handed_out = await frontier.hosts(10)
        assert [sorted(handed_out[:3]), sorted(handed_out[3:6])] == [["a", "b", "c"]] * 2
        assert await frontier.queue.next() is None

    asyncio.run(main())


def test_targets_of_a_host_that_is_left_are_counted_and_not_handed_out() -> None:
    """What waits for a host that is left is counted once each, and what comes of it later as well."""

    async def main() -> None:
        frontier = Frontier(*pages("dead", 300), *pages("a", 2))
        assert await frontier.hosts(4) == ["dead"] * 4
        frontier.left["dead"] = "it did not answer"
        for number in range(4):
            frontier.queue.ended(f"http://dead/{number}")
        assert await frontier.hosts(2) == ["a", "a"]
        assert await frontier.queue.next() is None
        assert frontier.counted == {"dead": 296}

    asyncio.run(main())


def test_what_is_held_is_bounded() -> None:
    """A list of one host is not leased whole, and of many hosts five hundred targets are under way."""

    async def main() -> None:
        frontier = Frontier(*pages("slow", 50_000))
        await frontier.hosts(4)
        assert await frontier.waits()
        assert frontier.leased <= 20_050
        many = Frontier(*(f"http://host-{number}/" for number in range(700)))
        assert len(set(await many.hosts(500))) == 500
        assert await many.waits()
        many.queue.ended("http://host-7/")
        assert len(await many.hosts(1)) == 1

    asyncio.run(main())


def test_ports_are_hosts_and_schemes_are_not() -> None:
    """A host has one pace for http and https, and another at a port of its own."""

    async def main() -> None:
        frontier = Frontier(*pages("a", 3), *[url.replace("http", "https") for url in pages("a", 3)], *pages("a:81", 2))
        assert Counter(await frontier.hosts(6)) == {"a": 4, "a:81": 2}
        assert await frontier.waits()

    asyncio.run(main())
