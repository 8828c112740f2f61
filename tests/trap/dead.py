"""Missing pages that look full: the notice is their message, and all else is of other stories."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.pipelines.documents import URL
from tests.trap.pages import Newspaper, Notice, page

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[[Newspaper, Notice], str]

TEASERS = 12
HEADLINE = 30
"""Characters of a sentence that make its headline."""

ROOT = URL.partition("/news")[0] + "/"


def headline_of(sentence: str) -> str:
    """Return the first words of a sentence as a headline."""
    words = sentence.split(" ")
    while len(words) > 1 and len(" ".join(words)) > HEADLINE:
        words.pop()
    return " ".join(words).rstrip(",;")[:HEADLINE]


def newsletter_form(paper: Newspaper) -> str:
    """Return the form by which a newsletter is ordered."""
    return f'<form action="/letter"><p>{escape(paper.newsletter)}</p><input type="email"><button>OK</button></form>'


def teasers(paper: Newspaper) -> str:
    """Return a list of twelve stories: a headline that is a link, and the first sentence."""
    items = "".join(
        f'<li><h3><a href="/story/{number}">{escape(headline_of(sentence))}</a></h3><p>{escape(sentence)}</p></li>'
        for number, sentence in enumerate(paper.sentences[:TEASERS])
    )
    return f"<section><h2>{escape(paper.latest)}</h2><ul>{items}</ul></section>"


def summaries(paper: Newspaper) -> str:
    """Return a list of popular articles: a headline that is a link, and a paragraph of two or three sentences."""
    items = "".join(
        f'<h3><a href="/story/{number}">{escape(headline_of(text))}</a></h3><p>{escape(text)}</p>'
        for number, text in enumerate(paper.articles["story"][:6])
    )
    return f"<section><h2>{escape(paper.popular)}</h2>{items}</section>"


def _full(paper: Newspaper, notice: Notice) -> str:
    body = f"<main>{notice.block('h1')}{teasers(paper)}{newsletter_form(paper)}</main>"
    return page(paper, notice.heading, body)


def _popular(paper: Newspaper, notice: Notice) -> str:
    return page(paper, notice.heading, f"<main><div>{notice.block('h1')}</div>{summaries(paper)}</main>")


def _popular_untitled(paper: Newspaper, notice: Notice) -> str:
    return page(paper, paper.site, f"<main>{notice.block('h1')}{summaries(paper)}</main>")


def _calls_itself(kind: str, canonical: str) -> Build:
    """Return the page that gives itself a type, an address and the site's name as its title."""

    def build(paper: Newspaper, notice: Notice) -> str:
        head = (
            f'<meta property="og:type" content="{kind}"><meta property="og:title" content="{escape(paper.site)}">'
            f'<link rel="canonical" href="{canonical}">'
        )
        return page(paper, notice.heading, f"<main>{notice.block('h1')}{teasers(paper)}</main>", head)

    return build


DEAD: dict[str, Build] = {
    "teasers": _full,
    "popular": _popular,
    "popular-untitled": _popular_untitled,
    "og-website": _calls_itself("website", ROOT),
    "og-article": _calls_itself("article", URL),
}
"""Every full-looking missing page."""
