"""A server on loopback that answers as real servers do when they are odd, and logs every byte both ways.

Each answer is a row of a table: the bytes it sends, in one piece or several, and what it does then. `OddServer` serves
the table by path, plain or in TLS, and keeps a `Logged` for each request in `log`: what it received and what it sent.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import brotli  # type: ignore[import-untyped]  # it comes without annotations

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

Then = Literal["close", "keep", "reset", "forever", "drip", "hang"]
"""What follows the bytes: an orderly close, the next request, a reset, endless bytes, a byte every 20 ms, silence."""

_TEXT = b"<html><title>Odd</title><body><p>A page all the same.</p></body></html>"
_DRIP_INTERVAL = 0.02
_TLS_HANDSHAKE = 22
"""The first byte of TLS (RFC 8446 section 5.1), which a plain port answers with a 400 as real servers do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers; the pieces are sent one by one with a pause between."""

    pieces: tuple[bytes, ...]
    then: Then = "close"


@dataclass(slots=True)
class Logged:
    """One request as it arrived and the answer as it left, byte for byte; `connection` counts from 0."""

    connection: int
    received: bytes
    sent: bytearray = field(default_factory=bytearray)


def _plain(head: bytes, body: bytes = _TEXT, then: Then = "close") -> Answer:
    return Answer((head + b"\r\n\r\n" + body,), then)


def _sized(head: bytes, body: bytes = _TEXT, then: Then = "keep") -> Answer:
    return _plain(head + b"\r\nContent-Length: %d" % len(body), body, then)


def _chunks(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


def _raw_deflate(data: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return coder.compress(data) + coder.flush()


_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html"
_ZSTD = bytes.fromhex("28b52ffd") + b"\x20" + bytes([len(_TEXT)]) + (len(_TEXT) << 3 | 1).to_bytes(3, "little") + _TEXT
"""One raw block in a single-segment frame (RFC 8878 section 3.1.1): no compressor is needed to make it."""

ANSWERS: dict[str, Answer] = {
    "plain": _sized(_OK),
    "mixed-case": _sized(b"HTTP/1.1 200 OK\r\ncOnTeNt-TyPe: text/html\r\nX-lower: a\r\nx-LOWER: B\r\nSERVER:odd"),
    "repeated": _sized(_OK + b"\r\nSet-Cookie: a=1\r\nX-Between: 1\r\nSet-Cookie: b=2\r\nset-cookie: a=1"),
    "chunked": _plain(_OK + b"\r\nTransfer-Encoding: chunked", _chunks(_TEXT[:9], _TEXT[9:], b""), "keep"),
    "chunked-case": _plain(_OK + b"\r\ntransfer-encoding: Chunked", _chunks(_TEXT, b""), "keep"),
    "chunked-extension": _plain(
        _OK + b"\r\nTransfer-Encoding: chunked", b'%x;name="v;w" ;x\r\n%s\r\n000\r\n\r\n' % (len(_TEXT), _TEXT), "keep"
    ),
    "chunked-trailer": _plain(
        _OK + b"\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum",
        _chunks(_TEXT) + b"0\r\nX-Sum: 1\r\nX-Two: 2\r\n\r\n",
        "keep",
    ),
    "chunked-gzip": _plain(
        _OK + b"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
        _chunks(gzip.compress(_TEXT, mtime=0)[:20], gzip.compress(_TEXT, mtime=0)[20:], b""),
        "keep",
    ),
    "chunked-cut": _plain(_OK + b"\r\nTransfer-Encoding: chunked", b"ff\r\n" + _TEXT),
    "chunked-lie": _plain(_OK + b"\r\nTransfer-Encoding: chunked"),
    "chunked-lf": _plain(_OK + b"\r\nTransfer-Encoding: chunked", b"%X\n%s\n0\n\n" % (len(_TEXT), _TEXT), "keep"),
    "gzip": _sized(_OK + b"\r\nContent-Encoding: gzip", gzip.compress(_TEXT, mtime=0)),
    "gzip-members": _sized(
        _OK + b"\r\nContent-Encoding: x-gzip", gzip.compress(_TEXT[:30]) + gzip.compress(_TEXT[30:])
    ),
    "gzip-bad": _sized(_OK + b"\r\nContent-Encoding: gzip", gzip.compress(_TEXT, mtime=0)[:-8] + b"damaged!"),
    "gzip-lie": _sized(_OK + b"\r\nContent-Encoding: gzip"),
    "deflate": _sized(_OK + b"\r\nContent-Encoding: deflate", zlib.compress(_TEXT)),
    "deflate-raw": _sized(_OK + b"\r\nContent-Encoding: deflate", _raw_deflate(_TEXT)),
    "br": _sized(_OK + b"\r\nContent-Encoding: br", brotli.compress(_TEXT)),
    "zstd": _sized(_OK + b"\r\nContent-Encoding: zstd", _ZSTD),
    "unknown-coding": _sized(_OK + b"\r\nContent-Encoding: rot13"),
    "te-gzip": _plain(_OK + b"\r\nTransfer-Encoding: gzip", gzip.compress(_TEXT, mtime=0)),
    "te-gzip-chunked": _plain(
        _OK + b"\r\nTransfer-Encoding: gzip, chunked", _chunks(gzip.compress(_TEXT, mtime=0), b""), "keep"
    ),
    "te-and-length": _plain(_OK + b"\r\nContent-Length: 7\r\nTransfer-Encoding: chunked", _chunks(_TEXT, b""), "keep"),
    "bad-charset": _sized(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=no-such", b"\xff\xfe\x00 \x81"),
    "latin-1-header": _sized(_OK + b"\r\nX-Town: K\xf6ln \x80\xff"),
    "no-length": _plain(_OK),
    "http-1.0": _plain(b"HTTP/1.0 200 OK\r\nContent-Type: text/html"),
    "http-0.9": Answer((_TEXT,)),
    "length-too-short": _plain(_OK + b"\r\nContent-Length: 20", then="keep"),
    "length-too-long": _plain(_OK + b"\r\nContent-Length: 5000"),
    "length-twice": _plain(
        _OK + b"\r\nContent-Length: %d\r\ncontent-length: %d" % (len(_TEXT), len(_TEXT)), then="keep"
    ),
    "length-differs": _plain(_OK + b"\r\nContent-Length: 5\r\nContent-Length: %d" % len(_TEXT)),
    "length-no-number": _plain(_OK + b"\r\nContent-Length: 5x"),
    "lf-only": Answer((b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: %d\n\n%s" % (len(_TEXT), _TEXT),)),
    "no-colon": _sized(_OK + b"\r\nthis line has none\r\nX-After: 1"),
    "folded": _sized(_OK + b"\r\nX-Long: one\r\n  two\r\n\tthree"),
    "blank-before-colon": _sized(_OK + b"\r\nX-Odd : 1"),
    "no-reason": _sized(b"HTTP/1.1 200"),
    "odd-reason": _sized(b"HTTP/1.1 200 Alles  klar: K\xf6ln \t"),
    "early-hints": Answer(
        (
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(_TEXT), _TEXT),
        ),
        "keep",
    ),
    "not-found": _sized(b"HTTP/1.1 404 Not Found"),
    "no-content": _plain(b"HTTP/1.1 204 No Content", b"", "keep"),
    "not-modified": _plain(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500", b"", "keep"),
    "unavailable": _sized(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5"),
    "redirect": _sized(b"HTTP/1.1 302 Found\r\nLocation: /plain", b""),
    "redirect-private": _sized(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.7/", b""),
    "big-header": _sized(_OK + b"\r\nX-Big: " + b"x" * 40_000),
    "in-pieces": Answer(tuple(bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"), "keep"),
    "robots.txt": _sized(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain", b"User-agent: *\nDisallow: /private\n"),
    "empty": Answer(()),
    "cut-head": Answer((b"HTTP/1.1 200 OK\r\nContent-Ty",)),
    "reset-in-head": Answer((b"HTTP/1.1 200 OK\r\nX-Cut: he",), "reset"),
    "reset-in-body": _plain(_OK, then="reset"),
    "endless": Answer((_OK + b"\r\n\r\n",), "forever"),
    "header-flood": Answer((_OK + b"\r\n",), "forever"),
    "drip": Answer((_OK + b"\r\n\r\n",), "drip"),
    "hang": Answer((), "hang"),
}


class OddServer:
    """Serves ANSWERS on a port of its own until its `with` block ends; unknown paths are 404.

    `certificate` and `key` are PEM files that make it speak TLS.
    """

    def __init__(self, certificate: Path | None = None, key: Path | None = None) -> None:
        self.log: list[Logged] = []
        self._context: ssl.SSLContext | None = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate, key)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port: int = self._listener.getsockname()[1]
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of an answer."""
        return f"{'https' if self._context else 'http'}://{host}:{self.port}/{path}"

    def __enter__(self) -> Self:
        self._spawn(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        # Waking accept() with a connection works everywhere; closing a listening socket under it does not.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        for sock in [*self._sockets, self._listener]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def _spawn(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        connections = 0
        while not self._stopping.is_set():
            with contextlib.suppress(OSError):
                sock, _ = self._listener.accept()
                if self._stopping.is_set():
                    sock.close()
                    return
                self._sockets.append(sock)
                self._spawn(self._serve, sock, connections)
                connections += 1

    def _serve(self, sock: socket.socket, connection: int) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(sock.close)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context:
                sock = stack.enter_context(self._context.wrap_socket(sock, server_side=True))
                self._sockets.append(sock)
            while request := _read_request(sock):
                logged = Logged(connection, request)
                self.log.append(logged)
                path = request.split(b" ")[1].lstrip(b"/").partition(b"?")[0].decode("latin-1")
                answer = ANSWERS.get(path, _sized(b"HTTP/1.1 404 Not Found"))
                head_only = request.startswith(b"HEAD ")
                if not self._answer(sock, answer, logged, head_only=head_only):
                    return

    def _answer(self, sock: socket.socket, answer: Answer, logged: Logged, *, head_only: bool) -> bool:
        """Send an answer, and say whether the connection stays."""
        for number, whole in enumerate(answer.pieces):
            piece = whole.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head_only else whole
            if number:
                self._stopping.wait(0.001)
            self._send(sock, piece, logged)
        if answer.then == "reset":
            # The peer must have read what was sent before the reset throws it away.
            self._stopping.wait(0.1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        while answer.then in ("forever", "drip") and not self._stopping.is_set():
            self._send(sock, b"X-Flood: 1\r\n" if answer.then == "drip" else b"X-Flood: 1\r\n" * 1000, logged)
            self._stopping.wait(_DRIP_INTERVAL if answer.then == "drip" else 0)
        if answer.then == "hang":
            self._stopping.wait()
        return answer.then == "keep"

    def _send(self, sock: socket.socket, data: bytes, logged: Logged) -> None:
        logged.sent += data
        sock.sendall(data)


def _read_request(sock: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        data = sock.recv(65536)
        if not data:
            return b""
        request += data
        if request[0] == _TLS_HANDSHAKE:
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return b""
    return request
