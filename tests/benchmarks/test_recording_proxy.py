"""The proxy of the capture benchmark passes bytes on unchanged and tells exchanges apart."""

from __future__ import annotations

import http.client
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.capture import Kept, judge, split_interim
from benchmarks.recording_proxy import RecordingProxy, Traffic

if TYPE_CHECKING:
    from tests.site.newspaper import Newspaper


def test_exchanges_of_one_connection_are_kept_apart(site: Newspaper) -> None:
    """Two requests on one kept-alive connection are two exchanges, with the bytes that the client saw."""
    with RecordingProxy(urlsplit(site.base).port or 0) as proxy:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
        bodies = []
        for path in ("/n/1", "/n/2"):
            connection.request("GET", path)
            bodies.append(connection.getresponse().read())
        connection.close()
    assert [bytes(one.request).split()[1] for one in proxy.exchanges] == [b"/n/1", b"/n/2"]
    assert [bytes(one.response).partition(b"\r\n\r\n")[2] for one in proxy.exchanges] == bodies


def test_an_answer_that_never_comes_is_recorded_as_empty(site: Newspaper) -> None:
    """A server that hangs up leaves an exchange without a response, and the client sees the end."""
    with (
        RecordingProxy(urlsplit(site.base).port or 0) as proxy,
        socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as client,
    ):
        client.sendall(b"GET /odd/hang-up HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(100) == b""
    assert [(bytes(one.request)[:12], bytes(one.response)) for one in proxy.exchanges] == [(b"GET /odd/han", b"")]


def test_what_counts_as_kept() -> None:
    """Equal bytes, 1xx in metadata and labelled beginnings count as kept; anything else does not."""
    early, final = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nbody"
    assert split_interim(early + final) == (early, final)
    assert split_interim(final) == (b"", final)
    cases = [
        (final, Kept(b"q", final, None), "exact"),
        (early + final, Kept(b"q", final, None), "exact, 1xx in metadata"),
        (final, Kept(b"q", final[:-2], "length"), "exact beginning, cut by us: length"),
        (
            b"HTTP/1.1 204 No\r\n\r\nmore",
            Kept(b"q", b"HTTP/1.1 204 No\r\n\r\n", None),
            "exact to its end; more followed",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbo", Kept(b"q", b"HTTP/1.1 200", None), "missing or different"),
        (final, Kept(b"other", final, None), "missing or different"),
        (final, Kept(b"q", final.replace(b"OK", b"ok"), "length"), "missing or different"),
    ]
    for response, kept, kind in cases:
        passed = Traffic(bytearray(b"q"), bytearray(response))
        assert judge(passed, [kept], early) == kind
