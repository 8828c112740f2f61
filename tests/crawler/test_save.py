"""`newsclip save` through its door: the command line, a real site, and what is in the collection afterwards."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from tests import warcs
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0")
KEYS = [
    "url", "final_url", "fetched_at", "status", "verdict", "reason", "confidence", "title", "authors", "published",
    "language", "words", "warc", "offset", "record_id", "revisit_of", "memento_of",
    "memento_datetime", "article", "fault",
]  # fmt: skip
"""The keys of `save --json`, as docs/commands.md lists them."""
STORY = "/harbour/ferry-back-on-winter-timetable"
NOTHING = "http://127.0.0.1:1/"
"""An address where nobody listens (tcpmux, RFC 1078)."""


def test_a_page_is_saved_and_described(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """For people, a save tells verdict, reason, title, author, date, words, and where text and record are."""
    ran = newsclip("-C", collection, "save", site.url(STORY), *LOCAL)
    assert ran.status == 0, ran.err
    for words in ("live", "because", "Island ferry back", "Marion Tresco", "2026-11-16", " words", "articles/"):
        assert words in ran.out
    article = next(line.split()[1] for line in ran.out.splitlines() if line.startswith("text"))
    text = (collection / article).read_text(encoding="utf-8")
    assert "The first boat left at ten past seven" in text
    assert "Sign up for our newsletter" not in text
    assert "1 captured: 1 live." in ran.err


def test_json_has_the_documented_keys(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """One object an address, with the keys of the design; bad lines of a list are named and the rest goes on."""
    bare = site.url(STORY).removeprefix("http://")
    listed = f"# a list\n\n  http://{bare}  \nhttp://{bare}#part\nhttp://\n{site.url('/weather')}\n"
    ran = newsclip("-C", collection, "--json", "save", "--from", "-", *LOCAL, stdin=listed)
    answers = ran.answers()
    assert [sorted(answer) for answer in answers] == [sorted(KEYS)] * 2
    assert {answer["verdict"] for answer in answers} == {"live", "error"}
    assert ran.status == 4
    assert "line 5" in ran.err
    assert "1 named more than once" in ran.err
    assert [asked.path for asked in site.requests].count(STORY) == 1


def test_an_unchanged_page_becomes_a_revisit(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Saved again, a page whose payload is the same is stored as a revisit; `--if-older-than` skips it altogether."""
    first = newsclip("-C", collection, "--json", "save", site.url(STORY), *LOCAL).answers()[0]
    again = newsclip("-C", collection, "--json", "save", site.url(STORY), *LOCAL).answers()[0]
    assert again["revisit_of"] == first["record_id"]
    assert again["article"] == first["article"]
    asked = len(site.requests)
    skipped = newsclip("-C", collection, "--json", "save", "--if-older-than", "1d", site.url(STORY), *LOCAL)
    assert (skipped.status, skipped.out) == (0, "")
    assert "1 skipped" in skipped.err
    assert len(site.requests) == asked
    assert [record.type for record in warcs.records(collection)].count("revisit") == 2  # the page and robots.txt
    assert warcs.check(collection)[0] == 0


def test_every_hop_is_kept(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A redirect is followed and kept, the page is told with both addresses, and a moved page is not live."""
    ran = newsclip("-C", collection, "--json", "save", site.url("/2014/05/regatta-results"), "--no-probe", *LOCAL)
    (answer,) = ran.answers()
    assert (ran.status, answer["verdict"]) == (3, "moved")
    assert (answer["url"], answer["final_url"]) == (site.url("/2014/05/regatta-results"), site.url("/"))
    kept = {record.uri for record in warcs.records(collection) if record.type == "response"}
    assert kept == {site.url("/2014/05/regatta-results"), site.url("/"), site.url("/robots.txt")}


def test_no_answer_is_kept_too(collection: Path, newsclip: Newsclip) -> None:
    """An address where nobody answers is recorded with the error, judged unreachable, and gives status 4."""
    ran = newsclip("-C", collection, "--json", "save", NOTHING, "--robots", "ignore", *LOCAL)
    (answer,) = ran.answers()
    assert (ran.status, answer["verdict"], answer["status"]) == (4, "unreachable", None)
    blocks = [record.block for record in warcs.records(collection) if record.uri == NOTHING]
    assert any(block.startswith(b"error: ") for block in blocks)
    assert newsclip("-C", collection, "verify").status == 0


def test_robots_txt_is_obeyed_unless_told_otherwise(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """What robots.txt forbids is not asked for, and the refusal says how to save it all the same."""
    url = site.url("/admin/secret")
    refused = newsclip("-C", collection, "--json", "save", url, *LOCAL)
    (answer,) = refused.answers()
    assert refused.status == 4
    assert answer["verdict"] == "unsure"
    assert "--robots ignore" in answer["reason"]
    assert [asked.path for asked in site.requests] == ["/robots.txt"]
    ignored = newsclip("-C", collection, "--json", "save", url, "--robots", "ignore", *LOCAL)
    assert ignored.answers()[0]["verdict"] == "gone"
    assert [asked.path for asked in site.requests] == ["/robots.txt", "/admin/secret"]


def test_a_collection_in_use_is_left_alone(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """While one process writes, another is refused with its number, and readers are not."""
    code = (
        "import sys; from pathlib import Path; from archive.writer import Writer; from archive.options import "
        "StoreOptions; w = Writer.open(Path(sys.argv[1]), StoreOptions(), 'test'); print('open', flush=True); "
        "sys.stdin.read(); w.close('done')"
    )
    command = [sys.executable, "-c", code, str(collection)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as holder:  # type: ignore[call-overload]
        assert holder.stdout.readline() == b"open\n"
        ran = newsclip("-C", collection, "save", site.url(STORY), *LOCAL)
        assert ran.status == 75
        assert f"process {holder.pid}" in ran.err
        assert newsclip("-C", collection, "status").status == 0
        holder.stdin.close()


def test_a_folder_that_cannot_be_written_is_refused(site: Newspaper, tmp_path: Path, newsclip: Newsclip) -> None:
    """A collection below a plain file is refused by path, and nothing is fetched."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = newsclip("-C", tmp_path / "file" / "collection", "save", site.url(STORY), *LOCAL)
    assert ran.status == 2
    assert str(tmp_path / "file") in ran.err
    assert not site.requests


def test_a_damaged_index_is_named_and_can_be_rebuilt(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A database that is none stops the save before anything is fetched; `reindex` brings back what was saved."""
    newsclip("-C", collection, "save", site.url(STORY), *LOCAL)
    (collection / "newsclip.sqlite").write_bytes(b"this is no database" * 1000)
    asked = len(site.requests)
    ran = newsclip("-C", collection, "save", site.url("/weather"), *LOCAL)
    assert ran.status == 7
    assert "newsclip reindex" in ran.err
    assert len(site.requests) == asked
    assert newsclip("-C", collection, "reindex").status == 0
    assert "The first boat left" in newsclip("-C", collection, "show", site.url(STORY)).out


def test_a_full_disk_stops_the_save_and_loses_nothing(
    site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """When files can grow no more, the save ends with status 6; what it acknowledged is whole, the rest is resumed."""
    urls = [site.url(f"/n/{number}") for number in range(60)]
    command = [
        sys.executable,
        "-m",
        "crawler",
        "-C",
        str(collection),
        "--json",
        "save",
        *urls,
        *LOCAL,
        "--per-host",
        "4",
    ]
    limited = f"ulimit -f 400; exec {subprocess.list2cmdline(command)}"
    ran = subprocess.run(
        ["bash", "-c", limited],
        cwd=ROOT,
        env=clean_environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert ran.returncode == 6, ran.stderr
    assert "free some space" in ran.stderr
    assert "Traceback" not in ran.stderr
    acknowledged = {json.loads(line)["url"] for line in ran.stdout.splitlines()}
    resumed = newsclip("-C", collection, "--json", "save", "--resume", *LOCAL, "--per-host", "4")
    assert resumed.status == 0, resumed.err
    assert not acknowledged & {answer["url"] for answer in resumed.answers()}
    listed = newsclip("-C", collection, "--json", "list", "--limit", "0").answers()
    assert sorted(answer["url"] for answer in listed) == sorted(urls)
    assert newsclip("-C", collection, "verify").status == 0


def test_a_closed_pipe_does_not_stop_a_save(
    site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """When nobody reads the answers any more, the pages are saved all the same, without a traceback."""
    urls = [site.url(f"/n/{number}") for number in range(12)]
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--json", "save", *urls, *LOCAL]
    piped = f"{subprocess.list2cmdline(command)} | head -n 1"
    ran = subprocess.run(
        ["bash", "-c", piped], cwd=ROOT, env=clean_environment, capture_output=True, text=True, check=True, timeout=90
    )
    assert "Traceback" not in ran.stderr
    assert "12 captured" in ran.stderr
    assert len(newsclip("-C", collection, "--json", "list").answers()) == 12


def test_progress_is_shown_on_a_terminal(site: Newspaper, collection: Path, clean_environment: dict[str, str]) -> None:
    """On a terminal a bar counts pages, with the rate and the time left."""
    leader, follower = pty.openpty()
    urls = [site.url(f"/n/{number}") for number in range(5)]
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "save", *urls, *LOCAL]
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 100, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, env=clean_environment, stdout=subprocess.PIPE, stderr=follower) as process:
        os.close(follower)
        seen = _read_all(leader)
        assert process.stdout is not None
        process.stdout.read()
    assert process.returncode == 0
    assert "/5" in seen
    assert "pages/s" in seen


def _read_all(terminal: int) -> str:
    """Return what was written to a pseudo-terminal until its other end was closed."""
    pieces = []
    while True:
        try:
            pieces.append(os.read(terminal, 65536))
        except OSError:  # EIO: that is how Linux says that nobody holds the other end any more
            break
    os.close(terminal)
    return b"".join(pieces).decode()


@pytest.mark.parametrize(("age", "words"), [("soon", "'soon'"), ("5", "'5'")])
def test_a_wrong_age_is_refused_by_value(age: str, words: str, collection: Path, newsclip: Newsclip) -> None:
    """A misspelt age is a usage error that repeats it."""
    ran = newsclip("-C", collection, "save", "--if-older-than", age, "news.example")
    assert ran.status == 2
    assert words in ran.err
    assert not collection.exists()


def test_the_spider_runs_under_scrapy(
    site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """`scrapy crawl save -a url=…` saves into the same kind of collection as `newsclip save`."""
    environment = clean_environment | {
        "NEWSCLIP_FETCH_ALLOW_NETWORKS": "127.0.0.0/8",
        "NEWSCLIP_FETCH_DELAY": "0",
        "NEWSCLIP_COLLECTION_PATH": str(collection),
    }
    scrapy = [sys.executable, "-m", "scrapy.cmdline", "crawl", "save", "-a", f"url={site.url(STORY)}"]
    ran = subprocess.run(scrapy, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    (answer,) = newsclip("-C", collection, "--json", "list").answers()
    assert (answer["url"], answer["verdict"]) == (site.url(STORY), "live")
    assert not list((collection / "archive").glob("*.open"))
