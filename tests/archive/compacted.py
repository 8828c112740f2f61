"""What a collection is, whatever files it lies in: the same before and after `newsclip compact`, and after a kill."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from archive import index
from archive.collection import Collection
from archive.reading import read_record
from archive.schema import connect_to_read
from archive.verify import Checked, verify
from tests import warcs
from tests.archive.test_reindex import files, tables

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from archive.fault import Fault
    from archive.model import RecordRef


def content(path: Path) -> dict[str, Any]:
    """Return everything that a collection holds but for where in which WARC file it lies, read through the index.

    Each capture is there with the records that the index finds for it, so that a wrong place is a difference.
    """
    collection = Collection(path)
    with closing(connect_to_read(collection)) as connection:
        captures = [
            (_without_places(row), _block(collection, row.response), row.text and _block(collection, row.text))
            for row in index.select(connection, "ORDER BY id")
        ]
    rows = tables(path)
    told = {name: rows[name] for name in ("texts", "sites", "batches", "targets")}
    return {"captures": captures, "articles": files(path, "articles"), "pages": files(path, "pages"), **told}


def cdxj(path: Path) -> Counter[str]:
    """Return the lines of all CDXJ files, as pywb merges them, without the places that they name."""
    lines = [line for file in (path / "indexes").glob("*.cdxj") for line in file.read_text("utf-8").splitlines()]
    return Counter(_without_place(line) for line in lines)


def records(path: Path) -> Counter[str]:
    """Return the ids of all records but those that begin merged files, as warcio reads them."""
    return Counter(
        record.fields["WARC-Record-ID"] for record in warcs.records(path) if b"\r\nreplaces: " not in record.block
    )


def faults(path: Path) -> list[Fault]:
    """Return what verifying finds."""
    collection = Collection(path)
    with closing(connect_to_read(collection)) as connection:
        return list(verify(collection, connection, Checked(), lambda _: None))


def _without_places(row: Any) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in ("response", "text")}
    return fields | {"record": row.response.record_id, "text": row.text and row.text.record_id}


def _block(collection: Collection, ref: RecordRef) -> bytes:
    return read_record(collection, ref).block


def _without_place(line: str) -> str:
    key, time, fields = line.split(" ", 2)
    known = {name: value for name, value in json.loads(fields).items() if name not in ("filename", "offset")}
    return json.dumps([key, time, known])
