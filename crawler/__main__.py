"""`newsclip`, however it is started: runs a command and turns whatever happens into a message and an exit status."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback

from archive.errors import DiskFull, NewsclipError, NotWritable
from archive.terminal import escape_lines

INTERRUPTED = 130
"""128 + SIGINT, as shells count."""

_BY_ERRNO = {
    errno.ENOSPC: DiskFull("The disk is full; free some space and say it again. Nothing acknowledged was lost."),
    errno.EDQUOT: DiskFull("Your disk quota is used up; free some space and say it again."),
    errno.EROFS: NotWritable("The file system is read-only; name a collection elsewhere with -C."),
}


def main() -> int:
    """Run the command line and return the exit status."""
    # Worker processes import this module again: it must cost them nothing.
    from crawler.cli import run  # noqa: PLC0415 - as said

    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that a caller replaced has its own idea of characters
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; what Python would still flush at exit has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except NewsclipError as error:
        return _told(error)
    except OSError as error:
        known = _BY_ERRNO.get(error.errno or 0)
        return _told(known or _fault(error))
    except Exception as error:  # noqa: BLE001 - the rim: whatever it is, the user gets a sentence and a status
        return _told(_fault(error))
    return status


def _fault(error: Exception) -> NewsclipError:
    fault = NewsclipError(
        f"A fault of ours: {type(error).__name__}: {error}. Nothing acknowledged was lost; "
        "say it again with -vv and send us what it prints."
    )
    fault.__cause__ = error
    return fault


def _told(error: NewsclipError) -> int:
    from crawler import logs  # noqa: PLC0415 - see main

    if logs.failed(error):
        return error.exit_status
    if error.__cause__ is not None and "-vv" in sys.argv:
        sys.stderr.write(escape_lines("".join(traceback.format_exception(error.__cause__))))
    sys.stderr.write(escape_lines(f"newsclip: {error}\n"))
    return error.exit_status


if __name__ == "__main__":
    sys.exit(main())
