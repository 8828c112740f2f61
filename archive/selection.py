"""Which captures a command is about: the filters that `list` and `search` share, from flags to SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.index import micros
from archive.model import Liveness
from archive.moment import parse_moment

if TYPE_CHECKING:
    import argparse
    import sqlite3

LISTED = "captures.role IN ('page', 'memento')"
"""What people look for: pages, and the copies rescued for dead ones. The indexes by time and host are for these."""
_HOSTS = f"""
WITH RECURSIVE hosts (host) AS (
    SELECT min(host) FROM captures WHERE {LISTED}
    UNION ALL
    SELECT (SELECT min(host) FROM captures WHERE {LISTED} AND host > hosts.host)
    FROM hosts WHERE host IS NOT NULL
)
SELECT host FROM hosts WHERE host IS NOT NULL
"""  # noqa: S608 - a condition of our own
"""Leaps from host to host in the index, so that it costs by the hosts and not by the captures."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters; what is empty or None lets everything pass. `site` is a host, and stands for its subdomains too."""

    site: str | None = None
    liveness: tuple[Liveness, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    language: str | None = None
    every_role: bool = False

    @classmethod
    def from_arguments(cls, args: argparse.Namespace) -> Selection:
        """Read the flags that `cli` adds to list and search.

        Raises:
            UsageError: one of them has no meaning.

        """
        now = datetime.now(UTC)
        return cls(
            site=site_named(args.site) if args.site else None,
            liveness=tuple(_liveness(name) for names in args.verdict for name in names.split(",")),
            since=parse_moment(args.since, now).start if args.since else None,
            until=parse_moment(args.until, now).end if args.until else None,
            language=args.language.strip().lower() if args.language else None,
            every_role=getattr(args, "all", False),
        )

    @property
    def _roles(self) -> str:
        """The condition on roles: a copy that an archive keeps says nothing of how its address is now."""
        if self.every_role:
            return "1"
        return "captures.role = 'page'" if self.liveness else LISTED

    def where(self, connection: sqlite3.Connection) -> tuple[str, list[object]]:
        """Return the condition on `captures` and its parameters."""
        conditions, values = [self._roles], list[object]()
        if self.site is not None:
            chosen = [host for host in hosts(connection) if _belongs(host, self.site)]
            conditions.append(f"captures.host IN ({_marks(chosen)})")
            values += chosen
        if self.liveness:
            conditions.append(f"captures.liveness IN ({_marks(self.liveness)})")
            values += [liveness.value for liveness in self.liveness]
        if self.since is not None:
            conditions.append("captures.fetched_at >= ?")
            values.append(micros(self.since))
        if self.until is not None:
            conditions.append("captures.fetched_at < ?")
            values.append(micros(self.until))
        if self.language is not None:
            conditions.append("(captures.language = ? OR captures.language LIKE ? || '-%')")
            values += [self.language, self.language]
        return " AND ".join(conditions), values


def hosts(connection: sqlite3.Connection) -> list[str]:
    """Return the hosts that pages were captured from, sorted."""
    return [host for (host,) in connection.execute(_HOSTS)]


def site_named(text: str) -> str:
    """Return the host in what may be an address; www. is a subdomain like any other."""
    host = text.strip().lower().rpartition("://")[2].partition("/")[0].partition(":")[0].rstrip(".")
    if not host:
        raise UsageError(f"{text!r} is no host; write one as in news.example.")
    return host.removeprefix("www.")


def _belongs(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _liveness(name: str) -> Liveness:
    try:
        return Liveness(name.strip().lower())
    except ValueError:
        known = ", ".join(liveness.value for liveness in Liveness)
        raise UsageError(f"{name!r} is no verdict; the verdicts are {known}.") from None


def _marks(values: object) -> str:
    return ",".join("?" * len(values))  # type: ignore[arg-type]
