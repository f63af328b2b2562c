"""The plain JSON gateway of channels/sms/http_gateway.py: takes a reference once, refuses what it does not know."""

from __future__ import annotations

from tests.fakes.http_double import Answer, Asked, HttpDouble

TOKEN = "gateway-token"
SECRET = "gateway-secret"


class FakeSmsGateway(HttpDouble):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, dict[str, str]] = {}  # by reference

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"error": "token"})
        said = asked.json()
        if (asked.method, asked.path) != ("POST", "/messages") or set(said) != {"to", "from", "text", "reference"}:
            return Answer(400, {"error": "unknown"})
        self.sent.setdefault(said["reference"], said)
        return Answer(201, {"id": f"g-{list(self.sent).index(said['reference'])}"})
