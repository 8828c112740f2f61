"""Say what a site's memory does to the text of its pages: precision, recall and F1 with it and without.

    python -m benchmarks.site_memory [SET…] [--pages-each N] [--show]

Each SET is a folder with `truth.jsonl` and `pages/` (README.md). The pages of all are grouped by host: that of the
address, or where a set hides it, of the canonical one. Each page of a host with two or more is read without memory and
with that of the others. Beside the figures stands the mean difference of the pages' F1, with its 95 % interval (paired
bootstrap over pages).

The sets have few pages of a site. So each of the others counts for as many addresses as `--pages-each` says: with 1 a
line counts as in a crawl, with 2 (the default) it is the site's if a single other page has it, and more of what the
rules do can be seen than a crawl would let them do. Last come two newspapers of our own, as a crawl meets them: the
demo's stories, and generated articles in a template with prompts and offers (tests/site/templated.py).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.model import Page, Processed, SiteProfile
from archive.site_memory import Remembered
from archive.trace import pack
from crawler.demo import newspaper
from pipelines.document import Document
from pipelines.flow import process
from pipelines.options import ProcessOptions
from pipelines.site_memory import MISSING_PAGE_LINE, SITE_LINE, SITE_PLACE
from tests.site import generated
from tests.site.templated import templated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RULES = (SITE_LINE, SITE_PLACE, MISSING_PAGE_LINE)
_WORD = re.compile(r"\w+")
_HIDDEN_HOSTS = ("", "fakehost", "web.archive.org")
_FIGURES = ("precision", "recall", "F1")


@dataclass(frozen=True, slots=True)
class Read:
    """A page of a set: its reference, markup and address."""

    reference: dict[str, Any]
    page: Page


@dataclass(slots=True)
class Score:
    """What came of one set of pages: figures of each page with and without memory, and lines taken out."""

    without: list[tuple[float, float]] = field(default_factory=list)
    known: list[tuple[float, float]] = field(default_factory=list)
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def lines(self) -> Iterable[str]:
        """Yield the table, a line at a time."""
        for name, figures in (("without", self.without), ("with", self.known)):
            precision, recall = (mean(one[side] for one in figures) for side in (0, 1))
            shown = zip(_FIGURES, (precision, recall, f1(precision, recall)), strict=True)
            yield f"  {name:8} {'  '.join(f'{key} {value:.4f}' for key, value in shown)}"
        gains = [f1(*with_it) - f1(*alone) for with_it, alone in zip(self.known, self.without, strict=True)]
        low, high = interval(gains)
        yield f"  mean gain of a page's F1 {mean(gains):+.4f} ({low:+.4f} to {high:+.4f})"
        for rule in RULES:
            right, wrong = self.rules[rule, True], self.rules[rule, False]
            yield f"  {rule:18} {right + wrong:5} lines taken out, {right} of them not in the reference"


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(gains: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the mean: 2,000 bootstrap samples from a fixed seed."""
    chance = random.Random(7)
    means = sorted(mean(chance.choices(gains, k=len(gains))) for _ in range(2_000))
    return means[50], means[-51]


def page_of(url: str, body: bytes) -> Page:
    """Return a page as if it had just been fetched."""
    return Page(url, url, datetime(2026, 11, 1, tzinfo=UTC), 200, (), body)


def pages_of(folder: Path) -> dict[str, list[Read]]:
    """Return the pages of a set by host, those that name one."""
    found = defaultdict(list)
    for line in (folder / "truth.jsonl").read_bytes().splitlines():
        reference = json.loads(line)
        page = page_of(
            reference.get("url") or "", gzip.decompress((folder / "pages" / f"{reference['id']}.html.gz").read_bytes())
        )
        found[host_of(page)].append(Read(reference, page))
    found.pop("", None)
    return found


def host_of(page: Page) -> str:
    """Return the host of a page's address, or where the set hides it, of the one that the page declares."""
    document = Document(page, ProcessOptions())
    if document.host not in _HIDDEN_HOSTS:
        return document.host
    declared = document.canonical or document.said("og:url") or ""
    declared = declared[max(declared.rfind("http://"), declared.rfind("https://"), 0) :]
    host = (urlsplit(declared).hostname or "").removeprefix("www.")
    return "" if host in _HIDDEN_HOSTS else host


def title_of(said: Processed) -> str | None:
    """Return the title of a page; of two that share one, one is a copy, which the memory counts as the same."""
    return said.article.title if said.article else None


def profile(host: str, others: Sequence[Processed], each: int) -> SiteProfile:
    """Return what the site of a page knows by its other pages, each of them standing at so many addresses."""
    known = Remembered(
        (f"{number}/{copy}", number, f"{number}/{copy}".encode(), pack(other.traces))
        for number, other in enumerate(others)
        for copy in range(each)
    )
    return SiteProfile(host, blocks=known.blocks(""), pages=known.pages(""), places=known.places(""))


def measure(groups: dict[str, list[Read]], each: int, *, show: bool) -> Score:
    """Read the pages of each host with and without what the others left."""
    score = Score()
    for host, pages in sorted(groups.items()):
        alone = [process(one.page) for one in pages]
        for number, one in enumerate(pages):
            others = [other for other in alone if title_of(other) != title_of(alone[number])]
            site = profile(host, others, each)
            known = process(one.page, site)
            score.without.append(scored(one.reference, alone[number]))
            score.known.append(scored(one.reference, known))
            for removed in known.article.removed if known.article else ():
                if removed.rule in RULES:
                    right = not stands_in(removed.text, one.reference)
                    score.rules[removed.rule, right] += 1
                    if show:
                        print(f"    {host} {'right' if right else 'WRONG'} {removed.rule}: {removed.text[:100]}")
    return score


def stands_in(line: str, reference: dict[str, Any]) -> bool:
    """Whether a line that was taken out is in the reference, or overlaps a snippet that belongs to the article."""
    words = " ".join(words_of(line))
    if "text" in reference:
        return f" {words} " in f" {' '.join(words_of(reference['text']))} "
    return any(" ".join(words_of(one)) in words for one in reference["with"])


def scored(reference: dict[str, Any], said: Processed) -> tuple[float, float]:
    """Return precision and recall of one page: of 4-word shingles, or of snippets where a set has those."""
    text = said.article.text if said.article else ""
    if "text" in reference:
        wanted, found = shingles(reference["text"]), shingles(text)
        hit = (wanted & found).total()
        return hit / found.total() if found else 0.0, hit / wanted.total() if wanted else 0.0
    flat = " ".join(text.split())
    right = sum(" ".join(one.split()) in flat for one in reference["with"])
    wrong = sum(" ".join(one.split()) in flat for one in reference["without"])
    return right / (right + wrong) if right + wrong else 0.0, right / len(reference["with"])


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the groups of four words of a text, with how often each stands there."""
    words = words_of(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def stories() -> list[Read]:
    """Return the articles of the demo's newspaper with their own words for reference."""
    return [
        Read(
            {"text": "\n".join(part.removeprefix("## ") for part in story.body)},
            page_of(
                f"http://gazette.example{story.path}", newspaper.article_page(story, "http://gazette.example").encode()
            ),
        )
        for story in newspaper.stories()
        if story.free
    ]


def articles(count: int) -> list[Read]:
    """Return generated articles in the template of the tests' newspaper, with their paragraphs for reference."""
    found = []
    for number in range(count):
        url = f"http://gazette.example/odd/templated-story/{number}"
        found.append(
            Read({"text": "\n".join(generated.paragraphs(number, 3))}, page_of(url, templated(number, url).encode()))
        )
    return found


def main() -> None:
    """Measure each set, and the bundled newspaper."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("sets", nargs="*", type=Path)
    ask.add_argument("--pages-each", type=int, default=2)
    ask.add_argument("--show", action="store_true", help="print each line that is taken out")
    args = ask.parse_args()
    groups: defaultdict[str, list[Read]] = defaultdict(list)
    for folder in args.sets:
        for host, pages in pages_of(folder).items():
            groups[host] += pages
    several = {host: pages for host, pages in groups.items() if len(pages) > 1}
    if several:
        print(f"{sum(map(len, several.values()))} pages of {len(several)} hosts", flush=True)
        print("\n".join(measure(several, args.pages_each, show=args.show).lines()), flush=True)
    for name, pages in (("the demo's newspaper", stories()), ("a templated newspaper", articles(20))):
        print(f"{name}: {len(pages)} pages")
        print("\n".join(measure({"gazette.example": pages}, 1, show=args.show).lines()))


if __name__ == "__main__":
    main()
