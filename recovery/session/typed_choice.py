"""Choices that were written into a text are answered in writing: by their number, or by their own words."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.messages import are_numbered
from recovery.consent.folded import folded
from recovery.session.records import Conversation, Message


def typed_choice(session: Session, conversation: Conversation, text: str) -> str | None:
    """The opaque id of the choice meant, among those of the last message that was sent; None where it is none."""
    last = select(Message.buttons).where(Message.conversation_id == conversation.id, Message.author != "debtor")
    buttons: list[dict[str, str]] = session.scalar(last.order_by(Message.seq.desc()).limit(1)) or []
    said = _bare(text)
    by_words = [button["payload"] for button in buttons if said and said == _bare(button["title"])]
    if by_words:
        return by_words[0]
    numbered = are_numbered([button["title"] for button in buttons])
    if numbered and said.isdecimal() and len(said) <= 2 and 1 <= int(said) <= len(buttons):
        return buttons[int(said) - 1]["payload"]
    return None


def _bare(text: str) -> str:
    return folded(text).strip(" .,;:!?)(\"'«»¿¡")
