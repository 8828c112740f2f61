"""What templates write of a page where no reader looks, in any language: class names, tracking, addresses, titles.

A site that has a template for missing pages names it for its stylesheets ("error404"), tells its statistics of it
('/404.html?page=…', pageType "errorPage"), and often keeps it at an address ("/404.html") that its head gives away.
Names count on the elements that stand for the whole page; on others only on a page without an article, because a
template may carry a hidden notice, and a stylesheet its classes, on every page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.model import Liveness, Signal
from pipelines.signs.base import Sign, signal
from pipelines.signs.phrases import has_article_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from pipelines.document import Document

NO_ARTICLE, MUCH_PROSE = 1_000, 2_500
"""Characters of running prose from which a page may carry a missing page's names without being one, if its head calls
it an article, and whatever its head says.
"""

WHOLE_PAGE = ("html", "body", "main")
PARTS = ("div", "section", "article", "h1")

ERROR_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:error|err|page|template|is|http|status|site|content|section|tmpl|view|layout)[_-]?404"
    r"|404[_-]?(?:error|page|template|content|title|section|wrapper|container|body)?"
    r"|(?:page|post|article|story|error|url|route)?[_-]?not[_-]?found(?:[_-](?:page|section|content|title|wrapper))?"
    r"|error[_-]?page(?:[_-](?:container|content|wrapper))?|page[_-]error|__next_error__)(?=$|\s)",
    re.IGNORECASE,
)
"""Class names and ids of a missing page's template; WordPress, for one, gives its body "error404"."""

TRACKED = re.compile(
    r"""["'/](?:404|error/?404)(?:\.html?|\.php|\.aspx)?/?\?(?:page|url|u|p|from)="""
    r"""|page_?type["']?\s*[:=,]\s*["'](?:error ?page|error|404|error[ _-]?404|not[ _-]?found)["']"""
    r"""|page_?name["']?\s*[:=]\s*["'][^"']{0,60}\b(?:404|not found)\b"""
    r"""|_trackpageview["']?\s*[,(]\s*["']/?(?:404|error)\b"""
    r"""|["']event["']\s*,\s*["'](?:error|404)["']\s*,\s*["']404"""
    r"""|"page"\s*:\s*"/(?:_error|404)"|"http_?status(?:_?code)?"\s*:\s*"?(?:404|410)\b"""
)
"""What a missing page tells its statistics, in lower case: Google Analytics' recipe, Adobe's pageType, Next.js."""

TRACKED_WORDS = ("404", "pagetype", "page_type", "pagename", "page_name", "_trackpageview", "http_status", '"/_error"')
AROUND, MOST_PLACES = 90, 60
"""Characters around one of these words, and how often each of them is looked at."""

ERROR_FILE = re.compile(
    r"(?:error[_-]?)?(?:404|410)(?:[_-]?(?:error|page|not[_-]?found))?|(?:page|site|file|error)?[_-]?not[_-]?found(?:error)?"
    r"|fehler[_-]?404|erreur[_-]?404|seite[_-]nicht[_-]gefunden|page[_-]introuvable|pagina[_-]no[_-]encontrada"
    r"|pagina[_-]non[_-]trovata|[\w-]+[_-]not[_-]found",
    re.IGNORECASE,
)
"""The last part of a missing page's own address, without its ending."""

_MAY_NAME = (
    "404",
    "notfound",
    "not-found",
    "not_found",
    "errorpage",
    "error-page",
    "error_page",
    "page-error",
    "page_error",
)

HOST_NAME = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/?", re.IGNORECASE)


def named(document: Document) -> Iterator[Signal]:
    """See the names that a template gives to a missing page as a whole."""
    if document.tree is None:
        return
    for element in document.tree.iter(*WHOLE_PAGE):
        found = ERROR_NAME.search(_names(element))
        if found:
            evidence = f"the element <{element.tag}> is named “{found[0].strip()}”"
            yield signal("mark.error-name", Liveness.SOFT_404, evidence)
            return


def named_within(document: Document) -> Iterator[Signal]:
    """See the names of a missing page on an element of a page without an article."""
    tree = document.tree
    if tree is None or document.outline.running >= NO_ARTICLE or not any(name in document.lower for name in _MAY_NAME):
        return
    for element in tree.iter(*PARTS):
        found = ERROR_NAME.search(_names(element))
        if found and element.get("hidden") is None:
            yield signal("mark.error-name-within", Liveness.SOFT_404, f"an element is named “{found[0].strip()}”")
            return


def tracked(document: Document) -> Iterator[Signal]:
    """See what a missing page tells its statistics, on a page that is not an article by its head and its text."""
    running = document.outline.running
    if running >= MUCH_PROSE or (running >= NO_ARTICLE and has_article_marks(document)):
        return
    found = next(_tracked(document.lower), None)
    if found is not None:
        yield signal("mark.error-tracked", Liveness.SOFT_404, f"a script says “{found}”")


def own_address(document: Document) -> Iterator[Signal]:
    """See a head that gives a missing page's address as this page's own."""
    if _is_error_file(document.page.requested_url):
        return
    for address in (document.canonical, document.said("og:url")):
        if address and _is_error_file(address):
            yield signal("mark.error-address", Liveness.SOFT_404, f"the page calls its own address {address}")
            return


def not_indexed(document: Document) -> Iterator[Signal]:
    """See a page that asks search engines to leave it out."""
    if "noindex" in (document.said("robots") or "").lower():
        yield signal("mark.noindex", Liveness.SOFT_404, "search engines are asked to leave it out (robots noindex)")


def title_is_host(document: Document) -> Iterator[Signal]:
    """See a title that is nothing but the name of a host."""
    if HOST_NAME.fullmatch(document.title.strip()) and document.outline.running < NO_ARTICLE:
        yield signal("mark.title-is-host", Liveness.PARKED, f"the title is nothing but “{document.title}”")


def _tracked(markup: str) -> Iterator[str]:
    """Look around the words that every form of it has: ten times as fast as looking everywhere."""
    for word in TRACKED_WORDS:
        place = -1
        for _ in range(MOST_PLACES):
            place = markup.find(word, place + 1)
            if place < 0:
                break
            found = TRACKED.search(markup, max(0, place - AROUND), place + AROUND)
            if found:
                yield found[0]


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_error_file(address: str) -> bool:
    """Whether an address is that of a missing page, by the last part of its path."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return False
    last = path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return ERROR_FILE.fullmatch(last) is not None


SIGNS: tuple[Sign, ...] = (named, named_within, tracked, own_address, not_indexed, title_is_host)
