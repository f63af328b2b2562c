"""A channel with everything a channel has, and no provider: what the tests send through, and what a new one may copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from channels.contract import Capabilities, PermanentFailure, TemporaryFailure, Told
from channels.messages import Call, Ended, Event, Inbound, Media, Moved, Outbound, Receipt

SIGNATURE = "signed"


class FakeChannel:
    """Its calls are JSON lists of `{"id", "from", "text"}` or `{"id", "ref", "state"}`, signed by one word."""

    capabilities = Capabilities(
        buttons=0, media=frozenset(), longest=1600, window_hours=None, templates=False, cost_unit="segment", starts=True
    )

    def __init__(self, **changes: Any) -> None:
        """`name`, `source` and capabilities other than those of SMS."""
        self.name, self.source = changes.pop("name", "sms"), changes.pop("source", "sms/fake")
        self.capabilities = replace(self.capabilities, **changes)
        self.sent: list[Outbound] = []
        self.fails: list[Exception] = []  # raised one by one before anything is sent
        self.files: dict[str, bytes] = {}
        self.slow_files: set[str] = set()
        self.before_sending: Callable[[], None] = lambda: None

    def verify(self, call: Call) -> bool:
        return call.headers.get("x-signature") == SIGNATURE

    def challenge(self, call: Call) -> str | None:
        return call.query.get("challenge")

    def read(self, call: Call) -> Sequence[Event]:
        typed = frozenset({"text"})
        return [
            Event(told["id"], told.get("from") or told.get("ref") or "", told, typed) for told in json.loads(call.body)
        ]

    def parse(self, body: dict[str, Any]) -> Sequence[Told]:
        if "left" in body:
            return [Moved(body["left"], body.get("to"))]
        if "ended" in body:
            return [Ended(body["ended"], "blocked", body.get("ending", "stopped"))]
        if "ref" in body:
            more = {name: body[name] for name in ("ending", "again") if name in body}
            return [Receipt(body["ref"], body["state"], body.get("error"), **more)]
        media = tuple(Media(name, "image/jpeg", ref=name) for name in body.get("files", ()))
        given = {
            name: body[name] for name in ("link", "unread", "command", "language", "payload", "answers") if name in body
        }
        return [Inbound(body["from"], body["id"], body.get("text", ""), media=media, **given)]

    def answer(self) -> tuple[str, str]:
        return "<Response/>", "text/xml"

    def took(self, inbound: Inbound) -> None:
        pass

    def send(self, outbound: Outbound) -> str:
        self.before_sending()
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append(outbound)
        return f"ref-{len(self.sent)}"

    def fetch(self, media: Media) -> bytes:
        if media.ref in self.slow_files:
            raise TemporaryFailure("not yet")
        if media.ref not in self.files:
            raise PermanentFailure("no such file")
        return self.files[media.ref]
