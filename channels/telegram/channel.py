"""Telegram: a bot cannot write first (CH-09); a debtor opens it, best by a link from a channel of theirs we know."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import FileSizeLimit, MessageLimit

from channels.contract import Capabilities, PermanentFailure, TemporaryFailure
from channels.http import LARGEST_FILE
from channels.messages import Call, Ended, Event, Inbound, Media, Outbound
from channels.pace import Pace
from channels.parts import Parts, cut
from channels.settings import Given, WrongSetting
from channels.telegram.bot_api import BotApi
from channels.telegram.told import event_of, meaning_of

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
PHOTOS = frozenset({"image/jpeg", "image/png"})
# Telegram's own limits: some thirty a second in all, one a second in a chat.
PER_SECOND, APART = 25, 1.0
LISTENED_TO = ["message", "edited_message", "callback_query", "my_chat_member"]
ACKNOWLEDGED_WITHIN = 3.0  # seconds; later Telegram refuses it, and it was a courtesy


class TelegramChannel:
    name = "telegram"
    source = "telegram"
    capabilities = Capabilities(
        buttons=10,
        media=frozenset({*PHOTOS, "application/pdf", "image/webp", "image/heic"}),
        longest=LONGEST,
        window_hours=None,
        templates=False,
        cost_unit="none",
        starts=False,
    )

    def __init__(self, given: Given) -> None:
        self._secret = given.needed("ENTENTE_TELEGRAM_WEBHOOK_SECRET", "Telegram hands it back with every call")
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", self._secret):
            raise WrongSetting("ENTENTE_TELEGRAM_WEBHOOK_SECRET: 16 to 256 of A-Z, a-z, 0-9, _ and -.")
        self._address = f"{given.public_url}/webhooks/telegram"
        self._api = BotApi(given)
        self._pace = Pace(PER_SECOND, given.number("ENTENTE_TELEGRAM_APART_SECONDS", APART))
        self._parts = Parts()

    def verify(self, call: Call) -> bool:
        given = call.headers.get("x-telegram-bot-api-secret-token", "")
        return hmac.compare_digest(given.encode(), self._secret.encode())

    def challenge(self, call: Call) -> str | None:
        return None

    def read(self, call: Call) -> Sequence[Event]:
        body = json.loads(call.body)
        if not isinstance(body, dict):
            raise ValueError("an update was expected")
        event = event_of(body)
        return [event] if event else []

    def parse(self, body: dict[str, Any]) -> Sequence[Inbound | Ended]:
        return meaning_of(body)

    def answer(self) -> tuple[str, str]:
        return "", "text/plain"

    def took(self, inbound: Inbound) -> None:
        """The button's little clock stops."""
        kind, _, key = inbound.external_id.partition(":")
        if kind == "query":
            with suppress(TemporaryFailure, PermanentFailure):
                self._api.call(self._api.bot.answer_callback_query(key), ACKNOWLEDGED_WITHIN)

    def send(self, outbound: Outbound) -> str:
        if not re.fullmatch(r"[1-9]\d{0,18}", outbound.address):  # groups have negative numbers
            raise PermanentFailure("This is no private chat of Telegram's")
        chat = int(outbound.address)
        # Telegram counts as UTF-16 does: a smile is two.
        longest = LONGEST if all(character <= "\uffff" for character in outbound.text) else LONGEST // 2
        *before, last = cut(outbound.text, longest) or [""]
        texts: list[Callable[[], str]] = [partial(self._text, chat, text, None) for text in before]
        if last:
            texts.append(partial(self._text, chat, last, _keyboard(outbound)))
        return self._parts.send(outbound.key, [*texts, *(partial(self._file, chat, media) for media in outbound.media)])

    def fetch(self, media: Media) -> bytes:
        file = self._api.call(self._api.bot.get_file(media.ref or ""))
        if (file.file_size or 0) > min(LARGEST_FILE, int(FileSizeLimit.FILESIZE_DOWNLOAD)):
            raise PermanentFailure("This file is too large to be kept")
        return bytes(self._api.call(file.download_as_bytearray()))

    def poll(self, after: int | None, wait: int = 20) -> tuple[Sequence[dict[str, Any]], int | None]:
        """For a laptop without a public address: updates as a webhook would bring them, and where to go on."""
        updates = self._api.call(
            self._api.bot.get_updates(offset=after, timeout=wait, allowed_updates=LISTENED_TO), wait + LONGEST_WAIT
        )
        return [update.to_dict() for update in updates], updates[-1].update_id + 1 if updates else after

    def set_webhook(self) -> None:
        """Tells Telegram where to call, with the secret it hands back."""
        self._api.call(self._api.bot.set_webhook(self._address, secret_token=self._secret, allowed_updates=LISTENED_TO))

    def drop_webhook(self) -> None:
        """Telegram does not give updates to who asks while a webhook is set."""
        self._api.call(self._api.bot.delete_webhook())

    def _text(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> str:
        self._pace.wait(str(chat))
        quiet = LinkPreviewOptions(is_disabled=True)
        return _reference(
            self._api.call(self._api.bot.send_message(chat, text, reply_markup=keyboard, link_preview_options=quiet))
        )

    def _file(self, chat: int, media: Media) -> str:
        try:
            content = Path(unquote(urlsplit(media.url or "").path)).read_bytes()
        except OSError as error:
            raise PermanentFailure("The file to send is not there") from error
        self._pace.wait(str(chat))
        if media.mime in PHOTOS and len(content) <= int(FileSizeLimit.PHOTOSIZE_UPLOAD):
            return _reference(self._api.call(self._api.bot.send_photo(chat, content, filename=media.name)))
        return _reference(self._api.call(self._api.bot.send_document(chat, content, filename=media.name)))


LONGEST_WAIT = 10.0  # seconds beyond what Telegram was asked to wait


def _keyboard(outbound: Outbound) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.title, callback_data=button.payload)] for button in outbound.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _reference(message: Message) -> str:
    return f"{message.chat.id}:{message.message_id}"
