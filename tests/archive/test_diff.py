"""`diff`, and the versions that `history` numbers, on collections that the real writer wrote."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from archive.model import Finding, Liveness, Memento
from archive.terminal import json_line
from tests.shelf import ESCAPES, Said, Told, build, exchange, html, page, processed, run

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://news.example/story"
COPY = "https://archive.example/web/20150503000000id_/https://news.example/story"
MEMENTO = Memento(URL, datetime(2015, 5, 3, tzinfo=UTC))
ONE, TWO, THREE = "The wall is low.\n\nIt is old.", "The wall is high.\n\nIt is old.", "The wall is high.\n\nIt is new."


def objects(said: Said) -> list[dict[str, Any]]:
    """Return the JSON lines of an answer."""
    return [json.loads(line) for line in said.out.splitlines()]


def marked(compared: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what was removed and added in a comparison."""
    return [
        (change["op"], change["text"]) for change in compared["changes"] if change["op"] not in ("equal", "skipped")
    ]


def edited(day: int, text: str | None, **told: Any) -> Finding:
    """Return the finding of the story, as it was on a day of November 2026."""
    liveness = told.pop("liveness", Liveness.LIVE if text else Liveness.SOFT_404)
    return page(URL, Told(liveness, text=text, **told), day)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a collection with three versions of a story: two captures of each, and one of a day when it was gone."""
    path = tmp_path_factory.mktemp("versions") / "collection"
    texts = {1: ONE, 2: ONE, 3: TWO, 4: None, 5: TWO, 6: THREE, 7: THREE}
    build(path, [edited(day, text) for day, text in texts.items()])
    return path


def days(compared: dict[str, Any]) -> tuple[int, int]:
    """Return on which days of November the two captures were made."""
    old, new = (int(compared[side]["fetched_at"][8:10]) for side in ("from", "to"))
    return old, new


@pytest.mark.parametrize(
    ("arguments", "captured"),
    [
        ((), [(5, 6)]),
        (("--all",), [(2, 3), (5, 6)]),
        (("--all", "--to", "2026-11-05"), [(2, 3)]),
        (("--all", "--from", "2026-11-03"), [(5, 6)]),
        (("--all", "--from", "2026-11-07", "--to", "2026-11-01"), [(2, 3), (5, 6)]),
        (("--from", "2026-11-01"), [(1, 7)]),
        (("--from", "2026-11-01", "--to", "2026-11-03"), [(1, 3)]),
        (("--from", "2026-11-07", "--to", "2026-11-01"), [(7, 1)]),
        (("--to", "2026-11-05"), [(2, 3)]),
        (("--to", "2026-11-04T08:29"), [(2, 3)]),
        (("--from", "2026-11-01", "--to", "2026-11-02"), [(1, 2)]),
    ],
)
def test_versions_are_picked_by_their_dates(
    shelf: Path, arguments: tuple[str, ...], captured: list[tuple[int, int]]
) -> None:
    """Without dates an edit lies between the two captures; with dates they are those nearest to them."""
    said = run(shelf, "--json", "diff", URL, *arguments)
    assert said.status == 0, said.err
    assert [days(compared) for compared in objects(said)] == captured


def test_an_object_says_which_words_and_which_records(shelf: Path) -> None:
    """With --json a comparison has the captures with their records, counts, and every run of words."""
    (compared,) = objects(run(shelf, "--json", "diff", "news.example/story", "--context", "2"))
    assert list(compared) == ["url", "from", "to", "added", "removed", "moved", "metadata", "changes"]
    assert compared["url"] == "https://news.example/story"
    assert (compared["added"], compared["removed"], compared["moved"], compared["metadata"]) == (1, 1, 0, [])
    assert compared["changes"] == [
        {"op": "skipped", "words": 4, "text": None},
        {"op": "equal", "words": 2, "text": "It is"},
        {"op": "removed", "words": 1, "text": "old"},
        {"op": "added", "words": 1, "text": "new"},
        {"op": "equal", "words": 0, "text": "."},
    ]
    (shown,) = objects(run(shelf, "--json", "show", URL, "--at", "2026-11-06"))
    same = compared["to"].keys() & shown.keys()
    assert {"url", "fetched_at", "title", "record_id"} <= same
    assert {key: compared["to"][key] for key in same} == {key: shown[key] for key in same}
    assert (shelf / compared["to"]["text_warc"]).is_file()
    assert compared["from"]["text_record_id"] != compared["to"]["text_record_id"]


def test_two_dates_with_the_same_words_are_no_failure(shelf: Path) -> None:
    """Captures that were asked for and say the same give status 0, no changes, and counts of nought."""
    arguments = ("diff", URL, "--from", "2026-11-03", "--to", "2026-11-05")
    (compared,) = objects(run(shelf, "--json", *arguments))
    assert (compared["changes"], compared["added"], compared["removed"]) == ([], 0, 0)
    assert run(shelf, *arguments).out.endswith("0 words added, 0 removed\n")


def test_the_text_is_that_of_the_warc(shelf: Path, tmp_path: Path) -> None:
    """The texts come from their conversion records: without them status 7, and without articles nothing is missing."""
    copy = tmp_path / "copy"
    shutil.copytree(shelf, copy)
    shutil.rmtree(copy / "articles")
    assert "It is [-old-] {+new+}." in run(copy, "diff", URL).out
    for warc in copy.glob("archive/*-text.warc.gz"):
        warc.unlink()
    assert run(copy, "diff", URL).status == 7


@pytest.mark.parametrize(
    ("texts", "arguments", "said"),
    [
        ([ONE], (), "was captured once with text, up to 2026-11-01 08:30:00 UTC: there is one version"),
        ([ONE, ONE, None], (), "was captured 2 times with the same words, up to 2026-11-02 08:30:00 UTC"),
        ([ONE, ONE.replace("\n\n", " ")], ("--all",), "was captured 2 times with the same words"),
        ([None, None], (), "No text was read in any capture of news.example/story; the newest is soft-404"),
        (
            [ONE, TWO],
            ("--from", "2026-11-01", "--to", "2026"),
            "read in its captures of 2026-11-01 08:30:00 UTC, 2026-11-02 08:30:00 UTC.",
        ),
        ([ONE, TWO], ("--to", "2026-11-01"), "the dates that were asked for, news.example/story has one version"),
    ],
)
def test_nothing_to_compare_is_said(
    tmp_path: Path, texts: list[str | None], arguments: tuple[str, ...], said: str
) -> None:
    """With one version, no text, or one capture for both ends, status 5 and the reason are given, and nothing else."""
    build(tmp_path, [edited(day, text) for day, text in enumerate(texts, 1)])
    result = run(tmp_path, "diff", "news.example/story", *arguments)
    assert (result.status, result.out) == (5, "")
    assert said in result.err
    assert "newsclip " in result.err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("news.example/stories",), 5),
        ((URL, "--from", "noon"), 2),
        ((URL, "--to", "yesterday"), 2),
        ((URL, "--context", "-1"), 2),
        ((URL, "--context", "all"), 2),
        (("https://",), 2),
    ],
)
def test_a_wrong_argument_is_named(shelf: Path, arguments: tuple[str, ...], status: int) -> None:
    """An address that was never captured gives status 5, an argument without a meaning 2, each with a message."""
    said = run(shelf, "diff", *arguments)
    assert (said.status, said.out) == (status, "")
    assert arguments[-1] in said.err


def test_headline_authors_and_dates_that_changed_are_shown(tmp_path: Path) -> None:
    """A new headline makes a version of its own, and stands with new authors above the text, word by word."""
    build(tmp_path, [edited(1, ONE, title="Wall is low"), edited(2, ONE, title="Wall is old", author="Bo Ek")])
    (compared,) = objects(run(tmp_path, "--json", "diff", URL))
    assert compared["metadata"] == [
        {"field": "title", "from": "Wall is low", "to": "Wall is old"},
        {"field": "authors", "from": ["Ann Orr"], "to": ["Bo Ek"]},
    ]
    assert (compared["changes"], compared["added"]) == ([], 0)
    out = run(tmp_path, "diff", URL).out
    assert "title: Wall is [-low-] {+old+}\nauthors: [-Ann Orr-] {+Bo Ek+}\n" in out


def test_a_copy_stands_at_its_own_date_and_is_called_a_copy(tmp_path: Path) -> None:
    """A rescued copy is the older version, though it was fetched later, and is named with archive and date."""
    copy = Finding(
        "memento", URL, (exchange(COPY, 3, html(Told(text=ONE))),), processed(Told(text=ONE)), memento=MEMENTO
    )
    build(tmp_path, [edited(1, TWO), edited(2, None), copy])
    (compared,) = objects(run(tmp_path, "--json", "diff", URL))
    assert marked(compared) == [("removed", "low"), ("added", "high")]
    assert (compared["from"]["memento_of"], compared["to"]["memento_of"]) == (URL, None)
    assert compared["from"]["memento_datetime"] == "2015-05-03T00:00:00.000000Z"
    origin = f"from  2015-05-03 00:00:00 UTC  copy of 2015-05-03 kept by archive.example, of {URL}\n"
    assert origin in run(tmp_path, "diff", URL).out
    numbers = [(row["version"], row["new_version"]) for row in objects(run(tmp_path, "--json", "history", URL))]
    assert numbers == [(1, True), (None, False), (None, False)]


def test_a_copy_that_the_same_bytes_were_read_otherwise_in_is_no_version(tmp_path: Path) -> None:
    """Where a page has the same bytes, another text read in them is no edit."""
    same = html(Told(text=ONE))
    build(tmp_path, [page(URL, Told(text=ONE), 1, response=same), page(URL, Told(text=TWO), 2, response=same)])
    assert run(tmp_path, "diff", URL).status == 5
    assert [row["version"] for row in objects(run(tmp_path, "--json", "history", URL))] == [1, 1]


def terminal(path: Path, *arguments: str) -> str:
    """Return what a command writes to a stream that says it is a terminal."""
    out = Terminal()
    assert run(path, *arguments, out=out).status == 0
    return out.getvalue()


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and has no size to ask for."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_colour_is_for_terminals(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal words are struck out in red and underlined in green; with NO_COLOR they are marked as on a pipe."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "It is \x1b[31;9mold\x1b[0m \x1b[32;4mnew\x1b[0m." in terminal(shelf, "diff", URL)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in terminal(shelf, "diff", URL)
    assert "It is [-old-] {+new+}." in terminal(shelf, "diff", URL)
    assert "It is [-old-] {+new+}." in run(shelf, "diff", URL).out


def test_a_colour_ends_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long changes are wrapped, and each of their lines begins and ends its own colour."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    long = " ".join(f"word{number}" for number in range(60))
    build(tmp_path, [edited(1, ONE), edited(2, f"{ONE}\n\n{long}\n\n{long} again")])
    lines = [line for line in terminal(tmp_path, "diff", URL).splitlines() if "word" in line and "words" not in line]
    assert len(lines) > 8
    assert all(line.startswith("\x1b[32;4m") and line.endswith("\x1b[0m") and line.count("\x1b") == 2 for line in lines)
    assert max(len(re.sub("\x1b[^m]*m", "", line)) for line in lines) <= 80


def test_no_page_commands_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Escapes, direction marks and forged lines of texts, headlines and authors are shown and not obeyed."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    bad = f"{ESCAPES} \u2066\u2067\u2069"
    old, new = (" ".join(f"{words} {bad}".split("\n")) for words in ("A wall", f"A {bad} door"))
    build(tmp_path, [edited(1, old, title=bad, author=bad), edited(2, new, title=f"T {bad}", author="U")])
    for out in (terminal(tmp_path, "diff", URL, "--context", "99"), terminal(tmp_path, "history", URL)):
        own = re.sub(r"\x1b\[(?:0|1|2|36|31;9|32;4)m", "", out)
        assert not set(own) & set("\x1b\x07\x9b\u202e\u2028\u2066\u2067\u2069\r"), ascii(own)
        assert "\nforged: yes" not in own
    line = run(tmp_path, "--json", "diff", URL).out
    assert line == json_line(json.loads(line)) + "\n"


def test_history_numbers_the_versions(shelf: Path) -> None:
    """Captures with text have the number of their version, the first of each is new, and its words are counted."""
    rows = objects(run(shelf, "--json", "history", URL))
    keys = ("version", "new_version", "added", "removed")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        (1, True, None, None),
        (1, False, 0, 0),
        (2, True, 1, 1),
        (None, False, None, None),
        (2, False, 0, 0),
        (3, True, 1, 1),
        (3, False, 0, 0),
    ]
    assert [row["changed"] for row in rows] == [
        ["first"],
        ["unchanged"],
        ["text changed (+1 -1 words)"],
        ["live → soft-404", "text gone"],
        ["soft-404 → live", "text the same"],
        ["text changed (+1 -1 words)"],
        ["unchanged"],
    ]
    lines = run(shelf, "history", URL).out.splitlines()[:-1]
    assert [re.search(r" 200  (v\d|  )", line)[1] for line in lines] == ["v1", "v1", "v2", "  ", "v2", "v3", "v3"]  # type: ignore[index]  # a line without one fails the test


def test_history_and_diff_agree(shelf: Path) -> None:
    """For each version that history calls new there is one comparison, with the same numbers of words."""
    new = [
        row for row in objects(run(shelf, "--json", "history", URL)) if row["new_version"] and row["added"] is not None
    ]
    compared = objects(run(shelf, "--json", "diff", URL, "--all"))
    assert [(row["record_id"], row["added"], row["removed"]) for row in new] == [
        (one["to"]["record_id"], one["added"], one["removed"]) for one in compared
    ]
