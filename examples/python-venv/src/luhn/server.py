"""GET /NUMBER answers with JSON that says whether the number's check digit is right."""

import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from luhn import is_valid


class Handler(BaseHTTPRequestHandler):
    timeout = 5

    def do_GET(self):
        number = self.path.removeprefix("/")
        try:
            self.answer(200, {"number": number, "valid": is_valid(number)})
        except ValueError as error:
            self.answer(400, {"error": str(error)})

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main():
    # Process 1 of a container gets no default handling of SIGTERM.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ThreadingHTTPServer(("", 8080), Handler) as server:
        server.daemon_threads = True
        print(f"luhn listens on {server.server_port}", flush=True)
        server.serve_forever()
