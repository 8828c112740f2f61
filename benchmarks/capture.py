"""How much of the traffic on loopback the WARC records hold, byte for byte.

    python -m benchmarks.capture

A recording proxy stands between `newsclip save` and three servers: the sample newspaper, the misbehaving one, and the
odd server of the capture tests. Every exchange that passed is looked for among the records: its request in a
`request` record, its response in the `response` record beside it. A response that newsclip cut off by a limit must be
an exact beginning and say so (WARC-Truncated); 1xx responses are kept apart from the final one, in a `metadata`
record. Ends with status 1 if one exchange is missing.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.http_message import parse_response
from benchmarks.measure import LOCAL, NEWSCLIP, require, run
from benchmarks.recording_proxy import RecordingProxy
from crawler.demo.pages import PAGES
from tests import warcs
from tests.crawler.odd_server import ANSWERS, OddServer
from tests.site.behaviours import CHARSETS
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.recording_proxy import Traffic
    from tests.warcs import Record

MISBEHAVIOUR = (
    "/odd/cut",
    "/odd/hang-up",
    "/odd/redirect/5",
    "/odd/loop/a",
    "/odd/huge/2000000",
    "/odd/endless",
    "/odd/trickle",
    "/odd/stall",
    "/odd/header-flood/50",
    "/odd/nul",
    "/odd/binary",
    "/odd/status/418",
    "/odd/escapes",
    *(f"/odd/charset/{name}/header" for name in CHARSETS),
)
MISSING = "missing or different"
BOUNDED = ("--timeout", "3", "--max-bytes", "4 MB", "--retries", "0")


@dataclass(frozen=True, slots=True)
class Kept:
    """A pair of records: what was sent and what came, with the reason if it was cut off."""

    request: bytes
    response: bytes
    truncated: str | None


def pairs(records: list[Record]) -> list[Kept]:
    """Return the request records with what they brought (WARC-Concurrent-To ties them); a revisit is made whole."""
    answers = {record.fields["WARC-Record-ID"]: record for record in records if record.type in {"response", "revisit"}}
    found = []
    for record in records:
        if record.type == "request":
            answer = answers.get(record.fields.get("WARC-Concurrent-To", ""))
            block = b""
            if answer is not None:
                block = answer.block + _repeated_body(answer, answers)
            found.append(Kept(record.block, block, answer.fields.get("WARC-Truncated") if answer else None))
    return found


def _repeated_body(answer: Record, answers: dict[str, Record]) -> bytes:
    """Return the body that a revisit leaves out because an earlier response holds it (WARC 1.1 section 6.7.2)."""
    earlier = answers.get(answer.fields.get("WARC-Refers-To", ""))
    if answer.type != "revisit" or earlier is None:
        return b""
    return earlier.block.partition(b"\r\n\r\n")[2]


def judge(passed: Traffic, kept: list[Kept], metadata: bytes) -> str:
    """Return how an exchange is kept; the pair that fits is taken out of `kept`."""
    request, response = bytes(passed.request), bytes(passed.response)
    interim, final = split_interim(response)
    for pair in kept:
        if pair.request != request:
            continue
        if pair.response == response:
            kind = "exact"
        elif interim and pair.response == final and interim in metadata:
            kind = "exact, 1xx in metadata"
        elif pair.truncated and response.startswith(pair.response):
            kind = f"exact beginning, cut by us: {pair.truncated}"
        elif response.startswith(pair.response) and parse_response(pair.response).complete:
            kind = "exact to its end; more followed"
        else:
            continue
        kept.remove(pair)
        return kind
    return MISSING


def split_interim(response: bytes) -> tuple[bytes, bytes]:
    """Return the 1xx responses at the beginning (RFC 9110 section 15.2), and the rest."""
    rest = response
    while rest.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")) and b"\r\n\r\n" in rest:
        rest = rest.partition(b"\r\n\r\n")[2]
    return response[: len(response) - len(rest)], rest


def pass_through(port: int, paths: Iterable[str]) -> tuple[list[Traffic], list[Record]]:
    """Save the paths of a server through a proxy and return what passed and what was recorded."""
    with tempfile.TemporaryDirectory() as name, RecordingProxy(port) as proxy:
        folder = Path(name)
        urls = folder / "urls.txt"
        urls.write_text("".join(f"http://127.0.0.1:{proxy.port}{path}\n" for path in paths), encoding="utf-8")
        command: list[str | Path] = [*NEWSCLIP, "-C", folder / "collection", "save", "--from", urls, *LOCAL, *BOUNDED]
        require(run(command, folder), 3, 4)
        return proxy.exchanges, warcs.records(folder / "collection")


def compare(exchanges: list[Traffic], records: list[Record]) -> tuple[Counter[str], Counter[str]]:
    """Return how many exchanges are kept in which way, and how many bytes."""
    kept = pairs(records)
    metadata = b"".join(record.block for record in records if record.type == "metadata")
    kinds: Counter[str] = Counter()
    octets: Counter[str] = Counter()
    for passed in exchanges:
        kind = judge(passed, kept, metadata)
        kinds[kind] += 1
        octets[kind] += len(passed.request) + len(passed.response)
        if kind == MISSING:
            print("not as on the wire:", bytes(passed.request).partition(b"\r\n")[0].decode("latin-1"))
    return kinds, octets


def main() -> int:
    """Save everything through the proxy, compare, and print the shares."""
    with Newspaper() as site:
        kinds, octets = compare(*pass_through(urlsplit(site.base).port or 0, (*PAGES, *MISBEHAVIOUR)))
    with OddServer() as odd:
        more = compare(*pass_through(urlsplit(odd.url("")).port or 0, (f"/{name}" for name in ANSWERS)))
    kinds += more[0]
    octets += more[1]
    print(f"{kinds.total()} exchanges, {octets.total():,} bytes")
    for kind, count in kinds.most_common():
        share, of_bytes = count / kinds.total(), octets[kind] / octets.total()
        print(f"{kind:<44}{count:>6}{share:>8.1%}{octets[kind]:>14,} bytes{of_bytes:>8.1%}")
    return 1 if kinds[MISSING] else 0


if __name__ == "__main__":
    sys.exit(main())
