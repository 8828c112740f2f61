"""The whole pure half in one call: a page goes in, a verdict and an article come out.

    Page ─▶ Document ─▶ signs ─▶ Verdict ─▶ (live, paywall, unsure) body ─▶ second look ─▶ text, Markdown ─▶ Processed
                                                     └─▶ metadata ──────────▶┘

The same call serves a page that arrived a second ago, a file and an old record. It never raises for a page: a tool
that fails costs what it would have given, and `fault` says which tool and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from archive.model import Article, Processed, Removed, Trace, Verdict
from pipelines import rendering, site_memory, text
from pipelines.canonical import canonical_elsewhere
from pipelines.document import Document
from pipelines.imprint import missing_page_of
from pipelines.language import language_of
from pipelines.metadata import Metadata, metadata_of
from pipelines.notices import RULE as MISSING_PAGE_NOTICE
from pipelines.notices import speaks_of_missing, without_notices
from pipelines.options import ProcessOptions
from pipelines.second_look.facts import facts_of
from pipelines.second_look.own_body import better_of
from pipelines.second_look.steps import look_again
from pipelines.signs.site import remembered_text
from pipelines.titles import candidates
from pipelines.verdict import FROM_ANSWER, judge, weigh
from pipelines.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from archive.model import Page, SiteProfile
    from pipelines.second_look.draft import Draft

Result = TypeVar("Result")
Removals = tuple[Removed, ...]

_DEFAULTS = ProcessOptions()
_NOTHING_KNOWN = Metadata(None, (), None, None, None, None, (), ())
_NOTHING_LEARNED: tuple[Removals, tuple[Trace, ...]] = ((), ())
_NO_ARTICLE: tuple[Article | None, tuple[Trace, ...]] = (None, ())


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

    `site` is what is remembered of the page's site: what its missing page looks like, which texts and lines it repeats,
    and where on its pages nothing but noise stands. `fault` names each tool that failed and each bound that cut the
    page.
    """
    faults = _Faults()
    document = Document(page, options, site)
    verdict = faults.attempt("judging", lambda: judge(document), None)
    if verdict is None:
        verdict = _from_answer(page)
    article, traces = _NO_ARTICLE
    if options.extract and verdict.liveness.has_text and page.status is not None:
        article, traces = faults.attempt("extraction", lambda: _article(document, faults), _NO_ARTICLE)
    main_text = canonical = None
    if options.remember:
        main_text = faults.attempt("remembering", lambda: remembered_text(document), None)
        canonical = faults.attempt("reading the canonical address", lambda: canonical_elsewhere(document), None)
    faults.notes.extend(document.cuts)
    return Processed(verdict, article, faults.line(), main_text, canonical=canonical, traces=traces)


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


def _article(document: Document, faults: _Faults) -> tuple[Article | None, tuple[Trace, ...]]:
    """Return the article of a page that has one, else None, and what it leaves in its site's memory."""
    if document.kind == "text":
        return _plain_text(document), ()
    tree = document.tree
    if document.kind != "markup" or tree is None:
        return _NO_ARTICLE
    as_it_is: tuple[HtmlElement, Removals] = (tree, ())
    (whole, noticed), without = as_it_is, document.options.without
    if speaks_of_missing(plain(document.outline.words)):
        titles = tuple(filter(None, candidates(document)))
        whole, noticed = faults.attempt("taking out notices", lambda: without_notices(tree, titles), as_it_is)
    else:
        without |= {MISSING_PAGE_NOTICE}
    about = faults.attempt("metadata", lambda: metadata_of(document), _NOTHING_KNOWN)
    facts = facts_of(document, about.title)
    body = faults.attempt("text extraction", lambda: text.body_of(whole, document), None)
    draft = better_of(body, document.outline.blocks, facts.title_letters)
    if draft is None:
        return _NO_ARTICLE
    draft.forget(one.text for one in noticed)
    nothing: Removals = ()
    removed = faults.attempt("the second look", lambda: look_again(draft, facts, without), nothing)
    known, traces = faults.attempt("the site's memory", lambda: _remembered(document, draft, removed), _NOTHING_LEARNED)
    rendered = rendering.render(draft, document.absolute)
    if not rendered.text:
        return _NO_ARTICLE
    article = Article(
        title=about.title,
        authors=about.authors,
        published=about.published,
        modified=about.modified,
        language=language_of(document, rendered.text),
        description=about.description,
        site_name=about.site_name,
        tags=about.tags,
        text=rendered.text,
        markdown=rendered.markdown,
        links=rendered.links,
        images=about.images,
        extractor=dict(text.EXTRACTOR),
        removed=(*noticed, *removed, *known),
        section=about.section,
        canonical=about.canonical,
        image=about.image,
        paywalled=about.paywalled,
    )
    return article, traces


def _remembered(document: Document, draft: Draft, removed: Removals) -> tuple[Removals, tuple[Trace, ...]]:
    """Take out of a draft what its site repeats; return that, and what the page leaves in its site's memory."""
    if document.site is None and not document.options.remember:
        return _NOTHING_LEARNED
    body = site_memory.body_of(document)
    lines = site_memory.lines_of_text((line.text for line in draft.lines), body)
    noise = site_memory.noise_in(lines, body, site_memory.known_of(document.site))
    traces = site_memory.traces_of(body, lines, removed) if site_memory.leaves_traces(document) else ()
    found = [(draft.lines[number], rule) for number, rule in noise.items()]
    draft.remove(line for line, _ in found)
    return tuple(Removed(rule, line.text) for line, rule in found), traces


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
