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

from benchmarks.measure import LOCAL, NEWSCLIP, require, run
from benchmarks.recording_proxy import RecordingProxy
from crawler.demo.pages import PAGES
from tests import warcs
from tests.site.behaviours import CHARSETS
from tests.site.newspaper import Newspaper

if TYPE_CHECKING:
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
BOUNDED = ("--timeout", "3", "--max-bytes", "4 MB", "--retries", "0")


@dataclass(frozen=True, slots=True)
class Kept:
    """A pair of records: what was sent and what came, with the reason if it was cut off."""

    request: bytes
    response: bytes
    truncated: str | None


def pairs(records: list[Record]) -> list[Kept]:
    """Return the request records with their response records (WARC-Concurrent-To ties them)."""
    responses = {record.fields["WARC-Record-ID"]: record for record in records if record.type == "response"}
    found = []
    for record in records:
        if record.type == "request":
            response = responses.get(record.fields.get("WARC-Concurrent-To", ""))
            block = response.block if response else b""
            truncated = response.fields.get("WARC-Truncated") if response else None
            found.append(Kept(record.block, block, truncated))
    return found


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
        else:
            continue
        kept.remove(pair)
        return kind
    return "missing or different"


def split_interim(response: bytes) -> tuple[bytes, bytes]:
    """Return the 1xx responses at the beginning (RFC 9110 section 15.2), and the rest."""
    rest = response
    while rest.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")) and b"\r\n\r\n" in rest:
        rest = rest.partition(b"\r\n\r\n")[2]
    return response[: len(response) - len(rest)], rest


def main() -> int:
    """Save everything through the proxy, compare, and print the shares."""
    with tempfile.TemporaryDirectory() as name, Newspaper() as site:
        folder = Path(name)
        with RecordingProxy(urlsplit(site.base).port or 0) as proxy:
            urls = [f"http://127.0.0.1:{proxy.port}{path}" for path in (*PAGES, *MISBEHAVIOUR)]
            command: list[str | Path] = [*NEWSCLIP, "-C", folder / "collection", "save", *urls, *LOCAL, *BOUNDED]
            require(run(command, folder), 3, 4)
        records = warcs.records(folder / "collection")
    kept = pairs(records)
    metadata = b"".join(record.block for record in records if record.type == "metadata")
    kinds: Counter[str] = Counter()
    volume: Counter[str] = Counter()
    for passed in proxy.exchanges:
        kind = judge(passed, kept, metadata)
        kinds[kind] += 1
        volume[kind] += len(passed.request) + len(passed.response)
        if kind == "missing or different":
            print("not as on the wire:", bytes(passed.request).partition(b"\r\n")[0].decode("latin-1"))
    total, octets = kinds.total(), volume.total()
    print(f"{total} exchanges, {octets:,} bytes")
    for kind, count in kinds.most_common():
        print(f"{kind:<44}{count:>6}{count / total:>8.1%}{volume[kind]:>14,} bytes{volume[kind] / octets:>8.1%}")
    return 1 if kinds["missing or different"] else 0


if __name__ == "__main__":
    sys.exit(main())
