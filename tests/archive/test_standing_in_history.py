"""What `history` says of an address after all its captures, on collections that the real writer wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.model import Finding, Liveness
from tests.shelf import Told, build, exchange, html, page, processed, run

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://news.example/story"
FRONT = "https://news.example/"
LIVE = Told(text="The wall stands.")
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\ngone"


def gone(day: int, status: bytes = b"404 Not Found") -> Finding:
    """Return a capture that finds nothing at the address."""
    response = NOT_FOUND.replace(b"404 Not Found", status)
    return page(URL, Told(Liveness.GONE, title="Gone"), day, response=response)


def moved(day: int) -> Finding:
    """Return a capture in which the address leads to the front page."""
    way = exchange(URL, day, b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
    front = Told(Liveness.MOVED, title="The News")
    return Finding("page", URL, (way, exchange(FRONT, day, html(front), minute=1)), processed(front))


def told(path: Path, url: str = URL) -> list[dict[str, Any]]:
    """Return the objects of `--json`."""
    return [json.loads(line) for line in run(path, "--json", "history", url).out.splitlines()]


def known(path: Path, url: str = URL) -> list[tuple[str | None, str | None]]:
    """Return standing and since after each capture, as `--json` has them, the days alone."""
    return [(row["standing"], row["standing_since"] and row["standing_since"][:10]) for row in told(path, url)]


def closing(path: Path, url: str = URL) -> str:
    """Return the last line for people."""
    return run(path, "history", url).out.splitlines()[-1]


def test_an_address_is_dead_when_three_captures_agree(tmp_path: Path) -> None:
    """Each object has what was known after its capture; the closing line has what is known now."""
    build(tmp_path, [page(URL, LIVE, 1), gone(4), gone(5), moved(7)])
    assert closing(tmp_path) == (
        "in doubt since 2026-11-04 08:30; 2 of 3 counts say that it is dead; the next counts from 2026-11-10 08:31; "
        "last seen alive 2026-11-01 08:30"
    )
    build(tmp_path, [gone(10)])
    assert known(tmp_path)[:3] == [("alive", "2026-11-01"), ("in doubt", "2026-11-04"), ("in doubt", "2026-11-04")]
    assert known(tmp_path)[3:] == [("in doubt", "2026-11-04"), ("in doubt", "2026-11-04")]
    build(tmp_path, [gone(11)])
    assert known(tmp_path)[-1] == ("dead", "2026-11-04")
    assert closing(tmp_path) == "dead since 2026-11-04 08:30; last seen alive 2026-11-01 08:30"
    build(tmp_path, [page(URL, LIVE, 30)])
    assert closing(tmp_path) == "alive since 2026-11-30 08:30; last seen so 2026-11-30 08:30"


def test_a_410_counts_twice(tmp_path: Path) -> None:
    """A status of 410 and one more dead capture three days later are enough."""
    build(tmp_path, [gone(1, b"410 Gone"), gone(4)])
    assert known(tmp_path) == [("in doubt", "2026-11-01"), ("dead", "2026-11-01")]
    assert closing(tmp_path) == "dead since 2026-11-01 08:30; never seen alive"


def test_what_leads_to_a_page_says_nothing_against_it(tmp_path: Path) -> None:
    """A front page to which dead articles are redirected is not dead, and what was never judged has no standing."""
    build(tmp_path, [moved(1), moved(4), page(FRONT, LIVE, 5), moved(8), moved(11)])
    assert known(tmp_path, FRONT)[-1] == ("alive", "2026-11-05")
    assert known(tmp_path, FRONT)[0] == (None, None)
    assert known(tmp_path)[-1] == ("dead", "2026-11-01")


def test_what_leads_to_a_live_page_shows_it_alive(tmp_path: Path) -> None:
    """An article that answers by way of a short address is seen alive, at both addresses."""
    short = "https://news.example/s/1"
    way = exchange(short, 9, b"HTTP/1.1 301 Moved\r\nLocation: /story\r\nContent-Length: 0\r\n\r\n")
    build(tmp_path, [gone(1), Finding("page", short, (way, exchange(URL, 9, html(LIVE), minute=1)), processed(LIVE))])
    assert known(tmp_path) == [("in doubt", "2026-11-01"), ("alive", "2026-11-09")]
    assert known(tmp_path, short) == [("alive", "2026-11-09")]


def test_verdicts_that_tell_nothing_leave_an_address_in_doubt(tmp_path: Path) -> None:
    """A site that does not let us in puts an address in doubt, however often, and no further capture is waited for."""
    blocked = Told(Liveness.BLOCKED, title="Just a moment")
    build(tmp_path, [page(URL, LIVE, 1), *(page(URL, blocked, day) for day in (4, 8, 12))])
    assert closing(tmp_path) == "in doubt since 2026-11-04 08:30; last seen alive 2026-11-01 08:30"
    assert [row["confirm_from"] for row in told(tmp_path)] == [None] * 4
