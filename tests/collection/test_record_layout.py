"""The layout of the records of a capture, and the statement over them, each checked naively.

The expected table is written out here from the design; nothing of the project computes it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

import archive
from archive.adding.listing import UrlList
from tests.capture.settings import LOCAL
from tests.collection.press import (
    Clock,
    Record,
    capture_records,
    check_verified,
    open_press,
    outcome,
    page,
    read_members,
    read_records,
    statement,
)
from tests.servers import Nginx, OddServer

UUID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def sha(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def naive_root(seed: bytes, kind: bytes, items: list[bytes]) -> str:
    """The salted Merkle root as RFC 6962 section 2.1 defines it, by its own recursion."""
    leaves = []
    for index, item in enumerate(items):
        salt = hmac.new(seed, kind + b"\0" + index.to_bytes(8, "big"), "sha256").digest()
        leaves.append(hashlib.sha256(b"\0" + salt + item).digest())

    def root(part: list[bytes]) -> bytes:
        if not part:
            return hashlib.sha256(b"").digest()
        if len(part) == 1:
            return part[0]
        split = 1
        while split * 2 < len(part):
            split *= 2
        return hashlib.sha256(b"\1" + root(part[:split]) + root(part[split:])).digest()

    return root(leaves).hex()


@pytest.fixture
def secure(tmp_path: Path, clock: Clock, nginx: Nginx) -> Any:
    """A collection with one page that was captured over TLS, and that capture."""
    nginx.publish("story.html", page())
    settings = evolve(LOCAL, ca_file=str(nginx.certificates.root))
    with open_press(tmp_path, clock) as press:
        yield press, press.add(f"{nginx.https}/story.html", settings)


def test_every_record_of_a_page_is_as_the_design_says(secure: Any) -> None:
    """Types, targets, links, fields and content types of all eight records are the design's."""
    press, capture = secure
    url = capture.url
    info, *_ = read_records(press)
    group = capture_records(press, capture)
    response = group[0]["WARC-Record-ID"]
    concurrent, refers = ("WARC-Concurrent-To", response), ("WARC-Refers-To", response)
    http = "application/http;msgtype="
    wanted = [
        ("response", url, None, http + "response"),
        ("request", url, concurrent, http + "request"),
        ("resource", f"urn:tls:{url}", concurrent, "application/pem-certificate-chain"),
        ("metadata", f"urn:outcome:{url}", refers, "application/json"),
        ("resource", f"urn:text:{url}", concurrent, "text/plain;charset=utf-8"),
        ("metadata", f"urn:claims:{url}", refers, "application/json"),
        ("metadata", f"urn:statement:{url}", refers, "application/vnd.in-toto.capture+dsse"),
    ]
    assert len(group) == len(wanted)
    for record, (kind, target, link, content_type) in zip(group, wanted, strict=True):
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": record["WARC-Record-ID"],
            "WARC-Date": capture.row.date,
            "WARC-Target-URI": target,
            "WARC-Warcinfo-ID": info["WARC-Record-ID"],
            "WARC-Block-Digest": f"sha256:{sha(record.block)}",
            "Content-Type": content_type,
            "Content-Length": str(len(record.block)),
        }
        if link is not None:
            fields[link[0]] = link[1]
        if kind == "response":
            entity = record.block.split(b"\r\n\r\n", 1)[1]
            fields["WARC-IP-Address"] = "127.0.0.1"
            fields["WARC-Payload-Digest"] = f"sha256:{sha(entity)}"
            fields["WARC-Cipher-Suite"] = record["WARC-Cipher-Suite"]
            assert record.all("WARC-Protocol") == ["http/1.1", "tls/1.3"]
        assert {n: v for n, v in record.fields if n != "WARC-Protocol"} == fields
        assert UUID.fullmatch(record["WARC-Record-ID"])
        assert record.head.startswith(b"WARC/1.1\r\n")
    assert DATE.fullmatch(capture.row.date)
    assert len({record.id for record in [info, *group]}) == 8


def test_the_first_record_is_a_warcinfo(secure: Any) -> None:
    """The file opens with a warcinfo that names software, format, collection and key."""
    press, _ = secure
    info = read_records(press)[0]
    lines = dict(line.split(": ", 1) for line in info.block.decode().splitlines())
    assert info["WARC-Type"] == "warcinfo"
    assert info["WARC-Filename"] == next((press.path / "warc").iterdir()).name
    assert f"article-archive/{archive.__version__}" in lines["software"]
    assert lines["format"] == "WARC File Format 1.1"
    assert (lines["isPartOf"], lines["keyid"]) == (press.origin, press.key)
    assert info.all("WARC-Target-URI") == []
    assert info.all("WARC-Warcinfo-ID") == []


def test_the_statement_says_what_the_design_says(secure: Any) -> None:
    """Every field of the statement is what the bytes give, recomputed without the project."""
    press, capture = secure
    info, keyring, *_ = read_records(press)
    *named, envelope_record = capture_records(press, capture)
    said = statement(envelope_record)
    about = said.pop("predicate")
    assert said == {
        "_type": "https://in-toto.io/Statement/v1",
        "predicateType": "urn:article-archive:capture:v1",
        "subject": [{"name": r.id, "digest": {"sha256": sha(r.block)}} for r in named],
    }
    roles = ["response", "request", "tls", "outcome", "text", "claims"]
    response, text = named[0], named[4]
    head, entity = response.block.split(b"\r\n\r\n", 1)
    for name in ("extraction", "software", "signer", "paragraphs", "claims"):
        about.pop(name)
    assert about == {
        "critical": [],
        "url": capture.url,
        "final_url": capture.url,
        "date": response["WARC-Date"],
        "claimed_date": None,
        "outcome": "captured",
        "reason": None,
        "status": 200,
        "grade": "wire",
        "limitations": [],
        "http": {"rules": 2},
        "records": [
            {"role": role, "header": sha(record.head), "length": len(record.block)}
            for role, record in zip(roles, named, strict=True)
        ],
        "envelope": {
            "id": envelope_record.id,
            "target": envelope_record["WARC-Target-URI"],
            "content_type": envelope_record["Content-Type"],
        },
        "warcinfo": {"id": info.id, "header": sha(info.head), "block": sha(info.block)},
        "digests": {
            "header": sha(head + b"\r\n\r\n"),
            "block": sha(response.block),
            "entity": sha(entity),
            "content": sha(entity),
            "text": sha(text.block),
        },
        "same_as": None,
        "run": None,
        "sequence": 1,
        "prior": sha(keyring.block),
        "previous": None,
    }


def test_the_roots_are_over_salted_lines(secure: Any) -> None:
    """Both roots follow from the text, the claims and the seed, which the statement never has."""
    press, _ = secure
    *_, text, claims, envelope_record = read_records(press)
    about = statement(envelope_record)["predicate"]
    noted = json.loads(claims.block)
    seed = bytes.fromhex(noted["seed"])
    paragraphs = text.block.removesuffix(b"\n").split(b"\n")
    told = claims.block.partition(b'\n"claims": [\n')[2].partition(b"\n]")[0]
    lines = [line[2:].removesuffix(b",") for line in told.split(b"\n")]
    assert len(lines) == len(noted["claims"]) >= 1
    assert about["paragraphs"] == {
        "root": naive_root(seed, b"paragraph", paragraphs),
        "size": len(paragraphs),
    }
    assert about["claims"] == {"root": naive_root(seed, b"claim", lines), "size": len(lines)}
    assert seed.hex() not in json.dumps(about)


def test_the_statement_names_what_made_it(secure: Any) -> None:
    """Extractor, software and signing key stand in the statement."""
    press, _ = secure
    *_, envelope_record = read_records(press)
    about = statement(envelope_record)["predicate"]
    extraction, software, signer = (about[n] for n in ("extraction", "software", "signer"))
    options = {
        "favor_precision": True,
        "include_comments": False,
        "deduplicate": False,
        "with_metadata": False,
    }
    assert options.items() <= extraction["options"].items()
    assert (extraction["outcome"], extraction["reason"]) == ("ok", None)
    assert "trafilatura" in extraction["extractor"]
    assert "lxml" in extraction["built_on"]
    assert software["article-archive"] == archive.__version__
    assert signer["algorithm"] == "ed25519"
    assert sha(base64.b64decode(signer["public_key"])) == press.key


def test_the_envelope_is_dsse_over_the_exact_payload(secure: Any) -> None:
    """The signature is Ed25519 over DSSE's pre-authentication encoding, the key id a SPKI hash."""
    press, _ = secure
    envelope = json.loads(read_records(press)[-1].block)
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    payload = base64.b64decode(envelope["payload"], validate=True)
    [signature] = envelope["signatures"]
    assert signature["keyid"] == press.key
    [pem] = (press.path / "keys").iterdir()
    der = base64.b64decode("".join(pem.read_text().splitlines()[1:-1]))
    assert sha(der) == press.key
    key = load_der_public_key(der)
    assert isinstance(key, Ed25519PublicKey)
    kind = envelope["payloadType"].encode()
    encoding = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    key.verify(base64.b64decode(signature["sig"]), encoding)


def test_the_outcome_tells_what_was_tried(secure: Any) -> None:
    """The outcome record holds hops, addresses, limits, bytes, timings and clock skew."""
    press, capture = secure
    told = outcome(press, capture)
    records = capture_records(press, capture)
    [hop] = told["hops"]
    assert (hop["received_bytes"], hop["sent_bytes"]) == (
        len(records[0].block),
        len(records[1].block),
    )
    assert (hop["address"], hop["tls"], hop["status"]) == ("127.0.0.1", "TLSv1.3", 200)
    assert set(hop["seconds"]) == {"connect", "first_byte", "total"}
    assert told["addresses"] == ["127.0.0.1"]
    assert told["limits"] == {
        "total_seconds": 30.0,
        "stall_seconds": 15.0,
        "body_bytes": 64 * 1024 * 1024,
        "redirects": 10,
    }
    stated = re.search(rb"\r\nDate: ([^\r]+)", records[0].block)
    assert stated is not None
    server = datetime.strptime(stated[1].decode(), "%a, %d %b %Y %H:%M:%S GMT")
    ours = datetime.strptime(told["date"], "%Y-%m-%dT%H:%M:%S.%fZ")
    assert told["clock_skew"] == pytest.approx((server - ours).total_seconds(), abs=0.001)


def test_the_chain_of_statements(
    press: archive.Collection, odd_server: OddServer, clock: Clock
) -> None:
    """Sequence, prior and previous follow the envelopes' own digests, over URLs and failures."""
    one = odd_server.set("/one", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    two = odd_server.set("/two", b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
    for url in (one, two, one, two, one):
        press.add(url, LOCAL)
        clock.advance(1)
    found: list[Record] = [r for r in read_records(press) if _is_envelope(r)]
    digests = [sha(record.block) for record in found]
    keyring, *said = (statement(record)["predicate"] for record in found)
    assert (keyring["sequence"], keyring["prior"]) == (0, None)
    assert [s["sequence"] for s in said] == [1, 2, 3, 4, 5]
    assert [s["prior"] for s in said] == digests[:-1]
    assert [s["previous"] for s in said] == [None, None, digests[1], digests[2], digests[3]]
    check_verified(press)


def _is_envelope(record: Record) -> bool:
    return record.get("Content-Type") == "application/vnd.in-toto.capture+dsse"


def test_a_run_over_a_list_is_signed(press: archive.Collection, odd_server: OddServer) -> None:
    """Each capture of a list says run, place, length, and the digest over the list's URLs."""
    wire = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    urls = tuple(odd_server.set(f"/list{number}", wire) for number in range(3))
    entries, done = press.plan(UrlList(urls, ()))
    captures = list(press.add_all(entries, LOCAL, delay=0))
    assert done == 0
    runs = {}
    for capture in captures:
        run = statement(capture_records(press, capture)[-1])["predicate"]["run"]
        assert urls[run.pop("index")] == capture.url
        runs[json.dumps(run)] = run
    [run] = runs.values()
    assert (run["size"], run["list"]) == (3, sha("".join(f"{url}\n" for url in urls).encode()))
    assert press.plan(UrlList(urls, ()), resume=True)[1] == 0, "a finished run begins anew"
    check_verified(press)


def test_what_would_pass_the_cap_is_a_failure_of_two_records(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """A statement over 65,535 bytes becomes failed, too-large, with outcome and envelope only."""
    for number in range(200):
        location = b"HTTP/1.1 302 x\r\nLocation: /hop%d\r\nContent-Length: 0\r\n\r\n" % (number + 1)
        odd_server.set(f"/hop{number}", location)
    odd_server.set("/hop200", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
    settings = evolve(LOCAL, limits=evolve(LOCAL.limits, redirects=300, total=60.0))
    capture = press.add(odd_server.url("/hop0"), settings)
    assert (capture.outcome, capture.reason) == ("failed", "too-large")
    told, envelope = capture_records(press, capture)
    assert told["WARC-Target-URI"] == f"urn:outcome:{capture.url}"
    assert told.get("WARC-Refers-To") is None
    assert envelope["WARC-Refers-To"] == told["WARC-Record-ID"]
    assert len(json.loads(told.block)["hops"]) == 201
    assert capture.row == capture.reread().row
    check_verified(press)


def test_files_rotate_between_groups(tmp_path: Path, clock: Clock, odd_server: OddServer) -> None:
    """Past the size a new file begins, with its own warcinfo that its captures name."""
    wire = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(range(256)) * 40
    with open_press(tmp_path, clock, file_size=4000) as press:
        for number in range(4):
            press.add(odd_server.set(f"/file{number}", wire + b"%d" % number), LOCAL)
        files = sorted((press.path / "warc").iterdir())
        assert len(files) > 1
        for path in files:
            members = read_members(path)
            assert members[0][0].count(b"WARC-Type: warcinfo") == 1
            info = re.search(rb"WARC-Record-ID: (\S+)", members[0][0])
            assert info is not None
            for head, _ in members[1:]:
                assert b"WARC-Warcinfo-ID: " + info[1] in head
            assert b"WARC-Target-URI: urn:statement:" in members[-1][0]
        check_verified(press)
