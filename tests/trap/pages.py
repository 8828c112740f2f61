"""Pages of an invented newspaper in ten languages, alive and dead, built from the texts in `*.toml` beside this.

A language's file has a long story, a short news item, an article about a missing page, and notices of missing pages in
several wordings, each a heading and a sentence or three.
"""

from __future__ import annotations

import json
import re
import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
LANGUAGES = tuple(sorted(file.stem for file in HERE.glob("??.toml")))
KINDS = ("story", "news", "error")
RIGHT_TO_LEFT = frozenset({"ar"})

_SENTENCE_ENDS = re.compile(r"(?<=[。！？])(?!」|”)|(?<=[.!?])\s+(?=\S)")


class Notice(NamedTuple):
    """What a site says where it has no page: a heading, and the text below it."""

    heading: str
    text: str

    def block(self, heading: str = "h2") -> str:
        """Return the notice as markup."""
        return f"<{heading}>{escape(self.heading)}</{heading}><p>{escape(self.text)}</p>"


class Newspaper(NamedTuple):
    """One language's texts."""

    language: str
    site: str
    titles: dict[str, str]
    articles: dict[str, tuple[str, ...]]
    notices: tuple[Notice, ...]
    newsletter: str
    footer: str
    latest: str
    popular: str

    @property
    def sentences(self) -> list[str]:
        """The sentences of the story and the news item."""
        paragraphs = (*self.articles["story"], *self.articles["news"])
        return [sentence for paragraph in paragraphs for sentence in sentences_of(paragraph)]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, in any of the languages."""
    return [sentence.strip() for sentence in _SENTENCE_ENDS.split(text) if sentence.strip()]


def newspaper(language: str) -> Newspaper:
    """Return the texts of a language."""
    said = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return Newspaper(
        language,
        said["site"],
        {kind: said["title" if kind == "story" else f"{kind}_title"] for kind in KINDS},
        {kind: tuple(said[kind]) for kind in KINDS},
        tuple(Notice(*notice) for notice in said["notices"]),
        said["newsletter"],
        said["footer"],
        said["latest"],
        said["popular"],
    )


def paragraphs(texts: tuple[str, ...] | list[str]) -> str:
    """Return texts as paragraphs."""
    return "\n".join(f"<p>{escape(text)}</p>" for text in texts)


def article(paper: Newspaper, kind: str, *, first: str = "", middle: str = "", last: str = "") -> str:
    """Return an article element, with more markup at its beginning, before its second paragraph, and at its end."""
    texts = paper.articles[kind]
    heading = f"<h1>{escape(paper.titles[kind])}</h1>"
    return f"<article>{first}{heading}{paragraphs(texts[:1])}{middle}{paragraphs(texts[1:])}{last}</article>"


def page(paper: Newspaper, title: str, body: str, head: str = "") -> str:
    """Return a whole page around a body: with a header, a menu and a footer."""
    direction = ' dir="rtl"' if paper.language in RIGHT_TO_LEFT else ""
    return f"""<!doctype html>
<html lang="{paper.language}"{direction}><head><meta charset="utf-8">
<title>{escape(title)} | {escape(paper.site)}</title>{head}</head><body>
<header><a href="/">{escape(paper.site)}</a><nav><ul><li><a href="/a">{escape(paper.latest)}</a></li><li>
<a href="/b">{escape(paper.popular)}</a></li></ul></nav></header>
{body}
<footer><p>{escape(paper.footer)}</p></footer></body></html>"""


def article_page(paper: Newspaper, kind: str, body: str, head: str = "") -> str:
    """Return the page of an article around a body: its title in the title element and in og:title."""
    title = paper.titles[kind]
    og = f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(title)}">'
    return page(paper, title, body, og + head)


def _next_payload(notice: Notice) -> str:
    """Return the script by which a Next.js site streams its not-found boundary with every page."""
    told = [["$", tag, None, {"children": text}] for tag, text in (("h2", notice.heading), ("p", notice.text))]
    payload = json.dumps("0:" + json.dumps({"notFound": told}, ensure_ascii=False), ensure_ascii=False)
    return f"<script>self.__next_f.push([1,{payload}])</script>"


def _around(before: str, after: str, *, above: bool = False) -> Callable[[Newspaper, str, Notice], str]:
    """Return the shape of a notice between two pieces of markup, beside an article or above it."""

    def shape(paper: Newspaper, kind: str, notice: Notice) -> str:
        told, own = f"{before}{notice.block()}{after}", article(paper, kind)
        return article_page(paper, kind, f"<main>{told}{own}</main>" if above else f"<main>{own}</main>{told}")

    return shape


def _styled(paper: Newspaper, kind: str, notice: Notice) -> str:
    told = f'<div class="state-missing">{notice.block()}</div>'
    style = "<style>.teaser{color:#333}.state-missing{display:none}</style>"
    return article_page(paper, kind, f"<main>{told}{article(paper, kind)}</main>", style)


def _streamed(paper: Newspaper, kind: str, notice: Notice) -> str:
    told = f'<div hidden id="S:1"><template data-dgst="NEXT_NOT_FOUND"></template>{notice.block()}</div>'
    body = f'<div id="__next"><main>{article(paper, kind)}</main></div>{told}{_next_payload(notice)}'
    return article_page(paper, kind, body)


def _streamed_template(paper: Newspaper, kind: str, notice: Notice) -> str:
    told = f'<template id="B:0">{notice.block("h1")}</template>'
    body = f'{told}<div id="__next"><main>{article(paper, kind)}</main></div>{_next_payload(notice)}'
    return article_page(paper, kind, body)


def _first(paper: Newspaper, kind: str, notice: Notice) -> str:
    return article_page(paper, kind, article(paper, kind, first=f"<div>{notice.block()}</div>"))


def _middle(paper: Newspaper, kind: str, notice: Notice) -> str:
    return article_page(paper, kind, article(paper, kind, middle=f"<div>{notice.block()}</div>"))


def _middle_broken(paper: Newspaper, kind: str, notice: Notice) -> str:
    told = f"<div>{escape(notice.heading)}<br><br>{escape(notice.text)}</div>"
    return article_page(paper, kind, article(paper, kind, middle=told))


def _last(paper: Newspaper, kind: str, notice: Notice) -> str:
    return article_page(paper, kind, article(paper, kind, last=f"<div>{notice.block()}</div>"))


def _last_bare(paper: Newspaper, kind: str, notice: Notice) -> str:
    return article_page(paper, kind, article(paper, kind, last=notice.block("h3")))


SHAPES: dict[str, Callable[[Newspaper, str, Notice], str]] = {
    "hidden-attribute": _around("<div hidden>", "</div>", above=True),
    "style": _around('<div style="display: none">', "</div>", above=True),
    "style-rule": _styled,
    "class-d-none": _around('<div class="alert d-none">', "</div>", above=True),
    "class-hidden": _around('<section class="hidden">', "</section>"),
    "class-visually-hidden": _around('<div class="visually-hidden">', "</div>", above=True),
    "aria-hidden": _around('<div aria-hidden="true">', "</div>"),
    "template": _around("<template>", "</template>", above=True),
    "noscript": _around("<noscript>", "</noscript>"),
    "aside": _around("<aside>", "</aside>"),
    "trailing-section": _around("<section>", "</section>"),
    "first-in-article": _first,
    "middle-of-article": _middle,
    "middle-of-article-broken": _middle_broken,
    "last-in-article": _last,
    "last-in-article-bare": _last_bare,
    "before-article": _around("<div>", "</div>", above=True),
    "before-article-h1": lambda paper, kind, notice: article_page(
        paper, kind, f"<div>{notice.block('h1')}</div><main>{article(paper, kind)}</main>"
    ),
    "before-article-bare": lambda paper, kind, notice: article_page(
        paper, kind, f"<main>{notice.block()}{article(paper, kind)}</main>"
    ),
    "dialog": _around("<dialog>", "</dialog>"),
    "role-dialog": _around('<div role="dialog" class="modal">', "</div>"),
    "streamed": _streamed,
    "streamed-template": _streamed_template,
}
"""Every shape of the trap: where a site puts the notice on the page of an article."""
