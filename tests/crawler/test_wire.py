"""The wire: what is recorded is what a raw-socket server sent and received, byte for byte, whatever went wrong."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import HtmlResponse, Response

from crawler.fetcher import Call, Limits, request_bytes
from crawler.guard import Guard, SystemResolver, origin_of
from crawler.trail import TRAIL, trail_of
from crawler.wire import WireDownloadHandler
from tests.crawler.odd_server import ANSWERS, OddServer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from archive.model import Exchange
    from crawler.guard import AddressInfo

_LOOPBACK = (ip_network("127.0.0.0/8"),)
_LIMITS = Limits(max_bytes=300_000, timeout=20)
_QUICK = replace(_LIMITS, timeout=0.3)
_CUT = {"endless": "length", "header-flood": "length", "drip": "time"}
_BROKEN = {
    "chunked-cut": "disconnect",
    "length-too-long": "disconnect",
    "cut-head": "disconnect",
    "reset-in-head": "disconnect",
    "reset-in-body": "disconnect",
}
_NO_ANSWER = {"empty", "hang"}
_NO_RESPONSE = _NO_ANSWER | {"cut-head", "reset-in-head", "http-0.9"}
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[OddServer]:
    """Serve the odd answers."""
    with OddServer() as odd:
        yield odd


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a self-signed certificate for 127.0.0.1, and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "certificate.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "certificate.pem", folder / "key.pem"


class Robots:
    """Collects what is published for requests without a trail."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    def __call__(self, exchange: Exchange) -> None:
        """Take an exchange."""
        self.exchanges.append(exchange)


def _run(
    use: Callable[[WireDownloadHandler], Awaitable[None]],
    *,
    limits: Limits = _LIMITS,
    guard: Guard | None = None,
    publish: Callable[[Exchange], None] = lambda _: None,
) -> None:
    async def main() -> None:
        handler = WireDownloadHandler(guard or Guard(_LOOPBACK, resolver=SystemResolver()), limits, publish)
        try:
            await use(handler)
        finally:
            await handler.close()

    asyncio.run(main())


def _fetch(
    url: str, *, limits: Limits = _LIMITS, guard: Guard | None = None, method: str = "GET"
) -> tuple[Exchange, Response | Exception]:
    """Fetch one address, and return its exchange and the response or the error that Scrapy gets."""
    request = Request(url, method=method, headers={"Accept": "*/*"}, meta={TRAIL: []})
    outcome: list[Response | Exception] = []

    async def use(handler: WireDownloadHandler) -> None:
        try:
            outcome.append(await handler.download_request(request))
        except (
            CannotResolveHostError,
            DownloadCancelledError,
            DownloadConnectionRefusedError,
            DownloadFailedError,
            DownloadTimeoutError,
        ) as error:
            outcome.append(error)

    _run(use, limits=limits, guard=guard)
    (exchange,) = trail_of(request)
    return exchange, outcome[0]


@pytest.mark.parametrize("path", ANSWERS)
def test_byte_for_byte(server: OddServer, path: str) -> None:
    """Request and response are recorded exactly as the server received and sent them, up to a limit of ours."""
    exchange, outcome = _fetch(server.url(path), limits=_QUICK if path in ("drip", "hang") else _LIMITS)
    (logged,) = server.log
    assert exchange.request == logged.received
    sent = bytes(logged.sent)
    assert (sent[: len(exchange.response)] if path in _CUT else sent) == exchange.response
    assert exchange.truncated == (_CUT | _BROKEN).get(path)
    assert (exchange.error is not None) == (path in _NO_ANSWER)
    assert exchange.ip_address == "127.0.0.1"
    assert isinstance(outcome, Exception) == (path in _NO_RESPONSE)


def test_odd_answers_are_many() -> None:
    """The table of odd answers holds no fewer than the 38 that were measured."""
    assert len(ANSWERS) >= 38


def test_limits_are_exact(server: OddServer) -> None:
    """An endless answer is kept up to the very byte of the limit, and an answer of just that length is whole."""
    exchange, outcome = _fetch(server.url("endless"), limits=replace(_LIMITS, max_bytes=1234))
    assert len(exchange.response) == 1234
    assert isinstance(outcome, Response)
    assert outcome.flags == ["truncated"]
    whole, _ = _fetch(server.url("no-length"))
    exact, _ = _fetch(server.url("no-length"), limits=replace(_LIMITS, max_bytes=len(whole.response)))
    assert (exact.response, exact.truncated) == (whole.response, None)


def test_head(server: OddServer) -> None:
    """The answer to HEAD ends with its head, and nobody waits for the body it names."""
    exchange, outcome = _fetch(server.url("plain"), method="HEAD")
    assert exchange.response == bytes(server.log[0].sent)
    assert isinstance(outcome, Response)
    assert outcome.body == b""


def test_keep_alive(server: OddServer) -> None:
    """Requests to one origin share a connection, and each exchange holds its own bytes and no others."""
    paths = ["plain", "chunked", "early-hints", "not-modified", "no-length", "plain"]
    trail: list[Exchange] = []

    async def use(handler: WireDownloadHandler) -> None:
        for path in paths:
            await handler.download_request(Request(server.url(path), meta={TRAIL: trail}))

    _run(use)
    assert [logged.connection for logged in server.log] == [0, 0, 0, 0, 0, 1]
    for exchange, logged in zip(trail, server.log, strict=True):
        assert (exchange.request, exchange.response) == (logged.received, bytes(logged.sent))


def test_idle_connections_end(server: OddServer) -> None:
    """A connection that waits longer than its patience is not used again."""

    async def use(handler: WireDownloadHandler) -> None:
        await handler.download_request(Request(server.url("plain")))
        await asyncio.sleep(0.2)
        await handler.download_request(Request(server.url("plain")))

    _run(use, limits=replace(_LIMITS, idle=0.01))
    assert [logged.connection for logged in server.log] == [0, 1]


def test_stale_connection(server: OddServer) -> None:
    """When a kept connection turns out to be dead, the request goes out again over a new one; both tries are kept."""
    trail: list[Exchange] = []

    async def use(handler: WireDownloadHandler) -> None:
        await handler.download_request(Request(server.url("plain"), meta={TRAIL: trail}))
        with pytest.raises(DownloadFailedError):
            await handler.download_request(Request(server.url("empty"), meta={TRAIL: trail}))

    _run(use)
    assert [logged.connection for logged in server.log] == [0, 0, 1]
    assert [bool(exchange.error) for exchange in trail] == [False, True, True]
    assert [exchange.request for exchange in trail] == [logged.received for logged in server.log]


def test_failures_are_recorded(server: OddServer) -> None:
    """Without an answer, the exchange says why in one line, and Scrapy gets the exception it knows."""
    cases = [
        (f"http://127.0.0.1:{_closed_port()}/", DownloadConnectionRefusedError, "cannot be connected to"),
        ("http://no-such-host.invalid/", CannotResolveHostError, "cannot be resolved"),
        (server.url("hang"), DownloadTimeoutError, "did not answer within 0.3 seconds"),
        (server.url("empty"), DownloadFailedError, "ended the connection without an answer"),
        (server.url("plain").replace("http:", "https:"), DownloadFailedError, "TLS with 127.0.0.1"),
        ("http://192.168.0.1/", DownloadCancelledError, "--allow-network 192.168.0.1/32"),
    ]
    for url, kind, words in cases:
        exchange, outcome = _fetch(url, limits=_QUICK if "hang" in url else _LIMITS)
        assert type(outcome) is kind
        assert words in str(outcome) == exchange.error
        assert exchange.response == b""
        assert "\n" not in exchange.error


def _closed_port() -> int:
    """Return a port of loopback where nobody listens."""
    with OddServer() as gone:
        return gone.port


def test_dns_answer_that_is_private(server: OddServer) -> None:
    """A name whose DNS answer is not public is refused before any connection, at every request anew."""

    class Rebinding:
        """A resolver that answers with one address the first time and another one later: the seam of DNS."""

        answers: tuple[str, ...] = ("127.0.0.1", "10.0.0.7")

        async def __call__(self, host: str, port: int) -> Sequence[AddressInfo]:
            answer, self.answers = self.answers[0], self.answers[1:]
            assert host == "news.example"
            return [(2, 1, 6, "", (answer, port))]

        def close(self) -> None:
            """Hold nothing."""

    trail: list[Exchange] = []

    async def use(handler: WireDownloadHandler) -> None:
        url = server.url("no-length", host="news.example")
        response = await handler.download_request(Request(url, meta={TRAIL: trail}))
        assert response.ip_address == ip_address("127.0.0.1")
        with pytest.raises(DownloadCancelledError, match=r"leads to 10\.0\.0\.7"):
            await handler.download_request(Request(url, meta={TRAIL: trail}))

    _run(use, guard=Guard(_LOOPBACK, resolver=Rebinding()))
    assert len(server.log) == 1
    assert trail[1].request == b""


def test_responses_for_scrapy(server: OddServer) -> None:
    """Scrapy gets status, headers and the body without transfer coding, as text only where no coding hides it."""
    _, chunked = _fetch(server.url("chunked-gzip"))
    _, plain = _fetch(server.url("repeated"))
    assert type(chunked) is Response
    assert chunked.body.startswith(b"\x1f\x8b")
    assert isinstance(plain, HtmlResponse)
    assert plain.headers.getlist("Set-Cookie") == [b"a=1", b"b=2", b"a=1"]
    assert (plain.status, plain.flags, plain.protocol) == (200, [], "http/1.1")


def test_without_a_trail(server: OddServer) -> None:
    """A request without a trail is published, and its body is decoded, for nobody else would do it."""
    robots = Robots()

    async def use(handler: WireDownloadHandler) -> None:
        response = await handler.download_request(Request(server.url("gzip")))
        assert response.body.startswith(b"<html>")
        assert "Content-Encoding" not in response.headers
        with pytest.raises(DownloadFailedError):
            await handler.download_request(Request(server.url("empty")))

    _run(use, publish=robots)
    assert [bool(exchange.error) for exchange in robots.exchanges] == [False, True, True]


@pytest.mark.parametrize("path", ["plain", "chunked-gzip", "no-length", "length-too-long", "early-hints", "endless"])
def test_tls_that_is_not_trusted(certificate: tuple[Path, Path], path: str) -> None:
    """A page whose certificate is not trusted is kept byte for byte, and the label says so."""
    with OddServer(*certificate) as server:
        exchange, _ = _fetch(server.url(path))
        (logged,) = server.log
    assert exchange.request == logged.received
    assert bytes(logged.sent).startswith(exchange.response)
    assert len(exchange.response) == (300_000 if path == "endless" else len(logged.sent))
    assert exchange.truncated == (_CUT | _BROKEN).get(path)
    assert "certificate not trusted: self-signed certificate" in (exchange.tls or "")
    assert (exchange.tls or "").startswith("TLSv1.3 TLS_")


def test_tls_that_is_trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that the system trusts is said to be trusted, and its connection is used again."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    trail: list[Exchange] = []

    async def use(handler: WireDownloadHandler) -> None:
        for path in ("plain", "chunked"):
            await handler.download_request(Request(tls_server.url(path), meta={TRAIL: trail}))

    with OddServer(*certificate) as tls_server:
        _run(use)
        assert [logged.connection for logged in tls_server.log] == [0, 0]
    assert [str(exchange.tls).endswith("certificate trusted") for exchange in trail] == [True, True]


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        (
            Call("http://a.example/x?b=%20c&d#part", headers=((b"User-Agent", b"n"), (b"X", b"1"), (b"X", b"2"))),
            b"GET /x?b=%20c&d HTTP/1.1\r\nHost: a.example\r\nUser-Agent: n\r\nX: 1\r\nX: 2\r\n\r\n",
        ),
        (Call("http://user:pass@a.example:8080"), b"GET / HTTP/1.1\r\nHost: a.example:8080\r\n\r\n"),
        (Call("http://a.example?q"), b"GET /?q HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        (Call("http://a.example/?"), b"GET /? HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        (Call("http://[2606::1]/"), b"GET / HTTP/1.1\r\nHost: [2606::1]\r\n\r\n"),
        (
            Call("http://a.example/", headers=((b"X", b"1"), (b"Host", b"b.example"))),
            b"GET / HTTP/1.1\r\nHost: b.example\r\nX: 1\r\n\r\n",
        ),
        (
            Call("http://a.example/", "POST", ((b"Cookie", b"a=1\r\nInjected: 1\0"),), b"body"),
            b"POST / HTTP/1.1\r\nHost: a.example\r\nCookie: a=1  Injected: 1 \r\nContent-Length: 4\r\n\r\nbody",
        ),
        (Call("http://a.example/a b\r\nX: 1"), b"GET /a%20b%0D%0AX:%201 HTTP/1.1\r\nHost: a.example\r\n\r\n"),
    ],
)
def test_request_bytes(call: Call, sent: bytes) -> None:
    """A request names its target as the URL does, Host first, and no value can add a line to it."""
    assert request_bytes(call, origin_of("http://[2606::1]/" if "[" in call.url else call.url.split()[0])) == sent


@pytest.mark.parametrize("reactor", [False, True], ids=["without a reactor", "asyncio reactor"])
def test_in_a_crawl(server: OddServer, reactor: bool) -> None:  # noqa: FBT001 - a column of a table
    """In a real crawl, redirects, retries and refusals leave their exchanges on the trail, and robots.txt its own."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.crawler.wire_crawl", server.url(""), "reactor" if reactor else ""],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    # Whether the first try finds a connection that was kept, and so is two, is a matter of timing.
    said = re.sub(r"( empty){2,4}$", " empty empty", ran.stdout, flags=re.MULTILINE)
    assert sorted(said.splitlines()) == [
        "empty: DownloadFailedError after empty empty",
        "gzip: 200 after gzip",
        "redirect-private: DownloadCancelledError after redirect-private http://10.0.0.7/",
        "redirect: 200 after redirect plain",
        "robots: http://10.0.0.7/robots.txt refused",
        "robots: robots.txt 200",
    ]
