"""Twilio's Messages API, as strict as the real one: what it does not know or may not send, it refuses with its own codes."""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.files import JPEG as JPEG
from tests.fakes.http_double import Answer, Asked, HttpDouble

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "twilio-auth-token"

# CreateMessage of the published description (twilio_api_v2010).
KNOWN = set(
    "To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention "
    "AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms "
    "ContentVariables RiskCheck From MessagingServiceSid Body MediaUrl ContentSid".split()
)
LONGEST = 1600


class FakeTwilio(HttpDouble):
    """`stopped`: numbers that have said STOP to Twilio; `sent`: what was taken, by its sid."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, dict[str, str]] = {}
        self.stopped: set[str] = set()
        self.media: dict[str, bytes] = {"ME1": JPEG}
        self.on_sent: Callable[[str, dict[str, str]], None] = lambda sid, said: None

    def take(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode():
            return _refused(401, 20003, "Authenticate")
        if asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json" and asked.method == "POST":
            return self._create(asked)
        kept = re.fullmatch(rf"/2010-04-01/Accounts/{ACCOUNT}/Messages/\w+/Media/(\w+)", asked.path)
        if kept and kept[1] in self.media:
            return Answer(200, self.media[kept[1]], {"Content-Type": "image/jpeg"})
        return _refused(404, 20404, "The requested resource was not found")

    def failed(self, answer: Answer) -> Answer:
        code = 20429 if answer.status == 429 else 20500
        return Answer(answer.status, {"code": code, "message": "failing", "status": answer.status}, answer.headers)

    def _create(self, asked: Asked) -> Answer:
        said = dict(asked.form())
        if wrong := self._refusal(said, asked):
            return _refused(400, *wrong)
        sid = f"SM{uuid.uuid4().hex}"
        self.sent[sid] = said
        self.on_sent(sid, said)
        return Answer(201, _message(sid, said))

    def _refusal(self, said: dict[str, str], asked: Asked) -> tuple[int, str] | None:
        if asked.headers.get("content-type", "").partition(";")[0] != "application/x-www-form-urlencoded":
            return 20001, "A form was expected"
        if unknown := set(said) - KNOWN:
            return 20001, f"Unknown parameters: {sorted(unknown)}"
        if len(asked.form()) != len(said):
            return 20001, "A parameter was given twice"
        if not said.get("To"):
            return 21604, "A 'To' phone number is required"
        if not re.fullmatch(r"\+[1-9]\d{6,14}", said["To"]):
            return 21211, "Invalid 'To' Phone Number"
        if wrong := _wrong_sender(said):
            return wrong
        if said["To"].startswith("+1"):
            return 21408, "Permission to send an SMS has not been enabled for the region"
        if not said.get("Body") and not said.get("MediaUrl") and not said.get("ContentSid"):
            return 21602, "Message body is required"
        if len(said.get("Body", "")) > LONGEST:
            return 21617, "The concatenated message body exceeds the 1600 character limit"
        if said.get("SmartEncoded", "true") not in ("true", "false"):
            return 20001, "SmartEncoded is a boolean"
        where = urlsplit(said.get("StatusCallback", "https://nowhere.example"))
        if where.scheme not in ("http", "https") or not where.hostname or "_" in where.hostname:
            return 21609, "Invalid StatusCallback url"
        return (21610, "Attempt to send to unsubscribed recipient") if said["To"] in self.stopped else None


def _wrong_sender(said: dict[str, str]) -> tuple[int, str] | None:
    sender, service = said.get("From"), said.get("MessagingServiceSid")
    if not sender and not service:
        return 21603, "A 'From' phone number is required"
    if service and not re.fullmatch(r"MG[0-9a-fA-F]{32}", service):
        return 21701, "The Messaging Service does not exist"
    if sender and not re.fullmatch(r"\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}", sender):
        return 21212, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID"
    return None


def _refused(status: int, code: int, message: str) -> Answer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Answer(status, {"code": code, "message": message, "more_info": more, "status": status})


def _message(sid: str, said: dict[str, str]) -> dict[str, Any]:
    return {
        "sid": sid,
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": said.get("Body", ""),
        "to": said["To"],
        "from": said.get("From"),
        "messaging_service_sid": said.get("MessagingServiceSid"),
        "status": "accepted" if said.get("MessagingServiceSid") else "queued",
        "direction": "outbound-api",
        "num_media": "0",
        "num_segments": "1",
        "error_code": None,
        "error_message": None,
        "price": None,
        "price_unit": "USD",
        "date_created": "Sun, 22 Nov 2026 09:00:00 +0000",
        "date_updated": "Sun, 22 Nov 2026 09:00:00 +0000",
        "date_sent": None,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
        "subresource_uris": {},
    }
