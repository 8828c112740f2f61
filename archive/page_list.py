"""pages/pages.jsonl: the pages of a collection as WACZ lists them (WACZ 1.1.1 section 5.2.3), appended file by file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.collection import Collection
    from archive.model import Capture

_HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}


def append_pages(collection: Collection, captures: Iterable[Capture]) -> None:
    """Add the pages among these captures that were answered."""
    with collection.pages.open("a", encoding="utf-8") as file:
        if file.tell() == 0:
            file.write(json.dumps(_HEADER) + "\n")
        file.writelines(_line(capture) for capture in captures if capture.role == "page" and capture.status is not None)


def _line(capture: Capture) -> str:
    page = {
        "id": capture.response.record_id.removeprefix("<urn:uuid:").removesuffix(">"),
        "url": capture.url,
        "ts": f"{capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}",
        "title": capture.title or capture.url,
    }
    return json.dumps(page, ensure_ascii=False) + "\n"
