"""`newsclip init`: a newsclip.toml that explains itself, made from the same lists that read it."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from archive.errors import NotWritable, UsageError
from crawler.config import DEFAULT_FILE
from crawler.options import FetchOptions
from crawler.rescue_options import RescueOptions

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
    sections = (("fetch", FetchOptions), ("rescue", RescueOptions))
    return _HEAD.format(path=_toml(path)) + "".join(f"\n[{name}]\n{_settings(kind)}" for name, kind in sections)


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
    return "[]" if value == () else str(value)
