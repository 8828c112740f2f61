"""Sends what `crawler.notify` hands over, as a process of its own: `python -m crawler.notify_post`.

A process can be killed, whatever it hangs in: a server that sends a byte a minute, or the system's look-up of names,
which no time-out of a library ends. Nothing else loads the libraries that it needs. It reads a job from standard input,
secrets included, sends to all channels at once, and writes a line for each when that is settled.
"""

from __future__ import annotations

import asyncio
import math
import signal
import sys
from typing import TYPE_CHECKING

import msgspec

from archive.terminal import escape

if TYPE_CHECKING:
    from collections.abc import Coroutine

_LONGEST = 300
_REDIRECTS, _REFUSALS = range(300, 400), range(400, 600)


class Webhook(msgspec.Struct, frozen=True):
    """An address and the JSON that goes to it."""

    url: str
    body: str
    user_agent: str


class Mail(msgspec.Struct, frozen=True):
    """A mail as it travels, and the server that takes it."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    to: tuple[str, ...]
    message: bytes


class Job(msgspec.Struct, frozen=True):
    """What is to be sent, in how many seconds, and what no line of the answer may show."""

    seconds: float
    secrets: tuple[str, ...] = ()
    webhook: Webhook | None = None
    mail: Mail | None = None


class Settled(msgspec.Struct, frozen=True):
    """What came of one channel: it took the message, or there is a fault; `note` is what went wrong all the same."""

    channel: str
    fault: str | None = None
    note: str | None = None


def main() -> None:
    """Send the job on standard input."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    # Whoever began this kills it in time, but may be killed first; then nobody else would end it.
    signal.alarm(math.ceil(job.seconds) + 1)
    asyncio.run(_send(job))


async def _send(job: Job) -> None:
    sending = []
    if job.webhook:
        sending.append(_settle("webhook", _post(job.webhook), job.secrets))
    if job.mail:
        sending.append(_settle("mail", _mail(job.mail), job.secrets))
    await asyncio.gather(*sending)


async def _settle(channel: str, sending: Coroutine[None, None, str | None], secrets: tuple[str, ...]) -> None:
    try:
        settled = Settled(channel, note=_without(await sending, secrets))
    except Exception as error:  # noqa: BLE001 - one channel's fault, whatever it is, must not end the other
        settled = Settled(channel, fault=_without(_reason(error), secrets))
    sys.stdout.buffer.write(msgspec.json.encode(settled) + b"\n")
    sys.stdout.buffer.flush()


async def _post(webhook: Webhook) -> None:
    import aiohttp  # noqa: PLC0415 - loaded only if there is a webhook

    headers = {"Content-Type": "application/json", "User-Agent": webhook.user_agent}
    unlimited = aiohttp.ClientTimeout(total=None)  # this process has a limit
    async with (
        aiohttp.ClientSession(timeout=unlimited) as session,
        session.post(webhook.url, data=webhook.body.encode(), headers=headers, allow_redirects=False) as answer,
    ):
        if answer.status in _REDIRECTS:
            raise ConnectionError(f"it answered {answer.status}, another address; write that one into [notify]")
        if answer.status in _REFUSALS:
            raise ConnectionError(f"it answered {answer.status} {answer.reason or ''}".rstrip())


async def _mail(mail: Mail) -> str | None:
    import aiosmtplib  # noqa: PLC0415 - loaded only if there is a mail

    refused, _ = await aiosmtplib.send(
        mail.message,
        sender=mail.sender,
        recipients=mail.to,
        hostname=mail.host,
        port=mail.port,
        username=mail.user or None,
        password=mail.password or None,
        use_tls=mail.security == "tls",
        start_tls=mail.security == "starttls",
        timeout=None,  # as above
    )
    said = (f"{address} ({answer.code} {answer.message})" for address, answer in refused.items())
    return f"refused for {', '.join(said)}" if refused else None


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _without(text: str | None, secrets: tuple[str, ...]) -> str | None:
    """Return text as one short line without the secrets, which a server may repeat."""
    if text is None:
        return None
    for secret in secrets:
        text = text.replace(secret, "[secret]")
    return escape(text)[:_LONGEST]


if __name__ == "__main__":
    main()
