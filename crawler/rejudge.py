"""Pages that are stored but were never judged: their process died between the two.

They go the same way as a page off the network, from the bytes of their records, those of the redirects before them too.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from archive import sites
from crawler.memory import Memory, stored_exchanges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model import Capture, Processed
    from crawler.session import Session


def judge_stored(session: Session, captures: Sequence[Capture]) -> None:
    """Judge stored pages and add verdict and text to them; each is acknowledged like a page that was just fetched."""
    if captures:
        asyncio.run(_judge_all(session, captures))


async def _judge_all(session: Session, captures: Sequence[Capture]) -> None:
    memory = Memory(session)
    for capture in captures:
        missing_page = session.writer.ask(sites.missing_page, sites.origin_of(capture.url))
        exchanges = await stored_exchanges(session, capture)
        keep = partial(_said, session, capture)
        session.count(await memory.kept(exchanges, capture.target, missing_page, keep))


async def _said(session: Session, capture: Capture, processed: Processed) -> Capture:
    return await asyncio.wrap_future(session.writer.judge(capture, processed))
