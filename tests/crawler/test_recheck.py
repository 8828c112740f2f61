"""`newsclip recheck`: archived articles are looked at again, and what became of them is said."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from crawler.demo.pages import Answer
from tests.site import generated, listings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip, Ran
    from tests.site.newspaper import Newspaper


def configure(tmp_path: Path, site: Newspaper, collection: Path) -> Path:
    """Write a configuration of one source whose articles are looked at after one day and after a week."""
    file = tmp_path / "newsclip.toml"
    file.write_text(
        f'[collection]\npath = "{collection}"\n'
        "[fetch]\ndelay = 0\nper_host = 4\nprobe = false\nallow_networks = ['127.0.0.0/8']\n"
        f'[[source]]\nname = "gazette"\nfeeds = ["{site.url("/listings/feed")}"]\nrecheck = ["1d", "7d"]\n',
        encoding="utf-8",
    )
    return file


def a_day_later(collection: Path) -> None:
    """Let a day pass: nothing but the times of the captures and finds says that none has."""
    day = 86_400_000_000
    with closing(sqlite3.connect(collection / "newsclip.sqlite")) as connection, connection:
        connection.execute("UPDATE captures SET fetched_at = fetched_at - ?", (day,))
        connection.execute("UPDATE finds SET found_at = found_at - ?1, next_look = next_look - ?1", (day,))


def newest_report(collection: Path) -> dict[str, Any]:
    """Return the record of the last run."""
    file = max((collection / "reports").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def looked(ran: Ran) -> dict[str, str]:
    """Return what became of each address, by its path."""
    return {one["url"].partition("/n/")[2]: one["outcome"] for one in ran.answers() if "outcome" in one}


def test_what_becomes_of_articles(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> None:
    """Looks find what is unchanged, edited, dead, moved and back, each at its age, and deaths until decided."""
    config = ("--config", configure(tmp_path, site, collection), "--json")
    site.listings["feed"] = listings.rss(site.url(f"/n/{number}") for number in range(4))
    assert newsclip(*config, "crawl").status == 0
    assert looked(newsclip(*config, "recheck")) == {}
    a_day_later(collection)
    site.instead["/n/1"] = Answer(generated.article(100, site.url("/n/1"), count=3).encode())
    site.instead["/n/2"] = Answer(b"<title>Gone</title>", status=410)
    site.instead["/n/3"] = Answer(b"", status=302, headers=(("Location", "/"),))
    ran = newsclip(*config, "recheck")
    assert ran.status == 0, ran.err
    assert looked(ran) == {"0": "unchanged", "1": "edited", "2": "died", "3": "moved"}
    report = newest_report(collection)
    assert report["sources"][0]["decided_dead"] == []
    assert report["sources"][0]["outcomes"] == {"unchanged": 1, "edited": 1, "died": 1, "moved": 1}
    assert looked(newsclip(*config, "recheck")) == {}
    for _ in range(7):
        a_day_later(collection)
    del site.instead["/n/2"]
    assert looked(newsclip(*config, "recheck")) == {
        "0": "unchanged",
        "1": "unchanged",
        "2": "came back",
        "3": "still dead",
    }
    for _ in range(2):
        a_day_later(collection)
    assert looked(newsclip(*config, "recheck")) == {}
    a_day_later(collection)
    assert looked(newsclip(*config, "recheck")) == {"3": "still dead"}
    report = newest_report(collection)
    assert [one["url"] for one in report["sources"][0]["decided_dead"]] == [site.url("/n/3")]
    for _ in range(29):
        a_day_later(collection)
    assert looked(newsclip(*config, "recheck")) == {}
    a_day_later(collection)
    del site.instead["/n/3"]
    assert looked(newsclip(*config, "recheck")) == {"3": "came back"}
    assert newest_report(collection)["sources"][0]["decided_dead"] == []
    assert newsclip(*config, "crawl").status == 0
    assert site.paths().count("/n/0") == 3


def test_a_host_that_is_silent(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> None:
    """A look without an answer is said, and costs the article nothing: it is looked at again at its next age."""
    config = ("--config", configure(tmp_path, site, collection), "--json")
    site.listings["feed"] = listings.rss([site.url("/n/1")])
    assert newsclip(*config, "crawl").status == 0
    a_day_later(collection)
    site.silent.add("/n/1")
    outcomes = [one["outcome"] for one in newsclip(*config, "recheck").answers() if "outcome" in one]
    assert outcomes == ["no answer"]


TAG = {"ETag": '"a"', "Last-Modified": "Mon, 02 Mar 2026 06:00:00 GMT"}
DATE = {"Last-Modified": "Mon, 02 Mar 2026 06:00:00 GMT"}
OLDER = {"Last-Modified": "Thu, 01 Jan 2015 00:00:00 GMT"}


def test_a_look_that_costs_no_body(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> None:
    """Articles are asked for on condition; a 304 is a revisit with the verdict of the article, if it is about that."""
    config = ("--config", configure(tmp_path, site, collection), "--json")
    site.listings["feed"] = listings.rss(site.url(f"/n/{number}") for number in range(5))
    site.validators = {"/n/0": TAG, "/n/1": DATE, "/n/2": DATE, "/n/3": TAG, "/n/4": TAG, "/": OLDER}
    assert newsclip(*config, "crawl").status == 0
    a_day_later(collection)
    missing = b"<title>Page not found</title><h1>Page not found</h1><p>It may have been removed.</p>"
    site.instead = {
        "/n/2": Answer(missing),
        "/n/3": Answer(b"<h1>Forbidden</h1>", status=403),
        "/n/4": Answer(b"", status=302, headers=(("Location", "/"),)),
    }
    site.validators["/n/2"] = OLDER
    expected = {"0": "unchanged", "1": "unchanged", "2": "died", "3": "in doubt", "4": "moved"}
    assert looked(newsclip(*config, "recheck")) == expected
    site.instead, site.validators["/n/2"] = {}, DATE
    for _ in range(6):
        a_day_later(collection)
    expected = {"0": "unchanged", "1": "unchanged", "2": "came back", "3": "unchanged", "4": "came back"}
    assert looked(newsclip(*config, "recheck")) == expected

    def told() -> list[list[tuple[str, object, object, object]]]:
        seen = [newsclip(*config, "history", site.url(f"/n/{number}")).answers() for number in range(5)]
        return [[(one["verdict"], one["status"], one["article"], one["revisit_of"]) for one in each] for each in seen]

    before = told()
    (live, status, article, whole), *looks = before[0]
    assert (live, status, whole) == ("live", 200, None)
    assert looks[0] == looks[1] == ("live", 304, article, looks[0][3])
    assert looks[0][3] is not None
    assert [one[1] for one in before[2]] == [200, 200, 304]
    assert [one[1] for one in before[3]] == [200, 403, 304]
    assert newsclip("-C", collection, "reindex").status == 0
    assert newsclip("-C", collection, "verify").status == 0
    assert told() == before
    lines = [line for file in (collection / "indexes").glob("*.cdxj") for line in file.read_text().splitlines()]
    assert lines
    assert not any('"304"' in line for line in lines)
