"""The doubles of every provider, running, and the settings that point a demo at them."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Self

from tests.channels.email import case as email
from tests.channels.sms import case as sms
from tests.channels.telegram import case as telegram
from tests.channels.whatsapp import case as whatsapp
from tests.fakes.fake_graph import FakeGraph
from tests.fakes.fake_smtp import FakeSmtp
from tests.fakes.fake_telegram import FakeTelegram
from tests.fakes.fake_twilio import FakeTwilio


class Providers:
    def __init__(self) -> None:
        self.twilio, self.graph, self.telegram, self.smtp = FakeTwilio(), FakeGraph(), FakeTelegram(), FakeSmtp()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for double in (self.twilio, self.graph, self.telegram, self.smtp):
            self._open.enter_context(double)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def settings(self) -> dict[str, str]:
        """Everything but the public address: the demo's own."""
        given = {
            **sms.twilio_settings(self.twilio.url),
            **whatsapp.settings(self.graph.url),
            **telegram.settings(self.telegram.url),
            **email.settings(self.smtp.port),
            "ENTENTE_TELEGRAM_BOT_NAME": "EntenteTestBot",
        }
        return {name: value for name, value in given.items() if name != "ENTENTE_PUBLIC_URL"}
