"""Discovery in one call: the answer of a feed, sitemap or section page goes in, the addresses in it come out.

    Page ─▶ form (by its first characters) ─┬─ XML ─▶ records ─▶ items, entries, urls, sitemaps
                                            ├─ JSON ─▶ items of a JSON Feed
                                            ├─ lines ─▶ a text sitemap
                                            └─ HTML ─▶ article links told from all others

A feed may stand in for a sitemap and the other way round, as the sitemap protocol allows; HTML is never either. It
never raises for a page: what cannot be read is named in `faults`, and what could be read is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipelines.discovery import feeds, records, sitemaps
from pipelines.discovery.finds import Finds
from pipelines.discovery.forms import Body, body_of
from pipelines.discovery.hints import hints
from pipelines.discovery.sections import document_of, read_section
from pipelines.discovery.texts import plain_text
from pipelines.discovery.values import Discovered, DiscoveryOptions

if TYPE_CHECKING:
    from archive.model import Page
    from pipelines.discovery.values import SourceKind

_DEFAULTS = DiscoveryOptions()
_LONGEST_TITLE = 80
_EXPECTED = {"feed": "a feed", "sitemap": "a sitemap", "section": "a page with links to articles"}


def found(page: Page, kind: SourceKind, options: DiscoveryOptions = _DEFAULTS) -> Discovered:
    """Return what a page of this kind holds. Never raises for any page."""
    finds = Finds(page, options)
    try:
        _read(page, kind, finds)
    except Exception as error:  # noqa: BLE001 - foreign parsers meet arbitrary bytes here, and no page may end a run
        finds.fault(f"Reading failed: {type(error).__name__}: {error}"[:300])
    return finds.result()


def _read(page: Page, kind: SourceKind, finds: Finds) -> None:
    if page.status is None:
        finds.fault(f"There is no answer to read: {page.error or 'nothing came'}.")
        return
    if page.truncated:
        finds.fault(f"The answer was cut ({page.truncated}): what is missing of it was not read.")
    if page.fault:
        finds.fault(page.fault)
    body = body_of(page, finds)
    if body.form == "xml":
        _read_xml(body, finds)
    elif body.form == "json":
        feeds.read_json(body.text, finds)
    elif body.form == "html" and kind == "section":
        read_section(replace(page, body=body.data), finds)
    elif body.form == "lines" and kind == "sitemap":
        sitemaps.read_lines(body.text, finds)
    elif body.form == "nothing":
        finds.fault(f"It is empty where {_EXPECTED[kind]} should be.")
    elif body.form == "html":
        title = plain_text(document_of(replace(page, body=body.data)).title, _LONGEST_TITLE)
        named = hints(page, finds.options)
        instead = (*named.feeds, *named.sitemaps) if kind == "feed" else (*named.sitemaps, *named.feeds)
        remedy = f"; it names {instead[0]} instead" if instead else ""
        finds.fault(f"It is an HTML page ({title or 'without a title'!r}) where {_EXPECTED[kind]} should be{remedy}.")
    else:
        finds.fault(f"It is neither XML nor JSON nor HTML where {_EXPECTED[kind]} should be: {body.text[:80]!r}.")


def _read_xml(body: Body, finds: Finds) -> None:
    reading = records.read(body.text[: finds.options.max_bytes], finds.page.url, finds.options.max_entries)
    if reading.error is not None:
        finds.fault(f"Its XML is broken ({reading.error}); what could be read was kept.")
    if reading.cut:
        finds.fault(f"There are more than {finds.options.max_entries:,} entries: the rest was not read.")
    if len(body.text) > finds.options.max_bytes:
        finds.fault(f"It is longer than {finds.options.max_bytes:,} characters: the rest was not read.")
    feeds.take_head(reading.head, finds)
    for record in reading.records:
        take = sitemaps.take_location if record.name in records.LOCATIONS else feeds.take_entry
        take(record, finds)
