"""How much one run may take, over all its sources: the keys of `[limits]` in newsclip.toml."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from archive.errors import UsageError
from crawler.quantities import span_text

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class LimitOptions:
    """Where a run ends before its time, leaving the rest to the next; 0 is no limit.

    Raises:
        UsageError: a limit is below nought, or a time longer than a year.

    """

    pages: int = field(default=0, metadata={"help": "most pages that one run fetches; 0 is no limit, here and below"})
    bytes: int = field(default=0, metadata={"form": "size", "help": "most bytes that one run writes, as in 10 GB"})
    time: timedelta = field(
        default=timedelta(), metadata={"form": "span", "help": "the longest that one run may take, as in 6h"}
    )
    min_free_disk: int = field(
        default=1_000_000_000, metadata={"form": "size", "help": "what must stay free on the collection's disk"}
    )

    def __post_init__(self) -> None:
        """Refuse what no run could keep."""
        for name in ("pages", "bytes", "min_free_disk"):
            if getattr(self, name) < 0:
                raise UsageError(f"{name} = {getattr(self, name)} in [limits] is below 0; 0 is no limit.")
        if not timedelta() <= self.time <= _LONGEST:
            raise UsageError(f'time = "{span_text(self.time)}" in [limits] is out of range; it may be 0s to 366d.')
