"""Telegram for the contract test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from channels.messages import Call, DeliveryState
from tests.channels.case import PUBLIC_URL, Case, Told, posted
from tests.fakes import fake_telegram
from tests.fakes.fake_telegram import FakeTelegram


def settings(url: str, **more: str) -> dict[str, str]:
    return {
        "ENTENTE_PUBLIC_URL": PUBLIC_URL,
        "ENTENTE_TELEGRAM_BOT_TOKEN": fake_telegram.TOKEN,
        "ENTENTE_TELEGRAM_WEBHOOK_SECRET": fake_telegram.SECRET,
        "ENTENTE_TELEGRAM_API_URL": url,
        "ENTENTE_TELEGRAM_APART_SECONDS": "0",
        **more,
    }


def update(number: int = 1, **told: Any) -> dict[str, Any]:
    return {"update_id": 900000 + number, **told}


def signed(body: dict[str, Any]) -> Call:
    return posted(
        "/webhooks/telegram", json.dumps(body).encode(), {"x-telegram-bot-api-secret-token": fake_telegram.SECRET}
    )


def user(key: int = 7001, code: str | None = "fr") -> dict[str, Any]:
    return {"id": key, "is_bot": False, "first_name": "Camille", **({"language_code": code} if code else {})}


def message(key: int = 7001, number: int = 1, kind: str = "private", code: str = "fr", **said: Any) -> dict[str, Any]:
    chat = {"id": key, "type": kind, "first_name": "Camille"}
    return {"message_id": number, "from": user(abs(key), code), "chat": chat, "date": 1795334400, **said}


class TelegramCase:
    folder = "telegram"
    address = "7001"
    counts_receipts = False

    def double(self) -> FakeTelegram:
        return FakeTelegram()

    def environment(self, double: FakeTelegram) -> Mapping[str, str]:
        return settings(double.url)

    def call(self, told: Told) -> Call:
        return signed(
            update(told.number, message=message(int(told.address or self.address), told.number, text=told.text))
        )

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call:
        raise NotImplementedError

    def unsigned(self, call: Call) -> Call:
        return replace(call, headers={})


CASES: list[Case] = [TelegramCase()]
