"""What the pure half lets its caller choose: bounds that keep one hostile page from costing more than a page may.

The bounds are here, not in the modules that obey them, because together they decide the worst case of a page: a
worker's deadline (crawler) is only the net below them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessOptions:
    """How far `process` looks into a page, and whether it extracts text.

    `max_characters` and `max_elements` bound what is parsed and searched; a page beyond them is cut there and its
    `fault` says so. `max_attributes` bounds one start tag: libxml2 compares every attribute with every other, and one
    `<div>` of 100,000 attributes costs it 79 seconds (measured, libxml2 2.14). `max_structured` bounds each block of
    JSON-LD, in characters. `max_extracted` is the number of elements beyond which the extractor is not asked, whose
    time grows faster than the page (20,000 links took it 9 s, measured; the largest of 568 honest pages has 4,687): the
    article is then made of the page's outline, and `fault` says so. `full_compare_below` is the length of extracted
    text, in characters, from which a second opinion of another extractor is not asked for any more (measured: as good,
    and a quarter faster). `remember` asks for what the memory of the page's site is made of, too. `without` names steps
    of the second look that are left out (pipelines.second_look.steps).
    """

    extract: bool = True
    remember: bool = True
    max_characters: int = 8_000_000
    max_elements: int = 25_000
    max_attributes: int = 500
    max_structured: int = 500_000
    full_compare_below: int = 500
    max_extracted: int = 15_000
    without: frozenset[str] = frozenset()
