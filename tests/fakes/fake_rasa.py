"""Rasa's REST channel and its action server's health, on loopback: says what the test tells it to, remembers what it
was asked.

python -m tests.fakes.fake_rasa PORT    answers every message with its own words
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], list[dict[str, Any]]]


def echo(asked: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"recipient_id": asked["sender"], "text": f"echo: {asked['message']}"}]


class FakeRasa:
    """`answer` says what comes back; `down` closes the door without an answer; `takes` is how long each answer
    takes.
    """

    def __init__(self, answer: Answer = echo, port: int = 0) -> None:
        self.answer = answer
        self.takes = 0.0
        self.down = False
        self.actions_up = True
        self.asked: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeRasa:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        self._server.serve_forever()


def _handler_of(rasa: FakeRasa) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if rasa.down:
                self._hang_up()
                return
            self._say(200 if rasa.actions_up or not self.path.startswith("/health") else 503, {"status": "ok"})

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if rasa.down:
                self._hang_up()
                return
            rasa.asked.append(asked)
            time.sleep(rasa.takes)
            self._say(200, rasa.answer(asked))

        def _say(self, status: int, body: Any) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _hang_up(self) -> None:
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Handler


if __name__ == "__main__":
    FakeRasa(port=int(sys.argv[1])).serve()
