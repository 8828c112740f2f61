"""Which addresses are one article, what is made of it, and how pages fail to make an article vanish by it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archive import finds, index, joins, looks
from archive.address import url_key
from archive.collection import Collection
from archive.model import Liveness
from archive.reindex import reindex
from archive.schema import connect
from tests.shelf import DAY_ONE, Told, build, html, page, processed, run
from tests.site import generated

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Finding

SITE = "https://news.example"
K, C, D = f"{SITE}/story?id=7", f"{SITE}/2026/11/24/story-7", f"{SITE}/2026/11/24/story-8"
WHOLE = "\n\n".join(generated.paragraphs(7))
PART = "\n\n".join(generated.paragraphs(7)[:2])
EDITED = WHOLE.replace("harbour", "port", 2) + "\n\nA correction was added."
OTHER = "\n\n".join(generated.paragraphs(8))
SHORT = "The harbour wall is to be raised by two metres."
GONE = Told(Liveness.GONE, title="Gone")


def shown(url: str, day: int, canonical: str | None = None, text: str = WHOLE, title: str = "Story 7") -> Finding:
    """Return a capture of an article, and what it declares."""
    told = Told(title=title, text=text)
    # The page differs with what it declares, as a page does; the same one again is a revisit.
    response = html(replace(told, title=f"{title} {canonical}"))
    return replace(page(url, told, day, response=response), processed=replace(processed(told), canonical=canonical))


def relation(path: Path) -> dict[str, str]:
    """Return which key is joined to which."""
    with closing(sqlite3.connect(path / "newsclip.sqlite")) as connection:
        return dict(connection.execute("SELECT key, canonical FROM joined ORDER BY key").fetchall())


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Return all that is kept of it, and what it was reckoned from."""
    with closing(sqlite3.connect(path / "newsclip.sqlite")) as connection:
        captures = connection.execute("SELECT id, url, canonical, canonical_key FROM captures ORDER BY id").fetchall()
        return captures + connection.execute("SELECT * FROM joined ORDER BY key").fetchall()


def keys(*pairs: tuple[str, str]) -> dict[str, str]:
    """Return the keys of addresses that are to be joined."""
    return {url_key(one): url_key(other) for one, other in pairs}


COPIES = [f"{SITE}/story?id=7&edition={number}" for number in range(joins.MOST + 1)]
CASES = {
    "the canonical one first": ([shown(C, 1), shown(K, 2, C)], [(K, C)]),
    "the canonical one later": ([shown(K, 1, C), shown(C, 2)], [(K, C)]),
    "the canonical one was never captured": ([shown(K, 1, C)], []),
    "an edit between them": ([shown(K, 1, C), shown(C, 2, text=EDITED)], [(K, C)]),
    "another text after they agreed": ([shown(K, 1, C), shown(C, 2), shown(C, 30, text=OTHER)], [(K, C)]),
    "looked at again, nothing new": ([shown(C, 1), shown(K, 2, C), shown(K, 3, C), shown(C, 4)], [(K, C)]),
    "a teaser of it": ([shown(C, 1), shown(K, 2, C, text=PART)], [(K, C)]),
    "a teaser under another headline": ([shown(C, 1), shown(K, 2, C, text=PART, title="Other")], []),
    "more than it": ([shown(C, 1, text=PART), shown(K, 2, C)], []),
    "another article under one headline": ([shown(C, 1), shown(K, 2, C, text=OTHER)], []),
    "too little to tell": ([shown(C, 1, text=SHORT), shown(K, 2, C, text=SHORT)], []),
    "the canonical one was never alive": ([page(C, GONE, 1), shown(K, 2, C)], []),
    "the canonical one died since": ([shown(C, 1), shown(K, 2, C), page(C, GONE, 3)], [(K, C)]),
    "its own address, written otherwise": ([shown(C, 1, C.replace("https", "http"))], []),
    "a loop": ([shown(C, 1, K), shown(K, 2, C)], []),
    "a chain": ([shown(K, 1, C), shown(C, 2, D), shown(D, 3)], [(C, D)]),
    "a chain, in the other order": ([shown(D, 1), shown(C, 2, D), shown(K, 3, C)], [(C, D)]),
    "a chain that was closed later": ([shown(K, 1, C), shown(C, 2), shown(D, 3), shown(C, 4, D)], [(C, D)]),
    "edited to declare nothing": ([shown(C, 1), shown(K, 2, C), shown(K, 3)], []),
    "edited to declare another": ([shown(C, 1), shown(K, 2, C), shown(K, 3, D), shown(D, 4, text=OTHER)], []),
    "as many as may be": (
        [shown(C, 1), *(shown(one, 2, C) for one in COPIES[: joins.MOST])],
        [(k, C) for k in COPIES[: joins.MOST]],
    ),
    "a whole site": ([shown(C, 1), *(shown(one, 2, C) for one in COPIES)], []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_joined(tmp_path: Path, case: str) -> None:
    """Addresses are joined by their declaration and their text together, and by `reindex` just the same."""
    findings, expected = CASES[case]
    build(tmp_path, findings)
    assert relation(tmp_path) == keys(*expected)
    before = dump(tmp_path)
    (tmp_path / "newsclip.sqlite").unlink()
    reindex(tmp_path, lambda _: None)
    assert dump(tmp_path) == before


def lines(path: Path, *words: str) -> list[dict[str, Any]]:
    """Return what a command says with `--json`."""
    said = run(path, "--json", *words)
    assert said.status == 0, said.err
    return [json.loads(line) for line in said.out.splitlines()]


def test_one_history_and_each_its_own_standing(tmp_path: Path) -> None:
    """Both addresses show the captures of both, each with its own address; each is alive or dead by itself."""
    captures = [shown(C, 1), shown(K, 2, C), shown(C, 9, text=EDITED), *(page(C, GONE, day) for day in (12, 15, 18))]
    build(tmp_path, captures)
    of_both = [C, K, C, C, C, C]
    histories = {typed: lines(tmp_path, "history", typed) for typed in (C, K)}
    assert {typed: [one["url"] for one in said] for typed, said in histories.items()} == {C: of_both, K: of_both}
    assert [histories[typed][-1]["standing"] for typed in (C, K)] == ["dead", "alive"]
    assert [one["version"] for one in histories[K][:3]] == [1, 1, 2]
    assert histories[K][1]["changed"] == ["at another address", "text the same"]
    assert all("leads elsewhere" not in one["changed"] for one in histories[C])
    assert lines(tmp_path, "diff", K)[0]["to"]["url"] == C
    assert lines(tmp_path, "show", K)[0]["url"] == K
    assert len(lines(tmp_path, "list", "--all")) == len(captures)
    assert run(tmp_path, "verify").status == 0


def crawled(path: Path, *findings: Finding, source: dict[str, str] | None = None) -> None:
    """Let a crawl have found addresses, and store what came of them."""
    build(path, [])
    with closing(connect(Collection(path))) as connection:
        for finding in findings:
            name = (source or {}).get(finding.target, "gazette")
            finds.add(connection, name, [finds.Found(finding.target, url_key(finding.target), "feed")], 1)
        connection.execute("UPDATE finds SET state = 'done'")
    build(path, list(findings))


def due(path: Path, day: int, source: str = "gazette") -> set[str]:
    """Return which articles a recheck on a day would look at, each a day old or more."""
    with closing(connect(Collection(path))) as connection:
        looks.prepare(connection, source, timedelta(days=1))
        found = looks.lease(connection, source, 10, index.micros(DAY_ONE + timedelta(days=day)))
        connection.execute("UPDATE finds SET next_look = 0 WHERE next_look < 1 << 60")
        return {find.url for find in found}


def test_one_article_is_looked_at_once(tmp_path: Path) -> None:
    """A recheck looks at the canonical address alone, and at each again when that no longer shows the article."""
    crawled(tmp_path, shown(C, 1), shown(K, 1, C), shown(D, 1, text=OTHER))
    assert due(tmp_path, 5) == {C, D}
    build(tmp_path, [page(C, GONE, 6)])
    assert due(tmp_path, 9) == {C, D, K}
    build(tmp_path, [shown(C, 10)])
    assert due(tmp_path, 12) == {C, D}
    build(tmp_path, [shown(C, 13, text=OTHER)])
    assert due(tmp_path, 15) == {C, D, K}
    build(tmp_path, [shown(K, 16, C, text=OTHER)])
    assert due(tmp_path, 18) == {C, D}
    build(tmp_path, [shown(K, 19)])
    assert due(tmp_path, 21) == {C, D, K}


def test_what_another_source_looks_at_is_no_reason_to_rest(tmp_path: Path) -> None:
    """An address of another source, or of none, may never be looked at again: the article is, under its own."""
    crawled(tmp_path, shown(C, 1), shown(K, 1, C), source={C: "other"})
    assert due(tmp_path, 5) == {K}
    saved = tmp_path / "saved"
    crawled(saved, shown(K, 1, C))
    build(saved, [shown(C, 2)])
    assert relation(saved) == keys((K, C))
    assert due(saved, 5) == {K}


def counted(path: Path, *words: str) -> list[int]:
    """Return how many addresses and articles the report counts in all."""
    [total] = [line for line in lines(path, "report", *words) if line["row"] == "total"]
    return [total["addresses"], total["articles"]]


def test_one_article_is_counted_once(tmp_path: Path) -> None:
    """A report counts the canonical address alone, as far as that had shown the article and is the source's."""
    crawled(tmp_path, shown(K, 1, C), shown(C, 3), shown(D, 3, text=OTHER))
    assert counted(tmp_path) == [2, 2]
    assert counted(tmp_path, "--until", "2026-11-01") == [1, 1]
    saved = tmp_path / "saved"
    crawled(saved, shown(K, 1, C))
    build(saved, [shown(C, 2)])
    assert counted(saved) == [2, 2]
    assert counted(saved, "gazette") == [1, 1]


def test_what_is_entered_goes_through_indexes(tmp_path: Path) -> None:
    """To reckon what is joined costs the same in a large collection: no statement reads a table from end to end."""
    asked: list[str] = []
    build(tmp_path, [shown(C, 1), shown(K, 2, C)])
    with closing(connect(Collection(tmp_path))) as connection:
        for capture in list(index.select(connection, "ORDER BY id")):
            connection.set_trace_callback(asked.append)
            joins.note(connection, capture)
            connection.set_trace_callback(None)
        ours = [one for one in asked if not one.startswith("--")]  # what full text asks itself is a comment to it
        assert len(ours) > 10
        plans = [row[3] for one in ours for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert [step for step in plans if "SCAN captures" in step or "SCAN joined" in step] == []
