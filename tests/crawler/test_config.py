"""Settings from the file, the environment and the flags."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archive.errors import UsageError
from crawler.config import Settings, load_settings
from crawler.init_command import settings_text
from crawler.limit_options import LimitOptions
from crawler.notify_options import NotifyOptions
from crawler.options import FetchOptions
from crawler.rescue_options import RescueOptions
from crawler.source_options import SourceOptions
from pipelines.memento import copies_in, filled

if TYPE_CHECKING:
    from pathlib import Path


BY_SPAN = ("every", "min_interval", "max_interval")


def uncommented(text: str) -> str:
    """Return a text with one "# " less at the beginning of each line."""
    return "".join(line.removeprefix("# ") for line in text.splitlines(keepends=True))


def written(folder: Path, text: str) -> Path:
    """Return a settings file with this text."""
    file = folder / "newsclip.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, no environment and no flags give the defaults."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}, {}) == Settings()


def test_later_sources_win(tmp_path: Path) -> None:
    """A flag beats the environment, which beats the file."""
    file = written(tmp_path, '[fetch]\ndelay = 3\ntimeout = 4\nmax_bytes = "5 MB"\n')
    environ = {"NEWSCLIP_FETCH_DELAY": "2", "NEWSCLIP_FETCH_TIMEOUT": "9", "HOME": "/nowhere"}
    fetch = load_settings(file, environ, {"fetch": {"delay": "1"}}).fetch
    assert (fetch.delay, fetch.timeout, fetch.max_bytes) == (1.0, 9.0, 5_000_000)


def test_the_environment_can_name_the_file(tmp_path: Path) -> None:
    """NEWSCLIP_CONFIG names the file when no flag does."""
    file = written(tmp_path, "[fetch]\nper_host = 7\n")
    assert load_settings(None, {"NEWSCLIP_CONFIG": str(file)}, {}).fetch.per_host == 7


def test_a_list_in_the_environment_is_separated_by_commas_or_blanks() -> None:
    """NEWSCLIP_FETCH_ALLOW_NETWORKS takes several networks."""
    environ = {"NEWSCLIP_FETCH_ALLOW_NETWORKS": "127.0.0.0/8, ::1"}
    assert load_settings(None, environ, {}).fetch.allow_networks == ("127.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[fetch]\ndely = 1\n", ["dely", "'delay'"]),
        ("[fetsch]\ndelay = 1\n", ["fetsch", "'fetch'"]),
        ("delay = 1\n", ["delay"]),
        ('[fetch]\ndelay = "soon"\n', ["delay", "'soon'", "float"]),
        ("[fetch]\nper_host = 1.5\n", ["per_host", "1.5", "int"]),
        ("[fetch]\ndelay = -1\n", ["delay", "-1", "0 to 3600"]),
        ("[fetch]\ndelay = nan\n", ["delay", "nan"]),
        ('[fetch]\nrobots = "maybe"\n', ["robots", "'maybe'"]),
        ('[fetch]\nallow_networks = ["ten"]\n', ["'ten'", "127.0.0.0/8"]),
        ('[fetch]\nmax_bytes = "lots"\n', ["'lots'", "50 MB"]),
        ('[fetch]\nuser_agent = "a\\nb"\n', ["user_agent", "line break"]),
        ('[rescue]\ntimegate = "archive.example"\n', ["timegate", "'archive.example'", "http"]),
        ('[rescue]\ncdx = "https://archive.example/cdx"\n', ["cdx", "{url}"]),
        ('[rescue]\ncopy = "https://archive.example/{url}"\n', ["copy", "{timestamp}"]),
        ("[rescue]\ntries = 0\n", ["tries", "0", "1 to 100"]),
        ("[rescue]\npatience = -1\n", ["patience", "-1", "0 to 3600"]),
        ("[fetch\n", ["not TOML", "line 1"]),
        ("[limits]\npages = -1\n", ["pages", "-1", "[limits]"]),
        ("[limits]\npage = 1\n", ["'page'", "'pages'", "[limits]"]),
        ('[limits]\nbytes = "lots"\n', ["bytes in [limits]", "'lots'", "50 MB"]),
        ('[limits]\ntime = "9999d"\n', ['time = "9999d"', "[limits]", "366d"]),
        ("[limits]\ntime = 30\n", ["time in [limits]", "30", "quotes"]),
    ],
)
def test_what_is_wrong_is_refused_by_name_and_value(tmp_path: Path, text: str, words: list[str]) -> None:
    """A misspelt or impossible setting is refused with its name, its value and what would be right."""
    with pytest.raises(UsageError) as refusal:
        load_settings(written(tmp_path, text), {}, {})
    for word in words:
        assert word in str(refusal.value)


def test_limits_are_written_as_people_write_them(tmp_path: Path) -> None:
    """Sizes and spans of [limits] are read from the file, and from the environment too."""
    file = written(tmp_path, '[limits]\npages = 10\nbytes = "2 GB"\ntime = "6h"\nmin_free_disk = 5_000\n')
    limits = load_settings(file, {"NEWSCLIP_LIMITS_TIME": "90m"}, {}).limits
    assert limits == LimitOptions(10, 2_000_000_000, timedelta(minutes=90), 5000)


def test_a_misspelt_variable_is_refused() -> None:
    """A NEWSCLIP_ variable that means nothing is an error, not a silent default."""
    with pytest.raises(UsageError, match="NEWSCLIP_FTCH_DELAY"):
        load_settings(None, {"NEWSCLIP_FTCH_DELAY": "1"}, {})


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """A missing file is only fine when nobody named it."""
    with pytest.raises(UsageError, match="newsclip init"):
        load_settings(tmp_path / "none.toml", {}, {})


def test_a_written_file_holds_every_setting_with_its_default(tmp_path: Path) -> None:
    """What `init` writes reads back as the defaults, also with the comments taken away from every section."""
    text = settings_text("collection")
    assert load_settings(written(tmp_path, text), {}, {}) == Settings()
    head, _, rest = text.partition("[fetch]\n")
    sections, _, _ = rest.partition("# A newspaper")
    everything = head + "[fetch]\n" + uncommented(sections)
    keys: dict[str, Any] = tomllib.loads(everything)
    lists = (("fetch", FetchOptions), ("rescue", RescueOptions), ("limits", LimitOptions), ("notify", NotifyOptions))
    for section, options in lists:
        assert set(keys[section]) == {option.name for option in dataclasses.fields(options)}
    assert load_settings(written(tmp_path, everything), {}, {}) == Settings()


def test_the_written_example_of_a_source_is_one(tmp_path: Path) -> None:
    """The example that `init` writes has every key of a source, and without its comments it is read as it stands."""
    text = settings_text("collection")
    _, _, example = text.partition("# [[source]]\n")
    source = "[[source]]\n" + uncommented(example)
    keys = {option.name for option in dataclasses.fields(SourceOptions) if option.init}
    assert set(tomllib.loads(uncommented(source))["source"][0]) == keys
    (read,) = load_settings(written(tmp_path, text + source), {}, {}).sources
    assert (read.name, read.every, read.cron, read.max_bytes) == ("example", timedelta(minutes=30), "", 2_000_000_000)
    by_cron = "".join(line for line in uncommented(source).splitlines(keepends=True) if not line.startswith(BY_SPAN))
    (read,) = load_settings(written(tmp_path, by_cron), {}, {}).sources
    assert (read.every, read.timetable.cron, read.timezone) == (None, "*/30 6-23 * * *", "Europe/Berlin")


def test_the_internet_archive_is_asked_unless_another_is_named() -> None:
    """The defaults are the addresses that its CDX server and its raw copies have."""
    options, page = RescueOptions(), "https://news.example/story?id=1&page=2"
    asked = "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fnews.example%2Fstory%3Fid%3D1%26page%3D2&"
    assert filled(options.cdx, page).startswith(asked)
    rows = '[["timestamp","original","statuscode","digest"],["20150503101500","https://news.example/story","200","A"]]'
    (copy,) = copies_in(rows, options.copy, page)
    assert copy.url == "https://web.archive.org/web/20150503101500id_/https://news.example/story"
    assert (options.timegate, options.tries) == ("", 10)
