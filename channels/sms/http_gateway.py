"""SMS by any gateway that speaks plain JSON over HTTP: an operator's own, or a few lines before an SMPP link.

We call `POST {ENTENTE_SMS_GATEWAY_URL}/messages` with `{"to","from","text","reference"}` and a Bearer token; it answers
`{"id"}`. It calls `/webhooks/sms/gateway` with one JSON object, `{"type":"message","id","from","to","text"}` or
`{"type":"receipt","id","reference","state","error"}`, and two headers: `X-Timestamp` (seconds) and `X-Signature`, the
hexadecimal HMAC-SHA256 of `{timestamp}.{body}`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Sequence
from typing import Any

import httpx

from channels import http
from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Call, Event, Inbound, Media, Receipt
from channels.settings import Given
from channels.sms.gateway import Text

STATES = ("sent", "delivered", "read", "failed")
OLDEST = 15 * 60  # seconds; an older call is not repeated by its sender but by somebody else

_PHONE = re.compile(r"\+[1-9]\d{6,14}")


class HttpGateway:
    name = "gateway"

    def __init__(self, given: Given) -> None:
        base = given.needed("ENTENTE_SMS_GATEWAY_URL", "where texts are handed in").rstrip("/")
        token = given.needed("ENTENTE_SMS_GATEWAY_TOKEN", "it opens the gateway")
        self._secret = given.needed("ENTENTE_SMS_GATEWAY_SECRET", "it signs the gateway's calls").encode()
        self._http = http.client(base, timeout=given.patience, headers={"Authorization": f"Bearer {token}"})

    def verify(self, call: Call) -> bool:
        at, signature = call.headers.get("x-timestamp", ""), call.headers.get("x-signature", "")
        if not at.isdigit() or abs(time.time() - int(at)) > OLDEST:
            return False
        expected = hmac.new(self._secret, f"{at}.".encode() + call.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.lower().encode())

    def read(self, call: Call) -> Sequence[Event]:
        said = json.loads(call.body)
        if not isinstance(said, dict) or not isinstance(said.get("id"), str):
            raise ValueError("an object with an id was expected")
        if said.get("type") == "receipt":
            return [Event(f"{said['id']}:{said.get('state')}", said["id"], said)]
        return [Event(said["id"], str(said.get("from", "")), said, frozenset({"text"}))]

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]:
        if body.get("type") == "receipt":
            known = body.get("state") in STATES
            return [Receipt(body["id"], body["state"], body.get("error"), key=body.get("reference"))] if known else []
        if body.get("type") != "message" or not _PHONE.fullmatch(str(body.get("from", ""))):
            return []
        text = str(body.get("text") or "")
        return [Inbound(body["from"], body["id"], text, to=body.get("to"), unread=not text)]

    def answer(self) -> tuple[str, str]:
        return "{}", "application/json"

    def send(self, text: Text) -> str:
        asked = {"to": text.to, "from": text.sender, "text": text.words, "reference": text.key}
        with http.failures_told("The gateway"):
            answer = self._http.post("/messages", json=asked)
        if http.passes(answer.status_code) or answer.status_code == 401:
            raise TemporaryFailure(f"The gateway answered {answer.status_code}", http.retry_after(answer.headers))
        if not answer.is_success:
            raise PermanentFailure(f"The gateway refused it ({answer.status_code})")
        return _reference(answer)

    def fetch(self, media: Media) -> bytes:
        raise PermanentFailure("This gateway carries no files")


def _reference(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["id"])
    except (ValueError, KeyError, TypeError) as error:
        raise TemporaryFailure("The gateway's answer cannot be read") from error
