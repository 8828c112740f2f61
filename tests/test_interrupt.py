"""Ctrl-C and SIGTERM end a save in good order: pages in flight are finished and saved, the rest waits for --resume."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests import warcs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

FLAGS = ("--allow-network", "127.0.0.0/8", "--delay", "0", "--per-host", "4", "--robots", "ignore")
IN_FLIGHT = 4


def begin(collection: Path, urls: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start a save whose output can be read while it runs."""
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--json", "save", *urls, *FLAGS]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=collection.parent
    )


def wait_for_requests(site: Newspaper, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until the site has been asked so many times, or the process has ended."""
    while len(site.requests) < count and process.poll() is None:
        time.sleep(0.01)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_pages_in_flight_are_finished(
    kind: signal.Signals, site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """An interrupted save acknowledges what was under way, says how to go on, ends with 130, and can be resumed."""
    urls = [site.url(f"/odd/slow/1/{number}") for number in range(IN_FLIGHT)]
    urls += [site.url(f"/n/{number}") for number in range(20)]
    with begin(collection, urls, clean_environment) as process:
        wait_for_requests(site, IN_FLIGHT, process)
        process.send_signal(kind)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "--resume" in err
    assert "Traceback" not in err
    done = {json.loads(line)["url"] for line in out.splitlines()}
    assert done >= set(urls[:IN_FLIGHT])
    assert not list((collection / "archive").glob("*.open"))

    resumed = newsclip("-C", collection, "--json", "save", "--resume", *FLAGS)
    assert resumed.status == 0, resumed.err
    assert sorted([*done, *(answer["url"] for answer in resumed.answers())]) == sorted(urls)


def test_a_second_ctrl_c_stops_at_once(
    site: Newspaper, collection: Path, newsclip: Newsclip, clean_environment: dict[str, str]
) -> None:
    """When a page never comes, a second Ctrl-C ends the save; what was acknowledged is kept and the rest is due."""
    urls = [site.url("/n/1"), site.url("/odd/mute")]
    with begin(collection, urls, clean_environment) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())["url"]
        wait_for_requests(site, 2, process)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert first == urls[0]
    assert first in {record.uri for record in warcs.whole_records(collection) if record.type == "response"}
    (advice,) = newsclip("-C", collection, "--json", "status").answers()[0]["advice"]
    assert "1 of 2 addresses left" in advice
    assert "newsclip save --resume" in advice
