"""Calls as providers send them, and the same with each part missing or of another kind: refused or read, never a crash.

A verified call that crashes the reader would be repeated by its provider for days, and hold up who wrote it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from channels.contract import Channel
from channels.messages import Call, Ended, Inbound, Moved, Receipt
from channels.sms import build as sms
from channels.telegram import build as telegram
from channels.whatsapp import build as whatsapp
from recovery.session.without_secrets import without_secrets
from tests.channels.sms.case import twilio_settings
from tests.channels.telegram.case import settings as telegram_settings
from tests.channels.telegram.case import signed as telegram_signed
from tests.channels.whatsapp.case import settings as whatsapp_settings
from tests.channels.whatsapp.case import signed as whatsapp_signed
from tests.channels.whatsapp.case import webhook

NOWHERE = "http://127.0.0.1:9"
CALLS = yaml.safe_load((Path(__file__).parent / "provider_calls.yml").read_text())
OTHER_KINDS = (None, [], {}, "x", 5, [None], {"id": None})
MEANS = {"message": Inbound, "receipt": Receipt, "moved": Moved, "ended": Ended}


def whatsapp_channel() -> Channel:
    built = whatsapp(whatsapp_settings(NOWHERE))
    assert built
    return built


def telegram_channel() -> Channel:
    built = telegram(telegram_settings(NOWHERE))
    assert built
    return built


def twilio_channel() -> Channel:
    built = sms(twilio_settings(NOWHERE))
    assert built
    return built


def twilio_call(said: dict[str, Any]) -> Call:
    body = urlencode({name: value for name, value in said.items() if isinstance(value, str)}).encode()
    return Call("POST", "https://entente.example/webhooks/sms/twilio", {}, {}, body)


PROVIDERS: dict[str, tuple[Callable[[], Channel], Callable[[Any], Call]]] = {
    "whatsapp": (whatsapp_channel, lambda said: whatsapp_signed(json.dumps(said).encode())),
    "telegram": (telegram_channel, telegram_signed),
    "twilio": (twilio_channel, twilio_call),
}
EACH = [(provider, name) for provider, calls in CALLS.items() for name in calls]


@pytest.mark.parametrize(("provider", "name"), EACH)
def test_it_means_what_it_says(provider: str, name: str) -> None:
    open_channel, as_call = PROVIDERS[provider]
    channel, given = open_channel(), CALLS[provider][name]
    told = [said for event in channel.read(as_call(given["call"])) for said in channel.parse(event.body)]
    wanted = given["means"]
    assert [type(said) for said in told] == [MEANS[one["is"]] for one in wanted]
    for said, one in zip(told, wanted, strict=True):
        seen = {field: getattr(said, field) for field in one if field not in ("is", "files")}
        assert seen == {field: value for field, value in one.items() if field not in ("is", "files")}
        if "files" in one:
            assert [media.mime for media in said.media] == one["files"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("provider", "name"), EACH)
def test_a_part_missing_or_of_another_kind(provider: str, name: str) -> None:
    open_channel, as_call = PROVIDERS[provider]
    channel = open_channel()
    for changed in _changed(CALLS[provider][name]["call"]):
        try:
            events = channel.read(as_call(changed))
        except ValueError:
            continue  # refused: told to the provider as such
        for event in events:
            json.dumps(event.body)
            assert isinstance(event.external_id, str) and isinstance(event.about, str), changed
            channel.parse(event.body)


def test_one_that_cannot_be_read_does_not_keep_the_others_out() -> None:
    """It is kept, without its secrets, and answered with a 200: refused, it would come again for days."""
    good = {"from": "33639981299", "id": "wamid.1", "type": "text", "text": {"body": "oui"}}
    strange = {"from": "33639981299", "says": ["ma carte 4111 1111 1111 1111"]}
    events = whatsapp_channel().read(webhook(messages=[strange, good, "x"], statuses=[{"id": 5}]))
    assert [event.external_id.partition(":")[0] for event in events] == ["unreadable", "wamid.1", *["unreadable"] * 2]
    kept, masked = without_secrets(events[0].body, events[0].typed)
    assert "4111 1111" not in str(kept) and masked == ["card"]
    (update,) = telegram_channel().read(telegram_signed({"update_id": 5, "message": {"message_id": "?"}}))
    assert update.about == "unreadable" and telegram_channel().parse(update.body) == []


def test_a_body_that_is_none() -> None:
    for open_channel, as_call in PROVIDERS.values():
        channel = open_channel()
        for body in (b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b"7"):
            with pytest.raises(ValueError):
                channel.read(replace(as_call({}), body=body))


def _changed(value: Any) -> Iterator[Any]:
    """The same with one part gone, or replaced by something else, wherever it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            yield from ({**value, name: other} for other in OTHER_KINDS)
            yield from ({**value, name: changed} for changed in _changed(inner))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], changed, *value[place + 1 :]] for changed in _changed(inner))
