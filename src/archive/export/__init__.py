"""Pages to look at: one self-contained HTML file each, without script and without network.

::

    rows       two texts side by side, paragraph beside paragraph
    timeline   the captures of a URL as a drawing
    pages      the pages

Every page has a Content-Security-Policy that allows its own style sheet and nothing else. What
comes from the web is escaped by the template engine; control and bidirectional characters in it
are shown as escapes.
"""

from archive.export.pages import (
    changes_html,
    diff_html,
    render_changes,
    render_diff,
    render_report,
    report_html,
    write_report,
)

__all__ = [
    "changes_html",
    "diff_html",
    "render_changes",
    "render_diff",
    "render_report",
    "report_html",
    "write_report",
]
