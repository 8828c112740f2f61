"""The index: what is entered comes out, and no step of a save reads more of the collection than it must."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import index
from archive.collection import Collection
from archive.schema import connect, connect_at
from archive.writer import Writer
from tests.archive.findings import OPTIONS, article, page, response, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.model import Capture

_STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_SMALL = ("batches", "runs")
"""Tables that hold a row for each save that is not finished, or each run: reading them through costs nothing."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open an empty index."""
    opened = connect_at(tmp_path / "index.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Capture:
    """Return a capture with every field in use."""
    path = tmp_path_factory.mktemp("collection")
    *_, two = store(path, page(said=article()), page(said=article("Other words."), seconds=5))
    return two


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants bounds without a zone
def test_moments(moment: datetime) -> None:
    """A moment comes back to the microsecond, before 1970 too."""
    assert index.moment(index.micros(moment)) == moment


def test_a_capture_comes_back(connection: sqlite3.Connection, capture: Capture) -> None:
    """A capture is read as it was entered, but for its id, and found by its record."""
    entered = index.enter(connection, replace(capture, id=0), "Other words.")
    assert entered == replace(capture, id=1)
    assert list(index.select(connection, "")) == [entered]
    assert index.of_record(connection, capture.response.record_id) == entered
    assert index.of_record(connection, "<urn:uuid:another>") is None


def test_entering_again_replaces(connection: sqlite3.Connection, capture: Capture) -> None:
    """The same record entered twice is one capture, with what was said last, and its words are found once."""
    first = index.enter(connection, replace(capture, id=0, title="First"), "alpha")
    second = index.enter(connection, replace(capture, id=0, title="Second"), "beta")
    assert first.id == second.id
    assert [one.title for one in index.select(connection, "")] == ["Second"]
    found = "SELECT rowid FROM texts WHERE texts MATCH ?"
    assert connection.execute(found, ("alpha",)).fetchall() == []
    assert connection.execute(found, ("beta",)).fetchall() == [(second.id,)]


def test_the_last_answer(connection: sqlite3.Connection, capture: Capture) -> None:
    """The last answer of an address is its newest capture with a status; failures are none."""
    moments = [capture.fetched_at + timedelta(days=days) for days in (2, 3, 1)]
    for number, (moment, status) in enumerate(zip(moments, (200, None, 404), strict=True)):
        ref = replace(capture.response, record_id=f"<urn:{number}>")
        index.enter(connection, replace(capture, id=0, fetched_at=moment, status=status, response=ref), None)
    assert index.latest_answer(connection, capture.url_key) == moments[0]
    assert index.latest_answer(connection, "example,other)/") is None


def test_run_ids(connection: sqlite3.Connection) -> None:
    """Two runs of the same second have ids of their own."""
    now = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    ids = []
    for _ in range(3):
        ids.append(index.fresh_run_id(connection, now))
        connection.execute("INSERT INTO runs (id, command, started_at) VALUES (?, 'save', 0)", (ids[-1],))
    assert ids == ["20261124T010203Z", "20261124T010203Z-2", "20261124T010203Z-3"]


class Traced(sqlite3.Connection):
    """A connection that remembers what it was asked, by whomever."""

    asked: list[str] = []  # noqa: RUF012 - sqlite3 makes the connections, one list serves the one test

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Execute a statement and remember it."""
        self.asked.append(sql)
        return super().execute(sql, *values)  # type: ignore[arg-type]

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Execute a statement for many values and remember it."""
        self.asked.append(sql)
        return super().executemany(sql, *values)  # type: ignore[arg-type]


def test_no_statement_of_a_save_reads_a_table_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every statement of a whole save, from opening over mending, revisits and resuming to closing, uses an index."""
    whole = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: whole(*given, **named, factory=Traced))
    Traced.asked.clear()
    for outcome in ("interrupted", "done"):
        writer = Writer.open(tmp_path, OPTIONS, "save")
        writer.resume()
        writer.add_targets([f"https://news.example/{number}" for number in range(3)])
        writer.intake_complete()
        writer.last_captured("https://news.example/0")
        for target in writer.lease(2):
            writer.put(page(target.url, response(b"x" * 50), said=article(), target_id=target.id)).result(10)
        writer.waiting()
        writer.close(outcome)
    asked = {statement for statement in Traced.asked if _STATEMENT.match(statement)}
    assert any("captures_payload" in step for step in plan(tmp_path, index_statement(asked, "payload_digest = ?")))
    assert any(statement.startswith("UPDATE targets") for statement in asked)
    through = {statement: step for statement in asked for step in plan(tmp_path, statement) if reads_through(step)}
    assert through == {}


def index_statement(asked: set[str], words: str) -> str:
    """Return the one statement that has these words."""
    [found] = [statement for statement in asked if words in statement]
    return found


def plan(path: Path, statement: str) -> list[str]:
    """Return how SQLite would go about a statement."""
    connection = connect(Collection(path))
    try:
        values = (None,) * statement.count("?")
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    finally:
        connection.close()


def reads_through(step: str) -> bool:
    """Whether a step of a plan reads a table that grows from one end to the other."""
    scanned = re.match(r"SCAN (\w+)(.*)", step)
    if scanned is None or scanned[1] in _SMALL or scanned[1] == "CONSTANT":
        return False
    return "VIRTUAL TABLE INDEX" not in scanned[2] and "warcs_open" not in scanned[2]
