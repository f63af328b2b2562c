"""What a debtor has in hand on each channel: it writes as their provider tells us, and has got what their provider was given."""

from __future__ import annotations

import itertools
import uuid
from typing import Any, Protocol

from channels.messages import Call
from tests.channels.email import case as email
from tests.channels.sms import case as sms
from tests.channels.telegram import case as telegram
from tests.channels.whatsapp import case as whatsapp
from tests.fakes import fake_twilio
from tests.journeys.providers import Providers

PHOTO = fake_twilio.JPEG


class Line(Protocol):
    """One debtor's end of a channel."""

    channel: str
    address: str

    def call(self, text: str, *, photo: bool = False) -> Call:
        """What the provider tells us when they write."""

    def heard(self) -> list[str]:
        """The texts their device has got, in order."""

    def buttons(self) -> dict[str, str]:
        """What can be pressed under the last message, by title: where a channel has buttons."""

    def press(self, payload: str) -> Call: ...


class WithoutButtons:
    def buttons(self) -> dict[str, str]:
        return {}

    def press(self, payload: str) -> Call:
        raise NotImplementedError


class Sms(WithoutButtons):
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
        return [_words(said) for said in self._got() if said["type"] in ("text", "interactive")]

    def buttons(self) -> dict[str, str]:
        action = self._got()[-1].get("interactive", {}).get("action", {})
        rows = [row for section in action.get("sections", ()) for row in section["rows"]]
        return {one["title"]: one["id"] for one in (*(b["reply"] for b in action.get("buttons", ())), *rows)}

    def press(self, payload: str) -> Call:
        title = next(title for title, known in self.buttons().items() if known == payload)
        said = {"type": "button_reply", "button_reply": {"id": payload, "title": title}}
        return whatsapp.message("interactive", said, f"wamid.{uuid.uuid4().hex}", self.address.lstrip("+"))

    def _got(self) -> list[dict[str, Any]]:
        return [said for said in list(self._graph.sent.values()) if said.get("to") == self.address]


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
        return [said["text"] for said in self._got() if "text" in said]

    def buttons(self) -> dict[str, str]:
        rows = self._got()[-1].get("reply_markup", {}).get("inline_keyboard", ())
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    def press(self, payload: str) -> Call:
        number = next(self._numbers)
        chat = {"id": int(self.address), "type": "private"}
        query = {"id": f"q{number}", "from": telegram.user(int(self.address), self._code), "chat_instance": "1"}
        shown = {"message_id": number, "chat": chat, "date": 1795334400}
        return telegram.signed(telegram.update(number, callback_query={**query, "data": payload, "message": shown}))

    def _got(self) -> list[dict[str, Any]]:
        return [said for said in list(self._telegram.sent) if str(said["chat_id"]) == self.address]


class Email(WithoutButtons):
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


def _words(said: dict[str, Any]) -> str:
    interactive = said.get("interactive")
    return str(interactive["body"]["text"] if interactive else said.get("text", {}).get("body", ""))


def _digits(count: int) -> str:
    return str(uuid.uuid4().int)[:count].replace("0", "5")
