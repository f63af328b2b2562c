"""SMS: what every provider of texts has in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.contract import Capabilities, PermanentFailure
from channels.messages import Call, Event, Inbound, Media, Outbound, Receipt, written_out
from channels.pace import Pace
from channels.settings import Given
from channels.sms.cost import Estimate, Prices
from channels.sms.gateway import Gateway, Text
from channels.sms.plain_letters import shortened
from channels.sms.senders import Sender, Senders

LONGEST = 1600  # characters; ten segments, which is what Twilio takes

_TEXTS = Path(__file__).parent / "texts.yml"


class SmsChannel:
    name = "sms"
    capabilities = Capabilities(
        buttons=0,
        media=frozenset(),  # no operator of France or Spain takes a picture from a machine
        longest=LONGEST,
        window_hours=None,
        templates=False,
        cost_unit="segment",
        starts=True,
    )

    def __init__(self, given: Given, gateway: Gateway, senders: Senders) -> None:
        self.source = f"sms/{gateway.name}"
        self._gateway = gateway
        self._senders = senders
        self._prices = Prices(given.words("ENTENTE_SMS_PRICES"))
        self._opt_out_link = given.text("ENTENTE_SMS_OPT_OUT_LINK")
        self._pace = Pace(given.number("ENTENTE_SMS_PER_SECOND", 10))

    def verify(self, call: Call) -> bool:
        return self._gateway.verify(call)

    def challenge(self, call: Call) -> str | None:
        return None

    def read(self, call: Call) -> Sequence[Event]:
        return self._gateway.read(call)

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]:
        return self._gateway.parse(body)

    def answer(self) -> tuple[str, str]:
        return self._gateway.answer()

    def took(self, inbound: Inbound) -> None:
        pass

    def send(self, outbound: Outbound) -> str:
        sender = self._senders.for_number(outbound.address)
        words = self._words(outbound, sender)
        if len(words) > LONGEST:
            raise PermanentFailure(f"A text holds {LONGEST} characters at most, this one has {len(words)}")
        self._pace.wait(outbound.address)
        return self._gateway.send(Text(outbound.address, sender.name, words, outbound.key))

    def fetch(self, media: Media) -> bytes:
        return self._gateway.fetch(media)

    def estimate(self, outbound: Outbound) -> Estimate:
        """What it would cost. Raises PermanentFailure where it may not go."""
        words = self._words(outbound, self._senders.for_number(outbound.address))
        return self._prices.estimate(words, outbound.address)

    def _words(self, outbound: Outbound, sender: Sender) -> str:
        parts = [outbound.text.strip()]
        if outbound.buttons:
            parts.append(written_out([button.title for button in outbound.buttons]))
        parts += [media.link for media in outbound.media if media.link]
        if sender.one_way:
            parts.append(_opt_out(outbound.language).format(link=self._opt_out_link))
        return shortened("\n".join(filter(None, parts)), outbound.language)


def _opt_out(language: str) -> str:
    texts = _texts()["opt_out"]
    return texts.get(language) or texts["fr"]


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    return texts
