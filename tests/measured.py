"""Run a command, and write the most memory that it, or a process it waited for, held: a program of its own.

    python -I -S tests/measured.py FILE COMMAND ARGUMENT…

FILE gets a number of kilobytes (bytes on macOS: getrusage(2)). Linux counts as a program's own what the process held
that started it, so a test run of half a gigabyte cannot measure a program of 100 MB; this small one can.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    status = subprocess.run(sys.argv[2:], check=False).returncode
    Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss), encoding="ascii")
    if status < 0:
        os.kill(os.getpid(), -status)
    sys.exit(status)
