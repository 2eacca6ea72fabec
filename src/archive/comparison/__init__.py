"""Two captures side by side: what of the article changed."""

from archive.comparison.words import Change, Comparison, compare

__all__ = ["Change", "Comparison", "compare"]
