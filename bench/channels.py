"""A thousand messages over five channels, through providers in trouble: none lost, none doubled, none forged taken in.

A fifth of the calls come twice, at the same moment or a little later; one in ten out of order; beside one in twenty,
another whose signature is bad. The providers answer one call in ten with a 5xx, one in twenty with a 429 and one in
twenty late, and tell their receipts twice and in any order. The whole product answers, with the trained model.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from bench.channel_traffic import Talk, Written, talks
from bench.channel_verdict import busy, verdict
from channels.messages import Call
from tests.channels.sms import case as sms
from tests.channels.whatsapp import case as whatsapp
from tests.fakes.callbacks import Callbacks
from tests.fakes.weather import Weather
from tests.journeys.correspondent import post
from tests.journeys.demo_process import DemoProcess
from tests.journeys.providers import Providers

MESSAGES, IN_EACH = 1000, 10
BROKEN, TOO_MANY, SLOW = 0.10, 0.05, 0.05
AT_ONCE = 10  # conversations
SETTLED_WITHIN = 60.0  # seconds after the last message, and one more for each
LATER = 0.2  # seconds at most between a call and its repetition


@dataclass
class Posted:
    """What the service answered. `forged`: by status; a website's visitor without a session gets 401, by its contract."""

    calls: int = 0
    repeated: int = 0
    forged: Counter[int] = field(default_factory=Counter)
    insisted: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="entente-bench-") as folder, Providers() as providers:
        demo = DemoProcess(Path(folder) / "var", ENTENTE_LOG_LEVEL="CRITICAL", **providers.settings())
        try:
            return play(demo.wait_until_ready().facts, providers)
        finally:
            demo.stop()


def play(
    facts: dict[str, Any], providers: Providers, messages: int = MESSAGES, in_each: int = IN_EACH, seed: int = 1
) -> dict[str, Any]:
    """Figures; under `wrong` whatever may not be, empty where all is well."""
    posted, began = Posted(), time.monotonic()
    with _in_a_storm(providers, facts["api_url"], seed) as callbacks:
        spoken = talks(providers, facts, messages, in_each, seed)
        with _http(facts["api_url"]) as http, ThreadPoolExecutor(AT_ONCE) as several, ThreadPoolExecutor(4) as again:
            list(several.map(lambda talk: _speak(http, talk, posted, again), spoken))
        said_after = time.monotonic() - began
        _wait_until_settled(facts["database_url"], spoken, callbacks)
        settled_after = time.monotonic() - began
        troubles = sum((double.weather.had for double in _doubles(providers)), Counter[int]())
        found = verdict(facts["database_url"], providers, spoken)
    wrong = {
        **found.wrong,
        "forged taken in": sum(n for status, n in posted.forged.items() if status not in (401, 403)),
    }
    figures = {
        "messages": sum(len(talk.acknowledged) for talk in spoken),
        "conversations": len(spoken),
        "told again": posted.repeated,
        "forged": dict(posted.forged),
        "answered 5xx": sum(n for status, n in troubles.items() if status >= 500),
        "answered 429": troubles[429],
        "receipts": callbacks.told,
        "seconds to say": round(said_after, 1),
        "seconds to settle": round(settled_after, 1),
        **found.figures,
        "wrong": {what: count for what, count in wrong.items() if count},
    }
    _print(figures, wrong)
    return figures


def _speak(http: httpx.Client, talk: Talk, posted: Posted, again: ThreadPoolExecutor) -> None:
    for number, written in enumerate(talk.written):
        if written.forged:
            status = written.forged(http).status_code
            with posted.lock:
                posted.forged[status] += 1
        if written.again:
            again.submit(_repeat, http, written, LATER * (number % 3) / 2, posted)
        _insist(http, written, posted)
        talk.acknowledged.append(written.text)


def _repeat(http: httpx.Client, written: Written, later: float, posted: Posted) -> None:
    time.sleep(later)
    _insist(http, written, posted)
    with posted.lock:
        posted.repeated += 1


def _insist(http: httpx.Client, written: Written, posted: Posted) -> None:
    """Again until it is taken, as a provider does."""
    while True:
        try:
            if written.say(http).is_success:
                return
        except httpx.HTTPError:
            pass
        with posted.lock:
            posted.insisted += 1
        time.sleep(0.3)


@contextmanager
def _in_a_storm(providers: Providers, api_url: str, seed: int) -> Iterator[Callbacks]:
    with _http(api_url) as http:
        callbacks = Callbacks(lambda call: post(http, call), seed)
        for place, double in enumerate(_doubles(providers)):
            double.weather = Weather(seed + place, broken=BROKEN, too_many=TOO_MANY, slow=SLOW)
        providers.twilio.on_sent = lambda sid, said: callbacks.tell(_of_twilio(sid, said, api_url))
        providers.graph.on_sent = lambda key, said: callbacks.tell(_of_meta(key, said))
        try:
            yield callbacks
        finally:
            for double in _doubles(providers):
                double.weather = Weather()
            providers.twilio.on_sent = providers.graph.on_sent = lambda *_: None


def _of_twilio(sid: str, said: dict[str, str], api_url: str) -> list[Call]:
    key = said["StatusCallback"].partition("key=")[2]
    return [sms.addressed(sms.twilio_status(sid, state, key), api_url) for state in ("sent", "delivered")]


def _of_meta(key: str, said: dict[str, Any]) -> list[Call]:
    ours = said["biz_opaque_callback_data"]
    return [
        whatsapp.webhook(statuses=[{"id": key, "status": state, "biz_opaque_callback_data": ours}])
        for state in ("sent", "delivered", "read")
    ]


def _doubles(providers: Providers) -> list[Any]:
    return [providers.twilio, providers.graph, providers.telegram, providers.smtp]


def _wait_until_settled(database_url: str, spoken: list[Talk], callbacks: Callbacks) -> None:
    until = time.monotonic() + SETTLED_WITHIN + sum(len(talk.written) for talk in spoken)
    with psycopg.connect(database_url, autocommit=True) as database:
        _until(lambda: not busy(database, spoken) and callbacks.quiet and not busy(database, spoken), until)


def _until(holds: Callable[[], bool], until: float) -> None:
    while not holds() and time.monotonic() < until:
        time.sleep(0.25)


def _http(api_url: str) -> httpx.Client:
    return httpx.Client(base_url=api_url, timeout=60, trust_env=False, limits=httpx.Limits(max_connections=40))


def _print(figures: dict[str, Any], wrong: dict[str, int]) -> None:
    for name, value in figures.items():
        if name != "wrong":
            print(f"  {name:24}{value}")
    print("  " + ", ".join(f"{count} {what}" for what, count in wrong.items()), flush=True)
