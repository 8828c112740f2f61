"""The writer: an acknowledgement means files and index have it, and any end of the process leaves what was said."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive import index
from archive.collection import OPEN, Collection
from archive.errors import Damaged, Locked, NewsclipError, NotWritable
from archive.model import Exchange, Finding, Liveness, Processed
from archive.options import StoreOptions
from archive.reading import read_record, records_of
from archive.schema import connect_to_read
from archive.writer import Writer
from tests.archive.findings import GET, LIVE, OPTIONS, WHEN, article, exchange, page, response, store
from tests.shelf import run
from tests.warcs import check

if TYPE_CHECKING:
    from archive.model import Capture

ROOT = Path(__file__).resolve().parents[2]


def captures(path: Path) -> list[Capture]:
    """Return every capture of a collection, in the order of the index."""
    connection = connect_to_read(Collection(path))
    try:
        return list(index.select(connection, "ORDER BY id"))
    finally:
        connection.close()


def test_an_acknowledgement(tmp_path: Path) -> None:
    """The result of a put is the capture as the index has it, and its records are on disk while the run goes on."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    capture = writer.put(page(said=article())).result(10)
    assert captures(tmp_path) == [capture]
    collection = Collection(tmp_path)
    assert read_record(collection, capture.response).block == response()
    assert capture.text is not None
    assert read_record(collection, capture.text).block == b"The harbour wall is to be raised."
    assert capture.article is not None
    assert "raised" in (tmp_path / capture.article).read_text()
    assert (capture.liveness, capture.title, capture.authors) == (Liveness.LIVE, "Harbour", ("Ann Orr", "Bo Ek"))
    assert (capture.run, capture.words, capture.language) == (writer.run, 7, "en")
    writer.close("done")


def test_hops(tmp_path: Path) -> None:
    """What led to a page becomes captures of its own, without a verdict; the last exchange has the finding's role."""
    way = (
        exchange("http://news.example/", b""),
        exchange("http://news.example/", response(status=b"301 Moved", extra=b"Location: /story\r\n"), 1),
        exchange("http://news.example/story", seconds=2),
    )
    [capture] = store(tmp_path, Finding("page", "http://news.example/", way, Processed(LIVE)))
    kept = captures(tmp_path)
    assert [(one.role, one.status, one.liveness) for one in kept] == [
        ("hop", None, None),
        ("hop", 301, None),
        ("page", 200, Liveness.LIVE),
    ]
    assert kept[-1] == capture
    assert (capture.url, capture.target) == ("http://news.example/story", "http://news.example/")
    assert kept[0].error == "connection refused"


@pytest.mark.parametrize("runs", [1, 2])
def test_revisits(tmp_path: Path, runs: int) -> None:
    """The same payload at the same address is a revisit that shares the text, in one group as in a later run."""
    first, second = page(said=article()), page(seconds=60, said=article())
    if runs == 1:
        one, two = store(tmp_path, first, second)
    else:
        [one], [two] = store(tmp_path, first), store(tmp_path, second)
    assert one.revisit_of is None
    assert two.revisit_of == one.response.record_id
    assert (two.text, two.article, two.payload_digest) == (one.text, one.article, one.payload_digest)
    assert read_record(Collection(tmp_path), two.response).type == "revisit"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (page(), page("https://news.example/other")),
        (page(), page(answer=response(b"changed"))),
        (page(answer=response(b"")), page(answer=response(b""))),
        (page(answer=b""), page(answer=b"")),
    ],
    ids=["another address", "another payload", "no payload", "no answer"],
)
def test_no_revisits(tmp_path: Path, first: Finding, second: Finding) -> None:
    """Another address, another payload, and none at all repeat nothing."""
    assert [one.revisit_of for one in store(tmp_path, first, second)] == [None, None]


NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


def asked_again(request: bytes, seconds: int = 60) -> Finding:
    """Return the finding of a feed that has not changed since it was asked for."""
    answer = replace(exchange(answer=NOT_MODIFIED, seconds=seconds), request=request)
    return Finding("feed", answer.url, (answer,), None)


def test_what_was_not_modified(tmp_path: Path) -> None:
    """A 304 to a conditional request is a revisit of the last whole response, for every reader and a rebuilt index."""
    first = Finding("feed", exchange().url, (exchange(),), None)
    conditional = GET.replace(b"\r\n\r\n", b'\r\nIf-None-Match: "a"\r\n\r\n')
    one, two, three = store(tmp_path, first, asked_again(conditional), asked_again(conditional, 120))
    assert (two.status, two.revisit_of, two.payload_digest) == (304, one.response.record_id, one.payload_digest)
    assert three.revisit_of == one.response.record_id
    assert read_record(Collection(tmp_path), two.response).block == NOT_MODIFIED
    assert check(tmp_path)[0] == 0
    assert run(tmp_path, "verify").status == 0
    before = captures(tmp_path)
    assert run(tmp_path, "reindex").status == 0
    assert captures(tmp_path) == before


def test_a_304_that_nobody_asked_for(tmp_path: Path) -> None:
    """A 304 to a request without a condition, or at an address without a response, refers to nothing."""
    conditional = GET.replace(b"\r\n\r\n", b'\r\nIf-None-Match: "a"\r\n\r\n')
    one, two, three = store(tmp_path, asked_again(conditional), page(), asked_again(GET))
    assert [capture.revisit_of for capture in (one, two, three)] == [None, None, None]


def test_what_was_cut_short_repeats_nothing(tmp_path: Path) -> None:
    """A truncated response is neither a revisit nor something that one refers to."""
    whole = response()
    cut = Exchange("https://news.example/story", GET, whole, WHEN, 0.1, truncated="time")
    finding = Finding("page", cut.url, (cut,), Processed(LIVE))
    kept = [*store(tmp_path, finding, page()), *store(tmp_path, finding, page())]
    assert [one.revisit_of is not None for one in kept] == [False, False, False, True]
    assert kept[3].revisit_of == kept[1].response.record_id


def test_a_revisit_with_other_words(tmp_path: Path) -> None:
    """Where better rules read another text in the same payload, the new text is stored with the revisit."""
    one, two = store(tmp_path, page(said=article()), page(said=article("Better words.")))
    assert two.revisit_of == one.response.record_id
    assert two.text is not None
    assert read_record(Collection(tmp_path), two.text).block == b"Better words."


def test_odd_unicode(tmp_path: Path) -> None:
    """Lone surrogates, NUL and a title of a thousand characters of four bytes each cost nothing but themselves."""
    title = "\ud800\0" + "\U0001f600\U00020000" * 1000
    [capture] = store(tmp_path, page(said=article("a \udfff b\0c", title)))
    assert capture.text is not None
    assert read_record(Collection(tmp_path), capture.text).block == b"a ? b\0c"
    assert capture.title == title.replace("\ud800", "?")
    assert capture.article is not None
    assert (tmp_path / capture.article).is_file()


def test_a_finding_that_cannot_be_stored(tmp_path: Path) -> None:
    """A finding of which no record can be made fails alone, with a message, and leaves nothing behind."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    bad = Finding("page", "x", (exchange(), exchange("https://news.example/\ud800")), None)
    told = [writer.put(finding) for finding in (page(), bad, page("https://news.example/2"))]
    with pytest.raises(NewsclipError, match="fault of ours"):
        told[1].result(10)
    good = [told[0].result(10), told[2].result(10)]
    writer.close("done")
    assert captures(tmp_path) == good


def test_files_roll_over(tmp_path: Path) -> None:
    """A file that has grown to its size is closed, and the next one begun; each is whole and has its CDXJ."""
    options = StoreOptions(roll_bytes=2000)
    writer = Writer.open(tmp_path, options, "test")
    kept = [writer.put(page(f"https://news.example/{number}")).result(10) for number in range(5)]
    writer.close("done")
    names = sorted(path.name for path in (tmp_path / "archive").iterdir())
    assert len(names) == 2 * len({one.response.warc for one in kept}) > 2
    assert not [name for name in names if name.endswith(OPEN)]
    assert check(tmp_path) == (0, "")
    assert len(list((tmp_path / "indexes").iterdir())) == len(names) // 2
    lines = [line for path in (tmp_path / "indexes").iterdir() for line in path.read_text().splitlines()]
    assert len(lines) == 5
    assert len((tmp_path / "pages" / "pages.jsonl").read_text().splitlines()) == 6


def test_cdxj_indexer_agrees(tmp_path: Path) -> None:
    """Our CDXJ names the same keys, times, addresses, places and lengths as cdxj-indexer finds by itself."""
    urls = ["https://www.news.example/B?b=1&a=2", "http://192.0.2.1:8080/x", "https://b%C3%BCcher.example/%C3%A9"]
    [capture, *_] = store(tmp_path, *(page(url) for url in urls), page(urls[0], seconds=9))
    warc = tmp_path / "archive" / capture.response.warc
    theirs = subprocess.run(
        [sys.executable, "-m", "cdxj_indexer.main", "--sort", str(warc)],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C"},
    ).stdout
    ours = (tmp_path / "indexes" / f"{warc.name.removesuffix('.warc.gz')}.cdxj").read_text()
    assert ours.splitlines() == theirs.splitlines()


def test_one_writer(tmp_path: Path) -> None:
    """A second writer is refused with the first one's process number, until the first has closed."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    code = (
        "import sys; from pathlib import Path; from archive.writer import Writer; "
        "from archive.options import StoreOptions\nfrom archive.errors import Locked\n"
        "try: Writer.open(Path(sys.argv[1]), StoreOptions(), 'test').close('done')\nexcept Locked as e: print(e)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"process {os.getpid()};" in said
    with pytest.raises(Locked):
        Writer.open(tmp_path, OPTIONS, "test")
    writer.close("done")
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout == ""


def test_after_closing(tmp_path: Path) -> None:
    """What comes after the end is refused at once instead of waiting for ever."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    writer.close("done")
    with pytest.raises(NewsclipError, match="closed"):
        writer.put(page()).result(1)


def test_many_threads(tmp_path: Path) -> None:
    """Findings of many threads are all acknowledged, and each is where its capture says."""
    writer = Writer.open(tmp_path, OPTIONS, "test")
    kept: list[Capture] = []

    def put(first: int) -> None:
        told = [writer.put(page(f"https://news.example/{first + number}")) for number in range(25)]
        kept.extend(one.result(10) for one in told)

    threads = [threading.Thread(target=put, args=(first,)) for first in range(0, 100, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close("done")
    assert sorted(captures(tmp_path), key=lambda one: one.url) == sorted(kept, key=lambda one: one.url)
    warc = tmp_path / "archive" / kept[0].response.warc
    responses = {one.record_id: one for one in records_of(warc) if one.type == "response"}
    assert {one.response.record_id: one.response.offset for one in kept} == {
        record_id: one.offset for record_id, one in responses.items()
    }


@pytest.mark.parametrize("name", ["archive", "newsclip.lock"])
def test_a_folder_that_is_in_the_way(tmp_path: Path, name: str) -> None:
    """A collection whose parts cannot be made is refused with a message that names it and the remedy."""
    path = tmp_path / "c"
    path.mkdir()
    if name == "archive":
        (path / name).write_text("a file")
    else:
        (path / name).mkdir()
    with pytest.raises(NotWritable, match=rf"{path}.* name another place with -C"):
        Writer.open(path, OPTIONS, "test")


def test_an_index_that_is_damaged(tmp_path: Path) -> None:
    """A damaged index is named with its remedy, and the lock is given back."""
    store(tmp_path, page())
    (tmp_path / "newsclip.sqlite").write_bytes(b"no database, but long enough to be looked at" * 100)
    for _ in range(2):
        with pytest.raises(Damaged, match="newsclip reindex"):
            Writer.open(tmp_path, OPTIONS, "test")


FULL = """
import sys, os
from pathlib import Path
from archive.errors import DiskFull
from archive.options import StoreOptions
from archive.writer import Writer
from tests.archive.findings import page, response
writer = Writer.open(Path(sys.argv[1]), StoreOptions(), "test")
try:
    for number in range(1000):
        url = f"https://news.example/{number}"
        writer.put(page(url, response(os.urandom(20_000)))).result(10)
        print(url, flush=True)
except DiskFull as error:
    print(error, file=sys.stderr)
try:
    writer.put(page("https://news.example/late")).result(10)
except DiskFull:
    print("refused at once", file=sys.stderr)
try:
    writer.close("stopped")
except DiskFull:
    pass
"""


def _bounded() -> None:
    import resource  # noqa: PLC0415 - runs in the child
    import signal  # noqa: PLC0415 - as above

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))


def test_a_full_disk(tmp_path: Path) -> None:
    """When the disk is full, what was acknowledged is kept, what comes is refused, and the next run goes on."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT,
        preexec_fn=_bounded,
        capture_output=True,
        text=True,
        check=True,
    )
    acknowledged = done.stdout.split()
    assert "free some space" in done.stderr
    assert "refused at once" in done.stderr
    store(tmp_path, page("https://news.example/after"))
    kept = [one.url for one in captures(tmp_path)]
    assert set(acknowledged) <= set(kept)
    assert len(acknowledged) > 10
    assert len(kept) == len(set(kept))
    assert check(tmp_path) == (0, "")


KILLED = """
import sys
from pathlib import Path
from archive.model import Finding, Processed
from archive.options import StoreOptions
from archive.writer import Writer
from tests.archive.findings import LIVE, article, exchange, response
writer = Writer.open(Path(sys.argv[1]), StoreOptions(roll_bytes=100_000), "test")
if writer.unfinished:
    writer.resume()
else:
    writer.add_targets(f"https://news.example/{number}" for number in range(300))
    writer.intake_complete()
while targets := writer.lease(7):
    told = []
    for target in targets:
        way = (
            exchange(target.url, response(status=b"302 Found", extra=b"Location: /x" + str(target.id).encode())),
            exchange(f"{target.url}/landed", response(target.url.encode() * 20)),
        )
        finding = Finding("page", target.url, way, Processed(LIVE, article(f"Text of {target.url}")), None, target.id)
        told.append(writer.put(finding))
    for one in told:
        print(one.result(10).target, flush=True)
writer.close("done")
"""


def test_kills(tmp_path: Path) -> None:
    """Killed at ten random moments and resumed each time, a save has every address once, redirected or not."""
    source = random.Random(20261124)
    acknowledged: list[str] = []
    status, kills = -9, 0
    while status != 0:
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        enough = source.randint(0, 40) if kills < 10 else 1000
        with process.stdout:
            for line in process.stdout:
                acknowledged.append(line.strip())
                enough -= 1
                if enough == 0:
                    timer = threading.Timer(source.uniform(0, 0.01), process.kill)
                    timer.start()
        status = process.wait()
        kills += status != 0
    pages = [one for one in captures(tmp_path) if one.role == "page"]
    urls = [f"https://news.example/{number}" for number in range(300)]
    assert sorted(one.target for one in pages) == sorted(urls)
    assert set(acknowledged) <= set(urls)
    assert len(acknowledged) == len(set(acknowledged))
    assert all(one.liveness is Liveness.LIVE and one.text for one in pages)
    assert check(tmp_path) == (0, "")
    connection = sqlite3.connect(tmp_path / "newsclip.sqlite")
    assert connection.execute("SELECT count(*) FROM texts").fetchone() == (300,)
    connection.close()
