"""`newsclip diff`: which words were added to an article and removed from it, between two versions or through all.

The texts come out of the WARC files; a revisit has that of the record it repeats. Captures in which no text was read
are passed over. Versions stand in the order of what they are of: a rescued copy at the date when its archive took it.
The two that are compared are the last capture of one version and the first of the next, so that the edit lies between
their times; with `--from` they are the captures that were asked for. Addresses that are one article (joins.py) have
their versions together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.address import clean_address
from archive.answer import ARCHIVE_FOLDER, answer
from archive.collection import Collection
from archive.edits import Reading, edits
from archive.errors import NotFound
from archive.lookup import captures_of_article, nearest, open_index
from archive.original import text_of
from archive.redline import redline
from archive.rows import origin_of, verdict_of
from archive.terminal import Screen, escape, json_line
from archive.word_diff import compare, excerpt, tokens_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.command import Context
    from archive.model import Capture
    from archive.moment import Moment
    from archive.word_diff import Run

_MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to compare: from and to a moment, `every` version with the next; and how many equal words to show around."""

    start: Moment | None
    end: Moment | None
    every: bool
    words_around: int


def diff(typed: str, wanted: Wanted, context: Context) -> int:
    """Print what changed in an article.

    Raises:
        NotFound: the address was never captured, no text was read there, or there are no two versions of it.
        NewsclipError: it is no address, or the collection cannot be read.

    """
    with open_index(context.collection) as connection:
        captures = captures_of_article(connection, typed)
    readable = _with_text(captures, typed)
    screen = Screen.of(context.out)
    compared = 0
    for before, after in _pairs(Collection(context.collection), readable, wanted):
        runs = compare(tokens_of(before.text), tokens_of(after.text))
        shown = excerpt(runs, wanted.words_around)
        if context.json:
            said = _as_json(before.capture, after.capture, shown)
            context.out.write(json_line({"url": clean_address(typed)} | said) + "\n")
        else:
            context.out.write("\n" * bool(compared) + _for_people(before.capture, after.capture, shown, screen))
        compared += 1
    if not compared:
        raise NotFound(_nothing(readable, wanted, typed))
    return 0


def _with_text(captures: Sequence[Capture], typed: str) -> list[Capture]:
    """Return the captures in which text was read, in the order of what they are of."""
    readable = [capture for capture in captures if capture.text is not None]
    if not readable:
        raise NotFound(
            f"No text was read in any capture of {escape(typed)}; the newest is {verdict_of(captures[-1])}. "
            f"See all with: newsclip history {escape(typed)}"
        )
    return sorted(readable, key=lambda capture: (capture.as_of, capture.fetched_at, capture.id))


def _pairs(collection: Collection, captures: Sequence[Capture], wanted: Wanted) -> Iterator[tuple[Reading, Reading]]:
    """Yield what is to be compared; texts are read as they are needed, so that years of captures fit in memory."""

    def read(capture: Capture) -> Reading:
        return Reading(capture, text_of(collection, capture) or "")

    first = captures.index(nearest(list(captures), wanted.start)) if wanted.start else 0
    last = captures.index(nearest(list(captures), wanted.end)) if wanted.end else len(captures) - 1
    if wanted.every:
        yield from edits(map(read, captures[min(first, last) : max(first, last) + 1]))
    elif wanted.start:
        if first != last:
            yield read(captures[first]), read(captures[last])
    else:
        for after, before in edits(map(read, reversed(captures[: last + 1]))):
            yield before, after
            return


def _nothing(captures: Sequence[Capture], wanted: Wanted, typed: str) -> str:
    """Return why there is nothing to compare, and what to do."""
    url = escape(typed)
    if wanted.start or wanted.end:
        return (
            f"Between the dates that were asked for, {url} has one version; text was read in its captures of "
            f"{_some_times(captures)}. See what changed when with: newsclip history {url}"
        )
    times = f"{len(captures)} times with the same words" if len(captures) > 1 else "once with text"
    return (
        f"{url} was captured {times}, up to {_time(captures[-1])}: there is one version, and nothing to compare it "
        f"with. See whether it has changed since: newsclip save {url}"
    )


def _as_json(before: Capture, after: Capture, runs: Sequence[Run]) -> dict[str, Any]:
    return {
        "from": _side(before),
        "to": _side(after),
        "added": words_in(runs, "added"),
        "removed": words_in(runs, "removed"),
        "moved": words_in(runs, "moved-to"),
        "metadata": [{"field": name, "from": old, "to": new} for name, old, new in _metadata(before, after)],
        "changes": [_change(run) for run in runs] if _differ(runs) else [],
    }


def _change(run: Run) -> dict[str, Any]:
    return {"op": run.op, "words": run.words, "text": None if run.op == "skipped" else run.text}


def _differ(runs: Sequence[Run]) -> bool:
    return any(run.op not in ("equal", "skipped") for run in runs)


def _side(capture: Capture) -> dict[str, Any]:
    assert capture.text is not None
    text = {"text_warc": f"{ARCHIVE_FOLDER}/{capture.text.warc}", "text_record_id": capture.text.record_id}
    return answer(capture) | {"modified": capture.modified} | text


def _metadata(before: Capture, after: Capture) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, old and new value of what is known of the article, as far as it differs."""
    for name in ("title", "authors", "published", "modified"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield name, _value(old), _value(new)


def _value(known: str | tuple[str, ...] | None) -> str | list[str] | None:
    return list(known) if isinstance(known, tuple) else known


def _for_people(before: Capture, after: Capture, runs: Sequence[Run], screen: Screen) -> str:
    lines = [screen.bold(escape(after.title or after.url)), f"from  {_origin(before)}", f"to    {_origin(after)}"]
    lines.append(_counts(runs))
    for name, old, new in _metadata(before, after):
        changed = compare(*(tokens_of(_on_one_line(side)) for side in (old, new)))
        lines.append(f"{name}: {redline(changed, screen)}")
    if _differ(runs):
        lines += ["", redline(runs, screen)]
    return "\n".join(lines) + "\n"


def _on_one_line(value: str | list[str] | None) -> str:
    return " ".join((", ".join(value) if isinstance(value, list) else value or "").split())


def _counts(runs: Sequence[Run]) -> str:
    added, removed, moved = (words_in(runs, op) for op in ("added", "removed", "moved-to"))
    said = f"{added} {'word' if added == 1 else 'words'} added, {removed} removed"
    return f"{said}, {moved} moved" if moved else said


def _origin(capture: Capture) -> str:
    if capture.memento:
        return f"{_time(capture)}  {origin_of(capture.memento, capture.url)}, of {escape(capture.memento.original)}"
    return f"{_time(capture)}  {escape(capture.url)}"


def _time(capture: Capture) -> str:
    return f"{capture.as_of:%Y-%m-%d %H:%M:%S} UTC"


def _some_times(captures: Sequence[Capture]) -> str:
    """Return when captures were made; of many the first and the last."""
    shown = captures if len(captures) <= _MOST_TIMES else (captures[0], captures[-1])
    return (", " if len(shown) == len(captures) else " … ").join(map(_time, shown))
