"""Buttons: the debtor's device is given an opaque id; what it means stays with us."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.session.records import Conversation, Message


def opaque(buttons: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """[{"title", "payload": what it means}] in; [{"title", "payload": opaque id, "means"}] out."""
    return [{"title": b["title"], "payload": f"b_{secrets.token_urlsafe(9)}", "means": b["payload"]} for b in buttons]


def pressed_button(session: Session, conversation: Conversation, payload: str) -> dict[str, str] | None:
    """The button of this conversation that carries this id, or None: a payload from anywhere else means nothing."""
    asked = select(Message.buttons).where(
        Message.conversation_id == conversation.id, Message.buttons.contains([{"payload": payload}])
    )
    shown: list[dict[str, str]] = session.scalar(asked.limit(1)) or []
    return next((button for button in shown if button["payload"] == payload), None)
