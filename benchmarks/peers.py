"""What newsclip is measured against, each as a process of its own.

    python -m benchmarks.peers limit DATA PAGES      trafilatura.bare_extraction with metadata, pages in memory
    python -m benchmarks.peers scrapy URLS           bare Scrapy: its own handler, a spider that drops what it gets
    python -m benchmarks.peers extract FOLDER        trafilatura over the files that wget left

`limit` and `extract` print the seconds of processor time that extracting took, without start-up and reading.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable


def limit(data: str, count: str) -> None:
    """Extract the pages of a benchmark from memory."""
    from benchmarks.static_server import chosen_pages, read_page  # noqa: PLC0415 - each peer loads only what it needs

    _extract([read_page(path) for path in chosen_pages(Path(data), int(count))])


def extract(folder: str) -> None:
    """Extract every file of a folder, as a user would after wget."""
    _extract(path.read_bytes() for path in sorted(Path(folder).iterdir()))


def _extract(pages: Iterable[bytes]) -> None:
    import trafilatura  # noqa: PLC0415 - as above

    spent = 0.0
    for page in pages:
        started = time.process_time()
        trafilatura.bare_extraction(page, with_metadata=True)
        spent += time.process_time() - started
    print(spent)


def scrapy(urls: str) -> None:
    """Fetch addresses with Scrapy as it comes, with the concurrency that newsclip is given."""
    from scrapy import Request, Spider  # noqa: PLC0415 - as above
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 - as above

    wanted = Path(urls).read_text(encoding="utf-8").split()

    class Bare(Spider):
        name = "bare"
        got = 0

        async def start(self) -> AsyncIterator[Request]:
            for url in wanted:
                yield Request(url)

        def parse(self, response: Any) -> None:
            Bare.got += bool(response.body)

    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "CONCURRENT_REQUESTS": 16,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        }
    )
    process.crawl(Bare)
    process.start()
    print(Bare.got)


PEERS: dict[str, Callable[..., None]] = {"limit": limit, "extract": extract, "scrapy": scrapy}

if __name__ == "__main__":
    PEERS[sys.argv[1]](*sys.argv[2:])
