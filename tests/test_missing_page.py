"""The missing page: one probe a site, whatever it answers, and no page that is there pays for it."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests import warcs
from tests.conftest import ROOT
from tests.site.missing import DEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "4")
SHORT = ("--timeout", "2")
PROBE = re.compile(r"/[a-z]{25}(\.[a-z]+)?$")
ANSWERS = {
    "polite": {"page"},
    "homing": {"home"},
    "fickle": {"story", "unknown"},
    "guarded": {"unknown"},
    "silent": {"unknown"},
    "honest": {"status"},
    "roundabout": {"status"},
}
"""Each site, and how it may be said to answer for a missing page."""
MADE = (("captures", "*"), ("sites", "*"), ("traces", "url_key, *"), ("warcs", "*"), ("texts", "rowid, *"))
"""The tables that are made from records, and what of them."""


def probes(site: Newspaper) -> list[str]:
    """Return the addresses that cannot exist and were asked for, in order."""
    return [path for path in site.paths() if PROBE.search(path)]


def remembered(collection: Path) -> list[dict[str, Any]]:
    """Return what the collection remembers of sites."""
    connection = sqlite3.connect(collection / "newsclip.sqlite")
    try:
        return [json.loads(page) for (page,) in connection.execute("SELECT missing_page FROM sites ORDER BY origin")]
    finally:
        connection.close()


def dump(collection: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the index that is made from records."""
    connection = sqlite3.connect(collection / "newsclip.sqlite")
    try:
        return {table: connection.execute(f"SELECT {what} FROM {table} ORDER BY 1").fetchall() for table, what in MADE}
    finally:
        connection.close()


def save(newsclip: Newsclip, collection: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    """Save addresses and return the answers by address."""
    ran = newsclip("-C", collection, "--json", "save", *arguments, *LOCAL, *SHORT)
    assert ran.status in {0, 3}, ran.err
    assert "Traceback" not in ran.err
    return {answer["url"]: answer for answer in ran.answers()}


def test_whatever_a_site_answers(another_site: Callable[[], Newspaper], collection: Path, newsclip: Newsclip) -> None:
    """A site is asked once, in this run and the next; its answer is kept and understood, and its pages stay live."""
    sites = {kind: another_site() for kind in ANSWERS}
    urls = [site.url(f"/odd/{kind}/{number}") for kind, site in sites.items() for number in range(6)]
    answers = save(newsclip, collection, *urls)
    assert {url: answer["verdict"] for url, answer in answers.items()} == dict.fromkeys(urls, "live")
    asked = {kind: probes(site) for kind, site in sites.items()}
    known = {answer["asked"]: answer["answer"] for answer in remembered(collection)}
    assert len(known) == len(sites)
    for kind, site in sites.items():
        (path,) = asked[kind]
        assert path.startswith(f"/odd/{kind}/")
        assert known[site.url(path)] in ANSWERS[kind], kind

    later = [site.url(f"/odd/{kind}/7") for kind, site in sites.items()]
    again = save(newsclip, collection, *later)
    assert {url: answer["verdict"] for url, answer in again.items()} == dict.fromkeys(later, "live")
    assert {kind: probes(site) for kind, site in sites.items()} == asked
    assert newsclip("-C", collection, "verify").status == 0
    listed = newsclip("-C", collection, "--json", "list", "--limit", "0").answers()
    assert {answer["url"] for answer in listed} == {*urls, *later}
    before = dump(collection)
    assert newsclip("-C", collection, "reindex").status == 0
    assert dump(collection) == before


def told(collection: Path, role: str) -> list[str]:
    """Return the addresses of the records of which our metadata says that they have a role."""
    said = [record for record in warcs.records(collection) if b"\nnewsclip: " in b"\n" + record.block]
    return [
        str(record.uri)
        for record in said
        if json.loads(record.block.rpartition(b"newsclip: ")[2]).get("role", "page") == role
    ]


def test_the_exchanges_of_a_probe_are_kept(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """In the WARC a probe has its role, what led to its answer are hops, and its page keeps its address and history."""
    url = site.url("/odd/roundabout/1")
    save(newsclip, collection, url)
    [asked] = probes(site)
    responses = {record.uri for record in warcs.records(collection) if record.type == "response"}
    assert {site.url(asked), site.url("/odd/roundabout/nowhere")} < responses
    assert told(collection, "probe") == [site.url("/odd/roundabout/nowhere")]
    assert told(collection, "hop") == [site.url(asked)]
    rows = newsclip("-C", collection, "list", "--all").out.splitlines()
    assert sorted(row.split()[2] for row in rows) == ["hop", "live", "probe", "robots"]
    assert len(newsclip("-C", collection, "--json", "history", url).answers()) == 1


def test_a_soft_404_is_found(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Where missing pages come with status 200 and latest stories, a story that was taken down is known as dead."""
    dead, live = site.url(f"/odd/polite/{DEAD}"), site.url("/odd/polite/1")
    answers = save(newsclip, collection, live, dead)
    assert (answers[dead]["verdict"], answers[live]["verdict"]) == ("soft-404", "live")
    assert not answers[dead]["article"]


@pytest.mark.parametrize("arguments", [("--no-probe",), ("--robots", "ignore", "--no-probe")])
def test_no_probe(arguments: tuple[str, ...], site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """With --no-probe nothing is asked for but the pages."""
    save(newsclip, collection, site.url("/odd/polite/1"), site.url("/odd/polite/2"), *arguments)
    assert not probes(site)
    assert not remembered(collection)


def test_pages_that_are_not_there_start_no_probe(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """404, 410 and 500, a file that is no markup and no answer at all make nobody ask."""
    urls = [site.url(path) for path in ("/nothing", "/odd/status/410", "/odd/status/500", "/log", "/odd/hang-up")]
    ran = newsclip("-C", collection, "--json", "save", *urls, *LOCAL, *SHORT)
    assert len(ran.answers()) == 5
    assert not probes(site)


def test_robots_txt_may_forbid_the_probe(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A probe that robots.txt does not allow is not sent, nothing is remembered, and pages are judged without it."""
    site.robots = "User-agent: *\nAllow: /odd/honest/1$\nAllow: /odd/honest/2$\nDisallow: /odd/honest/\n"
    answers = save(newsclip, collection, site.url("/odd/honest/1"), site.url("/odd/honest/2"))
    assert [answer["verdict"] for answer in answers.values()] == ["live", "live"]
    assert not probes(site)
    assert not remembered(collection)


def test_the_probe_is_a_sibling_with_the_same_ending(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """The address that cannot exist stands in the folder of the page, has its ending and no parameters."""
    save(newsclip, collection, site.url("/odd/dots/2026/story.html?page=2"))
    [asked] = probes(site)
    assert re.fullmatch(r"/odd/dots/2026/[a-z]{25}\.html", asked)


def test_what_is_remembered_grows_old(
    another_site: Callable[[], Newspaper], collection: Path, newsclip: Newsclip
) -> None:
    """A site is asked again after thirty days, and after one where nothing came of it."""
    remembered_for = {("status", 31): 2, ("status", 29): 1, ("unknown", 2): 2}
    sites = {known: another_site() for known in remembered_for}
    urls = [site.url("/odd/honest/1") for site in sites.values()]
    save(newsclip, collection, *urls)
    statement = (
        "UPDATE sites SET missing_page = json_set(missing_page, '$.answer', ?, '$.asked_at', "
        "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)) WHERE json_extract(missing_page, '$.asked') = ?"
    )
    with closing(sqlite3.connect(collection / "newsclip.sqlite")) as connection, connection:
        for (answer, days), site in sites.items():
            (asked,) = probes(site)
            assert connection.execute(statement, (answer, f"-{days} days", site.url(asked))).rowcount == 1
    save(newsclip, collection, *urls)
    assert {known: len(probes(site)) for known, site in sites.items()} == remembered_for


def test_ctrl_c_waits_for_pages_and_not_for_the_probe(
    site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """Interrupted while a probe finds no answer, a save judges its pages at once, and the next one asks anew."""
    urls = [site.url(f"/odd/silent/{number}") for number in range(3)]
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--json", "save", *urls, *LOCAL]
    command += ["--timeout", "600"]
    with subprocess.Popen(
        command, env=clean_environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while len(site.requests) < 1 + len(urls) + 1 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    answers = [json.loads(line) for line in out.splitlines()]
    assert {answer["url"]: answer["verdict"] for answer in answers} == dict.fromkeys(urls, "live")
    assert newsclip("-C", collection, "verify").status == 0
    assert not remembered(collection)
    save(newsclip, collection, site.url("/odd/silent/4"))
    assert len(probes(site)) == 2
