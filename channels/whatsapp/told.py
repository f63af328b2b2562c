"""What Meta's webhook tells: messages, what became of ours, and a person who writes from elsewhere now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from channels.messages import UNREADABLE, DeliveryState, Event, Inbound, Media, Moved, Receipt, unreadable

log = logging.getLogger(__name__)

STATES: Mapping[str, DeliveryState] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}
READABLE = ("image", "document")  # of the kinds of files; a voice message, a film or a sticker says nothing to us
NOBODY_NEEDS_AN_ANSWER = ("reaction", "revoke", "ephemeral", "request_welcome")
TYPED = frozenset({"body", "caption", "text", "filename"})


def events_of(body: Any, phone_number_id: str) -> Iterator[Event]:
    """One call may tell several things, of several numbers; others' are not ours to keep. Raises ValueError."""
    if not isinstance(body, dict) or not isinstance(body.get("entry"), list):
        raise ValueError("an object with entries was expected")
    try:
        for entry in body["entry"]:
            for change in entry.get("changes", ()):
                value = change.get("value", {})
                if change.get("field") == "messages" and value["metadata"]["phone_number_id"] == phone_number_id:
                    yield from _events(value)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not in the form of a message: {error}") from error


def _events(value: dict[str, Any]) -> Iterator[Event]:
    to = value["metadata"].get("display_phone_number")
    for message in value.get("messages") or ():
        yield _event(message, lambda told: _message_event(told, to))
    for status in value.get("statuses") or ():
        yield _event(status, _status_event)
    for error in value.get("errors") or ():
        log.error("WhatsApp tells of an error of its own: %s", error)


def _event(told: Any, read: Callable[[Any], Event]) -> Event:
    """One that cannot be read does not keep the others from being taken in."""
    try:
        return read(told)
    except (AttributeError, KeyError, TypeError, ValueError):
        return unreadable(told)


def _message_event(message: dict[str, Any], to: Any) -> Event:
    kept = {name: told for name, told in message.items() if name != "referral"}
    return Event(_named(message), _whose(message), {"message": kept, "to": to}, TYPED)


def _status_event(status: dict[str, Any]) -> Event:
    return Event(f"{_named(status)}:{status['status']}", _named(status), {"status": status})


def meaning_of(body: dict[str, Any]) -> Sequence[Inbound | Receipt | Moved]:
    if UNREADABLE in body:
        return []
    if "status" in body:
        return _receipt(body["status"])
    message, kind = body["message"], body["message"].get("type")
    if kind == "system":
        return _moved(message)
    if kind in NOBODY_NEEDS_AN_ANSWER or message.get("group_id") or not _whose(message):
        return []
    text, payload, media = _said(_corrected(message) if kind == "edit" else message)
    return [
        Inbound(
            _whose(message),
            message["id"],
            text,
            payload,
            media,
            to=_number(body.get("to") or ""),
            unread=(not media and _is_a_file(message)) or not (text or payload or media),
        )
    ]


def _corrected(message: dict[str, Any]) -> dict[str, Any]:
    """What a correction says now; said anew, as a message of its own."""
    return _object(_object(message.get("edit")).get("message"))


def _said(message: dict[str, Any]) -> tuple[str, str | None, tuple[Media, ...]]:
    kind = str(message.get("type"))
    said = _object(message.get(kind))
    if kind == "text":
        return _text(said.get("body")), None, ()
    if kind == "button":  # an answer to a template
        return _text(said.get("text")), said.get("payload"), ()
    if kind == "interactive":
        chosen = _object(said.get("button_reply") or said.get("list_reply"))
        return _text(chosen.get("title")), chosen.get("id"), ()
    media: tuple[Media, ...] = ()
    if kind in READABLE and said.get("id"):
        name, mime = said.get("filename") or f"{kind}-{said['id']}", _text(said.get("mime_type")).partition(";")[0]
        media = (Media(name, mime, ref=str(said["id"])),)
    return _text(said.get("caption")), None, media


def _is_a_file(message: dict[str, Any]) -> bool:
    """Any kind of file has a name at Meta's."""
    return "id" in _object(message.get(str(message.get("type"))))


def _receipt(status: dict[str, Any]) -> Sequence[Receipt]:
    state = STATES.get(_text(status["status"]))
    errors = status.get("errors")
    first = _object(errors[0]) if isinstance(errors, list) and errors else {}
    error = f"WhatsApp {first['code']}" if first.get("code") else None
    return [Receipt(status["id"], state, error, key=status.get("biz_opaque_callback_data"))] if state else []


def _moved(message: dict[str, Any]) -> Sequence[Moved]:
    """A new number, or a new name at Meta's for who hides theirs: known by the one before."""
    system = _object(message.get("system"))
    new, old = system.get("user_id"), system.get("previous_user_id")
    number = _number(system.get("wa_id") or system.get("new_wa_id") or "")
    whose = _whose(message)
    by_name = [Moved(str(old), number or new)] if old and old != whose else []
    return [*([Moved(whose, number or new)] if whose else []), *by_name]


def _named(told: dict[str, Any]) -> str:
    """Raises ValueError: without Meta's own id nobody can tell it from its repetition."""
    if not told["id"] or not isinstance(told["id"], str):
        raise ValueError("something without an id")
    return str(told["id"])


def _whose(message: dict[str, Any]) -> str:
    """Their number; where they hide it behind a username, Meta's own id of them for us (`FR.1234…`)."""
    return _number(message.get("from") or "") or str(message.get("from_user_id") or "")


def _number(digits: str) -> str:
    """Meta writes numbers without their sign, and sometimes with spaces."""
    bare = "".join(character for character in str(digits) if character.isdigit())
    return f"+{bare}" if bare and not any(character.isalpha() for character in str(digits)) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
