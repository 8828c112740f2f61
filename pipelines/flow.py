"""The whole pure half in one call: a page goes in, a verdict and an article come out.

    Page ─▶ Document ─▶ signs ─▶ Verdict ─▶ (live, paywall, unsure) text, metadata, language ─▶ clean ─▶ Processed

The same call serves a page that arrived a second ago, a file and an old record. It never raises for a page: a tool
that fails costs what it would have given, and `fault` says which tool and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from archive.model import Article, Processed, Verdict
from pipelines import boilerplate, text
from pipelines.canonical import canonical_elsewhere
from pipelines.document import Document
from pipelines.imprint import missing_page_of
from pipelines.language import language_of
from pipelines.metadata import Metadata, metadata_of
from pipelines.notices import without_notices
from pipelines.options import ProcessOptions
from pipelines.signs.site import remembered_text
from pipelines.titles import candidates
from pipelines.verdict import FROM_ANSWER, judge, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from archive.model import Page, Removed, SiteProfile

Result = TypeVar("Result")

_DEFAULTS = ProcessOptions()
_NOTHING_KNOWN = Metadata(None, (), None, None, None, None, (), ())


class _Faults:
    """Collects what went wrong, while the rest goes on."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def attempt(self, what: str, run: Callable[[], Result], otherwise: Result) -> Result:
        """Return what `run` gives, or `otherwise` with a note, whatever it raises."""
        try:
            return run()
        except Exception as error:  # noqa: BLE001 - three foreign parsers meet arbitrary bytes here, and no page may end a run
            self.notes.append(f"{what} failed: {type(error).__name__}: {error}"[:300])
            return otherwise

    def line(self) -> str | None:
        return "; ".join(self.notes) or None


def process(page: Page, site: SiteProfile | None = None, options: ProcessOptions = _DEFAULTS) -> Processed:
    """Return the verdict on a page and, where it has text, its article. Never raises for any page.

    `site` is what is remembered of the page's site: what its missing page looks like, which texts it repeats, and lines
    that three or more of its pages carry, which are no part of an article. `fault` names each tool that failed and each
    bound that cut the page.
    """
    faults = _Faults()
    document = Document(page, options, site)
    verdict = faults.attempt("judging", lambda: judge(document), None)
    if verdict is None:
        verdict = _from_answer(page)
    article = None
    if options.extract and verdict.liveness.has_text and page.status is not None:
        article = faults.attempt("extraction", lambda: _article(document, site, faults), None)
    main_text = faults.attempt("remembering", lambda: remembered_text(document), None)
    canonical = faults.attempt("reading the canonical address", lambda: canonical_elsewhere(document), None)
    faults.notes.extend(document.cuts)
    return Processed(verdict, article, faults.line(), main_text, canonical=canonical)


def process_probe(page: Page) -> Processed:
    """Return what a site's answer to an address that cannot exist teaches (`missing_page`). Never raises."""
    faults = _Faults()
    document = Document(page, _DEFAULTS)
    verdict = faults.attempt("judging", lambda: judge(document), None) or _from_answer(page)
    missing_page = faults.attempt("remembering", lambda: missing_page_of(document, verdict), None)
    faults.notes.extend(document.cuts)
    return Processed(verdict, fault=faults.line(), missing_page=missing_page)


def process_without_body(page: Page, fault: str) -> Processed:
    """Return the verdict by status, headers and redirects alone, for a page whose worker died; `fault` says how."""
    return Processed(_from_answer(page), None, fault)


def _from_answer(page: Page) -> Verdict:
    """Judge a page without looking at its body; one that answered and gave no other sign is unsure."""
    document = Document(page, _DEFAULTS)
    faults = _Faults()
    return faults.attempt("judging", lambda: judge(document, FROM_ANSWER), weigh(()))


def _article(document: Document, site: SiteProfile | None, faults: _Faults) -> Article | None:
    """Return the article of a page that has one, else None."""
    if document.kind == "text":
        return _plain_text(document)
    tree = document.tree
    if document.kind != "markup" or tree is None:
        return None
    titles = tuple(title for title in candidates(document) if title)
    whole, noticed = faults.attempt("taking out notices", lambda: without_notices(tree, titles), _as_it_is(tree))
    found = faults.attempt(
        "text extraction",
        lambda: text.extract(
            whole,
            document.page.url,
            prose=document.outline.prose,
            full_compare_below=document.options.full_compare_below,
        ),
        None,
    )
    about = faults.attempt("metadata", lambda: metadata_of(document), _NOTHING_KNOWN)
    if found is None or not found.text:
        return None
    cleaned = boilerplate.clean(found.text, found.markdown, _context(document, site, about))
    return Article(
        title=about.title,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        language=language_of(document, cleaned.text),
        description=about.description,
        site_name=about.site_name,
        tags=about.tags,
        text=cleaned.text,
        markdown=cleaned.markdown,
        links=found.links,
        images=about.images,
        extractor=dict(found.extractor),
        removed=(*noticed, *found.removed, *cleaned.removed),
        section=about.section,
        canonical=about.canonical,
        image=about.image,
        paywalled=about.paywalled,
    )


def _as_it_is(tree: HtmlElement) -> tuple[HtmlElement, tuple[Removed, ...]]:
    return tree, ()


def _context(document: Document, site: SiteProfile | None, about: Metadata) -> boilerplate.Context:
    """Gather what the cleaning rules know of a page."""
    return boilerplate.Context(
        titles=tuple(dict.fromkeys(title for title in (about.title, *candidates(document)) if title)),
        repeated=boilerplate.repeated_on(site.blocks) if site else frozenset(),
    )


def _plain_text(document: Document) -> Article | None:
    """Return a text file as an article: its lines, and nothing known beside them."""
    lines = "\n".join(line.rstrip() for line in document.text.replace("\x00", "").splitlines()).strip()
    if not lines:
        return None
    lines = lines[: document.options.max_characters]
    return Article(
        title=None,
        authors=(),
        published=None,
        modified=None,
        language=language_of(document, lines),
        description=None,
        site_name=None,
        tags=(),
        text=lines,
        markdown=lines,
    )
