"""The report for a terminal: a line for each source, the table of link rot, and the addresses that died last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness
from archive.rows import when
from archive.standing import State
from archive.terminal import escape, fit, width

if TYPE_CHECKING:
    from archive.attention import Concern
    from archive.link_rot import Interval, LinkRot
    from archive.report import Counts, Dead, Owner, Period, Report
    from archive.terminal import Screen

_SITES_SHOWN, _DEAD_SHOWN = 30, 20
"""Sites without a source, and dead addresses, that fit on a screen; JSON and the page have all."""
_WIDEST_NAME = 32
COLUMNS = ("addresses", "articles", "new", "edited", "alive", "in doubt", "dead", "died")
_ROT_COLUMNS = ("addresses", "again", "alive", "dead", "in doubt", "share alive (95 %)")


def for_people(found: Report, period: Period, screen: Screen) -> str:
    """Return the whole report, whose every line that holds foreign text is escaped."""
    said = [period_in_words(period)]
    attention = [f"{escape(one.source)} {screen.bold(concern_in_words(one))}" for one in found.attention]
    parts = (_owners(found, screen), said, attention, _rot(found.total.link_rot, screen), _dead(found, screen))
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _owners(found: Report, screen: Screen) -> list[str]:
    """Return a line for each source and site, those without a source with the most addresses, and one for the sum."""
    sites = [owner for owner in found.owners if not owner.is_source]
    shown = sorted(sites, key=lambda owner: -found.owners[owner].addresses)[:_SITES_SHOWN]
    rows = [(owner, counts) for owner, counts in found.owners.items() if owner.is_source or owner in shown]
    named = {owner: name_of(owner) for owner, _ in rows}
    columns = min(_WIDEST_NAME, max([width(escape(name)) for name in named.values()] + [len("source")]))
    lines = [screen.bold(_line("source", COLUMNS, columns))]
    lines += [_line(named[owner], _counted(counts), columns) for owner, counts in rows]
    if len(shown) < len(sites):
        lines.append(screen.dim(f"… and {len(sites) - len(shown):,} more sites without a source"))
    lines.append(screen.bold(_line("all", _counted(found.total), columns)))
    return lines


def name_of(owner: Owner) -> str:
    """Return the name of a source, or the site of pages that belong to none."""
    return owner.name if owner.is_source else f"{owner.name} (no source)"


def period_in_words(period: Period) -> str:
    """Return of what time the report is."""
    since = f"since {when(period.since)}" if period.since else "since the beginning"
    until = f"As it was known on {when(period.until)}; n" if period.until else "N"
    return f"{until}ew, edited and died: {since} (UTC)."


def concern_in_words(one: Concern) -> str:
    """Return what needs attention of a source, or needed it, on one line."""
    if one.over:
        return f"needed attention from {when(one.since)} to {when(one.over)}: {escape(one.why)}."
    return f"needs attention since {when(one.since)}: {escape(one.why)}."


def counted(counts: Counts) -> tuple[int, ...]:
    """Return the figures of a source in the order of the columns."""
    states = counts.states
    return (
        counts.addresses, counts.articles, counts.new, counts.edited,
        states[State.ALIVE], states[State.IN_DOUBT], states[State.DEAD], counts.died,
    )  # fmt: skip


def _counted(counts: Counts) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in counted(counts))


def _line(name: str, cells: tuple[str, ...], columns: int) -> str:
    return fit(escape(name), columns) + "".join(f"{cell:>10}" for cell in cells)


def _rot(table: LinkRot, screen: Screen) -> list[str]:
    """Return the table of link rot, without the ages at which nothing was looked at."""
    rows = [(name, row) for name, row in table.rows() if row.addresses]
    if not rows:
        return []
    columns = max(width(name) for name, _ in rows)
    lines = [screen.bold("Links still alive, by the age of the article when it was looked at again")]
    lines.append(screen.bold(_rot_line("age", _ROT_COLUMNS, columns)))
    for name, row in rows:
        states = (row.states[State.ALIVE], row.states[State.DEAD], row.states[State.IN_DOUBT])
        cells = [f"{count:,}" for count in (row.addresses, row.again, *states)]
        lines.append(_rot_line(name, (*cells, share_in_words(row.alive)), columns))
    if not table.all_ages.again:
        lines.append(
            "Nothing was looked at again yet: newsclip recheck does that for sources, a second save for others."
        )
    return lines


def _rot_line(name: str, cells: tuple[str, ...], columns: int) -> str:
    return fit(name, columns) + "".join(f"{cell:>10}" for cell in cells[:-1]) + f"   {cells[-1]}"


def share_in_words(share: Interval | None) -> str:
    """Return a share with its interval, in per cent."""
    if share is None:
        return "-"
    return f"{100 * share.share:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def _dead(found: Report, screen: Screen) -> list[str]:
    """Return two lines for each dead address, those that died last first."""
    if not found.dead:
        return []
    lines = [screen.bold("Dead, since")]
    for one in found.dead[:_DEAD_SHOWN]:
        lines += [f"{when(one.since)}  {escape(one.url)}", f"{'':18}{screen.dim(escape(copy_in_words(one)))}"]
    if len(found.dead) > _DEAD_SHOWN:
        lines.append(f"… and {len(found.dead) - _DEAD_SHOWN:,} more; --json and --html have them all")
    return lines


def copy_in_words(dead: Dead) -> str:
    """Return where the last good copy of a dead address is."""
    copy = dead.copy
    if copy is None:
        return "no good copy"
    place = copy.article or f"{copy.response.warc} at {copy.response.offset}"
    if copy.memento:
        return f"rescued copy of {when(copy.as_of)}  {place}"
    teaser = " (its teaser)" if copy.liveness is Liveness.PAYWALL else ""
    return f"last good copy {when(copy.as_of)}{teaser}  {place}"
