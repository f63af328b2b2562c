"""Telegram, by python-telegram-bot."""

from __future__ import annotations

from collections.abc import Mapping

from channels.contract import Channel
from channels.settings import Given
from channels.telegram.channel import TelegramChannel


def build(environment: Mapping[str, str]) -> Channel | None:
    given = Given(environment)
    return TelegramChannel(given) if given.text("ENTENTE_TELEGRAM_BOT_TOKEN") else None
