"""`newsclip extract` through its door: files and batches in, answers out."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from crawler.demo.pages import PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Newsclip

BASE = "https://gazette.example"
STORY = "/harbour/ferry-back-on-winter-timetable"


@pytest.fixture
def story() -> bytes:
    """Return the HTML of a live article."""
    return PAGES[STORY].answer(BASE).body


def lines(*jobs: dict[str, Any] | str) -> str:
    """Return jobs as JSON lines; a string is taken as it is."""
    return "".join(f"{job if isinstance(job, str) else json.dumps(job)}\n" for job in jobs)


def test_a_file_is_judged_and_its_text_printed(tmp_path: Path, newsclip: Newsclip, story: bytes) -> None:
    """A file, packed or not, gives verdict, title, author and text."""
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(story))
    ran = newsclip("extract", packed, "--url", BASE + STORY)
    assert ran.status == 0, ran.err
    assert ran.out.startswith("live: ")
    assert "authors: Marion Tresco" in ran.out
    assert "The first boat left at ten past seven" in ran.out


def test_a_page_that_is_not_live_gives_status_3(tmp_path: Path, newsclip: Newsclip) -> None:
    """The status says that not everything is live, and --json gives one object a file."""
    page = tmp_path / "page.html"
    page.write_bytes(PAGES["/sports"].answer(BASE).body)
    ran = newsclip("--json", "extract", page)
    assert ran.status == 3
    assert ran.answers()[0]["verdict"] == "placeholder"


def test_a_batch_answers_every_job(tmp_path: Path, newsclip: Newsclip, story: bytes) -> None:
    """Paths and HTML are read, and whatever is wrong with one job is that job's fault alone."""
    page = tmp_path / "page.html"
    page.write_bytes(story)
    torn = tmp_path / "torn.html.gz"
    torn.write_bytes(gzip.compress(story)[:500])
    jobs = lines(
        {"id": "path", "path": str(page), "url": BASE + STORY, "status": 200},
        {"id": 7, "html": story.decode(), "url": BASE + STORY},
        {
            "id": "gone",
            "html": "<title>Not found</title><h1>Not found</h1>",
            "url": "https://a.example/",
            "status": 404,
        },
        "",
        "not a job",
        {"id": "nothing"},
        {"id": "missing", "path": str(tmp_path / "none.html")},
        {"id": "torn", "path": str(torn)},
        {"id": "kind", "path": 5},
    )
    ran = newsclip("extract", "--batch", "-", stdin=jobs)
    assert ran.status == 4
    answers = {str(answer["id"]): answer for answer in ran.answers()}
    assert len(ran.answers()) == 8
    assert answers["path"]["verdict"] == answers["7"]["verdict"] == "live"
    assert answers["path"]["text"] == answers["7"]["text"]
    assert answers["path"]["authors"] == ["Marion Tresco"]
    assert answers["path"]["published"].startswith("2026-11-16")
    assert {signal["rule"] for signal in answers["gone"]["signals"]}
    assert answers["gone"]["verdict"] == "gone"
    for bad in ("missing", "torn", "nothing"):
        assert answers[bad]["verdict"] is None
        assert answers[bad]["fault"]
    assert str(tmp_path / "none.html") in answers["missing"]["fault"]


def test_a_packed_batch_file_is_read(tmp_path: Path, newsclip: Newsclip) -> None:
    """A batch may be a gzip file."""
    batch = tmp_path / "jobs.jsonl.gz"
    batch.write_bytes(gzip.compress(lines({"id": 1, "html": "<p>short</p>"}).encode()))
    ran = newsclip("extract", "--batch", batch)
    assert (ran.status, ran.answers()[0]["id"]) == (0, 1)


def test_a_page_that_hangs_is_one_answer(newsclip: Newsclip, story: bytes) -> None:
    """A page that takes longer than its deadline is answered with the fault; the batch goes on with a new worker."""
    hanging = "<div " + " ".join(f"a{number}=1" for number in range(60_000)) + ">" + "<b>" * 200 + "</div>"
    huge = "<html><body>" + "<p>word <i>word</i></p>" * 400_000 + "</body></html>"
    jobs = lines(
        {"id": "hanging", "html": hanging},
        {"id": "huge", "html": huge},
        *({"id": number, "html": story.decode(), "url": "https://a.example/x"} for number in range(4)),
    )
    ran = newsclip("extract", "--batch", "-", "--page-deadline", "0.7", stdin=jobs)
    answers = {str(answer["id"]): answer for answer in ran.answers()}
    assert len(answers) == 6
    assert [answers[str(number)]["verdict"] for number in range(4)] == ["live"] * 4
    assert "page_deadline" in answers["huge"]["fault"]


@pytest.mark.parametrize("arguments", [(), ("--batch", "none.jsonl"), ("none.html",)])
def test_nothing_to_read_is_said(arguments: tuple[str, ...], newsclip: Newsclip) -> None:
    """No file, or one that is not there, is an error that names it, without a traceback."""
    ran = newsclip("extract", *arguments)
    assert ran.status in {2, 4}
    assert "Traceback" not in ran.err
    assert (arguments[-1] if arguments else "No file") in ran.out + ran.err
