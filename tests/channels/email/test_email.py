"""E-mail: two parts, one click to stop, answers without what they quote, bounces, no talk between machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from channels.contract import PermanentFailure
from channels.email import build
from channels.email.channel import ONE_CLICK, EmailChannel
from channels.messages import Call, Inbound, Outbound, Receipt
from tests.channels.email.case import mail, settings, signed
from tests.fakes.fake_smtp import FakeSmtp
from tests.fakes.files import PNG


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as running:
        yield running


@pytest.fixture
def channel(smtp: FakeSmtp) -> EmailChannel:
    built = build(settings(smtp.port))
    assert isinstance(built, EmailChannel)
    return built


def outbound(text: str = "Bonjour <b> & merci", address: str = "camille@example.org") -> Outbound:
    return Outbound(address, text, "k1", "es", at=datetime(2026, 11, 22, 9, tzinfo=UTC))


def told(channel: EmailChannel, call: Call) -> list[Any]:
    return [said for event in channel.read(call) for said in channel.parse(event.body)]


def test_what_leaves(channel: EmailChannel, smtp: FakeSmtp) -> None:
    assert channel.send(outbound()) == "<k1@entente.example>"
    (sent,) = smtp.mails
    assert sent["Subject"] == "Entente: su mensaje"
    html = sent.get_body(("html",))
    assert html and "&lt;b&gt; &amp; merci" in html.get_content()


def test_one_click_stops(channel: EmailChannel, smtp: FakeSmtp) -> None:
    channel.send(outbound())
    header = str(smtp.mails[0]["List-Unsubscribe"])
    address = header.replace(" ", "").split(">")[0].lstrip("<")
    query = dict(parse_qsl(urlsplit(address).query))
    call = Call("POST", address, {}, query, ONE_CLICK)
    assert channel.verify(call)
    assert [(said.address, said.text) for said in told(channel, call)] == [("camille@example.org", "STOP")]
    for wrong in ({**query, "stop": "other@example.org"}, {**query, "seal": ""}):
        assert not channel.verify(Call("POST", address, {}, wrong, ONE_CLICK))
    assert not channel.verify(Call("POST", address, {}, query, b""))


@pytest.mark.parametrize(
    "quoted",
    [
        "> Bonjour",
        "Le lun. 22 nov. 2026 à 10:00, Entente <c@e.example> a écrit :",
        "El 22/11/2026, Entente escribió:",
        "-- ",
    ],
)
def test_an_answer_without_what_it_quotes(channel: EmailChannel, quoted: str) -> None:
    (said,) = told(channel, signed(mail(f"d'accord, 50 €\n\n{quoted}\n> et la suite").as_bytes()))
    assert said.text == "d'accord, 50 €"


def test_a_photo_that_came_with_it(channel: EmailChannel) -> None:
    told_ = mail("voici")
    told_.add_attachment(PNG, maintype="image", subtype="png", filename="reçu.png")
    (said,) = told(channel, signed(told_.as_bytes()))
    assert isinstance(said, Inbound)
    assert (said.media[0].name, channel.fetch(said.media[0])) == ("reçu.png", PNG)


def test_a_bounce(channel: EmailChannel) -> None:
    report = (
        b"From: MAILER-DAEMON@mx.example\r\nMessage-ID: <b1@mx.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nno\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        b"Final-Recipient: rfc822; camille@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <k1@entente.example>\r\nSubject: x\r\n\r\nx\r\n--b--\r\n"
    )
    assert told(channel, signed(report)) == [Receipt("<k1@entente.example>", "failed", "bounced 5.1.1", ending="gone")]


def test_nobody_of_that_name(channel: EmailChannel, smtp: FakeSmtp) -> None:
    smtp.unknown.add("camille@example.org")
    for address in ("camille@example.org", "a@b.example\r\nBcc: x@y.example", "Camille <c@d.example>"):
        with pytest.raises(PermanentFailure):
            channel.send(outbound(address=address))
