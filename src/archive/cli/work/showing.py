"""What ``archive show`` does: tells what one capture holds."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.article.bodies import UNSHOWN
from archive.cli.attribution import (
    name_view,
    print_byline,
    show_claims,
    show_conflicts,
    show_quotations,
)
from archive.cli.captures import (
    MARGIN,
    note_newer,
    print_capture,
    print_doubt,
    print_share,
    to_json,
)
from archive.cli.options import open_here
from archive.cli.output import Output
from archive.collection import Capture
from archive.collection.references import is_count
from archive.errors import NotFoundError, UsageError

__all__ = ["show"]


def show(
    reference: str | None,
    url: str | None,
    at: str,
    extraction: int | None,
    collection: Path | None,
    as_json: bool,
    **views: bool,
) -> None:
    """Show the capture that is named, as it is asked for."""
    output = Output(as_json=as_json)
    view = _choose(views)
    if (reference is None) == (url is None):
        raise UsageError("name one capture, or --url", hint="see: archive show --help")
    with open_here(collection) as press:
        found = press.get(reference) if reference is not None else press.get_at(url or "", at)
        capture = found.reread()  # the index is a cache that anyone may have changed
        if is_count(at) if reference is None else press.counts_back(reference):
            note_newer(output, press, found)
        _VIEWS[view](output, _choose_text(capture, extraction))


def _choose(views: Mapping[str, bool]) -> str | None:
    """The one view that was asked for, if any."""
    chosen = [view for view, is_asked in views.items() if is_asked]
    if len(chosen) > 1:
        asked = ", ".join(f"--{view}" for view in chosen)
        raise UsageError(f"give one of {asked}", hint="see: archive show --help")
    return chosen[0] if chosen else None


def _choose_text(capture: Capture, number: int | None) -> Capture:
    """The capture with the text that was asked for."""
    if not number:
        return capture
    if number > len(capture.texts):
        count = len(capture.texts)
        raise NotFoundError(f"it has {count} texts extracted later", where=capture.id)
    return capture.texts[number - 1]


def _show(output: Output, capture: Capture) -> None:
    if output.as_json:
        output.json(_tell_all(capture))
        return
    print_capture(output, capture)
    print_doubt(output, capture)
    for told in capture.unread:
        output.line(" " * MARGIN, (f"not read: {told}", "yellow"), hang=MARGIN)
    print_share(output, capture)
    print_byline(output, capture)
    row, indent = capture.row, " " * MARGIN
    output.line(f"{indent}grade {row.grade}, statement {row.envelope}", hang=MARGIN)
    output.line(f"{indent}{row.file}, bytes {row.offset}–{row.end}", hang=MARGIN)
    for number, text in enumerate(capture.texts, 1):
        told = (
            f"extracted again {text.later.date[:10]} by {text.later.extractor}"
            if text.later
            else ""
        )
        output.line(f"{indent}{told} (--extraction {number})", hang=MARGIN)
    if capture.article is not None:
        output.line()
        output.text(capture.article.text)


def _show_text(output: Output, capture: Capture) -> None:
    if capture.article is None:
        raise NotFoundError(
            "it has no article", where=capture.id, hint="see it with: archive show --raw"
        )
    if output.as_json:
        source = {"text_source": capture.text_source} if capture.text_source else {}
        told = {"text": capture.article.text, **source}
        output.json({**name_view("text", capture), **told})
    else:
        if capture.text_source is not None:
            output.note(f"text {UNSHOWN[capture.text_source]}")
        output.text(capture.article.text)


def _show_raw(output: Output, capture: Capture) -> None:
    data = _received(capture)
    if output.as_json:
        encoded = base64.b64encode(data).decode("ascii")
        output.json({**name_view("raw", capture), "length": len(data), "base64": encoded})
    else:
        output.raw(data)


def _received(capture: Capture) -> bytes:
    """The last response's exact bytes, the head of a revisit, or the imported file."""
    for role in ("response", "revisit", "import"):
        block = capture.group.block(role)
        if block is not None:
            return block
    raise NotFoundError("nothing was received", where=capture.id)


def _show_headers(output: Output, capture: Capture) -> None:
    records = [
        {
            "record": record.id,
            "type": record.type,
            "target": record.target,
            "head": capture.group.blocks[record.id].partition(b"\r\n\r\n")[0].decode("latin-1"),
        }
        for record in capture.group.records
        if record.type in ("request", "response", "revisit")
    ]
    if not records:
        raise NotFoundError("no HTTP headers went over a wire for it", where=capture.id)
    if output.as_json:
        output.json({**name_view("headers", capture), "records": records})
        return
    for record in records:
        output.line((f"{record['type']} {record['target']}", "bold"))
        output.text(str(record["head"]).replace("\r\n", "\n"))
        output.line()


def _show_statement(output: Output, capture: Capture) -> None:
    statement = json.loads(capture.group.statement.to_bytes())
    if output.as_json:
        sha256 = capture.row.envelope
        output.json({**name_view("statement", capture), "envelope": sha256, "statement": statement})
    else:
        output.json(statement, indent=1)


def _tell_all(capture: Capture) -> dict[str, Any]:
    article = capture.article
    return {
        **to_json(capture, "show"),
        "title_signal": article.title_signal if article else None,
        "text": article.text if article else None,
        "text_share": capture.text_share,
        "claims": [claim.to_json() for claim in capture.claims],
        "unread": list(capture.unread),
        "records": [
            {
                "id": record.id,
                "type": record.type,
                "target": record.target,
                "offset": record.offset,
                "length": record.length,
            }
            for record in capture.group.records
        ],
    }


_VIEWS = {
    None: _show,
    "text": _show_text,
    "raw": _show_raw,
    "headers": _show_headers,
    "claims": show_claims,
    "conflicts": show_conflicts,
    "quotations": show_quotations,
    "statement": _show_statement,
}
