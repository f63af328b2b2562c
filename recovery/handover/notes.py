"""Notes of the people of the desk, for each other. Debtors never see them; a data request may show them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.handover.notices import notify_desk
from recovery.handover.records import DeskUser, Note
from recovery.handover.reply import LONGEST_ANSWER, AnswerTooLong, NothingWritten
from recovery.session.clean_text import clean
from recovery.session.listening import masked
from recovery.session.records import Conversation


def write_note(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser, text: str) -> Note:
    """Card numbers and passwords are masked as in a message. No lock is needed: notes do not leave."""
    words, _ = masked(clean(text))
    if not words:
        raise NothingWritten()
    if len(words) > LONGEST_ANSWER:
        raise AnswerTooLong()
    note = Note(conversation_id=conversation.id, agent_id=agent.id, text=words, created_at=clock.now())
    session.add(note)
    session.flush()
    record_act(
        session, clock, f"agent:{agent.id}", "note.written", f"conversation:{conversation.id}", note=str(note.id)
    )
    notify_desk(session, conversation.id)
    return note


def notes_of(session: Session, conversation: Conversation) -> list[tuple[Note, str]]:
    """Oldest first, each with its author's name."""
    wanted = (
        select(Note, DeskUser.name)
        .join(DeskUser, DeskUser.id == Note.agent_id)
        .where(Note.conversation_id == conversation.id)
    )
    return [(note, name) for note, name in session.execute(wanted.order_by(Note.created_at, Note.id))]
