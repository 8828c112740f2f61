"""`newsclip crawl`: one pass over the configured sources, or over those that are named (crawler/crawl_round.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from archive.rows import VERDICT_COLUMNS
from archive.terminal import escape
from crawler.crawl_round import CrawlRound
from crawler.printer import Printer
from crawler.progress import Progress
from crawler.rejudge import judge_stored
from crawler.scrapy_settings import scrapy_settings
from crawler.spiders.crawl import CrawlSpider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.command import Context
    from archive.model import Capture
    from crawler.config import Settings


def crawl_sources(names: Sequence[str], settings: Settings, context: Context) -> int:
    """Crawl the sources with these names, or all, and return the exit status.

    Raises:
        NewsclipError: there is no such source, or the collection cannot be written.

    """
    crawl = CrawlRound.begin(names, settings)
    session = crawl.session
    try:
        with Progress(0, context.err, quiet=context.verbosity < 0) as progress:
            session.acknowledge = Printer(context, progress, _for_people)
            judge_stored(session, session.writer.mended.unjudged)
            process = AsyncCrawlerProcess(scrapy_settings(settings))
            process.crawl(CrawlSpider, session=session, run=crawl.run)
            process.start()
    except BaseException:
        session.close()
        raise
    return crawl.conclude()


def _for_people(capture: Capture) -> str:
    assert capture.liveness is not None
    return f"{capture.liveness.value:<{VERDICT_COLUMNS}} {escape(capture.target)}"
