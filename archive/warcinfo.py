"""What every WARC file of ours says about itself in its first record (WARC 1.1 section 6.2)."""

from __future__ import annotations

import platform
import socket
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.options import StoreOptions

RUN_FIELD = "isPartOf"
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def warcinfo_fields(options: StoreOptions, run: str) -> list[tuple[str, str]]:
    """Return the fields: software and versions, operator, robots policy, user agent, machine, and the run."""
    software = f"{options.software} warcio/{version('warcio')} Python/{platform.python_version()}"
    return [
        ("software", software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", _CONFORMS_TO),
        ("operator", options.operator),
        ("robots", options.robots),
        ("http-header-user-agent", options.user_agent),
        ("hostname", socket.gethostname()),
        (RUN_FIELD, run),
    ]
