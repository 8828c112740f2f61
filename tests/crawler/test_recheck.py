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
