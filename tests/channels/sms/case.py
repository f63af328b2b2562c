"""SMS for the contract test: by Twilio, and by the plain gateway."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator

from channels.messages import Call, DeliveryState
from tests.channels.case import PUBLIC_URL, Case, Told, posted
from tests.fakes import fake_sms_gateway, fake_twilio
from tests.fakes.fake_sms_gateway import FakeSmsGateway
from tests.fakes.fake_twilio import FakeTwilio

SENDERS = {
    "ENTENTE_PUBLIC_URL": PUBLIC_URL,
    "ENTENTE_SMS_SENDER_FR": "38123",
    "ENTENTE_SMS_SENDER_ES": "+34910000010",
    "ENTENTE_SMS_PER_SECOND": "1000",
}


def twilio_settings(url: str, **more: str) -> dict[str, str]:
    return {
        **SENDERS,
        "ENTENTE_TWILIO_ACCOUNT_SID": fake_twilio.ACCOUNT,
        "ENTENTE_TWILIO_AUTH_TOKEN": fake_twilio.TOKEN,
        "ENTENTE_TWILIO_API_URL": url,
        **more,
    }


def twilio_call(path: str, query: Mapping[str, str] | None = None, **said: str) -> Call:
    """Signed as Twilio signs."""
    call = posted(path, urlencode(said).encode(), {"content-type": "application/x-www-form-urlencoded"}, query)
    return _signed(call, said)


def addressed(call: Call, base: str) -> Call:
    """The same call to a service at another public address: Twilio signs the address too."""
    moved = replace(call, url=call.url.replace(PUBLIC_URL, base.rstrip("/"), 1))
    return _signed(moved, dict(parse_qsl(call.body.decode(), keep_blank_values=True)))


def _signed(call: Call, said: Mapping[str, str]) -> Call:
    signature = RequestValidator(fake_twilio.TOKEN).compute_signature(call.url, said)
    return replace(call, headers={**call.headers, "x-twilio-signature": signature})


def twilio_text(text: str, sid: str = "SM" + "1" * 32, address: str = "+33639981299", **more: str) -> Call:
    said = {
        "ToCountry": "FR",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "Body": text,
        "FromCountry": "FR",
        "To": "38123",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": fake_twilio.ACCOUNT,
        "From": address,
        "ApiVersion": "2010-04-01",
        "FromCity": "",
    }
    return twilio_call("/webhooks/sms/twilio", **{**said, **more})


def twilio_status(sid: str, state: str, key: str = "", **more: str) -> Call:
    said = {
        "SmsSid": sid,
        "SmsStatus": state,
        "MessageStatus": state,
        "To": "+33639981299",
        "MessageSid": sid,
        "AccountSid": fake_twilio.ACCOUNT,
        "From": "38123",
        "ApiVersion": "2010-04-01",
    }
    return twilio_call("/webhooks/sms/twilio/status", {"key": key} if key else None, **{**said, **more})


class TwilioCase:
    folder = "sms"
    address = "+33639981299"
    counts_receipts = True

    def double(self) -> FakeTwilio:
        return FakeTwilio()

    def environment(self, double: FakeTwilio) -> Mapping[str, str]:
        return twilio_settings(double.url)

    def call(self, told: Told) -> Call:
        return twilio_text(told.text, f"SM{told.number:032x}", told.address or self.address)

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call:
        return twilio_status(provider_ref, "undelivered" if state == "failed" else state)

    def unsigned(self, call: Call) -> Call:
        return replace(call, headers={k: v for k, v in call.headers.items() if k != "x-twilio-signature"})


class GatewayCase:
    folder = "sms"
    address = "+34639981299"
    counts_receipts = True

    def double(self) -> FakeSmsGateway:
        return FakeSmsGateway()

    def environment(self, double: FakeSmsGateway) -> Mapping[str, str]:
        return {
            **SENDERS,
            "ENTENTE_SMS_PROVIDER": "gateway",
            "ENTENTE_SMS_GATEWAY_URL": double.url,
            "ENTENTE_SMS_GATEWAY_TOKEN": fake_sms_gateway.TOKEN,
            "ENTENTE_SMS_GATEWAY_SECRET": fake_sms_gateway.SECRET,
        }

    def call(self, told: Told) -> Call:
        address = told.address or self.address
        return self._signed(type="message", id=f"m{told.number}", to="38123", text=told.text, **{"from": address})

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call:
        return self._signed(type="receipt", id=provider_ref, state=state)

    def unsigned(self, call: Call) -> Call:
        return replace(call, headers={"x-timestamp": call.headers["x-timestamp"]})

    def _signed(self, **said: str) -> Call:
        body, at = json.dumps(said).encode(), str(int(time.time()))
        signature = hmac.new(fake_sms_gateway.SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        return posted("/webhooks/sms/gateway", body, {"x-timestamp": at, "x-signature": signature})


CASES: list[Case] = [TwilioCase(), GatewayCase()]
