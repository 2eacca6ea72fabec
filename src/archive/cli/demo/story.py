"""The steps of ``archive demo``, told as they happen, or collected for JSON."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from archive.capture import Settings
from archive.cli.attribution import print_conflicts
from archive.cli.captures import findings_to_json, print_capture, to_json
from archive.cli.changes import pair_to_json, print_comparison
from archive.cli.demo.forger import forge
from archive.cli.demo.outside import can_date, run_authority, run_witness
from archive.cli.demo.site import FIRST, SECOND, serve
from archive.cli.options import as_json
from archive.cli.output import Output
from archive.cli.work.verifying import print_report
from archive.collection import Capture, Collection, create_collection, open_collection
from archive.errors import IntegrityError, UsageError
from archive.log.asking import Asked
from archive.user.keystore import Keystore
from archive.verification import Report

__all__ = ["command"]


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
    with serve(FIRST) as (url, change):
        story.capture_twice(url, lambda: change(SECOND))
    story.tamper()
    story.anchor()
    story.cut()
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
        create_collection(self._collection, keystore=self._keys)
        self._say(f"in {self._collection}")
        with open_collection(self._collection, keystore=self._keys) as press:
            self._begin("An article is captured from a web server on this machine")
            first = self._capture(press, url)
            self._begin("The paper changes its headline, a number and a quotation")
            change()
            self._say("and says nothing about it")
            self._begin("The article is captured again")
            second = self._capture(press, url)
            self._told["captures"] = [
                {**to_json(one, "add"), **findings_to_json(one)} for one in (first, second)
            ]
            self._begin("What changed")
            pair = press.pair(first, second)
            self._told["diff"] = pair_to_json(pair)
            if not self._output.as_json:
                print_comparison(self._output, pair.comparison)
            if not any("headline" in change.classes for change in pair.comparison.changes):
                raise IntegrityError("the edit of the headline was not found")
            self._begin("What the page now says of itself does not agree")
            self._told["conflicts"] = [one.to_json() for one in second.claims.conflicts()]
            if not self._output.as_json:
                print_conflicts(self._output, second)
            self._begin("The collection is verified: every byte, digest and signature")
            self._verify("verify", press.verify(deep=True, keep=False), "verified")

    def tamper(self) -> None:
        """Change one number in a copy, as a careful forger would, and verify the copy."""
        self._begin("A forger turns “41 million” back into “14 million” in a copy")
        copy = self._folder / "tampered"
        shutil.copytree(self._collection, copy)
        [warc] = (copy / "warc").glob("*.warc.gz")
        forge(warc, b"41 million", b"14 million")
        self._say("in the page and in the text, with the digests and checksums made to fit")
        with open_collection(copy, keystore=self._keys) as forged:
            self._verify("tampered", forged.verify(deep=True, keep=False), "failed")
        self._say("")
        self._say("The forger could change the page but not the signature: they no longer agree.")

    def anchor(self) -> None:
        """Let an authority date the log, and another process witness it."""
        self._begin("Others see the log: an authority dates it, a witness cosigns it")
        outside = self._folder / "outside"
        outside.mkdir()
        asked: list[Asked] = []
        with ExitStack() as stack:
            with open_collection(self._collection, keystore=self._keys) as press:
                keys = press.log.list_keys()
            named = [stack.enter_context(run_witness(outside, keys))]
            if can_date():
                named.append(stack.enter_context(run_authority(outside, self._collection)))
            settings = self._collection / "archive.toml"
            with open(settings, "a", encoding="utf-8") as file:
                file.write("\n" + "\n".join(named))
            with open_collection(self._collection, keystore=self._keys) as press:
                if can_date():
                    asked += press.log.timestamp()
                asked += press.log.witness()
                (outside / "checkpoint").write_bytes(press.log.checkpoint())
        self._told["asked"] = [asdict(item) for item in asked]
        for item in asked:
            if item.error:
                raise IntegrityError(item.error, where=item.url)
            what = f"dated it {item.time}" if item.time else "cosigned it"
            self._say(f"{item.url} {what}: {item.size} entries")
        if not can_date():
            self._say("openssl is not here, so no authority dated it")

    def cut(self) -> None:
        """Take the last capture out of a copy, with all that stands behind it, and verify that."""
        self._begin("The last capture is deleted behind the archive's back, in a copy")
        copy = self._folder / "cut"
        shutil.copytree(self._collection, copy)
        (copy / "index.sqlite").unlink()
        with open_collection(self._collection, keystore=self._keys) as press:
            *_, last = press.captures()
        with open(copy / "warc" / last.row.file, "r+b") as file:
            file.truncate(last.row.offset)
        shutil.rmtree(copy / "log")
        self._say("and the log with it, so that nothing in the copy contradicts itself")
        with open_collection(copy, keystore=self._keys) as less:
            seen = self._folder / "outside" / "checkpoint"
            self._verify("cut", less.verify(checkpoints=[seen], keep=False), "failed")
        self._say("")
        self._say("Who has seen the log once, be it one short file, sees what is missing.")

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
            ("show", "-C", collection, url, "--claims"),
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
