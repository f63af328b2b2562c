"""A person's answer to the debtor: through the same door as every other text."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recovery.audit import record_act
from recovery.clock import Clock
from recovery.errors import Invalid
from recovery.handover.hold import HeldByAnother, NotTaken, first_name, holder_of, lock, open_handovers
from recovery.handover.notices import notify_desk
from recovery.handover.records import DeskUser
from recovery.handover.wants_an_answer import wants_an_answer
from recovery.session.clean_text import clean
from recovery.session.notices import notify_message
from recovery.session.records import Conversation, Message
from recovery.session.say import say

LONGEST_ANSWER = 4000  # characters


class NothingWritten(Invalid):
    kind = "nothing-written"

    def __init__(self) -> None:
        super().__init__("There is nothing to send.")


class AnswerTooLong(Invalid):
    kind = "answer-too-long"

    def __init__(self) -> None:
        super().__init__(f"An answer holds {LONGEST_ANSWER} characters at most.")


def reply(session: Session, clock: Clock, conversation: Conversation, agent: DeskUser, text: str) -> Message:
    """Raises NotTaken, HeldByAnother, and MayNotBeSaid where the gate refuses: then nothing has left."""
    words = clean(text)
    if not words:
        raise NothingWritten()
    if len(words) > LONGEST_ANSWER:
        raise AnswerTooLong()
    lock(session, conversation)
    _may_write(session, conversation, agent)
    solicited = wants_an_answer(session, conversation)
    message = say(
        session, clock, conversation, words, author="agent", author_name=first_name(agent), solicited=solicited
    )
    _now_a_person_talks(session, conversation)
    for handover in open_handovers(session, conversation):
        handover.answered_at = handover.answered_at or clock.now()
    record_act(
        session,
        clock,
        f"agent:{agent.id}",
        "conversation.answered",
        f"conversation:{conversation.id}",
        message_id=str(message.id),
    )
    notify_desk(session, conversation.id)
    return message


def _may_write(session: Session, conversation: Conversation, agent: DeskUser) -> None:
    holder = holder_of(session, conversation)
    if holder is None:
        raise NotTaken()
    if holder.id != agent.id:
        raise HeldByAnother(holder)


def _now_a_person_talks(session: Session, conversation: Conversation) -> None:
    """Answering on a task beside the conversation takes the conversation over: two must not talk at once."""
    if conversation.mode == "human":
        return
    conversation.mode = "human"
    for handover in open_handovers(session, conversation):
        handover.takes_over = True
    notify_message(session, conversation.id)
