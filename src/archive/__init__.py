"""Keep what a web article said, let anyone check it, and show what changed."""

__version__ = "0.1.0"
