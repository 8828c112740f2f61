"""`newsclip notify`: whom [notify] tells, what is open and what waits; with --test, a message that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.collection import Collection
from archive.errors import UsageError
from archive.terminal import escape, json_line
from crawler.notify import letter, read_ledger, send
from crawler.notify_message import in_json

if TYPE_CHECKING:
    from archive.command import Context
    from crawler.config import Settings

NOT_DELIVERED = 4


def notify(settings: Settings, context: Context, *, test: bool) -> int:
    """Show what is told to whom, or try it out, and return the exit status.

    Raises:
        UsageError: nobody is to be told.

    """
    if not settings.notify.channels:
        raise UsageError(
            "Nobody is told what needs attention; write a webhook, or mail_to, mail_from and smtp_host, into [notify] "
            "of newsclip.toml, as newsclip init shows."
        )
    return _try_out(settings, context) if test else _show(settings, context)


def _try_out(settings: Settings, context: Context) -> int:
    one = letter(settings, (), test=True)
    settled = send(settings.notify, dict.fromkeys(settings.notify.channels, one))
    for name, what in settled.items():
        if context.json:
            line = json_line({"channel": name, "delivered": not what.fault, "fault": what.fault or what.note})
        else:
            line = f"{name:<8} {_in_words(settings, name)}: {escape(what.fault or what.note or 'delivered')}"
        context.out.write(f"{line}\n")
    return NOT_DELIVERED if any(what.fault or what.note for what in settled.values()) else 0


def _show(settings: Settings, context: Context) -> int:
    ledger = read_ledger(Collection(context.collection))
    waiting = {name: len(ledger.waiting.get(name, ())) for name in settings.notify.channels}
    if context.json:
        open_ = [in_json(notice) for notice in ledger.open]
        context.out.write(json_line({"waiting": waiting, "open": open_}) + "\n")
        return 0
    for name, count in waiting.items():
        wait = f"; {count} waiting to be delivered" if count else ""
        context.out.write(f"{name:<8} {_in_words(settings, name)}{wait}\n")
    for notice in ledger.open:
        matter = notice.matter
        who = matter.source or f"newsclip {matter.command}"
        context.out.write(f"open     {who} since {notice.since:%Y-%m-%d %H:%M} UTC: {escape(matter.why)}\n")
    return 0


def _in_words(settings: Settings, channel: str) -> str:
    """Return where a channel leads; the webhook's address is a secret."""
    options = settings.notify
    if channel == "webhook":
        return "a webhook whose address is not shown"
    return f"{', '.join(options.mail_to)} by {options.smtp_host}:{options.port} ({options.smtp_security})"
