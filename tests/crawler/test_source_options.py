"""The sources of newsclip.toml: what is read, and what is refused with whose name."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.config import load_settings, read_source
from crawler.feed_interval import Bounds
from crawler.limit_options import LimitOptions
from crawler.source_options import SourceOptions

FEED = 'feeds = ["https://news.example/rss"]\n'
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def sources(folder: Path, *texts: str) -> tuple[SourceOptions, ...]:
    """Return the sources of a file that has these."""
    file = folder / "newsclip.toml"
    file.write_text("".join(f"[[source]]\n{text}\n" for text in texts), encoding="utf-8")
    return load_settings(file, {}, {}).sources


def source(folder: Path, text: str) -> SourceOptions:
    """Return a source that has a name, a feed, and these keys."""
    (read,) = sources(folder, f'name = "paper"\n{FEED}{text}')
    return read


def test_a_source_is_read_into_values_that_can_be_used(tmp_path: Path) -> None:
    """Addresses are cleaned and each is there once, spans and sizes are read, patterns select."""
    read = source(
        tmp_path,
        'sitemaps = ["NEWS.example/map.xml#top", "https://news.example/map.xml"]\nevery = "30m"\n'
        'recheck = ["7d", "1d"]\ninclude = ["/politics/**"]\nmax_bytes = "5 MB"\nmax_time = "1h"\nmax_pages = 7\n',
    )
    assert read.sitemaps == ("https://news.example/map.xml",)
    assert read.recheck == (timedelta(days=7), timedelta(days=1))
    assert (read.max_bytes, read.max_time, read.max_pages, read.max_depth) == (5_000_000, HOUR, 7, 3)
    assert read.timetable.every == 30 * MINUTE
    assert read.selection.wants("https://news.example/politics/vote")
    assert not read.selection.wants("https://news.example/sport/final")


def test_a_name_and_a_place_are_enough(tmp_path: Path) -> None:
    """A source with nothing but a name and a feed is crawled every hour, wants every article and keeps its interval."""
    read = source(tmp_path, "")
    assert (read.timetable.every, read.bounds, read.recheck) == (HOUR, None, ())
    assert read.selection.wants("https://news.example/anything")


@pytest.mark.parametrize(
    ("text", "every", "bounds"),
    [
        ('every = "30m"\nmin_interval = "10m"\nmax_interval = "6h"\n', 30 * MINUTE, (10 * MINUTE, 6 * HOUR)),
        ('every = "30m"\nmin_interval = "10m"\n', 30 * MINUTE, (10 * MINUTE, 30 * MINUTE)),
        ('every = "30m"\nmax_interval = "6h"\n', 30 * MINUTE, (30 * MINUTE, 6 * HOUR)),
        ('max_interval = "20m"\n', 20 * MINUTE, (20 * MINUTE, 20 * MINUTE)),
        ('min_interval = "2h"\n', 2 * HOUR, (2 * HOUR, 2 * HOUR)),
        ('min_interval = "2h"\nmax_interval = "1d"\n', 2 * HOUR, (2 * HOUR, 24 * HOUR)),
    ],
)
def test_an_interval_adapts_from_every_on(
    tmp_path: Path, text: str, every: timedelta, bounds: tuple[timedelta, timedelta]
) -> None:
    """With a bound the interval begins at `every` and stays between the bounds, of which `every` is the other one."""
    read = source(tmp_path, text)
    assert read.timetable.every == every
    assert read.bounds == Bounds(*bounds)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('evry = "30m"\n', ["'evry'", "'paper'", "'every'"]),
        ("selection = 1\n", ["'selection'", "'paper'"]),
        ("every = 30\n", ["every of source 'paper'", "30", "quotes"]),
        ('every = "soon"\n', ["every of source 'paper'", "'soon'", "30m"]),
        ('every = "0s"\n', ["'paper'", 'every = "0s"', "1m to 366d"]),
        ('every = "9999d"\n', ["'paper'", 'every = "9999d"', "1m to 366d"]),
        ('every = "1h"\ncron = "0 * * * *"\n', ["'paper'", 'every = "1h"', "cron = '0 * * * *'", "leave one out"]),
        ('cron = "61 * * * *"\n', ["'paper'", "cron = '61 * * * *'", "minute"]),
        ('cron = "0 3 * *"\n', ["'paper'", "cron = '0 3 * *'", "five fields"]),
        ('cron = "0 0 30 2 *"\n', ["'paper'", "cron = '0 0 30 2 *'"]),
        ('cron = "0 3 * * *"\nmin_interval = "5m"\n', ["'paper'", "min_interval", "every"]),
        ('timezone = "Europe/Berlim"\n', ["'paper'", "'Europe/Berlim'", "'Europe/Berlin'"]),
        ('timezone = "../etc/passwd"\n', ["'paper'", "'../etc/passwd'", "IANA"]),
        ('timezone = "Europe"\n', ["'paper'", "'Europe'", "IANA"]),
        ('timezone = ""\n', ["'paper'", "timezone = ''", "IANA"]),
        ('min_interval = "2h"\nmax_interval = "1h"\n', ["'paper'", "min_interval = 2h", "max_interval = 1h"]),
        ('every = "5m"\nmin_interval = "10m"\nmax_interval = "1h"\n', ["'paper'", 'every = "5m"', '"10m"', '"1h"']),
        ('include = ["politics/**"]\n', ["'paper'", "'politics/**'", "begin it with a slash"]),
        ('exclude = ["/li**ve"]\n', ["'paper'", "'/li**ve'", "alone between slashes"]),
        ('include = "/politics/**"\n', ["include of source 'paper'", "'/politics/**'", "brackets"]),
        ('recheck = ["1d", "later"]\n', ["recheck of source 'paper'", "'later'", "30m"]),
        ('recheck = ["1s"]\n', ["'paper'", 'recheck = "1s"']),
        ('pages = ["ftp://news.example/"]\n', ["pages of source 'paper'", "'ftp://news.example/'", "http"]),
        ('pages = "https://news.example/"\n', ["pages of source 'paper'", "https://news.example/", "brackets"]),
        ("pages = [1]\n", ["pages of source 'paper'", "1", "quotes"]),
        ("max_pages = -1\n", ["'paper'", "max_pages = -1"]),
        ('max_pages = "many"\n', ["max_pages of source 'paper'", "'many'"]),
        ('max_time = "9999d"\n', ["'paper'", 'max_time = "9999d"', "366d"]),
        ('max_bytes = "lots"\n', ["max_bytes of source 'paper'", "'lots'", "50 MB"]),
        ("max_bytes = true\n", ["max_bytes of source 'paper'", "True"]),
        ("max_depth = 0\n", ["'paper'", "max_depth = 0", "1 to 100"]),
    ],
)
def test_what_is_wrong_is_refused_with_the_name_of_its_source(tmp_path: Path, text: str, words: list[str]) -> None:
    """Each bad key or value is named, with its source and what would be right."""
    with pytest.raises(UsageError) as refusal:
        source(tmp_path, text)
    for word in words:
        assert word in str(refusal.value)


@pytest.mark.parametrize("name", ["", " ", "../x", ".hidden", "a b", "ä", "x" * 65, "dot.", "a/b", "con\\n"])
def test_a_name_is_safe_for_files(tmp_path: Path, name: str) -> None:
    """A name that could lead out of a folder, hide, or differ between file systems is refused."""
    with pytest.raises(UsageError, match="name"):
        sources(tmp_path, f'name = "{name}"\n{FEED}')


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ((f'name = "a"\n{FEED}', FEED), ["number 2", "no name"]),
        ((f"name = 7\n{FEED}",), ["name of source 7", "str"]),
        ((f'name = "News"\n{FEED}', f'name = "news"\n{FEED}'), ["'News'", "'news'"]),
        ((f'name = "news"\n{FEED}', f'name = "NEWS"\n{FEED}'), ["'news'", "'NEWS'"]),
        (('name = "a"\n',), ["'a'", "feeds, sitemaps or pages"]),
    ],
)
def test_sources_have_names_of_their_own_and_something_to_crawl(
    tmp_path: Path, texts: tuple[str, ...], words: list[str]
) -> None:
    """A source without a name, with another's name, or without any address is refused."""
    with pytest.raises(UsageError) as refusal:
        sources(tmp_path, *texts)
    for word in words:
        assert word in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f'[source]\nname = "a"\n{FEED}', "[[source]]"),
        ("source = 1\n", "[[source]]"),
        ("source = [1]\n", "[[source]]"),
        (f'[[sources]]\nname = "a"\n{FEED}', "'source'"),
    ],
)
def test_a_source_stands_in_two_brackets(tmp_path: Path, text: str, word: str) -> None:
    """What looks like a source and is none is refused with how one is written."""
    file = tmp_path / "newsclip.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        load_settings(file, {}, {})
    assert word in str(refusal.value)


def test_sources_cannot_be_set_in_the_environment() -> None:
    """NEWSCLIP_SOURCE_… is refused: it could not say which source it means."""
    with pytest.raises(UsageError, match="NEWSCLIP_SOURCE_NAME"):
        load_settings(None, {"NEWSCLIP_SOURCE_NAME": "a"}, {})


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
QUANTITIES = st.builds(
    "{}{}".format, st.sampled_from(["0", "1", "30", "0.5", "9" * 400, "-1"]), st.sampled_from("smhdwkBMG ")
)
ANY = st.recursive(
    TEXT
    | QUANTITIES
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.sampled_from(["Europe", "..", "/a/**", "* * * * *", "61 * * * *", "Europe/Berlin", "https://a.example/", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)
KEYS = [option.name for option in dataclasses.fields(SourceOptions)]


@given(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=4))
def test_any_value_is_read_or_refused(keys: dict[str, object]) -> None:
    """Whatever a file has for the keys of a source, it is read or refused by a message, never by a traceback."""
    try:
        read = read_source({"name": "paper", "feeds": ["https://news.example/rss"], **keys}, 1, "newsclip.toml")
    except UsageError:
        return
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert read.timetable.due(last=now, since=now, now=now) > now
    assert isinstance(read.selection.wants("https://news.example/politics"), bool)


def test_the_manual_has_every_key() -> None:
    """docs/configuration.md has a row for every key of a source and of [limits], and its example is a source."""
    manual = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = {key for row in re.findall(r"^\| (`.*?) \|", manual, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    for kind in (LimitOptions, SourceOptions):
        assert {option.name for option in dataclasses.fields(kind) if option.init} <= rows
    examples = re.findall(r"^```toml\n(.*?)^```", manual, re.MULTILINE | re.DOTALL)
    (example,) = (one for one in examples if "[[source]]" in one)
    (keys,) = tomllib.loads(example)["source"]
    assert read_source(keys, 1, "the manual").timetable.every == 30 * MINUTE
