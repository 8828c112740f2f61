"""A copy that an archive keeps, in the index and in what is read from it: beside its dead page, never in its stead."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from archive.model import Finding, Liveness, Memento, Processed, Verdict
from archive.reindex import reindex
from archive.selection import LISTED
from tests.archive.findings import LIVE, WHEN, article, exchange, response, store
from tests.shelf import run

if TYPE_CHECKING:
    from pathlib import Path

DEAD = "https://news.example/story"
COPY = "https://archive.example/web/20150503000000id_/http://www.news.example/story"
MEMENTO = Memento("http://www.news.example/story", datetime(2015, 5, 3, tzinfo=UTC))
GONE = Processed(Verdict(Liveness.GONE, "It is gone.", 1.0))


def dead(seconds: int = 0) -> Finding:
    """Return the finding of the dead page."""
    return Finding("page", DEAD, (exchange(DEAD, response(b"gone", b"404 Not Found"), seconds),), GONE)


def rescued(seconds: int = 5) -> Finding:
    """Return the finding of its copy."""
    return Finding("memento", DEAD, (exchange(COPY, None, seconds),), Processed(LIVE, article()), memento=MEMENTO)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a collection with the dead page, its copy, a copy that was passed over, and the page dead again."""
    path = tmp_path / "collection"
    passed = replace(rescued(3), role="hop", processed=GONE)
    other = Finding("page", "https://other.example/", (exchange("https://other.example/"),), Processed(LIVE, article()))
    store(path, dead(), passed, rescued(), dead(60), other)
    return path


def objects(path: Path, *arguments: str) -> list[dict[str, object]]:
    """Return the JSON lines of a command."""
    return [json.loads(line) for line in run(path, "--json", *arguments).out.splitlines()]


def test_a_copy_comes_back(tmp_path: Path) -> None:
    """What was written is read: the capture says of what and of when the copy is, in the index as in the answer."""
    (capture,) = store(tmp_path, rescued())[-1:]
    assert (capture.role, capture.memento, capture.target, capture.url) == ("memento", MEMENTO, DEAD, COPY)
    assert (capture.about_url, capture.as_of) == (MEMENTO.original, MEMENTO.taken_at)
    assert capture.fetched_at == WHEN + timedelta(seconds=5)
    (row,) = objects(tmp_path, "list")
    assert (row["url"], row["final_url"]) == (DEAD, COPY)
    assert (row["memento_of"], row["memento_datetime"]) == (MEMENTO.original, "2015-05-03T00:00:00.000000Z")
    assert str(row["article"]).startswith("articles/www.news.example/2015/05/")


@pytest.mark.parametrize(
    ("arguments", "urls"),
    [
        ((), {DEAD, "https://other.example/"}),
        (("--site", "news.example"), {DEAD}),
        (("--site", "archive.example"), set()),
        (("--verdict", "live"), {"https://other.example/"}),
        (("--verdict", "gone"), {DEAD}),
    ],
)
def test_filters(arguments: tuple[str, ...], urls: set[str], path: Path) -> None:
    """A copy is listed with the site of its page, and never by its verdict, which is not that of the address."""
    rows = objects(path, "list", *arguments)
    assert {row["url"] for row in rows} == urls
    assert sum(row["memento_of"] is not None for row in rows) == (DEAD in urls and "--verdict" not in arguments)


def test_it_stands_in_the_history_of_its_page(path: Path) -> None:
    """The page's own captures are compared with each other, across the copy; what was passed over is not shown."""
    first, copy, again = objects(path, "history", "http://WWW.news.example/story")
    assert (first["changed"], copy["changed"]) == (["first"], ["copy of 2015-05-03 kept by archive.example"])
    assert again["changed"] == ["unchanged"]


@pytest.mark.parametrize(
    ("at", "verdict"), [((), "gone"), (("--at", "2015"), "live"), (("--at", "2026-11-24"), "gone")]
)
def test_show_takes_it_for_its_own_date(at: tuple[str, ...], verdict: str, path: Path) -> None:
    """The newest capture is the page as it is now; by the date of the copy the copy is shown."""
    (shown,) = objects(path, "show", DEAD, *at)
    assert shown["verdict"] == verdict


def test_people_are_told_what_it_is(path: Path) -> None:
    """The head of `show`, the line of `list`, and a hit of `search` name origin and date."""
    origin = "copy of 2015-05-03 kept by archive.example"
    assert f"{origin}, of {MEMENTO.original}" in run(path, "show", DEAD, "--at", "2015").out
    assert f"{DEAD}  {origin}" in run(path, "search", "harbour wall", "--site", "news.example").out
    assert "[2015-05-03] Harbour" in run(path, "list", "--site", "news.example").out
    front = next(path.glob("articles/www.news.example/**/*.md")).read_text(encoding="utf-8")
    assert f'url: "{MEMENTO.original}"\ncaptured: "2015-05-03T00:00:00Z"\ncopy: "{COPY}"\n' in front


def test_it_counts_for_nothing_but_itself(path: Path) -> None:
    """In the status the page is gone twice, and one copy was rescued."""
    (state,) = objects(path, "status")
    assert (state["verdicts"], state["rescued"]) == ({"gone": 2, "live": 1}, 1)


def test_reindexing_brings_it_back(path: Path) -> None:
    """The rows of a rebuilt index are those of the one before, with address and date of every copy."""

    def rows() -> list[tuple[object, ...]]:
        connection = sqlite3.connect(path / "newsclip.sqlite")
        try:
            return connection.execute("SELECT * FROM captures ORDER BY record_id").fetchall()
        finally:
            connection.close()

    before = rows()
    reindex(path, lambda _: None)
    assert rows() == before
    assert run(path, "verify").out == ""


def test_verify_holds_index_against_records(path: Path) -> None:
    """A copy whose date in the index is not that of its record is found."""
    connection = sqlite3.connect(path / "newsclip.sqlite")
    connection.execute("UPDATE captures SET memento_at = memento_at + 1 WHERE role = 'memento'")
    connection.commit()
    connection.close()
    assert "memento" in run(path, "verify").out


def test_pages_and_copies_are_found_by_the_same_indexes(path: Path) -> None:
    """Listing by time and by host, and finding the copies of a page, read no table through."""
    connection = sqlite3.connect(path / "newsclip.sqlite")
    for statement, used in (
        (f"SELECT id FROM captures WHERE {LISTED} ORDER BY fetched_at DESC", "captures_time"),
        (f"SELECT id FROM captures WHERE {LISTED} AND captures.host = 'x' ORDER BY fetched_at", "captures_host"),
        ("SELECT id FROM captures WHERE memento_key = 'x' AND role = 'memento'", "captures_memento"),
    ):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert len(plan) == 1
        assert used in plan[0]
    connection.close()
