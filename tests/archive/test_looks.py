"""Which finds of a crawl are due to be looked at again."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archive import finds, looks
from archive.finds import Found
from archive.schema import connect_at

if TYPE_CHECKING:
    from pathlib import Path

DAY_US = 86_400_000_000


@pytest.mark.parametrize(
    ("liveness", "first_age", "expected"),
    [("live", 30, 30), ("gone", 30, 3), ("soft-404", 30, 3), ("gone", 1, 1), ("blocked", 30, 30)],
)
def test_an_article_that_came_dead_is_looked_at_soon(
    tmp_path: Path, liveness: str, first_age: int, expected: int
) -> None:
    """What was dead when it was first fetched is due after three days, or at its first age if that is sooner."""
    with closing(connect_at(tmp_path / "index.sqlite")) as connection:
        found = Found("https://news.example/a", "example,news)/a", "https://news.example/feed")
        finds.add(connection, "gazette", [found], 0)
        finds.settle(connection, 1, 0, answered=True)
        finds.came(connection, 1, 0, liveness, None)
        looks.prepare(connection, "gazette", timedelta(days=first_age))
        assert looks.due(connection, "gazette", expected * DAY_US - 1) == 0
        assert looks.due(connection, "gazette", expected * DAY_US) == 1
