"""Tells people what needs attention after a run, once, and once more when it is over.

    what the run found ─▶ ledger (crawler/notify_ledger.py), written ─▶ a process that sends ─▶ ledger, written

The ledger is a file of its own in the collection: a scheduler tells of an index that is damaged, too. It is written
before anything is sent, so that a notice is lost at no moment; at the worst it is sent twice. What cannot be delivered
waits for the next run. Nothing that happens here changes how a run ends, or takes longer than `timeout` in [notify].
"""

from __future__ import annotations

import platform
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archive.collection import Collection
from archive.disk import replace_file
from archive.errors import Locked, NewsclipError, UsageError
from archive.lock import take_notify_lock
from archive.terminal import json_line
from crawler import VERSION
from crawler.logs import log
from crawler.notify_ledger import WHOLE_RUN, Ledger, Look, Matter, after, delivered
from crawler.notify_message import Letter
from crawler.notify_post import Job, Mail, Settled, Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crawler.config import Settings
    from crawler.crawl_run import CrawlRun
    from crawler.notify_ledger import Notice
    from crawler.notify_options import NotifyOptions

FILE = "notify.json"
"""The ledger, in the collection."""


def announce(settings: Settings, look: Look) -> None:
    """Send what began and what ended with a run; warn of what cannot be delivered, and never raise."""
    if not settings.notify.channels:
        return
    try:
        _announce(settings, look)
    except Exception as error:  # noqa: BLE001 - whatever it is, the run has ended as it has ended
        log("notify.failed", f"Nobody could be told what needs attention: {error}", error, why=error)


def matters_of(run: CrawlRun) -> Iterator[Matter]:
    """Yield what a crawl found to need attention."""
    for one in run.noted.standing:
        yield Matter("crawl", one.source, one.kind.value, one.why, one.since)
    if run.short_of_disk:
        yield Matter("crawl", WHOLE_RUN, "disk", f"the run stopped at {run.limit}")


def look_of(command: str, run: CrawlRun, found: Iterable[Matter], settings: Settings) -> Look:
    """Return what a run found that nobody interrupted; a source that reached a limit was not looked at to the end."""
    complete = {name for name, source in run.sources.items() if source.limit is None and run.limit is None}
    configured = frozenset(source.name for source in settings.sources)
    accepted = frozenset((command, one.source, one.kind.value) for one in run.noted.over if one.accepted)
    return Look(command, tuple(found), frozenset(complete | {WHOLE_RUN}), configured, accepted)


def tell_failure(settings: Settings, command: str, why: str) -> None:
    """Send that a run ended with a fault; it is over when one ends without."""
    configured = frozenset(source.name for source in settings.sources)
    failed = Matter(command, WHOLE_RUN, "failed", why)
    announce(settings, Look(command, (failed,), frozenset(), configured))


def telling(settings: Settings, command: str, run: Callable[[], int]) -> int:
    """Run a command and return its exit status; what ends it before its time is told, unless it is a matter of usage.

    Raises:
        NewsclipError: as the command does.

    """
    try:
        return run()
    except (UsageError, Locked):
        raise
    except (NewsclipError, OSError) as error:
        tell_failure(settings, command, str(error))
        raise


def send(options: NotifyOptions, letters: Mapping[str, Letter]) -> dict[str, Settled]:
    """Send a letter to each channel, all at once, and return what came of each, in no more time than there is."""
    job = Job(
        seconds=options.timeout,
        secrets=options.secrets,
        webhook=_webhook(options, letters["webhook"]) if "webhook" in letters else None,
        mail=_mail(options, letters["mail"]) if "mail" in letters else None,
    )
    late = f"it took longer than {options.timeout:g} seconds (timeout in [notify])"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "crawler.notify_post"],
            input=msgspec.json.encode(job),
            capture_output=True,
            timeout=options.timeout,
            check=False,
        )
        said, otherwise = done.stdout, f"its process ended with status {done.returncode}"
    except subprocess.TimeoutExpired as expired:
        said, otherwise = expired.stdout or b"", late
    settled = {name: Settled(name, fault=otherwise) for name in letters}
    for line in said.splitlines():
        with suppress(msgspec.DecodeError):  # half of a line, when it was killed
            one = msgspec.json.decode(line, type=Settled)
            settled[one.channel] = one
    return settled


def letter(settings: Settings, notices: tuple[Notice, ...], *, test: bool = False) -> Letter:
    """Return a letter from this machine and collection."""
    path = str(Path(settings.collection.path).absolute())
    return Letter(notices, path, platform.node(), datetime.now(UTC), test)


def read_ledger(collection: Collection) -> Ledger:
    """Return what was said so far; a file that cannot be read is as none, and what is open is said again."""
    try:
        return msgspec.json.decode((collection.path / FILE).read_bytes(), type=Ledger)
    except FileNotFoundError:
        return Ledger()
    except (OSError, msgspec.DecodeError) as error:
        file = collection.path / FILE
        words = f"{file} cannot be read, what needs attention is said again: {error}"
        log("notify.forgot", words, file=file, why=error)
        return Ledger()


def _announce(settings: Settings, look: Look) -> None:
    collection = Collection(Path(settings.collection.path))
    lock = take_notify_lock(collection)
    try:
        before = read_ledger(collection)
        ledger = after(before, look, settings.notify.channels, datetime.now(UTC))
        if ledger != before:
            _write(collection, ledger)
        letters = {name: letter(settings, waiting) for name, waiting in ledger.waiting.items() if waiting}
        if not letters:
            return
        settled = send(settings.notify, letters)
        for name, one in settled.items():
            _log_settled(name, one, len(letters[name].notices))
        _write(collection, delivered(ledger, (name for name, one in settled.items() if not one.fault)))
    finally:
        lock.release()


def _log_settled(channel: str, one: Settled, notices: int) -> None:
    if one.fault:
        words = f"A notice could not be delivered by {channel}, the next run tries again: {one.fault}"
        log("notify.failed", words, channel=channel, why=one.fault)
        return
    log("notify.sent", f"{notices} notices were delivered by {channel}", channel=channel, notices=notices)
    if one.note:
        words = f"A notice was delivered by {channel}, but not to all: {one.note}"
        log("notify.partial", words, channel=channel, why=one.note)


def _write(collection: Collection, ledger: Ledger) -> None:
    """Keep the ledger; on a disk that is full people are told all the same, if need be more than once."""
    try:
        replace_file(collection.path / FILE, msgspec.json.format(msgspec.json.encode(ledger)) + b"\n")
    except OSError as error:
        file = collection.path / FILE
        log("notify.forgot", f"{file} cannot be written, so a notice may come twice: {error}", file=file, why=error)


def _webhook(options: NotifyOptions, what: Letter) -> Webhook:
    return Webhook(options.webhook, json_line(what.webhook_body()), f"newsclip/{VERSION}")


def _mail(options: NotifyOptions, what: Letter) -> Mail:
    return Mail(
        host=options.smtp_host,
        port=options.port,
        security=options.smtp_security,
        user=options.smtp_user,
        password=options.smtp_password,
        sender=parseaddr(options.mail_from)[1],
        to=options.mail_to,
        message=what.mail(options),
    )
