"""Pages that are stored but were never judged: their process died between the two.

They go the same way as a page off the network, from the bytes of their record.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from archive.model import Exchange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model import Capture
    from crawler.session import Session


def judge_stored(session: Session, captures: Sequence[Capture]) -> None:
    """Judge stored pages and add verdict and text to them; each is acknowledged like a page that was just fetched."""
    if captures:
        asyncio.run(_judge_all(session, captures))


async def _judge_all(session: Session, captures: Sequence[Capture]) -> None:
    for capture in captures:
        response = session.writer.stored_response(capture)
        exchange = Exchange(
            capture.url, b"", response, capture.fetched_at, 0.0, truncated=capture.truncated, error=capture.error
        )
        processed = await session.judges.judge((exchange,), capture.target)
        session.count(await asyncio.wrap_future(session.writer.judge(capture, processed)))
