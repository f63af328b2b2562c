"""The conversation's row lock: whoever writes a message or takes a turn holds it, until the end of the transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.session.records import Conversation

_HELD = "entente.held"


def hold(session: Session, conversation: Conversation) -> None:
    """Lock the row and read its counter again, unless this transaction holds it already."""
    if conversation.id not in session.info.get(_HELD, ()):
        session.flush()
        session.refresh(conversation, attribute_names=["last_seq", "mode"], with_for_update=True)
        now_held(session, conversation)


def now_held(session: Session, conversation: Conversation) -> None:
    """For a row that was read with its lock, or has just been added."""
    session.info.setdefault(_HELD, set()).add(conversation.id)


def next_seq(session: Session, conversation: Conversation) -> int:
    """The place of the next message, under the row lock: two writers wait for each other here."""
    hold(session, conversation)
    conversation.last_seq += 1
    return conversation.last_seq
