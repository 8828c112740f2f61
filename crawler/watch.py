"""Looks over what a crawl brought for each source, beside the source's own past, and notes what needs attention.

    listings that failed or ran dry ┐
    articles as they came           ├─▶ archive/attention.py ─▶ begins, goes on, is over ─▶ collection, report, status 3
    silence                         ┘

What a run did not look at does not change: a source that reached a limit may have listings that nobody asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import concerns, sources
from archive.attention import OF_LISTINGS, Concern, Kind, of_pages, of_silence
from archive.concerns import Noted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from archive.writer import Writer
    from crawler.crawl_run import CrawlRun
    from crawler.discovery import SourceRun


def watch(writer: Writer, run: CrawlRun, configured: Collection[str]) -> Noted:
    """Note what needs attention of the sources of a run, and what does no more.

    Raises:
        NewsclipError: it cannot be written.

    """
    writer.change(concerns.forget_all_but, configured, run.began)
    writer.change(sources.forget_all_but, configured)
    all_noted = [writer.change(concerns.note, name, _found(writer, run, name), run.began) for name in run.sources]
    return Noted(
        tuple(one for noted in all_noted for one in noted.standing),
        tuple(one for noted in all_noted for one in noted.begun),
        tuple(one for noted in all_noted for one in noted.over),
    )


def _found(writer: Writer, run: CrawlRun, name: str) -> list[Concern]:
    """Return everything that is the matter with a source after a run."""
    source = run.sources[name]
    known = {concern.kind: concern for concern in writer.ask(concerns.standing, name)}
    found = list(_of_listings(source, run, known))
    found += of_pages(name, writer.ask(concerns.pages, name, run.began), run.began, known)
    silence = of_silence(name, writer.ask(concerns.rhythm, name), run.began) if source.asked else known.get(Kind.SILENT)
    return [*found, silence] if silence else found


def _of_listings(source: SourceRun, run: CrawlRun, known: Mapping[Kind, Concern]) -> Iterator[Concern]:
    """Yield what is the matter with what should say what is new."""
    whys = {}
    if source.failed:
        why = f"{source.failed} of {source.asked} listings could not be read: {source.faults[0]}"
        whys[Kind.LISTING_FAILED] = why
    if source.ran_dry:
        more = f", and {len(source.ran_dry) - 1} more" if source.ran_dry[1:] else ""
        whys[Kind.LISTING_EMPTY] = f"{source.ran_dry[0]} names nothing, and did before{more}"
    if source.is_trapped:
        why, (_, first) = max(source.trapped.items(), key=lambda one: one[1][0])
        whys[Kind.TRAPPED] = f"{source.refused} addresses were refused, most since {why}; the first is {first}"
    for kind, why in whys.items():
        yield Concern(source.options.name, kind, why, run.began)
    complete = source.asked and not run.unfinished and source.limit is None and run.limit is None
    if not complete:
        yield from (known[kind] for kind in sorted(OF_LISTINGS & known.keys() - whys.keys()))
