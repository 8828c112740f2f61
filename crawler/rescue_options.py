"""Which archive is asked for copies of dead pages: the keys of `[rescue]` in newsclip.toml."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.errors import UsageError

_MOST_TRIES = 100
_LONGEST_PATIENCE = 3600


@dataclass(frozen=True, slots=True)
class RescueOptions:
    """Where copies are listed and where they are; `{url}` stands for the page, `{timestamp}` for when it was copied.

    A TimeGate takes the place of the two addresses above it.

    Raises:
        UsageError: an address lacks a part, or a number is out of its range; the message names both.

    """

    cdx: str = field(
        default="https://web.archive.org/cdx/search/cdx?url={url}&output=json"
        "&fl=timestamp,original,statuscode,digest&limit=-500",
        metadata={"help": "the archive's index: a CDX server that answers in JSON"},
    )
    copy: str = field(
        default="https://web.archive.org/web/{timestamp}id_/{url}", metadata={"help": "where its copies are, raw"}
    )
    timegate: str = field(default="", metadata={"help": "ask this TimeGate (RFC 7089) instead of the two above"})
    tries: int = field(default=10, metadata={"help": "most copies of one page that are fetched and judged"})
    patience: float = field(default=60.0, metadata={"help": "most seconds to wait when the archive asks to"})

    def __post_init__(self) -> None:
        """Refuse what cannot be carried out."""
        for name, parts in (("cdx", ("{url}",)), ("copy", ("{url}", "{timestamp}")), ("timegate", ())):
            address = getattr(self, name)
            if name == "timegate" and not address:
                continue
            if not address.startswith(("http://", "https://")) or not all(part in address for part in parts):
                needed = f" that holds {' and '.join(parts)}" if parts else ""
                raise UsageError(f"{name} = {address!r} in [rescue] is no http or https address{needed}.")
        if not 1 <= self.tries <= _MOST_TRIES:
            raise UsageError(f"tries = {self.tries} in [rescue] is out of range; it may be 1 to {_MOST_TRIES}.")
        if not 0 <= self.patience <= _LONGEST_PATIENCE:
            raise UsageError(
                f"patience = {self.patience:g} in [rescue] is out of range; it may be 0 to {_LONGEST_PATIENCE}."
            )
