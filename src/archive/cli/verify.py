"""``archive verify``: what it takes."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, collection_option, done_by, with_options

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive verify press
  archive verify somebody.warc.gz --trust their-key.pub.pem
  archive verify story.opening --trust their-key.pub.pem
  archive verify press --require signature --require coverage --json
  archive verify press --tsa authority-root.pem --require timestamp

\b
Exit codes: 0 verified; 1 a check failed; 4 nothing, unsigned, untrusted or incomplete;
5 neither a WARC file nor gzip.
"""


_OPTIONS = (
    click.option(
        "--trust", metavar="KEY", multiple=True, help="Trust this key: a PEM file or a fingerprint."
    ),
    click.option(
        "--no-user-trust", is_flag=True, help="Do not trust your own keys, nor what you pinned."
    ),
    click.option(
        "--require", metavar="CHECK", multiple=True, help="A check that must pass; repeatable."
    ),
    click.option("--deep", is_flag=True, help="Also recompute every layer, and extract again."),
    click.option(
        "--checkpoint",
        "checkpoints",
        metavar="FILE",
        multiple=True,
        help="A checkpoint of its log that you believe; the log must extend it.",
    ),
    click.option(
        "--tsa",
        "authorities",
        metavar="ROOT.pem[,CERT.pem]",
        multiple=True,
        help="Trust this time-stamping authority; repeatable.",
    ),
    click.option("--policy", metavar="FILE", help="Whose witness counts (C2SP tlog-policy)."),
)


@click.command("verify", epilog=_EPILOG)
@click.argument("paths", metavar="[DIR | FILE...]", nargs=-1, type=click.Path(path_type=Path))
@with_options(_OPTIONS)
@collection_option
@as_json
@done_by("verifying:verify")
def command() -> None:
    """Check a collection, or anyone's WARC files: framing, headers, digests, signatures, order.

    Every check ends as passed, failed or not checked, with the reason. Trusted are keys named by
    --trust, keys you pinned (archive key trust), and your own; and time-stamping authorities named
    by --tsa, or pinned (archive key trust --tsa).

    The last checkpoint of each log that you verified is kept in your state folder; a log that does
    not extend it fails.

    A proof or an opening (archive log prove) is checked as archive log check does.
    """
