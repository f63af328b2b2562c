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

from sqlalchemy import select
from sqlalchemy.orm import Session

from recovery.clock import Clock
from recovery.debts.records import Creditor
from recovery.handover.records import Handover
from recovery.identity.records import Debtor
from recovery.session.dialogue import Dialogue, Reply
from recovery.session.notices import notify_typing
from recovery.session.patience import Patience
from recovery.session.plain_words import answered_without_the_assistant
from recovery.session.question import question_for
from recovery.session.records import Conversation, Message
from recovery.session.say import say
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

    def take_all(self, conversation_id: uuid.UUID) -> None:
        """Answer everything that waits in this conversation, oldest first. Raises whatever keeps the oldest waiting."""
        while self._take_oldest(conversation_id):
            pass

    def _take_oldest(self, conversation_id: uuid.UUID) -> bool:
        """False where nothing waited."""
        try:
            return self._answer_oldest(conversation_id)
        except Exception as error:
            if not self._passed_on(conversation_id):
                raise
            log.error("Conversation %s went to a person: %r", conversation_id, error)
            return True

    def _answer_oldest(self, conversation_id: uuid.UUID) -> bool:
        with self.begin() as session:
            found = _oldest_waiting(session, conversation_id)
            if not found:
                return False
            question = _prepare(session, self.clock, *found)
        if question:
            replies = self.dialogue.ask(str(conversation_id), question.text, question.metadata)
            with self.begin() as session:
                spoke = _conclude(session, self.clock, conversation_id, question, replies)
            if not spoke:
                raise SaidNothing(f"to message {question.message_id}")
        return True

    def _passed_on(self, conversation_id: uuid.UUID) -> bool:
        with self.begin() as session:
            found = _oldest_waiting(session, conversation_id)
            if not found:
                return False
            message, conversation, *_ = found
            return self.patience.waited(session, self.clock, conversation, message)


@dataclass(frozen=True)
class Question:
    message_id: uuid.UUID
    text: str
    metadata: dict[str, Any]


def _oldest_waiting(
    session: Session, conversation_id: uuid.UUID
) -> tuple[Message, Conversation, str | None, str | None] | None:
    """With the name of the creditor whose site this is, and the debtor's time zone."""
    waiting = (
        select(Message, Conversation, Creditor.name, Debtor.time_zone)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Creditor, Creditor.id == Conversation.creditor_id)
        .outerjoin(Debtor, Debtor.id == Conversation.debtor_id)
        .where(Message.conversation_id == conversation_id, Message.author == "debtor", Message.handled_at.is_(None))
        .order_by(Message.seq)
        .limit(1)
        .with_for_update(of=Conversation)
    )
    row = session.execute(waiting).first()
    return row.tuple() if row else None


def _prepare(
    session: Session, clock: Clock, message: Message, conversation: Conversation, creditor: str | None, zone: str | None
) -> Question | None:
    """What to ask the assistant, or None where the message is dealt with already."""
    if answered_without_the_assistant(session, clock, conversation, message):
        message.handled_at = clock.now()
        return None
    if not message.asked:
        message.asked = question_for(clock, conversation, message, creditor, zone)
        conversation.language = message.language = message.asked["metadata"]["language"]
    notify_typing(session, conversation.id, "bot")
    return Question(message.id, message.asked["text"], message.asked["metadata"])


def _conclude(
    session: Session, clock: Clock, conversation_id: uuid.UUID, question: Question, replies: list[Reply]
) -> bool:
    """Write the replies and close the turn. False where nothing was said and it is worth asking again."""
    conversation = session.get_one(Conversation, conversation_id, with_for_update=True)
    message = session.get_one(Message, question.message_id)
    if message.handled_at:  # another worker was faster
        return True
    if not replies and conversation.mode == "bot":
        if _silences(message) <= SILENCES_BORNE:
            return False
        log.error("Rasa said nothing to message %s", message.id)
        replies = [Reply(text_for("not_understood", conversation.language))]
    if not _held_by_a_person(session, conversation):
        _say_all(session, clock, conversation, message, replies)
    message.handled_at = clock.now()
    conversation.told_waiting_at = None
    return True


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
