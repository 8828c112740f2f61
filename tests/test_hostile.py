"""Foreign input is hostile: what a server, a page, an address or a DNS answer may do, through the command line.

Everything here must end by itself, in bounded memory, be recorded as far as it went, and be labelled; nothing that is
not ours to reach may be reached. Pages that take long are asked for in one run, beside each other.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from tests import warcs
from tests.site.behaviours import BOMB_SIZE

if TYPE_CHECKING:
    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

MOST_MEMORY = 500_000_000
LOCAL = ("--allow-network", "127.0.0.1/32", "--delay", "0", "--per-host", "16", "--robots", "ignore", "--retries", "0")
BOUNDED = (*LOCAL, "--timeout", "3", "--page-deadline", "3", "--max-bytes", "8 MB")


HOSTILE_PAGES = (
    "/odd/bomb",
    "/odd/endless",
    "/odd/trickle",
    "/odd/stall",
    "/odd/mute",
    "/odd/hang-up",
    "/odd/cut",
    "/odd/header-flood",
    "/odd/header-flood/300",
    "/odd/loop/a",
    "/odd/redirect/40",
    "/odd/nesting/100000",
    "/odd/attributes/100000",
    "/odd/quotes/600000",
    "/odd/huge/50000000",
    "/odd/huge/6000000",
    "/odd/nul",
    "/odd/binary",
    "/odd/escapes",
    "/odd/status/999",
    "/odd/dots/../../../../../etc/passwd",
    "/odd/dots/%2e%2e/%2e%2e/%2fetc%2fpasswd",
    "/odd/dots/" + "long" * 800,
)
FAULTY = ("/odd/bomb", "/odd/mute", "/odd/hang-up", "/odd/attributes/100000")
"""Those whose answer must say what went wrong: no answer came, or what came could not be read as it is."""

TRUNCATED = {
    "/odd/endless": "length",
    "/odd/huge/50000000": "length",
    "/odd/trickle": "time",
    "/odd/stall": "time",
    "/odd/cut": "disconnect",
    "/odd/header-flood": "length",
}
"""Those that are cut, and the WARC-Truncated that says why (WARC 1.1 section 5.13)."""


def test_hostile_pages_are_bounded_recorded_and_labelled(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Every hostile page ends, in bounded memory, with one answer, its bytes in the WARC, and a label if cut."""
    urls = [site.url(path) for path in HOSTILE_PAGES]
    ran = newsclip("-C", collection, "--json", "save", "--from", "-", *BOUNDED, stdin="\n".join(urls), measured=True)
    answers = {answer["url"]: answer for answer in ran.answers()}
    assert ran.status == 4, ran.err
    assert "Traceback" not in ran.err
    assert 0 < ran.peak < MOST_MEMORY
    assert len(ran.answers()) == len(answers) == len(urls)
    assert all(answer["verdict"] and answer["reason"] for answer in answers.values())
    assert all(answers[site.url(path)]["fault"] for path in FAULTY)
    verdicts = {
        path: answers[site.url(path)]["verdict"] for path in ("/odd/mute", "/odd/loop/a", "/odd/nesting/100000")
    }
    assert verdicts == {"/odd/mute": "unreachable", "/odd/loop/a": "error", "/odd/nesting/100000": "live"}
    assert warcs.check(collection)[0] == 0
    cut = {
        record.uri: record.fields["WARC-Truncated"]
        for record in warcs.records(collection)
        if record.type == "response" and "WARC-Truncated" in record.fields
    }
    assert {path: cut.get(site.url(path)) for path in TRUNCATED} == TRUNCATED
    assert newsclip("-C", collection, "verify").status == 0


def test_a_bomb_is_kept_as_it_came(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """The two gigabytes of a gzip bomb are on disk as the few megabytes that came over the wire."""
    assert BOMB_SIZE == 2_000_000_000
    ran = newsclip("-C", collection, "--json", "save", site.url("/odd/bomb"), "--no-probe", *BOUNDED, measured=True)
    (answer,) = ran.answers()
    (response,) = (record for record in warcs.records(collection) if record.type == "response")
    head, _, body = response.block.partition(b"\r\n\r\n")
    assert int(re.findall(rb"Content-Length: (\d+)", head)[0]) == len(body)
    assert "WARC-Truncated" not in response.fields
    assert answer["fault"]
    assert 0 < ran.peak < MOST_MEMORY


REFUSED_HOSTS = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0.0.0.0",
    "localhost",
    "localhost.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "224.0.0.1",
    "255.255.255.255",
    "①②⑦.⓪.⓪.①",
)
"""Ways to say "this machine" or "its neighbours", and addresses that are nobody's.

Some systems do not resolve "localhost." at all, which is as good a refusal.
"""


def test_private_addresses_are_refused(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Without leave no private, loopback, link-local or metadata address is connected to, however it is written."""
    port = urlsplit(site.base).port
    lines = "".join(f"http://{host}:{port}/\n" for host in REFUSED_HOSTS)
    ran = newsclip("-C", collection, "--json", "save", "--from", "-", "--delay", "0", "--timeout", "5", stdin=lines)
    assert ran.status == 4, ran.err
    assert site.requests == []
    refused = [answer for answer in ran.answers() if "localhost." not in answer["url"]]
    assert {answer["verdict"] for answer in refused} == {"unreachable"}
    assert all("--allow-network" in answer["fault"] for answer in refused)


REFUSED_TARGETS = (
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.2:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.2]:{port}/",
    "http://10.0.0.1/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "data:text/html,<h1>in</h1>",
    "s3://bucket/key",
    "gopher://127.0.0.1:{port}/",
    "javascript:alert(1)",
    "http://",
    "//127.0.0.2:{port}/",
    "\\\\127.0.0.2\\x",
)


def test_redirects_do_not_lead_where_addresses_may_not(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """A redirect to a refused network or scheme is kept as an answer and not followed."""
    targets = [target.format(port=urlsplit(site.base).port) for target in REFUSED_TARGETS]
    urls = [site.url("/odd/to/" + quote(target, safe="")) for target in targets]
    ran = newsclip("-C", collection, "--json", "save", "--from", "-", *LOCAL, "--timeout", "5", stdin="\n".join(urls))
    assert sorted(answer["url"] for answer in ran.answers()) == sorted(urls), ran.err
    assert "live" not in {answer["verdict"] for answer in ran.answers()}
    assert {path.partition("?")[0] for path in site.paths()} == {urlsplit(url).path for url in urls}
    assert {record.uri for record in warcs.records(collection) if record.type == "response"} == set(urls)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:text/html,hi", "ftp://news.example/", "s3://bucket/key"])
def test_other_schemes_are_refused(url: str, collection: Path, newsclip: Newsclip) -> None:
    """An address that is not http or https is refused by name before anything is fetched or written."""
    ran = newsclip("-C", collection, "save", url)
    assert (ran.status, ran.out) == (2, "")
    assert url in ran.err
    assert not collection.exists()


def test_bad_lines_are_named_and_the_rest_goes_on(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Of a list with bad lines each is reported with its number, and every good address is saved."""
    lines = (
        f"# a comment\n\nfile:///etc/passwd\n{site.url('/n/1')}  \nhttp://\nno host here\n{site.url('/n/2')}\n\x00\n"
    )
    ran = newsclip("-C", collection, "--json", "save", "--from", "-", *LOCAL, stdin=lines)
    assert {answer["url"] for answer in ran.answers()} == {site.url("/n/1"), site.url("/n/2")}
    assert re.findall(r"line (\d+)", ran.err) == ["3", "5", "6", "8"]
    assert ran.status == 4


def is_harmless(text: str) -> bool:
    """Say whether a terminal would show the text and do nothing else: no control or format characters but new lines."""
    return not any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in text.replace("\n", ""))


def test_nothing_from_a_page_commands_the_terminal(site: Newspaper, collection: Path, newsclip: Newsclip) -> None:
    """Terminal escapes in a title, a name or an address reach neither output nor log of any command."""
    url = site.url("/odd/escapes")
    said = [newsclip("-C", collection, "-vv", "save", url, site.url("/odd/to/%1b%5b2J"), *LOCAL)]
    said += [
        newsclip("-C", collection, *words) for words in (("list",), ("history", url), ("search", "tide"), ("show", url))
    ]
    assert "Tide" in said[0].out
    for ran in said:
        assert is_harmless(ran.out + ran.err), ascii(ran.out + ran.err)
        assert "\nforged: yes" not in ran.out


def test_nothing_from_a_page_names_a_file_elsewhere(
    site: Newspaper, collection: Path, newsclip: Newsclip, tmp_path: Path
) -> None:
    """Whatever dots, slashes and lengths an address or a title has, files are written inside the collection alone."""
    paths = (
        "/odd/dots/../../../x",
        "/odd/dots/%2e%2e%2f%2e%2e%2fx",
        "/odd/dots/" + "é" * 300,
        "/odd/escapes",
        "/odd/nul",
    )
    before = set(tmp_path.rglob("*"))
    ran = newsclip("-C", collection, "--json", "save", *map(site.url, paths), *LOCAL)
    assert len(ran.answers()) == len(paths), ran.err
    written = set(tmp_path.rglob("*")) - before
    assert {path for path in written if collection not in (path, *path.parents)} == set()
    articles = [answer["article"] for answer in ran.answers() if answer["article"]]
    assert articles
    for article in articles:
        assert (collection / article).resolve().is_relative_to(collection.resolve() / "articles")
        assert is_harmless(article)
        assert (collection / article).is_file()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the kernel's table of sockets is Linux's")
def test_no_port_is_opened(
    site: Newspaper, collection: Path, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    """While it saves, the program listens on no TCP port: neither Scrapy's console nor its remote control."""
    command = [sys.executable, "-m", "crawler", "-C", str(collection), "save", site.url("/odd/mute"), *LOCAL]
    with subprocess.Popen(
        command, cwd=tmp_path, env=clean_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not site.requests and process.poll() is None:
            time.sleep(0.02)
        listening, own = listening_sockets(), sockets_of(process.pid)
        process.kill()
    assert site.paths() == ["/odd/mute"]
    assert own
    assert not listening & own


def listening_sockets() -> set[str]:
    """Return the inodes of all TCP sockets of the machine that listen (proc(5): state 0A)."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in _proc_lines(name)]
    return {row[9] for row in rows if row[3] == "0A"}


def _proc_lines(name: str) -> list[str]:
    table = Path("/proc/net", name)
    return table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []


def sockets_of(pid: int) -> set[str]:
    """Return the inodes of the sockets that a process has open."""
    links = (str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir())
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}
