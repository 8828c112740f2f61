"""`newsclip init`: a newsclip.toml that explains itself, made from the same lists that read it."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.errors import NotWritable, UsageError
from crawler.config import DEFAULT_FILE
from crawler.limit_options import LimitOptions
from crawler.options import FetchOptions
from crawler.quantities import span_text
from crawler.rescue_options import RescueOptions
from crawler.source_options import SourceOptions

if TYPE_CHECKING:
    from archive.command import Context

_HEAD = """\
# Settings of newsclip. Every line that starts with "# " below a section is a setting with its default: take the
# "# " away to change it. Each can also be set in the environment (NEWSCLIP_FETCH_DELAY=2), those of [fetch] by a flag
# too (--delay 2).

[collection]
path = {path}
# operator = "Example Newsroom <archive@news.example>"      # who answers for the crawl: in WARC files and User-Agent
"""
_SOURCES = """\

# A newspaper that is watched, one [[source]] each; their keys can be set in this file alone. This is an example:
# change what it says, and take the "# " away from the lines that you need. docs/configuration.md tells more.

"""
_INSTEAD = "cron"
"""A key that may not stand beside `every`: its line in the example keeps a "# " of its own."""


def init(context: Context, *, force: bool) -> int:
    """Write newsclip.toml into the current folder and say so.

    Raises:
        UsageError: there is one already.
        NotWritable: the folder cannot be written.

    """
    try:
        with DEFAULT_FILE.open("w" if force else "x", encoding="utf-8") as file:
            file.write(settings_text(str(context.collection)))
    except FileExistsError:
        raise UsageError(f"{DEFAULT_FILE} is there already; replace it with: newsclip init --force") from None
    except PermissionError:
        raise NotWritable(f"{DEFAULT_FILE} cannot be written; go to a folder where you may write.") from None
    context.out.write(f"Wrote {DEFAULT_FILE}. Next: newsclip save URL\n")
    return 0


def settings_text(path: str) -> str:
    """Return the text of a newsclip.toml in which every setting stands with its default and its meaning."""
    sections = (("fetch", FetchOptions), ("rescue", RescueOptions), ("limits", LimitOptions))
    settings = "".join(f"\n[{name}]\n{_settings(kind)}" for name, kind in sections)
    return _HEAD.format(path=_toml(path)) + settings + _SOURCES + source_text()


def source_text() -> str:
    """Return a source in which every key has an example and its meaning, each line behind a "# "."""
    lines = ["# [[source]]\n"]
    for option in dataclasses.fields(SourceOptions):
        if option.init:
            setting = f"# {'# ' * (option.name == _INSTEAD)}{option.name} = {_toml(option.metadata['example'])}"
            lines.append(f"{setting:<62}  # {option.metadata['help']}\n")
    return "".join(lines)


def _settings(kind: type) -> str:
    """Return the lines of a section."""
    lines = []
    for option in dataclasses.fields(kind):
        setting = f"# {option.name} = {_toml(option.default)}"
        lines.append(f"{setting:<34}  # {option.metadata['help']}\n")
    return "".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML basic string
    if isinstance(value, timedelta):
        return _toml(span_text(value))
    return f"[{', '.join(map(_toml, value))}]" if isinstance(value, tuple) else str(value)
