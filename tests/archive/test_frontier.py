"""The frontier: what a save has left to fetch survives its process, and nothing is fetched twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archive.writer import Writer
from tests.archive.findings import OPTIONS, page

if TYPE_CHECKING:
    from pathlib import Path

URLS = [f"https://news.example/{number}" for number in range(5)]


def begin(path: Path) -> Writer:
    """Begin a run."""
    return Writer.open(path, OPTIONS, "save")


def finish(writer: Writer, urls: list[str]) -> list[str]:
    """Fetch everything that is due, expect these addresses, and end the run."""
    fetched = []
    while targets := writer.lease(2):
        for target in targets:
            fetched.append(target.url)
            writer.put(page(target.url, target_id=target.id)).result(10)
    writer.close("done")
    assert fetched == urls
    return fetched


@pytest.mark.parametrize(
    ("urls", "added"),
    [
        (["https://a.example/", "https://a.example/"], 1),
        (["https://a.example/x#top", "https://a.example/x#end"], 1),
        (["https://a.example/?b=1&a=2", "https://a.example/?a=2&b=1"], 1),
        (["http://a.example/", "http://a.example:80/"], 1),
        (["http://a.example/", "https://a.example/"], 2),
        (["https://a.example/x", "https://a.example/X"], 2),
        (["https://a.example/x", "https://a.example/x/"], 2),
        (["https://a.example/x", "https://www.a.example/x"], 2),
    ],
)
def test_the_same_address_twice(tmp_path: Path, urls: list[str], added: int) -> None:
    """Two spellings of one request are one target; two requests that may be answered differently are two."""
    writer = begin(tmp_path)
    assert writer.add_targets(urls) == added
    assert writer.add_targets(urls) == 0
    assert writer.waiting() == added
    writer.close("interrupted")


def test_leases(tmp_path: Path) -> None:
    """What is leased is not leased again, in the order in which it was added, and ends when its page is stored."""
    writer = begin(tmp_path)
    writer.add_targets(URLS)
    writer.intake_complete()
    first = writer.lease(2)
    assert [target.url for target in first] == URLS[:2]
    assert [target.url for target in writer.lease(2)] == URLS[2:4]
    assert writer.waiting() == 5
    writer.put(page(first[0].url, target_id=first[0].id)).result(10)
    assert writer.waiting() == 4
    assert [target.url for target in writer.lease(9)] == URLS[4:]
    assert writer.lease(9) == []
    writer.close("interrupted")
    assert writer.left == 4


def test_a_save_that_was_cut_short(tmp_path: Path) -> None:
    """The next run is told of it, and resuming fetches what is left and nothing else."""
    writer = begin(tmp_path)
    writer.add_targets(URLS)
    writer.intake_complete()
    targets = writer.lease(3)
    writer.put(page(targets[1].url, target_id=targets[1].id)).result(10)
    writer.close("interrupted")

    writer = begin(tmp_path)
    [unfinished] = writer.unfinished
    assert (unfinished.left, unfinished.total, unfinished.complete) == (4, 5, True)
    assert "4 of 5 addresses left; newsclip save --resume" in unfinished.line
    writer.resume()
    writer.intake_complete()
    finish(writer, [URLS[0], *URLS[2:]])

    writer = begin(tmp_path)
    assert writer.unfinished == []
    writer.close("done")


def test_a_list_that_was_not_read_to_its_end(tmp_path: Path) -> None:
    """A save that ended while its list was read says that the list must be given again."""
    writer = begin(tmp_path)
    writer.add_targets(URLS)
    writer.close("interrupted")
    writer = begin(tmp_path)
    [unfinished] = writer.unfinished
    assert not unfinished.complete
    assert "say it again" in unfinished.line
    writer.resume()
    writer.intake_complete()
    finish(writer, URLS)


def test_another_save_leaves_it_alone(tmp_path: Path) -> None:
    """A save that does not resume fetches its own addresses, and the older one is still there to be resumed."""
    writer = begin(tmp_path)
    writer.add_targets(URLS[:2])
    writer.intake_complete()
    writer.close("interrupted")
    writer = begin(tmp_path)
    writer.add_targets(URLS[4:])
    writer.intake_complete()
    finish(writer, URLS[4:])
    writer = begin(tmp_path)
    assert [unfinished.left for unfinished in writer.unfinished] == [2]
    writer.resume()
    writer.intake_complete()
    finish(writer, URLS[:2])


def test_a_finding_without_a_target(tmp_path: Path) -> None:
    """A page that nobody asked the frontier for is stored, and changes nothing there."""
    writer = begin(tmp_path)
    writer.add_targets(URLS)
    writer.put(page(URLS[0])).result(10)
    assert writer.waiting() == 5
    writer.close("interrupted")


def test_a_save_that_was_cut_short_before_its_first_address(tmp_path: Path) -> None:
    """The next run is told of it once; there is nothing to resume, so nobody is told again."""
    begin(tmp_path).close("interrupted")
    with closing(sqlite3.connect(tmp_path / "newsclip.sqlite")) as connection, connection:
        connection.execute("INSERT INTO batches (id, started_at) VALUES ('killed', 0)")
    for told in (["killed"], []):
        writer = begin(tmp_path)
        assert [left.batch for left in writer.unfinished] == told
        writer.close("interrupted")


def test_a_page_that_only_mending_knew_of(tmp_path: Path) -> None:
    """A page that a killed run stored, and this one judges, is done for older saves, and not for this one."""
    writer = begin(tmp_path)
    writer.add_targets(URLS[:1])
    writer.intake_complete()
    captured = writer.put(page(URLS[0])).result(10)
    writer.close("interrupted")

    writer = begin(tmp_path)
    writer.resume()
    writer.add_targets(URLS[:1])
    writer.intake_complete()
    processed = page(URLS[0]).processed
    assert processed is not None
    writer.judge(replace(captured, liveness=None), processed).result(10)
    assert writer.waiting() == 1
    finish(writer, URLS[:1])
