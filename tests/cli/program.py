"""Running the real program in a home of its own: piped, and on a pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["BASIS", "COMMAND", "Box", "Result", "make_script", "plain"]

COMMAND = [sys.executable, "-m", "archive"]
BASIS = "from the index, not verified, see: archive verify"
"""What lists say on stderr."""
_SECONDS = 300  # only ends what hangs: a busy machine is no defect
_SGR = re.compile(rb"\x1b\[[0-9;]*m")
_DROPPED = ("ARCHIVE_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_", "_ARCHIVE")


@frozen
class Result:
    """How a run of the program ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """Stdout as text."""
        return self.out.decode()

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON values on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@frozen
class Box:
    """A folder to run the program in, with a configuration folder of its own."""

    folder: Path

    @property
    def config(self) -> Path:
        """Where keys and pins lie."""
        return self.folder / "config"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a run: nothing of the caller's that the program looks at."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
        return {**kept, "XDG_CONFIG_HOME": str(self.config), "TERM": "xterm-256color", **more}

    def run(
        self,
        *arguments: str | Path,
        stdin: bytes = b"",
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
        pass_fds: Sequence[int] = (),
        command: Sequence[str] = COMMAND,
    ) -> Result:
        """Run the program with stdin, stdout and stderr as pipes."""
        done = subprocess.run(
            [*command, *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd or self.folder,
            env=self.environment(**(env or {})),
            preexec_fn=prepare,
            pass_fds=pass_fds,
            timeout=_SECONDS,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Result(done.returncode, done.stdout, done.stderr)

    def on_terminal(
        self,
        *arguments: str | Path,
        columns: int = 80,
        answers: Sequence[bytes] = (),
        env: dict[str, str] | None = None,
        stdout: int | None = None,
        command: Sequence[str] = COMMAND,
    ) -> Result:
        """Run the program on a pseudo-terminal; all it shows is in `out`.

        Args:
            arguments: of the program.
            columns: how wide the terminal is.
            answers: typed one after the other, each when the program asks (its line ends with
                a colon).
            env: more of an environment.
            stdout: a descriptor that takes stdout instead of the terminal.
            command: how the program is called.
        """
        main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen(
            [*command, *map(str, arguments)],
            stdin=side,
            stdout=side if stdout is None else stdout,
            stderr=side,
            cwd=self.folder,
            env=self.environment(**(env or {})),
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 no lock is taken in it
        )
        os.close(side)
        try:
            shown = _converse(main, list(answers))
            code = process.wait(_SECONDS)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
            os.close(main)
        assert b"Traceback" not in shown, shown.decode()
        return Result(code, shown.replace(b"\r\n", b"\n"), b"")


def make_script(folder: Path) -> Path:
    """The program as an installation leaves it, in a new folder; its path from the folder above."""
    folder.mkdir()
    script = folder / "archive"
    script.write_text(f"#!{sys.executable}\nimport archive.__main__\narchive.__main__.main()\n")
    script.chmod(0o755)
    return script.relative_to(folder.parent)


def _take_terminal() -> None:
    """Make stdin the controlling terminal, so that Ctrl-C typed there is a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _converse(terminal: int, answers: list[bytes]) -> bytes:
    """Everything a terminal shows until nobody writes to it any more, questions answered."""
    shown = b""
    answered = 0
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if not ready:
            if answers and shown[answered:].rstrip().endswith(b":"):
                answered = len(shown)
                os.write(terminal, answers.pop(0))
            continue
        data = b""
        with contextlib.suppress(OSError):  # Linux says EIO when the last writer has closed
            data = os.read(terminal, 65536)
        if not data:
            return shown
        shown += data
    raise TimeoutError(shown.decode(errors="replace"))


def plain(shown: bytes) -> str:
    """What a terminal shows, without styles."""
    return _SGR.sub(b"", shown).decode()
