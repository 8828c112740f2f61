"""`newsclip report`: what became of the archived articles, by source and in all; for a terminal, as JSON, as a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.answer import answer, iso
from archive.disk import explained, replace_file
from archive.errors import DiskFull, NotWritable, UsageError
from archive.link_rot import BANDS
from archive.lookup import open_index
from archive.report import Owner, Period, report, sources
from archive.report_text import for_people
from archive.selection import hosts
from archive.standing import State
from archive.terminal import Screen, escape, json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive.command import Context
    from archive.link_rot import Row
    from archive.report import Counts, Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: `names` of sources or sites (none: all), the period, and the file for a page, if one is."""

    names: tuple[str, ...]
    period: Period
    html: str | None = None
    force: bool = False


def show_report(wanted: Wanted, context: Context) -> int:
    """Report on a collection.

    Raises:
        UsageError: a name is neither that of a source nor of a site, or the file for the page is there already.
        NewsclipError: there is no collection, its index cannot be read, or the page cannot be written.

    """
    file = Path(wanted.html) if wanted.html is not None else None
    if file is not None and not wanted.force and file.exists():
        raise _is_there(file)
    names = {_plain(name): name for name in wanted.names}
    with open_index(context.collection) as connection:
        found = report(connection, wanted.period, lambda owner: not names or _plain(owner.name) in names)
        if unknown := names.keys() - {_plain(owner.name) for owner in found.owners}:
            _refuse_unknown(
                {plain: names[plain] for plain in unknown},
                [owner.name for owner in sources(connection)],
                hosts(connection),
            )
    if context.json:
        for line in _as_json(found, wanted.period):
            context.out.write(json_line(line) + "\n")
    if file is not None:
        _write_page(file, found, wanted, context)
    elif not context.json:
        context.out.write(for_people(found, wanted.period, Screen.of(context.out)))
    if not found.total.addresses and context.verbosity >= 0:
        context.err.write("No page was judged here yet, or none of these; newsclip status says what there is.\n")
    return 0


def _plain(name: str) -> str:
    return name.strip().lower().removeprefix("www.")


def _refuse_unknown(names: Mapping[str, str], crawled: Iterable[str], saved: Iterable[str]) -> None:
    """Refuse names of which nothing is known; a site that only the period leaves empty is known."""
    known = {_plain(name): name for name in (*crawled, *saved)}
    for plain, typed in names.items():
        if plain not in known:
            near = [known[name] for name in get_close_matches(plain, known, 3)]
            remedy = f"close to it are: {', '.join(near)}" if near else "newsclip report without a name shows all"
            raise UsageError(
                f"{typed!r} is no source that was crawled and no site of which pages were saved; {remedy}."
            )


def _write_page(file: Path, found: Report, wanted: Wanted, context: Context) -> None:
    """Write the page whole or not at all, and only with `--force` over what is there."""
    from archive.report_page import page  # noqa: PLC0415 - for those who ask for it

    name = context.collection.resolve().name
    text = page(found, wanted.period, made_at=datetime.now(UTC), collection=name)
    try:
        if wanted.force:
            replace_file(file, text.encode("utf-8"))
        else:
            _write_new(file, text)
    except FileExistsError:
        raise _is_there(file) from None
    except OSError as error:
        if isinstance(full := explained(error, file), DiskFull):
            raise full from None
        raise NotWritable(f"{file} cannot be written ({error.strerror or error}); name another file.") from None
    if not context.json:
        context.out.write(f"Wrote {escape(str(file))}.\n")


def _write_new(file: Path, text: str) -> None:
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        try:
            stream.write(text)
            stream.flush()
        except OSError:
            file.unlink(missing_ok=True)
            raise


def _is_there(file: Path) -> UsageError:
    return UsageError(f"{file} is there already; replace it with: newsclip report --html {file} --force")


def _as_json(found: Report, period: Period) -> Iterator[dict[str, Any]]:
    for owner, counts in found.owners.items():
        yield {"row": "source", **_owner_as_json(owner), **_counts_as_json(counts)}
    span = {"since": _iso(period.since), "until": _iso(period.until)}
    yield {"row": "total", **span, **_counts_as_json(found.total)}
    for concern in found.attention:
        yield {
            "row": "attention",
            "source": concern.source,
            "kind": concern.kind.value,
            "why": concern.why,
            "since": iso(concern.since),
            "over": _iso(concern.over),
        }
    for one in found.dead:
        yield {
            "row": "dead",
            **_owner_as_json(one.owner),
            "url": one.url,
            "dead_since": iso(one.since),
            "seen_alive": _iso(one.seen_alive),
            "last_good_copy": answer(one.copy) if one.copy else None,
        }


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _owner_as_json(owner: Owner) -> dict[str, Any]:
    return {"source": owner.name if owner.is_source else None, "site": None if owner.is_source else owner.name}


def _counts_as_json(counts: Counts) -> dict[str, Any]:
    return {
        "addresses": counts.addresses,
        "articles": counts.articles,
        "new": counts.new,
        "edited": counts.edited,
        "edits": counts.edits,
        "alive": counts.states[State.ALIVE],
        "in_doubt": counts.states[State.IN_DOUBT],
        "dead": counts.states[State.DEAD],
        "died": counts.died,
        "ages": [_age_as_json(number, name, row) for number, (name, row) in enumerate(counts.link_rot.rows())],
    }


def _age_as_json(number: int, name: str, row: Row) -> dict[str, Any]:
    """Return a row of the table; the last is of all ages, and neither it nor the oldest ends."""
    starts = [band.start.days for band in BANDS]
    share = row.alive
    return {
        "age": name,
        "from_days": starts[number] if number < len(starts) else 0,
        "to_days": starts[number + 1] if number + 1 < len(starts) else None,
        "addresses": row.addresses,
        "looked_at_again": row.again,
        "alive": row.states[State.ALIVE],
        "dead": row.states[State.DEAD],
        "in_doubt": row.states[State.IN_DOUBT],
        "share_alive": round(share.share, 4) if share else None,
        "share_low": round(share.low, 4) if share else None,
        "share_high": round(share.high, 4) if share else None,
    }
