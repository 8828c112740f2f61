"""An archive that answers as it is told, for what a real one cannot be asked to do; it notes what it was asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `cut` bytes of the body are promised and never sent; `drop` ends the connection without a word."""

    body: bytes = b""
    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path with query, and its header fields in lower case."""

    path: str
    fields: dict[str, str]


class ScriptedArchive:
    """Serves what `answer` returns for a request, on loopback, while the context is open."""

    def __init__(self) -> None:
        self.answer: Callable[[Asked], Reply] = lambda _: Reply(status=404)
        self.asked: list[Asked] = []
        self.robots = ""
        archive = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
                if self.path == "/robots.txt":
                    reply = Reply(archive.robots.encode(), 200 if archive.robots else 404)
                else:
                    archive.asked.append(asked)
                    reply = archive.answer(asked)
                if reply.drop:
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in reply.fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + reply.cut))
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = bool(reply.cut)

            def log_message(self, *_: object) -> None:
                """Say nothing; `asked` is the log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05])

    @property
    def url(self) -> str:
        """Where it is served, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
