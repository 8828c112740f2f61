"""robots.txt: a request that waits for it while another one fetches it obeys it all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.crawler.odd_server import OddServer

ROOT = Path(__file__).resolve().parents[2]


def test_everybody_obeys() -> None:
    """Of ten requests made at once, the nine that robots.txt forbids are refused, and robots.txt is fetched once."""
    with OddServer() as server:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.crawler.robots_crawl", server.url("")],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        asked = [logged.received.split(b" ")[1] for logged in server.log]
    assert sorted(ran.stdout.splitlines()) == ["fetched plain", *["refused: Forbidden by robots.txt"] * 9]
    assert asked == [b"/robots.txt", b"/plain"]
