"""WhatsApp for the contract test."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from channels.messages import Call, DeliveryState
from tests.channels.case import PUBLIC_URL, Case, Told, posted
from tests.fakes import fake_graph
from tests.fakes.fake_graph import FakeGraph


def settings(url: str, **more: str) -> dict[str, str]:
    return {
        "ENTENTE_PUBLIC_URL": PUBLIC_URL,
        "ENTENTE_WHATSAPP_ENABLED": "true",
        "ENTENTE_WHATSAPP_ROLE": "own_creditor",
        "ENTENTE_WHATSAPP_POLICY_CONFIRMATION": "mail of 2026-10-01, case 4711",
        "ENTENTE_WHATSAPP_APP_SECRET": fake_graph.SECRET,
        "ENTENTE_WHATSAPP_VERIFY_TOKEN": "our-word",
        "ENTENTE_WHATSAPP_ACCESS_TOKEN": fake_graph.TOKEN,
        "ENTENTE_WHATSAPP_PHONE_NUMBER_ID": fake_graph.NUMBER_ID,
        "ENTENTE_WHATSAPP_API_URL": url,
        "ENTENTE_WHATSAPP_PER_SECOND": "1000",
        **more,
    }


def signed(body: bytes) -> Call:
    signature = "sha256=" + hmac.new(fake_graph.SECRET.encode(), body, hashlib.sha256).hexdigest()
    return posted("/webhooks/whatsapp/meta", body, {"x-hub-signature-256": signature})


def webhook(*, number_id: str = fake_graph.NUMBER_ID, field: str = "messages", **value: Any) -> Call:
    told = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "33 1 62 00 00 00", "phone_number_id": number_id},
        **value,
    }
    change = {"value": told, "field": field}
    return signed(
        json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}).encode()
    )


def message(kind: str, said: Any = None, key: str = "wamid.1", whose: str = "33639981299", **more: Any) -> Call:
    told = {"from": whose, "id": key, "timestamp": "1795334400", "type": kind, **more}
    contact = {"profile": {"name": "Camille"}, "wa_id": whose}
    return webhook(messages=[told if said is None else {**told, kind: said}], contacts=[contact])


class WhatsAppCase:
    folder = "whatsapp"
    address = "+33639981299"
    counts_receipts = True

    def double(self) -> FakeGraph:
        return FakeGraph()

    def environment(self, double: FakeGraph) -> Mapping[str, str]:
        return settings(double.url)

    def call(self, told: Told) -> Call:
        whose = (told.address or self.address).lstrip("+")
        return message("text", {"body": told.text}, f"wamid.{told.number}", whose)

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call:
        return webhook(statuses=[{"id": provider_ref, "status": state, "recipient_id": "33639981299"}])

    def unsigned(self, call: Call) -> Call:
        return replace(call, headers={})


CASES: list[Case] = [WhatsAppCase()]
