"""What a channel is. One folder a channel, with `build(environment) -> Channel | None` in its `__init__` (None: not
configured).

A channel knows its provider and nothing of debts. It imports nothing of ours but this file and `channels.messages`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from channels.messages import Call, Ended, Ending, Event, Inbound, Media, Moved, Outbound, Receipt


class TemporaryFailure(Exception):
    """The provider could not take it now. `retry_after`: seconds it asked us to wait, where it said so."""

    def __init__(self, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class PermanentFailure(Exception):
    """It will never be taken: a wrong number, a blocked recipient. Not tried again.

    `ending`: nor will anything else at this address.
    """

    def __init__(self, detail: str, ending: Ending | None = None) -> None:
        super().__init__(detail)
        self.ending = ending


class NotThisWay(PermanentFailure):
    """Not by this channel, now: its window is closed and no template may be used. Another way may be found."""


@dataclass(frozen=True)
class Capabilities:
    """What the channel can do; whoever writes for it asks here instead of knowing its name."""

    buttons: int  # how many a message can show; 0: they are written into the text
    media: frozenset[str]  # MIME types it sends
    longest: int  # characters of one message
    window_hours: int | None  # replies only so long after the debtor's last message; None: at any time
    templates: bool  # outside the window an approved template is needed
    cost_unit: Literal["none", "segment", "message", "conversation"]
    starts: bool  # whether we can write first
    largest_call: int = 1024 * 1024  # bytes of one webhook call


Told = Inbound | Receipt | Moved | Ended


class Channel(Protocol):
    @property
    def name(self) -> str:
        """The channel as conversations know it: sms, whatsapp, telegram, email."""

    @property
    def source(self) -> str:
        """The provider as its address and events know it: `sms/twilio` for /webhooks/sms/twilio."""

    @property
    def capabilities(self) -> Capabilities: ...

    def verify(self, call: Call) -> bool:
        """Whether the call was signed by the provider. Compare in constant time."""

    def challenge(self, call: Call) -> str | None:
        """The answer to the provider's GET when it sets up the webhook, or None where it is not one."""

    def read(self, call: Call) -> Sequence[Event]:
        """What a verified call tells, each with the provider's own id. Raises ValueError where it cannot be read."""

    def parse(self, body: dict[str, Any]) -> Sequence[Told]:
        """What the body of a stored event means.

        Empty where it concerns nobody (a sticker, a group, a typing notice).
        """

    def answer(self) -> tuple[str, str]:
        """Body and media type of the 200 that a webhook gets."""

    def took(self, inbound: Inbound) -> None:
        """It has been taken in: tell the debtor's device where it waits for that. Raises nothing."""

    def send(self, outbound: Outbound) -> str:
        """The provider's reference. Raises TemporaryFailure or PermanentFailure, nothing else."""

    def fetch(self, media: Media) -> bytes:
        """The file a debtor sent. Raises TemporaryFailure or PermanentFailure."""


@runtime_checkable
class Collecting(Protocol):
    """A channel whose provider does not call: it is asked now and then (a mailbox)."""

    @property
    def source(self) -> str: ...

    def collect(self, place: Mapping[str, Any]) -> Iterator[tuple[Event | None, dict[str, Any]]]:
        """What came after `place` (empty the first time), oldest first, each with the place to go on from.

        What cannot be read is an event all the same, so that it is kept and the next one comes. Raises TemporaryFailure.
        """
