"""What Meta's webhook tells: messages, what became of ours, and a number that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from channels.messages import DeliveryState, Event, Inbound, Media, Moved, Receipt

STATES: Mapping[str, DeliveryState] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}
FILES = ("image", "document", "video", "audio", "voice", "sticker")
NOBODY_NEEDS_AN_ANSWER = ("reaction", "revoke", "ephemeral", "request_welcome")


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
    for message in value.get("messages", ()):
        kept = {name: told for name, told in message.items() if name != "referral"}
        yield Event(message["id"], _whose(message), {"message": kept, "to": to})
    for status in value.get("statuses", ()):
        yield Event(f"{status['id']}:{status['status']}", status["id"], {"status": status})


def meaning_of(body: dict[str, Any]) -> Sequence[Inbound | Receipt | Moved]:
    if "status" in body:
        return _receipt(body["status"])
    message, kind = body["message"], body["message"].get("type")
    if kind == "system":
        return [Moved(_whose(message), _new_number(message.get("system", {})))]
    if kind in NOBODY_NEEDS_AN_ANSWER or not _whose(message):
        return []
    text, payload, media = _said(message, kind)
    unread = not text and not payload and kind not in ("image", "document")
    return [
        Inbound(_whose(message), message["id"], text, payload, media, to=_number(body.get("to") or ""), unread=unread)
    ]


def _said(message: dict[str, Any], kind: str) -> tuple[str, str | None, tuple[Media, ...]]:
    said = message.get(kind) or {}
    if kind == "text":
        return said.get("body", ""), None, ()
    if kind == "button":  # an answer to a template
        return said.get("text", ""), said.get("payload"), ()
    if kind == "interactive":
        chosen = said.get("button_reply") or said.get("list_reply") or {}
        return chosen.get("title", ""), chosen.get("id"), ()
    if kind in FILES and said.get("id"):
        mime = said.get("mime_type", "").partition(";")[0]
        media = Media(said.get("filename") or f"{kind}-{said['id']}", mime, ref=said["id"])
        return said.get("caption", ""), None, (media,) if kind in ("image", "document") else ()
    return "", None, ()


def _receipt(status: dict[str, Any]) -> Sequence[Receipt]:
    state = STATES.get(status["status"])
    errors = status.get("errors") or [{}]
    error = f"WhatsApp {errors[0]['code']}" if errors[0].get("code") else None
    return [Receipt(status["id"], state, error, key=status.get("biz_opaque_callback_data"))] if state else []


def _whose(message: dict[str, Any]) -> str:
    """Their number; where they hide it behind a username, Meta's own id of them for us (`FR.1234…`)."""
    return _number(message.get("from") or "") or str(message.get("from_user_id") or "")


def _new_number(system: dict[str, Any]) -> str | None:
    return _number(system.get("wa_id") or system.get("new_wa_id") or "") or system.get("user_id")


def _number(digits: str) -> str:
    """Meta writes numbers without their sign, and sometimes with spaces."""
    bare = "".join(character for character in digits if character.isdigit())
    return f"+{bare}" if bare and not any(character.isalpha() for character in digits) else ""
