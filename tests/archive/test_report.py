"""`newsclip report` through the command line's table, on collections that the real writer wrote, counted by hand."""

from __future__ import annotations

import base64
import hashlib
import json
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from archive import concerns
from archive import report as reporting
from archive.address import host_of, url_key
from archive.attention import Concern, Kind
from archive.collection import Collection
from archive.finds import Found, add
from archive.lookup import open_index
from archive.model import Finding, Liveness, Memento
from archive.report import Owner, Period
from archive.schema import connect
from archive.standing import State
from tests.shelf import ESCAPES, Told, build, exchange, html, page, processed, run

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Capture

LIVE = Told(title="The wall", text="The wall stands.")
EDITED = Told(title="The wall", text="The wall stood.")
GONE = Told(Liveness.GONE, title="Gone")
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone"
GONE_FOR_GOOD = b"HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\ngone"
FRONT = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
A, B, C = (f"https://news.example/{name}" for name in "abc")
D, E = "https://www.zeitung.example/d", "https://zeitung.example/e"
EVIL = "https://evil.example/<script>alert(1)</script>?\"onload='x&amp;" + ESCAPES + "\ufffe"


def gone(url: str, day: int, response: bytes = MISSING) -> Finding:
    """Return a capture that finds nothing."""
    return page(url, GONE, day, response=response)


def watched(path: Path, source: str, *urls: str) -> None:
    """Let a source's feed have named addresses, as a crawl would note it before it fetches them."""
    build(path, [])
    with closing(connect(Collection(path))) as connection:
        add(connection, source, [Found(url, url_key(url), "https://news.example/feed") for url in urls], 1)


def newsroom(path: Path) -> list[Capture]:
    """Fill a collection: a source with three articles, one edited and dead, one alive, one blocked; a site with two.

    The pages with text say that they were published on 31 October.
    """
    watched(path, "gazette", A, B, C)
    blocked = page(C, Told(Liveness.BLOCKED), 12)
    return build(
        path,
        [
            page(A, LIVE, 1), page(B, LIVE, 1), gone(E, 1, GONE_FOR_GOOD), page(A, LIVE, 2), page(C, LIVE, 2),
            page(A, EDITED, 3), gone(E, 4), page(D, LIVE, 5), page(B, LIVE, 9), gone(A, 10), blocked, gone(A, 13),
            gone(A, 16),
        ],
    )  # fmt: skip


def told(path: Path, *words: str) -> tuple[dict[str, dict[str, Any]], dict[str, Any], list[dict[str, Any]]]:
    """Return what `--json` says: of each source or site, in all, and of the dead."""
    said = run(path, "--json", "report", *words)
    assert said.status == 0, said.err
    lines = [json.loads(line) for line in said.out.splitlines()]
    owners = {line["source"] or line["site"]: line for line in lines if line["row"] == "source"}
    [total] = [line for line in lines if line["row"] == "total"]
    return owners, total, [line for line in lines if line["row"] == "dead"]


def figures(line: dict[str, Any]) -> list[int]:
    """Return the counts of a source in the order in which they stand."""
    names = ("addresses", "articles", "new", "edited", "edits", "alive", "in_doubt", "dead", "died")
    assert [name for name in line if name in names] == list(names)
    return [line[name] for name in names]


def ages(line: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Return the rows of the link-rot table that are not empty."""
    names = ("addresses", "looked_at_again", "alive", "dead", "in_doubt")
    return {row["age"]: tuple(row[name] for name in names) for row in line["ages"] if row["addresses"]}


def test_counts_are_those_made_by_hand(tmp_path: Path) -> None:
    """Each source, each site without one and the sum have the figures that the captures come to."""
    newsroom(tmp_path)
    owners, total, _ = told(tmp_path)
    assert list(owners) == ["gazette", "zeitung.example"]
    assert (owners["gazette"]["site"], owners["zeitung.example"]["source"]) == (None, None)
    assert figures(owners["gazette"]) == [3, 3, 3, 1, 1, 1, 1, 1, 1]
    assert figures(owners["zeitung.example"]) == [2, 1, 1, 0, 0, 1, 0, 1, 1]
    assert figures(total) == [5, 4, 4, 1, 1, 2, 1, 2, 2]


def test_link_rot_is_that_counted_by_hand(tmp_path: Path) -> None:
    """The table has each address at each age it was looked at, from the day it was published or first archived."""
    newsroom(tmp_path)
    owners, total, _ = told(tmp_path)
    assert ages(total) == {
        "under 1 week": (5, 2, 1, 1, 0),
        "1 week to 1 month": (3, 3, 1, 1, 1),
        "all ages": (5, 4, 1, 2, 1),
    }
    assert ages(owners["zeitung.example"]) == {"under 1 week": (2, 1, 0, 1, 0), "all ages": (2, 1, 0, 1, 0)}
    [row] = [row for row in total["ages"] if row["age"] == "all ages"]
    assert (row["share_alive"], row["share_low"], row["share_high"]) == (0.3333, 0.0615, 0.7923)
    assert [row["share_alive"] for row in total["ages"]][2:6] == [None] * 4


def test_the_dead_are_listed_with_their_last_good_copy(tmp_path: Path) -> None:
    """A dead address has since when it is, and the newest capture that showed it; none if it was never seen alive."""
    captures = newsroom(tmp_path)
    _, _, dead = told(tmp_path)
    assert [(one["url"], one["source"], one["site"], one["dead_since"][:10]) for one in dead] == [
        (A, "gazette", None, "2026-11-10"),
        (E, None, "zeitung.example", "2026-11-01"),
    ]
    copy = dead[0]["last_good_copy"]
    [edited] = [capture for capture in captures if capture.url == A and capture.fetched_at.day == 3]
    assert (copy["record_id"], copy["warc"]) == (edited.response.record_id, f"archive/{edited.response.warc}")
    assert (tmp_path / copy["article"]).read_text().endswith("The wall stood.\n")
    assert (dead[1]["last_good_copy"], dead[1]["seen_alive"]) == (None, None)
    said = run(tmp_path, "report").out
    assert f"2026-11-10 08:30  {A}\n{'':18}last good copy 2026-11-03 08:30  {copy['article']}\n" in said
    assert f"2026-11-01 08:30  {E}\n{'':18}no good copy\n" in said


def test_a_whole_article_is_a_better_copy_than_a_later_teaser_and_a_rescued_one_is_better_than_none(
    tmp_path: Path,
) -> None:
    """The last good copy is the newest whole one; then the newest teaser; then what was rescued from an archive."""
    teaser = Told(Liveness.PAYWALL, title="The wall", text="The wall")
    kept = "https://archive.example/20150503/https://zeitung.example/e"
    taken = datetime(2015, 5, 3, tzinfo=UTC)
    rescued = Finding("memento", E, (exchange(kept, 20, html(LIVE)),), processed(LIVE), memento=Memento(E, taken))
    build(
        tmp_path,
        [
            page(A, LIVE, 1), page(A, teaser, 2), page(B, teaser, 2),
            *(gone(url, day, GONE_FOR_GOOD) for url in (A, B, E) for day in (3, 6)), rescued,
        ],
    )  # fmt: skip
    copies = {one["url"]: one["last_good_copy"] for one in told(tmp_path)[2]}
    assert [(copies[url]["verdict"], copies[url]["fetched_at"][8:10]) for url in (A, B)] == [
        ("live", "01"),
        ("paywall", "02"),
    ]
    assert copies[E]["memento_datetime"].startswith("2015-05-03")
    said = run(tmp_path, "report").out
    assert "last good copy 2026-11-02 08:30 (its teaser)" in said
    assert "rescued copy of 2015-05-03" in said


def test_a_period_bounds_what_is_new_and_what_was_known(tmp_path: Path) -> None:
    """--since bounds what is new, edited and died; --until tells what was known by then, and nothing later."""
    newsroom(tmp_path)
    assert figures(told(tmp_path, "--since", "2026-11-03")[1]) == [5, 4, 1, 1, 1, 2, 1, 2, 1]
    assert figures(told(tmp_path, "--since", "2026-11-04")[1]) == [5, 4, 1, 0, 0, 2, 1, 2, 1]
    owners, total, dead = told(tmp_path, "--until", "2026-11-12")
    assert figures(owners["gazette"]) == [3, 3, 3, 1, 1, 1, 2, 0, 0]
    assert (total["since"], total["until"]) == (None, "2026-11-13T00:00:00.000000Z")
    assert [one["url"] for one in dead] == [E]
    assert figures(told(tmp_path, "--until", "2026-10-31")[1]) == [0] * 9


def test_only_what_was_named_is_counted(tmp_path: Path) -> None:
    """A source or a site may be named, in any letter case; a name of which nothing is known gives status 2."""
    newsroom(tmp_path)
    assert list(told(tmp_path, "Gazette")[0]) == ["gazette"]
    owners, total, dead = told(tmp_path, "www.zeitung.example")
    assert (list(owners), figures(total)[0], len(dead)) == (["zeitung.example"], 2, 1)
    assert figures(told(tmp_path, "zeitung.example", "--until", "2026-10-31")[1])[0] == 0
    said = run(tmp_path, "report", "gazete")
    assert (said.status, said.out) == (2, "")
    assert "'gazete' is no source" in said.err
    assert "gazette" in said.err.split("close to it are")[1]


def test_what_it_says_of_an_address_is_what_history_says(tmp_path: Path) -> None:
    """Each address has the same standing in both, whatever redirects led there, away or past it."""
    way, short, story, other = (f"https://{name}.example/x" for name in ("way", "short", "story", "other"))
    to_story = b"HTTP/1.1 301 Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
    front = Told(Liveness.MOVED, title="Front")
    hops = [
        (exchange(short, 9, to_story % way.encode()), exchange(way, 9, to_story % story.encode(), minute=1)),
        (exchange(other, 20, FRONT), exchange("https://other.example/", 20, html(front), minute=1)),
        (exchange(other, 23, FRONT), exchange("https://other.example/", 23, html(front), minute=1)),
        (exchange(other, 26, FRONT), exchange("https://other.example/", 26, html(front), minute=1)),
    ]
    build(
        tmp_path,
        [
            gone(story, 1), gone(story, 4), gone(story, 7), gone(way, 1), gone(way, 4), gone(way, 7),
            Finding("page", short, (*hops[0], exchange(story, 9, html(LIVE), minute=2)), processed(LIVE)),
            *(Finding("page", other, hop, processed(front)) for hop in hops[1:]),
            page("https://lone.example/", Told(Liveness.EMPTY), 3), page(A, LIVE, 3), gone(A, 8),
        ],
    )  # fmt: skip
    with open_index(tmp_path) as connection:
        owners = reporting.report(connection, Period(), lambda _: True).owners
    known = {}
    for url in (way, short, story, other, "https://lone.example/", A):
        last = json.loads(run(tmp_path, "--json", "history", url).out.splitlines()[-1])
        known[host_of(url)] = last["standing"]
    assert known["way.example"] == known["story.example"] == "alive"
    assert known["other.example"] == "dead"
    found = {
        owner.name: [state.value for state, count in counts.states.items() if count] for owner, counts in owners.items()
    }
    assert found == {host: [standing] for host, standing in known.items()}


@pytest.mark.parametrize("published", ["1970-01-01", "0001-01-01T00:00:00Z", "2027-01-01", "soon", "2026-13-01", ""])
def test_a_date_that_cannot_be_is_none(tmp_path: Path, published: str) -> None:
    """An age is reckoned from the first capture where a listing names no day on which it can have been published."""
    build(tmp_path, [])
    with closing(connect(Collection(tmp_path))) as connection:
        add(connection, "gazette", [Found(A, url_key(A), "https://news.example/feed", None, published)], 1)
    build(tmp_path, [page(A, Told(), 1), page(A, Told(), 30)])
    assert set(ages(told(tmp_path)[1])) == {"under 1 week", "1 week to 1 month", "all ages"}


def test_the_date_of_a_listing_counts_where_the_page_names_none(tmp_path: Path) -> None:
    """An article that its feed dates two years back is looked at at that age."""
    build(tmp_path, [])
    with closing(connect(Collection(tmp_path))) as connection:
        add(connection, "gazette", [Found(A, url_key(A), "https://f.example/", None, "2024-10-01T08:00:00+02:00")], 1)
    build(tmp_path, [page(A, Told(), 1), page(A, Told(), 2)])
    assert ages(told(tmp_path)[1]) == {"over 2 years": (1, 1, 1, 0, 0), "all ages": (1, 1, 1, 0, 0)}


def test_an_empty_collection_and_none(tmp_path: Path) -> None:
    """Of an empty collection all is nought, in every form; where there is none, the status is 2."""
    assert run(tmp_path / "none", "report").status == 2
    build(tmp_path, [])
    owners, total, dead = told(tmp_path)
    assert (owners, figures(total), dead) == ({}, [0] * 9, [])
    said = run(tmp_path, "report")
    assert (said.status, said.out.split()[:1]) == (0, ["source"])
    assert "No page was judged here yet" in said.err
    assert run(tmp_path, "report", "--html", str(tmp_path / "page.html")).status == 0


def test_a_source_without_articles_is_named(tmp_path: Path) -> None:
    """A source that was crawled and has brought nothing yet stands there with nought, and pages saved beside it."""
    watched(tmp_path, "silent", A)
    build(tmp_path, [page(D, LIVE, 1)])
    owners, _, _ = told(tmp_path)
    assert list(owners) == ["silent", "zeitung.example"]
    assert figures(owners["silent"]) == [0] * 9


def test_what_was_seen_once_has_no_share(tmp_path: Path) -> None:
    """Where each address was captured once, the table has no share and says how to come by one."""
    build(tmp_path, [page(A, LIVE, 1), gone(B, 1)])
    *_, all_ages, remark = run(tmp_path, "report").out.splitlines()
    assert all_ages.split() == ["all", "ages", "2", "0", "0", "0", "0", "-"]
    assert remark.startswith("Nothing was looked at again yet")
    build(tmp_path, [page(A, LIVE, 2)])
    *_, all_ages = run(tmp_path, "report").out.splitlines()
    assert all_ages.split() == ["all", "ages", "2", "1", "1", "0", "0", "100.0", "%", "(20.7", "to", "100.0)"]


def test_many_sites_are_cut_on_a_screen_and_nowhere_else(tmp_path: Path) -> None:
    """A screen has the 30 largest sites and the 20 newest deaths and counts the others; JSON has every one."""
    urls = [f"https://site{number}.example/x" for number in range(32)]
    build(tmp_path, [gone(url, day, GONE_FOR_GOOD) for day in (1, 4) for url in urls])
    lines = run(tmp_path, "report").out.splitlines()
    assert "… and 2 more sites without a source" in lines
    assert lines[-1] == "… and 12 more; --json and --html have them all"
    owners, _, dead = told(tmp_path)
    assert (len(owners), len(dead)) == (32, 32)


def concern(path: Path, source: str, since: str, over: str | None = None, why: str = "nothing new for 9 days") -> None:
    """Let a run have noted that a source was silent, and a later one that it is over."""
    with closing(connect(Collection(path))) as connection:
        silent = Concern(source, Kind.SILENT, why, datetime.fromisoformat(since))
        concerns.note(connection, source, [silent], datetime.fromisoformat(since))
        if over:
            concerns.note(connection, source, [], datetime.fromisoformat(over))


def test_what_needs_attention_stands_there(tmp_path: Path) -> None:
    """What stands is named in every form; what is over only with the period in which it ended or lasted."""
    newsroom(tmp_path)
    concern(tmp_path, "gazette", "2026-11-02T00:00Z", "2026-11-05T00:00Z")
    concern(tmp_path, "gazette", "2026-11-10T00:00Z", why=f"{ESCAPES}<b>")

    def spans(*words: str) -> list[tuple[str, str | None]]:
        lines = map(json.loads, run(tmp_path, "--json", "report", *words).out.splitlines())
        found = [line for line in lines if line["row"] == "attention"]
        assert {(line["source"], line["kind"]) for line in found} <= {("gazette", "silent")}
        return [(line["since"][8:10], line["over"] and line["over"][8:10]) for line in found]

    assert spans() == spans("gazette") == [("10", None)]
    assert spans("zeitung.example") == []
    assert spans("--since", "2026-11-04") == [("10", None), ("02", "05")]
    assert spans("--since", "2026-11-06") == [("10", None)]
    assert spans("--until", "2026-11-03") == [("02", None)]
    assert spans("--until", "2026-11-01") == []
    said = run(tmp_path, "report", "--since", "2026-11-04").out
    assert "gazette needs attention since 2026-11-10 00:00: \\x1b]0;owned" in said
    assert "gazette needed attention from 2026-11-02 00:00 to 2026-11-05 00:00: nothing new for 9 days.\n" in said
    tree, _ = page_of(tmp_path)
    [row] = tree.xpath("//h2[.='Attention']/following-sibling::div[1]//tbody/tr")
    assert [cell.text_content() for cell in row][:4] == ["gazette", "silent", "2026-11-10 00:00", ""]
    assert row[4].text_content().endswith("<b>")


def page_of(path: Path, *words: str) -> tuple[Any, str]:
    """Return the page that `--html` writes, parsed and as it is."""
    file = path.parent / "report.html"
    said = run(path, "report", "--html", str(file), *words)
    assert (said.status, said.out) == (0, f"Wrote {file}.\n")
    source = file.read_text("utf-8")
    return lxml_html.document_fromstring(source), source


def test_the_page_needs_nothing_beside_itself(tmp_path: Path) -> None:
    """It names no other resource, runs no script, and its policy allows its own style sheet and nothing else."""
    newsroom(tmp_path / "clips")
    tree, source = page_of(tmp_path / "clips")
    assert source.startswith("<!DOCTYPE html>\n<html lang=")
    assert not {element.tag for element in tree.iter()} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "use",
        "a",
        "base",
    }
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in {"src", "href", "style", "action"}}
    [style] = tree.iter("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_plot_can_be_read_by_those_who_do_not_see_it(tmp_path: Path) -> None:
    """It is an image with a title and the figures in words; the table behind it has scopes and a caption."""
    newsroom(tmp_path / "clips")
    tree, _ = page_of(tmp_path / "clips")
    [plot] = tree.iter("svg")
    said = [tree.get_element_by_id(name) for name in plot.get("aria-labelledby").split()]
    assert [element.tag for element in said] == ["title", "desc"]
    assert said[1].text.startswith("under 1 week: 50.0 %, 95 % interval 9.5 to 90.5; 1 week to 1 month: 50.0 %")
    assert plot.get("role") == "img"
    heights = sorted(float(dot.get("cy")) for dot in plot.iter("circle"))
    assert heights == [130.0, 130.0]
    for table in tree.iter("table"):
        assert table.findtext("caption")
        assert {cell.get("scope") for cell in table.iter("th")} <= {"col", "row"}
    cells = [[cell.text_content() for cell in row] for row in tree.xpath("//table[caption='All sources']//tr")]
    assert cells[1] == ["under 1 week", "5", "2", "1", "1", "0", "50.0 % (9.5 to 90.5)"]
    assert cells[-1] == ["all ages", "5", "4", "1", "2", "1", "33.3 % (6.1 to 79.2)"]


def test_nothing_foreign_becomes_markup_or_commands_a_terminal(tmp_path: Path) -> None:
    """Addresses, titles and the folder's name stand on the page as text, and reach a terminal escaped."""
    path = tmp_path / "<script>'\"&lt;"
    title = f"</td></table><script>alert(2)</script>{ESCAPES}"
    build(path, [page(EVIL, Told(title=title, text="Low tide."), 1), *(gone(EVIL, day) for day in (2, 5, 8))])
    tree, source = page_of(path)
    assert not list(tree.iter("script"))
    [row] = tree.xpath("//table[contains(caption, 'died last')]/tbody/tr")
    shown = [cell.text_content() for cell in row]
    assert shown[0].startswith("https://evil.example/<script>alert(1)</script>?\"onload='x&amp;\\x1b]0;owned\\x07")
    assert shown[1].startswith("</td></table><script>alert(2)</script>\\x1b")
    assert tree.findtext(".//h1") == "What became of the articles in <script>'\"&lt;"
    assert not set(source) & set("\x1b\x07\x9b\u202e\u2028\r\ufffe")
    assert not set(run(path, "report").out) & set("\x1b\x07\x9b\u202e\u2028\r")


def test_a_page_is_not_overwritten_unawares(tmp_path: Path) -> None:
    """A file that is there stays as it is, with status 2 and the remedy; --force replaces it whole."""
    newsroom(tmp_path / "clips")
    file = tmp_path / "report.html"
    file.write_text("mine")
    said = run(tmp_path / "clips", "report", "--html", str(file))
    assert (said.status, said.out, file.read_text()) == (2, "", "mine")
    assert "--force" in said.err
    assert run(tmp_path / "clips", "report", "--html", str(file), "--force").status == 0
    assert file.read_text().startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clips", "report.html"]


@pytest.mark.parametrize("place", ["none/report.html", "clips/newsclip.sqlite/report.html", "clips", ""])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_page_that_cannot_be_written(tmp_path: Path, place: str, force: tuple[str, ...]) -> None:
    """A place where no file can be gives status 2 and names it."""
    build(tmp_path / "clips", [])
    said = run(tmp_path / "clips", "report", "--html", str(tmp_path / place), *force)
    assert said.status == 2
    assert str(tmp_path / place) in said.err


def test_json_and_a_page_in_one_go(tmp_path: Path) -> None:
    """With --json the objects are all that is printed, and the page is written too."""
    newsroom(tmp_path / "clips")
    file = tmp_path / "report.html"
    said = run(tmp_path / "clips", "--json", "report", "--html", str(file))
    assert [json.loads(line)["row"] for line in said.out.splitlines()] == ["source", "source", "total", "dead", "dead"]
    assert file.exists()


def test_the_index_is_read_once_and_finds_are_looked_up(tmp_path: Path) -> None:
    """One pass over the pages and one over the hops; where an address was found is looked up by its key."""
    build(tmp_path, [])
    with open_index(tmp_path) as connection:
        reporting.report(connection, Period(), lambda _: True)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {reporting._SEEN}", (1,))]
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN hop", "SCAN seen"]
    assert any(step.startswith("SEARCH finds USING INDEX finds_key (key=?)") for step in plan)


def test_an_owner_is_known_by_its_kind(tmp_path: Path) -> None:
    """A source that has the name of a site is not that site."""
    watched(tmp_path, "news.example", A)
    build(tmp_path, [page(A, LIVE, 1), page(B, LIVE, 1)])
    with open_index(tmp_path) as connection:
        found = reporting.report(connection, Period(), lambda _: True)
    assert [(owner, counts.states[State.ALIVE]) for owner, counts in found.owners.items()] == [
        (Owner("news.example", is_source=True), 1),
        (Owner("news.example", is_source=False), 1),
    ]
