"""Every forged time stamp, stored and logged by the archiver himself, is seen by `archive verify`.

The archiver has the key and every file: he puts what he likes beside his log, and logs it. What he
has not is the key of an authority that the verifier trusts. A token that is bad whoever is trusted
fails; one by somebody whom the verifier does not trust shows nothing, and is not checked.
"""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from archive.cli.main import run
from archive.digest import sha256
from archive.proof.bodies import TimestampEntry, TreeHead
from archive.proof.checkpoint import read_checkpoint
from archive.proof.signer import sign_note
from archive.proof.timestamp import make_request
from archive.store.draft import EntryDraft
from archive.store.log import log_signers
from archive.store.stamps import Stamps
from archive.user.authorities import AuthorityPins
from archive.user.keystore import Keystore
from tests.collection.press import open_press
from tests.places import program
from tests.proof import authority as real
from tests.store import shelf

URL = "https://tsa.example/"
STAMP = "log/timestamps/4-1.tsr"
TRUSTED = ("root and certificate", "root", "pinned")
SHA256 = bytes.fromhex("0609608648016503040201")


@frozen
class Scene:
    """A collection that was never stamped, and the authority that the verifier trusts."""

    folder: Path
    authority: real.Authority
    signed: bytes

    def ask(self, authority: real.Authority, message: bytes | None = None) -> bytes:
        """An authority's answer over the checkpoint, or over something else."""
        return authority.answer(make_request(message or self.signed).data)

    def forger(self, **how: Any) -> real.Authority:
        """Another authority, under the same names."""
        return real.make_authority(self.folder / "forger", **how)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A keyring and three captures, and an authority."""
    folder = tmp_path_factory.mktemp("base")
    shelf.collection(folder, 3, log=True).close()
    return folder


@pytest.fixture
def scene(base: Path, tmp_path: Path) -> Scene:
    """A copy of the collection, to be stamped."""
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    signed = (tmp_path / "press" / "log" / "checkpoint").read_bytes()
    return Scene(tmp_path, real.make_authority(tmp_path / "trusted"), signed)


def plant(scene: Scene, response: bytes, time: str = "2026-11-22T07:02:00Z") -> None:
    """Store a token beside the log and log it, as what an authority answered is."""
    with open_press(scene.folder) as press:
        press.log._keep_stamp(URL, scene.signed, response, time)


def verify(
    scene: Scene, trusted: str | None, capfd: pytest.CaptureFixture[str], *more: str
) -> tuple[int, dict[str, Any]]:
    """Exit code and report of the command, for a verifier who trusts the authority in some way."""
    root, certificate = (scene.authority.folder / name for name in ("root.pem", "tsa.pem"))
    named = {"root": f"{root}", "root and certificate": f"{root},{certificate}"}
    arguments = ["--tsa", named[trusted]] if trusted in named else []
    if trusted == "pinned":
        pins = AuthorityPins.beside(Keystore(scene.folder / "config" / "article-archive"))
        pins.trust(root.read_bytes(), certificate.read_bytes())
    [key] = (scene.folder / "press" / "keys").glob("*.pub.pem")
    arguments += ["--trust", str(key), "--json", *more]
    capfd.readouterr()
    code = run(["verify", str(scene.folder / "press"), *arguments])
    report: dict[str, Any] = json.loads(capfd.readouterr().out)
    return code, report


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verifier is not the archiver: he has pins of his own and no key."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def check(report: dict[str, Any]) -> dict[str, Any]:
    """The check of time stamps."""
    [found] = [item for item in report["checks"] if item["name"] == "timestamp"]
    return dict(found)


def other_digest(scene: Scene) -> bytes:
    """The authority's own token, over another digest of the right bytes."""
    (scene.folder / "data").write_bytes(scene.signed)
    command = [str(program("openssl")), "ts", "-query", "-data", "data", "-sha512", "-cert"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=scene.folder)
    return scene.authority.answer(done.stdout)


def swap(place: int, last: int) -> Callable[[Scene], bytes]:
    """The authority's own token, in which SHA-256 was made another algorithm in one place."""

    def forge(scene: Scene) -> bytes:
        response = scene.ask(scene.authority)
        places = [at for at in range(len(response)) if response.startswith(SHA256, at)]
        return change(response, places[place] + len(SHA256) - 1, last)

    return forge


def change(response: bytes, place: int, value: int) -> bytes:
    """A token with one byte changed."""
    changed = bytearray(response)
    changed[place] = value
    return bytes(changed)


def another_time(scene: Scene) -> bytes:
    """The authority's own token, in which the year was made an earlier one."""
    response = scene.ask(scene.authority)
    year = response.index(b"\x18\x0f20") + 5
    return change(response, year, response[year] - 1)


FAILING: dict[str, tuple[Callable[[Scene], bytes], str]] = {
    "wrong imprint": (lambda s: s.ask(s.authority, s.signed + b"x"), "over other bytes"),
    "expired certificate": (lambda s: s.ask(s.forger(expired=True)), "was not valid at the time"),
    "unsorted certificate set": (lambda s: s.ask(s.forger(certs=True)), "InvalidSetOrdering"),
    "another digest": (other_digest, "not over SHA-256"),
    "weak signature": (lambda s: s.ask(s.forger(digest="sha1")), "not over SHA-256"),
    "rubbish": (lambda _: b"rubbish", "not a time-stamp response"),
    "a refusal": (lambda s: s.authority.answer(b"rubbish"), "did not grant"),
    "another signature": (
        lambda s: change(response := s.ask(s.authority), -1, response[-1] ^ 1),
        "signature is wrong",
    ),
    "another second": (another_time, "signature is wrong"),
    **{
        f"algorithm swap {place} to {last}": (swap(place, last), words)
        for place, last, words in (
            (0, 0x02, "signature is wrong"),
            (0, 0x08, "not over SHA-256"),
            (1, 0x02, "not over SHA-256"),
            (1, 0x08, "not over SHA-256"),
            (2, 0x02, "signature is wrong"),
            (2, 0x08, "signature is wrong"),
        )
    },
}
"""Forgeries that are bad whoever is trusted, and what is said of them."""


@pytest.mark.parametrize("trusted", TRUSTED)
@pytest.mark.parametrize("forgery", FAILING)
def test_a_token_that_is_bad_whoever_is_trusted(
    scene: Scene, forgery: str, trusted: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """The check of time stamps fails, and only that, at the token's file; it dates nothing."""
    forge, words = FAILING[forgery]
    plant(scene, forge(scene))
    for more in ((), ("--require", "timestamp")):
        code, report = verify(scene, trusted, capfd, *more)
        assert (code, report["verdict"], check(report)["result"]) == (1, "failed", "failed")
        [finding] = report["findings"]
        assert (finding["check"], finding["file"]) == ("timestamp", STAMP)
        assert words in finding["message"]
        assert (report["log"]["time"], report["log"]["dated"]) == (None, [])


def embed_root(scene: Scene) -> bytes:
    """A forger's token with his root in it, the certificates in the order that DER wants."""
    forger = scene.forger(certs=True)
    response = scene.ask(forger)
    signer, root = (ssl.PEM_cert_to_DER_cert(p.decode()) for p in (forger.certificate, forger.root))
    assert signer + root in response
    return response.replace(signer + root, root + signer)


STRANGE: dict[str, Callable[[Scene], bytes]] = {
    "attacker's root embedded": embed_root,
    "attacker's certificate embedded": lambda s: s.ask(s.forger()),
    "self-signed": lambda s: s.ask(s.forger(self_signed=True)),
    "another's root and intermediate": lambda s: s.ask(s.forger(intermediate=True)),
}
"""Forgeries that are a stranger's tokens, whatever names stand in them."""


@pytest.mark.parametrize("trusted", TRUSTED)
@pytest.mark.parametrize("forgery", STRANGE)
def test_a_token_by_a_stranger(
    scene: Scene, forgery: str, trusted: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not checked, and said so; it dates nothing, and is not enough where one is required."""
    plant(scene, STRANGE[forgery](scene))
    code, report = verify(scene, trusted, capfd)
    assert (code, report["verdict"], report["findings"]) == (0, "verified", [])
    assert check(report) == {
        "name": "timestamp",
        "result": "not-checked",
        "count": 0,
        "reason": "time stamps of authorities that are not trusted (1)",
        "complete": False,
    }
    assert (report["log"]["time"], report["log"]["dated"]) == (None, [])
    code, report = verify(scene, trusted, capfd, "--require", "timestamp")
    assert (code, report["verdict"]) == (4, "incomplete")


@pytest.mark.parametrize("trusted", TRUSTED)
@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"expired": True}, "was not valid at the time"),
        ({"certs": True}, "InvalidSetOrdering"),
        ({"digest": "sha1"}, "not over SHA-256"),
        ({"self_signed": True}, None),
    ],
    ids=["expired", "unsorted", "weak", "self-signed"],
)
def test_a_trusted_authority_that_does_it_itself(
    scene: Scene,
    how: dict[str, Any],
    words: str | None,
    trusted: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Trust does not mend a bad token; a certificate that signed itself leads to no pinned root."""
    careless = evolve(scene, authority=scene.forger(**how))
    plant(careless, careless.ask(careless.authority))
    code, report = verify(careless, trusted, capfd, "--require", "timestamp")
    if words is None:
        assert (code, report["verdict"], report["findings"]) == (4, "incomplete", [])
        return
    assert (code, report["verdict"], check(report)["result"]) == (1, "failed", "failed")
    [finding] = report["findings"]
    assert (finding["check"], finding["file"]) == ("timestamp", STAMP)
    assert words in finding["message"]


@pytest.mark.parametrize("trusted", TRUSTED)
def test_a_good_token(scene: Scene, trusted: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The same way in, without a forgery: passed, with the authority and what it is trusted by."""
    response = scene.ask(scene.authority)
    shown = _openssl_time(scene, response)
    plant(scene, response, shown)
    code, report = verify(scene, trusted, capfd, "--require", "timestamp")
    assert (code, check(report)["result"], check(report)["count"]) == (0, "passed", 1)
    assert (report["log"]["stamped"], report["log"]["time"]) == (4, shown)
    [dated] = report["log"]["dated"]
    pem = scene.authority.root if trusted == "root" else scene.authority.certificate
    assert dated == {
        "fingerprint": sha256(ssl.PEM_cert_to_DER_cert(pem.decode())),
        "name": "CN=Test Root" if trusted == "root" else "CN=Test TSA",
        "by": "pinned" if trusted == "pinned" else "--tsa",
        "stamps": 1,
        "entries": 4,
        "time": shown,
    }


def _openssl_time(scene: Scene, response: bytes) -> str:
    """The time in a token as the openssl command reads it."""
    (scene.folder / "read.tsr").write_bytes(response)
    command = [str(program("openssl")), "ts", "-reply", "-in", "read.tsr", "-text"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=scene.folder)
    [line] = [line for line in done.stdout.splitlines() if line.startswith("Time stamp: ")]
    return f"{datetime.strptime(line[12:], '%b %d %H:%M:%S %Y GMT'):%Y-%m-%dT%H:%M:%SZ}"


def test_openssl_checks_what_is_stored_by_what_is_pinned(scene: Scene) -> None:
    """Token, checkpoint and pin as they lie on the disk are all that ``openssl ts`` needs."""
    plant(scene, scene.ask(scene.authority))
    pins = AuthorityPins.beside(Keystore(scene.folder / "config"))
    pin = pins.trust(scene.authority.root, scene.authority.certificate)
    stamps = scene.folder / "press" / "log" / "timestamps"
    command = [str(program("openssl")), "ts", "-verify", "-in", str(stamps / "4-1.tsr")]
    command += ["-data", str(stamps / "4-1.checkpoint"), "-CAfile", str(pin.path)]
    command += ["-untrusted", str(pins.folder / f"{pin.fingerprint}.tsa.pem")]
    done = subprocess.run(command, check=True, capture_output=True)
    assert b"Verification: OK" in done.stdout


def test_a_token_with_another_nonce(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    """Who stores it anyway shows no more and no less: the authority saw these bytes by that time.

    The nonce only tells who asked that the answer is to him; on receipt it is refused, see below.
    """
    response = scene.ask(scene.authority)
    plant(scene, response, _openssl_time(scene, response))
    assert verify(scene, "root", capfd, "--require", "timestamp")[0] == 0


@frozen
class Replay(real.Authority):
    """Somebody in an authority's place who always gives the same answer."""

    response: bytes

    def answer(self, request: bytes) -> bytes:
        """The same as ever."""
        return self.response


RECEIVED: dict[str, Callable[[Scene], bytes]] = {
    **{name: forge for name, (forge, _) in FAILING.items()},
    **STRANGE,
    "wrong nonce": lambda s: s.ask(s.authority),
}


@pytest.mark.parametrize("forgery", RECEIVED)
def test_a_forged_token_is_refused_on_receipt(scene: Scene, forgery: str) -> None:
    """Nothing is stored or logged, the wrong nonce's neither; why is told and kept to be shown."""
    keys = scene.folder / "press" / "keys"
    (keys / "root.pem").write_bytes(scene.authority.root)
    (keys / "tsa.pem").write_bytes(scene.authority.certificate)
    with real.Server(Replay(scene.folder, RECEIVED[forgery](scene))) as server:
        with open(scene.folder / "press" / "archive.toml", "a") as settings:
            pinned = 'root = "keys/root.pem"\ncertificate = "keys/tsa.pem"\n'
            settings.write(f'\n[[timestamp]]\nurl = "{server.url}"\n{pinned}')
        with open_press(scene.folder) as press:
            [asked] = press.log.timestamp()
            status = press.log.status()
    assert asked.error
    if forgery == "wrong nonce":
        assert asked.error == "the time stamp answers another request"
    assert (status.stamps, status.size) == (0, 4)
    [failing] = status.failing
    assert (failing.url, failing.error) == (server.url, asked.error)


def test_openssl_takes_none_of_them(scene: Scene) -> None:
    """The openssl command, by the same root, refuses whatever fails or is not checked here."""
    for name, forge in {**{n: f for n, (f, _) in FAILING.items()}, **STRANGE}.items():
        shutil.rmtree(scene.folder / "forger", ignore_errors=True)
        if name != "another digest":  # of the right bytes; nobody asked for it
            assert not scene.authority.accepts(forge(scene), scene.signed), name


@pytest.mark.parametrize(
    ("time", "size"), [("2020-01-01T00:00:00Z", None), (None, 3)], ids=["time", "size"]
)
def test_a_log_that_says_what_its_token_does_not(
    scene: Scene, time: str | None, size: int | None, capfd: pytest.CaptureFixture[str]
) -> None:
    """An entry with an earlier time, or another checkpoint, than the good token it names fails."""
    response = scene.ask(scene.authority)
    said = time or _openssl_time(scene, response)
    with open_press(scene.folder) as press:
        if size is None:
            press.log._keep_stamp(URL, scene.signed, response, said)
        else:
            stamp = Stamps(press.path / "log").add(scene.signed, response)
            over = TreeHead(size, "0" * 64)
            entry = TimestampEntry(stamp.name, sha256(response), URL, said, over)
            shelf.writer(press).append([EntryDraft.of(entry, press._effects.now())])
    code, report = verify(scene, "root", capfd, "--require", "timestamp")
    assert (code, report["verdict"], check(report)["result"]) == (1, "failed", "failed")
    [finding] = report["findings"]
    assert (finding["check"], finding["file"][:5]) == ("timestamp", "warc/")
    assert "what its token does not" in finding["message"]


def test_a_token_put_in_the_place_of_the_one_logged(
    scene: Scene, capfd: pytest.CaptureFixture[str]
) -> None:
    """A later token of the same authority is good, but not the one that the log names."""
    plant(scene, scene.ask(scene.authority))
    (scene.folder / "press" / STAMP).write_bytes(scene.ask(scene.authority))
    code, report = verify(scene, "root", capfd, "--require", "timestamp")
    assert (code, check(report)["result"]) == (1, "failed")
    [finding] = report["findings"]
    assert "which the log names, is not there" in finding["message"]
    assert finding["file"].startswith("warc/")


def test_a_token_over_another_history(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    """A good token over a checkpoint that the log's own key signed for other entries fails."""
    head = evolve(read_checkpoint(scene.signed), root=bytes(32))
    with open_press(scene.folder) as press:
        key = Keystore(scene.folder / "config").load(press.key, lambda: None)
        forked = sign_note(head.to_text(), log_signers(key, press.origin), 1_800_000_000)
        response = scene.ask(scene.authority, forked)
        press.log._keep_stamp(URL, forked, response, _openssl_time(scene, response))
    code, report = verify(scene, "root", capfd, "--require", "timestamp")
    assert (code, check(report)["result"]) == (1, "failed")
    [finding] = report["findings"]
    assert (finding["file"], "is another history" in finding["message"]) == (STAMP, True)


def test_a_good_token_beside_others(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    """Beside a stranger's a good one passes, and the other is counted; a bad one fails them all."""
    good = scene.ask(scene.authority)
    plant(scene, good, _openssl_time(scene, good))
    plant(scene, scene.ask(scene.forger()))
    code, report = verify(scene, "root and certificate", capfd, "--require", "timestamp")
    assert (code, check(report)["result"], check(report)["count"]) == (0, "passed", 1)
    assert "authorities that are not trusted (1)" in check(report)["reason"]
    plant(scene, b"rubbish")
    code, report = verify(scene, "root and certificate", capfd, "--require", "timestamp")
    assert (code, check(report)["result"]) == (1, "failed")
    assert [finding["file"] for finding in report["findings"]] == ["log/timestamps/4-3.tsr"]


def test_whoever_trusts_nobody_is_told_so(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    """Without an authority, or with pins set aside, a good token is not checked; never passed."""
    good = scene.ask(scene.authority)
    plant(scene, good, _openssl_time(scene, good))
    code, report = verify(scene, None, capfd)
    assert (code, check(report)["result"]) == (0, "not-checked")
    assert "no time-stamping authority is trusted" in check(report)["reason"]
    assert verify(scene, None, capfd, "--require", "timestamp")[0] == 4
    assert verify(scene, "pinned", capfd, "--require", "timestamp")[0] == 0
    code, report = verify(scene, "pinned", capfd, "--require", "timestamp", "--no-user-trust")
    assert (code, report["verdict"]) == (4, "incomplete")


def test_a_damaged_pin_is_an_error(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    """A pin that cannot be read is said: it is neither trusted nor passed over; exit 5."""
    plant(scene, scene.ask(scene.authority))
    pins = AuthorityPins.beside(Keystore(scene.folder / "config" / "article-archive"))
    pins.trust(scene.authority.root).path.write_text("rubbish")
    code, told = verify(scene, None, capfd)
    assert (code, told["error"]["code"]) == (5, "input")
    assert verify(scene, None, capfd, "--no-user-trust")[0] == 0
