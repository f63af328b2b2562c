"""How providers hand e-mails and reports over: signed, or with a password; as they are, or inside their own form."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from channels.email import build
from channels.email.channel import EmailChannel
from channels.messages import Call, Receipt
from tests.channels.case import posted
from tests.channels.email.case import mail, settings, signed

PASSWORD = "a-password-in-the-address"
RAW = mail("Combien dois-je payer ? ¿Cuánto? 50 €").as_bytes()
BASIC = {"authorization": "Basic " + base64.b64encode(f"anybody:{PASSWORD}".encode()).decode()}
OURS = "<01890a5d-ac96-774b-bcce-b302099a8057@entente.example>"


def channel_of(**more: str) -> EmailChannel:
    built = build(settings(1, **more))
    assert isinstance(built, EmailChannel)
    return built


def handed_over(body: bytes, kind: str) -> Call:
    return posted("/webhooks/email/inbound", body, {**BASIC, "content-type": kind})


def form_of_parts(name: str) -> bytes:
    parts = [("headers", b"x"), (name, RAW), ("spam_score", b"0.1")]
    written = [b'--B\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), c) for n, c in parts]
    return b"".join(written) + b"--B--\r\n"


@pytest.mark.parametrize(
    "call",
    [
        handed_over(RAW, "message/rfc822"),
        handed_over(json.dumps({"From": "x", "RawEmail": RAW.decode()}).encode(), "application/json"),
        handed_over(form_of_parts("email"), "multipart/form-data; boundary=B"),
        handed_over(form_of_parts("body-mime"), "multipart/form-data; boundary=B"),
        handed_over(urlencode({"body-mime": RAW}).encode(), "application/x-www-form-urlencoded"),
    ],
    ids=["raw", "postmark", "sendgrid", "mailgun", "mailgun without files"],
)
def test_the_forms_of_providers(call: Call) -> None:
    channel = channel_of(ENTENTE_EMAIL_WEBHOOK_PASSWORD=PASSWORD)
    assert channel.verify(call)
    (event,) = channel.read(call)
    assert event.external_id == "<m1@example.org>"
    (said,) = channel.parse(event.body)
    assert said.text == "Combien dois-je payer ? ¿Cuánto? 50 €"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "kind", ["application/json", "multipart/form-data; boundary=B", "application/x-www-form-urlencoded"]
)
def test_a_form_without_the_message_cannot_be_read(kind: str) -> None:
    with pytest.raises(ValueError):
        channel_of().read(handed_over(b"{}", kind))


def test_passwords() -> None:
    call = handed_over(RAW, "message/rfc822")
    channel = channel_of(ENTENTE_EMAIL_WEBHOOK_PASSWORD=PASSWORD)
    for wrong in (
        "Basic !!!",
        "Basic " + base64.b64encode(b"a:b").decode(),
        "Bearer x",
        "Bearer ",
        "Basic Og==",
        PASSWORD,
    ):
        assert not channel.verify(replace(call, headers={"authorization": wrong}))
    assert channel.verify(replace(call, headers={"authorization": f"Bearer {PASSWORD}"}))
    for header in ("Bearer ", "Basic Og==", BASIC["authorization"]):  # none is set: none opens
        assert not channel_of().verify(replace(call, headers={"authorization": header}))


def report(
    kind: str, blocks: str, original: str = f"Message-ID: {OURS}\r\nSubject: x\r\n", part: str = "message/rfc822"
) -> bytes:
    status = "message/feedback-report" if kind == "feedback-report" else "message/delivery-status"
    return (
        "From: MAILER-DAEMON@mx.example\r\nMessage-ID: <b1@mx.example>\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nno\r\n"
        f"--b\r\nContent-Type: {status}\r\n\r\n{blocks}\r\n"
        f"--b\r\nContent-Type: {part}\r\n\r\n{original}\r\n--b--\r\n"
    ).encode()


def delivery(action: str, status: str) -> str:
    recipient = "Final-Recipient: rfc822; camille@example.org"
    return f"Reporting-MTA: dns; mx.example\r\n\r\n{recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"


BLOCKED = Receipt(OURS, "delivered", "called unwanted by its receiver", ending="stopped")
SENT_BACK = [
    (delivery("failed", "5.1.1"), Receipt(OURS, "failed", "bounced 5.1.1", ending="gone")),
    (delivery("Failed", "5.2.1 (disabled)"), Receipt(OURS, "failed", "bounced 5.2.1", ending="gone")),
    (delivery("failed", "5.7.26"), Receipt(OURS, "failed", "bounced 5.7.26")),
    (delivery("failed", "4.2.2"), Receipt(OURS, "failed", "bounced 4.2.2", again=True)),
    (delivery("delayed", "4.4.1"), None),
]


def means(content: bytes) -> list[object]:
    channel = channel_of()
    (event,) = channel.read(signed(content))
    return list(channel.parse(event.body))


@pytest.mark.parametrize("part", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(("blocks", "receipt"), SENT_BACK)
def test_what_was_sent_back(blocks: str, receipt: Receipt | None, part: str) -> None:
    assert means(report("delivery-status", blocks, part=part)) == ([receipt] if receipt else [])


def test_a_message_that_was_called_unwanted() -> None:
    assert means(report("feedback-report", "Feedback-Type: abuse\r\nVersion: 1\r\n")) == [BLOCKED]


def test_a_report_of_nobodys_message_ends_nothing() -> None:
    """Whoever has not received it cannot know its Message-ID."""
    assert means(report("delivery-status", delivery("failed", "5.1.1"), original="Subject: no id\r\n")) == []
