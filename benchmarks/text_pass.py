"""Every page of some sets through one extractor, over all cores, as a command of its own: a JSON line a page.

    python -m benchmarks.text_pass trafilatura|newsclip SET… [--weights FILE]

newsclip makes trafilatura's searches faster where it is imported, so that each is a command that imports nothing of the
other. `--weights` is a JSON file of the tables by which lines are weighed, one for each part of the sites
(benchmarks/text.py). A line has `group`, `id`, `text`, `title`, `authors`, `date`, and `ms`, the processor time of
the page.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.text_sets import Example, examples_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Found = dict[str, Any]
    Tables = Mapping[str, Mapping[str, Mapping[str, float]]]


_TABLES: dict[str, Mapping[str, Mapping[str, float]]] = {}
"""The weights of lines for each part of the sites; none for those of the program."""


def of_trafilatura(example: Example) -> Found:
    """Return what trafilatura makes of a page by itself; its authors are one string, with "; " between names."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - the other command is to be without it
    from trafilatura.settings import Document  # noqa: PLC0415

    page = example.page
    began = time.process_time()
    found = bare_extraction(page.body, url=page.url or None, with_metadata=True, include_comments=False)
    spent = time.process_time() - began
    if not isinstance(found, Document):
        return _row(example, spent)
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return _row(example, spent, text=found.text, title=found.title, authors=authors, date=found.date)


def of_newsclip(example: Example) -> Found:
    """Return what newsclip makes of a page, by the weights of its part of the sites where there are any."""
    from pipelines.flow import process  # noqa: PLC0415 - it makes trafilatura faster
    from pipelines.options import ProcessOptions  # noqa: PLC0415
    from pipelines.second_look import fitted_lines  # noqa: PLC0415

    if _TABLES:
        weights = _TABLES[str(example.fold)]
        fitted_lines.IN_TEXT, fitted_lines.LEFT_OUT = dict(weights["IN_TEXT"]), dict(weights["LEFT_OUT"])
    page = example.page
    began = time.process_time()
    article = process(page, options=ProcessOptions(remember=False)).article
    spent = time.process_time() - began
    if article is None:
        return _row(example, spent)
    return _row(
        example,
        spent,
        text=article.text,
        title=article.title,
        authors=list(article.authors),
        date=(article.published or "")[:10],
    )


EXTRACTORS: dict[str, Callable[[Example], Found]] = {"trafilatura": of_trafilatura, "newsclip": of_newsclip}


def _prepare(extractor: str, tables: Tables) -> None:
    """Make a process what the program makes of its workers, with the tables that it weighs by."""
    _TABLES.update(tables)
    if extractor == "newsclip":
        from crawler.options import FetchOptions  # noqa: PLC0415 - see above
        from crawler.workers import prepare_worker  # noqa: PLC0415 - see above
        from pipelines import flow  # noqa: F401, PLC0415 - what is there before is not searched for garbage

        prepare_worker(FetchOptions().page_memory)


def _row(example: Example, spent: float, **found: Any) -> Found:
    empty: Found = {"text": "", "title": None, "authors": [], "date": None}
    return {"group": example.group, "id": example.name, "ms": spent * 1000} | empty | found


def main() -> None:
    """Pass the pages through."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("extractor", choices=tuple(EXTRACTORS))
    ask.add_argument("sets", nargs="+", type=Path)
    ask.add_argument("--weights", type=Path)
    args = ask.parse_args()
    tables: Tables = json.loads(args.weights.read_bytes()) if args.weights else {}
    extract = EXTRACTORS[args.extractor]
    with ProcessPoolExecutor(initializer=_prepare, initargs=(args.extractor, tables)) as pool:
        for found in pool.map(extract, examples_of(args.sets), chunksize=8):
            sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
