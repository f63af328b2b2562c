"""E-mail for the contract test."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage

from channels.messages import Call, DeliveryState
from tests.channels.case import PUBLIC_URL, Case, Told, posted
from tests.fakes.fake_smtp import FakeSmtp

SECRET = "mail-secret"


def settings(port: int, **more: str) -> dict[str, str]:
    return {
        "ENTENTE_PUBLIC_URL": PUBLIC_URL,
        "ENTENTE_SMTP_HOST": "127.0.0.1",
        "ENTENTE_SMTP_PORT": str(port),
        "ENTENTE_SMTP_TLS": "none",
        "ENTENTE_EMAIL_FROM": "contact@entente.example",
        "ENTENTE_EMAIL_WEBHOOK_SECRET": SECRET,
        **more,
    }


def signed(body: bytes) -> Call:
    at = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return posted("/webhooks/email/inbound", body, {"x-timestamp": at, "x-signature": signature})


def mail(text: str, number: int = 1, address: str = "camille@example.org", **headers: str) -> EmailMessage:
    told = EmailMessage()
    told["From"], told["To"], told["Subject"] = f"Camille <{address}>", "contact@entente.example", "Re: votre message"
    told["Message-ID"] = f"<m{number}@example.org>"
    for name, value in headers.items():
        told[name.replace("_", "-")] = value
    told.set_content(text)
    return told


class EmailCase:
    folder = "email"
    address = "camille@example.org"
    counts_receipts = False

    def double(self) -> FakeSmtp:
        return FakeSmtp()

    def environment(self, double: FakeSmtp) -> Mapping[str, str]:
        return settings(double.port)

    def call(self, told: Told) -> Call:
        return signed(mail(told.text, told.number, told.address or self.address).as_bytes())

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call:
        raise NotImplementedError

    def unsigned(self, call: Call) -> Call:
        return replace(call, headers={})


CASES: list[Case] = [EmailCase()]
