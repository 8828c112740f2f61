"""How a site answered when it was asked for an address that cannot exist.

    404, 410 ─▶ status      refused, a wall, a fault, a shell ─▶ unknown      another address ─▶ home, story, or page
    an answer in place ─▶ story if it has an article's marks or text and says nothing of missing pages, else page

A page that cannot exist and is there all the same is a missing page, in whatever words and with however many stories
beside them; only what may be an article that stands at another address, too, must not be taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.model import Liveness
from pipelines import jsonld
from pipelines.signs.phrase_tables import BARE
from pipelines.signs.phrases import MAIN_MESSAGE, matches
from pipelines.signs.redirects import HOME, MISSING
from pipelines.signs.structure import DATES
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model import MissingAnswer, Verdict
    from pipelines.document import Document

NO_ANSWER = frozenset(
    {
        *(Liveness.BLOCKED, Liveness.LOGIN, Liveness.CONSENT, Liveness.PAYWALL),
        *(Liveness.EMPTY, Liveness.PLACEHOLDER, Liveness.PARKED, Liveness.UNREACHABLE),
    }
)
"""What keeps a probe from the site's own answer."""

SUCCESSFUL = 2
"""The class of statuses, by their first digit, with which a page is answered."""

LONG_BODY = 1_500
"""Weight of running prose from which an answer without any word of a missing page is some article."""

SHORTEST_HEADLINE = 8
"""Characters from which a headline agrees with a title by no accident."""

_FIRST_BLOCKS = 12


def answer_of(document: Document, verdict: Verdict) -> MissingAnswer:
    """Return how a site says that a page is missing, from its answer to an address that cannot exist."""
    page = document.page
    if page.status in (404, 410):
        return "status"
    answered = page.status is not None and page.status // 100 == SUCCESSFUL and document.outline.blocks
    if not answered or verdict.liveness in NO_ANSWER:
        return "unknown"
    if leads_home(document, verdict):
        return "home"
    says_missing = _says(document, Liveness.SOFT_404) or _shows_address(document)
    if verdict.liveness is Liveness.ERROR:
        return "page" if says_missing or not _says(document, Liveness.ERROR) else "unknown"
    if not says_missing and verdict.liveness is not Liveness.SOFT_404 and _is_story(document):
        return "story"
    return "page"


def leads_home(document: Document, verdict: Verdict) -> bool:
    """Whether a page was answered by the front page's address, or sends browsers there."""
    moved = is_home(document.page.url) and not is_home(document.page.requested_url)
    return moved or any(one.rule == "redirect.refresh-home" for one in verdict.signals)


def is_home(address: str) -> bool:
    """Whether an address is that of a site's front page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return HOME.fullmatch(parts.path) is not None and not parts.query


def bare(address: str) -> str:
    """Return an address without scheme, www, fragment and closing slash, by which the same page is known."""
    rest = address.partition("://")[2].partition("#")[0]
    path, _, query = rest.removeprefix("www.").partition("?")
    path = path.rstrip("/").lower()
    return f"{path}?{query}" if query else path


def has_own_article(document: Document) -> bool:
    """Whether the head describes an article that is this page's: by a headline that is shown, or a type and a date."""
    node = document.article_node
    headline = plain(jsonld.first_text((node or {}).get("headline")) or "")
    if len(headline) >= SHORTEST_HEADLINE and not _is_message(headline):
        seen = plain(" ".join((document.title, *document.outline.headings("h1", "h2"))))
        headings = [plain(text) for text in document.outline.headings("h1")]
        if headline in seen or any(len(own) >= SHORTEST_HEADLINE and own in headline for own in headings):
            return True
    kind = (document.said("og:type") or "").lower()
    dated = document.said(*DATES) is not None
    return kind in ("article", "news", "news.article") and dated and not _is_message(document.title)


def _is_message(text: str) -> bool:
    """Whether a title or headline says that something is missing."""
    return any(match.liveness is Liveness.SOFT_404 and match.share >= MAIN_MESSAGE for match in matches(text))


def _is_story(document: Document) -> bool:
    """Whether an answer that says nothing of a missing page is some page with an address of its own."""
    own = document.canonical
    elsewhere = own is not None and bare(own) not in {bare(document.page.url), bare(document.page.requested_url)}
    if elsewhere and own is not None and not is_home(own) and not MISSING.search(unquote(own)):
        return True
    return has_own_article(document) or document.outline.running >= LONG_BODY


def _says(document: Document, liveness: Liveness) -> bool:
    """Whether a title, a heading or one of the first lines is a message of this kind, in more than a bare word."""
    return any(
        match.liveness is liveness and match.share >= MAIN_MESSAGE and match.words not in BARE
        for text in _first(document)
        for match in matches(text)
    )


def _first(document: Document) -> Iterator[str]:
    yield document.title
    yield from document.outline.headings("h1", "h2")[:_FIRST_BLOCKS]
    yield from (block.text for block in document.outline.blocks[:_FIRST_BLOCKS] if not block.is_links)


def _shows_address(document: Document) -> bool:
    """Whether a page repeats the word of an address that no text can have by chance."""
    try:
        word = plain(unquote(urlsplit(document.page.requested_url).path)).rstrip("/").rpartition("/")[2]
    except ValueError:
        return False
    shown = (document.title, *(block.text for block in document.outline.blocks))
    return len(word) > SHORTEST_HEADLINE and any(word in plain(text) for text in shown)
