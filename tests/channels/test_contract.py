"""One contract, every folder of channels/ that has a provider."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

import channels
from channels.contract import Channel, PermanentFailure, TemporaryFailure
from channels.messages import Button, Inbound, Outbound, Receipt
from tests.channels.case import Case, Told

FOLDERS = [
    folder.name
    for folder in pkgutil.iter_modules(channels.__path__)
    if folder.ispkg and hasattr(importlib.import_module(f"channels.{folder.name}"), "build")
]
CASES: list[Case] = [
    case for folder in FOLDERS for case in importlib.import_module(f"tests.channels.{folder}.case").CASES
]


# Some providers tell nothing of what became of a message.
RECEIPT_CASES = [case for case in CASES if case.counts_receipts]


@pytest.fixture(params=CASES, ids=lambda case: type(case).__name__)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def double(case: Case) -> Iterator[Any]:
    with case.double() as running:
        yield running


@pytest.fixture
def channel(case: Case, double: Any) -> Channel:
    built: Channel | None = importlib.import_module(f"channels.{case.folder}").build(case.environment(double))
    assert built
    return built


def outbound(case: Case, **more: Any) -> Outbound:
    now = datetime.now(UTC)
    return replace(
        Outbound(case.address, "Bonjour, ceci est un essai.", "key-1", "fr", at=now, last_inbound_at=now), **more
    )


def test_every_folder_has_its_case() -> None:
    assert {case.folder for case in CASES} == set(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_settings_there_is_no_channel(folder: str) -> None:
    assert importlib.import_module(f"channels.{folder}").build({}) is None


def test_it_says_who_it_is(case: Case, channel: Channel) -> None:
    assert channel.name == case.folder
    assert channel.source.split("/")[0] == case.folder
    assert channel.capabilities.longest > 0


def test_a_call_is_known_by_its_signature(case: Case, channel: Channel) -> None:
    call = case.call(Told("bonjour"))
    assert channel.verify(call)
    assert not channel.verify(case.unsigned(call))
    changed = {
        name: f"{value[:-2]}xx" if "sign" in name or "token" in name else value for name, value in call.headers.items()
    }
    assert not channel.verify(replace(call, headers=changed))


def test_a_message_is_read_and_understood(case: Case, channel: Channel) -> None:
    (event,) = channel.read(case.call(Told("Bonjour, ça va ? ¿Cuánto debo?")))
    (told,) = channel.parse(json.loads(json.dumps(event.body)))
    assert isinstance(told, Inbound)
    assert (told.address, told.text.strip()) == (case.address, "Bonjour, ça va ? ¿Cuánto debo?")


def test_the_same_message_is_the_same_event(case: Case, channel: Channel) -> None:
    ids = [channel.read(case.call(Told("oui", number)))[0].external_id for number in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]


def test_what_cannot_be_read_is_a_value_error(case: Case, channel: Channel) -> None:
    with pytest.raises(ValueError):
        channel.read(replace(case.call(Told("oui")), body=b"{nonsense"))


@pytest.mark.parametrize("case", RECEIPT_CASES, ids=lambda case: type(case).__name__, indirect=True)
def test_receipts_tell_what_became_of_a_message(case: Case, channel: Channel) -> None:
    for state in ("delivered", "failed"):
        (event,) = channel.read(case.receipt("SMref", state))
        (told,) = channel.parse(event.body)
        assert isinstance(told, Receipt)
        assert (told.provider_ref, told.state) == ("SMref", state)


def test_a_message_leaves_once_with_a_reference(case: Case, channel: Channel, double: Any) -> None:
    assert channel.send(outbound(case))
    assert len(double.sent) == 1


def test_choices_reach_the_debtor(case: Case, channel: Channel, double: Any) -> None:
    channel.send(outbound(case, buttons=(Button("Payer", "b_1"), Button("Parler à quelqu'un", "b_2"))))
    assert "Payer" in str(double.sent) and "Parler" in str(double.sent)


def test_a_failure_that_passes_says_when_to_come_back(case: Case, channel: Channel, double: Any) -> None:
    double.fail(429, "7")
    with pytest.raises(TemporaryFailure) as busy:
        channel.send(outbound(case))
    if case.folder != "email":  # a mail server does not say when to come back
        assert busy.value.retry_after == 7
    for status in (500, 503):
        double.fail(status)
        with pytest.raises(TemporaryFailure):
            channel.send(outbound(case))
    assert channel.send(outbound(case))
    assert len(double.sent) == 1


def test_a_provider_that_is_away_is_tried_again(case: Case, channel: Channel, double: Any) -> None:
    double.down = True
    with pytest.raises(TemporaryFailure):
        channel.send(outbound(case))


def test_a_provider_that_takes_too_long_is_tried_again(case: Case, double: Any) -> None:
    hasty = {**case.environment(double), "ENTENTE_PROVIDER_TIMEOUT_SECONDS": "0.3"}
    channel: Channel = importlib.import_module(f"channels.{case.folder}").build(hasty)
    double.takes = 1.0
    with pytest.raises(TemporaryFailure):
        channel.send(outbound(case))
    double.takes = 0.0
    assert channel.send(outbound(case))


def test_no_address_no_message(case: Case, channel: Channel, double: Any) -> None:
    with pytest.raises(PermanentFailure):
        channel.send(outbound(case, address="nobody"))
    assert not double.sent


def test_a_text_too_long_is_cut_into_several_or_refused(case: Case, channel: Channel, double: Any) -> None:
    try:
        channel.send(outbound(case, text="mot " * channel.capabilities.longest))
    except PermanentFailure:
        assert not double.sent
    else:
        assert double.sent


def test_the_answer_to_a_call(case: Case, channel: Channel) -> None:
    body, media_type = channel.answer()
    assert isinstance(body, str) and "/" in media_type
