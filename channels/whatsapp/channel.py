"""WhatsApp, by Meta's Cloud API."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from channels.contract import Capabilities, PermanentFailure
from channels.messages import Call, Event, Inbound, Media, Moved, Outbound, Receipt
from channels.pace import Pace
from channels.parts import Parts
from channels.settings import Given
from channels.whatsapp.composed import LONGEST, MOST_ROWS, messages_of
from channels.whatsapp.graph import Graph
from channels.whatsapp.templates import template_of
from channels.whatsapp.told import events_of, meaning_of

WINDOW_HOURS = 24  # CH-06
SENT = frozenset({"image/jpeg", "image/png", "application/pdf"})
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[0-9A-Za-z]{1,128}")


class WhatsAppChannel:
    name = "whatsapp"
    source = "whatsapp/meta"
    capabilities = Capabilities(
        buttons=MOST_ROWS,
        media=SENT,
        longest=LONGEST,
        window_hours=WINDOW_HOURS,
        templates=True,
        cost_unit="message",
        starts=True,
    )

    def __init__(self, given: Given) -> None:
        self._secret = given.needed("ENTENTE_WHATSAPP_APP_SECRET", "it signs Meta's calls").encode()
        self._verify_token = given.needed("ENTENTE_WHATSAPP_VERIFY_TOKEN", "your own word for the webhook's set-up")
        self._graph = Graph(given)
        self._pace = Pace(given.number("ENTENTE_WHATSAPP_PER_SECOND", 40))
        self._parts = Parts()

    def verify(self, call: Call) -> bool:
        expected = "sha256=" + hmac.new(self._secret, call.body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), call.headers.get("x-hub-signature-256", "").encode())

    def challenge(self, call: Call) -> str | None:
        asked = call.query
        known = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), self._verify_token.encode())
        return asked.get("hub.challenge") if known and asked.get("hub.mode") == "subscribe" else None

    def read(self, call: Call) -> Sequence[Event]:
        return list(events_of(json.loads(call.body), self._graph.phone_number_id))

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt | Moved]:
        return meaning_of(body)

    def answer(self) -> tuple[str, str]:
        return "", "text/plain"

    def took(self, inbound: Inbound) -> None:
        pass

    def send(self, outbound: Outbound) -> str:
        to = _recipient(outbound.address)
        messages = self._within_window(outbound) if _open(outbound) else [partial(_template, outbound)]
        common = {"messaging_product": "whatsapp", "recipient_type": "individual", **to}
        return self._parts.send(
            outbound.key,
            [partial(self._post, outbound, {**common, "biz_opaque_callback_data": outbound.key}, m) for m in messages],
        )

    def fetch(self, media: Media) -> bytes:
        return self._graph.fetch(media)

    def _within_window(self, outbound: Outbound) -> list[Callable[[], dict[str, Any]]]:
        carried = [media for media in outbound.media if media.mime in SENT]
        links = "\n".join(media.link for media in outbound.media if media not in carried and media.link)
        texts = messages_of(_with_text(outbound, "\n".join(filter(None, (outbound.text, links)))))
        return [*(partial(dict, message) for message in texts), *(partial(self._file, media) for media in carried)]

    def _file(self, media: Media) -> dict[str, Any]:
        kind = "image" if media.mime.startswith("image/") else "document"
        file = {"id": self._graph.upload(media)}
        return {"type": kind, kind: file if kind == "image" else {**file, "filename": media.name}}

    def _post(self, outbound: Outbound, common: dict[str, Any], message: Callable[[], dict[str, Any]]) -> str:
        self._pace.wait(outbound.address)
        return self._graph.post_message({**common, **message()})


def _open(outbound: Outbound) -> bool:
    now = outbound.at or datetime.now(UTC)
    return outbound.last_inbound_at is not None and now - outbound.last_inbound_at < timedelta(hours=WINDOW_HOURS)


def _template(outbound: Outbound) -> dict[str, Any]:
    return {"type": "template", "template": template_of(outbound)}


def _with_text(outbound: Outbound, text: str) -> Outbound:
    return Outbound(outbound.address, text, outbound.key, outbound.language, outbound.buttons)


def _recipient(address: str) -> dict[str, str]:
    if _NUMBER.fullmatch(address):
        return {"to": address}
    if _USER_ID.fullmatch(address):
        return {"recipient": address}
    raise PermanentFailure("This is no address of WhatsApp's")
