"""What debtors write over the five channels, as networks bring it: some twice, some in the wrong order, some forged."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx

from bench.trouble import SENTENCES
from channels.messages import Call
from tests.journeys.correspondent import post
from tests.journeys.devices import LINES, Line
from tests.journeys.providers import Providers

CHANNELS = (*LINES, "web")
REPEATED, REORDERED, FORGED = 0.20, 0.10, 0.05
MARK = "FORGED"  # stands in every forged message, and may be found nowhere

Said = Callable[[httpx.Client], httpx.Response]


@dataclass(frozen=True)
class Written:
    """`again`: it is told a second time. `forged`: somebody else tells something of the kind, under a bad signature."""

    text: str
    say: Said
    again: bool
    forged: Said | None


@dataclass
class Talk:
    """One debtor on one channel. `acknowledged`: their words in the order the service took them."""

    channel: str
    address: str
    written: list[Written]
    acknowledged: list[str] = field(default_factory=list)


class Writer(Protocol):
    channel: str
    address: str

    def says(self, text: str) -> Said: ...

    def forges(self) -> Said: ...


class ThroughAProvider:
    def __init__(self, line: Line) -> None:
        self.channel, self.address = line.channel, line.address
        self._line, self._forged = line, False

    def says(self, text: str) -> Said:
        call = self._line.call(text)
        return lambda http: post(http, call)

    def forges(self) -> Said:
        self._forged = not self._forged
        call = _forged(self._line.call(f"{MARK} {uuid.uuid4().hex}"), unsigned=self._forged)
        return lambda http: post(http, call)


class OnTheWebsite:
    """`address` is the conversation's id: a visitor has no other."""

    channel = "web"

    def __init__(self, http: httpx.Client, language: str) -> None:
        opened = http.post("/widget/sessions", json={"language": language}).raise_for_status().json()
        self.address, self._token = opened["conversation_id"], opened["session_token"]

    def says(self, text: str) -> Said:
        return self._posts(text, self._token)

    def forges(self) -> Said:
        return self._posts(f"{MARK} {uuid.uuid4().hex}", self._token[:-2] + "xx")

    def _posts(self, text: str, token: str) -> Said:
        body = {"client_message_id": uuid.uuid4().hex, "text": text}
        headers = {"Authorization": f"Bearer {token}"}
        return lambda http: http.post("/widget/messages", json=body, headers=headers)


def talks(providers: Providers, demo: dict[str, Any], messages: int, in_each: int, seed: int) -> list[Talk]:
    """`messages` in conversations of `in_each`, spread over the channels and both languages."""
    drawn, found = random.Random(seed), []
    with httpx.Client(base_url=demo["api_url"], timeout=30, trust_env=False) as http:
        for place in range(messages // in_each):
            language = ("fr", "es")[place // len(CHANNELS) % 2]
            writer = _writer(CHANNELS[place % len(CHANNELS)], providers, demo, language, http)
            texts = [drawn.choice(SENTENCES[language]) for _ in range(in_each)]
            written = list(_written(writer, texts, place * in_each))
            found.append(
                Talk(writer.channel, writer.address, list(_as_the_network_brings_it(written, place * in_each)))
            )
    return found


def _writer(channel: str, providers: Providers, demo: dict[str, Any], language: str, http: httpx.Client) -> Writer:
    if channel == "web":
        return OnTheWebsite(http, language)
    return ThroughAProvider(LINES[channel](providers, demo["api_url"], language))


def _written(writer: Writer, texts: Sequence[str], first: int) -> Iterator[Written]:
    for number, text in enumerate(texts, first):
        forged = writer.forges() if _falls_on(number, FORGED) else None
        yield Written(text, writer.says(text), _falls_on(number, REPEATED), forged)


def _as_the_network_brings_it(written: list[Written], first: int) -> Iterator[Written]:
    """Neighbours that changed places are both out of order."""
    for place in range(0, len(written), 2):
        pair = written[place : place + 2]
        yield from reversed(pair) if _falls_on((first + place) // 2, REORDERED) else pair


def _falls_on(number: int, share: float) -> bool:
    """Every so many: the share is exact over any round number of messages."""
    return int((number + 1) * share + 1e-9) > int(number * share + 1e-9)


def _forged(call: Call, unsigned: bool) -> Call:
    """A signature that is nearly right, or none at all."""
    signatures = [name for name in call.headers if "signature" in name or "token" in name]
    kept = {name: value for name, value in call.headers.items() if name not in signatures}
    wrong = {name: f"{call.headers[name][:-2]}xx" for name in signatures}
    return replace(call, headers=kept if unsigned else {**kept, **wrong})
