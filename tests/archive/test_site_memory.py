"""The table of traces and its counts: the same whatever the order, bounded, and the page's own never counted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import site_memory
from archive.model import Processed, Trace
from archive.reindex import reindex
from archive.site_memory import IN_COMMON, MOST_ADDRESSES, Remembered
from archive.trace import pack, unpack
from archive.writer import Writer
from tests.archive.findings import LIVE, OPTIONS, article, exchange, page, store

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture, Finding

LINES = tuple(f"{number:012x}" for number in range(1, 5))
TRACES = st.lists(
    st.builds(Trace, st.sampled_from(("", *LINES)), st.integers(0, 3), st.sampled_from(("open", "noise", "body"))),
    max_size=4,
).map(tuple)
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 9), st.sampled_from([b"x", b"y", b"z"]), TRACES.map(pack)),
    unique_by=lambda row: (row[0], row[1]),
    max_size=12,
)


@given(st.lists(st.builds(Trace, st.sampled_from(LINES), st.integers(0, 2**32 - 1), st.just("noise"))))
def test_what_is_packed_is_unpacked(traces: list[Trace]) -> None:
    """Packing loses nothing, and what a later version appends is passed over."""
    assert list(unpack(pack(traces))) == traces
    assert list(unpack(pack(traces) + b"more")) == traces


def answers(known: Remembered) -> list[object]:
    """Return everything that memory says to any page."""
    return [
        (known.blocks(key), known.places(key), known.pages(key), known.since)
        for key in ("a", "b", "c", "d", "e", "f", "")
    ]


@settings(deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(rows: list[tuple[str, int, bytes, bytes]], chance: object) -> None:
    """Whatever the order in which captures are entered, memory says the same, and as if it had been loaded at once."""
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    newest = {key: (key, at, name, traces) for key, at, name, traces in sorted(rows, key=lambda row: row[1])}
    assert answers(Remembered(rows)) == answers(Remembered(shuffled)) == answers(Remembered(newest.values()))


@settings(deadline=None)
@given(ROWS)
def test_a_page_s_own_traces_are_not_counted(rows: list[tuple[str, int, bytes, bytes]]) -> None:
    """What memory says to a page is what it would say if the page, and its copies, had never been there."""
    known = Remembered(rows)
    for key in {row[0] for row in rows}:
        names = {name for other, at, name, _ in rows if other == key and at == max(r[1] for r in rows if r[0] == key)}
        newest = {other: (other, at, name, traces) for other, at, name, traces in sorted(rows, key=lambda row: row[1])}
        alone = Remembered(row for row in newest.values() if row[2] not in names)
        assert (known.blocks(key), known.places(key), known.pages(key)) == (
            alone.blocks(""), alone.places(""), alone.pages(""),
        )  # fmt: skip


def test_two_addresses_of_one_article_count_once() -> None:
    """A line of three copies of an article is nobody else's; it takes another article to have it in common."""
    traces = pack([Trace(LINES[0], 0, "open")])
    copies = [(f"copy{number}", number, b"one", traces) for number in range(3)]
    assert Remembered(copies).blocks("") == {}
    assert Remembered([*copies, ("other", 9, b"two", traces)]).blocks("") == {LINES[0]: IN_COMMON}


def test_only_the_newest_are_remembered() -> None:
    """Of more addresses than are remembered the oldest is forgotten, and older ones teach nothing."""
    rows = [(f"{at}", at, bytes([at]), pack([Trace(LINES[at % 2], 0, "open")])) for at in range(MOST_ADDRESSES)]
    known = Remembered(rows)
    assert (known.pages(""), known.since) == (MOST_ADDRESSES, 0)
    assert known.add("new", 100, b"new", pack([Trace(LINES[2], 0, "open")]))
    assert (known.pages(""), known.since) == (MOST_ADDRESSES, 1)
    assert not known.add("old", -1, b"old", pack([Trace(LINES[3], 0, "open")]))
    assert known.blocks("") == {LINES[0]: MOST_ADDRESSES // 2 - 1, LINES[1]: MOST_ADDRESSES // 2}


def finding(number: int, *traces: Trace, seconds: int = 0) -> Finding:
    """Return a page that leaves traces."""
    found = page(f"https://news.example/story-{number}", seconds=seconds, said=article(title=f"Story {number}"))
    assert found.processed is not None
    return replace(found, processed=replace(found.processed, traces=traces))


def rows_of(path: Path) -> list[tuple[object, ...]]:
    """Return the table of traces."""
    with closing(sqlite3.connect(path / "newsclip.sqlite")) as connection:
        return connection.execute("SELECT * FROM traces ORDER BY host, url_key").fetchall()


def judge(path: Path, capture: Capture, processed: Processed) -> None:
    """Judge a capture anew, in a run of its own."""
    writer = Writer.open(path, OPTIONS, "test")
    writer.judge(capture, processed).result(10)
    writer.close("done")


def test_the_table_is_bounded_and_made_again(tmp_path: Path) -> None:
    """Of 70 addresses the newest 60 have rows; after judgements and recaptures reindex makes the same ones."""
    trace = Trace(LINES[0], 7, "open")
    captures = [store(tmp_path, finding(number, trace, seconds=number))[0] for number in range(MOST_ADDRESSES + 10)]
    assert len(rows_of(tmp_path)) == MOST_ADDRESSES
    judge(tmp_path, captures[-1], Processed(LIVE))
    judge(tmp_path, captures[0], Processed(LIVE, article(title="Story 0"), traces=(trace, Trace(LINES[1], 7, "noise"))))
    store(tmp_path, finding(5, Trace(LINES[2], 8, "open"), seconds=500))
    store(tmp_path, page("https://news.example/story-6", seconds=501))
    before = rows_of(tmp_path)
    assert len(before) == MOST_ADDRESSES
    with closing(sqlite3.connect(tmp_path / "newsclip.sqlite")) as connection:
        loaded = site_memory.remembered(connection, "news.example")
    assert loaded.pages("") == MOST_ADDRESSES - 1, "one left nothing when it was judged anew"
    told: list[str] = []
    reindex(tmp_path, told.append)
    assert rows_of(tmp_path) == before


def test_other_exchanges_leave_nothing(tmp_path: Path) -> None:
    """Hops, robots.txt and copies that an archive keeps are no pages of the site's template."""
    found = finding(1, Trace(LINES[0], 7, "open"))
    hop = exchange("https://news.example/way", b"HTTP/1.1 301 Moved\r\nLocation: /story-1\r\n\r\n")
    store(tmp_path, replace(found, exchanges=(hop, *found.exchanges), target=hop.url), replace(found, role="probe"))
    assert [row[1] for row in rows_of(tmp_path)] == ["example,news)/story-1"]
