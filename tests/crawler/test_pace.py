"""The pace of one host, with a clock that the tests move; and what Retry-After and robots.txt ask for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from crawler.pace import Pace, PaceOptions
from crawler.retry_after import retry_after
from crawler.robots import crawl_delay

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tuesday, 24-Nov-26 12:00:30 GMT", 30.0),
        ("Tue Nov 24 12:00:30 2026", 30.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("9" * 400, float("inf")),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Tue, 99 Nov 2026 12:00:30 GMT", None),
        ("120, 240", None),
    ],
)
def test_retry_after(said: str | None, seconds: float | None) -> None:
    """Whole seconds and dates in all three forms of RFC 9110 are understood, and nothing else is."""
    assert retry_after(said, NOW) == seconds


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("User-agent: newsclip\nCrawl-delay: 7", 7),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: newsclip\nCrawl-delay: 3", 3),
        ("User-agent: otherbot\nCrawl-delay: 9", 0),
        ("User-agent: *\nCrawl-delay: 86400", 120),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("User-agent: *\nRequest-rate: 1/20", 20),
        ("User-agent: *\nRequest-rate: 10/1m\nCrawl-delay: 2", 6),
        ("User-agent: *\nRequest-rate: 1/20 0600-0845", 0),
        ("", 0),
    ],
)
def test_what_robots_txt_asks_for(rules: str, seconds: float) -> None:
    """Crawl-delay or Request-rate of our group, else of everybody's, up to two minutes; nonsense is no delay."""
    assert crawl_delay(ProtegoRobotParser(rules.encode(), None), "newsclip") == seconds


def test_back_off_doubles_and_heals() -> None:
    """Each failure doubles the delay up to its bound, each answer halves it, and never below what is configured."""
    pace = Pace(PaceOptions(delay=1.0, max_delay=10.0))
    delays = []
    for moment in range(0, 500, 100):
        pace.failed(moment, moment, silent=True)
        delays.append(pace.delay)
    assert delays == [2, 4, 8, 10, 10]
    delays = []
    for _ in range(5):
        pace.answered()
        delays.append(pace.delay)
    assert delays == [5, 2.5, 1.25, 1, 1]


def test_back_off_without_a_delay() -> None:
    """Where no delay is configured the first failure brings a tenth of a second, and answers take all of it back."""
    pace = Pace(PaceOptions())
    pace.failed(0, 0, silent=False)
    pace.failed(1, 1, silent=False)
    assert pace.delay == 0.2
    pace.answered()
    pace.answered()
    assert pace.delay == 0


@pytest.mark.parametrize(("configured", "crawl", "longest"), [(3, 1, 3), (1, 5, 5), (0, 0, 0)])
def test_the_longest_delay_holds(configured: float, crawl: float, longest: float) -> None:
    """Of what is configured and what robots.txt asks for, the longer is kept, from beginning to beginning."""
    pace = Pace(PaceOptions(delay=configured))
    pace.obey(crawl)
    pace.asked(100)
    assert pace.ready_at() == 100 + longest
    assert pace.ready_at(robots=True) <= 100


def test_a_failure_counts_from_its_end() -> None:
    """After a time-out of thirty seconds the host is let alone for the doubled delay all the same."""
    pace = Pace(PaceOptions(delay=1))
    pace.asked(0)
    pace.failed(0, 30, silent=True)
    assert pace.ready_at() == 32
    assert pace.ready_at(robots=True) == 32


def test_what_fails_together_is_one_failure() -> None:
    """Of requests that were under way at once, all of which fail, one counts: the delay is doubled once."""
    pace = Pace(PaceOptions(delay=1, max_failures=3))
    for began in (0, 1, 2):
        pace.failed(began, 30 + began, silent=True)
    assert (pace.delay, pace.silences) == (2, 1)
    pace.failed(34, 64, silent=True)
    assert (pace.delay, pace.silences) == (4, 2)


def test_a_silent_host_is_given_up() -> None:
    """So many silences in a row are enough; an answer between them, even one of trouble or for a rest, begins anew."""
    for answer in (Pace.answered, lambda pace: pace.failed(20, 21, silent=False), lambda pace: pace.rest(30)):
        pace = Pace(PaceOptions(max_failures=2))
        pace.failed(0, 10, silent=True)
        answer(pace)
        pace.failed(40, 50, silent=True)
        assert not pace.given_up
        pace.failed(60, 70, silent=True)
        assert pace.given_up
    never = Pace(PaceOptions(max_failures=0))
    for moment in range(0, 1000, 10):
        never.failed(moment, moment + 5, silent=True)
    assert not never.given_up


def test_a_rest_is_not_shortened() -> None:
    """A host that asked for a minute has it, though it then asks for a second."""
    pace = Pace(PaceOptions())
    pace.rest(60)
    pace.rest(1)
    assert pace.ready_at() == 60
