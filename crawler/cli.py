"""The command line: one parser made of two tables of commands, the archive's and the crawler's.

Flags that stand for keys of newsclip.toml are made from the dataclass that lists them (`options.FetchOptions`), so
that a key can never be without its flag. Modules that a command needs are imported when it runs: `list` and `search`
never load Scrapy.
"""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args, get_type_hints

from archive.cli import COMMANDS as ARCHIVE_COMMANDS
from archive.command import Command, Context
from archive.errors import UsageError
from archive.reminder import reminder
from crawler import VERSION, logs
from crawler.commands import COMMANDS as CRAWLER_COMMANDS
from crawler.config import Values, load_settings
from crawler.options import FetchOptions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

COMMANDS: tuple[Command, ...] = (*CRAWLER_COMMANDS, *ARCHIVE_COMMANDS)
FETCHING = frozenset({"save", "crawl", "recheck", "init", "extract", "rerun"})
"""Commands that take the flags of [fetch]; extract and rerun fetch nothing, but judge within the same limits."""

_SAYS_ITSELF = frozenset({"save", "status", "demo", "init", "extract"})
"""Commands that say of their own accord that a save was cut short, or have no collection."""

_UNKNOWN = re.compile(r"unrecognized arguments: (--[\w-]+)|invalid choice: '([^']*)'")
_FLAG = re.compile(r"--[a-z][a-z-]+")
_EXIT_STATUS = """\
exit status:
  0 done (save, extract: and all of it live)    1 a fault of ours    2 usage or configuration
  3 captured, but not everything is live        4 something could not be fetched at all
  5 nothing was captured, or not found          6 a limit was reached (size, time, disk)
  7 damage found                                75 another process is writing: try again later
  130 interrupted"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are UsageErrors like any other, and name what was probably meant."""

    commands: Collection[argparse.ArgumentParser] = ()
    """The parsers of all commands; only the parser of the whole command line knows them."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        unknown = _UNKNOWN.search(message)
        flags = {flag for sub in self.commands for flag in _FLAG.findall(sub.format_help())}
        known = [*sorted(flags), *(command.name for command in COMMANDS)]
        near = difflib.get_close_matches(unknown[1] or unknown[2], known, n=1) if unknown else []
        remedy = f"; did you mean {near[0]}?" if near else f". See: {self.prog} --help"
        raise UsageError(f"{message[:1].upper()}{message[1:]}{remedy}")


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Raises:
        NewsclipError: it cannot be carried out.

    """
    parser = make_parser()
    args = parser.parse_args(arguments)
    if args.command is None:
        parser.print_help(sys.stderr)
        return UsageError.exit_status
    verbosity = -1 if args.quiet else args.verbose
    stream = sys.stderr
    sys.stderr = logs.configure(verbosity, stream, args.log_format or "text")
    settings = load_settings(args.config, os.environ, _flags(args))
    sys.stderr = logs.configure(verbosity, stream, settings.log.format)
    args.settings = settings
    args.reload = partial(load_settings, args.config, os.environ, _flags(args))
    context = Context(
        collection=Path(settings.collection.path),
        json=args.json,
        verbosity=verbosity,
        out=sys.stdout,
        err=sys.stderr,
    )
    command: Command = args.command
    if command.name not in _SAYS_ITSELF and context.verbosity >= 0:
        for line in reminder(context.collection):
            logs.log("run.unfinished", line)
    return command.run(args, context)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    everywhere = _everywhere()
    parser = _Parser(
        prog="newsclip",
        description="Archive news pages: wire-true WARC files, clean text, and a verdict on every page.",
        epilog=_EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newsclip {VERSION}")
    _add_everywhere(parser, top=True)
    parser.set_defaults(command=None)
    rows = parser.add_subparsers(metavar="COMMAND", title="commands")
    for command in COMMANDS:
        sub = rows.add_parser(
            command.name,
            help=command.summary,
            description=command.summary,
            epilog="examples:\n" + "\n".join(f"  {example}" for example in command.examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[everywhere],  # type: ignore[list-item]
        )
        command.add_arguments(sub)
        if command.name in FETCHING:
            _add_fetch_flags(sub)
        sub.set_defaults(command=command)
    parser.commands = rows.choices.values()
    return parser


def _everywhere() -> argparse.ArgumentParser:
    parser = _Parser(add_help=False)
    _add_everywhere(parser, top=False)
    return parser


def _add_everywhere(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """Add the flags that may stand before or after the command; after it, an absent one must not undo one before."""
    absent = argparse.SUPPRESS
    parser.add_argument(
        "-C", "--collection", metavar="DIR", default=None if top else absent, help="the collection [./collection]"
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        default=None if top else absent,
        help="settings [./newsclip.toml, if it is there]",
    )
    parser.add_argument("--json", action="store_true", default=False if top else absent, help="one JSON object a line")
    parser.add_argument(
        "-v", "--verbose", action="count", default=0 if top else absent, help="say more; -vv says everything"
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", default=False if top else absent, help="results and errors only"
    )
    parser.add_argument(
        "--log-format",
        choices=get_args(logs.LogFormat),
        default=None if top else absent,
        help="the form of the log on standard error [text]; json is one object a line",
    )


def _add_fetch_flags(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("fetching (each is also a key of [fetch] in newsclip.toml)")
    kinds = get_type_hints(FetchOptions)
    for option in dataclasses.fields(FetchOptions):
        flag = option.metadata.get("flag", "--" + option.name.replace("_", "-"))
        default = "" if option.default in ("", ()) else f" [{_shown(option.default)}]"
        form: dict[str, Any] = {"metavar": flag.rsplit("-", 1)[-1].upper()}
        if choices := get_args(kinds[option.name]):
            form = {"choices": choices} if isinstance(choices[0], str) else {"metavar": "CIDR", "action": "append"}
        if kinds[option.name] is bool:
            form = {"action": argparse.BooleanOptionalAction}
        help_text = f"{option.metadata['help']}{default}"
        group.add_argument(flag, dest=f"fetch_{option.name}", default=None, help=help_text, **form)


def _shown(default: object) -> object:
    return default if not isinstance(default, bool) else "on" if default else "off"


def _flags(args: argparse.Namespace) -> Values:
    """Return what was set on the command line, in the form of newsclip.toml."""
    fetch = {
        name.removeprefix("fetch_"): value
        for name, value in vars(args).items()
        if name.startswith("fetch_") and value is not None
    }
    timegate = getattr(args, "rescue_timegate", None)
    return {
        "collection": {"path": args.collection} if args.collection else {},
        "fetch": fetch,
        "rescue": {"timegate": timegate} if timegate is not None else {},
        "log": {"format": args.log_format} if args.log_format else {},
    }
