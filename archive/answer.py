"""What the program says of a capture with `--json`, the same keys in the same order whatever the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Capture

ARCHIVE_FOLDER = "archive"
"""Where a collection keeps its WARC files; paths in answers are relative to the collection."""

_CUT = {
    "length": "longer than may be kept",
    "time": "out of time",
    "disconnect": "the connection ended",
    "unspecified": "for a reason nobody noted",
}
"""What the values of WARC-Truncated mean (WARC 1.1 section 5.13)."""


def answer(capture: Capture) -> dict[str, Any]:
    """Return the object for a capture; docs/commands.md explains its keys.

    `url` is the address as it was asked for, `final_url` where its redirects led. What the index does not know is None.
    """
    return {
        "url": capture.target,
        "final_url": capture.url,
        "fetched_at": iso(capture.fetched_at),
        "status": capture.status,
        "verdict": capture.liveness.value if capture.liveness else None,
        "reason": capture.reason,
        "confidence": capture.confidence,
        "title": capture.title,
        "authors": list(capture.authors),
        "published": capture.published,
        "language": capture.language,
        "words": capture.words,
        "warc": f"{ARCHIVE_FOLDER}/{capture.response.warc}",
        "offset": capture.response.offset,
        "record_id": capture.response.record_id,
        "revisit_of": capture.revisit_of,
        "memento_of": capture.memento.original if capture.memento else None,
        "memento_datetime": iso(capture.memento.taken_at) if capture.memento else None,
        "article": capture.article,
        "fault": "; ".join(filter(None, (capture.error, _cut(capture), capture.fault))) or None,
    }


def _cut(capture: Capture) -> str | None:
    return f"cut off ({_CUT[capture.truncated]})" if capture.truncated else None


def iso(time: datetime) -> str:
    """Return a UTC time in the form of WARC-Date (WARC 1.1 section 5.4), with microseconds."""
    return f"{time:%Y-%m-%dT%H:%M:%S.%fZ}"
