"""What the log tells of: every event by its name, with its level and its fields. docs/logs.md has the same table.

Names and fields are for machines and stay as they are; messages are for people and may change. A field whose value is
not known is left out.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEBUG, INFO, WARNING, ERROR = logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR
NOTICE = 25
"""Between a warning and what only -v shows: normal, and worth a line (RFC 5424 section 6.2.1 has such a level)."""
logging.addLevelName(NOTICE, "NOTICE")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is logged: what happened, how much it matters, and what is said of it."""

    level: int
    meaning: str
    fields: tuple[str, ...] = ()


EVENTS: Mapping[str, Event] = {
    "command.failed": Event(ERROR, "the command ends before its time", ("status",)),
    "command.said": Event(NOTICE, "words of a command that are no event"),
    "thread.failed": Event(ERROR, "a thread of ours died", ("why",)),
    "run.began": Event(INFO, "a run has its collection and its number", ("command", "collection")),
    "run.mended": Event(NOTICE, "what a run before left open was mended"),
    "run.unfinished": Event(NOTICE, "an earlier save was cut short", ("left",)),
    "run.nameless": Event(NOTICE, "sites cannot see who crawls them"),
    "run.progress": Event(NOTICE, "every half a minute", ("done", "total", "rate")),
    "run.limited": Event(NOTICE, "a limit ended the run, or its work on one source", ("source", "limit")),
    "run.ended": Event(
        NOTICE, "a run is over", ("command", "outcome", "seconds", "captured", "verdicts", "bytes", "report")
    ),
    "run.unclosed": Event(ERROR, "a run that had to stop did not do so well", ("why",)),
    "source.ended": Event(
        NOTICE,
        "what a crawl did for one source",
        ("source", "asked", "unchanged", "failed", "new", "articles", "left", "bytes"),
    ),
    "source.rechecked": Event(NOTICE, "what came of looks at one source's articles", ("source", "outcomes")),
    "source.attention": Event(NOTICE, "something needs attention", ("source", "kind", "since", "why")),
    "source.over": Event(
        NOTICE,
        "something needs it no more; `accepted`: it is taken for how the source is",
        ("source", "kind", "since", "why", "accepted"),
    ),
    "host.left": Event(INFO, "a host is left for later", ("host", "why")),
    "host.unfinished": Event(NOTICE, "at the end: addresses of it that were not asked for", ("host", "why", "targets")),
    "crawl.listing.read": Event(
        INFO, "a feed, sitemap or section page was read", ("source", "url", "host", "status", "entries", "new")
    ),
    "crawl.listing.unchanged": Event(INFO, "one answered 304", ("source", "url", "host", "status")),
    "crawl.listing.failed": Event(WARNING, "one gave nothing to read", ("source", "url", "host", "status", "why")),
    "crawl.listing.barren": Event(
        NOTICE, "a section page has no links to articles, and never had; said once", ("source", "url", "host", "why")
    ),
    "crawl.addresses.refused": Event(
        WARNING, "addresses lead round in circles; `url` is the first", ("source", "url", "host", "count", "why")
    ),
    "fetch.answered": Event(DEBUG, "an answer came", ("url", "host", "status", "seconds", "bytes", "truncated")),
    "fetch.redirected": Event(INFO, "an answer names another address", ("url", "host", "status", "seconds", "to")),
    "fetch.failed": Event(INFO, "no answer came", ("url", "host", "seconds", "why")),
    "page.kept": Event(
        INFO, "a page is safe", ("source", "url", "host", "status", "seconds", "verdict", "reason", "revisit")
    ),
    "page.rechecked": Event(INFO, "an article was looked at again", ("source", "url", "host", "outcome")),
    "page.unjudged": Event(WARNING, "a stored page cannot be judged anew", ("url", "host", "why")),
    "rescue.began": Event(INFO, "a copy of a dead page is looked for", ("url", "host")),
    "rescue.done": Event(INFO, "a copy is safe; `copy` is its address", ("url", "host", "copy")),
    "rescue.failed": Event(NOTICE, "no copy is had", ("url", "host", "why")),
    "save.line.refused": Event(ERROR, "a line of a list is no address", ("file", "line", "why")),
    "save.counted": Event(NOTICE, "at the end of a save: `what` happened to `count` addresses", ("what", "count")),
    "notify.sent": Event(INFO, "a channel took what waited for it", ("channel", "notices")),
    "notify.failed": Event(WARNING, "a channel, or without one all, could not be told", ("channel", "why")),
    "notify.partial": Event(WARNING, "a channel took it, but not for all", ("channel", "why")),
    "notify.forgot": Event(WARNING, "what was said cannot be read or written", ("file", "why")),
    "schedule.waiting": Event(NOTICE, "nothing is due before then", ("source", "until")),
    "schedule.began": Event(NOTICE, "a command is begun for sources that are due", ("command", "sources")),
    "schedule.failed": Event(NOTICE, "a command ended badly; all rest until then", ("command", "status", "until")),
    "schedule.locked": Event(NOTICE, "another process writes to the collection, and is waited for", ("until",)),
    "schedule.settings.read": Event(NOTICE, "the configuration was read again", ("sources",)),
    "schedule.settings.kept": Event(NOTICE, "it is wrong, and stays as it was", ("why",)),
}
