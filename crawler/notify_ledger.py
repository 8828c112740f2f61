"""What was said of the matters that need attention, and what is still to be said: so that each is said once.

    a run's Look ─▶ compared with the matters that are open ─▶ began, ended ─▶ waiting, for each channel ─▶ delivered

A matter is known by its source and kind (`key`), not by its words, which count and vary. It ends when a run that looked
at its source to the end does not find it any more. Each channel has its own list of notices that wait, which is emptied
when a message with all of them was taken: a mail server that is down holds up no webhook, and what it missed is in the
first mail after that. Nothing here touches a file; a ledger is a value.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime  # noqa: TC003 - msgspec reads ledgers by these types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WHOLE_RUN = ""
"""The source of a matter that is no single source's."""
_MOST_WAITING = 1000
"""Notices that one channel keeps while it cannot be reached; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that needs attention: which command found it, at which source, of which kind, why, and since when.

    Without `since` it began when it was found.
    """

    command: str
    source: str
    kind: str
    why: str
    since: datetime | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same matter in the next run."""
        return self.command, self.source, self.kind


@dataclass(frozen=True, slots=True)
class Notice:
    """That a matter began, or, with `until`, that it ended; `accepted` if it goes on, and is how things are now."""

    matter: Matter
    since: datetime
    until: datetime | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a run of a command found, and the sources (or WHOLE_RUN) that it looked at to the end.

    What is open of a source that is no longer `configured` has ended too: nobody will look at it again. `accepted` are
    the keys of matters that lasted so long that they are looked for no more.
    """

    command: str
    found: tuple[Matter, ...]
    complete: frozenset[str]
    configured: frozenset[str]
    accepted: frozenset[tuple[str, str, str]] = frozenset()

    def ends(self, matter: Matter) -> bool:
        """Whether a matter that was not found is over."""
        if matter.source not in self.configured | {WHOLE_RUN}:
            return True
        return matter.command == self.command and matter.source in self.complete


@dataclass(frozen=True, slots=True)
class Ledger:
    """The matters that are open, and what waits to be said on each channel."""

    open: tuple[Notice, ...] = ()
    waiting: dict[str, tuple[Notice, ...]] = field(default_factory=dict)


def after(ledger: Ledger, look: Look, channels: Iterable[str], now: datetime) -> Ledger:
    """Return the ledger after a run; a channel that is new is told of all that is open."""
    found = {matter.key: matter for matter in look.found}
    known = {notice.matter.key for notice in ledger.open}
    ended = [one for one in ledger.open if one.matter.key not in found and look.ends(one.matter)]
    began = [Notice(matter, matter.since or now) for key, matter in found.items() if key not in known]
    still = tuple(one for one in ledger.open if one not in ended)
    over = (replace(one, until=now, accepted=one.matter.key in look.accepted) for one in ended)
    news = (*over, *began)
    return Ledger(
        open=(*still, *began),
        waiting={
            name: _last((*ledger.waiting[name], *news) if name in ledger.waiting else (*still, *began))
            for name in channels
        },
    )


def delivered(ledger: Ledger, channels: Iterable[str]) -> Ledger:
    """Return the ledger after these channels took what waited for them."""
    taken = set(channels)
    return replace(ledger, waiting={name: () if name in taken else all_ for name, all_ in ledger.waiting.items()})


def _last(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    return tuple(notices[-_MOST_WAITING:])
