"""What a folder of channels/ brings to the contract test: tests/channels/<name>/case.py, with `CASES`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from channels.messages import Call, DeliveryState

PUBLIC_URL = "https://entente.example"


@dataclass(frozen=True)
class Told:
    """What a debtor does on their device."""

    text: str = ""
    number: int = 1  # the same again is the same message
    address: str = ""


class Case(Protocol):
    folder: str
    address: str  # a debtor's
    counts_receipts: bool  # whether the provider tells what became of a message

    def double(self) -> Any:
        """A running double of the provider: a context with `fail`, `down` and `sent`."""

    def environment(self, double: Any) -> Mapping[str, str]: ...

    def call(self, told: Told) -> Call:
        """The provider's signed call."""

    def receipt(self, provider_ref: str, state: DeliveryState) -> Call: ...

    def unsigned(self, call: Call) -> Call: ...


def posted(path: str, body: bytes, headers: Mapping[str, str], query: Mapping[str, str] | None = None) -> Call:
    asked = "&".join(f"{name}={value}" for name, value in (query or {}).items())
    return Call("POST", f"{PUBLIC_URL}{path}{'?' + asked if asked else ''}", dict(headers), dict(query or {}), body)
