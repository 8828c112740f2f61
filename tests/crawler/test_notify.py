"""[notify]: what needs attention reaches people, once, and whatever happens to the messages, the run is not touched."""

from __future__ import annotations

import io
import logging
import ssl
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import trustme

from archive.attention import Concern, Kind
from archive.collection import Collection
from archive.command import Context
from archive.concerns import Noted
from archive.errors import Damaged, Locked, UsageError
from archive.lock import take_lock
from crawler.config import CollectionOptions, Settings, load_settings
from crawler.crawl_run import CrawlRun
from crawler.demo.pages import Answer
from crawler.notify import FILE, announce, letter, look_of, matters_of, send, telling
from crawler.notify_ledger import WHOLE_RUN, Ledger, Look, Matter, Notice, after, delivered
from crawler.notify_options import NotifyOptions
from crawler.schedule_command import Scheduler
from crawler.source_options import SourceOptions
from tests.crawler.mailbox import PASSWORD, USER, Hook, Mailbox
from tests.site import listings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.site.newspaper import Newspaper

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
EMPTY = Matter("crawl", "gazette", "listing-empty", "https://gazette.example/rss names nothing, and did before")
FAILED = Matter("crawl", "herald", "listing-failed", "1 of 2 listings could not be read")
BOTH = ("webhook", "mail")


@pytest.fixture
def hook() -> Iterator[Hook]:
    """Serve a webhook."""
    with Hook() as served:
        yield served


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """Serve a mail server without TLS and login."""
    with Mailbox() as served:
        yield served


def by_mail(port: int, **more: object) -> dict[str, object]:
    """Return what sends mail to a server on this machine."""
    return {
        "mail_to": ("desk@news.example", "night@news.example"),
        "mail_from": "Newsroom Zürich <newsclip@news.example>",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
    } | more


def settings(collection: Path, *sources: str, **options: object) -> Settings:
    """Return settings with these keys of [notify], for sources with these names."""
    collection.mkdir(exist_ok=True)
    configured = tuple(SourceOptions(name=name, feeds=("https://a.example/rss",)) for name in sources)
    notify = NotifyOptions(**options)  # type: ignore[arg-type]
    return Settings(CollectionOptions(str(collection)), notify=notify, sources=configured)


def looked(*found: Matter, at: tuple[str, ...] = ("gazette", "herald"), command: str = "crawl") -> Look:
    """Return what a run found that looked at these sources to the end; gazette and herald are configured."""
    return Look(command, found, frozenset(at), frozenset(("gazette", "herald")))


def test_a_matter_is_said_once_and_once_that_it_ended() -> None:
    """Run after run, a matter waits to be said once when it begins and once when it is over."""
    said = []
    ledger = Ledger()
    more = Matter("crawl", "gazette", "listing-empty", "other words of the same matter")
    for hour, found in enumerate(([], [EMPTY], [EMPTY], [more], [], [], [EMPTY])):
        ledger = after(ledger, looked(*found), ["webhook"], NOW + timedelta(hours=hour))
        said.append([(one.since.hour, one.until and one.until.hour) for one in ledger.waiting["webhook"]])
        ledger = delivered(ledger, ["webhook"])
    assert said == [[], [(17, None)], [], [], [(17, 20)], [], [(22, None)]]


@pytest.mark.parametrize(
    ("look", "over"),
    [
        (looked(at=("herald",)), False),
        (looked(at=()), False),
        (looked(command="recheck"), False),
        (looked(FAILED), True),
        (Look("recheck", (), frozenset(), frozenset({"herald"})), True),
    ],
)
def test_what_ends_a_matter(look: Look, *, over: bool) -> None:
    """A matter ends when its command looked at its source to the end without finding it, or its source is configured
    no longer; another source, another command, and a look that was cut short end nothing.
    """  # noqa: D205 - one sentence of two lines
    ledger = after(Ledger(), looked(EMPTY), BOTH, NOW)
    assert (ledger.open[0] not in after(ledger, look, BOTH, NOW).open) is over


def test_channels_are_kept_apart() -> None:
    """What one channel took is not said on it again, what another missed waits, and a new one hears what is open."""
    ledger = delivered(after(Ledger(), looked(EMPTY), ["webhook", "mail"], NOW), ["webhook"])
    ledger = after(ledger, looked(FAILED), ["webhook", "mail", "pager"], NOW)
    keys = {name: [one.matter.source for one in waiting] for name, waiting in ledger.waiting.items()}
    assert keys == {
        "webhook": ["gazette", "herald"],
        "mail": ["gazette", "gazette", "herald"],
        "pager": ["herald"],
    }


def test_what_waits_is_bounded() -> None:
    """However long a channel is out of reach, what waits for it stays below a thousand and one."""
    ledger = Ledger()
    for number in range(1100):
        ledger = after(ledger, looked(*([EMPTY] if number % 2 else [])), ["mail"], NOW)
    assert len(ledger.waiting["mail"]) == 1000


def test_a_run_tells(hook: Hook, mailbox: Mailbox, collection: Path) -> None:
    """Webhook and mail say what began, then what ended, and nothing in between."""
    options = settings(collection, "gazette", "herald", webhook=hook.url, **by_mail(mailbox.port))
    for found in ([EMPTY, FAILED], [EMPTY, FAILED], [FAILED]):
        announce(options, looked(*found))
    began, ended = hook.got
    assert [(one["source"], one["kind"], one["why"]) for one in began["began"]] == [
        (one.source, one.kind, one.why) for one in (EMPTY, FAILED)
    ]
    assert (began["ended"], ended["began"], len(ended["ended"])) == ([], [], 1)
    assert ended["ended"][0]["source"] == "gazette"
    assert EMPTY.why in began["text"]
    assert began["collection"] == str(collection)
    first, second = mailbox.mails
    assert first["Subject"] == "newsclip: 2 matters need attention (gazette, herald)"
    assert second["Subject"] == "newsclip: 1 is over (gazette)"
    assert (first["From"], first["To"]) == (
        "Newsroom Zürich <newsclip@news.example>",
        "desk@news.example, night@news.example",
    )
    assert mailbox.envelopes[0].rcpt_tos == ["desk@news.example", "night@news.example"]
    assert mailbox.envelopes[0].mail_from == "newsclip@news.example"
    assert EMPTY.why in first.get_content()
    assert "over at" in second.get_content()


def test_what_cannot_be_delivered_is_tried_again(
    hook: Hook, mailbox: Mailbox, collection: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A refused mail is warned of without the webhook's or the server's secrets, and goes out with the next run."""
    options = settings(collection, "gazette", "herald", webhook=hook.url, **by_mail(mailbox.port))
    mailbox.refuse, hook.status = "451 come back later \x1b[2J", 302
    announce(options, looked(EMPTY))
    (webhook, mail) = sorted(record.getMessage() for record in caplog.records if record.name == "crawler.logs")[::-1]
    assert "by webhook" in webhook
    assert "302" in webhook
    assert "451" in mail
    assert "\x1b" not in mail
    assert "a-secret-path" not in caplog.text
    mailbox.refuse, hook.status = "", 204
    announce(options, looked(EMPTY, FAILED))
    announce(options, looked(EMPTY, FAILED))
    assert [len(one["began"]) for one in hook.got] == [2]
    assert [mail["Subject"] for mail in mailbox.mails] == ["newsclip: 2 matters need attention (gazette, herald)"]


def test_a_server_that_hangs(hook: Hook, mailbox: Mailbox, collection: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A webhook that never answers is given up after `timeout`, and the mail beside it arrives all the same."""
    hook.hangs = True
    announce(settings(collection, "gazette", webhook=hook.url, timeout=1.5, **by_mail(mailbox.port)), looked(EMPTY))
    assert "by webhook, the next run tries again: it took longer than 1.5 seconds" in caplog.text
    assert len(mailbox.mails) == 1


def test_nobody_there(collection: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that does not answer, a ledger that is broken, and one that cannot be written are warned of, no more."""
    options = settings(collection, "gazette", webhook="http://127.0.0.1:9/a-secret-path")
    (collection / FILE).write_text("{", encoding="utf-8")
    announce(options, looked(EMPTY))
    assert "cannot be read" in caplog.text
    assert "Cannot connect" in caplog.text
    assert "a-secret-path" not in caplog.text
    (collection / FILE).unlink()
    (collection / FILE).mkdir()
    announce(options, looked(EMPTY, FAILED))
    assert "may come twice" in caplog.text


def test_a_login_over_starttls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the right certificate and password a mail arrives; with a wrong one none does, and no secret is told."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    login = {"smtp_user": USER, "smtp_password": PASSWORD}
    for at_once, security in ((False, "starttls"), (True, "tls")):
        with Mailbox(context, at_once=at_once) as mailbox:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
            good = settings(tmp_path, **by_mail(mailbox.port, smtp_security=security, **login))
            one = letter(good, (Notice(EMPTY, NOW),))
            assert send(good.notify, {"mail": one})["mail"].fault is None
            wrong = settings(
                tmp_path, **by_mail(mailbox.port, smtp_security=security, **login | {"smtp_password": "not that"})
            )
            fault = send(wrong.notify, {"mail": one})["mail"].fault
            assert fault is not None
            assert "535" in fault
            assert "not that" not in fault
            monkeypatch.delenv("SSL_CERT_FILE")
            assert "certificate" in (send(good.notify, {"mail": one})["mail"].fault or "").lower()
            assert len(mailbox.mails) == 1


def test_starttls_is_not_given_up(mailbox: Mailbox, tmp_path: Path) -> None:
    """Where TLS is asked for and the server has none, the mail stays here."""
    options = settings(tmp_path, **by_mail(mailbox.port, smtp_security="starttls"))
    assert "STARTTLS" in (send(options.notify, {"mail": letter(options, (), test=True)})["mail"].fault or "")
    assert mailbox.mails == []


EVIL = "a\r\nBcc: all@news.example\r\n\r\n\x1b[2J\u202e<!channel> @all " + "x" * 1000


def test_words_of_a_page_are_harmless(tmp_path: Path) -> None:
    """Line breaks, escape sequences and calls of people in a reason make no header, no line and no call."""
    options = settings(tmp_path, "gazette", **by_mail(25))
    one = letter(options, (Notice(Matter("crawl", "gazette", "silent", EVIL), NOW),))
    mail = one.mail(options.notify)
    head, _, body = mail.partition(b"\r\n\r\n")
    assert b"Bcc" not in head
    assert b"\r\nBcc" not in body
    assert b"\x1b" not in mail
    assert len(one.text.splitlines()) == 3
    said = one.webhook_body()
    assert not {"<", ">", "@", "\x1b", "\u202e", "\r"} & set(said["text"])
    assert "\n" not in said["began"][0]["why"]
    assert len(said["began"][0]["why"]) <= 500


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('webhook = "hooks.example/SECRET"', ["webhook", "https://hooks.news.example/path"]),
        ('webhook = "https://hooks.example/SECRET\\nX"', ["webhook", "not shown"]),
        ('webhook = "https://hooks.example:99999/SECRET"', ["webhook", "not shown"]),
        ("smtp_password = 5512987", ["smtp_password", "quotes"]),
        ('webhook = ["SECRET"]', ["webhook", "quotes"]),
        ('mail_to = ["desk"]', ["mail_to", "'desk'", "desk@news.example"]),
        ('mail_to = ["a@b.example\\r\\nBcc: c@d.example"]', ["mail_to", "no e-mail address"]),
        ('mail_to = ["a@b.example"]', ["mail_from", "smtp_host"]),
        ('smtp_host = "mail.news.example"', ["mail_to", "mail_from"]),
        ('mail_to = ["a@b.example"]\nmail_from = "x, y"\nsmtp_host = "h"', ["mail_from", "'x, y'"]),
        ('mail_to = ["a@b.example"]\nmail_from = "a@b.example"\nsmtp_host = "h/x"', ["smtp_host", "'h/x'"]),
        (
            'mail_to = ["a@b.example"]\nmail_from = "a@b.example"\nsmtp_host = "h"\nsmtp_user = "u"',
            ["smtp_password", "both"],
        ),
        (
            (
                'mail_to = ["a@b.example"]\nmail_from = "a@b.example"\nsmtp_host = "mail.example"\n'
                'smtp_user = "u"\nsmtp_password = "SECRET"\nsmtp_security = "none"'
            ),
            ["smtp_security", "starttls", "mail.example"],
        ),
        ('smtp_security = "ssl"', ["smtp_security", "'ssl'"]),
        ("smtp_port = 70000", ["smtp_port", "70000", "65535"]),
        ("timeout = 0", ["timeout", "0", "1 to 600"]),
        ('webhok = "SECRET"', ["webhok", "'webhook'"]),
    ],
)
def test_what_is_wrong_is_refused_without_its_secrets(tmp_path: Path, text: str, words: list[str]) -> None:
    """A value that cannot be carried out is refused by name and remedy, and by value unless that is a secret."""
    file = tmp_path / "newsclip.toml"
    file.write_text(f"[notify]\n{text}\n", encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        load_settings(file, {}, {})
    for word in words:
        assert word in str(refusal.value)
    assert "SECRET" not in str(refusal.value)
    assert "5512987" not in str(refusal.value)


def test_secrets_come_from_the_environment_and_show_nowhere() -> None:
    """NEWSCLIP_NOTIFY_… sets what is secret, and settings that are printed do not tell it."""
    environ = {"NEWSCLIP_NOTIFY_WEBHOOK": "https://hooks.example/SECRET", "NEWSCLIP_NOTIFY_TIMEOUT": "5"}
    read = load_settings(None, environ, {})
    assert (read.notify.webhook, read.notify.timeout) == ("https://hooks.example/SECRET", 5.0)
    assert "SECRET" not in repr(read)


def test_trying_it_out(newsclip: Newsclip, hook: Hook, clean_environment: dict[str, str]) -> None:
    """`notify --test` sends a message that is a test, and says by exit status whether it arrived, never where to."""
    assert newsclip("notify", "--test").status == 2
    clean_environment["NEWSCLIP_NOTIFY_WEBHOOK"] = hook.url
    ran = newsclip("notify", "--test")
    assert (ran.status, [one["test"] for one in hook.got]) == (0, [True]), ran.err
    hook.status = 500
    again = newsclip("--json", "notify", "--test")
    assert (again.status, [one["delivered"] for one in again.answers()]) == (4, [False])
    assert "500" in again.out
    for said in (ran, again, newsclip("notify")):
        assert "a-secret-path" not in said.out + said.err


def test_a_crawl_tells(newsclip: Newsclip, site: Newspaper, hook: Hook, collection: Path, tmp_path: Path) -> None:
    """A crawl whose feed fails tells so, `notify` shows it, and the crawl that reads it again tells that it is over."""
    file = tmp_path / "newsclip.toml"
    file.write_text(
        f'[collection]\npath = "{collection}"\n[fetch]\ndelay = 0\nprobe = false\nallow_networks = ["127.0.0.0/8"]\n'
        f'[notify]\nwebhook = "{hook.url}"\n'
        f'[[source]]\nname = "gazette"\nfeeds = ["{site.url("/listings/feed")}"]\n',
        encoding="utf-8",
    )
    site.listings["feed"] = Answer(b"gone", status=410)
    assert newsclip("--config", file, "crawl").status == 3
    assert [one["kind"] for one in hook.got[0]["began"]] == ["listing-failed"]
    shown = newsclip("--config", file, "notify", "--json").answers()[0]
    assert [(one["source"], one["kind"]) for one in shown["open"]] == [("gazette", "listing-failed")]
    site.listings["feed"] = listings.rss([])
    ran = newsclip("--config", file, "crawl")
    assert ran.status == 0, ran.err
    assert [one["kind"] for one in hook.got[1]["ended"]] == ["listing-failed"]
    assert newsclip("-C", collection, "verify").status == 0


def test_a_run_that_fails(hook: Hook, collection: Path) -> None:
    """What ends a run is told, raised as it was, and over with the next one; a mistake of usage is nobody's alarm."""
    options = settings(collection, "gazette", webhook=hook.url)

    def fail(error: Exception) -> int:
        raise error

    for _ in range(2):
        with pytest.raises(Damaged):
            telling(options, "crawl", lambda: fail(Damaged("the index is damaged")))
    with pytest.raises(UsageError):
        telling(options, "crawl", lambda: fail(UsageError("There is no source 'x'")))
    assert [(one["kind"], one["why"]) for one in hook.got[0]["began"]] == [("failed", "the index is damaged")]
    announce(options, look_of("crawl", CrawlRun(options.sources, options.limits, collection), (), options))
    assert [len(one["ended"]) for one in hook.got] == [0, 1]


def test_a_scheduled_run_that_dies(hook: Hook, collection: Path) -> None:
    """A scheduler tells once that the crawls it began end with an error status, though they could not say so."""
    options = settings(collection, "gazette", webhook=hook.url)
    context = Context(collection, False, -1, io.StringIO(), io.StringIO())  # noqa: FBT003 - not for people
    scheduler = Scheduler(options, lambda: options, (sys.executable, "-c", "raise SystemExit(1)"), context)
    for _ in range(2):
        scheduler._crawl_now(["gazette"])
    ((told,),) = [one["began"] for one in hook.got]
    assert (told["source"], told["kind"], told["why"]) == (None, "failed", "it ended with status 1")


def test_a_collection_that_is_written_to(hook: Hook, collection: Path, tmp_path: Path) -> None:
    """A scheduler waits for whoever writes to the collection, tells of it after six hours, and then crawls as ever."""
    options = settings(collection, "gazette", webhook=hook.url)
    context = Context(collection, False, -1, io.StringIO(), io.StringIO())  # noqa: FBT003 - not for people
    note = tmp_path / "begun"
    code = f"import sys; open({str(note)!r}, 'a').write(sys.argv[1]); raise SystemExit({Locked.exit_status})"
    scheduler = Scheduler(options, lambda: options, (sys.executable, "-c", code), context)
    lock = take_lock(Collection(collection))
    scheduler._crawl_now(["gazette"])
    assert scheduler._rest_until > datetime.now(UTC)
    assert not note.exists()
    assert scheduler._locked_since is not None
    scheduler._locked_since -= timedelta(hours=5)
    scheduler._crawl_now(["gazette"])
    assert hook.got == []
    scheduler._locked_since -= timedelta(hours=1)
    scheduler._crawl_now(["gazette"])
    scheduler._crawl_now(["gazette"])
    lock.release()
    ((told,),) = [one["began"] for one in hook.got]
    assert (told["kind"], "writing to the collection since" in told["why"]) == ("failed", True)
    scheduler._locked_since = None
    scheduler._crawl_now(["gazette"])  # and finds that somebody was quicker
    assert note.read_text(encoding="utf-8") == "crawl"
    assert scheduler._locked_since is not None
    scheduler._command = (sys.executable, "-c", "raise SystemExit(0)")
    scheduler._crawl_now(["gazette"])
    assert scheduler._locked_since is None
    assert len(hook.got) == 1


def test_what_is_taken_for_how_things_are(hook: Hook, tmp_path: Path) -> None:
    """A concern that is accepted after its 30 days is not said to be over, in words, subject and JSON."""
    options = settings(tmp_path, "gazette", "herald", webhook=hook.url)
    run = CrawlRun(options.sources, options.limits, tmp_path)
    short = Concern("gazette", Kind.SHORT, "texts are shorter", NOW)
    failed = Concern("herald", Kind.LISTING_FAILED, "1 of 2 listings could not be read", NOW)
    run.noted = Noted((short, failed))
    announce(options, look_of("crawl", run, matters_of(run), options))
    run.noted = Noted(over=(replace(short, over=NOW, accepted=True), replace(failed, over=NOW)))
    announce(options, look_of("crawl", run, matters_of(run), options))
    said = hook.got[1]
    assert {(one["source"], one["accepted"]) for one in said["ended"]} == {("gazette", True), ("herald", False)}
    subject, first, second = said["text"].splitlines()[:3]
    assert subject == "newsclip: 1 is over, 1 goes on as the new normal (herald, gazette)"
    assert "taken for how the source is" in first
    assert "over at" not in first
    assert "over at" in second


def test_what_a_crawl_finds(tmp_path: Path) -> None:
    """Every concern that stands, and a disk that is short, are matters; other limits are as they were set."""
    options = settings(tmp_path, "gazette", "herald")
    run = CrawlRun(options.sources, options.limits, tmp_path)
    failed = Concern("gazette", Kind.LISTING_FAILED, "1 of 2 listings could not be read: HTTP status 500", run.began)
    run.noted = Noted((failed, Concern("herald", Kind.LISTING_EMPTY, "it names nothing, and did before", run.began)))
    run.sources["herald"].limit = "the limit of 5 pages (max_pages)"
    found = list(matters_of(run))
    assert [(one.source, one.kind) for one in found] == [("gazette", "listing-failed"), ("herald", "listing-empty")]
    assert "HTTP status 500" in found[0].why
    assert look_of("crawl", run, found, options).complete == {"gazette", WHOLE_RUN}
    run.limit, run.short_of_disk = "less than 5 bytes of free disk", True
    assert [one.kind for one in matters_of(run)][-1] == "disk"
    assert look_of("crawl", run, found, options).complete == {WHOLE_RUN}


def test_nothing_to_send_loads_nothing(collection: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Without [notify] no file is written, and with it no process is begun and no library loaded for nothing."""
    caplog.set_level(logging.DEBUG)
    announce(settings(collection, "gazette"), looked(EMPTY))
    announce(settings(collection, "gazette", webhook="http://127.0.0.1:9/"), looked())
    assert not caplog.records
    assert not {"aiosmtplib"} & set(sys.modules)
