"""Collections that are damaged, named by their damage: how to make each out of a whole one, and what must be found.

They are made when a test asks, from what the writer writes at that time, so that no file here grows old.
"""

from __future__ import annotations

import gzip
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def originals(path: Path) -> Path:
    """Return the only file of originals."""
    (file,) = (one for one in (path / "archive").iterdir() if not one.name.endswith("-text.warc.gz"))
    return file


def texts(path: Path) -> Path:
    """Return the only text file."""
    (file,) = (path / "archive").glob("*-text.warc.gz")
    return file


def sql(path: Path, statement: str, *values: object) -> list[tuple[int, int]]:
    """Change the index behind the program's back, or ask it."""
    connection = sqlite3.connect(path / "newsclip.sqlite")
    with connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def place(path: Path, url: str, column: str = "") -> tuple[int, int]:
    """Return offset and length of the newest capture of an address, or with "text_" of its text."""
    statement = f"SELECT {column}offset, {column}length FROM captures WHERE url = ? ORDER BY id DESC LIMIT 1"
    return sql(path, statement, url)[0]


def replace_member(file: Path, at: tuple[int, int], change: Callable[[bytes], bytes]) -> None:
    """Put another member of gzip where one was; what comes after it moves."""
    data = file.read_bytes()
    offset, length = at
    record = change(gzip.decompress(data[offset : offset + length]))
    file.write_bytes(data[:offset] + gzip.compress(record, mtime=0) + data[offset + length :])


PORT = "https://news.example/port"
HARBOUR = "https://news.example/harbour"
LAST = "https://evil.example/t"


def bit_flipped_in_a_member(path: Path) -> None:
    """Turn one bit of a compressed record."""
    offset, length = place(path, PORT)
    data = bytearray(originals(path).read_bytes())
    data[offset + length // 2] ^= 0x10
    originals(path).write_bytes(data)


def torn_tail(path: Path) -> None:
    """End the text file in the middle of its last record."""
    data = texts(path).read_bytes()
    texts(path).write_bytes(data[:-20])


def zero_filled_tail(path: Path) -> None:
    """Leave zeros behind the last record, as a crashed file system does."""
    with originals(path).open("ab") as file:
        file.write(bytes(5000))


def bytes_after_the_end(path: Path) -> None:
    """Append something else."""
    with texts(path).open("ab") as file:
        file.write(b"not a record\n")


def member_missing(path: Path) -> None:
    """Cut a whole record out of the middle."""
    offset, length = place(path, PORT)
    data = originals(path).read_bytes()
    originals(path).write_bytes(data[:offset] + data[offset + length :])


def length_of_a_record_wrong(path: Path) -> None:
    """Let a record say that it is longer than it is."""
    replace_member(
        originals(path), place(path, LAST), lambda record: record.replace(b"Content-Length: ", b"Content-Length: 1", 1)
    )


def block_changed(path: Path) -> None:
    """Rewrite a record with another block of the same length, and forget the digest."""
    replace_member(originals(path), place(path, LAST), lambda record: record.replace(b"Low tide.", b"LOW tide."))


def payload_digest_wrong(path: Path) -> None:
    """Give a record the payload digest of something else."""
    replace_member(
        originals(path),
        place(path, LAST),
        lambda record: record.replace(b"WARC-Payload-Digest: sha256:", b"WARC-Payload-Digest: sha256:A", 1),
    )


def row_pointing_nowhere(path: Path) -> None:
    """Let a row of the index point between two records."""
    sql(path, "UPDATE captures SET offset = offset + 1 WHERE url = ?", PORT)


def row_pointing_to_no_file(path: Path) -> None:
    """Let a row of the index point to a file that never was."""
    sql(path, "UPDATE captures SET warc = 'never.warc.gz' WHERE url = ?", PORT)


def row_missing(path: Path) -> None:
    """Lose a capture from the index."""
    sql(path, "DELETE FROM texts WHERE rowid IN (SELECT id FROM captures WHERE url = ?)", PORT)
    sql(path, "DELETE FROM captures WHERE url = ?", PORT)


def row_with_another_status(path: Path) -> None:
    """Let the index say another status than the record."""
    sql(path, "UPDATE captures SET status = 500 WHERE url = ?", PORT)


def row_with_another_verdict(path: Path) -> None:
    """Let the index say another verdict than the metadata record."""
    sql(path, "UPDATE captures SET liveness = 'gone' WHERE url = ?", PORT)


def chunked_payload_digest_wrong_in_the_index(path: Path) -> None:
    """Change the digest of a chunked payload, which only the index has."""
    sql(path, "UPDATE captures SET payload_digest = 'sha256:AAAA' WHERE url = ?", PORT)


def original_of_a_revisit_missing(path: Path) -> None:
    """Let a revisit repeat what is not there."""
    sql(path, "UPDATE captures SET revisit_of = '<urn:uuid:none>' WHERE revisit_of IS NOT NULL")


def text_pointing_nowhere(path: Path) -> None:
    """Let the index have the text of a capture where it is not."""
    sql(path, "UPDATE captures SET text_offset = text_offset + 1 WHERE url = ?", PORT)


def search_text_changed(path: Path) -> None:
    """Let what is searched not be what was read."""
    sql(path, "UPDATE texts SET body = 'other words' WHERE rowid IN (SELECT id FROM captures WHERE url = ?)", PORT)


def search_text_missing(path: Path) -> None:
    """Lose a text from the search."""
    sql(path, "DELETE FROM texts WHERE rowid IN (SELECT id FROM captures WHERE url = ?)", PORT)


def article_edited_by_hand(path: Path) -> None:
    """Write into an article's file."""
    (file,) = path.glob("articles/news.example/**/the-port-*.md")
    file.write_text(file.read_text(encoding="utf-8").replace("Cranes", "Gantries"), encoding="utf-8")


def article_missing(path: Path) -> None:
    """Delete an article's file."""
    next(path.glob("articles/news.example/**/the-port-*.md")).unlink()


def file_missing(path: Path) -> None:
    """Delete a WARC file."""
    texts(path).unlink()


def file_unknown(path: Path) -> None:
    """Put a WARC file there and do not tell the index."""
    (path / "archive" / "stranger.warc.gz").write_bytes(originals(path).read_bytes())


def file_left_open(path: Path) -> None:
    """Give a file the name of one that is being written."""
    file = originals(path)
    file.rename(file.with_name(f"{file.name}.open"))


def file_cut_between_records(path: Path) -> None:
    """End a file early, though with a whole record."""
    offset, _ = place(path, LAST)
    data = originals(path).read_bytes()
    originals(path).write_bytes(data[:offset])


def cdxj_missing(path: Path) -> None:
    """Delete a CDXJ file."""
    next(path.glob("indexes/*.cdxj")).unlink()


def cdxj_line_wrong(path: Path) -> None:
    """Give a CDXJ line another offset."""
    file = next(path.glob("indexes/*.cdxj"))
    file.write_text(file.read_text().replace('"offset": "', '"offset": "1', 1))


def cdxj_cut(path: Path) -> None:
    """Cut the last line off a CDXJ file."""
    file = next(path.glob("indexes/*.cdxj"))
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))


def cdxj_of_nothing(path: Path) -> None:
    """Put a CDXJ file there that belongs to no WARC file."""
    (path / "indexes" / "stray.cdxj").write_text("")


WAYS: dict[Callable[[Path], None], set[str]] = {
    bit_flipped_in_a_member: {"damaged", "record-missing"},
    torn_tail: {"torn", "file-short"},
    zero_filled_tail: {"excess"},
    bytes_after_the_end: {"excess"},
    member_missing: {"record-missing", "record-not-indexed", "file-short"},
    length_of_a_record_wrong: {"malformed", "record-missing"},
    block_changed: {"block-digest", "payload-digest", "record-differs"},
    payload_digest_wrong: {"payload-digest"},
    row_pointing_nowhere: {"record-missing", "record-not-indexed", "cdxj-differs"},
    row_pointing_to_no_file: {"file-missing", "record-not-indexed", "cdxj-differs"},
    row_missing: {"record-not-indexed", "text-orphan", "cdxj-differs"},
    row_with_another_status: {"record-differs", "cdxj-differs"},
    row_with_another_verdict: {"record-differs"},
    chunked_payload_digest_wrong_in_the_index: {"record-differs", "cdxj-differs"},
    original_of_a_revisit_missing: {"record-differs", "revisit-orphan", "text-missing"},
    text_pointing_nowhere: {"text-missing"},
    search_text_changed: {"text-differs"},
    search_text_missing: {"text-differs"},
    article_edited_by_hand: {"article-differs"},
    article_missing: {"article-missing"},
    file_missing: {"file-missing"},
    file_unknown: {"file-unknown", "record-not-indexed"},
    file_left_open: {"left-open"},
    file_cut_between_records: {"file-short", "record-missing"},
    cdxj_missing: {"cdxj-missing"},
    cdxj_line_wrong: {"cdxj-differs"},
    cdxj_cut: {"cdxj-differs"},
    cdxj_of_nothing: {"cdxj-stray"},
}
"""Each way to damage a collection, and the kinds of fault that must be found: all of them."""
MAY_FOLLOW: dict[Callable[[Path], None], set[str]] = {
    member_missing: {"record-differs"},
    length_of_a_record_wrong: {"file-short"},
    block_changed: {"file-short"},
    payload_digest_wrong: {"record-differs", "file-short"},
    bit_flipped_in_a_member: {"record-not-indexed"},
}
"""What is found as well, depending on how the bytes fall: whatever lies behind a member of another length has moved."""
