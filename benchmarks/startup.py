"""What commands cost before they do anything: CPU, and which heavy libraries they load.

    python benchmarks/startup.py [--rounds N]

`list`, `verify` and `add` run on a collection of one small page, which `add` captures again from
nginx on loopback; a Python that does nothing is shown beside them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from origin import archive_command, child_cpu, folder, show, site

HEAVY = ("trafilatura", "pycurl", "lxml", "rich", "cryptography", "sqlite3")
PAGE = b"<html><body><h1>A title</h1><p>Some words of an article.</p></body></html>"


def main() -> None:
    """Run in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with folder() as scratch, site(scratch, {"page.html": PAGE}) as (_, [url]):
        press = str(scratch / "press")
        child_cpu(archive_command("init", press))
        add = ["add", "-C", press, "--allow-private", url]
        child_cpu(archive_command(*add))
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "archive --help": archive_command("--help"),
            "archive list": archive_command("list", "-C", press),
            "archive verify": archive_command("verify", press),
            "archive add URL": archive_command(*add),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(child_cpu(command) * 1000)
        for name, command in commands.items():
            show(name, times[name], "ms")
            print(f"    loads: {', '.join(loaded(command)) or 'none of the heavy libraries'}")


def loaded(command: list[str]) -> list[str]:
    """Which of the heavy libraries a command loads, by Python's own account of its imports."""
    python, *rest = command
    result = subprocess.run(
        [python, "-X", "importtime", *rest], check=True, capture_output=True, text=True
    )
    names = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    return [name for name in HEAVY if name in names]


if __name__ == "__main__":
    main()
