"""A turn: the oldest unanswered message of a conversation is answered, once, however often the turn is taken.

Two short transactions with the call to Rasa between them: the first keeps what is asked, the second writes every reply
and marks the message handled, under the conversation's row lock. A worker that dies in between leaves the message
waiting; the next one asks the same again (the actions answer it from `action_run`), and whoever comes second finds it
handled.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.consent.opt_out import silence_asked_for
from recovery.debts.records import Creditor
from recovery.handover.hand_over import hand_over
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.session.dialogue import Dialogue, Reply
from recovery.session.hold import now_held
from recovery.session.patience import Patience
from recovery.session.plain_words import answered_without_the_assistant
from recovery.session.question import question_for
from recovery.session.records import Attachment, Conversation, Message
from recovery.session.say import say
from recovery.session.waiting import Waiting
from recovery.texts import text_for

log = logging.getLogger(__name__)

# Rasa that says nothing is asked again (an action may have failed in silence) before the debtor is asked to say it
# otherwise.
SILENCES_BORNE = 2


class SaidNothing(Exception):
    """Rasa answered without a word; the message is asked again."""


@dataclass(frozen=True)
class Turns:
    """What taking a turn needs, one per process. `begin` opens a transaction."""

    begin: Callable[[], AbstractContextManager[Session]]
    clock: Clock
    dialogue: Dialogue
    patience: Patience

    def take(self, conversation_id: uuid.UUID) -> None:
        """Answer the oldest message that waits in this conversation. Raises whatever keeps it waiting.

        Each message has a job of its own under the conversation's lock, so one turn a job is enough.
        """
        try:
            self._answer_oldest(conversation_id)
        except Exception as error:
            if not self._passed_on(conversation_id):
                raise
            log.error("Conversation %s went to a person: %r", conversation_id, error)

    def _answer_oldest(self, conversation_id: uuid.UUID) -> None:
        with self.begin() as session:
            waiting = _oldest_waiting(session, conversation_id)
            question = _prepare(session, self.clock, waiting) if waiting else None
        if question:
            replies = self.dialogue.ask(str(conversation_id), question.text, question.metadata)
            with self.begin() as session:
                spoke = _conclude(session, self.clock, question, replies)
            if not spoke:
                raise SaidNothing(f"to message {question.message_id}")

    def _passed_on(self, conversation_id: uuid.UUID) -> bool:
        with self.begin() as session:
            waiting = _oldest_waiting(session, conversation_id)
            return waiting is not None and self.patience.waited(session, self.clock, waiting)


@dataclass(frozen=True)
class Question:
    message_id: uuid.UUID
    text: str
    metadata: dict[str, Any]


def _oldest_waiting(session: Session, conversation_id: uuid.UUID) -> Waiting | None:
    attached = select(func.array_agg(Attachment.id)).where(Attachment.message_id == Message.id).scalar_subquery()
    asked = (
        select(Message, Conversation, Creditor.name, Debtor.time_zone, silence_asked_for(Conversation), attached)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Creditor, Creditor.id == Conversation.creditor_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .where(Message.conversation_id == conversation_id, Message.author == "debtor", Message.handled_at.is_(None))
        .order_by(Message.seq)
        .limit(1)
        .with_for_update(of=Conversation)
    )
    row = session.execute(asked).first()
    if not row:
        return None
    message, conversation, creditor, zone, silent, attachments = row
    now_held(session, conversation)
    return Waiting(message, conversation, creditor, zone, silent, attachments or [])


def _prepare(session: Session, clock: Clock, waiting: Waiting) -> Question | None:
    """What to ask the assistant, or None where the message is dealt with already."""
    message, conversation = waiting.message, waiting.conversation
    if answered_without_the_assistant(session, clock, waiting):
        message.handled_at = clock.now()
        return None
    if not message.asked:
        message.asked = question_for(clock, waiting)
        conversation.language = message.language = message.asked["metadata"]["language"]
    return Question(message.id, message.asked["text"], message.asked["metadata"])


def _conclude(session: Session, clock: Clock, question: Question, replies: list[Reply]) -> bool:
    """Write the replies and close the turn. False where nothing was said and it is worth asking again."""
    asked = select(Message, Conversation).join(Conversation, Conversation.id == Message.conversation_id)
    row = session.execute(asked.where(Message.id == question.message_id).with_for_update(of=Conversation))
    message, conversation = row.one()
    now_held(session, conversation)
    if message.handled_at:  # another worker was faster
        return True
    if not replies and conversation.mode == "bot":
        if _silences(message) <= SILENCES_BORNE:
            return False
        log.error("Rasa said nothing to message %s", message.id)
        replies = [_instead_of_silence(session, clock, conversation, message)]
    if not _held_by_a_person(session, conversation):
        _say_all(session, clock, conversation, message, replies)
    message.handled_at = clock.now()
    conversation.told_waiting_at = None
    return True


def _instead_of_silence(session: Session, clock: Clock, conversation: Conversation, message: Message) -> Reply:
    """Asks to say it otherwise, once; the second time in a row a person takes over."""
    last = select(Message.text).where(Message.conversation_id == conversation.id, Message.author == "bot")
    asked_before = text_for("not_understood", conversation.language)
    if session.scalar(last.order_by(Message.seq.desc()).limit(1)) != asked_before:
        return Reply(asked_before)
    hand_over(session, clock, conversation, reason="misunderstood", words=message.text)
    return Reply(text_for("waited_too_long", conversation.language))


def _silences(message: Message) -> int:
    """How often Rasa had nothing to say to this, this time included."""
    asked = dict(message.asked or {})
    asked["silences"] = asked.get("silences", 0) + 1
    message.asked = asked
    return int(asked["silences"])


def _held_by_a_person(session: Session, conversation: Conversation) -> bool:
    """A person took the conversation while the assistant was thinking: its answer stays unsaid."""
    if conversation.mode != "human":
        return False
    taken = select(Handover.id).where(
        Handover.conversation_id == conversation.id, Handover.state == "taken", Handover.takes_over.is_(True)
    )
    return session.scalar(taken.limit(1)) is not None


def _say_all(
    session: Session, clock: Clock, conversation: Conversation, message: Message, replies: list[Reply]
) -> None:
    for reply in replies:
        attachments = [uuid.UUID(key) for key in reply.attachments]
        say(session, clock, conversation, reply.text, buttons=reply.buttons, answers=message, attachments=attachments)
