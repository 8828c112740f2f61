"""How politely `save` asks: times as the server saw them, over real connections, by the command line.

Times are bounded from below alone: that a request came too early is a fault, that it came late is a busy machine.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from crawler import VERSION
from crawler.demo.pages import Answer
from tests.conftest import ROOT
from tests.crawler.odd_server import OddServer
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Newsclip

LOCAL = ("--allow-network", "127.0.0.0/8", "--no-probe")
_JITTER = 0.1
"""Seconds that a request may seem early: the server notes its arrival late when the machine is busy."""


@pytest.fixture
def other() -> Iterator[Newspaper]:
    """Serve a second newspaper, on a port of its own: another host."""
    with Newspaper() as newspaper:
        yield newspaper


def times(site: Newspaper) -> list[float]:
    """Return when each request arrived, but for those for robots.txt."""
    return [asked.at for asked in site.requests if asked.path != "/robots.txt"]


def gaps(site: Newspaper) -> list[float]:
    """Return the seconds between requests."""
    return [later - earlier for earlier, later in pairwise(times(site))]


def pages(site: Newspaper, count: int) -> list[str]:
    """Return addresses of that many articles."""
    return [site.url(f"/n/{number}") for number in range(count)]


def test_the_user_agent_names_us_and_whom_to_write_to(collection: Path, newsclip: Newsclip) -> None:
    """Every request, that for robots.txt too, says who asks, in which version, and who answers for it."""
    settings = collection.with_suffix(".toml")
    settings.write_text('[collection]\noperator = "The Gazette <archive@gazette.example>"\n', encoding="utf-8")
    with OddServer() as server:
        ran = newsclip("-C", collection, "--config", settings, "save", server.url("plain"), *LOCAL)
        agents = [field for logged in server.log for field in logged.received.split(b"\r\n") if b"User-Agent" in field]
    assert ran.out, ran.err
    assert agents == [f"User-Agent: newsclip/{VERSION} (+The Gazette <archive@gazette.example>)".encode()] * 2


@pytest.mark.parametrize("connections", ["1", "3"])
def test_requests_are_a_delay_apart(connections: str, site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Between two requests to a host lies the delay, also when several connections share its pace."""
    flags = ("--delay", "0.5", "--per-host", connections)
    ran = newsclip("-C", collection, "save", *pages(site, 4), *LOCAL, *flags)
    assert ran.status == 0, ran.err
    assert len(gaps(site)) == 3
    assert min(gaps(site)) >= 0.5 - _JITTER


def test_hosts_do_not_wait_for_each_other(
    site: Newspaper, other: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """The delay is each host's own: two ports are asked side by side, and no place is held by one that waits."""
    urls = [url for both in zip(pages(site, 3), pages(other, 3), strict=True) for url in both]
    ran = newsclip("-C", collection, "save", *urls, *LOCAL, "--delay", "0.6", "--concurrency", "1")
    assert ran.status == 0, ran.err
    assert min(*gaps(site), *gaps(other)) >= 0.6 - _JITTER
    assert times(other)[0] < times(site)[1]
    assert times(site)[1] < times(other)[2]


def test_crawl_delay_is_kept(another_site: Callable[[], Newspaper], collection: Path, newsclip: Newsclip) -> None:
    """What robots.txt asks for, of us or of everybody, is kept although `--delay` is less."""
    rules = (
        "User-agent: *\nCrawl-delay: 1\n",
        "User-agent: *\nCrawl-delay: 60\n\nUser-agent: newsclip\nCrawl-delay: 1\n",
        "User-agent: newsclip\nRequest-rate: 1/1s\n",
    )
    sites = [another_site() for _ in rules]
    for site, rule in zip(sites, rules, strict=True):
        site.robots = rule
    urls = [url for site in sites for url in pages(site, 3)]
    ran = newsclip("-C", collection, "save", *urls, *LOCAL, "--delay", "0", "--per-host", "2", deadline=30)
    assert ran.status == 0, ran.err
    assert [min(gaps(site)) >= 1 - _JITTER for site in sites] == [True] * len(rules)


def test_robots_txt_ignored_is_ignored_whole(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """With `--robots ignore` robots.txt is not asked for, and so nothing that it says holds."""
    site.robots = "User-agent: *\nCrawl-delay: 100\n"
    flags = ("--delay", "0", "--robots", "ignore")
    assert newsclip("-C", collection, "save", *pages(site, 3), *LOCAL, *flags, deadline=60).status == 0
    assert "/robots.txt" not in site.paths()


def test_retry_after_is_waited_for(another_site: Callable[[], Newspaper], collection: Path, newsclip: Newsclip) -> None:
    """A busy host is let alone until it wants to be asked again, and what it answered is captured and judged."""
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
    date = quote(format_datetime(until, usegmt=True))
    busy = {
        site.url(f"/odd/busy/{status}/{said}"): site
        for status, said in ((429, "2"), (429, date), (503, "2"))
        for site in [another_site()]
    }
    urls = [url for one, site in busy.items() for url in (one, *pages(site, 2))]
    ran = newsclip("-C", collection, "--json", "save", *urls, *LOCAL, "--delay", "0")
    assert ran.status == 3, ran.err
    judged = {answer["url"]: answer for answer in ran.answers()}
    assert judged.keys() == set(urls)
    for url, site in busy.items():
        assert judged[url]["status"] == int(url.split("/")[-2])
        assert judged[url]["verdict"] != "live"
        first, second, _ = times(site)
        if url.endswith(date):
            assert second + time.time() - time.monotonic() >= until.timestamp() - _JITTER
        else:
            assert second - first >= 2 - _JITTER


def test_nonsense_is_not_waited_for(
    another_site: Callable[[], Newspaper], collection: Path, newsclip: Newsclip
) -> None:
    """A Retry-After that means nothing, or a time that has passed, backs off as if there were none; all is saved."""
    sites = {said: another_site() for said in ("soon", "", "Wed, 21 Oct 2015 07:28:00 GMT")}
    urls = [url for said, site in sites.items() for url in (site.url(f"/odd/busy/429/{quote(said)}"), *pages(site, 1))]
    ran = newsclip("-C", collection, "--json", "save", *urls, *LOCAL, "--delay", "0.3", deadline=30)
    assert ran.status == 3, ran.err
    assert {answer["url"] for answer in ran.answers()} == set(urls)
    assert [gaps(site)[0] >= 0.6 - _JITTER for site in sites.values()] == [True] * len(sites)


def test_a_rest_that_is_too_long_leaves_the_host_for_later(
    site: Newspaper, other: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """A host that asks for an hour is left: its pages stay due, others are saved, and `--resume` finishes."""
    busy = site.url("/odd/busy/503/3600")
    urls = [busy, *pages(site, 6), *pages(other, 2)]
    ran = newsclip("-C", collection, "--json", "save", *urls, *LOCAL, "--delay", "0.1", deadline=60)
    assert ran.status == 4
    assert sorted(answer["url"] for answer in ran.answers()) == sorted([busy, *pages(other, 2)])
    name = site.base.removeprefix("http://")
    assert f"{name} is left for later: it asks to be left alone for 3600 seconds (status 503, Retry-After)" in ran.err
    assert "6 of its addresses are not done" in ran.err
    assert "newsclip save --resume" in ran.err
    resumed = newsclip("-C", collection, "--json", "save", "--resume", *LOCAL, "--delay", "0")
    assert resumed.status == 0, resumed.err
    assert sorted(answer["url"] for answer in resumed.answers()) == sorted(pages(site, 6))
    assert newsclip("-C", collection, "verify").status == 0


def test_a_host_that_is_too_busy_for_robots_txt_rests_too(
    site: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """Retry-After in the answer for robots.txt holds for the pages: for an hour none is asked for, for a second all."""
    site.robots = Answer(b"", 503, headers=(("Retry-After", "3600"),))
    ran = newsclip("-C", collection, "--json", "save", *pages(site, 2), *LOCAL, "--delay", "0", deadline=60)
    assert (ran.status, ran.out, site.paths()) == (4, "", ["/robots.txt"])
    assert "2 of its addresses are not done" in ran.err
    site.robots = Answer(b"", 503, headers=(("Retry-After", "1"),))
    ran = newsclip("-C", collection, "--json", "save", "--resume", *LOCAL, "--delay", "0")
    assert ran.status == 0, ran.err
    assert times(site)[0] - site.requests[1].at >= 1 - _JITTER


def test_trouble_doubles_the_delay_and_answers_heal_it(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """After each error the host is let alone twice as long, up to `--max-delay`; a 404 is an answer like any other."""
    errors = [site.url(f"/odd/status/{status}") for status in (500, 502, 429)]
    urls = [*errors, *pages(site, 1), site.url("/odd/status/404")]
    ran = newsclip("-C", collection, "save", *urls, *LOCAL, "--delay", "0.2", "--max-delay", "1")
    assert ran.status == 3, ran.err
    assert [gap >= least - _JITTER for gap, least in zip(gaps(site), (0.4, 0.8, 1.0, 0.5), strict=True)] == [True] * 4


def test_a_silent_host_is_given_up_and_its_pages_stay_due(
    site: Newspaper, collection: Path, newsclip: Newsclip
) -> None:
    """After so many silences in a row a host is left; what was tried is judged, the rest is named and stays due."""
    urls = [site.url(f"/odd/mute/{number}") for number in range(6)]
    flags = ("--delay", "0", "--timeout", "0.3", "--robots", "ignore", "--max-failures", "3", "--max-delay", "0.1")
    ran = newsclip("-C", collection, "--json", "save", *urls, *LOCAL, *flags)
    assert ran.status == 4
    assert [answer["verdict"] for answer in ran.answers()] == ["unreachable"] * 3
    assert "it did not answer 3 times in a row; 3 of its addresses are not done" in ran.err
    again = newsclip("-C", collection, "--json", "save", "--resume", *LOCAL, *flags, "--max-failures", "0")
    assert [answer["url"] for answer in again.answers()] == urls[3:]
    assert "left for later" not in again.err


def test_a_host_that_is_not_there_is_given_up(collection: Path, newsclip: Newsclip) -> None:
    """Refused connections are silences; a host whose robots.txt cannot be had is asked for its pages all the same."""
    urls = [f"http://127.0.0.1:1/{number}" for number in range(20)]
    ran = newsclip(
        "-C", collection, "--json", "save", *urls, *LOCAL, "--delay", "0", "--max-failures", "4", "--max-delay", "0.1"
    )
    assert ran.status == 4
    assert {answer["verdict"] for answer in ran.answers()} == {"unreachable"}
    assert "it did not answer 4 times in a row" in ran.err


@pytest.mark.parametrize("kind", ["mute", "stall", "trickle"])
def test_a_stalled_host_holds_up_nobody(
    kind: str, site: Newspaper, other: Newspaper, collection: Path, clean_environment: dict[str, str]
) -> None:
    """However many addresses of a host that never answers come first, another host is done during its first one."""
    listed = collection.with_suffix(".txt")
    stalled = [site.url(f"/odd/{kind}/{number}") for number in range(120)]
    listed.write_text("\n".join([*stalled, *pages(other, 20)]), encoding="utf-8")
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--json", "save", "--from", str(listed), *LOCAL]
    command += ["--delay", "0", "--timeout", "100", "--robots", "ignore", "--concurrency", "2"]
    with subprocess.Popen(command, env=clean_environment, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            answers = [json.loads(process.stdout.readline()) for _ in range(20)]
        finally:
            process.kill()
    assert sorted(answer["url"] for answer in answers) == sorted(pages(other, 20))
    assert len(times(site)) == 1


def test_a_stopped_save_does_not_wait_for_a_host_that_rests(
    site: Newspaper, collection: Path, clean_environment: dict[str, str]
) -> None:
    """Ctrl-C ends a save whose host asked for five minutes; the pages that waited for it stay due."""
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "save", site.url("/odd/busy/429/300")]
    command += [*pages(site, 3), *LOCAL, "--delay", "0"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=clean_environment, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline().startswith("blocked")
        process.send_signal(signal.SIGINT)
        try:
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130, err
    assert "3 not done; finish with: newsclip save --resume" in err
    assert "Traceback" not in err
