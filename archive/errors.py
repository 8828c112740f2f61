"""Everything newsclip raises on purpose, by what the user can do next; each class carries its exit status.

    NewsclipError                    1  a fault of ours, or unnamed
    ├── UsageError                   2  the command line or newsclip.toml is wrong: change it
    ├── CollectionError              2  the collection cannot be used as it is
    │   ├── NoCollection                no collection there: name another or create it by saving
    │   ├── Locked               75     another process is writing: wait for it
    │   └── NotWritable                 permissions or a read-only file system
    ├── NotFound                     5  the address, record or text asked for is not in the collection
    ├── LimitReached                 6  a limit was reached: size, time or disk
    │   └── DiskFull
    └── Damaged                      7  a file is not what it should be; the message names `verify`, `mend` or `reindex`

A message is one line or two: the value that is wrong, then the remedy.
"""

from __future__ import annotations


class NewsclipError(Exception):
    """The base of all; never raised itself."""

    exit_status = 1


class UsageError(NewsclipError):
    """A command line or configuration that cannot be carried out."""

    exit_status = 2


class CollectionError(NewsclipError):
    """A collection that cannot be used as it is."""

    exit_status = 2


class NoCollection(CollectionError):  # noqa: N818 - the name says what is the matter; "NoCollectionError" says it twice
    """There is no collection at the path."""


class Locked(CollectionError):  # noqa: N818 - as above
    """Another process writes to the collection."""

    exit_status = 75  # EX_TEMPFAIL of sysexits.h: the same command may go well later


class NotWritable(CollectionError):  # noqa: N818 - as above
    """The collection's folder cannot be written."""


class NotFound(NewsclipError):  # noqa: N818 - as above
    """What was asked for is not in the collection."""

    exit_status = 5


class LimitReached(NewsclipError):  # noqa: N818 - as above
    """A limit of size, time or disk was reached."""

    exit_status = 6


class DiskFull(LimitReached):
    """The disk is full; what was acknowledged before is safe."""


class Damaged(NewsclipError):  # noqa: N818 - as above
    """A file of the collection is not what it should be."""

    exit_status = 7
