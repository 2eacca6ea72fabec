"""A witness (https://c2sp.org/tlog-witness): cosigns checkpoints that extend what it has seen.

``POST /add-checkpoint`` is all that it answers. Requests are judged one after the other; what is
cosigned has been kept durably before, so that no crash makes the witness sign two histories.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from attrs import define, field

from archive.errors import ArchiveError
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.proof.note import SignatureChecker
from archive.proof.signer import NoteSigner
from archive.proof.witness import PATH, Accepted, CosignResponse, cosign, judge
from archive.user.checkpoints import KeptCheckpoints

__all__ = ["Witness", "make_server"]

_LARGEST = 1 << 17
_SECONDS = 20
_TEXT = "text/plain; charset=utf-8"


@define
class Witness:
    """A witness's keys, the logs that it knows, and what it has cosigned.

    Attributes:
        logs: by origin, the keys of the logs that it knows.
        signers: its own keys.
        folder: where it keeps the last checkpoint of each log.
        now: seconds since 1970.
    """

    logs: Mapping[str, Sequence[SignatureChecker]]
    signers: Sequence[NoteSigner]
    folder: Path
    now: Callable[[], int]
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)

    def answer(self, body: bytes) -> CosignResponse:
        """The answer to a request; what it cosigns is kept before.

        Raises:
            StorageError, InputError: what was cosigned before cannot be read, or what is to be
                cosigned cannot be kept: nothing is signed then.
        """
        kept = KeptCheckpoints(self.folder)
        with self._lock:
            found = judge(body, self.logs, self._latest(kept))
            if isinstance(found, Accepted):
                kept.keep(found.checkpoint.origin, found.signed)
                return cosign(found, self.signers, self.now())
        return found

    def _latest(self, kept: KeptCheckpoints) -> dict[str, Checkpoint]:
        loaded = ((origin, kept.load(origin)) for origin in self.logs)
        return {origin: read_checkpoint(data) for origin, data in loaded if data is not None}


def make_server(witness: Witness, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """A server that answers for a witness; `serve_forever` begins it.

    Args:
        witness: the witness.
        port: 0 for any that is free.
        host: the address to listen at.
    """

    class Handler(BaseHTTPRequestHandler):
        timeout = _SECONDS

        def do_POST(self) -> None:
            if self.path != PATH:
                self._send(CosignResponse(404, _TEXT, b"not here\n"))
                return
            length = self.headers.get("Content-Length", "")
            if re.fullmatch("[0-9]{1,9}", length) is None or int(length) > _LARGEST:
                self._send(CosignResponse(400, _TEXT, b"no body, or too large a one\n"))
                return
            try:
                self._send(witness.answer(self.rfile.read(int(length))))
            except ArchiveError as error:
                self._send(CosignResponse(500, _TEXT, f"{error.message}\n".encode()))

        def _send(self, response: CosignResponse) -> None:
            self.send_response(response.status)
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            self.wfile.write(response.body)

        def log_message(self, *_: object) -> None:
            """Say nothing: standard error is for what goes wrong."""

    return ThreadingHTTPServer((host, port), Handler)
