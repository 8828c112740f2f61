"""What a page says of its article outside the text: titles, description, and the body that its markup repeats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipelines import jsonld
from pipelines.language import declared
from pipelines.titles import candidates
from pipelines.words import letters

if TYPE_CHECKING:
    from pipelines.document import Document

DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")

LONG_BODY = 500
"""Characters from which an articleBody is taken for the article and not for its beginning."""


@dataclass(frozen=True)
class Facts:
    """A page's titles, descriptions, articleBody and language as it gives them.

    Texts are compared by their letters and figures alone.
    """

    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    article_body: str = ""
    language: str | None = None

    @cached_property
    def title_letters(self) -> tuple[str, ...]:
        """The titles' letters."""
        return tuple(filter(None, map(letters, self.titles)))

    @cached_property
    def description_letters(self) -> tuple[str, ...]:
        """The descriptions' letters."""
        return tuple(filter(None, map(letters, self.descriptions)))

    @cached_property
    def body_letters(self) -> str:
        """The articleBody's letters; '' where it is none or hardly a beginning."""
        found = letters(self.article_body) if len(self.article_body) >= LONG_BODY else ""
        return found if len(found) >= LONG_BODY else ""


def facts_of(document: Document, title: str | None = None) -> Facts:
    """Gather the facts of a page; `title` is the one that was found for its article."""
    nodes = document.structured
    said = [value for name in DESCRIPTIONS for value in document.meta.get(name, ())]
    said += [text for node in nodes if (text := jsonld.first_text(node.get("description")))]
    bodies = [body for node in nodes if isinstance(body := node.get("articleBody"), str)]
    return Facts(
        tuple(dict.fromkeys(one for one in (title, *candidates(document)) if one)),
        tuple(dict.fromkeys(said)),
        "\n".join(body for body in bodies if len(body) >= LONG_BODY),
        declared(document),
    )
