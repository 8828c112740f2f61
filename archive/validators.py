"""By what a server knows the version of a page that we have: its ETag and Last-Modified (RFC 9110 section 8.8).

Both stand in the records, so that nothing of them is remembered elsewhere. They are those of the newest capture that
showed the article: a later one that was blocked, or dead, is not what a server should say is still the same. They may
stand in a revisit, whose header fields are newer than those of the response that has the payload.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.errors import NotFound
from archive.http_head import values
from archive.http_message import parse_response
from archive.index import of_record
from archive.lookup import captures_of
from archive.reading import read_record
from archive.standing import ALIVE

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from archive.collection import Collection
    from archive.http_head import Headers
    from archive.model import Capture

TRUSTED = timedelta(days=90)
"""How old the last whole answer may be: that nothing changed is a server's word, and caches have been seen to err."""
_FOUND = range(200, 300)
_NOT_MODIFIED = 304
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a page: `newest` is the capture that had it last, `whole` the response that has its payload."""

    newest: Capture
    whole: Capture


@dataclass(frozen=True, slots=True)
class Validators:
    """What names a version: ETag and Last-Modified as they were sent."""

    etag: bytes | None
    last_modified: bytes | None

    @classmethod
    def of(cls, headers: Headers) -> Validators:
        """Return those of a response; what is too long to be sent back is none."""
        return cls(_first(headers, b"etag"), _first(headers, b"last-modified"))

    @property
    def conditions(self) -> dict[bytes, bytes]:
        """The header fields that ask for an answer only if there is another version (RFC 9110 section 13.1)."""
        fields = {b"If-None-Match": self.etag, b"If-Modified-Since": self.last_modified}
        return {name: value for name, value in fields.items() if value}

    def confirmed_by(self, said: Validators) -> bool:
        """Whether a 304 that carries these can be about this version: it names no other one.

        Some servers hold a date against any page that is older, also one that says that the article is missing.
        """
        if self.etag is not None and said.etag is not None:
            return self.etag.removeprefix(b"W/") == said.etag.removeprefix(b"W/")
        return said.etag is None and said.last_modified in {None, self.last_modified}


def version_of(connection: sqlite3.Connection, url: str, now: datetime) -> Version | None:
    """Return the version that an address showed last, if its whole answer is here and not too old."""
    try:
        pages = [one for one in captures_of(connection, url) if _shows(one)]
    except NotFound:
        return None
    newest = pages[-1] if pages else None
    last = next((one for one in reversed(pages) if one.status != _NOT_MODIFIED), None)
    if newest is None or last is None or now - last.fetched_at > TRUSTED:
        return None
    whole = of_record(connection, last.revisit_of) if last.revisit_of else last
    same = newest.payload_digest is not None and newest.payload_digest == last.payload_digest
    return Version(newest, whole) if whole is not None and same and newest.url == whole.url else None


def validators_of(collection: Collection, version: Version) -> Validators:
    """Return what names a version: of its newest capture, and what that leaves out, of the whole response.

    Raises:
        Damaged: a record is not where the index says.

    """
    said = _said(collection, version.newest)
    if version.newest.status != _NOT_MODIFIED:
        return said
    first = _said(collection, version.whole)
    return Validators(said.etag or first.etag, said.last_modified or first.last_modified)


def _said(collection: Collection, capture: Capture) -> Validators:
    return Validators.of(parse_response(read_record(collection, capture.response).block).headers)


def _shows(capture: Capture) -> bool:
    """Whether a capture shows the article and is whole, or says that another one does."""
    if capture.role != "page" or capture.liveness not in ALIVE or capture.truncated:
        return False
    return capture.status in _FOUND or (capture.status == _NOT_MODIFIED and capture.revisit_of is not None)


def _first(headers: Headers, name: bytes) -> bytes | None:
    value = next(iter(values(headers, name)), b"")
    return value if 0 < len(value) <= _LONGEST else None
