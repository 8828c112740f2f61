"""In what form the log is written: the keys of `[log]` in newsclip.toml."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.logs import LogFormat  # noqa: TC001 - the settings are read by this type


@dataclass(frozen=True, slots=True)
class LogOptions:
    """How the log looks."""

    format: LogFormat = field(
        default="text", metadata={"help": "the log on standard error: text for people, json is one object a line"}
    )
