"""On a laptop: what is polled is stored as a call would be, once."""

from __future__ import annotations

from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.commands.telegram import take_in
from channels.telegram import build
from channels.telegram.channel import TelegramChannel
from recovery.session.records import ExternalEvent
from recovery.settings import settings
from recovery.store import transaction
from tests.channels.telegram.case import message, update
from tests.channels.telegram.case import settings as telegram_settings
from tests.fakes.fake_telegram import FakeTelegram


def test_what_is_polled_is_stored_once(client: TestClient) -> None:
    with FakeTelegram() as telegram:
        channel = build(telegram_settings(telegram.url))
        assert isinstance(channel, TelegramChannel)
        telegram.updates = [
            update(1, message=message(text="bonjour")),
            update(2, message=message(-5, kind="group", text="x")),
        ]
        assert take_in(channel, None, wait=0) == take_in(channel, None, wait=0) == 900003
    with transaction(settings().database_url) as session:
        assert session.scalar(select(func.count()).select_from(ExternalEvent)) == 1
