"""The log: one line an event, in words or as an object, whatever a page or a library says."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
import subprocess
import sys
import threading
import warnings
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crawler import logs
from crawler.config import load_settings
from crawler.demo.pages import Answer
from crawler.log_events import EVENTS
from tests.conftest import ROOT
from tests.site import listings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

EVIL = 'a\n{"event":"forged"}\r\x1b[2J\x9b1m\u202e\u2028\ud800 end'
ALWAYS = {"ts", "level", "event", "message"}


@pytest.fixture(autouse=True)
def logging_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the root logger, the hooks and standard error back after each test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    logs._bound.clear()


def objects(text: str) -> list[dict[str, Any]]:
    """Return the objects of a log, one a line, each with what every one has and nothing that the table lacks."""
    found = [json.loads(line) for line in text.splitlines()]
    for one in found:
        assert one.keys() >= ALWAYS, one
        assert datetime.fromisoformat(one["ts"]).utcoffset() == timedelta(), one
        assert one["ts"].endswith("Z")
        if not one["event"].startswith("log."):
            fields = one.keys() - ALWAYS - {"run", "traceback"}
            assert fields <= set(EVENTS[one["event"]].fields), one
    return found


@pytest.fixture
def log_to() -> Callable[..., io.StringIO]:
    """Return a function that begins a log into a buffer."""

    def begin(form: logs.LogFormat, verbosity: int = 0) -> io.StringIO:
        stream = io.StringIO()
        sys.stderr = logs.configure(verbosity, stream, form)
        return stream

    return begin


def test_a_crawl_in_json(newsclip: Newsclip, site: Newspaper, collection: Path, tmp_path: Path) -> None:
    """Every line that a crawl writes to standard error is an object, and together they tell what happened."""
    file = tmp_path / "newsclip.toml"
    file.write_text(
        f'[collection]\npath = "{collection}"\n[fetch]\ndelay = 0\nprobe = false\nallow_networks = ["127.0.0.0/8"]\n'
        f'[log]\nformat = "json"\n'
        f'[[source]]\nname = "gazette"\nfeeds = ["{site.url("/listings/feed")}", "{site.url("/listings/gone")}"]\n',
        encoding="utf-8",
    )
    site.listings["feed"] = listings.rss(site.url(path) for path in ("/n/1", "/odd/redirect/1", "/odd/hang-up/1"))
    site.listings["gone"] = Answer(b"gone", status=410)
    ran = newsclip("--config", file, "crawl", "-vv")
    assert ran.status == 3
    said = objects(ran.err)
    of = {event: [one for one in said if one["event"] == event] for event in (*EVENTS, "log.scrapy.core.engine")}
    (began,), (ended,) = of["run.began"], of["run.ended"]
    assert began["command"] == ended["command"] == "crawl"
    assert (ended["outcome"], ended["captured"], ended["verdicts"]["live"]) == ("done", 3, 2)
    assert (collection / "reports" / f"{ended['run']}.json").samefile(ended["report"])
    assert {one["run"] for one in said[said.index(began) :]} == {ended["run"]}
    assert [(one["source"], one["failed"], one["new"]) for one in of["source.ended"]] == [("gazette", 1, 3)]
    (failed,) = of["crawl.listing.failed"]
    assert (failed["level"], failed["status"], failed["host"]) == ("warning", 410, "127.0.0.1")
    assert failed["url"] == site.url("/listings/gone")
    assert [one["kind"] for one in of["source.attention"]] == ["listing-failed"]
    kept = {one["url"]: one for one in of["page.kept"]}
    assert kept[site.url("/n/1")]["status"] == 200
    assert kept[site.url("/n/1")]["source"] == "gazette"
    assert kept[site.url("/odd/hang-up/1")].get("status") is None
    assert [(one["status"], one["to"]) for one in of["fetch.redirected"]] == [(302, "/odd/redirect/0"), (302, "/n/0")]
    assert {one["url"] for one in of["fetch.failed"]} == {site.url("/odd/hang-up/1")}
    assert all(one["seconds"] >= 0 for one in of["fetch.answered"])
    assert of["log.scrapy.core.engine"]


def test_what_is_said_without_a_crawl(newsclip: Newsclip, tmp_path: Path) -> None:
    """What ends a command, and the words of one that reads, are objects too; the flag is heard before the settings."""
    refused = newsclip("--log-format", "json", "--config", tmp_path / "none.toml", "list")
    (said,) = objects(refused.err)
    assert (said["event"], said["level"], said["status"]) == ("command.failed", "error", refused.status)
    assert "none.toml" in said["message"]
    (said,) = objects(newsclip("init", "http://127.0.0.1:9/", "--log-format", "json").err)
    assert said["event"] == "command.said"
    assert newsclip("--log-format", "xml", "list").status == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_page_forges_nothing(log_to: Callable[..., io.StringIO], form: logs.LogFormat) -> None:
    """However hostile an address or an error is, its event is one line, harmless, and whole in json."""
    stream = log_to(form, 2)
    log = logging.getLogger("scrapy.somewhere")
    logs.log("page.unjudged", f"{EVIL} cannot be judged", url=f"http://a.example/{EVIL}", why=EVIL)
    log.critical("%s", EVIL)
    log.warning("%d of %s", "none", EVIL)
    assert len(stream.getvalue().splitlines()) == 3
    logs.log("thread.failed", "a traceback", ValueError(EVIL), why=EVIL)
    text = stream.getvalue()
    assert not set(text) & set("\r\x1b\x9b\u202e\u2028\ud800")
    assert not [line for line in text.splitlines() if line.startswith('{"event":')]
    text.encode()
    if form == "json":
        first, second, third, fourth = objects(text)
        assert first["why"] == EVIL
        assert first["host"] == "a.example"
        assert (second["event"], second["message"]) == ("log.scrapy.somewhere", EVIL)
        assert "none" in third["message"]
        assert fourth["traceback"].startswith("ValueError: a\n")


def test_an_address_without_end(log_to: Callable[..., io.StringIO]) -> None:
    """No value makes a line without end."""
    stream = log_to("json")
    logs.log("page.unjudged", "x" * 1_000_000, url=f"http://a.example/{'x' * 1_000_000}", why="y" * 1_000_000)
    assert len(stream.getvalue()) < 10_000
    (said,) = objects(stream.getvalue())
    assert said["url"].endswith("…")


@pytest.mark.parametrize(
    ("verbosity", "heard"),
    [(-1, ["thread.failed"]), (0, ["thread.failed", "notify.failed", "source.over"])],
)
def test_what_is_heard(log_to: Callable[..., io.StringIO], verbosity: int, heard: list[str]) -> None:
    """-q leaves errors, the default warnings and notices, -v events, -vv libraries and tracebacks."""
    for more, (level, names) in enumerate(((verbosity, heard), (1, [*heard, "page.kept"]))):
        stream = log_to("json", level)
        for name in ("thread.failed", "notify.failed", "source.over", "page.kept", "fetch.answered"):
            logs.log(name, name, ValueError("not shown"))
        logging.getLogger("scrapy").critical("not heard")
        expected = names if not more else ["thread.failed", "notify.failed", "source.over", "page.kept"]
        assert [one["event"] for one in objects(stream.getvalue())] == expected
        assert "traceback" not in stream.getvalue()


def test_text_for_people(log_to: Callable[..., io.StringIO]) -> None:
    """As text a notice is a bare line, a scheduler's has its time, and a warning says that it is one."""
    stream = log_to("text")
    logs.log("source.over", "gazette: it is over.")
    logs.log("schedule.waiting", "Next is gazette.")
    logs.log("notify.failed", "nobody was told")
    over, waiting, failed = stream.getvalue().splitlines()
    assert over == "gazette: it is over."
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ Next is gazette\.", waiting)
    assert failed == "warning: nobody was told"


def test_what_is_no_event_is_one(log_to: Callable[..., io.StringIO]) -> None:
    """Warnings of Python, a thread that dies and whatever is printed to standard error are objects in json."""
    stream = log_to("json", 2)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("an old way", stacklevel=1)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    print("one\ntwo", end="", file=sys.stderr)
    sys.stderr.flush()
    said = objects(stream.getvalue())
    assert [one["event"] for one in said] == ["log.py.warnings", "thread.failed", "command.said", "command.said"]
    assert "ZeroDivisionError" in said[1]["traceback"]
    assert [one["message"] for one in said[2:]] == ["one", "two"]


def test_a_log_that_nobody_reads(log_to: Callable[..., io.StringIO]) -> None:
    """A stream that is closed ends nothing."""
    for form in ("text", "json"):
        log_to(form).close()
        logs.log("source.over", "it is over")
        print("and out", file=sys.stderr if form == "json" else None)


def test_workers_say_nothing() -> None:
    """What libraries log and warn of while they judge a page, with its words, reaches no terminal and no log."""
    code = (
        "import logging, warnings; from crawler.workers import prepare_worker; prepare_worker(10**10)\n"
        "logging.getLogger('htmldate').error('\\x1b[2J'); warnings.warn('\\x1b[2J')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_where_the_form_is_set(tmp_path: Path) -> None:
    """`format` in [log], NEWSCLIP_LOG_FORMAT and the flag set it, the later winning."""
    file = tmp_path / "newsclip.toml"
    file.write_text('[log]\nformat = "json"\n', encoding="utf-8")
    assert load_settings(None, {}, {}).log.format == "text"
    assert load_settings(file, {}, {}).log.format == "json"
    environ = {"NEWSCLIP_LOG_FORMAT": "text"}
    assert load_settings(file, environ, {}).log.format == "text"
    assert load_settings(file, environ, {"log": {"format": "json"}}).log.format == "json"


def calls() -> Iterator[tuple[str, set[str]]]:
    """Yield each event that the program logs, with the fields of that call; none goes around the table."""
    for file in [
        *(ROOT / "crawler").rglob("*.py"),
        *(ROOT / "archive").rglob("*.py"),
        *(ROOT / "pipelines").rglob("*.py"),
    ]:
        text = file.read_text(encoding="utf-8")
        if file.name != "logs.py":
            assert not re.search(r"\b_?log(ger)?\.(debug|info|warning|error|exception|critical)\(", text), file
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"log", "logs.log"}:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{file}:{node.lineno}: the event is not named there"
                yield str(first.value), {keyword.arg for keyword in node.keywords if keyword.arg}


def test_the_table_is_what_the_program_logs_and_what_the_manual_says() -> None:
    """Each event of the table is logged somewhere with fields that it has, and docs/logs.md has the same table."""
    logged: dict[str, set[str]] = {}
    for event, fields in calls():
        logged.setdefault(event, set()).update(fields)
    assert logged.keys() == EVENTS.keys()
    for event, fields in logged.items():
        assert fields <= set(EVENTS[event].fields), event
    page = (ROOT / "docs" / "logs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z._]+)` \| (\w+) \| (.*) \| (.*) \|$", page, re.MULTILINE)
    shown = {name: (level, meaning, tuple(re.findall(r"`(\w+)`", fields))) for name, level, meaning, fields in rows}
    assert shown == {
        name: (logging.getLevelName(event.level).lower(), event.meaning, event.fields) for name, event in EVENTS.items()
    }
    assert [name for name, *_ in rows] == list(EVENTS)
