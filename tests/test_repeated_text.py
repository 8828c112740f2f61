"""The same text at three addresses of a site is no article: found at the third, and the first two are told so."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import warcs
from tests.conftest import environment_of, newsclip_in
from tests.test_missing_page import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.forked import Forks
    from tests.site.newspaper import Newspaper

FLAGS = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "4", "--robots", "ignore")
WALLS = tuple(f"/odd/walled/wall-{name}" for name in ("ferry", "council", "lighthouse"))
WORDS = "kiosks"
"""A word of the wall."""


@pytest.fixture(scope="module")
def shelf(town: Newspaper, tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Path:
    """Save two of the walls, each in a run of its own."""
    folder = tmp_path_factory.mktemp("two")
    for path in WALLS[:2]:
        saved(newsclip_in(folder, environment_of(folder), forks), folder / "collection", town.url(path))
    return folder / "collection"


@pytest.fixture
def two(shelf: Path, collection: Path) -> Path:
    """Make a collection of two of the town's walls."""
    shutil.copytree(shelf, collection)
    return collection


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


def assert_all_stay_dead(newsclip: Newsclip, collection: Path, urls: list[str]) -> None:
    """Check that no address counts as alive, and that reindexing comes to the same index."""
    assert_all_dead(newsclip, collection, urls)
    before = dump(collection)
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == before
    assert_all_dead(newsclip, collection, urls)


def test_the_third_tells_in_one_run(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """With the third address all three of a run are dead for every reader, and after a reindex."""
    urls = [site.url(path) for path in WALLS]
    saved(newsclip, collection, *urls)
    assert_all_stay_dead(newsclip, collection, urls)


def test_the_third_tells_in_three_runs(town: Newspaper, two: Path, newsclip: Newsclip) -> None:
    """Two addresses with one text are articles; after a run with the third all three are dead for every reader."""
    urls = [town.url(path) for path in WALLS]
    assert "soft-404" not in verdicts(newsclip, two).values()
    assert newsclip("-C", two, "search", WORDS).out
    saved(newsclip, two, urls[2])
    assert_all_stay_dead(newsclip, two, urls)


def test_revisits_go_the_same_way(town: Newspaper, two: Path, newsclip: Newsclip) -> None:
    """An address that was saved again before the third came is dead with all its captures."""
    urls = [town.url(path) for path in WALLS]
    saved(newsclip, two, urls[0])
    saved(newsclip, two, urls[2])
    assert len(newsclip("-C", two, "--json", "history", urls[0]).answers()) == 2
    assert_all_stay_dead(newsclip, two, urls)


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


def size_of(file: Path) -> int:
    """Return the size of a file; 0 for one that was renamed since it was listed."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


@pytest.mark.parametrize("writes", [1, 2, 3, 4])
def test_killed_between(
    writes: int, town: Newspaper, two: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """Killed around any of the writes that judge captures anew, nothing is broken, and the next page finishes it."""
    before = {file.name for file in (two / "archive").iterdir()}
    command = [sys.executable, "-m", "crawler", "-C", str(two), "save", town.url(WALLS[2]), *FLAGS]
    with subprocess.Popen(command, cwd=two.parent, env=clean_environment, stdout=subprocess.DEVNULL) as process:
        sizes = {0}
        while len(sizes) <= writes and process.poll() is None:
            new = [file for file in (two / "archive").glob("*-text.warc.gz*") if file.name not in before]
            sizes |= {size_of(file) for file in new}
        process.kill()
    print(f"killed: {process.returncode == -signal.SIGKILL}, after {len(sizes) - 1} writes")
    saved(newsclip, two, "--resume", town.url("/odd/walled/wall-quay"))
    found = verdicts(newsclip, two)
    assert (len(found), set(found.values())) == (4, {"soft-404"})
    assert not list((two / "articles").rglob("*.md"))
    verified = newsclip("-C", two, "verify")
    assert verified.status == 0, verified.out
    index = dump(two)
    assert newsclip("-C", two, "reindex").status == 0
    assert dump(two) == index
