"""Settings from the file, the environment and the flags."""

from __future__ import annotations

import dataclasses
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from archive.errors import UsageError
from crawler.config import Settings, load_settings
from crawler.init_command import settings_text
from crawler.options import FetchOptions
from crawler.rescue_options import RescueOptions
from pipelines.memento import copies_in, filled

if TYPE_CHECKING:
    from pathlib import Path


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
    ],
)
def test_what_is_wrong_is_refused_by_name_and_value(tmp_path: Path, text: str, words: list[str]) -> None:
    """A misspelt or impossible setting is refused with its name, its value and what would be right."""
    with pytest.raises(UsageError) as refusal:
        load_settings(written(tmp_path, text), {}, {})
    for word in words:
        assert word in str(refusal.value)


def test_a_misspelt_variable_is_refused() -> None:
    """A NEWSCLIP_ variable that means nothing is an error, not a silent default."""
    with pytest.raises(UsageError, match="NEWSCLIP_FTCH_DELAY"):
        load_settings(None, {"NEWSCLIP_FTCH_DELAY": "1"}, {})


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """A missing file is only fine when nobody named it."""
    with pytest.raises(UsageError, match="newsclip init"):
        load_settings(tmp_path / "none.toml", {}, {})


def test_a_written_file_holds_every_setting_with_its_default(tmp_path: Path) -> None:
    """What `init` writes reads back as the defaults, also with every comment taken away."""
    text = settings_text("collection")
    assert load_settings(written(tmp_path, text), {}, {}) == Settings()
    head, fetch = text.split("[fetch]\n")
    everything = head + "[fetch]\n" + "".join(line.removeprefix("# ") for line in fetch.splitlines(keepends=True))
    keys: dict[str, Any] = tomllib.loads(everything)
    for section, options in (("fetch", FetchOptions), ("rescue", RescueOptions)):
        assert set(keys[section]) == {option.name for option in dataclasses.fields(options)}
    assert load_settings(written(tmp_path, everything), {}, {}) == Settings()


def test_the_internet_archive_is_asked_unless_another_is_named() -> None:
    """The defaults are the addresses that its CDX server and its raw copies have."""
    options, page = RescueOptions(), "https://news.example/story?id=1&page=2"
    asked = "https://web.archive.org/cdx/search/cdx?url=https%3A%2F%2Fnews.example%2Fstory%3Fid%3D1%26page%3D2&"
    assert filled(options.cdx, page).startswith(asked)
    rows = '[["timestamp","original","statuscode","digest"],["20150503101500","https://news.example/story","200","A"]]'
    (copy,) = copies_in(rows, options.copy, page)
    assert copy.url == "https://web.archive.org/web/20150503101500id_/https://news.example/story"
    assert (options.timegate, options.tries) == ("", 10)
