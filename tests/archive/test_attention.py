"""Concerns: what of a source is worse than its own past, and what only looks so."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from archive import concerns, finds, listings
from archive.attention import Concern, Kind, Past, Rhythm, Seen, chance, of_pages, of_silence
from archive.index import micros
from archive.model import Liveness, Processed, Signal, Verdict
from archive.reindex import reindex
from archive.schema import connect_at
from archive.writer import Writer
from tests.archive.findings import OPTIONS, page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

BEGAN = datetime(2026, 11, 24, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
GOOD = (Liveness.LIVE, 400)
BLOCKED = (Liveness.BLOCKED, None)
WALL = (Liveness.PAYWALL, 60)
BRIEF = (Liveness.LIVE, 80)
NO_TEXT = (Liveness.LIVE, None)
Page = tuple[Liveness, int | None]


def seen(before: Sequence[Page], now: Sequence[Page]) -> list[Seen]:
    """Return pages of earlier runs, half an hour apart, and those of the run that began at BEGAN."""
    past = [Seen(BEGAN - HALF_HOUR * (len(before) - number), *page) for number, page in enumerate(before)]
    return past + [Seen(BEGAN + timedelta(seconds=number), *page) for number, page in enumerate(now)]


def found(pages: Sequence[Seen], standing: Mapping[Kind, Concern] | None = None) -> list[Concern]:
    """Return what pages tell that are the same for each kind."""
    return list(of_pages("gazette", dict.fromkeys(Kind, pages), BEGAN, standing or {}))


@pytest.mark.parametrize(
    ("before", "now", "kinds"),
    [
        ([GOOD] * 50, [GOOD] * 10, []),
        ([GOOD] * 50, [BLOCKED] * 10, [Kind.UNREADABLE]),
        ([GOOD] * 200, [GOOD] * 90 + [BLOCKED] * 10, [Kind.UNREADABLE]),
        ([GOOD] * 200, [BLOCKED] * 2, []),
        ([GOOD] * 200 + [BLOCKED] * 2, [BLOCKED], [Kind.UNREADABLE]),
        ([GOOD] * 200 + [BLOCKED] * 2, [GOOD], []),
        ([GOOD, BLOCKED] * 50, [BLOCKED] * 6 + [GOOD] * 4, []),
        ([GOOD, BLOCKED] * 50, [BLOCKED] * 20, [Kind.UNREADABLE]),
        ([], [BLOCKED] * 6, []),
        ([], [BLOCKED] * 7, [Kind.UNREADABLE]),
        ([], [GOOD, BLOCKED] * 20, []),
        ([GOOD] * 50, [], []),
        ([GOOD] * 200, [(Liveness.GONE, None), (Liveness.SOFT_404, None), (Liveness.ERROR, None)], [Kind.UNREADABLE]),
        ([GOOD] * 50, [WALL] * 5, [Kind.PAYWALL]),
        ([WALL] * 50, [WALL] * 20, []),
        ([], [WALL] * 20, []),
        ([GOOD] * 50, [BRIEF] * 5, [Kind.SHORT]),
        ([GOOD] * 50, [NO_TEXT] * 5, [Kind.SHORT]),
        ([GOOD] * 19, [BRIEF] * 5, []),
        ([GOOD, GOOD, BRIEF] * 20, [BRIEF] * 5, []),
        ([GOOD, GOOD, GOOD, GOOD, BRIEF] * 20, [BRIEF] * 4 + [GOOD], []),
        ([BRIEF] * 50, [GOOD] * 20, []),
        ([GOOD] * 50, [(Liveness.LIVE, 210)] * 20, []),
    ],
)
def test_what_is_worse_than_before(before: list[Page], now: list[Page], kinds: list[Kind]) -> None:
    """A concern begins where many more pages are of its kind than the source's past lets expect, and only there."""
    assert [concern.kind for concern in found(seen(before, now))] == kinds


def test_a_rare_source_adds_up() -> None:
    """A source of one article a run is found to be blocked by its fourth, and the concern says since when."""
    pages = seen([GOOD] * 100 + [BLOCKED] * 3, [BLOCKED])
    (concern,) = found(pages)
    assert concern.since == pages[100].at
    assert concern.why == "4 of 5 articles could not be read (4 blocked); of the 99 before, 0 were"


def test_the_sentence_names_the_numbers() -> None:
    """What collapsed is said with the lengths of now and before."""
    (concern,) = found(seen([GOOD] * 50, [BRIEF] * 4 + [NO_TEXT]))
    assert concern.why == (
        "5 of 5 live articles have fewer than 200 words, 1 without any text; their median is 80, and was 400; "
        "of the 50 before, 0 were"
    )


def test_a_concern_does_not_become_its_own_past() -> None:
    """What stands is compared with the past that it began with, however many pages came since, and keeps its since."""
    (begun,) = found(seen([GOOD] * 50, [BLOCKED] * 5))
    (later,) = found(seen([BLOCKED] * 500, [BLOCKED] * 3), {begun.kind: begun})
    assert (later.since, later.past) == (begun.since, begun.past)
    assert found(seen([BLOCKED] * 500, [GOOD] * 10), {begun.kind: begun}) == []
    assert found(seen([BLOCKED] * 500, []), {begun.kind: begun}) == [begun]


def test_what_lasts_for_a_month_is_accepted() -> None:
    """After thirty days a concern of pages ends, and what it was about is the source's past."""
    old = Concern("gazette", Kind.SHORT, "", BEGAN - timedelta(days=31), Past(0, 200, 200, 400))
    assert found(seen([BRIEF] * 200, [BRIEF] * 5), {old.kind: old}) == []
    assert found(seen([BRIEF] * 200, [BRIEF] * 5)) == []


def test_chance_is_a_distribution() -> None:
    """The chance of none or more is one, and each hit more is less likely, as the beta-binomial distribution says."""
    past = Past(3, 200)
    chances = [chance(hits, 10, past) for hits in range(11)]
    assert chances[0] == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
    assert chance(1, 1, Past(0, 0)) == pytest.approx(1 / 10)
    assert chance(2, 2, Past(0, 0)) == pytest.approx(1 * 2 / (10 * 11))


@pytest.mark.parametrize(
    ("known_for", "gaps", "longest", "silence", "told"),
    [
        (timedelta(days=60), 100, timedelta(hours=9), timedelta(hours=23), False),
        (timedelta(days=60), 100, timedelta(hours=9), timedelta(hours=25), True),
        (timedelta(days=60), 100, timedelta(hours=60), timedelta(days=4), False),
        (timedelta(days=80), 11, timedelta(days=7), timedelta(days=13), False),
        (timedelta(days=80), 11, timedelta(days=7), timedelta(days=15), True),
        (timedelta(days=4), 100, timedelta(hours=9), timedelta(days=2), False),
        (timedelta(days=4), 100, timedelta(hours=9), timedelta(days=3), True),
        (timedelta(days=60), 7, timedelta(days=1), timedelta(days=30), False),
    ],
)
def test_silence(known_for: timedelta, gaps: int, longest: timedelta, silence: timedelta, *, told: bool) -> None:
    """Nights, weekends and papers that appear once a week are silent as ever; twice the longest rest is too long."""
    last = BEGAN - silence
    concern = of_silence("gazette", Rhythm(last - known_for, last, gaps, longest), BEGAN)
    assert (concern is not None) == told
    assert concern is None or (concern.kind, concern.since) == (Kind.SILENT, last)


@pytest.fixture
def index(tmp_path: Path) -> Iterable[sqlite3.Connection]:
    """Return an empty index."""
    connection = connect_at(tmp_path / "index.sqlite")
    yield connection
    connection.close()


def store(index: sqlite3.Connection, pages: Iterable[Seen], source: str = "gazette") -> None:
    """Put articles into the frontier as if they had been found and fetched."""
    first = index.execute("SELECT count(*) FROM finds").fetchone()[0]
    for number, one in enumerate(pages, first):
        url = f"https://news.example/{number}"
        finds.add(index, source, [finds.Found(url, f"example,news)/{number}", "")], micros(one.at))
        finds.settle(index, number + 1, micros(one.at), come=True)
        finds.came(index, number + 1, micros(one.at), one.liveness, one.words)


def look(index: sqlite3.Connection, at: datetime) -> concerns.Noted:
    """Look a source over after a run that began at a time, and note what was found."""
    known = {one.kind: one for one in concerns.standing(index, "gazette")}
    told = [*of_pages("gazette", concerns.pages(index, "gazette", at), at, known)]
    silence = of_silence("gazette", concerns.rhythm(index, "gazette"), at)
    return concerns.note(index, "gazette", [*told, silence] if silence else told, at)


def test_from_begin_to_end(index: sqlite3.Connection) -> None:
    """A site that blocks begins once, goes on with its since, ends once, and what it did is no part of its past."""
    at = BEGAN
    told: list[str] = []
    for pages in ([GOOD] * 40, [BLOCKED] * 5, [BLOCKED] * 300, [], [GOOD] * 5, [GOOD] * 5, [BLOCKED] * 5):
        store(index, (Seen(at + timedelta(seconds=number), *page) for number, page in enumerate(pages)))
        noted = look(index, at)
        told.append(f"{len(noted.begun)}{len(noted.standing)}{len(noted.over)}")
        at += HALF_HOUR
    assert told == ["000", "110", "010", "010", "001", "000", "110"]
    (again,) = concerns.standing(index)
    assert again.past is not None
    assert (again.past.hits, again.past.pages) == (0, 50)
    (over,) = concerns.ended(index, BEGAN)
    assert (over.since, over.over) == (BEGAN + HALF_HOUR, BEGAN + 4 * HALF_HOUR)


def test_a_silence_that_was_a_concern_is_no_rest(index: sqlite3.Connection) -> None:
    """After a silence that was told of, the source's longest rest is what it was."""
    days = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31]
    store(index, (Seen(BEGAN + timedelta(days=day), *GOOD) for day in days[:10]))
    assert [one.kind for one in look(index, BEGAN + timedelta(days=12)).begun] == [Kind.SILENT]
    store(index, (Seen(BEGAN + timedelta(days=day), *GOOD) for day in days[10:]))
    assert [one.kind for one in look(index, BEGAN + timedelta(days=31)).over] == [Kind.SILENT]
    rhythm = concerns.rhythm(index, "gazette")
    assert rhythm is not None
    assert rhythm.longest == timedelta(days=1)


def test_a_source_that_is_not_configured(index: sqlite3.Connection) -> None:
    """Concerns of sources that left the configuration are over; those of the others stand."""
    for name in ("gazette", "herald"):
        concerns.note(index, name, [Concern(name, Kind.LISTING_FAILED, "HTTP status 500", BEGAN)], BEGAN)
    concerns.forget_all_but(index, ["herald"], BEGAN)
    assert [one.source for one in concerns.standing(index)] == ["herald"]


def test_nothing_is_scanned(index: sqlite3.Connection) -> None:
    """What is asked of the frontier is answered by an index, lest each crawl read a table of years."""
    statements: list[str] = []
    index.set_trace_callback(statements.append)
    store(index, seen([GOOD], []))
    statements.clear()
    look(index, BEGAN)
    index.set_trace_callback(None)
    plans = Counter(
        row[3].split(" ")[0]
        for statement in statements
        if statement.startswith("SELECT") and "finds" in statement
        for row in index.execute(f"EXPLAIN QUERY PLAN {statement}")
        if " finds" in row[3]
    )
    assert set(plans) == {"SEARCH"}


def test_reindexing_keeps_the_past(tmp_path: Path) -> None:
    """A reindex keeps what needs attention and what came of each article, which no WARC file tells."""
    path = tmp_path / "collection"
    writer = Writer.open(path, OPTIONS, "crawl")
    found = finds.Found("https://news.example/a", "example,news)/a", "https://news.example/rss")
    writer.change(finds.add, "gazette", [found], micros(BEGAN))
    (find,) = writer.change(finds.lease, "gazette", 1, micros(BEGAN))
    writer.put(replace(page(find.url), find_id=find.id)).result(10)
    failed = Concern("gazette", Kind.LISTING_FAILED, "HTTP status 500", BEGAN)
    short = Concern("gazette", Kind.SHORT, "stubs", BEGAN, Past(1, 200, 150.5, 400))
    writer.change(concerns.note, "gazette", [failed, short], BEGAN)
    before = writer.ask(concerns.standing), writer.ask(concerns.pages, "gazette", BEGAN)
    writer.close("done")
    reindex(path, lambda _: None)
    with closing(connect_at(path / "newsclip.sqlite")) as connection:
        assert (concerns.standing(connection), concerns.pages(connection, "gazette", BEGAN)) == before
    assert before[0] == [failed, short]
    assert [one.liveness for one in before[1][Kind.SHORT]] == [Liveness.LIVE]


def test_what_an_article_turns_out_to_be(tmp_path: Path) -> None:
    """An article that is judged anew counts in its source's past, and in its run, as what it is known to be by then."""
    writer = Writer.open(tmp_path, OPTIONS, "crawl")
    found = finds.Found("https://news.example/a", "example,news)/a", "https://news.example/rss")
    writer.change(finds.add, "gazette", [found], micros(BEGAN))
    (find,) = writer.change(finds.lease, "gazette", 1, micros(BEGAN))
    brought = replace(page(find.url), find_id=find.id)
    capture = writer.put(brought).result(10)
    sign = Signal("site.repeated", Liveness.SOFT_404, 5.0, "the same text at three addresses")
    writer.judge(capture, Processed(Verdict(Liveness.SOFT_404, "It is an error page.", 0.9, (sign,)))).result(10)
    (known,) = writer.ask(concerns.pages, "gazette", BEGAN)[Kind.UNREADABLE]
    assert (known.at, known.liveness, known.words) == (capture.fetched_at, Liveness.SOFT_404, None)
    tally = writer.tally
    writer.close("done")
    assert (tally.verdicts, tally.reasons) == ({"soft-404": 1}, {"site.repeated": 1})
    assert tally.bytes == len(brought.exchanges[-1].response)


def test_an_empty_listing(index: sqlite3.Connection) -> None:
    """A listing that becomes empty is told of at once; one that was empty before, after twice that time."""
    listings.name_roots(index, "gazette", [("sitemap", "https://news.example/map", "map")])
    told = []
    for hour, entries in enumerate([0, 5, 0, 0, 5, 0, 0, 0, 0, 0, 5]):
        listings.make_roots_due(index, "gazette")
        (listing,) = listings.due(index, "gazette", 1)
        told.append(listing.ran_dry(hour, entries))
        listings.changed(index, listing, hour, entries, (None, None))
    assert told == [False, False, True, True, False, False, False, False, False, True, False]
