"""`newsclip init`: a newsclip.toml that explains itself, made from the same lists that read it."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.address import clean_address
from archive.errors import NotWritable, UsageError
from archive.terminal import escape
from crawler.config import DEFAULT_FILE
from crawler.limit_options import LimitOptions
from crawler.log_options import LogOptions
from crawler.notify_options import NotifyOptions
from crawler.options import FetchOptions
from crawler.quantities import span_text
from crawler.rescue_options import RescueOptions
from crawler.source_options import SourceOptions

if TYPE_CHECKING:
    from archive.command import Context
    from crawler.config import Settings
    from crawler.scout import Site

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


NOTHING_FOUND, NO_ANSWER = 5, 4


def init(context: Context, settings: Settings, url: str | None, *, force: bool) -> int:
    """Write newsclip.toml into the current folder and say so; of a site, with the source that it makes.

    Raises:
        UsageError: there is one already, or the address is none.
        NotWritable: the folder cannot be written.

    """
    if DEFAULT_FILE.exists() and not force:
        raise UsageError(f"{DEFAULT_FILE} is there already; replace it with: newsclip init --force")
    text = settings_text(str(context.collection))
    if url is None:
        return _write(context, text, "newsclip save URL", force=force)
    site = asyncio.run(_looked_over(clean_address(url), settings, context))
    if isinstance(site, str):
        context.err.write(f"{escape(url)} gave nothing to write a source from: {escape(site)}.\n")
        return NO_ANSWER
    if not (site.feeds or site.sitemaps or site.sections):
        context.err.write(f"{escape(url)} has no feed, sitemap or section that could be found; write them yourself.\n")
        return NOTHING_FOUND
    return _write(context, text + _source_of(site), "newsclip crawl", force=force)


async def _looked_over(url: str, settings: Settings, context: Context) -> Site | str:
    from crawler.scout import Scout  # noqa: PLC0415 - loads trafilatura, which a plain init does not need

    def tell(line: str) -> None:
        if context.verbosity >= 0:
            context.err.write(f"{escape(line)}\n")

    return await Scout(settings, tell).look(url)


def _source_of(site: Site) -> str:
    lines = ["\n[[source]]", f"name = {_toml(site.name)}"]
    for key, urls in (("feeds", site.feeds), ("sitemaps", site.sitemaps), ("pages", site.sections)):
        if urls:
            lines.append(f"{key} = {_toml(urls)}")
    return "\n".join((*lines, 'every = "1h"', ""))


def _write(context: Context, text: str, following: str, *, force: bool) -> int:
    try:
        with DEFAULT_FILE.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{DEFAULT_FILE} is there already; replace it with: newsclip init --force") from None
    except PermissionError:
        raise NotWritable(f"{DEFAULT_FILE} cannot be written; go to a folder where you may write.") from None
    context.out.write(f"Wrote {DEFAULT_FILE}. Next: {following}\n")
    return 0


def settings_text(path: str) -> str:
    """Return the text of a newsclip.toml in which every setting stands with its default and its meaning."""
    sections = (
        ("fetch", FetchOptions),
        ("rescue", RescueOptions),
        ("limits", LimitOptions),
        ("log", LogOptions),
        ("notify", NotifyOptions),
    )
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
