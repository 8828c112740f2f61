"""What the pages of a site repeat is no part of an article: gone from the third on, and by rerun from the first two."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests import warcs
from tests.conftest import environment_of, newsclip_in
from tests.site import generated
from tests.site.templated import NOISE, PROMPT, UPDATED, offer
from tests.test_missing_page import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip, Ran
    from tests.forked import Forks
    from tests.site.newspaper import Newspaper

FLAGS = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "1", "--robots", "ignore", "--no-probe")
KILLS = 6


def saved(newsclip: Newsclip, collection: Path, *urls: str) -> None:
    """Save addresses in one run."""
    ran = newsclip("-C", collection, "--json", "save", *urls, *FLAGS)
    assert ran.status == 0, ran.err
    assert "Traceback" not in ran.err


def stories(site: Newspaper, count: int) -> list[str]:
    """Return the addresses of templated stories, in the order of their numbers."""
    return [site.url(f"/odd/templated-story/{number}") for number in range(count)]


@pytest.fixture(scope="module")
def shelf(town: Newspaper, tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> Path:
    """Save four stories one after the other, each in a run of its own, as days go by; keep a copy after each run.

    The folder has a collection "1" of one story, and so on to "4".
    """
    folder = tmp_path_factory.mktemp("shelf")
    newsclip, growing = newsclip_in(folder, environment_of(folder), forks), folder / "growing"
    for number, url in enumerate(stories(town, 4), 1):
        saved(newsclip, growing, url)
        shutil.copytree(growing, folder / str(number))
    return folder


class Known(Protocol):
    """Makes a collection of the first stories of the town, and returns their addresses."""

    def __call__(self, count: int) -> list[str]:
        """Make it."""


@pytest.fixture
def known(town: Newspaper, shelf: Path, collection: Path) -> Known:
    """Return what makes a collection of stories that were saved as days went by."""

    def make(count: int) -> list[str]:
        shutil.copytree(shelf / str(count), collection)
        return stories(town, count)

    return make


def text_of(newsclip: Newsclip, collection: Path, url: str) -> str:
    """Return the text of the newest capture of an address."""
    [shown] = newsclip("-C", collection, "--json", "show", url).answers()
    return str(shown["text"])


def rerun(newsclip: Newsclip, collection: Path, *arguments: str) -> tuple[Ran, list[dict[str, Any]], dict[str, Any]]:
    """Run `rerun` and return how it ended, the changes that it says, and its counts."""
    ran = newsclip("-C", collection, "--json", "rerun", *arguments)
    assert "Traceback" not in ran.err
    *changes, counts = ran.answers()
    return ran, changes, counts


def counted(looked_at: int, changed: int, *, dry_run: bool = False) -> dict[str, Any]:
    """Return the counts of a rerun in which nothing failed."""
    unchanged = looked_at - changed
    return {"looked_at": looked_at, "changed": changed, "unchanged": unchanged, "failed": 0, "dry_run": dry_run}


def lose_texts(newsclip: Newsclip, collection: Path) -> None:
    """Lose all that was said of pages."""
    for file in (collection / "archive").glob("*-text.warc.gz"):
        file.unlink()
    assert newsclip("-C", collection, "reindex").status == 0


def assert_sound(newsclip: Newsclip, collection: Path) -> None:
    """Check that every reader is content, and that reindexing comes to the same index."""
    verified = newsclip("-C", collection, "verify")
    assert verified.status == 0, verified.out
    assert warcs.check(collection) == (0, "")
    before = dump(collection)
    assert before["traces"]
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == before


def test_from_the_third_page_on(town: Newspaper, known: Known, collection: Path, newsclip: Newsclip) -> None:
    """Prompts leave the text at the third address; rerun takes them out of the first two, and again changes nothing."""
    urls = known(4)
    texts = [text_of(newsclip, collection, url) for url in urls]
    assert [sum(line in text for line in NOISE) for text in texts] == [2, 2, 0, 0]
    for number, text in enumerate(texts):
        assert all(paragraph in text for paragraph in generated.paragraphs(number, 3))

    asked = len(town.requests)
    _, would, counts = rerun(newsclip, collection, "--dry-run")
    assert counts == counted(4, 2, dry_run=True)
    assert text_of(newsclip, collection, urls[0]) == texts[0]
    ran, changes, counts = rerun(newsclip, collection)
    assert (ran.status, counts) == (0, counted(4, 2))
    assert {change["url"] for change in changes} == {change["url"] for change in would} == set(urls[:2])
    assert all(change["words"] < change["words_before"] for change in changes)
    assert len(town.requests) == asked, "nothing is fetched"

    for number, url in enumerate(urls):
        text = text_of(newsclip, collection, url)
        assert not any(line in text for line in (*NOISE, UPDATED.format(number + 1)))
        assert all(paragraph in text for paragraph in generated.paragraphs(number, 3))
        assert len(newsclip("-C", collection, "--json", "history", url).answers()) == 1
    assert newsclip("-C", collection, "search", "newsroom box").out == ""
    assert_sound(newsclip, collection)
    before = dump(collection)
    assert rerun(newsclip, collection)[1:] == ([], counted(4, 0))
    assert {table: before[table] for table in ("captures", "traces")} == {
        table: rows for table, rows in dump(collection).items() if table in ("captures", "traces")
    }


def test_what_memory_takes_out_is_no_edit(known: Known, collection: Path, newsclip: Newsclip) -> None:
    """A story that is saved again when its site is known has one version: its first capture is read alike."""
    urls = known(4)
    saved(newsclip, collection, urls[0])
    history = newsclip("-C", collection, "--json", "history", urls[0]).answers()
    assert [one["version"] for one in history] == [1, 1]
    assert history[1]["changed"] == ["unchanged"]
    assert not any(line in text_of(newsclip, collection, urls[0]) for line in NOISE)
    assert newsclip("-C", collection, "search", PROMPT).out.count(urls[0]) == 0
    assert rerun(newsclip, collection)[2]["changed"] == 1, "the second story, which nobody saved again"
    assert_sound(newsclip, collection)


def test_a_place_is_learned(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """An offer that extraction takes for text goes where three other pages had nothing but offers at its place."""
    urls = stories(site, 5)
    saved(newsclip, collection, *urls[1:4])
    saved(newsclip, collection, urls[4])
    assert offer(4) not in text_of(newsclip, collection, urls[4])
    [shown] = newsclip("-C", collection, "--json", "show", urls[4], "--removed").answers()
    assert {"rule": "site-place", "text": offer(4)} in shown["removed"]
    assert_sound(newsclip, collection)


def test_what_was_removed_is_shown(town: Newspaper, known: Known, collection: Path, newsclip: Newsclip) -> None:
    """`show --removed` names each line that was taken out with its rule, in words and as JSON, after a reindex too."""
    urls = known(3)
    for _ in range(2):
        said = newsclip("-C", collection, "show", urls[2], "--removed").out.splitlines()
        assert [line.split(maxsplit=1) for line in said if line.startswith("site-")] == [
            ["site-line", UPDATED.format(3)],
            *(["site-line", line] for line in NOISE),
        ]
        [shown] = newsclip("-C", collection, "--json", "show", urls[2], "--removed").answers()
        assert [f"{one['rule']} {one['text']}" for one in shown["removed"]] == [" ".join(line.split()) for line in said]
        assert newsclip("-C", collection, "reindex").status == 0
    newsclip("-C", collection, "save", town.url("/odd/status/404"), *FLAGS)
    nothing = newsclip("-C", collection, "show", town.url("/odd/status/404"), "--removed")
    assert (nothing.status, nothing.out) == (0, "")
    assert "Nothing was taken out" in nothing.err


def test_copies_of_one_story_teach_nothing(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A story at four addresses keeps all that it says: its copies have every line in common, and one title."""
    urls = [site.url(f"/odd/templated-story/7?edition={edition}") for edition in range(4)]
    site.instead |= {f"/odd/templated-story/7?edition={edition}": site.answer("/n/7") for edition in range(4)}
    saved(newsclip, collection, *urls[:3])
    saved(newsclip, collection, urls[3])
    assert len({text_of(newsclip, collection, url) for url in urls}) == 1
    assert rerun(newsclip, collection)[2]["changed"] == 0


def test_rerun_of_some(known: Known, collection: Path, newsclip: Newsclip) -> None:
    """Rerun looks at the addresses, hosts and times that are named, and says what is not there."""
    urls = known(3)
    assert rerun(newsclip, collection, urls[1])[2] == counted(1, 1)
    assert rerun(newsclip, collection, urls[0], "--until", "2020")[2] == counted(0, 0)
    assert rerun(newsclip, collection, "127.0.0.1", "--since", "1d")[2] == counted(3, 1)
    assert rerun(newsclip, collection, "elsewhere.example")[2] == counted(0, 0)
    said = newsclip("-C", collection, "rerun")
    assert said.out == "3 looked at: 0 changed, 3 unchanged.\n"
    assert newsclip("-C", collection, "rerun", urls[0] + "/never").status == 5
    assert newsclip("-C", collection, "rerun", "--verdict", "fine").status == 2
    elsewhere = collection.with_name("elsewhere")
    assert newsclip("-C", elsewhere, "rerun").status != 0
    assert not elsewhere.exists()


def test_pages_without_a_verdict_are_judged(known: Known, collection: Path, newsclip: Newsclip) -> None:
    """What was never judged, as after the loss of all text files, has a verdict and a clean text after one rerun."""
    urls = known(4)
    lose_texts(newsclip, collection)
    assert {one["verdict"] for one in newsclip("-C", collection, "--json", "list").answers()} == {None}
    ran, changes, counts = rerun(newsclip, collection)
    assert ran.status == 0, ran.err
    assert counts["looked_at"] == counts["changed"] == len({change["url"] for change in changes}) == 4
    assert not any(line in text_of(newsclip, collection, url) for line in NOISE for url in urls)
    assert rerun(newsclip, collection)[2] == counted(4, 0)
    assert_sound(newsclip, collection)


def test_a_page_that_cannot_be_read_is_named(known: Known, collection: Path, newsclip: Newsclip) -> None:
    """A damaged record costs its own page and status 7; the others are judged."""
    urls = known(3)
    [listed] = [one for one in newsclip("-C", collection, "--json", "list").answers() if one["url"] == urls[0]]
    with (collection / listed["warc"]).open("r+b") as file:
        file.seek(listed["offset"] + 200)
        file.write(b"\0" * 50)
    ran, changes, counts = rerun(newsclip, collection)
    assert (ran.status, counts["failed"], counts["changed"]) == (7, 1, 1)
    assert [change["url"] for change in changes] == [urls[1]]
    assert urls[0] in ran.err


def start(collection: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a rerun of everything."""
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--json", "rerun"]
    return subprocess.Popen(command, cwd=collection.parent, env=environment, stdout=subprocess.PIPE)


@pytest.fixture(scope="module")
def twenty(town: Newspaper, tmp_path_factory: pytest.TempPathFactory, forks: Forks) -> tuple[Path, list[str]]:
    """Save 20 stories and lose what was said of them, so that a rerun has much to write."""
    folder = tmp_path_factory.mktemp("twenty")
    newsclip, collection, urls = (
        newsclip_in(folder, environment_of(folder), forks),
        folder / "collection",
        stories(town, 20),
    )
    ran = newsclip("-C", collection, "save", *urls, *FLAGS)
    assert ran.status == 0, ran.err
    lose_texts(newsclip, collection)
    return collection, urls


@pytest.fixture
def unlearned(twenty: tuple[Path, list[str]], collection: Path) -> list[str]:
    """Copy the twenty stories of which nothing is said; return their addresses."""
    shutil.copytree(twenty[0], collection)
    return twenty[1]


def test_killed_it_loses_nothing(
    unlearned: list[str], collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """However often a rerun is killed, every page is there and sound, and the next one finishes what is left."""
    originals = {file: file.read_bytes() for file in (collection / "archive").iterdir()}
    moments = random.Random(20261129)
    for number in range(KILLS):
        with start(collection, clean_environment) as process:
            assert process.stdout is not None
            if number % 2:
                process.stdout.readline()
            time.sleep(moments.uniform(0, 0.2 if number % 2 else 2.0))
            process.kill()
        print(f"killed: {process.returncode == -signal.SIGKILL}")
        assert {file: file.read_bytes() for file in originals} == originals
    assert rerun(newsclip, collection)[0].status == 0
    assert not any(line in text_of(newsclip, collection, url) for line in NOISE for url in unlearned)
    assert rerun(newsclip, collection)[2] == counted(20, 0)
    assert_sound(newsclip, collection)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_ends_in_good_order(
    kind: signal.Signals,
    unlearned: list[str],
    collection: Path,
    newsclip: Newsclip,
    clean_environment: dict[str, str],
) -> None:
    """A rerun that is told to end finishes what is under way, counts it, closes its files, and ends with 130."""
    with start(collection, clean_environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(kind)
        process.stdout.read()
        assert process.wait(60) == 130
    assert not list((collection / "archive").glob("*.open"))
    assert rerun(newsclip, collection)[0].status == 0
    assert not any(line in text_of(newsclip, collection, url) for line in NOISE for url in unlearned)
