"""The measurement of texts: what counts as wrong and as lost, and a whole run over a newspaper of our own."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from lxml import etree

from benchmarks.measure import ROOT
from benchmarks.site_memory import articles
from benchmarks.text_loss import lost_words, words_in_all, wrong_words
from pipelines.second_look.draft import Draft
from tests.pipelines.documents import document_of

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND, THIRD = (
    f"The {who} of the upper town rises at three, and {what}." for who, what in
    (("baker", "goes down to his oven"), ("miller", "looks out for the wind"), ("ferryman", "has nobody to row across"))
)  # fmt: skip
PAGE = (
    f"<p>{FIRST}</p><p>{SECOND}</p><table><tr><td>Flour by the hundredweight, until Friday</td></tr></table>"
    f"<ul><li>The mill is for sale to anybody with a horse</li></ul><aside>{THIRD}</aside>"
)


def draft_of(body: str) -> Draft:
    """Return a draft of the extractor's markup, with the blocks of the page above."""
    return Draft(etree.fromstring(f"<body>{body}</body>"), document_of(PAGE).outline.blocks)


def figures_of(module: str, *words: str | Path) -> tuple[str, str]:
    """Return what a benchmark says, and what it was told by Python on standard error."""
    command = [sys.executable, "-X", "importtime", "-m", f"benchmarks.{module}", *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    return done.stdout, done.stderr


def stored(folder: Path) -> Path:
    """Write four stories in one template as a set."""
    (folder / "pages").mkdir(parents=True)
    with (folder / "truth.jsonl").open("w") as file:
        for number, one in enumerate(articles(4)):
            (folder / "pages" / f"{number}.html.gz").write_bytes(gzip.compress(one.page.body))
            file.write(json.dumps({"id": str(number), "url": one.page.url, "text": one.reference["text"]}) + "\n")
    return folder


def test_wrong_words_by_their_line() -> None:
    """What is not in the reference counts by the kind of its line, in words."""
    draft = draft_of(
        f"<p>{FIRST}</p><head>Elsewhere in this town</head>"
        "<list><item>The mill is for sale to anybody with a horse</item></list>"
        "<table><row><cell>Flour by the hundredweight, until Friday</cell></row></table>"
    )
    truth: dict[str, Any] = {"text": FIRST}
    assert wrong_words(truth, draft) == {"heading-like": 4, "list item": 10, "table": 6}
    assert words_in_all(truth, draft) == (20 + len(FIRST.split()), len(FIRST.split()))


def test_wrong_snippets_by_their_line() -> None:
    """Of a reference in snippets those that should not be there count, and no other words."""
    draft = draft_of(f"<p>{FIRST}</p><head>Elsewhere in this town</head>")
    assert wrong_words({"with": [FIRST], "without": ["in this town", "Imprint"]}, draft) == {"heading-like": 3}


def test_lost_words_by_their_fate() -> None:
    """What the text lacks is in a block of the page, in furniture, in the text with other spaces, or nowhere."""
    draft = draft_of(f"<p>{FIRST.replace('upper town rises', 'uppertown rises')}</p>")
    nowhere = "It rained on all of them that day."
    truth = {"text": f"{FIRST}\n{SECOND}\n{THIRD}\n{nowhere}"}
    lost = lost_words(truth, draft, document_of(PAGE))
    assert lost == {
        "set otherwise": 2,
        "in a block left out": len(SECOND.split()),
        "outside what is shown": len(THIRD.split()),
        "not in the page": len(nowhere.split()),
    }


def test_lost_snippets_by_their_fate() -> None:
    """A snippet that should be there and is not is lost with all its words."""
    truth = {"with": [FIRST, SECOND], "without": []}
    assert lost_words(truth, draft_of(f"<p>{FIRST}</p>"), document_of(PAGE)) == {
        "in a block left out": len(SECOND.split())
    }


def test_trafilatura_is_measured_by_itself(tmp_path: Path) -> None:
    """The command that passes pages through trafilatura imports nothing of what makes it faster."""
    said, imported = figures_of("text_pass", "trafilatura", stored(tmp_path / "stories"))
    assert [json.loads(line)["id"] for line in said.splitlines()] == ["0", "1", "2", "3"]
    assert "trafilatura.core" in imported
    assert "pipelines" not in imported


def test_a_whole_run(tmp_path: Path) -> None:
    """A run says of a set how good both texts are and what each step is worth, and its gain is that of its figures."""
    said, _ = figures_of("text", stored(tmp_path / "stories"), "--weights", "stored", "--json")
    figures = json.loads(said)
    assert (figures["pages"], list(figures["sets"])) == (4, ["stories"])
    one = figures["sets"]["stories"]
    grown = one["newsclip"]["f1"] - one["trafilatura"]["f1"]
    assert abs(one["gain"][0] - grown) < 1e-9
    assert one["gain"][1] <= one["gain"][0] <= one["gain"][2]
    assert one["newsclip"]["recall"] > 0.9
    assert {"skip-link", "weighed", "left-out"} <= set(one["steps"])
    assert list(one["losses"].values()) == sorted(one["losses"].values(), reverse=True)
    assert figures["cost"]["newsclip"]["slowest_ms"] >= figures["cost"]["newsclip"]["median_ms"] > 0
