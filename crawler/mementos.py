"""What is done in a worker with what an archive sent: its list is read, its copy is judged.

Both come from somebody else and may be of any size or make, so they are decoded and parsed where a deadline and a
memory limit hold (crawler/workers.py). This module is imported there, and imports no Scrapy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.model import Liveness, Processed, Verdict
from archive.page import page_from
from pipelines.memento import as_original, copies_in, is_rewritten, joined, next_timemap

if TYPE_CHECKING:
    from archive.model import Exchange, Memento, SiteProfile
    from pipelines.memento import Copy

REWRITTEN = "The archive changed the page (its banner, or links into the archive), though it was asked for it raw."


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says: copies, newest first; the part of it that is newer still; what is wrong if it is none."""

    copies: tuple[Copy, ...] = ()
    further: str | None = None
    fault: str | None = None


def read_list(exchange: Exchange, template: str, asked: str, limit: int) -> Listed:
    """Return what an index of CDX or a TimeMap lists."""
    page = page_from((exchange,), exchange.url, limit)
    if page.truncated or page.fault:
        return Listed(fault=page.fault or "it came cut short")
    text = page.body.decode("utf-8", "replace")
    try:
        copies = copies_in(text, template, asked)
    except (ValueError, RecursionError) as error:
        return Listed(fault=f"it is neither CDX in JSON nor a TimeMap ({error})"[:200])
    return Listed(
        tuple(replace(copy, url=joined(page.url, copy.url)) for copy in copies),
        next_timemap(text, frozenset({exchange.url})),
    )


def judge_copy(exchange: Exchange, memento: Memento, limit: int, site: SiteProfile) -> Processed:
    """Return what the page was that an archive sent a copy of, by all that is known of its site."""
    from pipelines.flow import process  # noqa: PLC0415 - the extractor is imported where it runs

    page = page_from((exchange,), exchange.url, limit)
    if is_rewritten(page.body):
        return Processed(Verdict(Liveness.UNSURE, REWRITTEN, 1.0), fault=REWRITTEN)
    return process(as_original(page, memento), site)
