"""Sizes as people write them: "50 MB"."""

from __future__ import annotations

import re

from archive.errors import UsageError

_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?\s*", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_LARGEST = 2**63 - 1


def parse_size(text: str) -> int:
    """Return a number of bytes; "50 MB" is 50,000,000 (SI), "50 MiB" is 52,428,800 (IEC 80000-13).

    Raises:
        UsageError: the text is not a size, or more than any disk holds.

    """
    found = _SIZE.fullmatch(text)
    if not found:
        raise UsageError(f"{text!r} is not a size; write a number and a unit, as in 500 kB, 50 MB or 2 GiB.")
    number, prefix, binary = found.groups()
    size = float(number) * (1024 if binary else 1000) ** _POWERS[prefix.lower()]
    if size > _LARGEST:
        raise UsageError(f"{text[:80]!r} is more than any disk holds; write a smaller size, as in 500 GB.")
    return int(size)
