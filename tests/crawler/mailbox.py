"""A mail server and a webhook on loopback, which keep what they get and misbehave on request."""

from __future__ import annotations

import asyncio
import json
import threading
import warnings
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    import ssl
    from email.message import EmailMessage

USER, PASSWORD = "desk", "a pass/word that nobody sees"


class Mailbox:
    """An SMTP server; `refuse` is what it answers to every mail instead of taking it.

    With a TLS context it offers STARTTLS, or speaks TLS from the start if `at_once`, and then wants a login.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, *, at_once: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.refuse = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

        def protocol() -> SMTP:
            with warnings.catch_warnings(action="ignore"):  # that a login without STARTTLS may be no good idea
                return SMTP(
                    self,
                    hostname="mail.news.example",
                    tls_context=None if at_once else tls,
                    auth_required=tls is not None,
                    auth_require_tls=not at_once,
                    authenticator=self._authenticate,
                    loop=self._loop,
                )

        listening = self._loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if at_once else None)
        self._server = self._loop.run_until_complete(listening)
        self.port: int = self._server.sockets[0].getsockname()[1]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a mail, or refuse it."""
        if self.refuse:
            return self.refuse
        content = envelope.content
        assert isinstance(content, bytes)
        self.envelopes.append(envelope)
        self.mails.append(message_from_bytes(content, policy=default))
        return "250 taken"

    @staticmethod
    def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> AuthResult:
        return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


class Hook:
    """A webhook: keeps the objects it gets, answers `status`, or nothing until it is closed if it `hangs`."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.hangs = False
        self._closing = threading.Event()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Take an object."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if hook.hangs:
                    hook._closing.wait()
                    return
                if hook.status < 300 and self.headers["Content-Type"] == "application/json":
                    hook.got.append(json.loads(body))
                self.send_response(hook.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature is http.server's
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_port}/a-secret-path"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
