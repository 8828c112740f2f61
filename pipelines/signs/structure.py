"""What speaks for life: article markup, a date, an address that names itself, and prose to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Liveness, Signal
from pipelines import jsonld
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import ARTICLE_TYPES, SHORTEST_HEADING, has_article_marks, headed_by_message, matches
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.document import Document

PROSE = (
    (2_500, "life.long-prose"),
    (1_000, "life.prose"),
    (400, "life.some-prose"),
    (120, "life.little-prose"),
)
"""Characters of prose outside links from which each rule speaks; a short news item has about 400."""

RUNNING = (
    (2_500, "life.long-running"),
    (1_000, "life.running"),
    (400, "life.some-running"),
    (150, "life.little-running"),
)
"""The same of prose that stands together (`Outline.running`)."""

UNBROKEN = ((1_000, "life.long-unbroken"), (400, "life.unbroken"), (200, "life.some-unbroken"))
"""The same of text that no list of links interrupts (`Outline.unbroken`)."""

DATES = ("article:published_time", "datepublished", "date", "dc.date", "pubdate", "sailthru.date", "parsely-pub-date")


def article_data(document: Document) -> Iterator[Signal]:
    """See JSON-LD that describes an article."""
    node = document.article_node
    if node is not None:
        headline = (
            jsonld.first_text(node.get("headline")) or jsonld.first_text(node.get("name")) or "without a headline"
        )
        yield signal("life.article-data", Liveness.LIVE, f"JSON-LD {' '.join(jsonld.types(node))}: {headline}")


def article_type(document: Document) -> Iterator[Signal]:
    """See a page that calls itself an article to social networks, and nothing else in its title."""
    kind = (document.said("og:type") or "").lower()
    if kind in ARTICLE_TYPES and has_article_marks(document):
        yield signal("life.article-type", Liveness.LIVE, f"og:type {kind}")


def date(document: Document) -> Iterator[Signal]:
    """See a date of publication in the head."""
    found = document.said(*DATES)
    if found:
        yield signal("life.date", Liveness.LIVE, f"published {found}")


def time(document: Document) -> Iterator[Signal]:
    """See a time element that says when, outside of lists of stories."""
    if document.tree is None:
        return
    for element in document.tree.iter("time"):
        if element.get("datetime") and not any(True for _ in element.iterancestors("li", "aside", "nav", "footer")):
            yield signal("life.time", Liveness.LIVE, f"a time element: {element.get('datetime')}")
            return


def author(document: Document) -> Iterator[Signal]:
    """See an author in the head."""
    found = document.said("author", "article:author", "parsely-author", "dc.creator")
    if found:
        yield signal("life.author", Liveness.LIVE, f"by {found}")


def canonical(document: Document) -> Iterator[Signal]:
    """See a canonical address that is this page's own."""
    own = document.canonical
    if own and _bare(own) == _bare(document.page.url) and _bare(own).count("/"):
        yield signal("life.canonical", Liveness.LIVE, f"canonical {own}")


def heading_agrees(document: Document) -> Iterator[Signal]:
    """See a main heading that is also the title."""
    titles = plain(" ".join((document.said("og:title") or "", document.title)))
    for heading in document.outline.headings("h1"):
        if len(heading) >= SHORTEST_HEADING and plain(heading) in titles and not matches(heading):
            yield signal("life.heading-agrees", Liveness.LIVE, f"heading and title: {heading}")
            return


def prose(document: Document) -> Iterator[Signal]:
    """See how much there is to read outside links; what stands under "Page not found" is hardly an article."""
    if headed_by_message(document):
        if document.outline.running >= RUNNING[1][0]:
            evidence = f"{document.outline.running:,} characters of prose under another message"
            yield signal("life.prose-under-message", Liveness.LIVE, evidence)
        return
    for amount, rules, what in (
        (document.outline.prose, PROSE, "prose"),
        (document.outline.running, RUNNING, "prose that stands together"),
        (document.outline.unbroken, UNBROKEN, "text without links between"),
    ):
        rule = next((rule for least, rule in rules if amount >= least), None)
        if rule is not None:
            yield signal(rule, Liveness.LIVE, f"{amount:,} characters of {what}")


def other_media(document: Document) -> Iterator[Signal]:
    """See a file that is no web page: it answers, but there is no article to take from it."""
    if document.kind == "other" and document.page.body:
        yield signal("life.file", Liveness.LIVE, f"media type {document.media_type}")
    elif document.kind == "text" and document.text.strip():
        yield signal("life.file", Liveness.LIVE, f"plain text of {len(document.text):,} characters")


def _bare(url: str) -> str:
    """Return an address without scheme, www, query, fragment and closing slash."""
    bare = url.partition("://")[2].partition("#")[0].partition("?")[0]
    return bare.removeprefix("www.").rstrip("/").lower()


SIGNS: tuple[Sign, ...] = (
    article_data,
    article_type,
    date,
    time,
    author,
    canonical,
    heading_agrees,
    prose,
    other_media,
)
