"""What a notice says: a JSON object for the webhook, a plain mail for people.

Reasons hold words of pages and servers. They are cut and made one harmless line each before they go anywhere, and no
header of a mail holds any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from typing import TYPE_CHECKING, Any

from archive.terminal import escape
from crawler.notify_ledger import WHOLE_RUN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crawler.notify_ledger import Notice
    from crawler.notify_options import NotifyOptions

_LONGEST = 500
_NAMES = 5
_NO_MARKUP = str.maketrans({"<": "‹", ">": "›", "@": "＠"})
"""In chats, <…> and @ call people and make links; pages shall not."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Notices that go out together: from which machine and collection, and when; `test` says that they are none."""

    notices: Sequence[Notice]
    collection: str
    machine: str
    sent_at: datetime
    test: bool = False

    @property
    def subject(self) -> str:
        """One line of our own words and the names of sources."""
        if self.test:
            return "newsclip: a test, nothing is wrong"
        began = [one for one in self.notices if one.until is None]
        ended = [one for one in self.notices if one.until is not None and not one.accepted]
        accepted = [one for one in self.notices if one.accepted]
        parts = [f"{len(began)} {_plural('matter needs', 'matters need', began)} attention"] if began else []
        parts += [f"{len(ended)} {_plural('is', 'are', ended)} over"] if ended else []
        parts += [f"{len(accepted)} {_plural('goes', 'go', accepted)} on as the new normal"] if accepted else []
        names = list(dict.fromkeys(_who(one) for one in (*began, *ended, *accepted)))
        shown = [*names[:_NAMES], *(["…"] if len(names) > _NAMES else [])]
        return f"newsclip: {', '.join(parts)} ({', '.join(shown)})"

    @property
    def text(self) -> str:
        """The whole of it, for people."""
        if self.test:
            said = ["This is a test of [notify]. Nothing is wrong."]
        else:
            said = [_in_words(notice) for notice in self.notices]
        place = f"Collection {escape(self.collection)} on {escape(self.machine)}, {_when(self.sent_at)}."
        return "\n".join((*said, "", place, ""))

    def webhook_body(self) -> dict[str, Any]:
        """Return the object that the webhook gets."""
        return {
            "text": f"{self.subject}\n{self.text.translate(_NO_MARKUP)}",
            "test": self.test,
            "collection": self.collection,
            "machine": self.machine,
            "sent_at": self.sent_at.isoformat(timespec="seconds"),
            "began": [in_json(one) for one in self.notices if one.until is None],
            "ended": [in_json(one) for one in self.notices if one.until is not None],
        }

    def mail(self, options: NotifyOptions) -> bytes:
        """Return the mail as it travels."""
        message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # not every server takes eight
        message["From"] = options.mail_from
        message["To"] = ", ".join(options.mail_to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.sent_at)
        message["Message-ID"] = make_msgid("newsclip", parseaddr(options.mail_from)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine shall answer
        message.set_content(self.text)
        return message.as_bytes()


def _in_words(notice: Notice) -> str:
    why = _harmless(notice.matter.why)
    if notice.until is None:
        return f"{_who(notice)} needs attention since {_when(notice.since)}: {why}"
    if notice.accepted:
        return (
            f"{_who(notice)}: this goes on since {_when(notice.since)}, and is now taken for how the source is; "
            f"it will not be said again: {why}"
        )
    return f"{_who(notice)}: over at {_when(notice.until)}, it began {_when(notice.since)}: {why}"


def in_json(notice: Notice) -> dict[str, Any]:
    """Return a notice as the webhook and `newsclip notify --json` have it."""
    matter = notice.matter
    known = {
        "command": matter.command,
        "source": matter.source or None,
        "kind": matter.kind,
        "why": _harmless(matter.why),
        "since": notice.since.isoformat(timespec="seconds"),
    }
    if notice.until is None:
        return known
    return known | {"until": notice.until.isoformat(timespec="seconds"), "accepted": notice.accepted}


def _who(notice: Notice) -> str:
    return f"newsclip {notice.matter.command}" if notice.matter.source == WHOLE_RUN else notice.matter.source


def _when(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _harmless(text: str) -> str:
    harmless = escape(text)
    return harmless if len(harmless) <= _LONGEST else harmless[: _LONGEST - 1] + "…"


def _plural(one: str, many: str, what: Sequence[Notice]) -> str:
    return one if len(what) == 1 else many
