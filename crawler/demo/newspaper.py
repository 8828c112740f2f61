"""The stories of the sample newspaper and how they become pages.

A story is a text file in stories/: lines of "name: value", a blank line, then paragraphs apart by blank lines, where
"## " begins a heading. The file name is the last part of its address. Templates are in templates/; every value put
into one has been escaped, except where the name of the placeholder stands for markup made here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib import resources
from string import Template

NAME = "The Harbour Gazette"
SECTIONS = {
    "harbour": "Harbour",
    "council": "Council",
    "science": "Science",
    "culture": "Culture",
    "investigations": "Investigations",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ja": "日本語",
}


@dataclass(frozen=True, slots=True)
class Story:
    """One story; `body` is its paragraphs, those that begin with "## " are headings. Dates are ISO 8601."""

    slug: str
    title: str
    section: str
    authors: tuple[str, ...]
    published: str
    modified: str
    language: str
    description: str
    free: bool
    body: tuple[str, ...]

    @property
    def path(self) -> str:
        """The story's address on the site."""
        return f"/{self.section}/{self.slug}"


@cache
def stories() -> tuple[Story, ...]:
    """Return every story of the newspaper, the newest first."""
    files = (file for file in resources.files(__package__).joinpath("stories").iterdir() if file.name.endswith(".txt"))
    found = [parse_story(file.name.removesuffix(".txt"), file.read_text(encoding="utf-8")) for file in files]
    return tuple(sorted(found, key=lambda story: datetime.fromisoformat(story.published), reverse=True))


def parse_story(slug: str, text: str) -> Story:
    """Return the story that a text file holds (format: see above)."""
    head, *body = text.strip().split("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Story(
        slug=slug,
        title=fields["title"],
        section=fields["section"],
        authors=tuple(fields["author"].split(", ")),
        published=fields["published"],
        modified=fields.get("modified", fields["published"]),
        language=fields["language"],
        description=fields["description"],
        free=fields.get("access") != "subscribers",
        body=tuple(body),
    )


def render(template: str, **values: str) -> str:
    """Return a template of templates/ with its placeholders filled in."""
    return Template(_template(template)).substitute(values)


@cache
def _template(name: str) -> str:
    return resources.files(__package__).joinpath("templates", f"{name}.html").read_text(encoding="utf-8")


def frame(title: str, main: str, *, language: str = "en", head: str = "", tail: str = "") -> str:
    """Return a page of the site: masthead, sections, `main`, newsletter and footer; all but the title is markup."""
    links = "\n".join(f'<a href="/{slug}">{escape(name)}</a>' for slug, name in SECTIONS.items())
    return render("page", title=escape(title), main=main, language=language, head=head, tail=tail, sections=links)


def article_page(story: Story, base: str, *, missing_block: bool = False) -> str:
    """Return the page of a story on the site at `base` ("http://host:port").

    `missing_block` puts the site's "page is not available" block, hidden, at the end, as some newspapers do on every
    page: the page is alive all the same.
    """
    main = render(
        "article",
        section=story.section,
        section_name=escape(SECTIONS[story.section]),
        title=escape(story.title),
        byline=escape(", ".join(story.authors)),
        published=story.published,
        published_day=story.published[:10],
        story=story_markup(story.body),
        offer="" if story.free else render("offer"),
        related=story_links([other for other in stories() if other is not story][:4]),
    )
    tail = render("missing_block") if missing_block else ""
    return frame(f"{story.title} | {NAME}", main, language=story.language, head=_article_head(story, base), tail=tail)


def story_markup(body: tuple[str, ...]) -> str:
    """Return paragraphs and headings as HTML."""
    return "\n".join(
        f"<h2>{escape(part[3:])}</h2>" if part.startswith("## ") else f"<p>{escape(part)}</p>" for part in body
    )


def story_links(chosen: list[Story]) -> str:
    """Return list items that link to stories, each with its description."""
    return "\n".join(
        f'<li><a href="{story.path}">{escape(story.title)}</a> <span>{escape(story.description)}</span></li>'
        for story in chosen
    )


def listing_page(title: str, chosen: list[Story]) -> str:
    """Return a page that lists stories: the front page or a section."""
    main = render("listing", title=escape(title), stories=story_links(chosen))
    return frame(title if title == NAME else f"{title} | {NAME}", main)


def feed(base: str) -> str:
    """Return the newspaper's RSS 2.0 feed."""
    items = "\n".join(
        f"<item><title>{escape(story.title)}</title><link>{base}{story.path}</link>"
        f'<guid isPermaLink="true">{base}{story.path}</guid>'
        f"<pubDate>{format_datetime(datetime.fromisoformat(story.published))}</pubDate>"
        f"<description>{escape(story.description)}</description></item>"
        for story in stories()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{NAME}</title><link>{base}/</link><description>News from Saltmere and its islands</description>\n"
        f"{items}\n</channel></rss>\n"
    )


def news_sitemap(base: str) -> str:
    """Return the newspaper's news sitemap (sitemaps.org 0.9 with the news extension of 2008)."""
    entries = "\n".join(
        f"<url><loc>{base}{story.path}</loc><lastmod>{story.modified}</lastmod><news:news><news:publication>"
        f"<news:name>{NAME}</news:name><news:language>{story.language}</news:language></news:publication>"
        f"<news:publication_date>{story.published}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{entries}\n</urlset>\n'
    )


def _article_head(story: Story, base: str) -> str:
    address = base + story.path
    metadata = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.description,
        "datePublished": story.published,
        "dateModified": story.modified,
        "inLanguage": story.language,
        "isAccessibleForFree": story.free,
        "mainEntityOfPage": address,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": NAME},
    }
    properties = {
        "og:type": "article",
        "og:site_name": NAME,
        "og:title": story.title,
        "og:description": story.description,
        "og:url": address,
        "article:published_time": story.published,
        "article:modified_time": story.modified,
    }
    lines = [
        f'<link rel="canonical" href="{address}">',
        f'<meta name="description" content="{escape(story.description)}">',
        *(f'<meta name="author" content="{escape(name)}">' for name in story.authors),
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items()),
        '<script type="application/ld+json">'
        + json.dumps(metadata, ensure_ascii=False).replace("</", "<\\/")
        + "</script>",
    ]
    return "\n".join(lines) + "\n"
