"""A provider's HTTP on loopback: real sockets, told what to answer wrongly, remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.weather import RETRY_AFTER, Weather


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode(), keep_blank_values=True)


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class HttpDouble:
    """`failing`: the next answers, before anything is done; `weather`: a share of them; `takes`: seconds before each
    answer; `down`: hangs up.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.failing: deque[Answer] = deque()
        self.weather = Weather()
        self.takes = 0.0
        self.down = False
        self.lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail(self, status: int, retry_after: str | None = None) -> None:
        self.failing.append(_trouble(status, retry_after))

    def take(self, asked: Asked) -> Answer:
        """What the provider does. Under the lock."""
        raise NotImplementedError

    def failed(self, answer: Answer) -> Answer:
        """How this provider words a failure it was told to give."""
        return answer

    def answer(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(asked)
            if self.failing:
                return self.failed(self.failing.popleft())
            trouble = self.weather.next()
            if not trouble:
                return self.take(asked)
            return self.failed(_trouble(trouble, RETRY_AFTER if trouble == 429 else None))


def _trouble(status: int, retry_after: str | None) -> Answer:
    return Answer(status, None, {"Retry-After": retry_after} if retry_after else {})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Whoever hung up need not hear about it."""


def _handler_of(double: HttpDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            address = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            if double.down:
                self.close_connection = True
                return
            time.sleep(double.takes + double.weather.delay())
            query = dict(parse_qsl(address.query, keep_blank_values=True))
            self._say(double.answer(Asked(self.command, unquote(address.path), query, headers, body)))

        do_GET = do_POST = do_DELETE = do_PUT = _any

        def _say(self, answer: Answer) -> None:
            content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
