"""`newsclip save --rescue`: a dead page, and a web archive that has copies of it or has not.

One archive is pywb, over a collection that our own writer wrote: an address that was live in 2013 and 2015, then
answered twice that it is missing with status 200, then with 404. The others are scripted, because no real one can be
asked to be busy, to lie or to break off.
"""

from __future__ import annotations

import gzip
import json
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote
from urllib.request import urlopen

import pytest

from archive.model import Exchange, Finding
from archive.options import StoreOptions
from archive.writer import Writer
from tests import warcs
from tests.crawler.scripted_archive import Asked, Reply, ScriptedArchive
from tests.pywb_server import replayed
from tests.site.missing import DEAD as TAKEN_DOWN
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Newsclip, Ran

LOCAL = ("--allow-network", "127.0.0.0/8", "--delay", "0")
DEAD = "/2013/05/lighthouse-keeper-retires"
OTHER = "/2013/05/never-archived"
NOBODY = "http://127.0.0.1:1"
"""Where nobody listens (tcpmux, RFC 1078)."""
SENTENCE = "The keeper of the northern light has climbed the hundred and forty steps every evening since he was a boy. "


def article(year: int) -> bytes:
    """Return the article as it was in a year, served under a header field that says so."""
    prose = "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(12))
    body = (
        f"<html lang=en><head><title>Lighthouse keeper retires - The Lantern</title>"
        f'<meta property="og:type" content="article"><meta name="author" content="Ida Moor">'
        f'<meta property="article:published_time" content="2013-05-02T08:00:00Z"></head><body><article>'
        f"<h1>Lighthouse keeper retires</h1>{prose}<p>This is the edition of {year}.</p></article></body></html>"
    )
    return response(body.encode(), extra=b"X-Edition: %d\r\n" % year)


def missing(words: str, status: bytes = b"200 OK") -> bytes:
    """Return a page that says that it does not exist."""
    body = f"<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>{words}</p></body></html>"
    return response(body.encode(), status)


def response(body: bytes, status: bytes = b"200 OK", extra: bytes = b"") -> bytes:
    """Return the bytes of an HTTP response."""
    head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n"
    return head % (status, extra, len(body)) + body


LIVE, SOFT = article(2015).partition(b"\r\n\r\n")[2], missing("Try the search.").partition(b"\r\n\r\n")[2]
HISTORY = {
    2013: article(2013),
    2015: response(gzip.compress(LIVE), extra=b"Content-Encoding: gzip\r\n"),
    2016: missing("Try the search."),
    2017: missing("Try our newest stories."),
    2019: missing("Gone.", b"404 Not Found"),
}


@pytest.fixture(scope="module")
def town() -> Iterator[Newspaper]:
    """Serve the newspaper whose pages are dead: what is not there answers with 404."""
    with Newspaper() as newspaper:
        yield newspaper


@pytest.fixture(scope="module")
def pywb(town: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the history of the dead page with pywb, and return the address of its collection."""
    folder = tmp_path_factory.mktemp("pywb")
    writer = Writer.open(folder / "collection", StoreOptions(), "test")
    url = town.url(DEAD)
    for year, answer in HISTORY.items():
        exchange = Exchange(url, b"GET / HTTP/1.1\r\n\r\n", answer, datetime(year, 5, 3, tzinfo=UTC), 0.1)
        writer.put(Finding("page", url, (exchange,), None)).result()
    writer.close("done")
    with replayed(folder / "collection", folder) as port:
        yield f"http://127.0.0.1:{port}/news"


@pytest.fixture
def archive() -> Iterator[ScriptedArchive]:
    """Serve an archive that answers as a test says."""
    with ScriptedArchive() as scripted:
        yield scripted


class Save(Protocol):
    """Saves paths of the newspaper with --rescue, as a user would."""

    def __call__(self, keys: dict[str, str], *paths: str, flags: tuple[str, ...] = LOCAL) -> Ran:
        """Run it; `keys` are those of [rescue], the path is that of the dead page unless others are named."""


@pytest.fixture
def save(town: Newspaper, tmp_path: Path, collection: Path, newsclip: Newsclip) -> Save:
    """Return a function that saves with --rescue."""

    def run(keys: dict[str, str], *paths: str, flags: tuple[str, ...] = LOCAL) -> Ran:
        urls = map(town.url, paths or (DEAD,))
        config = settings(tmp_path, keys)
        return newsclip("-C", collection, "--config", config, "--json", "save", "--rescue", *urls, *flags)

    return run


def settings(folder: Path, keys: dict[str, str]) -> Path:
    """Write a settings file with these keys of [rescue]."""
    file = folder / "rescue.toml"
    lines = (f"{key} = {value if value.isdecimal() else json.dumps(value)}\n" for key, value in keys.items())
    file.write_text("[rescue]\n" + "".join(lines), encoding="utf-8")
    return file


def edition(collection: Path, answer: dict[str, Any]) -> str:
    """Return which edition's text an answer's article file holds."""
    text = (collection / answer["article"]).read_text(encoding="utf-8")
    found = re.search(r"This is the edition of (\d+)", text)
    assert found, text
    return found[1]


def cdx_of(base: str) -> dict[str, str]:
    """Return the keys for an archive with an index of CDX."""
    index = "/cdx?url={url}&output=json&sort=reverse&limit=500"
    return {"cdx": base + index, "copy": base + "/{timestamp}id_/{url}"}


def rows(*timestamps: int) -> Reply:
    """Return an index of CDX as Wayback writes it."""
    return Reply(json.dumps([["timestamp", "statuscode"], *([str(time), "200"] for time in timestamps)]).encode())


def memento(body: bytes, timestamp: str, original: str, **more: str) -> Reply:
    """Return a copy as an archive sends it."""
    taken = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    fields = {
        "Content-Type": "text/html; charset=utf-8",
        "Memento-Datetime": f"{taken:%a, %d %b %Y %H:%M:%S} GMT",
        "Link": f'<{original}>; rel="original"',
    }
    return Reply(body, fields=fields | more)


def copies(index: Reply, copy: Callable[[str, str], Reply]) -> Callable[[Asked], Reply]:
    """Return the behaviour of an archive with an index, whose copies `copy` makes of timestamp and address."""

    def answer(asked: Asked) -> Reply:
        found = re.fullmatch(r"/(\d{14})id_/(.*)", asked.path)
        return copy(found[1], unquote(found[2])) if found else index

    return answer


@pytest.mark.parametrize("way", ["cdx", "timegate"])
def test_the_last_good_copy_is_saved(way: str, pywb: str, town: Newspaper, save: Save, collection: Path) -> None:
    """A dead page is walked back over two soft 404s to its copy of 2015, by CDX as by TimeGate and TimeMap."""
    ran = save(cdx_of(pywb)) if way == "cdx" else save({"timegate": pywb})
    assert ran.status == 3, ran.err
    dead, copy = ran.answers()
    assert (dead["url"], dead["verdict"], dead["memento_of"]) == (town.url(DEAD), "gone", None)
    assert (copy["url"], copy["verdict"], copy["memento_of"]) == (town.url(DEAD), "live", town.url(DEAD))
    assert copy["memento_datetime"] == "2015-05-03T00:00:00.000000Z"
    assert copy["final_url"] == f"{pywb}/20150503000000id_/{town.url(DEAD)}"
    assert (copy["title"], copy["authors"]) == ("Lighthouse keeper retires", ["Ida Moor"])
    assert copy["published"].startswith("2013-05-02")
    assert copy["article"].startswith("articles/127.0.0.1/2015/05/")
    assert edition(collection, copy) == "2015"
    assert "1 of 1 dead pages rescued" in ran.err
    kept = [record for record in warcs.records(collection) if record.uri == copy["final_url"]]
    (sent,) = (record.block for record in kept if record.type == "response")
    assert gzip.decompress(sent.partition(b"\r\n\r\n")[2]) == LIVE
    assert b"Memento-Datetime: Sun, 03 May 2015" in sent
    assert warcs.check(collection)[0] == 0


def test_a_copy_is_found_with_its_page_and_never_makes_it_live(
    pywb: str, town: Newspaper, save: Save, collection: Path, newsclip: Newsclip
) -> None:
    """Every command that reads finds the copy by the dead address and says what it is; the address stays dead."""
    save({"timegate": pywb})
    url = town.url(DEAD)

    def said(*arguments: str) -> str:
        ran = newsclip("-C", collection, *arguments)
        assert ran.status == 0, ran.err
        return ran.out

    origin = "copy of 2015-05-03 kept by 127.0.0.1"
    assert origin in said("show", url)
    assert "This is the edition of 2015." in said("show", url)
    assert origin in said("history", url)
    assert origin in said("search", "lighthouse keeper")
    assert "memento" in said("list", "--site", "127.0.0.1")
    assert said("list", "--verdict", "live") == ""
    state = json.loads(said("--json", "status"))
    assert (state["verdicts"], state["pages"], state["rescued"]) == ({"gone": 1}, 1, 1)
    tried = [row for row in map(json.loads, said("--json", "list", "--all").splitlines()) if row["memento_of"]]
    assert [row["verdict"] for row in reversed(tried)] == ["gone", "soft-404", "soft-404", "live"]


def test_a_rebuilt_index_has_the_copy(pywb: str, save: Save, collection: Path, newsclip: Newsclip) -> None:
    """After `reindex` every command answers what it did before, and `verify` finds nothing."""
    save({"timegate": pywb})
    questions = (
        ["list", "--all", "--limit", "0"],
        ["search", "lighthouse"],
        ["history", save_url(collection, newsclip)],
    )
    before = [newsclip("-C", collection, "--json", *question).out for question in questions]
    for file in (collection / "articles").glob("**/*.md"):
        file.unlink()
    assert newsclip("-C", collection, "reindex").status == 0
    assert [newsclip("-C", collection, "--json", *question).out for question in questions] == before
    verified = newsclip("-C", collection, "verify")
    assert (verified.status, verified.out) == (0, "")


def save_url(collection: Path, newsclip: Newsclip) -> str:
    """Return the address of the one page in a collection."""
    return str(newsclip("-C", collection, "--json", "list").answers()[0]["url"])


def test_a_copy_that_is_here_already_becomes_a_revisit(
    pywb: str, save: Save, collection: Path, newsclip: Newsclip
) -> None:
    """Rescued again, the same copy is a revisit of the first, with the same text."""
    first = save({"timegate": pywb}).answers()[1]
    again = save({"timegate": pywb}).answers()[1]
    assert (again["revisit_of"], again["article"]) == (first["record_id"], first["article"])
    assert newsclip("-C", collection, "verify").status == 0


def test_an_archive_without_copies_is_believed(pywb: str, town: Newspaper, save: Save) -> None:
    """Where pywb knows nothing of a page, that is said, the status is that of a dead page, and the next is tried."""
    for keys in (cdx_of(pywb), {"timegate": pywb}):
        ran = save(keys, OTHER, DEAD)
        assert ran.status == 3
        assert f"No copy of {town.url(OTHER)}: the archive has no copy of it." in ran.err
        assert "1 of 2 dead pages rescued" in ran.err


def test_only_dead_pages_trouble_the_archive(archive: ScriptedArchive, save: Save) -> None:
    """A page that is live, one that is broken and one that nobody serves are none of the archive's business."""
    ran = save({"timegate": archive.url}, "/harbour/ferry-back-on-winter-timetable", "/weather")
    assert {answer["verdict"] for answer in ran.answers()} == {"live", "error"}
    assert archive.asked == []


def test_a_timegate_alone_is_asked_for_earlier_and_earlier_dates(
    archive: ScriptedArchive, town: Newspaper, save: Save, collection: Path
) -> None:
    """A TimeGate that names no TimeMap is asked to go back in steps that double, until what it leads to is good."""
    taken = {2013: LIVE, 2015: LIVE, 2019: SOFT, 2024: SOFT}

    def answer(asked: Asked) -> Reply:
        found = re.fullmatch(r"/m/(\d{4})", asked.path)
        if found:
            return memento(taken[int(found[1])], f"{found[1]}0503000000", town.url(DEAD))
        wanted = asked.fields.get("accept-datetime")
        year = parsedate_to_datetime(wanted).year if wanted else 9999
        nearest = max((year_taken for year_taken in taken if year_taken <= year), default=2013)
        return Reply(status=302, fields={"Location": f"/m/{nearest}", "Vary": "accept-datetime"})

    archive.answer = answer
    ran = save({"timegate": archive.url + "/gate/{url}"})
    (_, copy) = ran.answers()
    assert copy["memento_datetime"].startswith("2015-05-03")
    assert edition(collection, copy) == "2015"
    dates = [asked.fields["accept-datetime"] for asked in archive.asked if "accept-datetime" in asked.fields]
    steps = [before - after for before, after in pairwise(map(parsedate_to_datetime, dates))]
    assert len(steps) >= 2
    assert all(step >= timedelta(days=30) * 2**number for number, step in enumerate(steps))


def test_a_timemap_in_parts_is_read_at_its_newest_end(archive: ScriptedArchive, town: Newspaper, save: Save) -> None:
    """Of a TimeMap that only names further ones, that with the latest copies is read (RFC 7089 section 5)."""
    url = town.url(DEAD)

    def answer(asked: Asked) -> Reply:
        if asked.path == "/map":
            lines = (
                f'<{url}>;rel="original",<{archive.url}/map>;rel="self"',
                '</map/1>;rel="timemap";from="Fri, 03 May 2013 00:00:00 GMT";until="Sat, 03 May 2014 00:00:00 GMT"',
                '</map/2>;rel="timemap";from="Sun, 03 May 2015 00:00:00 GMT";until="Tue, 03 May 2016 00:00:00 GMT"',
            )
            return Reply(",\n".join(lines).encode())
        if asked.path == "/map/2":
            copy = f"{archive.url}/20150503000000/{url}"
            return Reply(f'<{copy}>;rel="last memento";datetime="Sun, 03 May 2015 00:00:00 GMT"'.encode())
        if asked.path.startswith("/20150503000000id_/"):
            return memento(LIVE, "20150503000000", url)
        return Reply(status=404, fields={"Link": '</map>; rel="timemap"; type="application/link-format"'})

    archive.answer = answer
    (_, copy) = save({"timegate": archive.url + "/gate/"}).answers()
    assert copy["memento_datetime"].startswith("2015-05-03")
    assert "/map/1" not in [asked.path for asked in archive.asked]


@dataclass(frozen=True)
class Bad:
    """A copy that is no good although its text is: what is wrong with it, and what its hop says."""

    reply: Callable[[str, str], Reply]
    said: str


def changed(mark: bytes) -> Callable[[str, str], Reply]:
    """Return a copy into which its archive wrote something."""
    return lambda time, url: memento(LIVE.replace(b"<article>", mark + b"<article>"), time, url)


BAD = {
    "cut": Bad(lambda time, url: Reply(LIVE, fields=memento(LIVE, time, url).fields, cut=9), "cut short"),
    "not a copy": Bad(lambda _, __: Reply(LIVE, fields={"Content-Type": "text/html"}), "no Memento-Datetime"),
    "another address": Bad(lambda time, url: memento(LIVE, time, f"{url}/other"), "another address"),
    "banner": Bad(changed(b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->"), "changed the page"),
    "rewritten": Bad(changed(b'<a href="/web/20150503000000/http://x.example/">x</a>'), "changed the page"),
    "a redirect": Bad(
        lambda time, url: Reply(b"", 302, memento(b"", time, url).fields | {"Location": f"{url}/new"}), "was a redirect"
    ),
    "an archived error": Bad(lambda time, url: Reply(b"slow down", 429, memento(b"", time, url).fields), "429"),
}


def test_a_bad_copy_is_passed_over(
    archive: ScriptedArchive, town: Newspaper, save: Save, collection: Path, newsclip: Newsclip
) -> None:
    """A copy that is cut, changed, of another page or none is kept as a hop that says so, and the next is taken."""
    dead = {f"/2013/05/dead-{number}": bad for number, bad in enumerate(BAD.values())}
    good, newer = "20130503000000", "20180503000000"
    archive.answer = copies(
        rows(int(good), int(newer)),
        lambda time, url: (
            memento(LIVE, time, url) if time == good else dead[url.removeprefix(town.base)].reply(time, url)
        ),
    )
    ran = save(cdx_of(archive.url), *dead)
    found = {answer["memento_of"]: answer["memento_datetime"] for answer in ran.answers() if answer["memento_of"]}
    assert found == dict.fromkeys(map(town.url, dead), "2013-05-03T00:00:00.000000Z")
    listed = newsclip("-C", collection, "--json", "list", "--all", "--limit", "0").answers()
    for path, bad in dead.items():
        (passed,) = (row for row in listed if row["final_url"].endswith(f"/{newer}id_/{town.url(path)}"))
        assert bad.said in f"{passed['reason']} {passed['fault']}"
        assert passed["verdict"] != "live"
        asked = [one.path for one in archive.asked if unquote(one.path).endswith(town.url(path))]
        assert [one[:15] for one in asked] == [f"/{newer}", f"/{good}"]
    assert newsclip("-C", collection, "verify").status == 0


@pytest.fixture
def walled(town: Newspaper) -> tuple[list[str], bytes]:
    """Return three paths that answer with the same words, of which nothing else tells that they are dead."""
    paths = [f"/odd/walled/wall-{number}" for number in range(3)]
    with urlopen(town.url(paths[0])) as answer:
        return paths, answer.read()


def test_what_the_site_says_everywhere_is_known_in_its_copies(
    walled: tuple[list[str], bytes], archive: ScriptedArchive, save: Save
) -> None:
    """Three addresses with one text are dead when the third comes: each is rescued, and by no copy of that text."""
    paths, wall = walled
    archive.answer = copies(
        rows(20130503000000, 20260503000000),
        lambda time, url: memento(LIVE if time[:4] == "2013" else wall, time, url),
    )
    ran = save(cdx_of(archive.url), *paths)
    assert "3 of 3 dead pages rescued" in ran.err
    found = [answer["memento_datetime"][:4] for answer in ran.answers() if answer["memento_of"]]
    assert found == ["2013"] * 3
    assert len(archive.asked) == 9


def test_what_the_site_answers_for_missing_pages_is_known_in_its_copies(
    town: Newspaper, archive: ScriptedArchive, save: Save
) -> None:
    """A missing page that only its site's probe gives away is one in an archive too, and is passed over there."""
    dead = f"/odd/polite/{TAKEN_DOWN}"
    with urlopen(town.url(dead)) as answer:
        missing_page = answer.read()
    archive.answer = copies(
        rows(20130503000000, 20260503000000),
        lambda time, url: memento(LIVE if time[:4] == "2013" else missing_page, time, url),
    )
    found, copy = save(cdx_of(archive.url), dead).answers()
    assert (found["verdict"], copy["memento_datetime"][:4]) == ("soft-404", "2013")


GZIP = {"Content-Encoding": "gzip"}
HOSTILE: dict[str, Callable[[str, str], Reply]] = {
    "original": lambda time, _: memento(LIVE, time, "http://["),
    "location": lambda *_: Reply(status=302, fields={"Location": "http://["}),
    "location elsewhere": lambda time, _: Reply(status=302, fields={"Location": f"/{time}id_/ftp://x/"}),
    "endless": lambda time, url: Reply(status=302, fields={"Location": f"/{int(time) + 1}/{url}"}),
    "bomb": lambda time, url: Reply(gzip.compress(bytes(80_000_000)), fields=memento(b"", time, url).fields | GZIP),
    "date": lambda *_: Reply(LIVE, fields={"Memento-Datetime": "0" * 9000}),
}


def test_a_hostile_copy_costs_one_try(archive: ScriptedArchive, town: Newspaper, save: Save) -> None:
    """Links that are no addresses, redirects without end and bombs are passed over, and the next copy is taken."""
    dead = {town.url(f"/2013/05/dead-{number}"): reply for number, reply in enumerate(HOSTILE.values())}

    def copy(time: str, url: str) -> Reply:
        return memento(LIVE, time, url) if time[:4] == "2013" else dead[url](time, url)

    archive.answer = copies(rows(20130503000000, 20180503000000), copy)
    ran = save(cdx_of(archive.url), *(url.removeprefix(town.base) for url in dead))
    found = {answer["memento_of"]: answer["memento_datetime"][:4] for answer in ran.answers() if answer["memento_of"]}
    assert found == dict.fromkeys(dead, "2013"), ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("link", ["http://[/20150503000000/http://x.example/", "mailto:x", "//", "\x00"])
def test_a_timemap_may_name_what_is_no_address(link: str, archive: ScriptedArchive, save: Save) -> None:
    """A copy whose address cannot be asked for is as good as none, and ends nothing but the rescue."""
    timemap = f'<{link}>; rel="memento"; datetime="Sun, 03 May 2015 00:00:00 GMT", <{link}>; rel="timemap"'
    gate = Reply(fields={"Link": '</map>; rel="timemap"'})
    archive.answer = lambda asked: Reply(timemap.encode()) if asked.path == "/map" else gate
    ran = save({"timegate": archive.url})
    assert "0 of 1 dead pages rescued" in ran.err
    assert "Traceback" not in ran.err


def test_an_archive_may_lead_to_the_nearest_copy(archive: ScriptedArchive, town: Newspaper, save: Save) -> None:
    """A redirect to another copy of the same page is followed; its date, not the one asked for, is that of the copy."""

    def copy(time: str, url: str) -> Reply:
        if time == "20180503000000":
            return Reply(status=302, fields={"Location": f"/20171231000000/{url}"})
        return memento(LIVE, time, url)

    archive.answer = copies(rows(20180503000000), copy)
    (_, found) = save(cdx_of(archive.url)).answers()
    assert found["memento_datetime"].startswith("2017-12-31")
    assert found["final_url"].endswith("/20171231000000id_/" + town.url(DEAD))


def test_nothing_good_is_said_with_the_number_of_tries(archive: ScriptedArchive, save: Save) -> None:
    """When the tries are used up the dead page stays alone, and no more copies are asked for than allowed."""
    stamps = [20000101000000 + year * 10_000_000_000 for year in range(20)]
    archive.answer = copies(rows(*stamps), lambda time, url: memento(SOFT, time, url))
    ran = save(cdx_of(archive.url) | {"tries": "4"})
    assert ran.status == 3
    assert "none of the 4 copies that were tried, of 20, is good" in ran.err
    assert len(ran.answers()) == 1
    assert len(archive.asked) == 5


def test_a_busy_archive_is_waited_for(archive: ScriptedArchive, save: Save) -> None:
    """An answer of 429 with Retry-After is asked again after that time, and every exchange is kept."""
    busy = Reply(status=429, fields={"Retry-After": "1"})
    script = copies(rows(20150503000000), lambda time, url: memento(LIVE, time, url))
    archive.answer = lambda asked: busy if len(archive.asked) in (1, 3) else script(asked)
    ran = save(cdx_of(archive.url))
    assert len(ran.answers()) == 2
    assert len(archive.asked) == 4


@pytest.mark.parametrize(
    ("reply", "why", "asked"),
    [
        (Reply(status=429, fields={"Retry-After": "4000"}), "is busy (status 429) and asks to wait 4000 s", 1),
        (Reply(status=503, fields={"Retry-After": "4000"}), "is busy (status 503)", 1),
        (Reply(b"<html><h1>Our archive is being moved</h1>"), "answered is no list of copies", 2),
        (Reply(b'{"error": '), "answered is no list of copies", 2),
        (Reply(b"[[[[[[[["), "answered is no list of copies", 2),
        (Reply(b"x", 200, {"Content-Encoding": "gzip"}), "answered is no list of copies", 2),
        (Reply(b"[]", cut=9), "answered is no list of copies", 2),
        (Reply(b"sorry", 500), "answered with status 500", 2),
        (Reply(b"excluded", 403), "answered with status 403", 3),
    ],
)  # fmt: skip
def test_an_archive_that_is_no_help_is_left_alone(
    reply: Reply, why: str, asked: int, archive: ScriptedArchive, save: Save
) -> None:
    """Busy, it is not asked again; garbled or broken, twice; that it refuses one page says nothing of the others."""
    archive.answer = lambda _: reply
    ran = save(cdx_of(archive.url), DEAD, OTHER, "/2013/05/a-third")
    assert ran.status == 4
    assert ran.err.count(why) == 3, ran.err
    assert "0 of 3 dead pages rescued" in ran.err
    assert "Traceback" not in ran.err
    assert [answer["verdict"] for answer in ran.answers()] == ["gone"] * 3
    assert len(archive.asked) == asked


def test_one_failure_is_forgiven(archive: ScriptedArchive, save: Save) -> None:
    """An archive that fails for one page and answers for the next is asked for all."""
    script = copies(rows(20150503000000), lambda time, url: memento(LIVE, time, url))
    archive.answer = lambda asked: Reply(b"sorry", 500) if len(archive.asked) in (1, 4) else script(asked)
    ran = save(cdx_of(archive.url), DEAD, OTHER, "/2013/05/a-third", "/2013/05/a-fourth")
    assert ran.status == 4
    assert "2 of 4 dead pages rescued" in ran.err


@pytest.mark.parametrize(
    ("base", "flags", "why"),
    [
        (NOBODY, LOCAL, "port 1 cannot be connected to"),
        ("http://10.0.0.1", LOCAL, "say --allow-network 10.0.0.1/32"),
        ("http://no-such-archive.invalid", LOCAL, "cannot be resolved"),
    ],
)
def test_an_archive_that_cannot_be_reached_is_named(base: str, flags: tuple[str, ...], why: str, save: Save) -> None:
    """An archive that is down, unknown, or on a private network that is not allowed gives status 4 and the reason."""
    ran = save(cdx_of(base), flags=(*flags, "--robots", "ignore", "--retries", "0"))
    assert ran.status == 4
    assert why in ran.err, ran.err
    assert len(ran.answers()) == 1


def test_robots_txt_of_the_archive_is_obeyed(archive: ScriptedArchive, save: Save) -> None:
    """An archive whose robots.txt forbids the request is not asked, and the refusal names the remedy."""
    archive.robots = "User-agent: *\nDisallow: /\n"
    ran = save(cdx_of(archive.url))
    assert ran.status == 4
    assert "--robots ignore" in ran.err
    assert archive.asked == []


def test_copies_that_do_not_answer_end_the_walk(archive: ScriptedArchive, save: Save) -> None:
    """One copy that brings no answer is passed over; two in a row mean that the archive is down."""
    nothing = Reply(drop=True)
    stamps = (20130503000000, 20140503000000, 20150503000000)
    archive.answer = copies(
        rows(*stamps), lambda time, url: nothing if time[:4] == "2015" else memento(LIVE, time, url)
    )
    flags = (*LOCAL, "--retries", "0")
    assert save(cdx_of(archive.url), flags=flags).answers()[1]["memento_datetime"].startswith("2014")
    archive.asked.clear()
    archive.answer = copies(rows(*stamps), lambda _, __: nothing)
    ran = save(cdx_of(archive.url), flags=flags)
    assert ran.status == 4
    assert {asked.path[:5] for asked in archive.asked} == {"/cdx?", "/2015", "/2014"}


def test_rescue_from_names_a_timegate(pywb: str, town: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """The flag `--rescue-from` is enough; people are told that it is a copy, of when, and who keeps it."""
    ran = newsclip("-C", collection, "save", town.url(DEAD), "--rescue-from", pywb, *LOCAL)
    assert ran.status == 3
    assert f"rescued      {town.url(DEAD)}" in ran.out
    assert "copy of 2015-05-03 kept by 127.0.0.1" in ran.out
    assert "2013-05-02" in ran.out


def test_a_stopped_save_does_not_wait_for_an_archive(
    archive: ScriptedArchive, town: Newspaper, tmp_path: Path, collection: Path, clean_environment: dict[str, str]
) -> None:
    """Ctrl-C ends a save that waits for a busy archive; the dead page is safe, and the rescue is said to be undone."""
    archive.answer = lambda _: Reply(status=429, fields={"Retry-After": "3000"})
    config = settings(tmp_path, cdx_of(archive.url) | {"patience": "3600"})
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "--config", str(config), "--json"]
    command += ["save", "--rescue", town.url(DEAD), *LOCAL]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=clean_environment, cwd=tmp_path, **pipes) as process:  # type: ignore[call-overload]
        while not archive.asked and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130, err
    assert json.loads(out)["verdict"] == "gone"
    assert "the save was stopped" in err
    assert "Traceback" not in err
