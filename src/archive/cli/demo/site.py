"""The newspaper of the demonstration: an article, its silent edit, and a server on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["FIRST", "SECOND", "serve"]

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{headline} | The Harbour Gazette</title>
<meta property="og:title" content="{headline}">
<meta property="og:site_name" content="The Harbour Gazette">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Council closes the old ferry pier", "datePublished": "2026-04-14T21:40:00+02:00",
"author": {{"@type": "Person", "name": "Ada Fernsby"}}}}</script>
</head>
<body>
<nav><a href="/">Front page</a> <a href="/weather">Weather</a></nav>
<article>
<h1>{headline}</h1>
<p class="byline">By Ada Fernsby, harbour correspondent</p>
<p>The council voted on Tuesday evening to close the old ferry pier, ending a service that has
carried islanders to the mainland since 1911. The decision came after three hours of debate.</p>
<p>Repairs would have cost {cost} million, according to the engineers' report that was handed to
councillors a week before the vote. The report is not public.</p>
<p>{quotation} said Marit Olsen, who leads the council, after the meeting had ended.</p>
<p>The last ferry will leave on 30 April. Islanders have asked the county for a bus across the new
bridge, and expect an answer before the summer.</p>
</article>
<footer>© The Harbour Gazette</footer>
</body>
</html>
"""
_WORDS = {
    "headline": "Council closes the old ferry pier",
    "cost": "14",
    "quotation": "“We knew about the damage for years and did nothing,”",
}
_CHANGED = {
    "headline": "Council saves money on the old ferry pier",
    "cost": "41",
    "quotation": "“We acted as soon as we knew about the damage,”",
}

FIRST = _PAGE.format(**_WORDS)
"""The article as it came out."""
SECOND = _PAGE.format(**_CHANGED)
"""The article after an edit that nothing in it tells of. The editor forgot the JSON-LD."""


@contextmanager
def serve(page: str) -> Iterator[tuple[str, Callable[[str], None]]]:
    """A web server on loopback with one article; gives its URL and a way to change the page."""
    pages = [page.encode()]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(pages[-1])))
            self.end_headers()
            self.wfile.write(pages[-1])

        def log_message(self, *_: object) -> None:
            """Quiet: the story is told elsewhere."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield (
                f"http://127.0.0.1:{server.server_port}/council-closes-ferry-pier",
                lambda changed: pages.append(changed.encode()),
            )
        finally:
            server.shutdown()
            thread.join()
