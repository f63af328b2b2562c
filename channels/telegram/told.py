"""What an update of the Bot API means: private chats alone; a group is none of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from channels.messages import UNREADABLE, Ended, Event, Inbound, Media, unreadable

Command = Literal["start", "privacy", "language"]
LANGUAGES = ("fr", "es")
COMMANDS: Mapping[str, tuple[Command, str | None]] = {
    "/start": ("start", None),
    "/privacy": ("privacy", None),
    "/langue": ("language", "fr"),
    "/idioma": ("language", "es"),
}
SAID = {"/stop": "STOP"}
TYPED = frozenset({"text", "caption", "file_name"})


def update_of(body: dict[str, Any]) -> Update:
    """Raises ValueError where it is no update."""
    try:
        update = Update.de_json(body, None)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError(f"not an update: {type(error).__name__}") from error
    if not isinstance(body.get("update_id"), int):
        raise ValueError("no update_id")
    return update


def event_of(body: dict[str, Any]) -> Event | None:
    """None where nobody of ours speaks. Raises ValueError where it is no update at all."""
    try:
        update = update_of(body)
    except ValueError:
        if not isinstance(body.get("update_id"), int):
            raise
        return unreadable(body)
    chat = update.effective_chat
    if not chat or chat.type != ChatType.PRIVATE:
        return None
    return Event(str(update.update_id), str(chat.id), body, TYPED)


def meaning_of(body: dict[str, Any]) -> Sequence[Inbound | Ended]:
    if UNREADABLE in body:
        return []
    update = update_of(body)
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.my_chat_member:
        return _blocked(update.my_chat_member)
    message = update.message or update.edited_message  # what was corrected is said anew
    if not message or message.chat.type != ChatType.PRIVATE:
        return []
    key = str(message.message_id) if not update.edited_message else f"{message.message_id}:edit:{update.update_id}"
    return [_message(message, key)]


def _message(message: Message, key: str) -> Inbound:
    text, address = _text(message.text) or _text(message.caption), str(message.chat.id)
    language = _language(message.from_user.language_code if message.from_user else None)
    word, _, rest = text.partition(" ")
    word = word.partition("@")[0].lower()
    if word in COMMANDS:
        command, chosen = COMMANDS[word]
        chosen = rest.strip().lower() if rest.strip().lower() in LANGUAGES else chosen
        link = rest.strip() if command == "start" and rest.strip() else None
        return Inbound(address, key, command=command, language=chosen or language, link=link)
    media = _media(message)
    unread = not media and (not text or bool(message.effective_attachment))
    return Inbound(address, key, SAID.get(word, text), media=media, language=language, unread=unread)


def _media(message: Message) -> tuple[Media, ...]:
    if message.photo:
        return (Media(f"photo-{message.message_id}.jpg", "image/jpeg", ref=message.photo[-1].file_id),)
    document = message.document
    if document:
        return (Media(document.file_name or "document", document.mime_type or "", ref=document.file_id),)
    return ()


def _pressed(query: CallbackQuery) -> Sequence[Inbound]:
    if not query.data or not query.from_user or (query.message and query.message.chat.type != ChatType.PRIVATE):
        return []
    return [
        Inbound(
            str(query.from_user.id),
            f"query:{query.id}",
            payload=query.data,
            language=_language(query.from_user.language_code),
        )
    ]


def _blocked(change: ChatMemberUpdated) -> Sequence[Ended]:
    """Whoever blocks the bot has asked for silence, as clearly as by its word; no confirmation could reach them."""
    now = change.new_chat_member
    if change.chat.type != ChatType.PRIVATE or not now or now.status != ChatMemberStatus.BANNED:
        return []
    return [Ended(str(change.chat.id), "blocked on Telegram")]


def _language(code: str | None) -> str | None:
    return _text(code)[:2].lower() if _text(code)[:2].lower() in LANGUAGES else None


def _text(value: object) -> str:
    """What the library takes on trust."""
    return value if isinstance(value, str) else ""
