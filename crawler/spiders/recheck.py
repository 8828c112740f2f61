"""Look at archived articles again: `newsclip recheck`, or `scrapy crawl recheck`.

As a crawl, but what is due comes from their ages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import looks
from archive.index import micros
from crawler.recheck_round import RecheckRound
from crawler.spiders.crawl import CrawlSpider, Errand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.finds import Find
    from crawler.config import Settings


class RecheckSpider(CrawlSpider):
    """Fetch every article whose age says so."""

    name = "recheck"
    looks_again = True

    @classmethod
    def begun(cls, names: Sequence[str], settings: Settings) -> RecheckRound:
        """Begin a run over the sources with these names, or all, and reckon what is due."""
        begun = RecheckRound.begin(names, settings, "scrapy crawl recheck")
        begun.rechecks.prepare()
        return begun

    def _lease(self, count: int) -> list[Errand]:
        """Return what is due for a look, of each source in turn."""
        leased: list[Find] = []
        for name in self.run_of.open_sources():
            if most := self.run_of.room(name, count):
                found = self.session.writer.change(looks.lease, name, most, micros(datetime.now(UTC)))
                self.run_of.leased(name, len(found))
                leased += found
        return list(map(Errand, leased))
