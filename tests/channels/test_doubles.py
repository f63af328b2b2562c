"""The doubles refuse what the providers refuse, with their codes: what passes here may be sent there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.fakes import fake_graph, fake_telegram, fake_twilio
from tests.fakes.fake_graph import FakeGraph
from tests.fakes.fake_telegram import FakeTelegram
from tests.fakes.fake_twilio import FakeTwilio
from tests.fakes.weather import Weather


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with FakeGraph() as running:
        running.closed.add("+33600000009")
        yield running


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as running:
        running.blocked.add("7002")
        yield running


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as running:
        running.stopped.add("+33600000009")
        yield running


def to_graph(graph: FakeGraph, **said: Any) -> Any:
    whole = {"messaging_product": "whatsapp", "to": "+33639981299", "type": "text", **said}
    headers = {"Authorization": f"Bearer {fake_graph.TOKEN}"}
    answer = httpx.post(f"{graph.url}/v23.0/{fake_graph.NUMBER_ID}/messages", json=whole, headers=headers)
    return answer.json().get("error", {}).get("code")


def buttons(*titles: str, body: str = "?") -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": f"b{n}", "title": title}} for n, title in enumerate(titles)]
    return {"type": "button", "body": {"text": body}, "action": {"buttons": replies}}


def rows(count: int, title: str = "a", description: str = "") -> dict[str, Any]:
    found = [{"id": f"r{n}", "title": title, "description": description} for n in range(count)]
    action = {"button": "Choisir", "sections": [{"title": "Choisir", "rows": found}]}
    return {"type": "list", "body": {"text": "?"}, "action": action}


def template(*texts: str, name: str = "entente_nouveau_message", language: str = "fr") -> dict[str, Any]:
    given = [{"type": "text", "text": text} for text in texts]
    return {"name": name, "language": {"code": language}, "components": [{"type": "body", "parameters": given}]}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": {"body": "oui"}}, None),
        ({"text": {"body": "oui"}, "priority": 1}, 100),
        ({"text": {"body": "oui", "colour": "red"}}, 100),
        ({"text": {"body": "x" * 4097}}, 100),
        ({"text": {"body": ""}}, 100),
        ({"messaging_product": "sms", "text": {"body": "oui"}}, 100),
        ({"recipient_type": "group", "text": {"body": "oui"}}, 100),
        ({"to": "camille", "text": {"body": "oui"}}, 131009),
        ({"to": "+33600000009", "text": {"body": "oui"}}, 131047),
        ({"type": "interactive", "interactive": buttons("Oui", "Non")}, None),
        ({"type": "interactive", "interactive": buttons("1", "2", "3", "4")}, 131009),
        ({"type": "interactive", "interactive": buttons("x" * 21)}, 131009),
        ({"type": "interactive", "interactive": buttons("Oui", "Oui")}, 131009),
        ({"type": "interactive", "interactive": buttons("Oui", body="x" * 1025)}, 131009),
        ({"type": "interactive", "interactive": rows(10, description="x" * 72)}, None),
        ({"type": "interactive", "interactive": rows(11)}, 131009),
        ({"type": "interactive", "interactive": rows(1, title="x" * 25)}, 131009),
        ({"type": "interactive", "interactive": rows(1, description="x" * 73)}, 131009),
        ({"type": "template", "template": template("Entente"), "to": "+33600000009"}, None),
        ({"type": "template", "template": template()}, 132000),
        ({"type": "template", "template": template("a", "b")}, 132000),
        ({"type": "template", "template": template("a\nb")}, 132018),
        ({"type": "template", "template": template("a", name="never_submitted")}, 132001),
        ({"type": "template", "template": template("a", language="de")}, 132001),
        ({"type": "image", "image": {"id": "of-nobody"}}, 131053),
    ],
)
def test_meta(graph: FakeGraph, said: dict[str, Any], code: int | None) -> None:
    assert to_graph(graph, **said) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"From": "38123", "Body": "oui"}, None),
        ({"From": "38123", "Body": "oui", "Colour": "red"}, 20001),
        ({"From": "38123", "Body": "x" * 1601}, 21617),
        ({"From": "38123", "Body": ""}, 21602),
        ({"Body": "oui"}, 21603),
        ({"From": "Entente de Paris", "Body": "oui"}, 21212),
        ({"MessagingServiceSid": "MG1", "Body": "oui"}, 21701),
        ({"From": "38123", "Body": "oui", "To": "0639981299"}, 21211),
        ({"From": "38123", "Body": "oui", "To": "+15005550006"}, 21408),
        ({"From": "38123", "Body": "oui", "To": "+33600000009"}, 21610),
        ({"From": "38123", "Body": "oui", "StatusCallback": "nowhere"}, 21609),
    ],
)
def test_twilio(twilio: FakeTwilio, said: dict[str, str], code: int | None) -> None:
    address = f"{twilio.url}/2010-04-01/Accounts/{fake_twilio.ACCOUNT}/Messages.json"
    auth = (fake_twilio.ACCOUNT, fake_twilio.TOKEN)
    answer = httpx.post(address, data={"To": "+33639981299", **said}, auth=auth)
    assert answer.json().get("code") == code
    assert httpx.post(address, data=said, auth=(fake_twilio.ACCOUNT, "wrong")).json()["code"] == 20003


def keyboard(*data: str, text: str = "Oui") -> str:
    cells = ", ".join(f'{{"text": "{text}", "callback_data": "{one}"}}' for one in data)
    return f'{{"inline_keyboard": [[{cells}]]}}'


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"text": "oui"}, None),
        ({"text": "oui", "colour": "red"}, "unknown"),
        ({"text": " "}, "empty"),
        ({"text": "x" * 4097}, "too long"),
        ({"text": "😀" * 2049}, "too long"),  # counted in UTF-16 units
        ({"text": "oui", "chat_id": "7009"}, "chat not found"),
        ({"text": "oui", "chat_id": "7002"}, "blocked"),
        ({"text": "oui", "reply_markup": keyboard("b1")}, None),
        ({"text": "oui", "reply_markup": keyboard("b" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "oui", "reply_markup": keyboard("b1", text="")}, "inline keyboard"),
        ({"text": "oui", "reply_markup": keyboard(*("b1" for _ in range(101)))}, "too long"),
        ({"text": "oui", "reply_markup": '{"inline_keyboard": []}'}, "markup"),
    ],
)
def test_telegram(telegram: FakeTelegram, said: dict[str, str], refused: str | None) -> None:
    answer = httpx.post(f"{telegram.url}/bot{fake_telegram.TOKEN}/sendMessage", data={"chat_id": "7001", **said}).json()
    assert answer["ok"] is (refused is None)
    assert (refused or "") in answer.get("description", "")


def test_telegram_gives_no_updates_beside_a_webhook(telegram: FakeTelegram) -> None:
    bot = f"{telegram.url}/bot{fake_telegram.TOKEN}"
    assert httpx.post(f"{bot}/setWebhook", data={"url": "http://entente.example"}).status_code == 400
    assert httpx.post(f"{bot}/setWebhook", data={"url": "https://entente.example"}).json()["ok"]
    assert httpx.post(f"{bot}/getUpdates", data={}).status_code == 409


def test_in_trouble_each_says_it_in_its_own_words(graph: FakeGraph, telegram: FakeTelegram, twilio: FakeTwilio) -> None:
    for double in (graph, telegram, twilio):
        double.weather = Weather(too_many=1.0)
    assert to_graph(graph, text={"body": "oui"}) == 130429
    wait = httpx.post(f"{telegram.url}/bot{fake_telegram.TOKEN}/sendMessage", data={}).json()["parameters"]
    assert wait == {"retry_after": 1}
    answer = httpx.post(f"{twilio.url}/2010-04-01/Accounts/{fake_twilio.ACCOUNT}/Messages.json", data={})
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["code"]) == (429, "1", 20429)
