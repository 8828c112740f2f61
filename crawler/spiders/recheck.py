"""Look at archived articles again: `newsclip recheck`. As a crawl, but what is due comes from their ages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import looks
from archive.index import micros
from crawler.spiders.crawl import CrawlSpider, Errand

if TYPE_CHECKING:
    from archive.finds import Find


class RecheckSpider(CrawlSpider):
    """Fetch every article whose age says so."""

    name = "recheck"
    looks_again = True

    def _lease(self, count: int) -> list[Errand]:
        """Return what is due for a look, of each source in turn."""
        leased: list[Find] = []
        for name in self.run_of.open_sources():
            if most := self.run_of.room(name, count):
                found = self.session.writer.change(looks.lease, name, most, micros(datetime.now(UTC)))
                self.run_of.leased(name, len(found))
                leased += found
        return list(map(Errand, leased))
