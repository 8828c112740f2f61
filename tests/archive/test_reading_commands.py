"""list, show, history, search and status, on a small collection that the real writer wrote."""

from __future__ import annotations

import io
import json
import os
import shutil
import threading
from typing import IO, TYPE_CHECKING, Any

import pytest

from archive.terminal import escape
from tests.shelf import ESCAPES, HARBOUR, HARBOUR_LATER, Said, Told, build, chunked, html, page, run

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [
    "url", "final_url", "fetched_at", "status", "verdict", "reason", "confidence", "title", "authors", "published",
    "language", "words", "warc", "offset", "record_id", "revisit_of", "memento_of",
    "memento_datetime", "article", "fault",
]  # fmt: skip
"""What `save --json` answers too (DESIGN section 6)."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the collection that all tests here only read."""
    path = tmp_path_factory.mktemp("shelf") / "collection"
    build(path)
    return path


def objects(said: Said) -> list[dict[str, Any]]:
    """Return the JSON lines of an answer."""
    return [json.loads(line) for line in said.out.splitlines()]


def listed(shelf: Path, *arguments: str) -> list[str]:
    """Return the addresses that `list` names."""
    said = run(shelf, "--json", "list", *arguments)
    assert said.status == 0, said.err
    return [row["final_url"].partition("://")[2] for row in objects(said)]


def test_list_is_newest_first_and_leaves_hops_out(shelf: Path) -> None:
    """Without filters every page is listed, newest first, and neither redirects nor robots.txt."""
    urls = listed(shelf)
    assert urls[0] == "evil.example/t"
    assert urls[-1] == "news.example/harbour"
    assert len(urls) == 10
    assert not any(url.endswith(("/old", "robots.txt")) for url in urls)


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--all",), 12),
        (("--site", "news.example"), 6),
        (("--site", "https://WWW.news.example/x"), 6),
        (("--site", "example"), 10),
        (("--site", "ews.example"), 0),
        (("--verdict", "live"), 7),
        (("--verdict", "moved,unreachable", "--verdict", "soft-404"), 3),
        (("--since", "2026-11-04"), 7),
        (("--until", "2026-11-04"), 5),
        (("--since", "2026-11-04", "--until", "2026-11-04"), 2),
        (("--since", "2026-11-04", "--site", "news.example", "--verdict", "live"), 1),
        (("--language", "DE"), 1),
        (("--limit", "3"), 3),
        (("--limit", "0"), 10),
    ],
)
def test_filters_let_through_what_they_say(shelf: Path, arguments: tuple[str, ...], count: int) -> None:
    """Each filter, alone and with others, lets through exactly the captures that it describes."""
    assert len(listed(shelf, *arguments)) == count


def test_list_says_how_many_more_there_are(shelf: Path) -> None:
    """A list that was cut says how many more there are, on standard error; a whole one says nothing."""
    assert "8 more" in run(shelf, "list", "--limit", "2").err
    assert run(shelf, "list", "--limit", "10").err == ""
    assert run(shelf, "list", "--limit", "2", quiet=True).err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--verdict", "lively"),
        ("list", "--since", "yesterday"),
        ("list", "--limit", "-1"),
        ("list", "--limit", "²"),
        ("list", "--site", "https://"),
        ("search", "--", "-only"),
        ("show", "https://"),
        ("show", "news.example/port", "--at", "noon"),
    ],
)
def test_a_wrong_argument_is_named(shelf: Path, arguments: tuple[str, ...]) -> None:
    """An argument without a meaning gives status 2 and a message, and nothing on standard output."""
    said = run(shelf, *arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_a_line_of_list_holds_what_a_person_wants(shelf: Path) -> None:
    """A line has date, verdict, status, words, title and, whole and last, the address."""
    line = run(shelf, "list", "--language", "de").out
    assert line.split() == [
        "2026-11-07",
        "08:30",
        "live",
        "200",
        "3",
        "Der",
        "Hafen",
        "https://zeitung.example/ausland",
    ]


def test_every_command_answers_with_the_same_keys(shelf: Path) -> None:
    """list, show, history and search answer the keys of `save --json`, in that order, before their own."""
    for arguments in (("list",), ("show", "news.example/port"), ("history", "news.example/port"), ("search", "cranes")):
        for row in objects(run(shelf, "--json", *arguments)):
            assert list(row)[: len(KEYS)] == KEYS
    (port,) = objects(run(shelf, "--json", "show", "news.example/port"))
    assert (shelf / port["warc"]).is_file()
    assert (shelf / port["article"]).is_file()
    assert port["text"] == "Cranes at the port."
    assert [port[key] for key in ("section", "tags", "canonical", "image", "paywalled")] == [
        *("About The port", ["harbour"], "https://news.example/canonical", None, False),
    ]
    (markdown,) = objects(run(shelf, "--json", "show", "news.example/port", "--markdown"))
    assert markdown["section"] == "About The port"


def test_show_reads_the_text_out_of_the_warc(shelf: Path, tmp_path: Path) -> None:
    """The text comes from its conversion record: an index that lost its full text changes nothing."""
    copy = tmp_path / "copy"
    shutil.copytree(shelf, copy)
    for article in copy.glob("articles/**/*.md"):
        article.unlink()
    said = run(copy, "show", "news.example/harbour", "--at", "2026-11-03")
    assert HARBOUR_LATER in said.out
    assert "The harbour wall" in said.out
    assert "Ann Orr · 2026-10-31 · en · 22 words" in said.out
    assert "live: The page is live. (90% sure)" in said.out
    for warc in copy.glob("archive/*-text.warc.gz"):
        warc.unlink()
    missing = run(copy, "show", "news.example/harbour", "--at", "2026-11-03")
    assert missing.status == 7
    assert "-text.warc.gz is not there" in missing.err


@pytest.mark.parametrize(
    "typed",
    [
        "https://news.example/port",
        "news.example/port",
        "HTTP://News.Example/port",
        "www.news.example/port",
        "news.example:443/port#x",
    ],
)
def test_show_finds_an_address_however_it_is_typed(shelf: Path, typed: str) -> None:
    """Scheme, letter case, www., default port and fragment do not matter."""
    assert "Cranes at the port." in run(shelf, "show", typed).out


def test_show_finds_the_page_behind_a_redirect(shelf: Path) -> None:
    """An address that redirected shows the capture of where it led, and says what was asked for."""
    said = run(shelf, "show", "http://news.example/old")
    assert "moved: The page is moved." in said.out
    assert "asked for as http://news.example/old" in said.out
    assert said.status == 0
    assert "No text was read" in said.err


def test_show_at_a_date_picks_the_nearest(shelf: Path) -> None:
    """--at picks the capture nearest to a date; without it the newest is shown."""
    picked = {
        at: objects(run(shelf, "--json", "show", "news.example/harbour", *(("--at", at) if at else ())))[0][
            "fetched_at"
        ]
        for at in ("2020", "2026-11-02", "2026-11-03T10:00", "2030", "")
    }
    assert [time[8:10] for time in picked.values()] == ["01", "02", "03", "04", "04"]


def test_show_follows_a_revisit_to_its_payload(shelf: Path) -> None:
    """A revisit shows text, Markdown and page of the record it repeats, and its own heads."""
    at = ("news.example/harbour", "--at", "2026-11-02")
    told = Told(title="The harbour wall", text=HARBOUR)
    (revisit,) = objects(run(shelf, "--json", "show", *at))
    assert revisit["revisit_of"]
    assert revisit["text"] == HARBOUR
    assert revisit["section"] == "About The harbour wall"
    assert run(shelf, "show", *at, "--markdown").out == f"# The harbour wall\n\n{HARBOUR}\n"
    assert run(shelf, "show", *at, "--html").out.encode() == html(told).partition(b"\r\n\r\n")[2]
    assert "Content-Length" in run(shelf, "show", *at, "--headers").out


def piped(shelf: Path, *arguments: str) -> bytes:
    """Return the bytes that a command writes to a pipe."""
    data = io.BytesIO()
    out = io.TextIOWrapper(data, encoding="utf-8", newline="\n")
    assert run(shelf, *arguments, out=out).status == 0
    out.flush()
    return data.getvalue()


def on_terminal(shelf: Path, *arguments: str) -> str:
    """Return what a command writes to a real terminal."""
    leader, follower = os.openpty()
    seen: list[bytes] = []

    def read(stream: IO[bytes]) -> None:
        try:
            while data := stream.read(4096):
                seen.append(data)
        except OSError:  # how Linux says that the other end of a terminal is closed
            pass

    with os.fdopen(leader, "rb", buffering=0) as stream:
        reader = threading.Thread(target=read, args=(stream,))
        reader.start()
        with os.fdopen(follower, "w", encoding="utf-8", errors="backslashreplace") as terminal:
            assert run(shelf, *arguments, out=terminal).status == 0
        reader.join()
    return b"".join(seen).decode()


def test_bytes_go_to_a_pipe_as_they_are(shelf: Path) -> None:
    """Piped, --raw is the response to the byte, --headers its head with the request, --html the decoded body."""
    response = chunked(Told(title="The port", text="Cranes at the port."))
    assert piped(shelf, "show", "news.example/port", "--raw") == response
    heads = piped(shelf, "show", "news.example/port", "--headers")
    assert heads.startswith(b"GET / HTTP/1.1\r\nHost: news.example\r\n")
    assert heads.endswith(response.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    assert piped(shelf, "show", "news.example/port", "--html").endswith(b"<p>Cranes at the port.</p>")


def test_a_title_full_of_escapes_is_harmless(shelf: Path) -> None:
    """No command lets a terminal see an escape, a C1 control, a direction override or a forged line of a page."""
    seen = [
        on_terminal(shelf, "list", "--site", "evil.example"),
        on_terminal(shelf, "history", "evil.example/t"),
        on_terminal(shelf, "search", "tide"),
        *(
            on_terminal(shelf, "show", "evil.example/t", *form)
            for form in ((), ("--html",), ("--why",), ("--markdown",))
        ),
    ]
    for text in seen:
        own = text.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")
        assert not set(own) & set("\x1b\x07\x9b\u202e\u2028"), ascii(own)
    assert escape(ESCAPES)[:20] in seen[0]
    assert "\nforged: yes" not in seen[0] + seen[1]


def test_why_shows_every_signal_with_its_evidence(shelf: Path) -> None:
    """--why lists rule, weight, direction and evidence of each signal, the weightiest first."""
    lines = run(shelf, "show", "news.example/port", "--why").out.splitlines()
    assert lines[0].startswith("live: The page is live.")
    assert lines[1].split() == ["+2.00", "live", "og-type:", "og:type", "article"]
    assert "words: prose\\x1b[2J in The port" in lines[2]


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("news.example/harbor", "https://news.example/harbour"),
        ("nws.example/harbour", "news.example"),
        ("nothing.test/like/it", "newsclip save https://nothing.test/like/it"),
    ],
)
def test_an_unknown_address_names_what_is_close(shelf: Path, typed: str, remedy: str) -> None:
    """An address that is not there gives status 5 and names similar addresses, similar hosts, or how to save it."""
    for command in ("show", "history", "diff"):
        said = run(shelf, command, typed)
        assert (said.status, said.out) == (5, "")
        assert remedy in said.err


@pytest.mark.parametrize("form", ["--markdown", "--html"])
def test_what_a_capture_lacks_is_said(shelf: Path, form: str) -> None:
    """A form that a failed fetch does not have gives status 5; its failure is shown without one."""
    assert run(shelf, "show", "gone.example/x", form).status == 5
    assert "gone.example has no address" in run(shelf, "show", "gone.example/x").out
    assert b"gone.example has no address" in piped(shelf, "show", "gone.example/x", "--raw")


def test_history_says_what_changed(shelf: Path) -> None:
    """Each capture of an address is there, oldest first, with what changed since the one before."""
    rows = objects(run(shelf, "--json", "history", "news.example/harbour"))
    assert [row["changed"] for row in rows] == [
        ["first"],
        ["unchanged"],
        ["text changed (+5 words)"],
        ["live → soft-404", "text gone"],
    ]
    assert "live → soft-404, text gone" in run(shelf, "history", "news.example/harbour").out


def test_history_sees_a_page_around_the_same_text(tmp_path: Path) -> None:
    """A page whose bytes changed and whose text did not is told from one whose text changed."""
    told = Told(text="One and the same.")
    url = "https://news.example/a"
    again = html(told) + b"<!-- another advertisement -->"
    again = again.replace(b"Content-Length", b"X-Content-Length")
    build(tmp_path, [page(url, told, 1), page(url, told, 2, response=again), page(url, told, 3, response=again)])
    changed = [row["changed"] for row in objects(run(tmp_path, "--json", "history", url))]
    assert changed == [["first"], ["text the same"], ["unchanged"]]


@pytest.mark.parametrize(
    ("arguments", "hits"),
    [
        (("harbour",), ["news.example/harbour", "news.example/harbour"]),
        (("harbour", "promenade"), ["news.example/harbour"]),
        (("hafen",), ["zeitung.example/ausland"]),
        (("HÄFEN", "OR", "uber"), ["zeitung.example/ausland"]),
        (("港口",), ["xinwen.example/a"]),
        (('"raised by two metres" -promenade',), ["news.example/harbour"]),
        (("the", "--site", "news.example", "--since", "2026-11-04"), ["news.example/port"]),
        (("hafen", "--language", "en"), []),
        (("harbour", "--verdict", "soft-404"), []),
        (("harbour", "--limit", "1"), ["news.example/harbour"]),
    ],
)
def test_search_finds_what_matches(shelf: Path, arguments: tuple[str, ...], hits: list[str]) -> None:
    """Searches find the captures whose title or text match, within the filters."""
    said = run(shelf, "--json", "search", *arguments)
    assert said.status == 0
    assert [row["final_url"].partition("://")[2] for row in objects(said)] == hits


def test_a_title_weighs_more_than_a_mention(tmp_path: Path) -> None:
    """A page with the word in its title comes before one that only mentions it."""
    mention = Told(title="Weather", text="A storm, a storm, said the harbour master of the storm.")
    headline = Told(title="Storm", text="The harbour master spoke of the wind and of the waves that it raised.")
    build(tmp_path, [page("https://a.example/1", headline, 1), page("https://a.example/2", mention, 2)])
    assert [row["title"] for row in objects(run(tmp_path, "--json", "search", "storm"))] == ["Storm", "Weather"]


def test_search_marks_the_hits(shelf: Path) -> None:
    """The words found are bold on a terminal, in guillemets on a pipe, and in asterisks in JSON."""
    assert "«Cranes» at the port." in run(shelf, "search", "cranes").out
    assert "\x1b[1mCranes\x1b[0m at the port." in on_terminal(shelf, "search", "cranes")
    (row,) = objects(run(shelf, "--json", "search", "港口"))
    assert row["snippet"] == "香港的**港口**正在扩建。"


def test_a_search_without_hits_is_no_failure(shelf: Path) -> None:
    """A search that finds nothing says so on standard error and gives status 0."""
    said = run(shelf, "search", "walrus")
    assert (said.status, said.out) == (0, "")
    assert "Nothing matches walrus" in said.err


def test_status_counts_what_there_is(shelf: Path) -> None:
    """Status counts pages by verdict, sites, files and bytes, and names the last run and how it ended."""
    (found,) = objects(run(shelf, "--json", "status"))
    files = list((shelf / "archive").iterdir())
    assert found["pages"] == 10
    assert found["verdicts"] == {"live": 7, "unreachable": 1, "soft-404": 1, "moved": 1}
    assert found["sites"] == 5
    assert found["warc_files"] == len(files)
    assert found["warc_bytes"] == sum(file.stat().st_size for file in files)
    assert (found["first"][:10], found["last"][:10]) == ("2026-11-01", "2026-11-08")
    assert [(one["command"], one["outcome"]) for one in found["runs"]] == [("save", "done")]
    assert found["advice"] == []
    assert "7  live" in run(shelf, "status").out


def test_status_says_what_needs_a_hand(tmp_path: Path) -> None:
    """Status names saves cut short, files left open, files not in the index and files that are gone, with remedies."""
    from archive.options import StoreOptions  # noqa: PLC0415 - this test alone writes by hand
    from archive.writer import Writer  # noqa: PLC0415 - as above

    writer = Writer.open(tmp_path, StoreOptions(), "save")
    writer.add_targets(["https://news.example/a", "https://news.example/b"])
    writer.intake_complete()
    writer.put(page("https://news.example/c", Told(), 1)).result()
    assert objects(run(tmp_path, "--json", "status"))[0]["being_written"]
    assert "a process is writing" in run(tmp_path, "status").out
    writer.close("interrupted")
    closed = sorted((tmp_path / "archive").iterdir())
    (tmp_path / "archive" / "stranger.warc.gz").touch()
    (tmp_path / "archive" / "left.warc.gz.open").touch()
    closed[0].unlink()
    (found,) = objects(run(tmp_path, "--json", "status"))
    advice = "\n".join(found["advice"])
    assert "2 of 2 addresses left; newsclip save --resume" in advice
    assert "1 WARC files were left open (left.warc.gz.open …); newsclip mend" in advice
    assert "1 WARC files are not in the index (stranger.warc.gz …)" in advice
    assert f"1 WARC files are missing ({closed[0].name} …)" in advice


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "status",
        "verify",
        "mend",
        "reindex",
        "search x",
        "show x.example",
        "history x.example",
        "diff x.example",
    ],
)
def test_no_collection_is_said_with_a_remedy(tmp_path: Path, command: str) -> None:
    """Where there is no collection every command gives status 2, says how to begin one, and makes nothing."""
    said = run(tmp_path / "nowhere", *command.split())
    assert (said.status, said.out) == (2, "")
    assert "newsclip save URL" in said.err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "command", ["list", "status", "verify", "search x", "show x.example", "history x.example", "diff x.example"]
)
@pytest.mark.parametrize("contents", [None, b"", b"not a database at all" * 400])
def test_a_broken_index_is_said_with_a_remedy(tmp_path: Path, command: str, contents: bytes | None) -> None:
    """Without a usable index every reading command gives status 7 and names reindex."""
    build(tmp_path, [])
    for file in tmp_path.glob("newsclip.sqlite*"):
        file.unlink()
    if contents is not None:
        (tmp_path / "newsclip.sqlite").write_bytes(contents)
    said = run(tmp_path, *command.split())
    assert said.status == 7, said.err
    assert "newsclip reindex" in said.err
