"""Personal links for going on elsewhere: on the website, or on Telegram. They work once, for three days (CH-10).

On our own address, with nothing personal in it. Opening one is one fact of identity; the other is asked for there.
"""

from __future__ import annotations

import uuid

from recovery.clock import Clock
from recovery.errors import Invalid
from recovery.session.tokens import start_token
from recovery.settings import settings


def link_to(clock: Clock, debtor_id: uuid.UUID, channel: str) -> str | None:
    """None where we cannot be reached there by a link."""
    if channel == "web":
        return f"{settings().public_url.rstrip('/')}/c/{start_token(clock, debtor_id)}"
    if channel == "telegram" and settings().telegram_bot_name:
        return f"https://t.me/{settings().telegram_bot_name}?start={start_token(clock, debtor_id)}"
    return None


def link_wanted(clock: Clock, debtor_id: uuid.UUID, channel: str) -> str:
    """The same. Raises Invalid where there is none."""
    link = link_to(clock, debtor_id, channel)
    if not link:
        raise Invalid(f"No link leads to {channel} here: web, or telegram where its bot's name is set.")
    return link
