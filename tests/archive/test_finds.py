"""What a crawl has still to fetch: the newest first, with what the listing that named it said of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from archive import finds
from archive.finds import MOST_TRIES, Found, Waiting
from archive.model import Liveness
from archive.schema import connect_at

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

NOW = 1_000


@pytest.fixture
def index(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield an empty index."""
    with closing(connect_at(tmp_path / "index.sqlite")) as connection:
        yield connection


def found(name: str, dated_at: int | None = None, title: str | None = None, published: str | None = None) -> Found:
    """Return an article that a feed names."""
    url = f"https://news.example/{name}"
    return Found(url, f"example,news)/{name}", "https://news.example/feed", title, published, dated_at)


def leased(index: sqlite3.Connection, count: int = 9) -> list[str]:
    """Lease articles and return their names."""
    return [find.url.rpartition("/")[2] for find in finds.lease(index, "gazette", count, NOW)]


@pytest.mark.parametrize(
    ("undated", "order"),
    [
        (None, ["tomorrow", "undated", "late", "early"]),
        (0, ["tomorrow", "late", "early", "undated"]),
        (20, ["tomorrow", "late", "undated", "early"]),
    ],
)
def test_the_newest_are_fetched_first(index: sqlite3.Connection, undated: int | None, order: list[str]) -> None:
    """What is leased is the newest; what has no date is as old as said, or new, and nothing is newer than now."""
    articles = [found("early", 10), found("tomorrow", 9_999), found("undated"), found("late", 30)]
    assert finds.add(index, "gazette", articles, NOW, undated) == 4
    assert [find.url.rpartition("/")[2] for find in finds.left(index, "gazette", 9).next] == order
    assert leased(index, 3) + leased(index, 3) == order
    finds.add(index, "gazette", [found("newer")], NOW + 1)
    finds.give_back(index)
    assert leased(index, 2) == ["newer", "tomorrow"]


def test_what_is_said_later_of_what_waits(index: sqlite3.Connection) -> None:
    """A title and a date that a second listing has are taken, as long as the article waits; what is known stays."""
    finds.add(index, "gazette", [found("a"), found("b", 10, "Tide", "2026-11-01"), found("c", 500)], NOW, 0)
    again = [
        found("a", 700, "Ferry", "2026-11-03"),
        found("b", 900, "Other", "2026-11-09"),
        found("c", 800),
        found("d"),
    ]
    assert finds.add(index, "gazette", again, NOW) == 1
    assert {find.url.rpartition("/")[2]: find for find in finds.left(index, "gazette", 9).next} == {
        "d": Waiting("https://news.example/d", None, None),
        "a": Waiting("https://news.example/a", "Ferry", "2026-11-03"),
        "c": Waiting("https://news.example/c", None, None),
        "b": Waiting("https://news.example/b", "Tide", "2026-11-01"),
    }
    assert leased(index) == ["d", "a", "c", "b"]


@pytest.mark.parametrize(
    ("liveness", "status", "expected"),
    [
        (Liveness.LIVE, 200, True),
        (Liveness.LIVE, 500, True),
        (Liveness.PAYWALL, 403, True),
        (Liveness.LOGIN, 403, True),
        (Liveness.GONE, 404, True),
        (Liveness.SOFT_404, 503, True),
        (Liveness.CONSENT, 200, True),
        (Liveness.BLOCKED, 200, False),
        (Liveness.BLOCKED, 403, False),
        (Liveness.BLOCKED, 429, False),
        (Liveness.ERROR, 500, False),
        (Liveness.PLACEHOLDER, 503, False),
        (Liveness.EMPTY, 403, False),
        (Liveness.UNREACHABLE, None, False),
        (Liveness.GONE, None, False),
        (None, 200, True),
        (None, 503, False),
    ],
)
def test_what_is_tried_again(liveness: Liveness | None, status: int | None, *, expected: bool) -> None:
    """Blocks, errors and silence are tried again; an article, its death, and a wall for subscribers are answers."""
    assert finds.has_come(liveness, status) is expected


def test_tries_are_further_and_further_apart(index: sqlite3.Connection) -> None:
    """Waits double from ten minutes on, and end with the last try, which is said."""
    finds.add(index, "gazette", [found("a")], 0)
    now, waits = 0, []
    for _ in range(MOST_TRIES):
        assert len(finds.lease(index, "gazette", 1, now)) == 1
        finds.settle(index, 1, now, come=False)
        finds.came(index, 1, now, Liveness.BLOCKED, None)
        before = now
        now = index.execute("SELECT not_before FROM finds").fetchone()[0]
        assert finds.lease(index, "gazette", 1, now - 1) == []
        waits.append((now - before) // 60_000_000)
    assert waits[:-1] == [10, 20, 40, 80, 160, 320, 640]
    assert finds.lease(index, "gazette", 1, 1 << 60) == []
    assert finds.waiting(index, "gazette") == 0
    assert finds.given_up(index, "gazette", before) == ["https://news.example/a"]
    assert finds.given_up(index, "gazette", before + 1) == []
