"""What a command of `newsclip` is: a row of a table, run with parsed arguments and a context.

`archive/cli.py` and `crawler/cli.py` each hold a table of `Command` rows; `crawler/cli.py` puts them together. A row
names its module's functions, so that what a command needs is imported when it runs and not before (`list` must not
wait for Scrapy).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Context:
    """What every command is given beside its own arguments.

    `collection` is the folder asked for (it may not exist yet); `json` asks for one JSON object a line on `out`;
    `verbosity` is -1 for --quiet, 0, or the number of -v. Results go to `out`, progress and log to `err`.
    """

    collection: Path
    json: bool
    verbosity: int
    out: TextIO
    err: TextIO


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `run` returns the exit status and may raise NewsclipError, whose message and status are used."""

    name: str
    summary: str
    examples: tuple[str, ...]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Context], int]
