"""A creditor's own system as docs/creditors.md tells how to build one: checks the signature, keeps each notice once by its key."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from tests.fakes.http_double import Answer, Asked, HttpDouble


class FakeCreditorSystem(HttpDouble):
    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.told: dict[str, dict[str, Any]] = {}  # by idempotency key
        self.address = f"{self.url}/entente"

    def take(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) != ("POST", "/entente"):
            return Answer(404, {})
        if not self._is_signed(asked):
            return Answer(403, {"error": "signature"})
        self.told.setdefault(asked.headers["idempotency-key"], asked.json())
        return Answer(204)

    def _is_signed(self, asked: Asked) -> bool:
        said = dict(pair.partition("=")[::2] for pair in asked.headers.get("entente-signature", "").split(","))
        made = hmac.new(self.key.encode(), said.get("t", "").encode() + b"." + asked.body, hashlib.sha256)
        return hmac.compare_digest(made.hexdigest(), said.get("v1", ""))
