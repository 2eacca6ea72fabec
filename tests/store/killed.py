"""A program that runs ``archive add --from LIST --resume`` again and again, and kills it each time.

Run as ``python -m tests.store.killed PRESS LIST TIMES FOLDER``. What each run reported is in
``FOLDER/<n>``. Runs are forks of one process, which has imported everything already, so that the
kill falls into the work and not into the start.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from archive.cli.main import run


def main(press: str, listing: str, times: int, folder: Path) -> None:
    """Start and kill, then let one run go to its end; its exit code is ours."""
    dice = random.Random(press)
    verb = ["add", "-C", press, "--from", listing, "--resume", "--json", "--allow-private"]
    for number in range(times + 1):
        child = os.fork()
        if not child:
            out = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT)
            os.dup2(out, 1)
            os._exit(run([*verb, "--delay", "0", "--no-extract"]))
        if number < times:
            time.sleep(dice.uniform(0.0, 0.25))
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
