"""Save single addresses: `newsclip save URL…`, or `scrapy crawl save -a url=…`.

The spider takes its targets from the frontier of the collection, a few at a time (crawler/target_queue.py), so that a
list of a million addresses costs no memory and a run that is cut short leaves exactly what was not done. Targets of a
host that is left for later (crawler/turns.py) stay due.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from archive.address import clean_address
from crawler.config import load_settings
from crawler.handover import Ended, ended_without_answer
from crawler.manners import Manners
from crawler.session import Session
from crawler.target_queue import TargetQueue
from crawler.trail import TRAIL, trail_of
from crawler.turns import HostLeft

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.frontier import Target

_FOUND = range(200, 300)
_MARKUP = (b"text/html", b"application/xhtml+xml")


class SaveSpider(Spider):
    """Fetch every target that is due, follow its redirects, and hand over what came."""

    name = "save"

    def __init__(self, *, session: Session, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.session = session
        self._queue: TargetQueue[Target] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Use the session of the `newsclip` command, or under `scrapy crawl save -a url=…` open one of our own."""
        url = arguments.pop("url", None)
        collection = arguments.pop("collection", None)
        if "session" not in arguments:
            flags = {"collection": {"path": collection}} if collection else {}
            session = Session.open(load_settings(None, os.environ, flags), "scrapy crawl save")
            session.writer.add_targets([clean_address(address) for address in (url or "").split()])
            session.writer.intake_complete()
            crawler.signals.connect(session.close, signal=signals.engine_stopped)
            arguments["session"] = session
        return super().from_crawler(crawler, *args, **arguments)

    async def start(self) -> AsyncIterator[Request]:
        """Take targets and ask for them, as room becomes free."""
        manners = self.crawler.get_extension(Manners)
        assert manners is not None
        self._queue = TargetQueue(
            self.session.writer.lease,
            per_host=self.session.fetch.per_host,
            why_left=manners.why_left,
            leave=self.session.leave,
        )
        while target := await self._queue.next():
            meta = {TRAIL: [], "newsclip_target": (target.url, target.id)}
            yield Request(target.url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)

    def closed(self, reason: str) -> None:
        """Note that the crawl was asked to stop (Ctrl-C, SIGTERM) before it was done."""
        self.session.interrupted = reason == "shutdown"

    def parse(self, response: Response) -> Iterator[Ended]:
        """Hand over a target that was answered, whatever the status."""
        target, target_id = response.meta["newsclip_target"]
        self._ended(target)
        assert response.request is not None
        yield Ended(target, target_id, tuple(trail_of(response.request)), is_page=is_page(response))

    def failed(self, failure: Failure) -> Iterator[Ended]:
        """Hand over a target that was not answered, with the exchanges that failed."""
        request: Request = failure.request  # type: ignore[attr-defined]
        target, _ = request.meta["newsclip_target"]
        self._ended(target)
        ended = ended_without_answer(request, trail_of(request), failure.value)
        if ended is not None:
            yield ended
        elif isinstance(failure.value, HostLeft) and failure.value.host:
            self.session.leave(failure.value.host, failure.value.why)

    def _ended(self, target: str) -> None:
        assert self._queue is not None
        self._queue.ended(target)


def is_page(response: Response) -> bool:
    """Whether an answer is markup that a server calls there; of what kind it does not call, is not looked into."""
    kind = (response.headers.get("Content-Type") or b"").partition(b";")[0].strip().lower()
    return response.status in _FOUND and kind in _MARKUP
