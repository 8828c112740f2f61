"""Serve the tests' newspaper until standard input closes: `python -m tests.site.serve` prints its address.

For tests that kill newsclip, and for a look with a browser. The server ends with the process that started it.
"""

from __future__ import annotations

import sys

from tests.site.newspaper import Newspaper


def main() -> None:
    """Serve, say where, and wait for the end of standard input."""
    with Newspaper() as site:
        print(site.base, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
