"""``archive demo``: the whole story on this machine, without internet.

An article is served on loopback, captured, changed behind the reader's back, captured again,
compared, verified; then a copy of the collection is tampered with and verification shows it.
"""

from __future__ import annotations

import shlex
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from archive.capture import Settings
from archive.cli.captures import print_capture, to_json
from archive.cli.diff import comparison_to_json, print_comparison
from archive.cli.options import as_json
from archive.cli.output import Output
from archive.cli.verify import print_report
from archive.collection import Capture, Collection, create_collection, open_collection
from archive.digest import sha256
from archive.errors import IntegrityError, UsageError
from archive.store.keystore import Keystore
from archive.verification import Report
from archive.warc.reader import Reader
from archive.warc.writer import compress

__all__ = ["command"]

_BLANK = b"\r\n\r\n"

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{headline} | The Harbour Gazette</title>
<meta property="og:title" content="{headline}">
<meta property="og:site_name" content="The Harbour Gazette">
</head>
<body>
<nav><a href="/">Front page</a> <a href="/weather">Weather</a></nav>
<article>
<h1>{headline}</h1>
<p class="byline">By Ada Fernsby, harbour correspondent</p>
<p>The council voted on Tuesday evening to close the old ferry pier, ending a service that has
carried islanders to the mainland since 1911. The decision came after three hours of debate.</p>
<p>Repairs would have cost {cost} million, according to the engineers' report that was handed to
councillors a week before the vote. The report is not public.</p>
<p>{quotation} said Marit Olsen, who leads the council, after the meeting had ended.</p>
<p>The last ferry will leave on 30 April. Islanders have asked the county for a bus across the new
bridge, and expect an answer before the summer.</p>
</article>
<footer>© The Harbour Gazette</footer>
</body>
</html>
"""
_FIRST = {
    "headline": "Council closes the old ferry pier",
    "cost": "14",
    "quotation": "“We knew about the damage for years and did nothing,”",
}
_SECOND = {
    "headline": "Council saves money on the old ferry pier",
    "cost": "41",
    "quotation": "“We acted as soon as we knew about the damage,”",
}


@click.command("demo", epilog="\b\nExamples:\n  archive demo\n  archive demo my-demo\n")
@click.argument("folder", metavar="[DIR]", default="archive-demo", type=click.Path(path_type=Path))
@as_json
def command(folder: Path, as_json: bool) -> None:
    """Capture, change, compare, verify, tamper: the whole story, kept in DIR (archive-demo).

    Needs no internet: the article is served on loopback. The key it signs with lies in DIR too.
    """
    if folder.exists():
        raise UsageError("it is there already", where=str(folder), hint="name another folder")
    story = _Story(Output(as_json=as_json), folder)
    with _serve(_PAGE.format(**_FIRST)) as (url, change):
        story.capture_twice(url, lambda: change(_PAGE.format(**_SECOND)))
    story.tamper()
    story.end(url)


class _Story:
    """The steps, told as they happen, or collected for JSON."""

    def __init__(self, output: Output, folder: Path) -> None:
        self._output = output
        self._folder = folder
        self._collection = folder / "collection"
        self._keys = Keystore(folder / "keys")
        self._told: dict[str, Any] = {"schema": "urn:article-archive:demo:v1"}
        self._steps = 0

    def capture_twice(self, url: str, change: Callable[[], None]) -> None:
        """Capture, let the page change, capture again, compare, verify."""
        self._begin("A collection, and a key that signs its captures")
        create_collection(self._collection, origin="archive-demo", keystore=self._keys)
        self._say(f"in {self._collection}")
        with open_collection(self._collection, keystore=self._keys) as press:
            self._begin("An article is captured from a web server on this machine")
            first = self._capture(press, url)
            self._begin("The paper changes its headline, a number and a quotation")
            change()
            self._say("and says nothing about it")
            self._begin("The article is captured again")
            second = self._capture(press, url)
            self._told["captures"] = [to_json(capture, "add") for capture in (first, second)]
            self._begin("What changed")
            comparison = press.compare(first, second)
            self._told["diff"] = comparison_to_json(comparison, first, second)
            if not self._output.as_json:
                print_comparison(self._output, comparison)
            self._begin("The collection is verified: every byte, digest and signature")
            self._verify("verify", press.verify(deep=True), "verified")

    def tamper(self) -> None:
        """Change one number in a copy, as a careful forger would, and verify the copy."""
        self._begin("A forger turns “41 million” back into “14 million” in a copy")
        copy = self._folder / "tampered"
        shutil.copytree(self._collection, copy)
        [warc] = (copy / "warc").glob("*.warc.gz")
        _forge(warc, b"41 million", b"14 million")
        self._say("in the page and in the text, with the digests and checksums made to fit")
        with open_collection(copy, keystore=self._keys) as forged:
            self._verify("tampered", forged.verify(deep=True), "failed")
        self._say("")
        self._say("The forger could change the page but not the signature: they no longer agree.")

    def end(self, url: str) -> None:
        """Say what is left to look at."""
        if self._output.as_json:
            self._output.json({**self._told, "collection": str(self._collection)})
            return
        collection, tampered = str(self._collection), str(self._folder / "tampered")
        [key] = self._keys.list()
        self._begin("Yours to look at")
        for command in (
            ("history", "-C", collection, url),
            ("show", "-C", collection, f"{url}@~1"),
            ("diff", "-C", collection, url),
            ("verify", collection, "--trust", key.fingerprint),
            ("verify", tampered, "--trust", key.fingerprint),
        ):
            self._output.line("  ", shlex.join((*_name_program(), *command)), hang=None)
        self._output.line(
            f"Nothing can be added to this collection: its key lies in {self._folder / 'keys'}, "
            "not among yours. Begin your own with: archive init"
        )

    def _begin(self, title: str) -> None:
        self._steps += 1
        if not self._output.as_json:
            self._output.line()
            self._output.line((f"{self._steps}. {title}", "bold"))

    def _say(self, text: str) -> None:
        if not self._output.as_json:
            self._output.line(text)

    def _capture(self, press: Collection, url: str) -> Capture:
        capture = press.add(url, Settings(allow_private=True))
        if not self._output.as_json:
            print_capture(self._output, capture)
        return capture

    def _verify(self, name: str, report: Report, verdict: str) -> None:
        self._told[name] = report.to_json()
        if not self._output.as_json:
            print_report(self._output, report)
        if report.verdict != verdict:
            raise IntegrityError(f"the verdict is {report.verdict}, and should be {verdict}")


def _name_program() -> tuple[str, ...]:
    """The program as it can be called again from where it was called now."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return sys.executable, "-m", "archive"
    on_path = shutil.which(called.name)
    if on_path is not None and Path(on_path).resolve() == called.resolve():
        return (called.name,)
    return (sys.argv[0],)


def _forge(path: Path, old: bytes, new: bytes) -> None:
    """Change words in every record that has them, and make digests and gzip fit again."""
    with open(path, "rb") as file:
        reader = Reader(file)
        records = [(record, reader.read_block(1 << 24)) for record in reader]
    forged = []
    for record, block in records:
        changed = block.replace(old, new)
        body, was = changed.partition(_BLANK)[2], block.partition(_BLANK)[2]
        digests = {sha256(block): sha256(changed), sha256(was): sha256(body)}
        head = record.head.decode()
        for before, after in digests.items():
            head = head.replace(before, after)
        forged.append(compress(head.encode(), changed))
    path.write_bytes(b"".join(forged))


@contextmanager
def _serve(page: str) -> Iterator[tuple[str, Callable[[str], None]]]:
    """A web server on loopback with one article; gives its URL and a way to change the page."""
    pages = [page.encode()]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(pages[-1])))
            self.end_headers()
            self.wfile.write(pages[-1])

        def log_message(self, *_: object) -> None:
            """Quiet: the story is told elsewhere."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield (
                f"http://127.0.0.1:{server.server_port}/council-closes-ferry-pier",
                lambda changed: pages.append(changed.encode()),
            )
        finally:
            server.shutdown()
            thread.join()
