"""What leaves: signed where a key is given, in the thread it belongs to, answered at an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest

from channels.contract import PermanentFailure
from channels.email import build
from channels.email.channel import EmailChannel
from channels.messages import Outbound
from channels.settings import WrongSetting
from tests.channels.email.case import mail, settings, signed
from tests.fakes.fake_smtp import FakeSmtp
from tests.fakes.rsa_key import RsaKey, make_key

KEY = "01890a5d-ac96-774b-bcce-b302099a8057"
TEXT = "Ça y est : votre échéancier est prêt, à 45,50 € par mois dès le 5 décembre. " * 3


@pytest.fixture
def smtp() -> Iterator[FakeSmtp]:
    with FakeSmtp() as running:
        yield running


@pytest.fixture(scope="module")
def key() -> RsaKey:
    return make_key()


@pytest.fixture
def key_file(key: RsaKey, tmp_path: Path) -> Path:
    path = tmp_path / "dkim.pem"
    path.write_bytes(key.pem)
    return path


def channel_of(smtp: FakeSmtp, **more: str) -> EmailChannel:
    built = build(settings(smtp.port, **more))
    assert isinstance(built, EmailChannel)
    return built


def outbound(**more: str) -> Outbound:
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Outbound("camille@example.org", TEXT, KEY, "fr", at=at, **more)  # type: ignore[arg-type]


def test_a_signature_that_receivers_can_check(smtp: FakeSmtp, key: RsaKey, key_file: Path) -> None:
    signing = {"ENTENTE_EMAIL_DKIM_SELECTOR": "s1", "ENTENTE_EMAIL_DKIM_KEY_FILE": str(key_file)}
    channel_of(smtp, **signing).send(outbound())
    (content,) = smtp.contents
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return key.dns_record

    assert dkim.verify(content, dnsfunc=dns)
    assert asked == [b"s1._domainkey.entente.example."]
    assert b"\r\nList-Unsubscribe: <https://entente.example/webhooks/email/inbound?stop=" in content
    for changed in (content.replace(b"To: camille", b"To: other"), content.replace(b"List-Unsubscribe: <", b"List-Unsubscribe: <x"),
                    content + b"more\r\n", b"Subject: other\r\n" + content):  # fmt: skip
        assert changed != content
        assert not dkim.verify(changed, dnsfunc=dns)


def test_without_a_key_every_header_a_provider_signs_is_there(smtp: FakeSmtp) -> None:
    channel_of(smtp).send(outbound())
    (sent,) = smtp.mails
    assert "DKIM-Signature" not in sent
    assert all(
        sent[name] for name in ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "List-Unsubscribe")
    )
    assert smtp.contents[0].isascii()  # no relay has to write it anew


@pytest.mark.parametrize(
    "content", [None, b"", b"-----BEGIN RSA PRIVATE KEY-----\nnonsense\n-----END RSA PRIVATE KEY-----"]
)
def test_a_key_that_is_none_refuses_to_start(smtp: FakeSmtp, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "key.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WrongSetting, match="DKIM_KEY_FILE"):
        channel_of(smtp, ENTENTE_EMAIL_DKIM_SELECTOR="s1", ENTENTE_EMAIL_DKIM_KEY_FILE=str(path))
    with pytest.raises(WrongSetting, match="DKIM_KEY_FILE"):
        channel_of(smtp, ENTENTE_EMAIL_DKIM_SELECTOR="s1")


def test_it_stands_in_the_thread_it_answers(smtp: FakeSmtp) -> None:
    channel = channel_of(smtp)
    channel.send(outbound(answers=f"<{'m1' * 60}@example.org>"))
    channel.send(outbound(answers="<two words@x>\r\nBcc: everybody"))
    first, second = smtp.mails
    assert first["In-Reply-To"] == first["References"] == f"<{'m1' * 60}@example.org>"
    assert b"In-Reply-To: <m1m1" in smtp.contents[0]
    assert not second["In-Reply-To"] and not second["Bcc"]


def test_an_answer_finds_its_conversation_by_the_address_it_is_sent_to(smtp: FakeSmtp) -> None:
    channel = channel_of(smtp, ENTENTE_EMAIL_PLUS_ADDRESSES="true")
    channel.send(outbound())
    address = smtp.mails[0]["Reply-To"].addresses[0].addr_spec
    assert address.startswith("contact+") and len(address.partition("@")[0]) <= 64
    forged = address.replace("contact+0", "contact+1")
    for written_to, key in (
        (address, KEY),
        (address.upper(), KEY),
        (forged, None),
        ("contact+x@entente.example", None),
    ):
        answer = mail("oui")
        del answer["To"]
        answer["To"] = written_to
        (event,) = channel.read(signed(answer.as_bytes()))
        (said,) = channel.parse(event.body)
        assert said.answers == key  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("refusal", "ending"),
    [("550 5.1.1 No such user here", "gone"), ("550 5.7.1 Policy", None), ("552 5.2.2 Mailbox full", None)],
)
def test_a_refusal_says_whether_anybody_is_there(smtp: FakeSmtp, refusal: str, ending: str | None) -> None:
    smtp.refusals["camille@example.org"] = refusal
    with pytest.raises(PermanentFailure) as refused:
        channel_of(smtp).send(outbound())
    assert refused.value.ending == ending
