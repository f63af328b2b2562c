"""The seam between SMS and whoever carries it: one file a provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from channels.messages import Call, Event, Inbound, Media, Receipt


@dataclass(frozen=True)
class Text:
    """One text, ready to leave. `sender` is empty where the provider chooses among its own."""

    to: str
    sender: str
    words: str
    key: str  # the same at every try


class Gateway(Protocol):
    @property
    def name(self) -> str:
        """As its webhook's address says it: twilio for /webhooks/sms/twilio."""

    def verify(self, call: Call) -> bool: ...

    def read(self, call: Call) -> Sequence[Event]: ...

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Receipt]: ...

    def answer(self) -> tuple[str, str]: ...

    def send(self, text: Text) -> str:
        """The provider's reference. Raises TemporaryFailure or PermanentFailure."""

    def fetch(self, media: Media) -> bytes: ...
