"""What extracts: its name, version and fixed options, recorded with every extraction.

The text changes between releases of trafilatura, so texts are compared only when they come from
equal extractors. What it stands on (lxml, libxml2, jusText, Python) is recorded too, but does not
count for equality: the same text came out under every version of these that was tried.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from archive.article.signals.table import CLAIMS
from archive.document import Members

__all__ = ["OPTIONS", "RULES", "Extractor", "extractor"]

OPTIONS: Mapping[str, bool] = MappingProxyType(
    {
        "favor_precision": True,
        "include_comments": False,
        "deduplicate": False,
        "with_metadata": False,
    }
)
"""The options of trafilatura. ``deduplicate`` would make a page's text depend on others."""


RULES = (
    *("proven-utf-8", "plain-text", "as-shown", "own-comment", "no-messages", "layout-tables"),
    *("short-text", "gaps-filled", "title-line", "stated-body"),
)
"""What is done to a page before and to its text after: `archive.article.decoding`, `plain`, `text`
and `bodies`."""


@frozen
class Extractor:
    """An extractor as recorded. Equal when name, version and options are.

    Args:
        name: the library's name, ``trafilatura``.
        version: its version.
        options: what it is called with; under ``rules`` what is done to its text afterwards, under
            ``claims`` the revision of the rules for claims and quotations.
        built_on: the versions of what it stands on, by name.
    """

    name: str
    version: str
    options: Mapping[str, Any] = field(hash=False)
    built_on: Mapping[str, str] = field(eq=False)

    @property
    def id(self) -> str:
        """Name, version and rules, such as ``trafilatura/2.3.1+as-shown+title-line``."""
        rules = self.options.get("rules")
        named = [str(rule) for rule in rules] if isinstance(rules, list | tuple) else []
        return "+".join([f"{self.name}/{self.version}", *named])

    def to_json(self) -> dict[str, Any]:
        """Its members in the claims record and in the statement."""
        return {
            "name": self.name,
            "version": self.version,
            "options": dict(self.options),
            "built_on": dict(self.built_on),
        }

    @classmethod
    def from_json(cls, members: Any) -> Extractor:
        """Read what `to_json` gives. Members that are not known are left alone.

        Raises:
            DocumentError: a member is missing or of another kind.
        """
        read = Members(members, "the extractor")
        built_on = read.members("built_on")
        return cls(
            name=read.text("name"),
            version=read.text("version"),
            options=read.members("options").value,
            built_on={name: built_on.text(name) for name in built_on.value},
        )


@cache
def extractor() -> Extractor:
    """The extractor that `archive.article.extract` uses here and now; trafilatura is not loaded."""
    from importlib.metadata import version

    from lxml import etree

    built_on = {
        "lxml": version("lxml"),
        "libxml2": ".".join(str(part) for part in etree.LIBXML_VERSION),
        "justext": version("justext"),
        "python": platform.python_version(),
    }
    options = MappingProxyType({**OPTIONS, "rules": list(RULES), "claims": CLAIMS})
    return Extractor("trafilatura", version("trafilatura"), options, MappingProxyType(built_on))
