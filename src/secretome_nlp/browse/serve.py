"""Serve the pages on this machine alone: from memory, on the loopback address, to nobody who came by another name."""

from __future__ import annotations

import http.server
from collections.abc import Mapping

from secretome_nlp.errors import InputError

LOOPBACK = "127.0.0.1"


def server(pages: Mapping[str, str], port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of some pages by file name, bound to the loopback address; port 0 takes any that is free.

    A request whose Host is another name than this machine's own is refused, so that no page of the web can reach
    the evidence by a name that it lets point here. Raises InputError where the port is taken.
    """
    contents = {f"/{name}": text.encode("utf-8") for name, text in pages.items()}
    contents["/"] = contents["/index.html"]

    class Handler(http.server.BaseHTTPRequestHandler):
        server_version, sys_version = "secretome-nlp", ""

        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, body: bool) -> None:
            host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host")
            content = contents.get(self.path.partition("?")[0])
            status = 421 if host not in (LOOPBACK, "localhost") else 404 if content is None else 200
            sent = content if status == 200 and content is not None else b"not here\n"
            self.send_response(status)
            self.send_header("Content-Type", f"text/{'html' if status == 200 else 'plain'}; charset=utf-8")
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if body:
                self.wfile.write(sent)

        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    try:
        return http.server.ThreadingHTTPServer((LOOPBACK, port), Handler)
    except OSError as error:
        raise InputError(f"port {port} cannot be used ({error.strerror}); give another with --port") from error
