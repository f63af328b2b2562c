"""What passes between a channel and the service.

Plain values: providers on one side, the trade on the other, neither seen here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

UNREADABLE = "unreadable"

DeliveryState = Literal["sent", "delivered", "read", "failed"]
# Why nothing more is sent to an address: its owner told the provider so, or nobody is there.
Ending = Literal["stopped", "gone"]


@dataclass(frozen=True)
class Call:
    """A provider's HTTP call as it came in: the raw body is what signatures are made of.

    Header names are in lower case.
    """

    method: str
    url: str  # as the provider called it, the public address included: some signatures cover it
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Event:
    """One thing a call tells. `external_id` is the provider's own: the same again is the same event.

    Events `about` the same address (or message) are taken in one after the other. `typed`: the names, at any depth of
    the body, of what a person wrote; secrets in it are masked before it is kept.
    """

    external_id: str
    about: str
    body: dict[str, Any]  # JSON values, enough for `parse`
    typed: frozenset[str] = frozenset()


def unreadable(told: Any) -> Event:
    """Something signed by the provider that nobody can make out: kept, so that it is looked at, and answers nothing.

    Refused, it would come again for days, and hold up what came with it. Any of its texts may be somebody's.
    """
    content = json.dumps(told, sort_keys=True)
    key = f"unreadable:{hashlib.sha256(content.encode()).hexdigest()}"
    return Event(key, "unreadable", {UNREADABLE: told}, frozenset({UNREADABLE, *_names_in(told)}))


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _names_in(inner)


@dataclass(frozen=True)
class Media:
    """A file with a message: where it can be read (`url`), or its provider's name for it (`ref`).

    `link`: an address the debtor can open, for a channel that sends no files.
    """

    name: str
    mime: str
    url: str | None = None
    ref: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Inbound:
    """A message from a debtor. `address` is theirs on this channel; `payload` is a pressed button's opaque id."""

    address: str
    external_id: str
    text: str = ""
    payload: str | None = None
    media: tuple[Media, ...] = ()
    to: str | None = None  # the number or account written to
    link: str | None = None  # a start token that came with a deep link
    language: str | None = None  # fr or es, where the sender's device or a command of theirs tells
    command: Literal["start", "privacy", "language"] | None = None  # asked of the channel itself, instead of words
    answers: str | None = None  # the `Outbound.key` of ours that it replies to, where the provider tells
    unread: bool = False  # something came that cannot be read here (a voice message, a place): the debtor is told


@dataclass(frozen=True)
class Moved:
    """The person at `address` now writes from another: whoever is there next is somebody else."""

    address: str
    to: str | None = None


@dataclass(frozen=True)
class Ended:
    """Nothing more may be sent to this address: it was blocked, or nobody is there any longer."""

    address: str
    why: str
    ending: Ending = "stopped"


@dataclass(frozen=True)
class Receipt:
    """What became of a message sent earlier. `ending`: and nothing more may be sent to its address."""

    provider_ref: str
    state: DeliveryState
    error: str | None = None
    at: datetime | None = None
    key: str | None = None  # the `Outbound.key`, where the provider hands it back: known before its reference is
    ending: Ending | None = None
    again: bool = False  # it failed for a reason that passes: worth sending once more, later


@dataclass(frozen=True)
class Button:
    title: str
    payload: str


@dataclass(frozen=True)
class Outbound:
    """A message to a debtor. `key` is the same at every try: hand it on where the provider refuses doubles.

    `last_inbound_at` tells a channel with a reply window whether it is open at `at`; outside it `template` names the
    approved text, and `opt_in` where the person's consent to be written to is kept. `answers`: the provider's id of the
    debtor's message that this one is about.
    """

    address: str
    text: str
    key: str
    language: str
    buttons: tuple[Button, ...] = ()
    media: tuple[Media, ...] = ()
    at: datetime | None = None
    last_inbound_at: datetime | None = None
    opt_in: str | None = None
    template: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    answers: str | None = None


def are_numbered(titles: Sequence[str]) -> bool:
    """Whether choices written into a text carry numbers to answer with: not where the choices are figures themselves."""
    return len(titles) > 1 and not any(character.isdigit() for title in titles for character in title)


def written_out(titles: Sequence[str]) -> str:
    """Choices for a channel without buttons, a line each."""
    numbered = are_numbered(titles)
    return "\n".join(f"{number} {title}" if numbered else f"- {title}" for number, title in enumerate(titles, 1))
