"""What a collection is told about the crawl that fills it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Options of writing; the first four are named in every file's warcinfo record.

    `roll_bytes` is the size at which a WARC file is closed and the next one begun (1 GB, as the WARC guidelines say).
    """

    operator: str = ""
    user_agent: str = ""
    robots: str = "obey"
    software: str = "newsclip"
    roll_bytes: int = 1_000_000_000
