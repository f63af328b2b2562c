"""Somebody who owes money, on one of the five channels: writes as their provider tells us, reads what it was given."""

from __future__ import annotations

import itertools
import time
import uuid
from typing import Any, Protocol

import httpx
import psycopg

from channels.messages import Call
from tests.channels.email import case as email
from tests.channels.sms import case as sms
from tests.channels.telegram import case as telegram
from tests.channels.whatsapp import case as whatsapp
from tests.fakes import fake_twilio
from tests.journeys.debtor import DebtorChat
from tests.journeys.providers import Providers

PHOTO = fake_twilio.JPEG
ANSWERED_WITHIN = 60.0  # seconds, on a machine that does other things

_BUSY = """
select exists (select from external_event where handled_at is null)
    or exists (select from message join conversation on conversation.id = message.conversation_id
               where address = %(address)s and author = 'debtor' and handled_at is null)
    or exists (select from delivery join conversation on conversation.id = delivery.conversation_id
               where address = %(address)s and state = 'waiting')
"""
_CONVERSATION = "select id from conversation where channel = %s and address = %s order by id desc limit 1"


class Line(Protocol):
    """One debtor's end of a channel."""

    channel: str
    address: str

    def call(self, text: str, *, photo: bool = False) -> Call:
        """What the provider tells us when they write."""

    def heard(self) -> list[str]:
        """The texts their device has got, in order."""


class Sms:
    channel = "sms"

    def __init__(self, providers: Providers, api_url: str, language: str) -> None:
        self._twilio, self._api_url = providers.twilio, api_url
        self.address = ("+336" if language == "fr" else "+346") + _digits(8)

    def call(self, text: str, *, photo: bool = False) -> Call:
        sid = f"{'MM' if photo else 'SM'}{uuid.uuid4().hex}"
        where = f"{self._twilio.url}/2010-04-01/Accounts/{fake_twilio.ACCOUNT}/Messages/{sid}/Media/ME1"
        media = {"NumMedia": "1", "MediaUrl0": where, "MediaContentType0": "image/jpeg"} if photo else {}
        return sms.addressed(sms.twilio_text(text, sid, self.address, **media), self._api_url)

    def heard(self) -> list[str]:
        return [said["Body"] for said in list(self._twilio.sent.values()) if said["To"] == self.address]


class WhatsApp:
    channel = "whatsapp"

    def __init__(self, providers: Providers, api_url: str, language: str) -> None:
        self._graph = providers.graph
        self.address = ("+336" if language == "fr" else "+346") + _digits(8)

    def call(self, text: str, *, photo: bool = False) -> Call:
        key, whose = f"wamid.{uuid.uuid4().hex}", self.address.lstrip("+")
        if photo:
            image = {"id": next(iter(self._graph.files)), "mime_type": "image/jpeg", "caption": text}
            return whatsapp.message("image", image, key, whose)
        return whatsapp.message("text", {"body": text}, key, whose)

    def heard(self) -> list[str]:
        sent = [said for said in list(self._graph.sent.values()) if said.get("to") == self.address]
        return [_words(said) for said in sent]


class Telegram:
    channel = "telegram"
    _numbers = itertools.count(1)

    def __init__(self, providers: Providers, api_url: str, language: str) -> None:
        self._telegram, self._code = providers.telegram, language
        self.address = _digits(9)
        self._telegram.chats.add(self.address)

    def call(self, text: str, *, photo: bool = False) -> Call:
        number = next(self._numbers)
        size = {"file_id": "AgAC1", "file_unique_id": "u1", "width": 90, "height": 90, "file_size": len(PHOTO)}
        said = {"caption": text, "photo": [size]} if photo else {"text": text}
        told = telegram.message(int(self.address), number, code=self._code, **said)
        return telegram.signed(telegram.update(number, message=told))

    def heard(self) -> list[str]:
        return [said["text"] for said in list(self._telegram.sent) if str(said["chat_id"]) == self.address]


class Email:
    channel = "email"

    def __init__(self, providers: Providers, api_url: str, language: str) -> None:
        self._smtp = providers.smtp
        self.address = f"camille.{uuid.uuid4().hex[:8]}@example.{'es' if language == 'es' else 'org'}"

    def call(self, text: str, *, photo: bool = False) -> Call:
        told = email.mail(text, address=self.address)
        told.replace_header("Message-ID", f"<{uuid.uuid4().hex}@example.org>")
        if photo:
            told.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="facture.jpg")
        return email.signed(told.as_bytes())

    def heard(self) -> list[str]:
        mine = [mail for mail in list(self._smtp.mails) if mail["To"] == self.address]
        return [str(mail.get_body(("plain",)).get_content()) for mail in mine]  # type: ignore[union-attr]


LINES: dict[str, type[Sms] | type[WhatsApp] | type[Telegram] | type[Email]] = {
    line.channel: line for line in (Sms, WhatsApp, Telegram, Email)
}


class Correspondent:
    def __init__(self, demo: dict[str, Any], line: Line) -> None:
        self.line = line
        self._database_url = demo["database_url"]
        self._http = httpx.Client(base_url=demo["api_url"], timeout=30, trust_env=False)

    def say(self, text: str, *, photo: bool = False) -> str:
        """What comes back, all of it."""
        before = len(self.line.heard())
        answer = post(self._http, self.line.call(text, photo=photo))
        assert answer.status_code == 200, (answer.status_code, answer.text)
        self._wait_for_the_end_of_the_turn()
        return "\n".join(self.line.heard()[before:])

    @property
    def conversation_id(self) -> str:
        with psycopg.connect(self._database_url) as database:
            row = database.execute(_CONVERSATION, [self.line.channel, self.line.address]).fetchone()
        assert row, "no conversation has begun"
        return str(row[0])

    def _wait_for_the_end_of_the_turn(self) -> None:
        deadline = time.monotonic() + ANSWERED_WITHIN
        with psycopg.connect(self._database_url, autocommit=True) as database:
            while database.execute(_BUSY, {"address": self.line.address}).fetchone() != (False,):
                assert time.monotonic() < deadline, "no answer in time"
                time.sleep(0.05)


class OnTheWebsite:
    """The same for the website, which has no provider."""

    def __init__(self, demo: dict[str, Any], creditor: str, language: str) -> None:
        self._chat = DebtorChat(demo["api_url"], creditor, language)
        self.conversation_id = self._chat.conversation_id

    def say(self, text: str, *, photo: bool = False) -> str:
        return self._chat.send_file("facture.jpg", "image/jpeg", PHOTO, text) if photo else self._chat.say(text)


def post(http: httpx.Client, call: Call) -> httpx.Response:
    """The provider's call, sent to the demo. What was signed is not touched."""
    path = call.url.partition("://")[2].partition("/")[2]
    return http.post(f"/{path}", content=call.body, headers=dict(call.headers))


def _words(said: dict[str, Any]) -> str:
    interactive = said.get("interactive")
    return str(interactive["body"]["text"] if interactive else said.get("text", {}).get("body", ""))


def _digits(count: int) -> str:
    return str(uuid.uuid4().int)[:count].replace("0", "5")
