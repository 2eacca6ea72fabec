"""The closed lists of words that signed statements use, as types.

A word stands here once: what reads and writes statements, rows and reports takes it from here, so
that a misspelt one is found before anything runs. What a word means is written down in
``docs/reference/statement.md``. A list gets longer only with a new version of the format: readers
refuse what is not on it.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["FRONT_PAGE", "NOT_PUBLIC", "Grade", "Limitation", "Outcome", "Reason", "Role"]

Outcome = Literal["captured", "unchanged", "failed"]
"""What came of a capture."""

Grade = Literal["wire", "none", "warc", "html", "text"]
"""How good the evidence is; ``none`` of an attempt in which nothing was received."""

Limitation = Literal["cookies", "cut", "insecure", "proxied", "redacted", "suspicious", "unclosed"]
"""What lessens the evidence. Readers take others too: a later version may have more."""

Role = Literal[
    "response", "revisit", "interim", "request", "tls", "outcome", "text", "claims", "import"
]
"""What a record is to its capture."""

Reason = Literal[
    "http-error",
    "dns",
    "refused",
    "tls",
    "timeout",
    "too-large",
    "too-many-redirects",
    "forbidden",
    "protocol-error",
    "cut",
]
"""Why a capture failed. Readers take others too: a later version may have more."""

FRONT_PAGE = "front page"
"""The suspicion of a redirect to a host's front page: the article is gone, as a 404 says it. Words
for suspicions are open; readers ask for this one."""

NOT_PUBLIC = "not an address of the public internet"
"""How the error of a capture begins that is *forbidden* for its address, which may be allowed."""
