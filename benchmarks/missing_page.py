"""Say how many soft 404s are known with the site's missing page and without it, and how many live pages it costs.

    python -m benchmarks.missing_page DEADPAGES ARTICLES… [--json]

DEADPAGES is a folder with `labels.jsonl` and `pages/`, each ARTICLES one with `truth.jsonl` and `pages/` (README.md).

    siblings      soft 404s of one host, of whatever template: each in turn is what a probe brought
    changed       each soft 404 as it would be for another address on another day, the original being the probe's answer
    transplanted  each article, with a soft 404 of some other site for its missing page
    emptied       each article, with its own page less its paragraphs for its missing page

Nothing stored is what a probe brought; these are as near as stored pages come. What a probe's answer would not be taken
for a missing page (`MissingPage.answer`) teaches nothing, and is counted as it stands: the page is judged without it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import html

from archive.model import Liveness, MissingPage, Page, SiteProfile
from pipelines.document import Document
from pipelines.imprint import main_text_of, missing_page_of
from pipelines.options import ProcessOptions
from pipelines.signs import site as site_signs
from pipelines.verdict import judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

ASKED = "https://{}/news/2026/qzvhwkpdxmrtbnlcjgfsyeoau"
OTHER = "https://{}/news/2026/the-harbour-bridge-opens-again-4711"
UNKNOWN_HOST = "site.example"
SHORT_NEWS = 300
"""Characters of prose that the shortest news has."""

ENOUGH_LINKS = 10
"""Links to one host from which a page without any other sign is that host's."""

SHARED = re.compile(
    r"(?:^|\.)(?:google|googleapis|gstatic|facebook|twitter|x|instagram|youtube|linkedin|microsoft|w3|schema"
    r"|gmpg|wordpress|cloudflare|fontawesome|jsdelivr|localhost)(?:\.|$)"
)
"""Hosts that pages of every site link to."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored page: its label, markup, host, and title."""

    name: str
    label: str
    body: bytes
    host: str
    title: str


@dataclass(frozen=True, slots=True)
class Case:
    """A page judged with and without what its site's missing page teaches; `answer` is how that was classified."""

    kind: str
    name: str
    dead: bool
    answer: str
    without: Liveness
    known: Liveness


def document_of(body: bytes, url: str, profile: SiteProfile | None = None) -> Document:
    """Return the document of stored markup, as if it had been answered with 200 at an address."""
    page = Page(url, url, datetime.now(UTC), 200, ((b"Content-Type", b"text/html"),), body)
    return Document(page, ProcessOptions(), profile)


def probed(body: bytes, host: str) -> MissingPage:
    """Return what is remembered if a probe of a host brought this."""
    document = document_of(body, ASKED.format(host))
    return missing_page_of(document, judge(document))


def compared(kind: str, page: Stored, url: str, missing: MissingPage, body: bytes | None = None) -> Case:
    """Judge a page with and without its site's missing page."""
    markup = page.body if body is None else body
    without = judge(document_of(markup, url)).liveness
    known = judge(document_of(markup, url, SiteProfile(page.host, missing))).liveness
    return Case(kind, page.name, page.label == "dead_soft", missing.answer, without, known)


def host_of(document: Document) -> str:
    """Return the host a stored page says it is of: by canonical, og:url, base, else where most of its links lead."""
    stated = (document.canonical, document.said("og:url"), document.base)
    named = next((host for host in map(_host, filter(None, stated)) if host and not SHARED.search(host)), None)
    if named and named != UNKNOWN_HOST:
        return named
    links = (element.get("href") or "" for element in (document.tree.iter("a") if document.tree is not None else ()))
    counted = Counter(host for host in map(_host, links) if host and not SHARED.search(host))
    host, times = next(iter(counted.most_common(1)), ("", 0))
    return host if times >= ENOUGH_LINKS else ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def changed(body: bytes, donor: Sequence[str]) -> bytes:
    """Return a missing page as on another day: other stories in its links, other figures, another address."""
    document = document_of(body, ASKED.format(UNKNOWN_HOST))
    tree = document.tree
    if tree is None:
        return body
    stories = iter(donor)
    for element in tree.iter("a"):
        if len(" ".join(element.text_content().split())) >= 25:
            _replace_text(element, next(stories, "A ferry ran aground off the northern cape last night"))
    for element in tree.iter("time"):
        _replace_text(element, "Friday, December 4, 2026")
    markup = html.tostring(tree, encoding="unicode")
    return str(markup).replace(ASKED.rpartition("/")[2], OTHER.rpartition("/")[2]).encode()


def _replace_text(element: HtmlElement, text: str) -> None:
    """Put a text in place of an element's, in the element that has the most of it."""
    inner = [one for one in element.iter() if isinstance(one.tag, str) and (one.text or "").strip()]
    for one in inner:
        one.text = ""
    (inner[0] if inner else element).text = text


def emptied(body: bytes) -> bytes:
    """Return an article's page less its paragraphs, title and headings as they are: the hardest template to tell."""
    tree = document_of(body, ASKED.format(UNKNOWN_HOST)).tree
    if tree is None:
        return body
    for element in list(tree.iter("p")):
        element.drop_tree()
    return str(html.tostring(tree, encoding="unicode")).encode()


def stored(folder: Path, row: dict[str, Any]) -> Stored:
    """Read a page of a folder; of an article the host is that of its address."""
    body = gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes())
    document = document_of(body, f"https://{UNKNOWN_HOST}/")
    host = _host(row.get("url") or "") or host_of(document)
    return Stored(f"{folder.name}/{row['id']}", row.get("label", "alive"), body, host, document.title)


def siblings(pages: Sequence[Stored], live: Sequence[Stored]) -> Iterator[tuple[str, Stored, Stored]]:
    """Yield pairs of one site: what is judged, and what a probe brought."""
    by_host: dict[str, list[Stored]] = defaultdict(list)
    for page in pages:
        by_host[page.host].append(page)
    for host, of_host in by_host.items():
        for page in of_host if host else ():
            yield from (("siblings", page, probe) for probe in of_host if probe is not page)
    for page in live:
        yield from (("live of the site", page, probe) for probe in by_host.get(page.host, ()) if page.host)


def _sibling(job: tuple[str, Stored, Stored]) -> Case:
    kind, page, probe = job
    return compared(kind, page, OTHER.format(page.host), probed(probe.body, page.host))


def _changed(job: tuple[Stored, Stored]) -> Case:
    page, donor = job
    links = document_of(donor.body, ASKED.format(UNKNOWN_HOST)).outline.blocks
    stories = [block.text[:200] for block in links if block.is_links and len(block.text) >= 25]
    host = page.host or UNKNOWN_HOST
    body = changed(page.body, stories)
    return compared("changed", page, OTHER.format(host), probed(page.body, host), body)


def _transplanted(job: tuple[Stored, Stored]) -> Case:
    page, probe = job
    return compared("transplanted", page, OTHER.format(page.host), probed(probe.body, page.host))


def _emptied(page: Stored) -> Case | None:
    """Judge a page whose paragraphs hold its text; of one without, the template would be the page itself."""
    template = emptied(page.body)
    before, after = (document_of(body, f"https://{UNKNOWN_HOST}/").outline.prose for body in (page.body, template))
    if before - after < SHORT_NEWS:
        return None
    missing = replace(probed(template, page.host), answer="page")
    return compared("emptied", page, OTHER.format(page.host), missing)


def milliseconds(pages: Sequence[Stored]) -> dict[str, float]:
    """Return the mean processor time that a page costs, with the missing page that costs most: its own."""
    spent: dict[str, float] = defaultdict(float)
    for page in pages:
        document = document_of(page.body, OTHER.format(page.host or UNKNOWN_HOST))
        missing = replace(missing_page_of(document, judge(document)), answer="page")
        document.site = SiteProfile(page.host, missing)
        begun = time.process_time()
        main_text_of(document)
        spent["main text"] += time.process_time() - begun
        begun = time.process_time()
        list(site_signs.missing_page(document))
        spent["missing page"] += time.process_time() - begun
    return {what: round(seconds / len(pages) * 1000, 3) for what, seconds in spent.items()}


def figures(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return for each kind of case: pages, and how many were called dead with and without the missing page."""
    found = []
    for kind in dict.fromkeys(case.kind for case in cases):
        of_kind = [case for case in cases if case.kind == kind]
        taught = [case for case in of_kind if case.answer == "page"]
        found.append(
            {
                "kind": kind,
                "pages": len(of_kind),
                "answers": dict(Counter(case.answer for case in of_kind)),
                "taught": len(taught),
                "dead without": sum(_called_dead(case.without) for case in taught),
                "dead with": sum(_called_dead(case.known) for case in taught),
                "turned dead": sorted(
                    {case.name for case in of_kind if _called_dead(case.known) and not _called_dead(case.without)}
                )
                if not of_kind[0].dead
                else [],
                "missed": sorted({case.name for case in taught if case.dead and not _called_dead(case.known)}),
            }
        )
    return found


def _called_dead(liveness: Liveness) -> bool:
    """Whether a soft 404 was caught; one of the site's server faults is labelled as dead, too."""
    return liveness.dead or liveness is Liveness.ERROR


def main() -> None:
    """Judge all cases and print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("deadpages", type=Path)
    ask.add_argument("articles", type=Path, nargs="*")
    ask.add_argument("--json", action="store_true", help="print JSON instead of the table, with the pages by name")
    given = ask.parse_args()
    pages = [stored(given.deadpages, row) for row in _rows(given.deadpages / "labels.jsonl")]
    live = [page for page in pages if page.label == "alive"]
    for folder in given.articles:
        live += [stored(folder, row) for row in _rows(folder / "truth.jsonl")]
    dead = [page for page in pages if page.label == "dead_soft"]
    shifted = dead[1:] + dead[:1]
    with ProcessPoolExecutor() as pool:
        cases = list(pool.map(_sibling, siblings(dead, live), chunksize=8))
        cases += pool.map(_changed, zip(dead, shifted, strict=True), chunksize=8)
        donors = [dead[place % len(dead)] for place in range(len(live))]
        cases += pool.map(_transplanted, zip(live, donors, strict=True), chunksize=8)
        cases += filter(None, pool.map(_emptied, live, chunksize=8))
    rows, cost = figures(cases), milliseconds([*dead, *live[:: max(1, len(live) // 300)]])
    if given.json:
        print(json.dumps({"cases": rows, "milliseconds a page": cost}, indent=2))
        return
    print(f"{'':<18}{'pages':>7}{'taught':>8}{'dead without':>14}{'dead with':>11}{'turned dead':>13}")
    for row in rows:
        print(
            f"{row['kind']:<18}{row['pages']:>7}{row['taught']:>8}{row['dead without']:>14}{row['dead with']:>11}"
            f"{len(row['turned dead']):>13}"
        )
    print(", ".join(f"{what} {value} ms a page" for what, value in cost.items()))


def _rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
