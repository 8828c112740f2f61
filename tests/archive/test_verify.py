"""verify finds every damage under its own name, goes on after it, and finds nothing in what is whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive.fault import REMEDIES
from archive.options import StoreOptions
from archive.reindex import reindex
from archive.writer import Writer
from tests.damaged.ways import MAY_FOLLOW, WAYS, row_missing, torn_tail, zero_filled_tail
from tests.shelf import Told, build, findings, page, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a collection that is copied before it is damaged."""
    path = tmp_path_factory.mktemp("whole") / "collection"
    build(path)
    return path


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    shutil.copytree(whole, tmp_path / "copy")
    return tmp_path / "copy"


def faults(path: Path, status: int) -> list[dict[str, Any]]:
    """Verify a collection and return what was found."""
    said = run(path, "--json", "verify")
    assert said.status == status, said.out + said.err
    return [json.loads(line) for line in said.out.splitlines()]


def test_a_whole_collection_has_no_fault(whole: Path) -> None:
    """Verifying what the writer wrote finds nothing, says how much was read, and gives status 0."""
    said = run(whole, "verify")
    assert (said.status, said.out) == (0, "")
    size = sum(file.stat().st_size for file in (whole / "archive").iterdir())
    assert "2 files" in said.err
    assert f"{size} bytes read: all is well" in said.err


def test_a_reindexed_collection_has_no_fault(copy: Path) -> None:
    """Verifying finds nothing in an index that was made anew."""
    reindex(copy, lambda _: None)
    assert faults(copy, 0) == []


@pytest.mark.parametrize("damage", WAYS, ids=lambda damage: damage.__name__)
def test_every_damage_is_found_under_its_name(copy: Path, damage: Callable[[Path], None]) -> None:
    """Each way to damage a collection is found as what it is, with a place and a remedy, and status 7."""
    damage(copy)
    found = faults(copy, 7)
    kinds = {fault["kind"] for fault in found}
    assert kinds >= WAYS[damage], found
    assert kinds <= WAYS[damage] | MAY_FOLLOW.get(damage, set()), found
    assert all(list(fault) == ["kind", "where", "what", "remedy"] and all(fault.values()) for fault in found)
    assert "Traceback" not in run(copy, "verify").err


def test_every_kind_is_found_in_a_test() -> None:
    """There is a way to bring about each kind of fault but those that a file system or SQLite must make."""
    assert set().union(*WAYS.values()) == set(REMEDIES) - {"index-damaged", "file-unreadable"}


def test_damage_in_one_place_hides_none_in_another(copy: Path) -> None:
    """Three damages at once are all found."""
    for damage in (torn_tail, zero_filled_tail, row_missing):
        damage(copy)
    kinds = {fault["kind"] for fault in faults(copy, 7)}
    assert kinds >= WAYS[torn_tail] | WAYS[zero_filled_tail] | {"record-not-indexed", "text-orphan"}


def test_a_damaged_index_is_a_fault(copy: Path) -> None:
    """A page of the index that was overwritten is found, or said in one message with its remedy."""
    database = copy / "newsclip.sqlite"
    data = bytearray(database.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    database.write_bytes(data)
    said = run(copy, "verify")
    assert said.status == 7
    assert "newsclip reindex" in said.out + said.err


def test_what_is_being_written_is_verified_as_far_as_it_is(tmp_path: Path) -> None:
    """Beside a writer, verify finds nothing wrong, though the writer's files end in the middle of a record."""
    writer = Writer.open(tmp_path, StoreOptions(), "save")
    for finding in findings():
        writer.put(finding).result()
    script = (
        "import sys; from pathlib import Path; from tests.shelf import run; said = run(Path(sys.argv[1]), 'verify')"
    )
    for file in (tmp_path / "archive").iterdir():
        with file.open("ab") as stream:
            stream.write(b"\x1f\x8b\x08 half a record")
    command = [sys.executable, "-c", f"{script}; print(said.out + said.err); sys.exit(said.status)", str(tmp_path)]
    beside = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert beside.returncode == 0, beside.stdout + beside.stderr
    for file in (tmp_path / "archive").iterdir():
        with file.open("rb+") as stream:
            stream.truncate(file.stat().st_size - len(b"\x1f\x8b\x08 half a record"))
    writer.close("done")
    assert faults(tmp_path, 0) == []


def test_the_same_words_with_other_links_share_an_article(tmp_path: Path) -> None:
    """Two captures whose text is equal and whose Markdown is not share one article file, and that is no fault."""
    url = "https://news.example/a"
    one, two = (
        page(url, Told(text="The same."), day, response=f"HTTP/1.1 200 OK\r\n\r\n{day}".encode()) for day in (1, 2)
    )
    assert two.processed is not None
    article = two.processed.article
    assert article is not None
    object.__setattr__(article, "markdown", "# A title\n\n*The same.*")
    build(tmp_path, [one, two])
    assert faults(tmp_path, 0) == []


class _Site(BaseHTTPRequestHandler):
    """Two pages and a redirect, one of them chunked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/plain")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200 if self.path in ("/plain", "/chunked") else 404)
        self.send_header("Content-Type", "text/html")
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"6\r\n<p>In \r\n6\r\nchunks\r\n0\r\n\r\n")
            return
        self.send_header("Content-Length", "12")
        self.end_headers()
        self.wfile.write(b"<p>Plain</p>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """Serve the two pages on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("compressed", [True, False])
def test_a_warc_that_wget_made_is_read_and_verified(site: str, tmp_path: Path, compressed: bool) -> None:  # noqa: FBT001 - both kinds
    """A WARC file of wget's, put into archive/ and reindexed, is listed, shown, and verified without a fault."""
    path = tmp_path / "collection"
    build(path, [])
    command = ["wget", "--quiet", f"--warc-file={tmp_path / 'theirs'}", "--delete-after", "--tries=1", "--no-config"]
    command += [] if compressed else ["--no-warc-compression"]
    subprocess.run([*command, *(f"{site}/{name}" for name in ("plain", "chunked", "moved"))], cwd=tmp_path, check=True)
    name = "theirs.warc.gz" if compressed else "theirs.warc"
    shutil.copy(tmp_path / name, path / "archive")
    assert "file-unknown" in {fault["kind"] for fault in faults(path, 7)}
    assert run(path, "reindex").status == 0
    assert faults(path, 0) == []
    listed = [json.loads(line) for line in run(path, "--json", "list").out.splitlines()]
    assert {row["final_url"] for row in listed} >= {f"{site}/plain", f"{site}/chunked"}
    assert "In chunks" in run(path, "show", f"{site}/chunked", "--html").out
    assert "unjudged" in run(path, "list").out
