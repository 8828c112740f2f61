"""The same text at three addresses of a site is no article: found at the third, and the first two are told so."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import warcs
from tests.test_missing_page import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

FLAGS = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "4", "--robots", "ignore")
WALLS = tuple(f"/odd/walled/wall-{name}" for name in ("ferry", "council", "lighthouse"))
WORDS = "kiosks"
"""A word of the wall."""


def verdicts(newsclip: Newsclip, collection: Path) -> dict[str, str]:
    """Return what `list` says of each address."""
    listed = newsclip("-C", collection, "--json", "list", "--limit", "0").answers()
    return {answer["url"]: answer["verdict"] for answer in listed}


def saved(newsclip: Newsclip, collection: Path, *urls: str) -> None:
    """Save addresses, whatever comes of it."""
    ran = newsclip("-C", collection, "--json", "save", *urls, *FLAGS)
    assert ran.status in {0, 3}, ran.err
    assert "Traceback" not in ran.err


def assert_all_dead(newsclip: Newsclip, collection: Path, urls: list[str]) -> None:
    """Check that no address counts as alive for any reader, that nothing of the wall can be found, and all is well."""
    found = verdicts(newsclip, collection)
    assert {found[url] for url in urls} == {"soft-404"}
    for url in urls:
        history = newsclip("-C", collection, "--json", "history", url).answers()
        assert {answer["verdict"] for answer in history} == {"soft-404"}
        assert not any(answer["article"] for answer in history)
        assert "say the same" in newsclip("-C", collection, "show", url, "--why").out
    assert newsclip("-C", collection, "search", WORDS).out == ""
    assert not [file for file in (collection / "articles").rglob("*.md") if WORDS in file.read_text(encoding="utf-8")]
    verified = newsclip("-C", collection, "verify")
    assert verified.status == 0, verified.out
    assert warcs.check(collection) == (0, "")


@pytest.mark.parametrize("runs", [1, 3])
def test_the_third_tells(runs: int, site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """After the third address all three are dead for every reader, in one run as in three, and after a reindex."""
    urls = [site.url(path) for path in WALLS]
    if runs == 1:
        saved(newsclip, collection, *urls)
    else:
        saved(newsclip, collection, urls[0])
        saved(newsclip, collection, urls[1])
        assert "soft-404" not in verdicts(newsclip, collection).values()
        assert newsclip("-C", collection, "search", WORDS).out
        saved(newsclip, collection, urls[2])
    assert_all_dead(newsclip, collection, urls)
    before = dump(collection)
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == before
    assert_all_dead(newsclip, collection, urls)


def test_revisits_go_the_same_way(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """An address that was saved again before the third came is dead with all its captures."""
    urls = [site.url(path) for path in WALLS]
    for url in (urls[0], urls[0], urls[1]):
        saved(newsclip, collection, url)
    saved(newsclip, collection, urls[2])
    assert len(newsclip("-C", collection, "--json", "history", urls[0]).answers()) == 2
    assert_all_dead(newsclip, collection, urls)
    before = dump(collection)
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == before


def test_copies_of_one_article_are_one(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """An article in four sections, for print and as AMP stays live: its copies have their last step in common."""
    paths = ("/odd/copied/ferry", "/odd/copied/news/ferry", "/odd/copied/ferry/amp", "/odd/copied/ferry.print.html",
             "/odd/copied/ferry?page=all", "/odd/copied/print/ferry")  # fmt: skip
    saved(newsclip, collection, *map(site.url, paths))
    assert len(verdicts(newsclip, collection)) == len(paths)
    assert set(verdicts(newsclip, collection).values()) == {"live"}


def test_what_is_counted_is_said(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """The summary and the run's record count a page by the verdict that it has at the end of the run."""
    ran = newsclip("-C", collection, "save", *map(site.url, WALLS), *FLAGS, "--no-probe")
    assert "3 captured: 3 soft-404." in ran.err
    [run] = newsclip("-C", collection, "--json", "status").answers()[0]["runs"]
    assert run["counts"] == {"soft-404": 3}


@pytest.mark.parametrize("writes", [1, 2, 3, 4])
def test_killed_between(
    writes: int, site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """Killed around any of the writes that judge captures anew, nothing is broken, and the next page finishes it."""
    urls = [site.url(path) for path in WALLS]
    saved(newsclip, collection, *urls[:2])
    before = {file.name for file in (collection / "archive").iterdir()}
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "save", urls[2], *FLAGS]
    with subprocess.Popen(command, cwd=collection.parent, env=clean_environment, stdout=subprocess.DEVNULL) as process:
        sizes = {0}
        while len(sizes) <= writes and process.poll() is None:
            new = [file for file in (collection / "archive").glob("*-text.warc.gz*") if file.name not in before]
            sizes |= {file.stat().st_size for file in new if file.exists()}
        process.kill()
    print(f"killed: {process.returncode == -signal.SIGKILL}, after {len(sizes) - 1} writes")
    saved(newsclip, collection, "--resume", site.url("/odd/walled/wall-quay"))
    found = verdicts(newsclip, collection)
    assert (len(found), set(found.values())) == (4, {"soft-404"})
    assert not list((collection / "articles").rglob("*.md"))
    verified = newsclip("-C", collection, "verify")
    assert verified.status == 0, verified.out
    index = dump(collection)
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == index
