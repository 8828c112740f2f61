"""`newsclip crawl` and `recheck` where articles have several addresses, of which the site says that they are one."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from crawler.demo.pages import Answer
from tests.shelf import run
from tests.site import generated, listings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

SHORT, WHOLE, AMP = "/story?id=7", "/2026/11/24/story-7", "/2026/11/24/story-7/amp"
HOME = ("/2026/11/24/story-8", "/2026/11/24/story-9")
SHOWN_AS_ONE = ("/2026/11/23/story-5", "/2026/11/23/story-6")


def several_addresses(site: Newspaper) -> None:
    """Let the newspaper have an article at three addresses, two that declare the front page, and two this article."""
    site.instead[SHORT] = article(7, site.url(WHOLE), count=3)
    site.instead[WHOLE] = article(7, site.url(WHOLE), count=3)
    site.instead[AMP] = article(7, site.url(WHOLE), count=2)
    site.instead |= {path: article(number, site.url("/")) for number, path in enumerate(HOME, 8)}
    site.instead |= {path: article(number, site.url(WHOLE)) for number, path in enumerate(SHOWN_AS_ONE, 5)}


def article(number: int, canonical: str, count: int = 3) -> Answer:
    """Return an article that declares an address."""
    return Answer(generated.article(number, canonical, count=count).encode())


def configure(tmp_path: Path, site: Newspaper, collection: Path) -> Path:
    """Write a configuration of one source whose articles are looked at after a day."""
    file = tmp_path / "newsclip.toml"
    file.write_text(
        f'[collection]\npath = "{collection}"\n'
        "[fetch]\ndelay = 0\nper_host = 4\nprobe = false\nallow_networks = ['127.0.0.0/8']\n"
        f'[[source]]\nname = "gazette"\nfeeds = ["{site.url("/listings/feed")}"]\nrecheck = ["1d"]\n',
        encoding="utf-8",
    )
    return file


def a_week_later(collection: Path) -> None:
    """Let a week pass: nothing but the times of the captures and finds says that none has."""
    week = 7 * 86_400_000_000
    with closing(sqlite3.connect(collection / "newsclip.sqlite")) as connection, connection:
        connection.execute("UPDATE captures SET fetched_at = fetched_at - ?", (week,))
        connection.execute("UPDATE finds SET found_at = found_at - ?", (week,))


def test_an_article_with_several_addresses(
    newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path
) -> None:
    """Each address is fetched once; then one is looked at and counted, and all have one history, by reindex too."""
    several_addresses(site)
    config = ("--config", configure(tmp_path, site, collection), "--json")
    site.listings["feed"] = listings.rss(map(site.url, (SHORT, *HOME, *SHOWN_AS_ONE)))
    first = newsclip(*config, "crawl")
    assert (first.status, len(first.answers())) == (0, 5), first.err
    site.listings["feed"] = listings.rss(map(site.url, (WHOLE, AMP, SHORT)))
    assert urls(newsclip(*config, "crawl").answers()) == sorted(map(site.url, (WHOLE, AMP)))
    site.listings["feed"] = listings.rss(map(site.url, (AMP, SHORT, WHOLE, f"{WHOLE}?utm_source=feed")))
    assert newsclip(*config, "crawl").answers() == []
    a_week_later(collection)
    looked = [one for one in newsclip(*config, "recheck").answers() if "outcome" in one]
    assert urls(looked) == sorted(map(site.url, (WHOLE, *HOME, *SHOWN_AS_ONE)))
    before = what_is_known(collection, site)
    assert [urls(before[path]) for path in (SHORT, AMP)] == [urls(before[WHOLE])] * 2
    assert urls(before[WHOLE]) == sorted(map(site.url, (SHORT, WHOLE, AMP, WHOLE)))
    assert [urls(before[path]) for path in (*HOME, *SHOWN_AS_ONE)] == [
        [site.url(path)] * 2 for path in (*HOME, *SHOWN_AS_ONE)
    ]
    [total] = [one for one in before["report"] if one["row"] == "total"]
    assert (total["addresses"], total["articles"]) == (5, 5)
    (collection / "newsclip.sqlite").unlink()
    assert newsclip("-C", collection, "reindex").status == 0
    assert relation_of(collection) == {"/story?id=7", "/2026/11/24/story-7/amp"}
    assert newsclip("-C", collection, "verify").status == 0


def urls(answers: list[dict[str, Any]]) -> list[str]:
    """Return the addresses of lines, in order."""
    return sorted(one["url"] for one in answers)


def what_is_known(collection: Path, site: Newspaper) -> dict[str, list[dict[str, Any]]]:
    """Return the history of each address, and the report."""
    paths = (SHORT, WHOLE, AMP, *HOME, *SHOWN_AS_ONE)
    said = {path: run(collection, "--json", "history", site.url(path)) for path in paths}
    said["report"] = run(collection, "--json", "report")
    return {about: [json.loads(line) for line in one.out.splitlines()] for about, one in said.items()}


def relation_of(collection: Path) -> set[str]:
    """Return the paths that are joined to another."""
    with closing(sqlite3.connect(collection / "newsclip.sqlite")) as connection:
        return {key.rpartition(")")[2] for (key,) in connection.execute("SELECT key FROM joined")}
