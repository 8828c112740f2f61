"""`newsclip demo`: the whole way on one machine without a network, and what to try next.

The bundled newspaper is served on loopback, everything it has is saved as any site would be, and each page's verdict
is shown beside what the page is.
"""

from __future__ import annotations

import dataclasses
import shlex
from typing import TYPE_CHECKING

from archive.terminal import escape
from crawler.demo.pages import DEMO_PATHS
from crawler.demo.site import Site
from crawler.save_command import crawl
from crawler.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from archive.command import Context
    from archive.model import Capture
    from crawler.config import Settings
    from crawler.demo.pages import DemoPage

_NOT_AS_EXPECTED = 1


def demo(folder: Path, settings: Settings, context: Context) -> int:
    """Save the sample newspaper into a collection at `folder` and show page by page what came of it.

    The status is 1 if a verdict is not the one the page was written for.
    """
    with Site() as site:
        context.out.write(f"A sample newspaper is served at {site.base}; saving it into {folder} …\n\n")
        captures = _saved(site, folder, settings)
        rows = [(page, captures[site.url(page.path)]) for page in DEMO_PATHS]
    context.out.writelines(_row(page, capture) for page, capture in rows)
    context.out.write(_next_steps(folder, rows))
    return 0 if all(page.liveness == capture.liveness for page, capture in rows) else _NOT_AS_EXPECTED


def _saved(site: Site, folder: Path, settings: Settings) -> dict[str, Capture]:
    local = dataclasses.replace(settings.fetch, allow_networks=("127.0.0.0/8",), delay=0.0, per_host=4)
    settings = dataclasses.replace(
        settings, fetch=local, collection=dataclasses.replace(settings.collection, path=str(folder))
    )
    captures: dict[str, Capture] = {}
    session = Session.open(settings, "demo")
    session.acknowledge = lambda capture: captures.update({capture.target: capture})
    try:
        session.writer.add_targets([site.url(page.path) for page in DEMO_PATHS])
        session.writer.intake_complete()
        crawl(settings, session)
    finally:
        session.close()
    if session.stopped_by is not None:
        raise session.stopped_by
    return captures


def _row(page: DemoPage, capture: Capture) -> str:
    return (
        f"{capture.liveness or '':<12}{page.path}\n"
        f"{'':<12}what it is:  {page.shows}\n"
        f"{'':<12}the verdict: {escape(capture.reason or '')}\n\n"
    )


def _next_steps(folder: Path, rows: list[tuple[DemoPage, Capture]]) -> str:
    where = f"newsclip -C {shlex.quote(str(folder))}"
    page, capture = rows[2]
    return (
        f"Everything is in {folder}: WARC files in archive/, clean text in articles/. Try next:\n\n"
        f"  {where} list\n"
        f"  {where} show {shlex.quote(capture.url)}      # {page.shows}\n"
        f"  {where} show --why {shlex.quote(capture.url)}\n"
        f"  {where} search harbour\n"
        f"  {where} verify\n"
        "  newsclip save https://news.example/story      # with an address of your own\n"
    )
