"""What ``archive show`` tells of claims, conflicts and quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from archive.article import Claim, Claims, ClaimsRecord, Line, Quotation, View, derive
from archive.cli.captures import MARGIN, print_capture
from archive.cli.output import Output, Styled
from archive.collection import Capture
from archive.display import shorten
from archive.errors import NotFoundError

__all__ = [
    "name_view",
    "print_byline",
    "print_conflicts",
    "show_claims",
    "show_conflicts",
    "show_quotations",
]

_INDENT = " " * MARGIN
_SIDE = 60  # characters of a page's line on either side of a claim
_LONGEST = 300  # characters of a value or a quotation
_NO_CLAIMS = "nothing was extracted from it"


def name_view(view: str, capture: Capture) -> dict[str, Any]:
    """How the JSON of one view begins."""
    return {"schema": f"urn:article-archive:{view}:v1", "id": capture.id}


def print_byline(output: Output, capture: Capture) -> None:
    """Authors and dates as derived, and whether claims contradict each other, on one line."""
    views = _views(capture.claims)
    authors = views.get("authors") or views.get("organisations")
    parts = [f"by {_value(authors)}"] if authors else []
    parts += [
        f"{name} {_value(views[name])}" for name in ("published", "modified") if name in views
    ]
    if parts:
        output.line(_INDENT, "as the page says: " + ", ".join(parts), hang=MARGIN)
    conflicts = [conflict.property for conflict in capture.claims.conflicts()]
    if conflicts:
        told = f"claims in conflict: {', '.join(conflicts)} (see --conflicts)"
        output.line(_INDENT, (told, "yellow"), hang=MARGIN)


def show_claims(output: Output, capture: Capture) -> None:
    """Every claim, grouped by property, with the line it was read from; views derived first."""
    record = _record(capture)
    if output.as_json:
        output.json({**name_view("show-claims", capture), **_tell(record)})
        return
    print_capture(output, capture)
    for name, view in _views(record.claims).items():
        output.line(f"{name:<14}", (_value(view), "bold"), (f"  {view.rule}", "dim"), hang=14)
    for property_ in dict.fromkeys(claim.property for claim in record.claims):
        said = [claim for claim in record.claims if claim.property == property_]
        _print_claims(output, capture, property_, said)
    if record.claims.omitted:
        output.line()
        output.line(f"{record.claims.omitted} more claims were found and not kept")


def show_conflicts(output: Output, capture: Capture) -> None:
    """The properties on which claims contradict each other, each reading with its places."""
    record = _record(capture)
    if output.as_json:
        told = _tell(record)
        kept = {name: told[name] for name in ("derived", "claims", "conflicts")}
        output.json({**name_view("show-conflicts", capture), **kept})
        return
    print_capture(output, capture)
    if not record.claims.conflicts():
        output.line(_INDENT, "no claims in conflict", hang=MARGIN)
    print_conflicts(output, capture)


def print_conflicts(output: Output, capture: Capture) -> None:
    """Each property on which claims contradict each other, and what is taken for it."""
    views = _views(capture.claims)
    for conflict in capture.claims.conflicts():
        said = [capture.claims[index] for index in conflict.claims]
        _print_claims(output, capture, conflict.property, said)
        for name, view in views.items():
            if view.claim in conflict.claims:
                taken = (f"  taken as {name}: ", "dim")
                output.line(taken, _value(view), (f" ({view.rule})", "dim"), hang=4)


def show_quotations(output: Output, capture: Capture) -> None:
    """The quotations in the order of the text, each with its speaker."""
    record = _record(capture)
    if output.as_json:
        told = [quotation.to_json() for quotation in record.quotations]
        output.json({**name_view("show-quotations", capture), "quotations": told})
        return
    print_capture(output, capture)
    if not len(record.quotations):
        output.line(_INDENT, "no quotations found", hang=MARGIN)
    for number, quotation in enumerate(record.quotations, 1):
        output.line()
        words = shorten(" ".join(quotation.text.split()), _LONGEST)
        output.line((f"{number:>3}  ", "dim"), words, hang=5)
        output.line("     ", *_speaker(quotation), hang=5)


def _views(claims: Claims) -> dict[str, View]:
    """The derived views that there are, by name."""
    derived = derive(claims)
    views = ((name, getattr(derived, name)) for name in derived.to_json())
    return {name: view for name, view in views if view is not None}


def _record(capture: Capture) -> ClaimsRecord:
    record = capture.attribution
    if record is None:
        hint = "see what came with: archive show --raw"
        raise NotFoundError(_NO_CLAIMS, where=capture.id, hint=hint)
    return record


def _tell(record: ClaimsRecord) -> dict[str, Any]:
    """Everything that a claims record says and that follows from it."""
    extractor = record.extractor
    return {
        "derived": derive(record.claims).to_json(),
        "claims": [claim.to_json() for claim in record.claims],
        "conflicts": [conflict.to_json() for conflict in record.claims.conflicts()],
        "quotations": [quotation.to_json() for quotation in record.quotations],
        "extraction": {
            "outcome": record.outcome,
            "reason": record.reason,
            **({"source": record.source} if record.source else {}),
            "extractor": extractor.id if extractor else None,
            "options": dict(extractor.options) if extractor else None,
        },
    }


def _print_claims(
    output: Output, capture: Capture, property_: str, claims: Iterable[Claim]
) -> None:
    """What is claimed of a property: each reading once, and under it where it stands."""
    readings: dict[tuple[str, str | None], list[Claim]] = {}
    for claim in claims:
        readings.setdefault((claim.value, claim.normalized), []).append(claim)
    output.line()
    output.line((property_, "bold underline"))
    for (value, normalized), places in readings.items():
        normal = f" = {normalized}" if normalized else ""
        output.line("  ", (shorten(" ".join(value.split()), _LONGEST), "bold"), normal, hang=4)
        for claim in places:
            _print_place(output, capture, claim)


def _print_place(output: Output, capture: Capture, claim: Claim) -> None:
    """Where a claim was read, with the line of the page."""
    line = capture.line_of(claim)
    where = f"{claim.signal}, {claim.strength}"
    if line is None:
        output.line("    ", (f"{where}, {claim.path}", "dim"), hang=4)
        return
    place = "page" if claim.record == "content" else "response"
    output.line("    ", (f"{where}, line {line.number} of the {place}", "dim"), hang=4)
    output.line("      ", *_excerpt(line), hang=8)


def _excerpt(line: Line) -> Sequence[str | Styled]:
    """A page's line, cut on both sides around the claim."""
    before, value, after = line.before, shorten(line.value, _LONGEST), line.after
    before = before if len(before) <= _SIDE else "…" + before[-_SIDE:]
    after = after if len(after) <= _SIDE else after[:_SIDE] + "…"
    value = " ".join(value.splitlines())
    return [(before, "dim"), (value, "cyan"), (after, "dim")]


def _speaker(quotation: Quotation) -> Sequence[str | Styled]:
    if quotation.speaker is None:
        return [("the text does not say whose words these are", "dim")]
    verb = f", {quotation.verb}" if quotation.verb else ""
    inferred = "  (inferred from another sentence)" if quotation.inferred else ""
    return [(quotation.speaker, "green"), verb, (inferred, "yellow")]


def _value(view: View) -> str:
    return view.value if isinstance(view.value, str) else ", ".join(view.value)
