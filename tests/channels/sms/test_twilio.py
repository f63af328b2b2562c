"""Twilio: known signatures, what its calls mean, what leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from channels.contract import PermanentFailure, TemporaryFailure
from channels.messages import Button, Call, Inbound, Media, Outbound, Receipt
from channels.settings import WrongSetting
from channels.sms import build
from channels.sms.channel import SmsChannel
from tests.channels.sms.case import twilio_settings, twilio_status, twilio_text
from tests.fakes.fake_twilio import ACCOUNT, JPEG, FakeTwilio

# From the test suites of Twilio's own libraries.
KNOWN_TOKEN = "12345"
KNOWN_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
KNOWN_BODY = b"CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309"
NUMBER = "+33639981299"


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as running:
        yield running


def channel_of(url: str = "http://127.0.0.1:1", **more: str) -> SmsChannel:
    built = build(twilio_settings(url, **more))
    assert isinstance(built, SmsChannel)
    return built


@pytest.fixture
def channel(twilio: FakeTwilio) -> SmsChannel:
    return channel_of(twilio.url)


def known_call(url: str = KNOWN_URL, body: bytes = KNOWN_BODY, signature: str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=") -> Call:
    query = dict(pair.split("=") for pair in url.partition("?")[2].split("&"))
    return Call("POST", url, {"x-twilio-signature": signature}, query, body)


@pytest.mark.parametrize(
    ("call", "good"),
    [
        (known_call(), True),
        (known_call(KNOWN_URL.replace(".com", ".com:1234")), True),
        (known_call(signature="kvajT1Ptam85bY51eRf/AJRuM3w="), True),  # signed with :443
        (known_call(body=KNOWN_BODY + b"&Extra="), False),  # a blank value is signed too
        (known_call(body=KNOWN_BODY.replace(b"1234&From", b"9999&From")), False),
        (known_call(KNOWN_URL.replace("bar=2", "bar=3")), False),
        (known_call(KNOWN_URL.replace("https", "http")), False),  # behind a proxy the address must be the public one
        (known_call(signature=""), False),
        (known_call(signature="\u00e9"), False),
        (known_call(body=b"\xff\xfe=1"), False),
        (
            Call(
                "POST",
                f"{KNOWN_URL}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
                {"x-twilio-signature": "a9nBmqA0ju/hNViExpshrM61xv4="},
                {"bodySHA256": "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"},
                b'{"property": "value", "boolean": true}',
            ),
            True,
        ),
    ],
)
def test_known_signatures(call: Call, good: bool) -> None:
    assert channel_of(ENTENTE_TWILIO_AUTH_TOKEN=KNOWN_TOKEN).verify(call) is good


def test_while_the_token_is_being_changed_both_sign() -> None:
    assert channel_of(ENTENTE_TWILIO_NEXT_AUTH_TOKEN=KNOWN_TOKEN).verify(known_call())


def told(channel: SmsChannel, call: Call) -> list[Any]:
    return [said for event in channel.read(call) for said in channel.parse(event.body)]


def test_spanish_marks_come_through(channel: SmsChannel) -> None:
    (said,) = told(channel, twilio_text("¡Hola! ¿Cuánto debo? Ñandú @ 50€"))
    assert said.text == "¡Hola! ¿Cuánto debo? Ñandú @ 50€"


def test_pictures_of_an_mms(channel: SmsChannel, twilio: FakeTwilio) -> None:
    address = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"
    call = twilio_text("", NumMedia="1", MediaUrl0=address, MediaContentType0="image/jpeg")
    (said,) = told(channel, call)
    assert isinstance(said, Inbound)
    assert [(media.mime, media.url) for media in said.media] == [("image/jpeg", address)]
    assert channel.fetch(said.media[0]) == JPEG


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "http://127.0.0.1:9/x"]
)
def test_a_forged_picture_does_not_make_us_call_elsewhere(channel: SmsChannel, url: str) -> None:
    with pytest.raises(PermanentFailure):
        channel.fetch(Media("x", "image/jpeg", url=url))


def test_a_picture_too_large_is_not_kept(channel: SmsChannel, twilio: FakeTwilio) -> None:
    twilio.media["ME2"] = b"\xff\xd8\xff" + b"0" * (11 * 1024 * 1024)
    address = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME2"
    with pytest.raises(PermanentFailure, match="large"):
        channel.fetch(Media("x", "image/jpeg", url=address))


def test_an_alias_or_a_short_number_is_nobody(channel: SmsChannel) -> None:
    assert told(channel, twilio_text("Votre colis", address="Livraison")) == []
    assert told(channel, twilio_text("hola", address="messenger:1234567890")) == []


@pytest.mark.parametrize("way", ["whatsapp:", "rcs:"])
def test_a_number_of_twilios_on_whatsapp_is_answered_by_text(channel: SmsChannel, way: str) -> None:
    button = {"Body": "", "ButtonText": "Sí", "ButtonPayload": "yes", "MessageType": "button", "ProfileName": "L"}
    (said,) = told(channel, twilio_text("", address=f"{way}+34639981299", To=f"{way}+34910000010", **button))
    assert (said.address, said.text, said.unread) == ("+34639981299", "Sí", False)


@pytest.mark.parametrize("more", [{}, {"Latitude": "48.85", "Longitude": "2.35", "MessageType": "location"}])
def test_a_text_that_says_nothing_is_answered(channel: SmsChannel, more: dict[str, str]) -> None:
    (said,) = told(channel, twilio_text("", **more))
    assert said.unread


@pytest.mark.parametrize(
    ("kind", "text", "means"), [("STOP", "arrêtez tout", "STOP"), ("START", "allez", "START"), ("HELP", "aide", "aide")]
)
def test_what_twilio_takes_for_a_stop_is_one(channel: SmsChannel, kind: str, text: str, means: str) -> None:
    (said,) = told(channel, twilio_text(text, OptOutType=kind))
    assert said.text == means


@pytest.mark.parametrize(
    ("status", "state"),
    [("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("undelivered", "failed"), ("failed", "failed")],
)
def test_states(channel: SmsChannel, status: str, state: str) -> None:
    assert told(channel, twilio_status("SM1", status, "k1", ErrorCode="30003")) == [
        Receipt("SM1", state, "Twilio 30003", key="k1")  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("status", ["queued", "accepted", "sending", "scheduled", "something-new"])
def test_states_that_say_nothing_yet(channel: SmsChannel, status: str) -> None:
    assert told(channel, twilio_status("SM1", status)) == []


def test_what_leaves(channel: SmsChannel, twilio: FakeTwilio) -> None:
    reference = channel.send(Outbound(NUMBER, "Bonjour", "k1", "fr", (Button("Oui", "b1"), Button("Non", "b2"))))
    assert twilio.sent[reference] == {
        "To": NUMBER,
        "From": "38123",
        "Body": "Bonjour\n1 Oui\n2 Non",
        "StatusCallback": "https://entente.example/webhooks/sms/twilio/status?key=k1",
    }


def test_choices_that_are_figures_carry_no_numbers(channel: SmsChannel, twilio: FakeTwilio) -> None:
    channel.send(Outbound(NUMBER, "?", "k1", "fr", (Button("3 fois", "b1"), Button("4 fois", "b2"))))
    assert next(iter(twilio.sent.values()))["Body"] == "?\n- 3 fois\n- 4 fois"


def test_an_alias_says_how_to_stop(twilio: FakeTwilio) -> None:
    alias = {"ENTENTE_SMS_SENDER_FR": "Berthier", "ENTENTE_SMS_OPT_OUT_LINK": "https://b.example/s"}
    channel_of(twilio.url, **alias).send(Outbound(NUMBER, "Bonjour", "k1", "fr"))
    assert next(iter(twilio.sent.values()))["Body"] == "Bonjour\nStop : https://b.example/s"


def test_a_messaging_service(twilio: FakeTwilio) -> None:
    service = {
        "ENTENTE_TWILIO_MESSAGING_SERVICE_SID": "MG" + "0" * 32,
        "ENTENTE_SMS_SENDER_FR": "",
        "ENTENTE_SMS_SENDER_ES": "",
    }
    channel_of(twilio.url, **service).send(Outbound(NUMBER, "Bonjour", "k1", "fr"))
    (sent,) = twilio.sent.values()
    assert sent["MessagingServiceSid"] == "MG" + "0" * 32 and "From" not in sent and sent["SmartEncoded"] == "false"


def test_who_has_said_stop_to_twilio_is_not_tried_again(channel: SmsChannel, twilio: FakeTwilio) -> None:
    twilio.stopped.add(NUMBER)
    with pytest.raises(PermanentFailure, match="21610") as refused:
        channel.send(Outbound(NUMBER, "Bonjour", "k1", "fr"))
    assert refused.value.ending == "stopped"


@pytest.mark.parametrize(("code", "ending"), [("21610", "stopped"), ("30005", "gone"), ("30003", None), ("", None)])
def test_what_a_receipt_says_of_the_number(channel: SmsChannel, code: str, ending: str | None) -> None:
    (receipt,) = told(channel, twilio_status("SM1", "undelivered", "k1", ErrorCode=code))
    assert receipt.ending == ending


def test_a_wrong_token_is_mended_by_us(twilio: FakeTwilio) -> None:
    with pytest.raises(TemporaryFailure):
        channel_of(twilio.url, ENTENTE_TWILIO_AUTH_TOKEN="other").send(Outbound(NUMBER, "Bonjour", "k1", "fr"))


def test_an_estimate_before_it_leaves(channel: SmsChannel) -> None:
    estimate = channel.estimate(Outbound(NUMBER, "ê" * 80, "k1", "fr"))
    assert (estimate.encoding, estimate.segments, estimate.thousandths) == ("GSM-7", 1, 75)


@pytest.mark.parametrize("missing", ["ENTENTE_TWILIO_AUTH_TOKEN", "ENTENTE_SMS_PROVIDER"])
def test_half_a_set_up_is_told_by_name(missing: str) -> None:
    given = twilio_settings("http://127.0.0.1:1", **{missing: "" if "TOKEN" in missing else "pigeon"})
    with pytest.raises(WrongSetting, match=missing):
        build(given)


def test_a_text_that_is_not_signed_as_such_is_refused(channel: SmsChannel) -> None:
    call = twilio_text("bonjour")
    assert channel.verify(call)
    assert not channel.verify(replace(call, url=call.url.replace("entente.example", "other.example")))
