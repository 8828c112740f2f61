"""What was found so far, within bounds, and how often something was left out and why.

A sitemap can be wrong fifty thousand times in the same way: what is left out is counted by its reason, with the first
example, and comes out as one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.discovery.addresses import absolute
from pipelines.discovery.texts import moment, plain_text
from pipelines.discovery.values import Discovered, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model import Page
    from pipelines.discovery.values import DiscoveryOptions, EntryKind

_EXAMPLE = 80
_MOST_FURTHER = 10


class Finds:
    """The entries of one answer as they are read; addresses that are not absolute start from its own."""

    def __init__(self, page: Page, options: DiscoveryOptions) -> None:
        self.page = page
        self.options = options
        self.title: str | None = None
        self.barren: str | None = None
        self._entries: dict[str, Entry] = {}
        self._further: dict[str, None] = {}
        self._faults: dict[str, None] = {}
        self._left_out: dict[str, tuple[int, str]] = {}

    @property
    def cut(self) -> bool:
        """Whether the answer, or what it unfolds to, may break off before its end."""
        return self.page.truncated is not None or bool(self._faults)

    def fault(self, line: str) -> None:
        """Remember one thing that is wrong with the whole."""
        self._faults[line] = None

    def leave_out(self, reason: str, example: str = "") -> None:
        """Count one entry that is of no use."""
        times, first = self._left_out.get(reason, (0, example))
        self._left_out[reason] = (times + 1, first)

    def add(  # noqa: PLR0913 - an entry has so many parts; all but the address are keywords with defaults
        self,
        reference: str,
        *,
        title: str | None = None,
        published: Iterable[str] = (),
        modified: Iterable[str] = (),
        kind: EntryKind = "article",
        base: str | None = None,
    ) -> None:
        """Take an entry, or count it as left out; an address that comes again adds what was not known of it.

        Of the values for a time the first counts that is one.
        """
        url = absolute(reference, base or self.page.url, self.options.max_address)
        if url is None:
            self.leave_out("its address is none of the web, or too long", reference)
            return
        entry = Entry(
            url,
            plain_text(title, self.options.max_title),
            self._moment(published),
            self._moment(modified),
            kind,
        )
        known = self._entries.get(url)
        if known is not None:
            self._entries[url] = _joined(known, entry)
        elif len(self._entries) >= self.options.max_entries:
            self.leave_out(f"there are more than {self.options.max_entries:,}", url)
        else:
            self._entries[url] = entry

    def continue_at(self, reference: str, base: str | None = None) -> None:
        """Remember a page that continues this one."""
        url = absolute(reference, base or self.page.url, self.options.max_address)
        if url is not None and url != self.page.url and len(self._further) < _MOST_FURTHER:
            self._further[url] = None

    def _moment(self, values: Iterable[str]) -> str | None:
        """Return the first of the values that is a date or time."""
        return next((when for value in values if (when := moment(value, self.page.fetched_at))), None)

    def result(self) -> Discovered:
        """Return all that was found."""
        left_out = [
            f"{times:,} {'entry was' if times == 1 else 'entries were'} left out: {reason}"
            + (f" (the first: {first[:_EXAMPLE]!r})." if first else ".")
            for reason, (times, first) in self._left_out.items()
        ]
        title = plain_text(self.title, self.options.max_title)
        faults = (*self._faults, *left_out)
        return Discovered(tuple(self._entries.values()), faults, tuple(self._further), title, self.barren)


def _joined(known: Entry, again: Entry) -> Entry:
    return Entry(
        known.url,
        known.title or again.title,
        known.published or again.published,
        known.modified or again.modified,
        known.kind,
    )
