"""Serve the sample newspaper on loopback: a thread of its own, a free port, closed when its context ends.

    with Site() as site:
        site.url("/harbour")        # "http://127.0.0.1:34567/harbour"

The tests' newspaper is a subclass that overrides `answer` and thereby misbehaves on request.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any, Self

from crawler.demo.pages import NOT_FOUND, PAGES, Answer

if TYPE_CHECKING:
    from types import TracebackType

LOOPBACK = "127.0.0.1"
_IDLE_LIMIT = 60
_DATE = "Mon, 23 Nov 2026 06:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived: when (seconds of the monotonic clock), method and path as sent."""

    at: float
    method: str
    path: str


class Handler(BaseHTTPRequestHandler):
    """One connection, kept alive between requests; silent."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_LIMIT
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        """Answer with what the site has at the path."""
        self.server.site.requests.append(Asked(time.monotonic(), self.command, self.path))
        self.server.site.respond(self)

    do_HEAD = do_GET  # noqa: N815 - as above

    def version_string(self) -> str:
        """Name the newspaper's server."""
        return "Gazette/1.0"

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002 - the signature is http.server's
        """Return one fixed date, so that the same page is the same bytes every time."""
        return _DATE

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is http.server's
        """Say nothing: what arrived is in `Site.requests`."""

    def send(self, answer: Answer) -> None:
        """Send one answer."""
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)


class _Server(ThreadingHTTPServer):
    """Remembers its connections, so that closing does not wait for those that clients keep alive."""

    request_queue_size = 128
    daemon_threads = False

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connections: set[socket.socket] = set()
        super().__init__((LOOPBACK, 0), Handler)

    def server_bind(self) -> None:
        """Bind without asking the DNS for the name of 127.0.0.1, as HTTPServer does: there may be no network."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        """Accept a connection and remember it."""
        connection, address = super().get_request()
        self.connections.add(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        """Forget a connection that is closed."""
        self.connections.discard(request)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a client go that hung up, without the traceback that socketserver prints."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End every connection."""
        for connection in tuple(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                self.connections.discard(connection)


class Site:
    """The newspaper, served while the context is open.

    `requests` is what arrived, in order; `closing` is set when the context ends.
    """

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.closing = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def base(self) -> str:
        """The address of the site, without a path."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def url(self, path: str = "/") -> str:
        """Return the address of a path on the site."""
        return self.base + path

    def answer(self, path: str) -> Answer:
        """Return what is at a path."""
        page = PAGES.get(path)
        return page.answer(self.base) if page else NOT_FOUND

    def respond(self, handler: Handler) -> None:
        """Answer one request."""
        handler.send(self.answer(handler.path))

    def __enter__(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving: no thread and no socket is left."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
