"""WhatsApp: set-up and signature, what Meta tells, what leaves and what may not."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Button, Call, Inbound, Media, Moved, Outbound, Receipt
from channels.settings import WrongSetting
from channels.whatsapp import build
from channels.whatsapp.channel import WhatsAppChannel
from tests.channels.whatsapp.case import message, settings, webhook
from tests.fakes.fake_graph import JPEG, FakeGraph
from tests.fakes.http_double import Answer

NUMBER = "+33639981299"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def graph() -> Iterator[FakeGraph]:
    with FakeGraph() as running:
        yield running


@pytest.fixture
def channel(graph: FakeGraph) -> WhatsAppChannel:
    built = build(settings(graph.url))
    assert isinstance(built, WhatsAppChannel)
    return built


def outbound(text: str = "Bonjour", *titles: str, **more: Any) -> Outbound:
    buttons = tuple(Button(title, f"b_{n}") for n, title in enumerate(titles))
    return replace(
        Outbound(NUMBER, text, "k1", "fr", buttons, at=NOW, last_inbound_at=NOW - timedelta(hours=1)), **more
    )


def told(channel: WhatsAppChannel, call: Call) -> list[Any]:
    return [said for event in channel.read(call) for said in channel.parse(event.body)]


def test_off_by_default_and_on_only_with_its_reasons() -> None:
    given = settings("http://127.0.0.1:1")
    assert build({**given, "ENTENTE_WHATSAPP_ENABLED": ""}) is None
    for name, value in [("POLICY_CONFIRMATION", ""), ("ROLE", "mandated_collector"), ("ROLE", ""), ("APP_SECRET", "")]:
        with pytest.raises(WrongSetting, match=name):
            build({**given, f"ENTENTE_WHATSAPP_{name}": value})


def test_a_known_signature() -> None:
    """The vector GitHub publishes for the same scheme."""
    built = build(settings("http://127.0.0.1:1", ENTENTE_WHATSAPP_APP_SECRET="It's a Secret to Everybody"))
    assert built
    signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    call = Call("POST", "https://x/", {"x-hub-signature-256": signature}, {}, b"Hello, World!")
    assert built.verify(call)
    assert not built.verify(replace(call, body=b"Hello, World"))
    sha1 = hmac.new(b"It's a Secret to Everybody", b"Hello, World!", hashlib.sha1).hexdigest()
    assert not built.verify(replace(call, headers={"x-hub-signature": f"sha1={sha1}"}))
    assert not built.verify(replace(call, headers={"x-hub-signature-256": "é"}))


def test_the_challenge_of_the_set_up(channel: WhatsAppChannel) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "our-word", "hub.challenge": "1158201444"}
    call = Call("GET", "https://x/", {}, query, b"")
    assert channel.challenge(call) == "1158201444"
    assert channel.challenge(replace(call, query={**query, "hub.verify_token": "another"})) is None
    assert channel.challenge(replace(call, query={})) is None


def test_choices_and_answers_to_templates(channel: WhatsAppChannel) -> None:
    pressed = {"type": "button_reply", "button_reply": {"id": "b_1", "title": "Payer"}}
    chosen = {"type": "list_reply", "list_reply": {"id": "b_2", "title": "Le 5", "description": "du mois"}}
    for call, text, payload in [
        (message("interactive", pressed, context={"from": "33", "id": "wamid.0"}), "Payer", "b_1"),
        (message("interactive", chosen), "Le 5", "b_2"),
        (message("button", {"payload": "lire", "text": "Lire"}), "Lire", "lire"),
    ]:
        (said,) = told(channel, call)
        assert isinstance(said, Inbound)
        assert (said.text, said.payload, said.unread) == (text, payload, False)


def test_a_photo_with_its_words(channel: WhatsAppChannel) -> None:
    photo = {"caption": "voici", "mime_type": "image/jpeg", "sha256": "x", "id": "1013859600285441"}
    (said,) = told(channel, message("image", photo))
    assert (said.text, said.media[0].mime, said.unread) == ("voici", "image/jpeg", False)
    assert channel.fetch(said.media[0]) == JPEG


@pytest.mark.parametrize("ref", ["../me", "", "9999"])
def test_a_file_that_is_not_there(channel: WhatsAppChannel, ref: str) -> None:
    with pytest.raises(PermanentFailure):
        channel.fetch(Media("x", "image/jpeg", ref=ref))


@pytest.mark.parametrize("kind", ["audio", "video", "sticker", "location", "contacts", "order", "unsupported", "poll"])
def test_what_cannot_be_read_is_told_as_such(channel: WhatsAppChannel, kind: str) -> None:
    (said,) = told(channel, message(kind, {"id": "1", "mime_type": "audio/ogg; codecs=opus"}))
    assert said.unread and not said.media and said.address == NUMBER
    (bare,) = told(channel, message(kind, errors=[{"code": 131051, "title": "Message type unknown"}]))
    assert bare.unread


def test_a_film_with_its_words_is_half_understood(channel: WhatsAppChannel) -> None:
    film = {"id": "1", "mime_type": "video/mp4", "caption": "regardez"}
    (said,) = told(channel, message("video", film))
    assert (said.text, said.media, said.unread) == ("regardez", (), True)


def test_what_was_corrected_is_said_anew(channel: WhatsAppChannel) -> None:
    edit = {"original_message_id": "wamid.1", "message": {"type": "text", "text": {"body": "50 euros"}}}
    (said,) = told(channel, message("edit", edit, key="wamid.2"))
    assert (said.text, said.external_id, said.unread) == ("50 euros", "wamid.2", False)


def test_a_group_is_none_of_ours(channel: WhatsAppChannel) -> None:
    assert told(channel, message("text", {"body": "bonjour"}, group_id="Y2FwaV9ncm91cDox")) == []


def test_a_quoted_reply_is_its_own_words(channel: WhatsAppChannel) -> None:
    (said,) = told(channel, message("text", {"body": "oui"}, context={"from": "33162000000", "id": "wamid.0"}))
    assert said.text == "oui"


def test_a_reaction_needs_no_answer(channel: WhatsAppChannel) -> None:
    assert told(channel, message("reaction", {"message_id": "wamid.0", "emoji": "👍"})) == []


def test_a_number_that_changed(channel: WhatsAppChannel) -> None:
    system = {
        "body": "User A changed from 33639981299 to 33639981298",
        "wa_id": "33639981298",
        "type": "user_changed_number",
    }
    assert told(channel, message("system", system)) == [Moved(NUMBER, "+33639981298")]


def test_a_hidden_name_that_changed(channel: WhatsAppChannel) -> None:
    system = {"type": "user_changed_user_id", "user_id": "FR.2", "previous_user_id": "FR.1"}
    hidden = {"from_user_id": "FR.2", "id": "wamid.6", "type": "system", "system": system}
    assert Moved("FR.1", "FR.2") in told(channel, webhook(messages=[hidden]))


def test_whoever_hides_their_number_is_known_by_metas_id(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    hidden = {"from_user_id": "FR.13491208655302741918", "id": "wamid.5", "type": "text", "text": {"body": "oui"}}
    (said,) = told(channel, webhook(messages=[hidden]))
    assert said.address == "FR.13491208655302741918"
    channel.send(outbound(address=said.address))
    assert [m["recipient"] for m in graph.sent.values()] == [said.address]


def test_what_became_of_a_message(channel: WhatsAppChannel) -> None:
    status = {"id": "wamid.9", "status": "failed", "errors": [{"code": 131047}], "biz_opaque_callback_data": "k1"}
    assert told(channel, webhook(statuses=[status])) == [Receipt("wamid.9", "failed", "WhatsApp 131047", key="k1")]
    assert told(channel, webhook(statuses=[{"id": "wamid.9", "status": "warning"}])) == []


def test_one_call_may_tell_several_things(channel: WhatsAppChannel) -> None:
    texts = [{"from": "33639981299", "id": f"wamid.{n}", "type": "text", "text": {"body": str(n)}} for n in range(3)]
    call = webhook(messages=texts, statuses=[{"id": "wamid.9", "status": "read"}])
    assert [event.external_id for event in channel.read(call)] == ["wamid.0", "wamid.1", "wamid.2", "wamid.9:read"]


def test_others_numbers_and_other_news_are_not_ours(channel: WhatsAppChannel) -> None:
    said = [{"from": "33639981299", "id": "wamid.1", "type": "text", "text": {"body": "x"}}]
    assert channel.read(webhook(number_id="999", messages=said)) == []
    assert channel.read(webhook(field="account_update", event="PARTNER_REMOVED")) == []


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("Oui", "Non"), "button"),
        (("a", "b", "c"), "button"),
        (("a", "b", "c", "d"), "list"),
        (("Parler à une personne du service",), "list"),
        (("Oui", "Oui"), "list"),
    ],
)
def test_buttons_or_a_list(channel: WhatsAppChannel, graph: FakeGraph, titles: tuple[str, ...], kind: str) -> None:
    channel.send(outbound("?", *titles))
    (sent,) = graph.sent.values()
    assert sent["interactive"]["type"] == kind
    assert sent["biz_opaque_callback_data"] == "k1"


def test_a_title_too_long_stands_in_full_under_itself(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    channel.send(outbound("?", "Contester le montant de la facture"))
    (sent,) = graph.sent.values()
    (row,) = sent["interactive"]["action"]["sections"][0]["rows"]
    assert row == {
        "id": "b_0",
        "title": "Contester le montant de…",
        "description": "Contester le montant de la facture",
    }


def test_too_many_choices_are_written_out(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    channel.send(outbound("?", *(f"choix {chr(97 + n)}" for n in range(11))))
    (sent,) = graph.sent.values()
    assert sent["text"]["body"].endswith("11 choix k")


def test_a_long_text_with_choices(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    channel.send(outbound("mot " * 2000, "Oui", "Non"))
    assert [sent["type"] for sent in graph.sent.values()] == ["text", "interactive"]


def test_what_has_left_does_not_leave_again(channel: WhatsAppChannel, graph: FakeGraph, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    media = Media("plan.pdf", "application/pdf", url=(tmp_path / "plan.pdf").as_uri())
    message = outbound("Voici le document", media=(media,))
    taken = graph.take
    graph.take = lambda asked: graph.failed(Answer(503)) if asked.path.endswith("/media") else taken(asked)  # type: ignore[method-assign]
    with pytest.raises(TemporaryFailure):
        channel.send(message)
    graph.take = taken  # type: ignore[method-assign]
    reference = channel.send(message)
    assert [sent["type"] for sent in graph.sent.values()] == ["text", "document"]
    assert reference == next(iter(graph.sent))


def test_outside_the_window_only_a_template_with_consent(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    late = outbound(last_inbound_at=NOW - timedelta(hours=24))
    with pytest.raises(PermanentFailure, match="window"):
        channel.send(late)
    good = replace(
        late, template="entente_nouveau_message", values={"name": "Énergie\n du Lac"}, opt_in="form of 2026-01-02"
    )
    for bad in (
        replace(good, opt_in=None),
        replace(good, values={}),
        replace(good, values={"name": "x", "amount": "1"}),
        replace(good, language="de"),
        replace(good, template="soldes"),
    ):
        with pytest.raises(PermanentFailure):
            channel.send(bad)
    assert channel.send(good)
    (sent,) = graph.sent.values()
    assert sent["template"]["components"][0]["parameters"] == [{"type": "text", "text": "Énergie du Lac"}]


def test_a_window_that_closed_meanwhile(channel: WhatsAppChannel, graph: FakeGraph) -> None:
    graph.closed.add(NUMBER)
    with pytest.raises(PermanentFailure, match="131047"):
        channel.send(outbound())
