"""Who is told of what needs attention: the keys of `[notify]` in newsclip.toml.

Two of them are secrets, the webhook's address and the password. They are better set in the environment than in a file,
and no message, log or representation shows them.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address, AddressHeader, HeaderRegistry
from typing import Literal
from urllib.parse import urlsplit

from archive.errors import UsageError

Security = Literal["starttls", "tls", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_HIGHEST_PORT = 65_535
_SHORTEST, _LONGEST = 1, 600
_UNPRINTED = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")


@dataclass(frozen=True, slots=True)
class NotifyOptions:
    """Where notices go: to a webhook, by e-mail, to both or to nobody.

    Raises:
        UsageError: a value cannot be carried out; the message names the key, and no secret.

    """

    webhook: str = field(
        default="",
        repr=False,
        metadata={"secret": True, "help": "address that gets a POST of JSON; better in NEWSCLIP_NOTIFY_WEBHOOK"},
    )
    mail_to: tuple[str, ...] = field(default=(), metadata={"help": 'e-mail addresses, as in ["desk@news.example"]'})
    mail_from: str = field(default="", metadata={"help": "sender, as in newsclip@news.example"})
    smtp_host: str = field(default="", metadata={"help": "the mail server, as in mail.news.example"})
    smtp_port: int = field(default=0, metadata={"help": "0 is 587 with starttls, 465 with tls, 25 with none"})
    smtp_security: Security = field(default="starttls", metadata={"help": "starttls, tls from the start, or none"})
    smtp_user: str = field(default="", metadata={"help": "who logs in, if the server asks for it"})
    smtp_password: str = field(
        default="", repr=False, metadata={"secret": True, "help": "better in NEWSCLIP_NOTIFY_SMTP_PASSWORD"}
    )
    timeout: float = field(default=30.0, metadata={"help": "seconds that sending may take in all"})

    def __post_init__(self) -> None:
        """Refuse what cannot be carried out."""
        if self.webhook:
            _require_web_address(self.webhook)
        for address in self.mail_to:
            if not _is_plain(address):
                raise UsageError(
                    f"mail_to = {address!r} in [notify] is no e-mail address; write each as in desk@news.example."
                )
        if self.mail_to or self.mail_from or self.smtp_host or self.smtp_user:
            self._check_mail()
        if not 0 <= self.smtp_port <= _HIGHEST_PORT:
            raise UsageError(f"smtp_port = {self.smtp_port} in [notify] is no port; it may be 0 to {_HIGHEST_PORT}.")
        if not _SHORTEST <= self.timeout <= _LONGEST:
            raise UsageError(
                f"timeout = {self.timeout:g} in [notify] is out of range; it may be {_SHORTEST} to {_LONGEST}."
            )

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the ways in which notices go."""
        return (*(["webhook"] if self.webhook else []), *(["mail"] if self.mail_to else []))

    @property
    def port(self) -> int:
        """The port of the mail server."""
        return self.smtp_port or PORTS[self.smtp_security]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no message may show."""
        return tuple(filter(None, (self.webhook, self.smtp_password)))

    def _check_mail(self) -> None:
        needed = {"mail_to": self.mail_to, "mail_from": self.mail_from, "smtp_host": self.smtp_host}
        if missing := [name for name, value in needed.items() if not value]:
            raise UsageError(f"E-mail in [notify] lacks {' and '.join(missing)}; give it all of {', '.join(needed)}.")
        if not _is_sender(self.mail_from):
            raise UsageError(
                f"mail_from = {self.mail_from!r} in [notify] is no e-mail address; write it as in "
                "newsclip@news.example or Newsroom <newsclip@news.example>."
            )
        if not _HOST.fullmatch(self.smtp_host):
            raise UsageError(f"smtp_host = {self.smtp_host!r} in [notify] is no host name, as in mail.news.example.")
        if bool(self.smtp_user) != bool(self.smtp_password):
            lacking = "smtp_password" if self.smtp_user else "smtp_user"
            raise UsageError(f"The login in [notify] lacks {lacking}; give it both, or neither.")
        if self.smtp_password and self.smtp_security == "none" and not _is_loopback(self.smtp_host):
            raise UsageError(
                f'smtp_security = "none" in [notify] would send the password to {self.smtp_host} for all to read; '
                'use "starttls" or "tls", or leave out smtp_user and smtp_password.'
            )


def _require_web_address(url: str) -> None:
    """Refuse what is no address, without saying what it is: its path may be all that keeps strangers out."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or not url.isascii() or _UNPRINTED.search(url):
        raise UsageError(
            "webhook in [notify] (its value is not shown) is no http or https address; write it as in "
            "https://hooks.news.example/path."
        )


def _is_plain(address: str) -> bool:
    """Whether this is an address without a name, in ASCII: every server takes it."""
    try:
        parsed = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError):
        return False
    return address.isascii() and not _UNPRINTED.search(address) and bool(parsed.username and parsed.domain)


def _is_sender(text: str) -> bool:
    if any(not character.isprintable() for character in text):
        return False
    header = HeaderRegistry()("From", text)
    assert isinstance(header, AddressHeader)
    return not header.defects and len(header.addresses) == 1 and _is_plain(header.addresses[0].addr_spec)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
