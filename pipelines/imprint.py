"""What a page leaves in its site's memory: digests by which another page that says the same is known again.

Lines are compared without what varies from one missing page to the next: figures, and the address that was asked for.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from archive.model import Liveness, MissingPage
from pipelines.words import plain

if TYPE_CHECKING:
    from archive.model import MissingAnswer, Verdict
    from pipelines.document import Document

LEAST = 60
"""Characters of main text from which two pages that say the same do so by no accident."""

MOST_BLOCKS = 400

_VARIES = re.compile(r"https?://\S+|\d+")
_DIGEST_BYTES = 6


def digest_of(line: str) -> str:
    """Return the digest of a line without what varies: 12 hexadecimal digits (a clash in 10^7 lines is unlikely)."""
    return hashlib.blake2b(
        _VARIES.sub("#", plain(line)).encode(errors="surrogatepass"), digest_size=_DIGEST_BYTES
    ).hexdigest()


def main_text_of(document: Document) -> str | None:
    """Return the digest of what a page says in its title, headings and prose; None for too little to compare."""
    said = [block.text for block in document.outline.blocks if block.is_prose or block.tag in ("h1", "h2")]
    if sum(map(len, said)) < LEAST:
        return None
    return digest_of("\n".join((document.title, *said)))


def missing_page_of(document: Document, verdict: Verdict) -> MissingPage:
    """Return what a site's answer to an address that cannot exist says of the site."""
    page = document.page
    return MissingPage(
        asked=page.requested_url,
        answered=page.url,
        asked_at=page.fetched_at,
        answer=_answer(page.status, verdict),
        title=plain(document.title),
        heading=plain(next(iter(document.outline.headings("h1")), "")),
        blocks=tuple(digest_of(block.text) for block in document.outline.blocks[:MOST_BLOCKS]),
    )


def _answer(status: int | None, verdict: Verdict) -> MissingAnswer:
    if status in (404, 410):
        return "status"
    if verdict.liveness is Liveness.MOVED:
        return "home"
    return "page" if verdict.liveness is Liveness.SOFT_404 else "unknown"
