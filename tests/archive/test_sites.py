"""What is remembered of sites: whichever probe was the last, and how many articles say the same."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from archive import index, sites
from archive.address import host_of, url_key
from archive.collection import OPEN, Collection
from archive.model import Finding, Liveness, MissingPage, Processed, Verdict
from archive.reindex import reindex
from archive.schema import connect, connect_at, connect_to_read
from archive.verify import Checked, verify
from archive.writer import Writer
from tests.archive.findings import LIVE, OPTIONS, WHEN, article, exchange, page, response, store
from tests.archive.test_reindex import files, quietly, tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from archive.model import Article, Capture

DEAD = Verdict(Liveness.SOFT_404, "Others say the same.", 0.99)
TEXT = "0123456789ab"
STORY = "https://news.example/story"
MISSING = MissingPage("https://news.example/abcdef", "https://news.example/404", WHEN, "page", "Gone", "Gone", ("a1",))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open an empty index."""
    opened = connect_at(tmp_path / "index.sqlite")
    yield opened
    opened.close()


def said(url: str = STORY, of: Article | None = None, *, seconds: int = 0) -> Finding:
    """Return the finding of a page with a main text."""
    return Finding("page", url, (exchange(url, seconds=seconds),), Processed(LIVE, of or article(), main_text=TEXT))


def faults(path: Path) -> list[str]:
    """Return what `verify` finds."""
    collection = Collection(path)
    connection = connect_to_read(collection)
    try:
        return [str(fault) for fault in verify(collection, connection, Checked(), lambda _: None)]
    finally:
        connection.close()


def test_the_newest_probe_counts(connection: sqlite3.Connection) -> None:
    """In whatever order three probes are told of, the last one made is what is known, and other sites know nothing."""
    pages = [replace(MISSING, asked_at=WHEN + timedelta(days=days), title=str(days)) for days in range(3)]
    for order in permutations(pages):
        connection.execute("DELETE FROM sites")
        for one in order:
            sites.remember(connection, one)
        assert sites.missing_page(connection, "https://news.example") == pages[-1]
    assert sites.missing_page(connection, "http://news.example") is None


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://News.example/a/b?c", "https://news.example"),
        ("http://user@news.example:8080", "http://news.example:8080"),
        ("http://[2001:db8::1]:81/x", "http://[2001:db8::1]:81"),
        ("nothing", "nothing"),
        ("http://[broken/", "http://[broken/"),
    ],
)
def test_origins(url: str, origin: str) -> None:
    """Scheme, host and port are a site; what has none stands for itself."""
    assert sites.origin_of(url) == origin


def others(connection: sqlite3.Connection, *paths: str) -> int:
    """Return at how many other addresses than the first a text stands, if it stands at all of these."""
    url = "https://news.example/"
    row = "INSERT INTO captures (role, url_key, url, target, host, fetched_at, warc, offset, length, record_id, run, "
    row += "main_text) VALUES ('page', ?, '', '', ?, 0, '', 0, 0, ?, '', ?)"
    connection.execute("DELETE FROM captures")
    for number, path in enumerate(paths):
        key = url_key(f"{url}{path}")
        connection.executemany(row, [(key, host_of(url), f"{number}-{again}", TEXT) for again in range(3)])
    return sites.others(connection, host_of(url), TEXT, url_key(f"{url}{paths[0]}"))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (("ferry",), 0),
        (("ferry", "ferry", "ferry?page=2", "ferry#top", "FERRY/"), 0),
        (("ferry", "news/ferry", "news/ferry/amp", "print/ferry", "ferry.html", "ferry.amp.html", "ferry-print"), 0),
        (("ferry", "council"), 1),
        (("ferry", "council", "news/council", "lighthouse"), 2),
        (("2024/05/1", "2024/05/2", "2024/05/3"), 2),
        (("print", "amp"), 1),
        (("a.12345", "a.12346", "a.12347"), 2),
        (("article.php?id=1", "article.php?id=2", "?p=3"), 2),
    ],
)
def test_what_counts_as_another_address(connection: sqlite3.Connection, paths: tuple[str, ...], expected: int) -> None:
    """Captures of one address, and copies of one article in other forms and folders, count as one."""
    assert others(connection, *paths) == expected


def test_a_wall_at_every_address_costs_no_more(connection: sqlite3.Connection) -> None:
    """Counting ends where there is nothing more to know, and reads no table through."""
    assert 2 < others(connection, *map(str, range(500))) <= 50
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    sites.others(connection, "news.example", "no such text", "example,news)/0")
    sites.carrying(connection, "news.example", TEXT)
    sites.missing_page(connection, "https://news.example")
    connection.set_trace_callback(None)
    plans = [row[3] for query in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert len(asked) == 3
    assert all("SEARCH" in plan for plan in plans if "captures" in plan or "sites" in plan)
    assert "captures_main_text" in "".join(plans)


def judged(path: Path, captures: list[Capture], processed: Processed) -> list[Capture]:
    """Judge captures anew in a run of its own, all at once, and return what is known of them then."""
    writer = Writer.open(path, OPTIONS, "test")
    told = [writer.judge(capture, processed) for capture in captures]
    done = [future.result(10) for future in told]
    writer.close("done")
    return done


@pytest.mark.parametrize("together", [True, False], ids=["a file", "two files"])
def test_a_capture_that_is_dead_after_all(tmp_path: Path, *, together: bool) -> None:
    """A capture and its revisit that are judged anew lose text and article, for verify and after a reindex too."""
    first, second = said(), said(seconds=60)
    if together:
        writer = Writer.open(tmp_path, OPTIONS, "test")
        stored = [writer.put(one).result(10) for one in (first, second)]
        done = [writer.judge(one, Processed(DEAD, main_text=TEXT)).result(10) for one in stored]
        writer.close("done")
    else:
        stored = store(tmp_path, first, second)
        done = judged(tmp_path, stored, Processed(DEAD, main_text=TEXT))
    assert stored[1].revisit_of == stored[0].response.record_id
    assert [(one.liveness, one.text, one.article, one.title, one.judgement) for one in done] == [
        (Liveness.SOFT_404, None, None, None, 1)
    ] * 2
    assert not files(tmp_path, "articles")
    before = tables(tmp_path)
    assert before["texts"] == []
    assert faults(tmp_path) == []
    reindex(tmp_path, quietly)
    assert tables(tmp_path) == before
    assert not files(tmp_path, "articles")
    assert faults(tmp_path) == []


def test_an_article_that_another_capture_has_stays(tmp_path: Path) -> None:
    """The file of an article goes with the last capture that has it."""
    stored = store(tmp_path, said(), said(seconds=60))
    judged(tmp_path, stored[:1], Processed(DEAD))
    assert len(files(tmp_path, "articles")) == 1
    judged(tmp_path, stored[1:], Processed(DEAD))
    assert not files(tmp_path, "articles")


def test_the_last_judgement_counts(tmp_path: Path) -> None:
    """Judged anew twice, a capture is what was said last, though the files are read in another order after renaming."""
    [capture] = store(tmp_path, said())
    [dead] = judged(tmp_path, [capture], Processed(DEAD))
    [alive] = judged(tmp_path, [dead], Processed(LIVE, article("Back again.")))
    assert (alive.judgement, alive.liveness) == (2, Liveness.LIVE)
    assert faults(tmp_path) == []
    before = tables(tmp_path)
    reindex(tmp_path, quietly)
    assert tables(tmp_path) == before
    texts = sorted((tmp_path / "archive").glob("*-text.warc.gz"))
    assert len(texts) == 3
    for number, text in enumerate(reversed(texts)):
        for file in (text, text.with_name(text.name.replace("-text", ""))):
            if file.exists():
                file.rename(file.with_name(file.name.replace("newsclip-", f"newsclip-{number}-")))
    for cdxj in (tmp_path / "indexes").iterdir():
        cdxj.unlink()
    reindex(tmp_path, quietly)
    after = tables(tmp_path)
    [row] = after["captures"]
    assert Liveness.LIVE in row
    assert "Back again." in after["texts"][0]
    assert faults(tmp_path) == []


def test_died_while_judging_anew(tmp_path: Path) -> None:
    """Files that say more of a capture than the index does are believed, and its article goes; nothing is cut off."""
    live, killed = tmp_path / "live", tmp_path / "killed"
    writer = Writer.open(live, OPTIONS, "test")
    capture = writer.put(said()).result(10)
    shutil.copytree(live, killed)
    writer.judge(capture, Processed(DEAD)).result(10)
    for file in (live / "archive").iterdir():
        shutil.copy(file, killed / "archive")
    writer.close("done")
    assert len(files(killed, "articles")) == 1
    again = Writer.open(killed, OPTIONS, "test")
    assert (again.mended.files, again.mended.cut_bytes, again.mended.captures) == (2, 0, 0)
    again.close("done")
    connection = connect(Collection(killed))
    [found] = index.select(connection, "")
    connection.close()
    assert (found.liveness, found.article) == (Liveness.SOFT_404, None)
    assert not files(killed, "articles")
    assert faults(killed) == []


def test_a_judgement_without_index_is_no_orphan(tmp_path: Path) -> None:
    """With the index lost while a file was open, what that file says of another file's captures is not cut off."""
    [capture] = store(tmp_path, said())
    judged(tmp_path, [capture], Processed(DEAD))
    before = tables(tmp_path)
    for file in sorted((tmp_path / "archive").iterdir())[2:]:
        file.rename(file.with_name(f"{file.name}{OPEN}"))
    (tmp_path / "newsclip.sqlite").write_bytes(b"")
    reindex(tmp_path, quietly)
    after = tables(tmp_path)
    assert (after["captures"], after["texts"]) == (before["captures"], before["texts"])
    assert not list((tmp_path / "reports").iterdir())


def test_a_probe_is_remembered(tmp_path: Path) -> None:
    """What a probe found is known when it is acknowledged, after a reindex, and missed by verify when it is gone."""
    way = (
        exchange(MISSING.asked, response(status=b"302 Found", extra=b"Location: /404\r\n")),
        exchange(MISSING.answered, seconds=1),
    )
    store(tmp_path, page(), Finding("probe", MISSING.asked, way, Processed(DEAD, missing_page=MISSING)))
    before = tables(tmp_path)
    reindex(tmp_path, quietly)
    assert tables(tmp_path) == before
    connection = connect(Collection(tmp_path))
    assert sites.missing_page(connection, "https://news.example") == MISSING
    assert faults(tmp_path) == []
    connection.execute("DELETE FROM sites")
    connection.close()
    [fault] = faults(tmp_path)
    assert "probe" in fault


def test_a_probe_that_was_led_to_a_page_did_not_save_it(tmp_path: Path) -> None:
    """An address to which only a probe came was not answered for `--if-older-than`."""
    home = "https://news.example/"
    way = (exchange(MISSING.asked, response(status=b"302 Found")), exchange(home), exchange(f"{home}en", seconds=1))
    store(tmp_path, Finding("probe", MISSING.asked, way, Processed(DEAD, missing_page=MISSING)))
    writer = Writer.open(tmp_path, OPTIONS, "test")
    assert [writer.last_captured(url) for url in (home, f"{home}en")] == [None, None]
    writer.put(page(home)).result(10)
    assert writer.last_captured(home) == WHEN
    writer.close("done")


def test_died_between_the_files_of_a_group(tmp_path: Path) -> None:
    """Where judgements and new pages were written as one group, what is left without originals is cut, and no more."""
    live, killed = tmp_path / "live", tmp_path / "killed"
    writer = Writer.open(live, OPTIONS, "test")
    capture = writer.put(said()).result(10)
    with writer._guard:  # the seam: the thread stops at its next group, and what is queued meanwhile is one more
        first = writer.put(page("https://news.example/first"))
        told = [
            writer.put(page("https://news.example/1", said=article("One."))),
            writer.judge(capture, Processed(DEAD)),
            writer.put(page("https://news.example/2", said=article("Two."))),
        ]
        while writer._jobs.qsize() > len(told):
            time.sleep(0.001)
        shutil.copytree(live, killed)
    assert [one.result(10).liveness for one in (first, *told)].count(Liveness.SOFT_404) == 1
    [texts] = (live / "archive").glob("*-text.warc.gz.open")
    shutil.copy(texts, killed / "archive")
    writer.close("done")
    again = Writer.open(killed, OPTIONS, "test")
    again.close("done")
    assert again.mended.cut_bytes
    connection = connect(Collection(killed))
    assert [(one.url, one.liveness) for one in index.select(connection, "")] == [(STORY, Liveness.SOFT_404)]
    connection.close()
    assert faults(killed) == []
