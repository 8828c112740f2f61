"""`newsclip recheck`: look at archived articles again, at the ages that `recheck` of their source names.

Each look is a capture as any other: an equal payload is a revisit, another text a new version (`newsclip diff`). What
several looks say of an address together, `newsclip history` says. How a recheck begins and ends is in
crawler/recheck_round.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.crawler import AsyncCrawlerProcess

from archive.terminal import escape, json_line
from crawler.progress import Progress
from crawler.recheck_round import RecheckRound
from crawler.rejudge import judge_stored
from crawler.scrapy_settings import scrapy_settings
from crawler.spiders.recheck import RecheckSpider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.command import Context
    from archive.looks import Outcome
    from crawler.config import Settings

_WIDEST = 10


def recheck(names: Sequence[str], settings: Settings, context: Context) -> int:
    """Look again at what is due of the sources with these names, or of all, and return the exit status.

    Raises:
        NewsclipError: there is no such source, or the collection cannot be written.

    """
    with Progress(0, context.err, quiet=context.verbosity < 0) as progress:

        def tell(url: str, outcome: Outcome) -> None:
            line = json_line({"url": url, "outcome": outcome.value}) if context.json else _in_words(url, outcome)
            progress.above(f"{line}\n", context.out)

        begun = RecheckRound.begin(names, settings, tell=tell)
        try:
            judge_stored(begun.session, begun.session.writer.mended.unjudged)
            if begun.rechecks.prepare():
                process = AsyncCrawlerProcess(scrapy_settings(settings))
                process.crawl(RecheckSpider, session=begun.session, run=begun.run)
                process.start()
        except BaseException:
            begun.session.close()
            raise
    return begun.conclude()


def _in_words(url: str, outcome: Outcome) -> str:
    return f"{outcome.value:<{_WIDEST}} {escape(url)}"
