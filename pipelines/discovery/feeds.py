"""Entries of feeds: RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON Feed, and CDF's items by the way.

Which of several addresses is the article's, in the order in which they are believed:

    what a feed service put its own in the place of (origLink) ─▶ link, or Atom's alternate ─▶ guid that is a permalink
    ─▶ rdf:about, CDF's href ─▶ Atom's id

An address of a file to listen to or download (enclosure) is none of a page, nor is that of the feed which an item was
taken from (source).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.discovery.finds import Finds
    from pipelines.discovery.records import Field, Record

PUBLISHED = ("published", "pubdate", "issued", "dcterms:issued", "dc:date", "date", "created", "dcterms:created")
MODIFIED = ("updated", "modified", "dcterms:modified", "lastbuilddate")
ORIGINAL = ("feedburner:origlink", "pheedo:origlink")
PAGES = frozenset({"", "text/html", "application/xhtml+xml", "html", "xhtml"})
CONTINUED = frozenset({"next", "prev-archive"})
"""Relations to older entries: paged feeds and archived feeds (RFC 5005, sections 3 and 4)."""


def take_entry(record: Record, finds: Finds) -> None:
    """Take one item or entry."""
    address = next(_addresses(record), None)
    if address is None:
        only_file = "enclosure" in record.fields or any(_relation(link) == "enclosure" for link in _links(record))
        finds.leave_out(
            "it has no page, only a file" if only_file else "it names no address", record.text("title") or ""
        )
        return
    reference, base = address
    finds.add(
        reference,
        title=record.text("title", "dc:title"),
        published=record.texts(*PUBLISHED),
        modified=record.texts(*MODIFIED),
        base=base,
    )


def take_head(head: Record, finds: Finds) -> None:
    """Take what a feed says of itself: its title and where it goes on."""
    finds.title = head.text("title")
    for link in _links(head):
        if _relation(link) in CONTINUED:
            finds.continue_at(link.attributes.get("href", ""), link.base)


def _addresses(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what may be the address of an entry's page, each with its base."""
    original = chain.from_iterable(record.fields.get(name, ()) for name in ORIGINAL)
    yield from ((one.text, one.base) for one in original if one.text)
    links = sorted(_links(record), key=_is_other_form)
    yield from ((href, link.base) for link in links if _relation(link) == "alternate" and (href := _href(link)))
    for guid in record.fields.get("guid", ()):
        if guid.attributes.get("ispermalink", "true").lower() != "false" and _is_web(guid.text):
            yield guid.text, guid.base
    about = record.attributes.get("about") or record.attributes.get("href")
    if about:
        yield about, record.base
    yield from ((one.text, one.base) for one in record.fields.get("id", ()) if _is_web(one.text))


def _links(record: Record) -> list[Field]:
    return record.fields.get("link", [])


def _relation(link: Field) -> str:
    """Return a link's relation without the registry's prefix; a link that names none is the page itself."""
    return link.attributes.get("rel", "alternate").strip().lower().rpartition("/")[2] or "alternate"


def _href(link: Field) -> str:
    return link.attributes.get("href") or link.attributes.get("resource") or link.text


def _is_other_form(link: Field) -> bool:
    """Whether a link leads to an entry in another form than a page."""
    return link.attributes.get("type", "").partition(";")[0].strip().lower() not in PAGES


def _is_web(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


class JsonItem(msgspec.Struct):
    """An item of a JSON Feed, as far as it matters; `id` was allowed to be a number in version 1."""

    id: Any = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class JsonFeed(msgspec.Struct):
    """A JSON Feed, 1.0 or 1.1; what its items are is looked at one by one."""

    items: list[Any]
    version: Any = None
    title: Any = None
    next_url: Any = None


def read_json(text: str, finds: Finds) -> None:
    """Read a JSON Feed."""
    try:
        feed = msgspec.json.decode(text.encode("utf-8", "replace"), type=JsonFeed)
    except (msgspec.MsgspecError, RecursionError) as error:
        finds.fault(f"This is no JSON Feed: {error}.")
        return
    finds.title = feed.title if isinstance(feed.title, str) else None
    if isinstance(feed.next_url, str):
        finds.continue_at(feed.next_url)
    for value in feed.items[: finds.options.max_entries]:
        _take_json(value, finds)
    if len(feed.items) > finds.options.max_entries:
        finds.fault(f"There are more than {finds.options.max_entries:,} entries: the rest was not read.")


def _take_json(value: object, finds: Finds) -> None:
    try:
        item = msgspec.convert(value, JsonItem)
    except msgspec.ValidationError as error:
        finds.leave_out("it is no item of a JSON Feed", str(error))
        return
    named = item.id if isinstance(item.id, str) and _is_web(item.id) else None
    reference = item.url or named or item.external_url
    if not reference:
        finds.leave_out("it names no address", item.title or "")
        return
    finds.add(
        reference,
        title=item.title,
        published=(item.date_published,) if item.date_published else (),
        modified=(item.date_modified,) if item.date_modified else (),
    )
