"""What verifying finds: every kind of damage, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

_FROM_A_COPY = "put the file back from a copy; without one, newsclip reindex keeps what can be read"
_REINDEX = "newsclip reindex makes the index anew from the WARC files"

REMEDIES = {
    "index-damaged": _REINDEX,
    "file-missing": "put the file back from a copy; without one, newsclip reindex forgets what was in it",
    "file-unreadable": "see to the disk and the file's permissions",
    "file-unknown": _REINDEX,
    "file-short": _FROM_A_COPY,
    "left-open": "newsclip mend closes it",
    "torn": "newsclip mend cuts it off a file that was left open; " + _FROM_A_COPY,
    "damaged": _FROM_A_COPY,
    "malformed": _FROM_A_COPY,
    "excess": _FROM_A_COPY,
    "block-digest": _FROM_A_COPY,
    "payload-digest": _FROM_A_COPY,
    "record-missing": _REINDEX,
    "record-differs": _REINDEX,
    "record-not-indexed": _REINDEX,
    "revisit-orphan": "put the file with the original back from a copy",
    "text-orphan": "put the file with the original back from a copy",
    "text-missing": _REINDEX,
    "text-differs": _REINDEX,
    "article-missing": "newsclip reindex writes it again",
    "article-differs": "delete it, and newsclip reindex writes it again; your own edits belong into a copy",
    "cdxj-missing": _REINDEX,
    "cdxj-differs": _REINDEX,
    "cdxj-stray": "delete it",
}
"""Every kind, and what to do; docs/commands.md explains them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it should be: what kind, where (file, or file and offset), and what in words."""

    kind: str
    where: str
    what: str

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDIES[self.kind]
