"""Which finds of a crawl are due to be looked at again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archive import finds, looks
from archive.finds import Found
from archive.model import Liveness
from archive.schema import connect_at
from tests.archive.findings import article, page, response, store

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture

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
        finds.settle(connection, 1, 0, come=True)
        finds.came(connection, 1, 0, liveness, None)
        looks.prepare(connection, "gazette", timedelta(days=first_age))
        assert looks.due(connection, "gazette", expected * DAY_US - 1) == 0
        assert looks.due(connection, "gazette", expected * DAY_US) == 1


@pytest.fixture
def captured(tmp_path: Path) -> dict[str, Capture]:
    """Return captures of one article by a letter each, oldest first; a second text, a block, a death, and silence."""
    first, second = article(), article("The wall was raised.")
    found = [
        page(said=first),
        page(answer=response(b"<p>Raised</p>"), said=second),
        page(answer=response(b"<h1>Wait</h1>", b"403 Forbidden")),
        page(answer=response(b"<h1>Gone</h1>", b"410 Gone")),
        page(answer=b""),
        page(answer=response(b"<p>Story, and other headlines</p>"), said=first),
    ]
    verdicts = (Liveness.LIVE, Liveness.LIVE, Liveness.BLOCKED, Liveness.GONE, Liveness.UNREACHABLE, Liveness.PAYWALL)
    captures = zip(store(tmp_path, *found), verdicts, strict=True)
    return dict(zip("abXDSp", (replace(one, liveness=verdict) for one, verdict in captures), strict=True))


@pytest.mark.parametrize(
    ("earlier", "after", "expected"),
    [
        ("a", "a", "unchanged"),
        ("a", "p", "unchanged"),
        ("a", "b", "edited"),
        ("ab", "a", "edited"),
        ("aX", "a", "unchanged"),
        ("aXS", "p", "unchanged"),
        ("aX", "b", "edited"),
        ("aXD", "b", "came back"),
        ("aDX", "a", "came back"),
        ("aDXS", "D", "still dead"),
        ("aX", "D", "died"),
        ("X", "a", "came back"),
        ("", "a", "came back"),
        ("a", "X", "in doubt"),
        ("a", "S", "no answer"),
    ],
)
def test_what_became_of_an_article(captured: dict[str, Capture], earlier: str, after: str, expected: str) -> None:
    """What a look found is said beside what was last known of an article; blocks and silence in between say nothing."""
    assert looks.outcome([captured[one] for one in earlier], captured[after]) == expected
