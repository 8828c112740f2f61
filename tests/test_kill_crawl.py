"""Nothing is lost of a crawl either: five sites, 500 pages, feeds, sitemaps, redirects, failures, and SIGKILL.

As in test_kill.py: a moment is a time after the start, which falls into start-up, mending or the reading of feeds, or a
number of acknowledged pages and some milliseconds. After each kill, what was acknowledged must be in the WARC files; at
the end every article that a listing names must have been captured, none twice, and every reader must be content.
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests import warcs
from tests.site import listings
from tests.site.newspaper import Newspaper
from tests.test_kill import Interrupted, Moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Newsclip
    from tests.forked import Forks

SITES, PAGES = 5, 100
KILLS = 12
SEED = 20261124
_DONE = {0, 3}


@pytest.fixture
def sites() -> Iterator[list[Newspaper]]:
    """Serve five newspapers, each with 50 articles in a feed and 50 in the sitemaps of an index."""
    with ExitStack() as stack:
        served = [stack.enter_context(Newspaper()) for _ in range(SITES)]
        for site in served:
            half = PAGES // 2
            site.listings["feed"] = listings.rss(articles(site)[:half])
            site.listings["a"] = listings.sitemap(articles(site)[half:])
            site.listings["b"] = listings.sitemap(articles(site)[half : half + 10])
            site.listings["index"] = listings.index(
                (site.url(f"/listings/{name}"), None) for name in ("a", "b", "gone")
            )
        yield served


def articles(site: Newspaper) -> list[str]:
    """Return what a site's listings name: articles, with some redirects, missing pages and broken connections."""
    odd = {7: "/odd/redirect/2", 11: "/no/such/page", 13: "/odd/flaky/13", 60: "/odd/redirect/1", 61: "/missing/61"}
    return [site.url(odd.get(number, f"/n/{number}")) for number in range(PAGES)]


@pytest.fixture
def crawl(
    sites: list[Newspaper], collection: Path, tmp_path: Path, clean_environment: dict[str, str], forks: Forks
) -> Interrupted:
    """Prepare a crawl of the five sites, on loopback and without waiting."""
    lines = [f'[collection]\npath = "{collection}"', "[fetch]\ndelay = 0\nper_host = 4\nprobe = false\nretries = 1"]
    lines += ["allow_networks = ['127.0.0.0/8']\nrobots = 'ignore'"]
    for number, site in enumerate(sites):
        lines.append(f'[[source]]\nname = "site{number}"\nfeeds = ["{site.url("/listings/feed")}"]')
        lines.append(f'sitemaps = ["{site.url("/listings/index")}"]')
    (tmp_path / "newsclip.toml").write_text("\n".join(lines), encoding="utf-8")
    command = ["--config", "newsclip.toml", "--json", "crawl"]
    return Interrupted(forks, command, tmp_path, clean_environment)


def test_a_killed_crawl_loses_nothing(
    crawl: Interrupted, sites: list[Newspaper], collection: Path, newsclip: Newsclip
) -> None:
    """However often a crawl is killed, what it acknowledged is kept, and every article is captured in the end, once."""
    source = random.Random(SEED)
    kills, is_done = 0, False
    while kills < KILLS:
        moment = Moment.pick(source, is_done=is_done)
        print(f"kill {kills + 1}: after {moment.pages} pages and {moment.seconds:.3f} s")
        status = crawl.run([], moment)
        kills += status == -signal.SIGKILL
        is_done |= status != -signal.SIGKILL
        assert status in {-signal.SIGKILL, *_DONE}, crawl.log()
        kept = {record.uri for record in warcs.whole_records(collection)}
        assert not set(crawl.acknowledged) - kept
    assert crawl.run([], None) in _DONE, crawl.log()
    assert not [url for url, times in Counter(crawl.acknowledged).items() if times > 1]
    listed = Counter(one["url"] for one in newsclip("-C", collection, "--json", "list", "--limit", "0").answers())
    assert listed == Counter(url for site in sites for url in articles(site))
    assert warcs.check(collection) == (0, "")
    verified = newsclip("-C", collection, "verify")
    assert verified.status == 0, verified.out
