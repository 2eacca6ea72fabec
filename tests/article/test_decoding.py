"""Tests of `archive.article.decoding`, on html5lib's and encoding_rs's vectors among others."""

from __future__ import annotations

import pytest
import webencodings  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from archive.article.decoding import PRESCAN, decode, prescan
from tests.article.pages import STORED, attribution, news
from tests.places import shared

LABELS = sorted(set(webencodings.LABELS.values()))


def cases() -> list[tuple[bytes, str]]:
    """The vectors: a page and the name of the encoding it is in."""
    found = []
    for name in ("tests1.dat", "tests2.dat", "test-yahoo-jp.dat"):
        whole = shared("vectors/html5lib-encoding/encoding", name).read_bytes()
        for part in whole.split(b"#data\n")[1:]:
            data, _, rest = part.partition(b"\n#encoding\n")
            label = rest.split(b"\n")[0].decode()
            found.append((data, webencodings.lookup(label).name))
    return found


def test_prescan_agrees_with_html5lib() -> None:
    """Every declaration within the first 1,024 bytes is found as html5lib's vectors say."""
    short = [(data, name) for data, name in cases() if len(data) <= PRESCAN]
    assert len(short) > 70
    for data, expected in short:
        decoded = decode(data)
        if decoded.rule in ("utf-8", "windows-1252"):  # nothing declared: the vectors' default
            assert expected == "windows-1252", data
        else:
            assert decoded.encoding == expected, data


@pytest.mark.parametrize(
    ("file", "label"), [("euc_kr", "euc-kr"), ("shift_jis", "shift_jis"), ("gb18030", "gbk")]
)
def test_legacy_encodings_agree_with_encoding_rs(file: str, label: str) -> None:
    """What the Encoding Standard maps, outside private use, decodes to the same characters."""
    folder = shared("vectors/encoding_rs/tests/test_data")
    ours = decode((folder / f"{file}_in.txt").read_bytes(), f"text/html;charset={label}").text
    theirs = (folder / f"{file}_in_ref.txt").read_bytes().decode()
    pairs = list(zip(ours.split("\n"), theirs.split("\n"), strict=True))
    differing = [
        (mine, right)
        for mine, right in pairs
        if mine != right and "\ufffd" not in right and not "\ue000" <= mine <= "\uf8ff"
    ]
    assert len(pairs) > 10_000
    assert differing == []


@pytest.mark.parametrize(
    ("content", "content_type", "text", "encoding", "rule"),
    [
        (b"\xef\xbb\xbfa\xc3\xa9", "text/html; charset=latin1", "aé", "utf-8", "bom"),
        (b"\xff\xfea\x00", None, "a", "utf-16le", "bom"),
        (b"\xfe\xff\x00a", "text/html; charset=utf-8", "a", "utf-16be", "bom"),
        (b"\xe9", "text/html; charset=ISO-8859-1", "é", "windows-1252", "http"),
        (b"\xe9", 'text/html; Charset = "latin1"', "é", "windows-1252", "http"),
        (b"\xc3\xa9", "text/html; charset=nonsense", "é", "utf-8", "utf-8"),
        (b"\xc3\xa9", "text/html; charset=", "é", "utf-8", "utf-8"),
        (b"\xc3\xa9", "text/html; charset=\u212aOI8-R", "é", "utf-8", "utf-8"),
        (
            b"<meta charset=latin1>\xc3\xa9",
            None,
            "<meta charset=latin1>é",
            "utf-8",
            "utf-8-despite-meta",
        ),
        (
            b"<meta charset=koi8-r>\xc3\xa9 \xc1",
            None,
            "<meta charset=koi8-r>ц╘ а",
            "koi8-r",
            "meta",
        ),
        (b"<meta charset=big5>\xc3\xa9", None, "<meta charset=big5>矇", "big5", "meta"),
        (b"<meta charset=latin1>e", None, "<meta charset=latin1>e", "windows-1252", "meta"),
        (
            b"<meta charset=latin1>\xc3\xa9",
            "text/html; charset=latin1",
            "<meta charset=latin1>Ã©",
            "windows-1252",
            "http",
        ),
        (b"\xe9\x80", None, "é€", "windows-1252", "windows-1252"),
        (b"", None, "", "utf-8", "utf-8"),
        (b"a\xffb", "text/html; charset=utf-8", "a\ufffdb", "utf-8", "http"),
        (b"\x1b$)C", "text/html; charset=iso-2022-kr", "\ufffd" * 4, "replacement", "http"),
    ],
)
def test_rules_come_in_order(
    content: bytes, content_type: str | None, text: str, encoding: str, rule: str
) -> None:
    """Mark, then header, then page, then UTF-8, then windows-1252; unknown labels do not count."""
    decoded = decode(content, content_type)
    assert (decoded.text, decoded.encoding, decoded.rule) == (text, encoding, rule)
    assert (decoded.decoding.encoding, decoded.decoding.rule) == (encoding, rule)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'<meta charset="utf-16">', "utf-8"),
        (b"<META CHARSET=UTF-16BE>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=euc-kr>", "euc-kr"),
        (b"<!--><meta charset=euc-kr>", "euc-kr"),
        (b"<!-- <meta charset=koi8-r>", None),
        (b"<script src='<meta charset=koi8-r>'><meta charset=euc-kr>", "euc-kr"),
        (b"<meta content='text/html; charset=big5' http-equiv=Content-Type>", "big5"),
        (b"<meta content='text/html; charset=big5'>", None),
        (b"<meta name=x content='charset=big5' charset=euc-jp charset=koi8-r>", "euc-jp"),
        (b"<meta charset=nonsense><meta charset=koi8-r>", "koi8-r"),
        (b"<metadata charset=koi8-r>", None),
        (b"<meta charset='koi8-r", None),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b"<?xml version='1.0' encoding='utf-16'?>", "utf-8"),
        (b"<\0?\0x\0m\0l\0", "utf-16le"),
        (b"\0<\0?\0x\0m\0l", "utf-16be"),
        (b"<", None),
        (b"</p charset=koi8-r><meta/charset=koi8-r>", "koi8-r"),
    ],
)
def test_prescan_reads_declarations(head: bytes, expected: str | None) -> None:
    """Comments and other tags are passed over; UTF-16 cannot be declared in ASCII."""
    assert prescan(head) == expected


def test_declaration_after_1024_bytes_is_not_seen() -> None:
    """The prescan ends at 1,024 bytes, as the HTML Standard says."""
    late = b"<!--" + b"x" * PRESCAN + b"--><meta charset=koi8-r>\xc1"
    assert decode(late).rule == "windows-1252"


def test_real_pages_decode_without_loss() -> None:
    """The real pages decode without a replacement character that was not in them before.

    One was stored as UTF-8 and still declares GBK; only a header can say that it is not.
    """
    pages = [*news(), *attribution()]
    lossy = [
        n for n, page in pages if decode(page).text.count("\ufffd") > page.count(b"\xef\xbf\xbd")
    ]
    assert lossy == ["cn-People_2024_04_24.html.gz"]
    assert all(decode(page, STORED).rule == "http" for _, page in pages)
    assert "促进航天技术" in decode(dict(pages)[lossy[0]], STORED).text


@given(st.binary(max_size=400), st.none() | st.sampled_from(LABELS) | st.text(max_size=20))
def test_decode_never_raises(content: bytes, label: str | None) -> None:
    """Any bytes under any label give text that UTF-8 can write."""
    decoded = decode(content, None if label is None else f"text/html; charset={label}")
    decoded.text.encode()
    assert webencodings.lookup(decoded.encoding)


@given(
    st.lists(
        st.sampled_from(
            [
                b"<meta",
                b" charset",
                b"=",
                b'"',
                b"'",
                b">",
                b"/",
                b"utf-8",
                b"<!--",
                b"-->",
                b" ",
                b"<",
                b"content",
                b"http-equiv",
                b"content-type",
                b"<?xml",
                b"</",
                b"\0",
                b"koi8-r",
            ]
        ),
        max_size=60,
    )
)
def test_prescan_never_raises(pieces: list[bytes]) -> None:
    """Any mixture of pieces of declarations gives a known encoding or None."""
    name = prescan(b"".join(pieces)[:PRESCAN])
    assert name is None or webencodings.lookup(name)
