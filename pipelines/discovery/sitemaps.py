"""Entries of sitemaps: <url> and <sitemap> with what the news extension says, and the lines of text sitemaps.

Priority and change frequency are ignored, as search engines ignore them; so are images, videos and translations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.discovery.finds import Finds
    from pipelines.discovery.records import Record


def take_location(record: Record, finds: Finds) -> None:
    """Take one address of a sitemap, or of an index of sitemaps."""
    place = next((one for one in record.fields.get("loc", ()) if one.text), None)
    if place is None:
        finds.leave_out("it names no address")
        return
    finds.add(
        place.text,
        title=record.text("news:title", "title"),
        published=record.texts("news:publication_date", "publication_date"),
        modified=record.texts("lastmod"),
        kind="sitemap" if record.name == "sitemap" else "article",
    )


def read_lines(text: str, finds: Finds) -> None:
    """Read a text sitemap: one address a line; one that the text may break off in is none."""
    if finds.cut:
        text = text[: text.rfind("\n") + 1]
    read = 0
    for number, line in enumerate(text.splitlines(), 1):
        address = line.strip()
        if not address:
            continue
        if read == finds.options.max_entries:
            finds.fault(f"There are more than {finds.options.max_entries:,} lines: the rest was not read.")
            return
        read += 1
        if address.lower().startswith(("http://", "https://")):
            finds.add(address)
        else:
            finds.leave_out("its line is no address of the web", f"line {number}: {address}")
