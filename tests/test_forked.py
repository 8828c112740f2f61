"""The forked runs of the tests are like runs of `python -m crawler`."""

from __future__ import annotations

import signal
import subprocess
import sys
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.forked import Forks
    from tests.site.newspaper import Newspaper

PAGE = b"<title>Harbour</title><h1>Harbour wall is raised</h1>" + b"<p>The wall is to be raised by two metres.</p>" * 9


@pytest.mark.parametrize("arguments", [["--version"], ["lizt"], ["list"], ["--json", "extract", "harbour.html"]])
def test_a_forked_run_is_like_one_from_the_start(
    arguments: list[str], forks: Forks, tmp_path: Path, clean_environment: dict[str, str]
) -> None:
    """Both say the same of the same folder and environment, and end with the same status."""
    (tmp_path / "harbour.html").write_bytes(PAGE)
    environment = clean_environment | {"NEWSCLIP_COLLECTION_PATH": "elsewhere"}
    command = [sys.executable, "-m", "crawler", *arguments]
    started = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, cwd=tmp_path, env=environment, check=False, timeout=60
    )
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        status = forks.run(arguments, (given, out, err), tmp_path, environment, 60)
        out.seek(0)
        err.seek(0)
        assert (status, out.read(), err.read()) == (started.returncode, started.stdout, started.stderr)
    assert started.stdout + started.stderr


def test_a_forked_run_ends_at_its_deadline(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A run that takes too long is killed, and its status says so."""
    ran = newsclip(
        "-C", collection, "save", site.url("/odd/mute"), "--allow-network", "127.0.0.0/8", "--robots", "ignore",
        deadline=2,
    )  # fmt: skip
    assert ran.status == -signal.SIGKILL
