"""Live pages that are no plain articles: liveblogs, galleries, recipes, tables, front pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.trap.dead import newsletter_form, summaries, teasers
from tests.trap.pages import Newspaper, article_page, page, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable


def _story(paper: Newspaper, body: str) -> str:
    return article_page(paper, "story", f"<main><h1>{escape(paper.titles['story'])}</h1>{body}</main>")


def _liveblog(paper: Newspaper) -> str:
    entries = "".join(
        f'<section class="entry"><time>{number % 24:02}:15</time><p>{escape(sentence)}</p></section>'
        for number, sentence in enumerate(paper.sentences)
    )
    return _story(paper, f'<div class="liveblog">{entries}</div>')


def _gallery(paper: Newspaper) -> str:
    pictures = "".join(
        f'<figure><img src="/{number}.jpg" alt=""><figcaption>{escape(sentence)}</figcaption></figure>'
        for number, sentence in enumerate(paper.sentences[:12])
    )
    return _story(paper, pictures)


def _video(paper: Newspaper) -> str:
    said = " ".join(paper.sentences[:2])[:220]
    return _story(paper, f'<video src="/film.mp4" controls></video><p>{escape(said)}</p>')


def _short(paper: Newspaper) -> str:
    return article_page(
        paper, "news", f"<main><h1>{escape(paper.titles['news'])}</h1>{paragraphs(paper.articles['news'])}</main>"
    )


def _forum(paper: Newspaper) -> str:
    posts = "".join(
        f'<div class="post"><b>u{number}</b> <p>{escape(sentence)}</p></div>'
        for number, sentence in enumerate(paper.sentences[:14])
    )
    title = paper.titles["news"]
    return page(paper, title, f"<h1>{escape(title)}</h1>{posts}")


def _table(paper: Newspaper) -> str:
    rows = "".join(
        f"<tr><td>{place}</td><td>{escape(sentence[:24])}</td><td>{90 - place}</td></tr>"
        for place, sentence in enumerate(paper.sentences, 1)
    )
    return _story(paper, f"<p>{escape(paper.sentences[0])}</p><table>{rows}</table>")


def _poem(paper: Newspaper) -> str:
    verses = "<br>".join(escape(sentence[:40]) for sentence in paper.sentences[:16])
    return _story(paper, f"<p>{verses}</p>")


def _interview(paper: Newspaper) -> str:
    turns = "".join(
        f"<p><b>{escape(sentence[:30])}?</b></p><p>{escape(sentence)}</p>" for sentence in paper.sentences[:10]
    )
    return _story(paper, turns)


def _front(paper: Newspaper) -> str:
    return page(paper, paper.site, f"<main>{teasers(paper)}{summaries(paper)}{newsletter_form(paper)}</main>")


def _section(paper: Newspaper) -> str:
    return page(paper, paper.latest, f"<main><h1>{escape(paper.latest)}</h1>{teasers(paper)}</main>")


ARTICLES: dict[str, Callable[[Newspaper], str]] = {
    "liveblog": _liveblog,
    "gallery": _gallery,
    "video": _video,
    "short": _short,
    "poem": _poem,
    "interview": _interview,
    "table": _table,
}
"""Pages of one story, each live."""

LISTS: dict[str, Callable[[Newspaper], str]] = {"forum": _forum, "front": _front, "section": _section}
"""Pages of many voices or stories, which are neither dead nor blocked."""
