"""A collection on disk: which file is where. The layout is that of a WACZ package, unzipped (docs/collection.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.disk import explained
from archive.errors import NoCollection

if TYPE_CHECKING:
    from pathlib import Path

OPEN = ".open"
"""What the name of a WARC file ends in while it is written."""
TEXT_SUFFIX = "-text.warc.gz"
"""What the name of a WARC file ends in that holds verdicts and clean text; the originals have its beginning alone."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The paths of a collection; it need not exist."""

    path: Path

    @property
    def archive(self) -> Path:
        """WARC files: the truth."""
        return self.path / "archive"

    @property
    def articles(self) -> Path:
        """Clean text for people, a Markdown file an article."""
        return self.path / "articles"

    @property
    def indexes(self) -> Path:
        """A CDXJ file for each closed WARC file."""
        return self.path / "indexes"

    @property
    def pages(self) -> Path:
        """The list of pages, as WACZ has it."""
        return self.path / "pages" / "pages.jsonl"

    @property
    def reports(self) -> Path:
        """Run records, and what mending cut off."""
        return self.path / "reports"

    @property
    def database(self) -> Path:
        """The index: everything in it can be rebuilt from the WARC files."""
        return self.path / "newsclip.sqlite"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.path / "newsclip.lock"

    @property
    def compaction(self) -> Path:
        """The journal of `newsclip compact`, while it is at work."""
        return self.path / "newsclip.compact"

    def require(self) -> None:
        """Make sure that there is a collection.

        Raises:
            NoCollection: there is none.

        """
        if not self.archive.is_dir():
            raise NoCollection(
                f"There is no collection at {self.path}; name one with -C DIR, or begin one with: newsclip save URL"
            )

    def create(self) -> None:
        """Make the folders that are not there yet.

        Raises:
            NotWritable, DiskFull: the file system does not let us.

        """
        try:
            for folder in (self.archive, self.articles, self.indexes, self.pages.parent, self.reports):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, self.path) from None
