"""pywb, which is not ours, over collections as they lie on disk; it has an environment of its own."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

READERS = Path(__file__).resolve().parent.parent / ".venv-readers" / "bin" / "python"
SERVER = """
import sys
from gevent import monkey
monkey.patch_all()
from gevent.pywsgi import WSGIServer
from pywb.apps.frontendapp import FrontEndApp
server = WSGIServer(("127.0.0.1", 0), FrontEndApp(config_file=sys.argv[1]), log=None)
server.start()
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def replayed(collection: Path, folder: Path) -> Iterator[int]:
    """Serve a collection as `news` and yield the port; `folder` is for settings and log."""
    if not READERS.exists():
        pytest.fail("pywb has an environment of its own; make it with: scripts/set-up readers .venv-readers")
    config = folder / "config.yaml"
    places = f"index_paths: {collection}/indexes/\n    archive_paths: {collection}/archive/"
    config.write_text(f"collections:\n  news:\n    {places}\n", encoding="utf-8")
    command = [str(READERS), "-W", "ignore", "-c", SERVER, str(config)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        assert server.stdout is not None
        port = server.stdout.readline()
        try:
            assert port, (folder / "log").read_text(encoding="utf-8")[-2000:]
            yield int(port)
        finally:
            server.kill()
