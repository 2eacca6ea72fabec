"""Chromium without a window, spoken to over a pipe in the DevTools protocol.

Messages are JSON, each ended by a NUL; the browser reads them from descriptor 3 and writes to 4.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

from tests.places import program

__all__ = ["Browser", "open_browser"]

_SECONDS = 300
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


@define
class Browser:
    """One page of a running browser.

    Args:
        told: what the page logged, or complained of, since it was opened.
        asked: the URLs that it asked for.
    """

    _write: int
    _read: int
    _number: int = 0
    _session: str | None = None
    _left: bytes = b""
    told: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)

    def open(self, url: str) -> None:
        """Load a page and wait until it has."""
        self.told.clear()
        self.asked.clear()
        self.ask("Page.navigate", url=url)
        self._wait(lambda message: message.get("method") == "Page.loadEventFired")

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """Make the window so large, in a light or dark scheme."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def evaluate(self, expression: str) -> Any:
        """What an expression of JavaScript is, promises waited for."""
        told = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    def shoot(self) -> bytes:
        """A picture of the whole page, PNG."""
        told = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(told["data"])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        answer = self._wait(lambda message: message.get("id") == number)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def attach(self) -> None:
        """Make a page and listen to it."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def _wait(self, is_it: Any) -> dict[str, Any]:
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            while b"\0" in self._left:
                data, _, self._left = self._left.partition(b"\0")
                message: dict[str, Any] = json.loads(data)
                self._note(message)
                if is_it(message):
                    return message
            if select.select([self._read], [], [], 1)[0]:
                self._left += os.read(self._read, 1 << 20)
        raise TimeoutError

    def _note(self, message: dict[str, Any]) -> None:
        method, given = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.asked.append(given["request"]["url"])
        elif method in (
            "Log.entryAdded",
            "Runtime.consoleAPICalled",
            "Runtime.exceptionThrown",
            "Page.javascriptDialogOpening",
        ):
            self.told.append(json.dumps(given))


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """A browser with a profile in an empty folder."""
    ours, theirs = os.pipe(), os.pipe()  # to it, from it

    def place_pipes() -> None:
        os.dup2(ours[0], 1003)
        os.dup2(theirs[1], 1004)
        os.dup2(1003, 3)
        os.dup2(1004, 4)

    process = subprocess.Popen(
        [program("chromium"), *_FLAGS, f"--user-data-dir={folder}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=place_pipes,  # noqa: PLW1509 no lock is taken in it
        close_fds=False,
    )
    os.close(ours[0])
    os.close(theirs[1])
    browser = Browser(ours[1], theirs[0])
    try:
        browser.attach()
        yield browser
        browser._session = None
        browser.ask("Browser.close")
    finally:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(ours[1])
        os.close(theirs[0])
