"""What the answer itself says, before anything is read: no answer at all, or a status code (RFC 9110 section 15)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

HOST_GONE = re.compile(
    r"\bNXDOMAIN\b|name or service not known|nodename nor servname|no such host|(?:host|name|domain) does not exist"
    r"|host not found",
    re.IGNORECASE,
)
"""Words of a resolver that knows the name does not exist; a resolver that merely failed says otherwise."""

CODES: dict[int, tuple[str, Liveness]] = {
    204: ("status.no-content", Liveness.EMPTY),
    205: ("status.no-content", Liveness.EMPTY),
    401: ("status.refused", Liveness.BLOCKED),
    402: ("status.payment", Liveness.PAYWALL),
    403: ("status.refused", Liveness.BLOCKED),
    404: ("status.missing", Liveness.GONE),
    407: ("status.refused", Liveness.BLOCKED),
    410: ("status.gone", Liveness.GONE),
    429: ("status.refused", Liveness.BLOCKED),
    451: ("status.refused", Liveness.BLOCKED),
}
"""Codes that mean something by themselves; the hundreds below decide about the others."""

CLASSES: dict[int, tuple[str, Liveness]] = {
    1: ("status.no-answer", Liveness.UNREACHABLE),
    3: ("status.redirect-unfollowed", Liveness.ERROR),
    4: ("status.client-error", Liveness.ERROR),
    5: ("status.server-error", Liveness.ERROR),
}


def answer(document: Document) -> Iterator[Signal]:
    """See whether an answer came at all, and if not, whether the host still exists.

    A resolver that says so may be a broken one, or that of a machine which is offline: nine to one, not certain.
    """
    page = document.page
    if page.status is not None:
        return
    error = page.error or "no answer"
    if HOST_GONE.search(error):
        yield signal("status.host-gone", Liveness.GONE, error)
    yield signal("status.no-answer", Liveness.UNREACHABLE, error)


def code(document: Document) -> Iterator[Signal]:
    """See what the status code says."""
    status = document.page.status
    if status is None:
        return
    found = CODES.get(status) or CLASSES.get(status // 100)
    if found is not None:
        rule, liveness = found
        yield signal(rule, liveness, f"HTTP status {status}")


SIGNS: tuple[Sign, ...] = (answer, code)
