"""Run newsclip as if it were some other time: what it does by date can then be measured in minutes.

    python -m benchmarks.moved_clock 2026-03-02T06:00:00+00:00 crawl --json

The program is the one that users run, and knows nothing of this: time-machine moves the clock of the process below
Python's own functions, and the clock runs on from there. Time-outs and pace go by the monotonic clock, which stays as
it is. Workers have the real time; they are given no dates that lie ahead of it.
"""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

if __name__ == "__main__":
    time_machine.travel(datetime.fromisoformat(sys.argv.pop(1)), tick=True).start()
    from crawler.__main__ import main

    sys.exit(main())
