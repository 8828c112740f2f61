"""Turns: who may ask next, on a real event loop, without a network."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from crawler.pace import PaceOptions
from crawler.turns import HostLeft, TurnLimits, Turns

if TYPE_CHECKING:
    from collections.abc import Callable


class Asked:
    """Asks for turns and notes who began, who is under way, and how many there were at most."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.began: list[str] = []
        self.under_way: list[str] = []
        self.most = 0

    async def ask(self, host: str, name: str = "", *, ahead: bool = False, seconds: float = 0.01) -> None:
        """Have a turn for so many seconds."""
        async with self.turns.turn(host, ahead=ahead):
            self.began.append(name or host)
            self.under_way.append(host)
            self.most = max(self.most, len(self.under_way))
            await asyncio.sleep(seconds)
            self.under_way.remove(host)


_ONE_SILENCE = PaceOptions(max_failures=1)
_PATIENT = TurnLimits(patience=10)


def free(
    options: PaceOptions = _ONE_SILENCE,
    limits: TurnLimits = _PATIENT,
    *,
    stopping: Callable[[], bool] = lambda: False,
    crowded: Callable[[], bool] = lambda: False,
) -> Asked:
    """Return somebody who asks for turns under these limits."""
    return Asked(Turns(options, limits, stopping=stopping, crowded=crowded))


@pytest.mark.parametrize(("concurrency", "per_host", "most"), [(16, 1, 3), (2, 1, 2), (16, 2, 6), (5, 16, 5)])
def test_places_are_bounded(concurrency: int, per_host: int, most: int) -> None:
    """Never more are under way than there are places, over all hosts and to each, and every place is used."""

    async def main() -> None:
        asked = free(limits=TurnLimits(concurrency, per_host))
        await asyncio.gather(*(asked.ask(host) for host in "abc" * 8))
        assert (asked.most, len(asked.began)) == (most, 24)

    asyncio.run(main())


def test_one_host_is_asked_in_order_but_for_what_is_ahead() -> None:
    """Requests go in the order in which they came; what others wait for goes before them, in its own order."""

    async def main() -> None:
        asked = free()
        names = [("1", False), ("2", False), ("probe", True), ("3", False), ("robots", True)]
        await asyncio.gather(*(asked.ask("a", name, ahead=ahead) for name, ahead in names))
        assert asked.began == ["1", "probe", "robots", "2", "3"]

    asyncio.run(main())


def test_who_waits_holds_no_place() -> None:
    """With one place for all, a host whose delay is an hour takes none from another host."""

    async def main() -> None:
        asked = free(PaceOptions(delay=3600), TurnLimits(concurrency=1))
        waiting = [asyncio.ensure_future(asked.ask("slow", f"slow {number}")) for number in range(5)]
        await asyncio.gather(*(asked.ask(f"host {number}") for number in range(30)))
        assert sorted(asked.began) == sorted(["slow 0", *(f"host {number}" for number in range(30))])
        for task in waiting[1:]:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(main())


@pytest.mark.parametrize("concurrency", [2, 5])
def test_silent_hosts_leave_half_of_the_places(concurrency: int) -> None:
    """However many hosts were silent when they were asked last, half of the places are left to the others."""

    async def main() -> None:
        asked = free(PaceOptions(), TurnLimits(concurrency))
        for number in range(9):
            asked.turns.host(f"silent {number}").pace.failed(0, -1, silent=True)
        silent = [asyncio.ensure_future(asked.ask(f"silent {number}", seconds=3600)) for number in range(9)]
        await asyncio.gather(*(asked.ask(f"host {number}") for number in range(9)))
        assert len(asked.under_way) == concurrency // 2
        assert len(asked.began) == 9 + concurrency // 2
        for task in silent:
            task.cancel()
        await asyncio.gather(*silent, return_exceptions=True)
        assert (asked.turns._under_way, asked.turns._doubtful) == (0, 0)

    asyncio.run(main())


@pytest.mark.parametrize("moment", ["waiting", "called", "under way"])
def test_a_cancelled_request_leaves_its_place(moment: str) -> None:
    """Whoever is cancelled, before its turn, just as it is called, or during it, takes no place with it."""

    async def main() -> None:
        asked = free(limits=TurnLimits(concurrency=1))
        first = asyncio.ensure_future(asked.ask("a", "first", seconds=3600))
        second = asyncio.ensure_future(asked.ask("a", "second"))
        await asyncio.sleep(0.01)
        if moment == "waiting":
            second.cancel()
        first.cancel()
        if moment == "called":
            await asyncio.sleep(0)
            second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        await asyncio.wait_for(asked.ask("a", "third"), 5)
        await asyncio.wait_for(asked.ask("b", "fourth"), 5)
        assert asked.began[-2:] == ["third", "fourth"]

    asyncio.run(main())


def test_while_pages_wait_to_be_judged_only_what_is_ahead_begins() -> None:
    """When it is crowded, robots.txt and probes go on and pages wait; they go on when it is not."""

    async def main() -> None:
        crowd = [True]
        asked = free(crowded=lambda: bool(crowd))
        pages = [asyncio.ensure_future(asked.ask(host)) for host in "ab"]
        await asked.ask("a", "probe", ahead=True)
        assert asked.began == ["probe"]
        crowd.clear()
        await asyncio.wait_for(asyncio.gather(*pages), 5)

    asyncio.run(main())


def test_nobody_waits_for_a_host_that_is_left() -> None:
    """When a host is given up, who waits is sent away with the reason, and so is who comes later; others are not."""

    async def main() -> None:
        asked = free()
        waiting = []
        async with asked.turns.turn("a") as host:
            waiting = [asyncio.ensure_future(asked.ask("a")) for _ in range(3)]
            await asyncio.sleep(0)
            host.pace.failed(0, asyncio.get_running_loop().time(), silent=True)
            asked.turns.review(host)
        answers = await asyncio.gather(*waiting, asked.ask("a"), return_exceptions=True)
        assert {str(answer) for answer in answers} == {"a is left for later: it did not answer 1 times in a row"}
        await asked.ask("b")
        assert asked.began == ["b"]

    asyncio.run(main())


def test_a_rest_is_waited_for_as_long_as_there_is_patience() -> None:
    """A host that rests longer than there is patience for is left, and asked again once it is no more."""

    async def main() -> None:
        asked = free()
        now = asyncio.get_running_loop().time()
        host = asked.turns.host("a")
        host.rest = "it asks for a rest"
        host.pace.rest(now + 10.2)
        with pytest.raises(HostLeft, match="it asks for a rest"):
            await asked.ask("a")
        await asyncio.sleep(0.3)
        assert asked.turns.why_left("a") is None
        waiting = asyncio.ensure_future(asked.ask("a"))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        waiting.cancel()

    asyncio.run(main())


def test_a_crawl_that_stops_sends_away_who_waits() -> None:
    """Who is under way goes on to the end, who waits is sent away, with the reason and no host to blame."""

    async def main() -> None:
        stopped: list[bool] = []
        asked = free(stopping=lambda: bool(stopped))
        first, second = (asyncio.ensure_future(asked.ask("a", seconds=1)) for _ in range(2))
        await asyncio.sleep(0.01)
        stopped.append(True)
        with pytest.raises(HostLeft) as sent_away:
            await asyncio.wait_for(second, 5)
        assert (sent_away.value.host, str(sent_away.value)) == ("", "it was stopped before this was asked")
        with pytest.raises(HostLeft):
            await asked.ask("b")
        await first
        assert asked.began == ["a"]

    asyncio.run(main())


def test_hosts_of_which_nothing_special_is_known_are_forgotten() -> None:
    """After ten thousand hosts memory is bounded, and what robots.txt of a host asked for is not forgotten."""

    async def main() -> None:
        asked = free()
        asked.turns.host("slow").pace.obey(7)
        for number in range(30_000):
            asked.turns.host(f"host {number}")
        assert len(asked.turns._hosts) <= 11_000
        assert asked.turns.host("slow").pace.delay == 7

    asyncio.run(main())
